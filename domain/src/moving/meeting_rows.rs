//! The sheet of meetings.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, MeetingId, SupportRelationshipId};
use rinnalla_entity::states::MeetingChannel;

use super::cells::Recognised;
use super::plan::{Fate, Planned, Planning, plain_key};
use super::template::Kind;
use super::told::{MeetingTold, RelationshipTold};
use crate::meetings::MINUTES;

impl Planning<'_> {
    pub(super) fn read_meetings(&mut self, sheet: &Recognised<'_>) {
        let minutes = i16::try_from(*MINUTES.start()).unwrap_or(1)
            ..=i16::try_from(*MINUTES.end()).unwrap_or(i16::MAX);
        let mut keys: HashMap<String, u32> = HashMap::new();
        // A relationship is met with again and again: its days are looked up once.
        let days: HashMap<SupportRelationshipId, Days> = self
            .known
            .relationships
            .iter()
            .map(|(id, it)| (*id, Days::of(&it.stood.told)))
            .chain(
                self.plan
                    .relationships
                    .iter()
                    .map(|it| (it.id, Days::of(&it.told))),
            )
            .collect();
        for row in sheet.rows() {
            let today = self.ctx.today;
            let minutes = minutes.clone();
            let read = self.line(sheet, row, |line| {
                let key = line.text("key");
                let relationship = line.text("relationship");
                let on = line.past_day("met_on", today);
                let minutes = line.number("minutes", minutes);
                let activity = line.word("activity");
                let channel = line.state("channel").unwrap_or(MeetingChannel::InPerson);
                Some((
                    key,
                    relationship?,
                    on?,
                    minutes?,
                    activity?,
                    channel,
                    line.version(),
                ))
            });
            let Some((key, of, on, minutes, activity, channel, version)) = read else {
                continue;
            };
            let Some(relationship) = self.known_relationship(sheet, row.number, &of) else {
                continue;
            };
            let told = MeetingTold {
                relationship,
                on,
                minutes,
                activity,
                channel,
            };
            // Without a number of its own, a meeting is the one of that day.
            let key = key.unwrap_or_else(|| format!("{} {on}", relationship.encode()));
            if let Some(first) = keys.insert(plain_key(&key), row.number) {
                self.note(
                    sheet,
                    row.number,
                    "met_on",
                    "MEETING_TWICE",
                    &[("row", first.to_string())],
                );
                continue;
            }
            let fits = days.get(&relationship).is_some_and(|days| days.hold(on));
            if !fits {
                self.note(sheet, row.number, "met_on", "OUTSIDE_RELATIONSHIP", &[]);
                continue;
            }
            self.plan_meeting(sheet, row.number, &key, told, version);
        }
    }

    fn plan_meeting(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        key: &str,
        told: MeetingTold,
        version: Option<i64>,
    ) {
        let found = self
            .known
            .object::<MeetingId>(Kind::Meetings, key)
            .map(MeetingId);
        let stood = found.and_then(|id| self.known.meetings.get(&id));
        let moved = self.known.moved(Kind::Meetings, key);
        let fate = match (stood, moved) {
            // Corrected or cancelled in the register since: that stands, unless the file says something new.
            (None, Some(moved))
                if self
                    .known
                    .is_content(Kind::Meetings, &moved.content_lookup, &told) =>
            {
                Ok(Fate::Same)
            }
            (None, Some(_)) => Err("CHANGED_SINCE"),
            _ => self.fate(Kind::Meetings, key, &told, stood, version),
        };
        let id = found
            .filter(|_| stood.is_some())
            .unwrap_or_else(MeetingId::random);
        let is_natural = super::plan::of_id::<MeetingId>(key) == Some(id.uuid());
        match fate {
            Err(code) => self.note(sheet, row, "met_on", code, &[]),
            Ok(fate) => self.plan.meetings.push(Planned {
                id,
                told,
                fate,
                row,
                key: (!is_natural).then(|| self.known.key(Kind::Meetings, key)),
            }),
        }
    }

    fn known_relationship(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        key: &str,
    ) -> Option<SupportRelationshipId> {
        if let Some(found) = self.relationships.get(&plain_key(key)) {
            return *found;
        }
        let found = self
            .known
            .object::<SupportRelationshipId>(Kind::Relationships, key);
        let found = found
            .map(SupportRelationshipId)
            .filter(|id| self.known.relationships.contains_key(id));
        if found.is_none() {
            self.note(sheet, row, "relationship", "UNKNOWN_RELATIONSHIP", &[]);
        }
        found
    }
}

/// Between which days two people can have met.
struct Days {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Days {
    fn of(told: &RelationshipTold) -> Self {
        Self {
            first: told.met.map(|met| met.on),
            last: told.ended.map(|(on, _)| on),
        }
    }

    fn hold(&self, on: NaiveDate) -> bool {
        self.first.is_some_and(|first| on >= first) && self.last.is_none_or(|last| on <= last)
    }
}
