//! What the register has of an organisation, as rows of the template.

use rinnalla_entity::ids::{Id as _, PersonId, SupportPersonId};

use super::book::{Book, Cell, Page, Row};
use super::known::Known;
use super::template::{Kind, List, Sheet, of_three};
use super::told::{ACTS, RelationshipTold, Reviewed, SupporterTold};
use crate::case_code::CaseCode;
use crate::texts::Language;

/// The whole workbook.
pub(super) fn book(known: &Known, language: Language) -> Book {
    let writer = Writer { known, language };
    Book {
        pages: vec![
            writer.people(),
            writer.roles(),
            writer.supporters(),
            writer.relationships(),
            writer.meetings(),
            writer.courses(),
            writer.course_sessions(),
            writer.enrolments(),
            writer.course_costs(),
            writer.trainings(),
            writer.training_participants(),
            writer.expert_cohorts(),
            writer.experts(),
            writer.expert_assignments(),
            writer.expenses(),
        ],
        findings: Vec::new(),
    }
}

/// What turns rows of the register into rows of the template.
pub(super) struct Writer<'a> {
    pub known: &'a Known,
    pub language: Language,
}

/// The sheet's headings alone.
pub(super) fn headed(kind: Kind, language: Language) -> Page {
    let sheet = Sheet::of(kind);
    let place = of_three(language);
    let headings = sheet
        .columns
        .iter()
        .map(|it| Cell::Text(it.headings[place].to_owned()));
    Page {
        name: sheet.names[place].to_owned(),
        rows: vec![Row {
            number: 1,
            cells: headings.collect(),
        }],
    }
}

