//! The published template: which sheets a workbook has, which columns a sheet, and under which headings they are
//! recognised. Somebody who keeps a register in a spreadsheet should find the own columns here again.

use crate::texts::Language;

/// What one sheet holds, in the order in which the sheets rest on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// People, each once.
    People,
    /// What people are in organisations.
    Roles,
    /// Support persons with their gates.
    SupportPersons,
    /// Support relationships with agreement and last review.
    Relationships,
    /// Meetings of the relationships.
    Meetings,
}

impl Kind {
    /// The stored form, and the name of the sheet's file among CSV files.
    pub fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Roles => "roles",
            Self::SupportPersons => "support_persons",
            Self::Relationships => "support_relationships",
            Self::Meetings => "meetings",
        }
    }
}

/// A list of words that a cell may hold; the words stand in [`super::words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Languages of people.
    Language,
    /// Roles.
    Role,
    /// Backgrounds of support persons.
    Background,
    /// States of support persons.
    SupportPersonStatus,
    /// Days of the week.
    Weekday,
    /// Counties, by code or name.
    County,
    /// Interests.
    Interest,
    /// Why somebody is supported.
    CaseBackground,
    /// How the supported next of kin is related.
    KinRelation,
    /// Forms of support.
    Form,
    /// Phases of rehabilitation.
    Phase,
    /// Why a first meeting was without the professional.
    Exception,
    /// How often people meet.
    Rhythm,
    /// Where people meet.
    Place,
    /// How a review was held.
    ReviewChannel,
    /// How it has gone.
    Progress,
    /// What follows a review.
    Outcome,
    /// Why a review is not held.
    NotHeldReason,
    /// Why a relationship ended.
    EndReason,
    /// States of relationships.
    RelationshipStatus,
    /// What people did together.
    Activity,
    /// How people met.
    MeetingChannel,
    /// Yes or no.
    YesNo,
    /// The word for an agreement without an end, beside a day.
    OpenEnded,
}

/// What a cell of a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The row's own key, or that of another row.
    Key,
    /// Words of one's own.
    Text,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// One of a list.
    Word(List),
    /// Several of a list, with commas or semicolons between.
    Words(List),
    /// A day, or a word of a list.
    DayOr(List),
    /// Three-digit codes, with commas or semicolons between.
    Codes,
}

/// A column of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the program, which is accepted as a heading as well.
    pub id: &'static str,
    /// Its headings in Finnish, Swedish and English.
    pub headings: [&'static str; 3],
    /// What its cells hold.
    pub form: Form,
    /// Whether each row needs it.
    pub is_required: bool,
}

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    /// What it holds.
    pub kind: Kind,
    /// Its names in Finnish, Swedish and English.
    pub names: [&'static str; 3],
    /// Its columns, in the order in which the template has them.
    pub columns: &'static [Column],
}

const fn column(
    id: &'static str,
    headings: [&'static str; 3],
    form: Form,
    is_required: bool,
) -> Column {
    Column {
        id,
        headings,
        form,
        is_required,
    }
}

const fn needs(id: &'static str, headings: [&'static str; 3], form: Form) -> Column {
    column(id, headings, form, true)
}

const fn may(id: &'static str, headings: [&'static str; 3], form: Form) -> Column {
    column(id, headings, form, false)
}

/// Filled by an export alone: the register's own count of changes, by which an old copy is noticed.
const VERSION: Column = may("version", ["Versio", "Version", "Version"], Form::Number);

/// The name of the sheet with the notes, which an import passes over.
pub const NOTES: [&str; 3] = ["Ohje", "Anvisning", "Notes"];

use Form::{Codes, Day, DayOr, Key, Number, Text, Word, Words};

