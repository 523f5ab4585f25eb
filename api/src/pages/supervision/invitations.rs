//! Invitations to supervision, for whoever is invited: when, and whether one comes. Nobody else's answer is shown.

use rinnalla_domain::access::TakePartInSupervision;
use rinnalla_domain::calendar::clock;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, SupervisionInvitationId};
use rinnalla_domain::states::{SupervisionAnswer, SupervisionStatus};
use rinnalla_domain::supervision_sessions::{self as sessions, AnswerInvitation, OwnInvitation};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// What may be answered.
const ANSWERS: [SupervisionAnswer; 2] = [SupervisionAnswer::Coming, SupervisionAnswer::NotComing];

/// One's own invitations.
pub async fn list(visit: Visit) -> Result<Answer> {
    let found = match sessions::own_invitations(&visit.ctx).await {
        Err(Error::Forbidden) => Vec::new(),
        found => found?,
    };
    let texts = &visit.frame.texts;
    let card = |it: &OwnInvitation| {
        let path = format!("/invitations/{}", it.id.encode());
        let way = is_open(&visit, it).then(|| Way::new(&visit, path, "invitation"));
        let state = match it.status {
            SupervisionStatus::Planned => texts.name_of("invitation-answer", &it.answer.code()),
            status => texts.name_of("supervision-status", &status.code()),
        };
        Card {
            title: texts.day(it.on_date),
            status: state,
            warnings: Vec::new(),
            lines: vec![texts.time(clock(it.starts_at))],
            ways: way.into_iter().collect(),
        }
    };
    let mut listing = Listing::new(&visit, visit.say("invitations"), "invitations-none");
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    if visit.may::<TakePartInSupervision>() {
        listing.ways = vec![Way::new(&visit, "/contact-requests", "contact-me")];
    }
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

/// The form for an answer.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Answers an invitation.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let answer = reading.choice("answer", &ANSWERS, SupervisionAnswer::code);
        let input = AnswerInvitation {
            invitation: visit.id()?,
            version: visit.version(),
            answer: reading.done(answer)?,
        };
        sessions::answer(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/invitations?done=invitation")),
        Err(Error::Forbidden) => Err(Error::NotFound),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

fn is_open(visit: &Visit, it: &OwnInvitation) -> bool {
    it.status == SupervisionStatus::Planned && it.on_date >= visit.ctx.today
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let id = visit.id::<SupervisionInvitationId>()?;
    if !visit.may::<TakePartInSupervision>() {
        return Err(Error::NotFound);
    }
    let found = sessions::find_own(&visit.ctx, id).await?;
    let found = found.ok_or(Error::NotFound)?;
    let texts = &visit.frame.texts;
    let (day, time) = (texts.day(found.on_date), texts.time(clock(found.starts_at)));
    let facts = vec![
        texts.fact("day", texts.with("moment", &[("day", day), ("time", time)])),
        texts.fact(
            "length",
            texts.with(
                "invitation-minutes",
                &[("minutes", found.minutes.to_string())],
            ),
        ),
        texts.fact(
            "state",
            texts.name_of("supervision-status", &found.status.code()),
        ),
    ];
    let answers = ANSWERS.map(|it| (it.code(), texts.name_of("invitation-answer", &it.code())));
    let answered = Some(found.answer).filter(|it| *it != SupervisionAnswer::NotAnswered);
    Form::new(visit, "invitation", faults)
        .about(facts)
        .version(found.version)
        .back("/invitations".to_owned())
        .choices("answer", answers, answered.map(SupervisionAnswer::code))
        .answer()
}
