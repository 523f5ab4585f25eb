//! A notice that reached nobody: which, whose it was, why; and what a coordinator does about it. Mending the address is a
//! page of its own, which this one leads to.

use rinnalla_domain::access::{self, HandleNotices, ReadRelationships};
use rinnalla_domain::calendar::helsinki_date;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OutboxMessageId};
use rinnalla_domain::notices::{self, Notice, rules::FLAGGED_BOUNCES};
use rinnalla_domain::people::{self, Contact};
use rinnalla_domain::states::{NoticeKind, OutboxStatus};
use rinnalla_domain::support_relationships::{self, SupportRelationship};

use super::answer::Answer;
use super::form::{Fact, Faults, Form};
use super::item::{Item, Way};
use super::sent::Reading;
use super::visit::Visit;

/// What is done about it.
const STEPS: [&str; 2] = ["SEND_AGAIN", "SEEN_TO"];

/// A notice with what the viewer may know of its matter.
struct Found {
    notice: Notice,
    relationship: Option<SupportRelationship>,
    meant_for: Option<Contact>,
}

/// The form for whoever may see to it; else how the notice stands.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Has it sent anew, or notes that it is seen to.
pub async fn see_to(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let step = reading.choice("step", &STEPS, str::to_owned);
        let step = reading.done(step)?;
        let (ctx, key, id) = (&visit.ctx, visit.key(), visit.id::<OutboxMessageId>()?);
        match step {
            "SEND_AGAIN" => notices::send_again(ctx, &key, id)
                .await
                .map(|_| "notice-sent-again"),
            _ => notices::acknowledge(ctx, &key, id)
                .await
                .map(|_| "notice-seen-to"),
        }
    };
    match done.await {
        Ok(what) => Ok(Answer::done(what)),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let notice = &found.notice;
    let may_see_to = access::require::<HandleNotices>(&visit.ctx)
        .is_ok_and(|scope| scope.covers(notice.organisation_id));
    let person = found.meant_for.as_ref();
    let relationship = found.relationship.as_ref();
    let ways = [
        person.map(|it| (format!("/people/{}", it.id.encode()), "notice-person-way")),
        relationship.map(|it| {
            let path = format!("/relationships/{}", it.id.encode());
            (path, "notice-relationship-way")
        }),
    ];
    let ways = ways.into_iter().flatten();
    if !(may_see_to && notice.is_to_be_seen_to()) {
        let heading = visit.say("notice");
        let ways = ways.map(|(path, text)| Way {
            path,
            label: visit.say(text),
            hint: String::new(),
        });
        return Answer::page(&Item {
            frame: visit.frame.titled(heading.clone()),
            heading,
            status: status(visit, notice),
            is_late: notice.is_to_be_seen_to(),
            facts: facts(visit, &found),
            ways: ways.collect(),
        });
    }
    // A link for signing in is asked for anew by whoever needs one.
    let may_leave_again = notice.kind != NoticeKind::SignIn;
    let steps = STEPS
        .into_iter()
        .filter(|step| may_leave_again || *step == "SEEN_TO");
    let steps: Vec<&str> = steps.collect();
    let steps = visit.frame.texts.named("notice", &steps, str::to_owned);
    let form = Form::new(visit, "notice", faults)
        .about(facts(visit, &found))
        .choices("step", steps, None);
    ways.fold(form, |form, (path, text)| form.link(path, text))
        .answer()
}

async fn find(visit: &Visit) -> Result<Found> {
    let notice = notices::find(&visit.ctx, visit.id()?).await?;
    let notice = notice.ok_or(Error::NotFound)?;
    let relationship = match notice.relationship_id {
        Some(id) if visit.may::<ReadRelationships>() => {
            support_relationships::find(&visit.ctx, id).await?
        }
        _ => None,
    };
    let meant_for = match notice.meant_for_id {
        Some(id) => people::find(&visit.ctx, id).await?,
        None => None,
    };
    Ok(Found {
        notice,
        relationship,
        meant_for,
    })
}

fn facts(visit: &Visit, found: &Found) -> Vec<Fact> {
    let texts = &visit.frame.texts;
    let notice = &found.notice;
    let coded = |list: &str, code: String| {
        let code = code.to_lowercase().replace('_', "-");
        texts.say(&format!("{list}-{code}"))
    };
    let mut facts = vec![
        texts.fact("notice", coded("notice-kind", notice.kind.code())),
        texts.fact(
            "notice-role",
            coded("notice-to", notice.recipient_role.code()),
        ),
    ];
    if let Some(relationship) = &found.relationship {
        facts.push(texts.fact("case", relationship.shown_case_code()));
    }
    facts.push(texts.fact("notice-for", texts.day(notice.for_on)));
    if let Some(person) = &found.meant_for {
        facts.push(texts.fact("notice-person", reached(visit, person)));
    }
    if let Some(reason) = &notice.reason {
        facts.push(texts.fact("notice-reason", why(visit, reason)));
    }
    if let Some(ended_at) = notice.ended_at {
        facts.push(texts.fact("notice-ended", texts.moment(ended_at)));
    }
    facts
}

/// A person's name, and whether mail reaches them.
fn reached(visit: &Visit, person: &Contact) -> String {
    let name = person.name.reveal().clone();
    let is_refused = person.email_bounces >= FLAGGED_BOUNCES;
    let trouble = match &person.email {
        None => "notice-no-address",
        Some(_) if is_refused => "notice-address-refused",
        Some(_) if person.email_bounces > 0 => "notice-address-refused-once",
        Some(_) => return name,
    };
    format!("{name}: {}", visit.say(trouble))
}

/// Why it reached nobody, in words; the code stays with it for whoever keeps the mail running.
fn why(visit: &Visit, reason: &str) -> String {
    let name = match reason {
        "NO_RECIPIENT" => return visit.say("notice-why-no-recipient"),
        "ATTEMPTS" => return visit.say("notice-why-attempts"),
        code if code.starts_with("SMTP_5") => "notice-why-refused",
        _ => "notice-why-other",
    };
    let texts = &visit.frame.texts;
    texts.with(name, &[("code", reason)])
}

fn status(visit: &Visit, notice: &Notice) -> String {
    let texts = &visit.frame.texts;
    if let Some(at) = notice.acknowledged_at {
        let day = texts.day(helsinki_date(at));
        return texts.with("notice-was-seen-to", &[("day", day)]);
    }
    visit.say(match notice.status {
        OutboxStatus::Planned | OutboxStatus::Claimed => "notice-is-on-its-way",
        OutboxStatus::Sent => "notice-was-sent",
        OutboxStatus::Cancelled => "notice-was-cancelled",
        OutboxStatus::Skipped | OutboxStatus::Dead if notice.is_to_be_seen_to() => {
            "notice-waits-for-coordinator"
        }
        OutboxStatus::Skipped | OutboxStatus::Dead => "notice-was-not-wished",
    })
}
