//! The days of an invented case: from the referral to where the relationship stands today.
//!
//! A story is told backwards from its last review, so that what is open today is what was wished for; the rules of
//! [`crate::joint_reviews`] give every day that they give in life.

use chrono::NaiveDate;

use super::chance::Chance;
use crate::calendar::{add_months, is_working_day, plus_days, previous_working_day};
use crate::joint_reviews::rules::reminders::{
    NoticeDates, ReviewNotice, latest_applicable, notice_dates,
};
use crate::joint_reviews::rules::{self, Timing, Window, window};

/// So often a day is drawn among the working days alone.
const USUAL_TRIES: u32 = 400;
/// So often a day is drawn at all before the story takes what comes.
const MOST_TRIES: u32 = 20_000;

/// Where a relationship stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Proposed,
    Met,
    Agreed,
    Active,
    Paused,
    Ended,
    Cancelled,
}

/// What is wished of the open review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// This notice goes out today, and no other did since.
    Notice(ReviewNotice),
    /// Any notice goes out today.
    AnyNotice,
    /// None goes out today.
    Quiet,
    /// None goes out today, and the review stands like this.
    Standing(Timing),
}

/// What ended a review cycle, or did not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    Held { on: NaiveDate, is_joint: bool },
    NotHeld,
    CutByPause { on: NaiveDate },
    CutByEnd { on: NaiveDate },
    Open,
}

/// One review cycle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cycle {
    pub base: NaiveDate,
    pub closing: Closing,
    /// The day on which its closing was recorded.
    pub recorded_on: NaiveDate,
    pub booked_for: Option<NaiveDate>,
    /// The day of a meeting of two that did not settle it.
    pub half_held_on: Option<NaiveDate>,
}

/// The days before anybody met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking {
    pub consented_on: NaiveDate,
    pub submitted_on: NaiveDate,
    /// A proposal that somebody said no to, before the one that was accepted.
    pub refused: Option<NaiveDate>,
    pub asked_on: NaiveDate,
    pub answered_on: NaiveDate,
    pub accepted_on: NaiveDate,
    pub disclosed_on: NaiveDate,
}

/// A relationship's days.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub fate: Fate,
    pub asking: Asking,
    pub first_meeting_on: Option<NaiveDate>,
    pub signed_on: Option<NaiveDate>,
    pub starts_on: Option<NaiveDate>,
    pub agreed_until: Option<NaiveDate>,
    pub interval_months: u8,
    pub follows: bool,
    pub cycles: Vec<Cycle>,
    /// Each pause with the day of resuming, if it is over.
    pub pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
    pub ended_on: Option<NaiveDate>,
}

impl Cycle {
    pub(super) fn window(&self, story: &Story) -> Window {
        window(self.base, story.interval_months)
    }

    pub(super) fn notices(&self, story: &Story) -> NoticeDates {
        let it = self.window(story);
        notice_dates(it.planned_on, it.window_end_on, self.booked_for)
    }
}

impl Story {
    /// Tells a story that stands as wished on `today`. At most `most_closed` reviews lie behind it.
    pub(super) fn tell(
        chance: &mut Chance,
        today: NaiveDate,
        fate: Fate,
        wish: Wish,
        most_closed: usize,
    ) -> Self {
        // What is recorded today would lie in the future of this morning.
        let yesterday = plus_days(today, -1);
        match fate {
            Fate::Proposed | Fate::Cancelled => {
                let ago = chance.from(1, if fate == Fate::Proposed { 25 } else { 300 });
                let disclosed_on = previous_working_day(plus_days(today, -ago));
                Self::begun(chance, fate, disclosed_on, None)
            }
            Fate::Met => {
                let met_on = previous_working_day(plus_days(today, -chance.from(1, 28)));
                let disclosed_on = previous_working_day(plus_days(met_on, -chance.from(3, 20)));
                Self::begun(chance, fate, disclosed_on, Some(met_on))
            }
            Fate::Agreed => {
                let met_on = previous_working_day(plus_days(today, -chance.from(2, 20)));
                let disclosed_on = previous_working_day(plus_days(met_on, -chance.from(3, 20)));
                let mut story = Self::begun(chance, fate, disclosed_on, Some(met_on));
                story.signed_on = Some(previous_working_day(yesterday).max(met_on));
                story.starts_on = Some(plus_days(today, chance.from(1, 14)));
                story.cycles = vec![Cycle::open(met_on)];
                story
            }
            Fate::Active => Self::followed(chance, fate, yesterday, (today, wish), most_closed),
            Fate::Paused => {
                let mut story =
                    Self::followed(chance, fate, yesterday, (today, Wish::Quiet), most_closed);
                story.cut(chance, yesterday, |on| Closing::CutByPause { on });
                story
            }
            Fate::Ended => {
                let most = if most_closed > 3 { 700 } else { 280 };
                let ended_on = previous_working_day(plus_days(today, -chance.from(1, most)));
                let then = (plus_days(ended_on, 1), Wish::Quiet);
                let mut story = Self::followed(chance, fate, ended_on, then, most_closed);
                story.cut(chance, ended_on, |on| Closing::CutByEnd { on });
                story.agreed_until = story.agreed_until.map(|until| until.max(ended_on));
                story
            }
        }
    }

