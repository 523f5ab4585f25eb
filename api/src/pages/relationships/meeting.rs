//! Adding a meeting of the two.

use rinnalla_domain::error::Result;
use rinnalla_domain::meetings::{self, RecordMeeting, WhatHappened};
use rinnalla_domain::organisations::{self, CodeList};
use rinnalla_domain::states::MeetingChannel;

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records it.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let met_on = reading.day("metOn");
        let minutes = reading.number("minutes");
        let activity = reading.text("activity");
        let channel = reading.choice("channel", MeetingChannel::ALL, MeetingChannel::code);
        let all = met_on.zip(minutes).zip(activity.zip(channel));
        let what =
            reading.done(
                all.map(|((met_on, minutes), (activity, channel))| WhatHappened {
                    met_on,
                    minutes,
                    activity,
                    channel,
                }),
            )?;
        let input = RecordMeeting {
            relationship: visit.id()?,
            what,
        };
        meetings::record(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("meeting")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let codes = organisations::codes(&visit.ctx, &[CodeList::Activity]).await?;
    let activities = codes
        .into_iter()
        .filter(|code| code.is_active)
        .map(|code| (code.code, code.name));
    let channels =
        visit
            .frame
            .texts
            .named("meeting-channel", MeetingChannel::ALL, MeetingChannel::code);
    Form::new(visit, "meeting", faults)
        .about(super::facts(visit, &found))
        .back(super::back(&found))
        .day("metOn", Some(visit.ctx.today))
        .number("minutes", None)
        .choices("activity", activities, None)
        .choices("channel", channels, Some(MeetingChannel::InPerson.code()))
        .answer()
}
