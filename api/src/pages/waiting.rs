//! The front page: what awaits the viewer, the most urgent first, each with the way to where it is finished.

use askama::Template;
use rinnalla_domain::access::{
    KeepGrantTargets, KeepInfluence, KeepOpenings, ReadFigures, ReadPeerGroups, Refer, Supervise,
    TakePartInSupervision,
};
use rinnalla_domain::courses::{self, CourseSession};
use rinnalla_domain::dashboards::{self, SubjectKind, WaitingItem, WaitingKind};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::supervision_sessions;

use super::answer::Answer;
use super::listing::Way;
use super::supervision;
use super::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "waiting.html")]
struct Waiting {
    frame: Frame,
    cards: Vec<Card>,
    has_more: bool,
    /// Where the viewer may go besides.
    besides: Vec<Way>,
    done: Option<String>,
}

/// Something that awaits the viewer.
struct Card {
    heading: String,
    text: String,
    case_code: Option<String>,
    /// By when, or since when.
    when: String,
    is_late: bool,
    /// Where it is finished, and what the way there is called.
    way: (String, String),
}

/// What awaits the viewer, in one statement besides sign-in and log; for a facilitator and for a supervisor, in two.
pub async fn show(visit: Visit) -> Result<Answer> {
    let waiting = match dashboards::waiting_for_me(&visit.ctx).await {
        // A role for which nothing waits is no reason to be turned away from the front page.
        Err(Error::Forbidden) => dashboards::Waiting::default(),
        found => found?,
    };
    let sessions = courses::sessions_to_record(&visit.ctx).await?;
    let sessions = sessions.iter().map(|session| of_session(&visit, session));
    let items = waiting.items.iter().map(|item| card(&visit, item));
    let to_contact = supervision_sessions::waiting(&visit.ctx).await?;
    let to_contact = (to_contact > 0).then(|| of_contact_requests(&visit, to_contact));
    let cards = to_contact.into_iter().chain(sessions).chain(items);
    Answer::page(&Waiting {
        cards: cards.collect(),
        has_more: waiting.has_more,
        besides: besides(&visit),
        done: visit.frame.texts.done(visit.query.get("done")),
        frame: visit.frame.titled(visit.say("waiting")),
    })
}

/// Where the viewer may go besides: one line for each page that the front page leads to.
fn besides(visit: &Visit) -> Vec<Way> {
    let mut ways = Vec::new();
    let mut way = |may: bool, path: &str, text| {
        ways.extend(may.then(|| Way::new(visit, path, text)));
    };
    way(visit.may::<KeepOpenings>(), "/evenings", "evenings");
    way(visit.may::<ReadPeerGroups>(), "/groups", "groups");
    way(visit.may::<Supervise>(), "/supervision", "supervision");
    let is_supervised = visit.may::<TakePartInSupervision>();
    way(is_supervised, "/invitations", "invitations");
    way(is_supervised, "/contact-requests", "contact-me");
    way(visit.may::<Refer>(), "/referrals/new", "refer-way");
    way(visit.may::<ReadFigures>(), "/figures", "figures");
    way(visit.may::<KeepInfluence>(), "/influence", "influence");
    let keeps = visit.may::<KeepGrantTargets>();
    way(keeps, "/grant-targets", "grant-targets");
    ways
}

/// A session that the viewer leads, and of which it is to be recorded who was there.
fn of_session(visit: &Visit, session: &CourseSession) -> Card {
    let texts = &visit.frame.texts;
    Card {
        heading: texts.say("waiting-course-session"),
        text: texts.say("waiting-course-session-text"),
        case_code: None,
        when: texts.moment(session.begins()),
        is_late: session.on_date < visit.ctx.today,
        way: (
            format!("/attendance/{}", session.id.encode()),
            texts.say("waiting-course-session-way"),
        ),
    }
}

/// Peers who ask the viewer, as a supervisor, to be contacted: how many, and nobody's name.
fn of_contact_requests(visit: &Visit, number: i64) -> Card {
    let texts = &visit.frame.texts;
    Card {
        heading: texts.say("contact-requests"),
        text: texts.say("waiting-contact-requests-text"),
        case_code: None,
        when: texts.with("contact-requests-waiting", &[("number", number)]),
        is_late: false,
        way: (
            supervision::contact_requests::PATH.to_owned(),
            texts.say("waiting-contact-requests-way"),
        ),
    }
}

fn card(visit: &Visit, item: &WaitingItem) -> Card {
    let texts = &visit.frame.texts;
    let name = format!("waiting-{}", name_of(item.kind));
    let when = match (item.due_on, item.days_late) {
        (Some(_), late) if late > 0 => texts.with("waiting-late", &[("days", late)]),
        (Some(due_on), _) => texts.with("waiting-by", &[("day", texts.day(due_on))]),
        (None, _) => texts.with("waiting-since", &[("day", texts.day(item.since))]),
    };
    Card {
        heading: texts.say(&name),
        text: texts.say(&format!("{name}-text")),
        case_code: item.case_code.clone(),
        when,
        is_late: item.is_overdue,
        way: (way(item), texts.say(&format!("{name}-way"))),
    }
}

/// Where an item is finished.
fn way(item: &WaitingItem) -> String {
    let id = item.subject.encode();
    match item.subject.kind {
        SubjectKind::Review => format!("/reviews/{id}"),
        SubjectKind::Proposal => format!("/proposals/{id}"),
        SubjectKind::Referral => format!("/referrals/{id}"),
        SubjectKind::Relationship => {
            let form = match item.kind {
                WaitingKind::FirstMeetingToRecord => "/first-meeting",
                WaitingKind::AgreementToRecord | WaitingKind::AgreementToChange => "/agreement",
                WaitingKind::PauseToRecord => "/pause",
                WaitingKind::EndToRecord => "/end",
                _ => "",
            };
            format!("/relationships/{id}{form}")
        }
        SubjectKind::Case => format!("/cases/{id}/professional"),
        SubjectKind::Notice => format!("/notices/{id}"),
    }
}

/// A kind as it stands in the names of texts.
fn name_of(kind: WaitingKind) -> &'static str {
    match kind {
        WaitingKind::ReferralDraft => "referral-draft",
        WaitingKind::ProposalOffered => "proposal-offered",
        WaitingKind::FirstMeetingToRecord => "first-meeting-to-record",
        WaitingKind::AgreementToRecord => "agreement-to-record",
        WaitingKind::ReviewDue => "review-due",
        WaitingKind::ReviewBooked => "review-booked",
        WaitingKind::ReviewOverdue => "review-overdue",
        WaitingKind::ReviewDueNoProfessional => "review-due-no-professional",
        WaitingKind::AgreementToChange => "agreement-to-change",
        WaitingKind::PauseToRecord => "pause-to-record",
        WaitingKind::EndToRecord => "end-to-record",
        WaitingKind::ProposalAsked => "proposal-asked",
        WaitingKind::ReferralSubmitted => "referral-submitted",
        WaitingKind::ReferralWaiting => "referral-waiting",
        WaitingKind::ProposalByPhone => "proposal-by-phone",
        WaitingKind::ProposalUnanswered => "proposal-unanswered",
        WaitingKind::DetailsToDisclose => "details-to-disclose",
        WaitingKind::ProfessionalToName => "professional-to-name",
        WaitingKind::NoticeDead => "notice-dead",
        WaitingKind::NoticeSkipped => "notice-skipped",
    }
}