    fn begun(
        chance: &mut Chance,
        fate: Fate,
        disclosed_on: NaiveDate,
        first_meeting_on: Option<NaiveDate>,
    ) -> Self {
        Self {
            fate,
            asking: Asking::before(chance, disclosed_on),
            first_meeting_on,
            signed_on: None,
            starts_on: None,
            agreed_until: None,
            interval_months: interval(chance),
            follows: chance.percent(93),
            cycles: Vec::new(),
            pauses: Vec::new(),
            ended_on: None,
        }
    }

    /// A relationship that is followed until `horizon`, its last review open and as wished on a day.
    fn followed(
        chance: &mut Chance,
        fate: Fate,
        horizon: NaiveDate,
        (today, wish): (NaiveDate, Wish),
        most_closed: usize,
    ) -> Self {
        let mut story = Self::begun(chance, fate, horizon, None);
        if let Wish::Notice(ReviewNotice::DueNoProfessional) = wish {
            story.follows = false;
        } else if let Wish::Notice(_) = wish {
            story.follows = true;
        }
        let mut last = story.open_cycle(chance, horizon, today, wish);
        if story.follows && last.booked_for.is_none() && chance.percent(3) {
            let half = plus_days(last.base, chance.from(60, 150));
            last.half_held_on = Some(half).filter(|half| *half < horizon);
        }
        let mut closed = chance.weighted(&[20, 30, 28, 14, 8]).min(most_closed);
        let mut cycles = vec![last];
        while closed > 0 {
            closed -= 1;
            let before = story.cycle_before(chance, cycles[cycles.len() - 1].base, horizon);
            cycles.push(before);
        }
        cycles.reverse();
        let met_on = cycles[0].base;
        story.cycles = cycles;
        story.pauses.reverse();
        let first_closed_on = match story.cycles[0].closing {
            Closing::Open => horizon,
            _ => story.cycles[0].recorded_on,
        };
        let signed_on = plus_days(met_on, chance.from(0, 10)).min(first_closed_on);
        story.first_meeting_on = Some(met_on);
        story.signed_on = Some(signed_on);
        story.starts_on = Some(signed_on);
        story.agreed_until = chance.percent(60).then(|| {
            let months = chance.one_of(&[6, 12, 12, 24]);
            let mut until = add_months(signed_on, months);
            while until <= today {
                until = add_months(until, months);
            }
            until
        });
        let disclosed_on = previous_working_day(plus_days(met_on, -chance.from(3, 20)));
        story.asking = Asking::before(chance, disclosed_on);
        story
    }