/// The sheets.
#[rustfmt::skip] // a table
pub const SHEETS: [Sheet; 5] = [
    Sheet {
        kind: Kind::People,
        names: ["Henkilöt", "Personer", "People"],
        columns: &[
            needs("key", ["Numero", "Nummer", "Number"], Key),
            needs("name", ["Nimi", "Namn", "Name"], Text),
            may("email", ["Sähköposti", "E-post", "Email"], Text),
            may("phone", ["Puhelin", "Telefon", "Phone"], Text),
            may("language", ["Kieli", "Språk", "Language"], Word(List::Language)),
            VERSION,
        ],
    },
    Sheet {
        kind: Kind::Roles,
        names: ["Roolit", "Roller", "Roles"],
        columns: &[
            needs("person", ["Henkilö", "Person", "Person"], Key),
            may("organisation", ["Organisaatio", "Organisation", "Organisation"], Text),
            needs("role", ["Rooli", "Roll", "Role"], Word(List::Role)),
            needs("valid_from", ["Alkaen", "Från och med", "From"], Day),
            may("valid_to", ["Päättyen", "Till och med", "Until"], Day),
            VERSION,
        ],
    },
    Sheet {
        kind: Kind::SupportPersons,
        names: ["Tukihenkilöt", "Stödpersoner", "Support persons"],
        columns: &[
            needs("person", ["Henkilö", "Person", "Person"], Key),
            needs("background", ["Tausta", "Bakgrund", "Background"], Word(List::Background)),
            may("county", ["Hyvinvointialue", "Välfärdsområde", "County"], Word(List::County)),
            may("birth_decade", ["Syntymävuosikymmen", "Födelseårtionde", "Decade of birth"], Number),
            may("weekdays", ["Viikonpäivät", "Veckodagar", "Weekdays"], Words(List::Weekday)),
            may("max_active", ["Tuettavia enintään", "Högst antal stödmottagare", "Most at once"], Number),
            may("interests", ["Kiinnostuksen kohteet", "Intressen", "Interests"], Words(List::Interest)),
            may("languages", ["Kielet", "Språk", "Languages"], Words(List::Language)),
            may("municipalities", ["Kunnat", "Kommuner", "Municipalities"], Codes),
            may("criterion_met_on", ["Päihteettömyys todettu", "Drogfrihet intygad", "Criterion met"], Day),
            may("criterion_not_applicable_on", ["Ehto ei koske", "Villkoret gäller inte", "Criterion not applicable"], Day),
            may("training_started_on", ["Koulutus alkoi", "Utbildningen började", "Training started"], Day),
            may("weekend_1_on", ["1. viikonloppu", "1:a veckoslutet", "1st weekend"], Day),
            may("weekend_2_on", ["2. viikonloppu", "2:a veckoslutet", "2nd weekend"], Day),
            may("earlier_training_on", ["Aiempi koulutus todettu", "Tidigare utbildning intygad", "Earlier training attested"], Day),
            may("confidentiality_on", ["Vaitiolositoumus", "Sekretessförbindelse", "Confidentiality signed"], Day),
            may("activated_on", ["Aloitti", "Började", "Began"], Day),
            may("paused_on", ["Tauko alkoi", "Pausen började", "Paused"], Day),
            may("resumed_on", ["Tauko päättyi", "Pausen slutade", "Resumed"], Day),
            may("ended_on", ["Lopetti", "Slutade", "Ended"], Day),
            may("status", ["Tila", "Status", "Status"], Word(List::SupportPersonStatus)),
            VERSION,
        ],
    },
    Sheet {
        kind: Kind::Relationships,
        names: ["Tukisuhteet", "Stödrelationer", "Support relationships"],
        columns: &[
            needs("key", ["Numero", "Nummer", "Number"], Key),
            may("case_code", ["Tapauskoodi", "Ärendekod", "Case code"], Text),
            needs("support_person", ["Tukihenkilö", "Stödperson", "Support person"], Key),
            may("professional", ["Ammattilainen", "Yrkesperson", "Professional"], Key),
            may("referring_organisation", ["Ammattilaisen organisaatio", "Yrkespersonens organisation", "Professional's organisation"], Text),
            needs("case_background", ["Tuettavan tausta", "Stödmottagarens bakgrund", "Supported as"], Word(List::CaseBackground)),
            may("kin_relation", ["Läheissuhde", "Närståenderelation", "Kin relation"], Word(List::KinRelation)),
            may("birth_decade", ["Syntymävuosikymmen", "Födelseårtionde", "Decade of birth"], Number),
            may("county", ["Hyvinvointialue", "Välfärdsområde", "County"], Word(List::County)),
            may("municipality", ["Kunta", "Kommun", "Municipality"], Codes),
            may("language", ["Kieli", "Språk", "Language"], Word(List::Language)),
            may("form", ["Tuen muoto", "Stödform", "Form"], Word(List::Form)),
            may("phase", ["Kuntoutuksen vaihe", "Rehabiliteringsfas", "Phase"], Word(List::Phase)),
            needs("consent_on", ["Suostumus", "Samtycke", "Consent"], Day),
            may("disclosed_on", ["Yhteystiedot annettu", "Kontaktuppgifter givna", "Contact details given"], Day),
            may("first_meeting_on", ["Ensitapaaminen", "Första träffen", "First meeting"], Day),
            may("professional_present", ["Ammattilainen mukana", "Yrkesperson med", "Professional present"], Word(List::YesNo)),
            may("exception", ["Miksi ei mukana", "Varför inte med", "Why not present"], Word(List::Exception)),
            may("agreement_from", ["Sopimus alkaa", "Avtalet börjar", "Agreement from"], Day),
            may("agreement_until", ["Sopimus päättyy", "Avtalet slutar", "Agreement until"], DayOr(List::OpenEnded)),
            may("signed_on", ["Sopimus allekirjoitettu", "Avtalet undertecknat", "Agreement signed"], Day),
            may("rhythm", ["Tapaamisväli", "Träffrytm", "Rhythm"], Word(List::Rhythm)),
            may("places", ["Tapaamispaikat", "Mötesplatser", "Places"], Words(List::Place)),
            may("review_interval", ["Väliarvion väli kk", "Mellanutvärdering mån", "Review interval, months"], Number),
            may("professional_follows", ["Ammattilainen seuraa", "Yrkesperson följer", "Professional follows"], Word(List::YesNo)),
            may("review_held_on", ["Viimeisin väliarvio", "Senaste mellanutvärderingen", "Last review"], Day),
            may("review_supported", ["Tuettava mukana", "Stödmottagaren med", "Supported person present"], Word(List::YesNo)),
            may("review_support_person", ["Tukihenkilö mukana", "Stödperson med", "Support person present"], Word(List::YesNo)),
            may("review_settles", ["Väliarvio riittää", "Mellanutvärderingen räcker", "Review settles"], Word(List::YesNo)),
            may("review_channel", ["Väliarvion tapa", "Mellanutvärderingens form", "Review channel"], Word(List::ReviewChannel)),
            may("review_progress", ["Miten sujunut", "Hur det gått", "How it has gone"], Word(List::Progress)),
            may("review_outcome", ["Mitä seuraa", "Vad som följer", "What follows"], Word(List::Outcome)),
            may("review_not_held", ["Väliarviota ei pidetty", "Ingen mellanutvärdering", "Review not held"], Word(List::NotHeldReason)),
            may("paused_on", ["Tauko alkoi", "Pausen började", "Paused"], Day),
            may("resumed_on", ["Tauko päättyi", "Pausen slutade", "Resumed"], Day),
            may("ended_on", ["Päättyi", "Slutade", "Ended"], Day),
            may("end_reason", ["Päättymisen syy", "Orsak till slutet", "End reason"], Word(List::EndReason)),
            may("status", ["Tila", "Status", "Status"], Word(List::RelationshipStatus)),
            VERSION,
        ],
    },
    Sheet {
        kind: Kind::Meetings,
        names: ["Tapaamiset", "Träffar", "Meetings"],
        columns: &[
            may("key", ["Numero", "Nummer", "Number"], Key),
            needs("relationship", ["Tukisuhde", "Stödrelation", "Support relationship"], Key),
            needs("met_on", ["Päivä", "Dag", "Day"], Day),
            needs("minutes", ["Kesto min", "Minuter", "Minutes"], Number),
            needs("activity", ["Tekeminen", "Aktivitet", "Activity"], Word(List::Activity)),
            may("channel", ["Tapa", "Sätt", "Channel"], Word(List::MeetingChannel)),
            VERSION,
        ],
    },
];