impl Writer<'_> {
    /// A sheet of rows, each cell under the name of its column.
    pub(super) fn page(
        &self,
        kind: Kind,
        rows: impl IntoIterator<Item = Vec<(&'static str, Cell)>>,
    ) -> Page {
        let sheet = Sheet::of(kind);
        let mut page = headed(kind, self.language);
        for (told, number) in rows.into_iter().zip(2..) {
            let mut row = Row {
                number,
                cells: Vec::new(),
            };
            for (column, cell) in told {
                if let Some(place) = sheet.place(column) {
                    row.put(place, cell);
                }
            }
            page.rows.push(row);
        }
        page
    }

    pub(super) fn word(&self, list: List, code: &str) -> Cell {
        Cell::Text(self.known.words.say(list, code, self.language).to_owned())
    }

    pub(super) fn words<'b>(
        &self,
        list: List,
        codes: impl IntoIterator<Item = &'b String>,
    ) -> Cell {
        let words = codes
            .into_iter()
            .map(|code| self.known.words.say(list, code, self.language));
        Cell::text(&words.collect::<Vec<_>>().join("; "))
    }

    pub(super) fn yes_no(&self, flag: bool) -> Cell {
        self.word(List::YesNo, if flag { "YES" } else { "NO" })
    }

    /// A person's key: the mail address, or where there is none the register's own id.
    pub(super) fn person(&self, id: PersonId) -> Cell {
        let email = self
            .known
            .people
            .get(&id)
            .and_then(|it| it.told.email.clone());
        Cell::Text(email.unwrap_or_else(|| id.encode()))
    }

    pub(super) fn supporter(&self, id: SupportPersonId) -> Cell {
        let mut supporters = self.known.supporters.iter();
        let person = supporters
            .find(|(_, (it, _))| *it == id)
            .map(|(person, _)| *person);
        person.map_or(Cell::Empty, |person| self.person(person))
    }

    fn people(&self) -> Page {
        let mut people: Vec<_> = self.known.people.iter().collect();
        people.sort_by_cached_key(|(id, it)| (crate::text::sort_key(&it.told.name), **id));
        self.page(
            Kind::People,
            people.into_iter().map(|(id, it)| {
                vec![
                    ("key", self.person(*id)),
                    ("name", Cell::Text(it.told.name.clone())),
                    ("email", Cell::maybe(it.told.email.clone())),
                    ("phone", Cell::maybe(it.told.phone.clone())),
                    (
                        "language",
                        self.word(List::Language, it.told.language.code()),
                    ),
                    ("version", number(it.version)),
                ]
            }),
        )
    }

    fn roles(&self) -> Page {
        let of_known = self
            .known
            .grants
            .values()
            .filter(|(_, it)| self.known.people.contains_key(&it.told.person));
        self.page(
            Kind::Roles,
            of_known.map(|(_, it)| {
                vec![
                    ("person", self.person(it.told.person)),
                    (
                        "organisation",
                        Cell::Text(self.known.organisation_name(it.told.organisation)),
                    ),
                    ("role", self.word(List::Role, &it.told.role.code())),
                    ("valid_from", it.told.from.into()),
                    ("valid_to", it.told.to.into()),
                    ("version", number(it.version)),
                ]
            }),
        )
    }

    fn supporters(&self) -> Page {
        let supporters = self.known.supporters.values();
        let of_known = supporters.filter(|(_, it)| self.known.people.contains_key(&it.told.person));
        self.page(
            Kind::SupportPersons,
            of_known.map(|(id, it)| {
                let told = &it.told;
                let days = (1..=7).filter(|day| told.weekdays & (1 << (day - 1)) != 0);
                let days: Vec<String> = days.map(|day: i16| day.to_string()).collect();
                let mut cells = vec![
                    ("person", self.person(told.person)),
                    (
                        "background",
                        self.word(List::Background, &told.background.code()),
                    ),
                    ("county", self.word(List::County, &told.county)),
                    ("birth_decade", decade(told.birth_decade)),
                    ("weekdays", self.words(List::Weekday, &days)),
                    ("max_active", number(told.max_active.into())),
                    ("interests", self.words(List::Interest, &told.interests)),
                    ("languages", self.words(List::Language, &told.languages)),
                    ("municipalities", Cell::text(&joined(&told.municipalities))),
                    (
                        "status",
                        self.word(List::SupportPersonStatus, &self.known.status(*id).code()),
                    ),
                    ("version", number(it.version)),
                ];
                cells.extend(acts(told));
                cells
            }),
        )
    }

    fn relationships(&self) -> Page {
        self.page(
            Kind::Relationships,
            self.known.relationships.iter().map(|(id, it)| {
                let told = &it.stood.told;
                let code = CaseCode::parse(&it.case_code);
                let mut cells = vec![
                    ("key", Cell::Text(id.encode())),
                    (
                        "case_code",
                        Cell::maybe(code.ok().map(|code| code.to_string())),
                    ),
                    ("support_person", self.supporter(told.support_person)),
                    (
                        "professional",
                        told.professional.map_or(Cell::Empty, |id| self.person(id)),
                    ),
                    (
                        "referring_organisation",
                        Cell::Text(self.known.organisation_name(told.referring)),
                    ),
                    (
                        "case_background",
                        self.word(List::CaseBackground, &told.case.background.code()),
                    ),
                    (
                        "kin_relation",
                        self.maybe(List::KinRelation, told.case.kin_relation.as_deref()),
                    ),
                    ("birth_decade", decade(told.case.birth_decade)),
                    ("county", self.word(List::County, &told.case.county)),
                    ("municipality", Cell::maybe(told.case.municipality.clone())),
                    ("language", self.word(List::Language, &told.case.language)),
                    ("form", self.word(List::Form, &told.form.code())),
                    ("phase", self.word(List::Phase, &told.phase.code())),
                    ("consent_on", told.consent_on.into()),
                    ("disclosed_on", told.disclosed_on.into()),
                    ("paused_on", told.paused_on.into()),
                    ("resumed_on", told.resumed_on.into()),
                    ("ended_on", told.ended.map(|(on, _)| on).into()),
                    (
                        "end_reason",
                        self.maybe(
                            List::EndReason,
                            told.ended.map(|(_, it)| it.code()).as_deref(),
                        ),
                    ),
                    (
                        "status",
                        self.word(List::RelationshipStatus, &it.status.code()),
                    ),
                    ("version", number(it.stood.version)),
                ];
                cells.extend(self.met(told));
                cells.extend(self.agreed(told));
                cells.extend(self.reviewed(told));
                cells
            }),
        )
    }

    pub(super) fn maybe(&self, list: List, code: Option<&str>) -> Cell {
        code.map_or(Cell::Empty, |code| self.word(list, code))
    }

    fn met(&self, told: &RelationshipTold) -> Vec<(&'static str, Cell)> {
        let Some(met) = told.met else {
            return Vec::new();
        };
        let exception = met.exception.map(|it| it.code());
        vec![
            ("first_meeting_on", met.on.into()),
            ("professional_present", self.yes_no(exception.is_none())),
            (
                "exception",
                self.maybe(List::Exception, exception.as_deref()),
            ),
        ]
    }

    fn agreed(&self, told: &RelationshipTold) -> Vec<(&'static str, Cell)> {
        let Some(agreed) = &told.agreed else {
            return Vec::new();
        };
        let until = match agreed.until {
            Some(until) => until.into(),
            None => self.word(List::OpenEnded, "OPEN_ENDED"),
        };
        vec![
            ("agreement_from", agreed.from.into()),
            ("agreement_until", until),
            ("signed_on", agreed.signed_on.into()),
            ("rhythm", self.word(List::Rhythm, &agreed.rhythm.code())),
            ("places", self.words(List::Place, &agreed.places)),
            ("review_interval", number(agreed.interval.into())),
            ("professional_follows", self.yes_no(agreed.follows)),
        ]
    }

    fn reviewed(&self, told: &RelationshipTold) -> Vec<(&'static str, Cell)> {
        match told.reviewed {
            None => Vec::new(),
            Some(Reviewed::NotHeld(reason)) => {
                vec![(
                    "review_not_held",
                    self.word(List::NotHeldReason, &reason.code()),
                )]
            }
            Some(Reviewed::Held {
                on,
                supported,
                support_person,
                settles,
                channel,
                progress,
                outcome,
            }) => vec![
                ("review_held_on", on.into()),
                ("review_supported", self.yes_no(supported)),
                ("review_support_person", self.yes_no(support_person)),
                ("review_settles", self.yes_no(settles)),
                (
                    "review_channel",
                    self.word(List::ReviewChannel, &channel.code()),
                ),
                (
                    "review_progress",
                    self.word(List::Progress, &progress.code()),
                ),
                ("review_outcome", self.word(List::Outcome, &outcome.code())),
            ],
        }
    }

    fn meetings(&self) -> Page {
        let mut meetings: Vec<_> = self.known.meetings.iter().collect();
        meetings.retain(|(_, it)| self.known.relationships.contains_key(&it.told.relationship));
        meetings.sort_by_key(|(id, it)| (it.told.relationship, it.told.on, **id));
        self.page(
            Kind::Meetings,
            meetings.into_iter().map(|(id, it)| {
                vec![
                    ("key", Cell::Text(id.encode())),
                    ("relationship", Cell::Text(it.told.relationship.encode())),
                    ("met_on", it.told.on.into()),
                    ("minutes", number(it.told.minutes.into())),
                    ("activity", self.word(List::Activity, &it.told.activity)),
                    (
                        "channel",
                        self.word(List::MeetingChannel, &it.told.channel.code()),
                    ),
                    ("version", number(it.version)),
                ]
            }),
        )
    }
}

pub(super) fn number(number: i64) -> Cell {
    Cell::Number(number as f64)
}

fn decade(decade: Option<i16>) -> Cell {
    decade.map_or(Cell::Empty, |decade| number(decade.into()))
}

fn joined(codes: &std::collections::BTreeSet<String>) -> String {
    codes
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("; ")
}

/// Each act under its column; of two weekends the later one is the second.
fn acts(told: &SupporterTold) -> Vec<(&'static str, Cell)> {
    let mut cells = Vec::new();
    for (column, kind) in ACTS {
        let mut days = told
            .acts
            .iter()
            .filter(|(it, _)| *it == kind)
            .map(|(_, on)| *on);
        let on = if column == "weekend_2_on" {
            days.nth(1)
        } else {
            days.next()
        };
        cells.push((column, on.into()));
    }
    cells
}