    /// Draws the day from which the last cycle counts until the review is as wished.
    fn open_cycle(
        &mut self,
        chance: &mut Chance,
        horizon: NaiveDate,
        today: NaiveDate,
        wish: Wish,
    ) -> Cycle {
        let mail_day = previous_working_day(today);
        for tries in 0_u32.. {
            // Drawn anew as well: a long interval is never nudged, for one.
            self.interval_months = interval(chance);
            let interval = 30 * i64::from(self.interval_months);
            let days = match chance.weighted(&[70, 23, 7]) {
                0 => chance.from(1, interval),
                1 => chance.from(interval.min(178), 183),
                _ => chance.from(184, 260),
            };
            let base = plus_days(today, -days);
            // People do meet on Sundays: some notices fall on some days from no working day at all.
            if base > horizon || (tries < USUAL_TRIES && !is_working_day(base)) {
                continue;
            }
            let mut cycle = Cycle::open(base);
            let it = cycle.window(self);
            let books = matches!(wish, Wish::Notice(ReviewNotice::BookedReminder));
            if self.follows && (books || (wish == Wish::Quiet && chance.percent(6))) {
                let day = plus_days(today, chance.from(1, 20));
                cycle.booked_for = Some(day).filter(|day| {
                    is_working_day(*day) && *day >= it.window_start_on && *day <= it.window_end_on
                });
            }
            let latest = latest_applicable(&cycle.notices(self), self.follows, today);
            let goes_out = latest.filter(|(_, on)| *on == mail_day);
            let is_as_wished = match wish {
                Wish::Notice(notice) => goes_out.is_some_and(|(it, _)| it == notice),
                Wish::AnyNotice => goes_out.is_some(),
                Wish::Quiet => goes_out.is_none(),
                Wish::Standing(timing) => {
                    goes_out.is_none()
                        && rules::timing(it.planned_on, it.window_end_on, today) == timing
                }
            };
            if is_as_wished || tries > MOST_TRIES {
                return cycle;
            }
        }
        Cycle::open(horizon)
    }

    /// The cycle before one that counts from `next`; a pause between the two is noted.
    fn cycle_before(&mut self, chance: &mut Chance, next: NaiveDate, horizon: NaiveDate) -> Cycle {
        let soon =
            |chance: &mut Chance, on: NaiveDate| plus_days(on, chance.from(0, 3)).min(horizon);
        let months = i32::from(self.interval_months);
        match chance.weighted(&[88, 8, 4]) {
            // Not held, and said so in time: the next one counts from the day that was planned.
            1 if add_months(add_months(next, -months), months) == next => Cycle {
                closing: Closing::NotHeld,
                recorded_on: soon(chance, next),
                ..Cycle::open(add_months(next, -months))
            },
            2 => {
                let paused_on = plus_days(next, -chance.from(14, 60));
                self.pauses.push((paused_on, Some(next)));
                let base = previous_working_day(plus_days(paused_on, -chance.from(20, 100)));
                Cycle {
                    closing: Closing::CutByPause { on: paused_on },
                    recorded_on: paused_on,
                    ..Cycle::open(base)
                }
            }
            _ => {
                let days = 30 * i64::from(self.interval_months) + chance.from(-8, 25);
                Cycle {
                    closing: Closing::Held {
                        on: next,
                        is_joint: chance.percent(82),
                    },
                    recorded_on: soon(chance, next),
                    ..Cycle::open(previous_working_day(plus_days(next, -days)))
                }
            }
        }
    }

    /// Ends the open cycle by a pause or the end.
    fn cut(&mut self, chance: &mut Chance, latest: NaiveDate, by: impl Fn(NaiveDate) -> Closing) {
        let Some(last) = self.cycles.last_mut() else {
            return;
        };
        let is_end = matches!(by(latest), Closing::CutByEnd { .. });
        let days = (latest - last.base).num_days();
        let on = match is_end {
            true => latest,
            false => plus_days(latest, -chance.from(0, days.clamp(0, 60))),
        };
        last.closing = by(on);
        last.recorded_on = on;
        last.half_held_on = last.half_held_on.filter(|half| *half < on);
        if is_end {
            self.ended_on = Some(on);
        } else {
            self.pauses.push((on, None));
        }
    }
}

impl Cycle {
    fn open(base: NaiveDate) -> Self {
        Self {
            base,
            closing: Closing::Open,
            recorded_on: base,
            booked_for: None,
            half_held_on: None,
        }
    }
}

fn interval(chance: &mut Chance) -> u8 {
    [3, 4, 5, 6][chance.weighted(&[60, 15, 5, 20])]
}