impl Sheet {
    /// The sheet of a kind.
    pub fn of(kind: Kind) -> &'static Self {
        &SHEETS[kind as usize]
    }

    /// Its name in a language.
    pub fn name(&self, language: Language) -> &'static str {
        self.names[of_three(language)]
    }

    /// The sheet with this name, in any of the languages or as its file is called; `None` where there is none.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = plain(name);
        SHEETS.iter().find(|sheet| {
            let mut names = sheet.names.iter();
            plain(sheet.kind.code()) == name || names.any(|it| plain(it) == name)
        })
    }

    /// The place of the column with this heading.
    pub fn column_with(&self, heading: &str) -> Option<usize> {
        let heading = plain(heading.trim().trim_end_matches('*'));
        self.columns.iter().position(|column| {
            plain(column.id) == heading || column.headings.iter().any(|it| plain(it) == heading)
        })
    }

    /// The place of a column.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }
}

/// Which of three texts a reader of a language gets.
pub fn of_three(language: Language) -> usize {
    match language.readable(Language::Fi) {
        Language::Sv => 1,
        Language::En => 2,
        _ => 0,
    }
}

/// As headings, names and words are compared: without case, marks between words and doubled space.
pub(super) fn plain(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if matches!(c, '_' | '-' | '\u{2010}'..='\u{2013}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    crate::text::normal_email(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_heading_stands_for_two_columns_of_a_sheet() {
        for sheet in &SHEETS {
            assert_eq!(Sheet::of(sheet.kind).kind, sheet.kind);
            let mut taken = BTreeSet::new();
            for column in sheet.columns {
                let own: BTreeSet<String> = column.headings.iter().map(|it| plain(it)).collect();
                for heading in own {
                    assert!(taken.insert(heading.clone()), "{:?}: {heading}", sheet.kind);
                }
            }
        }
    }

    #[test]
    fn sheets_and_columns_are_recognised_however_they_are_written() {
        let people = Sheet::named(" HENKILÖT ").unwrap();
        assert_eq!(people.kind, Kind::People);
        assert_eq!(
            Sheet::named("support persons").unwrap().kind,
            Kind::SupportPersons
        );
        assert_eq!(
            Sheet::named("support_persons").unwrap().kind,
            Kind::SupportPersons
        );
        assert!(Sheet::named("Vanhat").is_none());
        assert_eq!(people.column_with("sähköposti*"), people.place("email"));
        assert_eq!(people.column_with("E‐POST"), people.place("email"));
    }
}