impl Asking {
    /// The days of a referral whose contact details were disclosed on a day.
    pub(super) fn before(chance: &mut Chance, disclosed_on: NaiveDate) -> Self {
        let mut earlier = |than: NaiveDate, most: i64| {
            previous_working_day(plus_days(than, -chance.from(0, most)))
        };
        let accepted_on = earlier(disclosed_on, 3);
        let answered_on = earlier(accepted_on, 5);
        let asked_on = earlier(answered_on, 4);
        let refused = earlier(asked_on, 6);
        let submitted_on = earlier(refused, 20);
        let consented_on = earlier(submitted_on, 7);
        Self {
            consented_on,
            submitted_on,
            refused: chance.percent(12).then_some(refused),
            asked_on,
            answered_on,
            accepted_on,
            disclosed_on,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;
    use crate::joint_reviews::rules::{Entry, cycles, open_review};

    impl Story {
        /// The entries as the rules know them: what they make of it must be what the story tells.
        fn entries(&self) -> Vec<Entry> {
            let (Some(first_meeting_on), Some(signed_on)) = (self.first_meeting_on, self.signed_on)
            else {
                return Vec::new();
            };
            let mut entries = vec![Entry::Began {
                first_meeting_on,
                interval_months: self.interval_months,
                recorded_on: signed_on,
            }];
            for (cycle_no, cycle) in (1..).zip(&self.cycles) {
                let recorded_on = cycle.recorded_on;
                match cycle.closing {
                    Closing::Held { on, .. } => entries.push(Entry::Held {
                        cycle_no,
                        held_on: on,
                        settles: true,
                        next_interval_months: None,
                        recorded_on,
                    }),
                    Closing::NotHeld => entries.push(Entry::NotHeld {
                        cycle_no,
                        recorded_on,
                    }),
                    Closing::CutByPause { on } => {
                        entries.push(Entry::Paused);
                        let resumed_on = self.pauses.iter().find(|(from, _)| *from == on);
                        entries.extend(resumed_on.and_then(|(_, to)| *to).map(|resumed_on| {
                            Entry::Resumed {
                                resumed_on,
                                recorded_on: resumed_on,
                            }
                        }));
                    }
                    Closing::CutByEnd { .. } => entries.push(Entry::Ended),
                    Closing::Open => {}
                }
            }
            entries
        }
    }

    #[test]
    fn what_the_rules_make_of_a_story_is_what_it_tells() {
        let mut chance = Chance::new(7);
        for today in ["20.11.2026", "1.3.2027", "24.12.2026", "29.2.2028"] {
            for fate in [Fate::Active, Fate::Paused, Fate::Ended, Fate::Agreed] {
                for _ in 0..300 {
                    let story = Story::tell(&mut chance, day(today), fate, Wish::Quiet, 4);
                    let entries = story.entries();
                    let open = open_review(&entries);
                    let last = story.cycles.last().unwrap();
                    let number = u32::try_from(story.cycles.len()).unwrap();
                    let expected =
                        (last.closing == Closing::Open).then(|| (number, last.window(&story)));
                    assert_eq!(
                        open.map(|it| (it.cycle_no, it.window)),
                        expected,
                        "{story:#?}"
                    );
                    let all = cycles(&entries);
                    assert_eq!(all.len(), story.cycles.len(), "{story:#?}");
                    for (number, cycle) in (1..).zip(&story.cycles) {
                        assert_eq!(all[&number].window, cycle.window(&story), "{story:#?}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_notice_can_be_wished_for() {
        let today = day("20.11.2026");
        let mut chance = Chance::new(1);
        for notice in [
            ReviewNotice::Coming,
            ReviewNotice::Due,
            ReviewNotice::DueNoProfessional,
            ReviewNotice::Nudge,
            ReviewNotice::BookedReminder,
            ReviewNotice::Overdue,
            ReviewNotice::OverdueAgain,
        ] {
            let story = Story::tell(&mut chance, today, Fate::Active, Wish::Notice(notice), 3);
            let dates = story.cycles.last().unwrap().notices(&story);
            assert_eq!(
                latest_applicable(&dates, story.follows, today),
                Some((notice, today))
            );
        }
    }
}
