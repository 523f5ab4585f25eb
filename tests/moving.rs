//! Moving an association's register in from a workbook, and out into one.

mod courses;
mod files;
mod notices;
mod spreadsheet;
mod untidy;

use rinnalla_domain::access::{self, Actor as Signed};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::OrganisationId;
use rinnalla_domain::moving::{self, Book, Cell, Finding, Kind, Moved};
use rinnalla_domain::states::{OrganisationKind, Role};
use rinnalla_domain::texts::Language;
use serde_json::json;

use crate::on_both;
use crate::support::relationships::{Circle, joint, today};
use crate::support::workbook::{Sheet, xlsx};
use crate::support::{Actor, App};

/// What a person does at the command line: signed in by name, in Finnish.
pub async fn ctx(app: &App, actor: &Actor) -> Ctx {
    let nobody_yet = Signed {
        person: actor.id,
        language: Language::Fi,
        grants: Vec::new(),
    };
    let signed = access::renew(&app.register, &nobody_yet)
        .await
        .unwrap()
        .unwrap();
    Ctx::new(&app.register, Some(signed), Language::Fi)
}

pub async fn import(app: &App, actor: &Actor, of: OrganisationId, book: &Book) -> Result<Moved> {
    moving::import(&ctx(app, actor).await, of, book, false, &|_| {}).await
}

/// Moves sheets in that have no fault.
pub async fn moved(app: &App, circle: &Circle, sheets: &[Sheet]) -> Moved {
    let book = moving::read(xlsx(sheets)).unwrap();
    let moved = import(app, &circle.kaisa, circle.association, &book)
        .await
        .unwrap();
    assert_eq!(said(&moved.findings), [""; 0]);
    moved
}

/// What was found, as `Henkilöt, rivi 2, C Sähköposti: BAD_EMAIL`.
pub fn said(findings: &[Finding]) -> Vec<String> {
    let line = |it: &Finding| format!("{}: {}", it.place(Language::Fi), it.code);
    findings.iter().map(line).collect()
}

/// New, changed and unchanged rows of all sheets.
pub fn sums(moved: &Moved) -> (usize, usize, usize) {
    let of = |count: fn(&moving::Count) -> usize| moved.counts.iter().map(count).sum();
    (of(|it| it.new), of(|it| it.changed), of(|it| it.same))
}

pub const PEOPLE: [&str; 5] = ["Numero", "Nimi", "Sähköposti", "Puhelin", "Kieli"];
pub const ROLES: [&str; 4] = ["Henkilö", "Organisaatio", "Rooli", "Alkaen"];
pub const SUPPORT_PERSONS: [&str; 10] = [
    "Henkilö",
    "Tausta",
    "Päihteettömyys todettu",
    "1. viikonloppu",
    "2. viikonloppu",
    "Vaitiolositoumus",
    "Aloitti",
    "Kiinnostuksen kohteet",
    "Tuettavia enintään",
    "Tila",
];
pub const RELATIONSHIPS: [&str; 16] = [
    "Numero",
    "Tukihenkilö",
    "Ammattilainen",
    "Tuettavan tausta",
    "Suostumus",
    "Yhteystiedot annettu",
    "Ensitapaaminen",
    "Sopimus alkaa",
    "Sopimus päättyy",
    "Sopimus allekirjoitettu",
    "Tapaamisväli",
    "Tapaamispaikat",
    "Viimeisin väliarvio",
    "Miten sujunut",
    "Ammattilainen seuraa",
    "Tila",
];
pub const MEETINGS: [&str; 6] = [
    "Numero",
    "Tukisuhde",
    "Päivä",
    "Kesto min",
    "Tekeminen",
    "Tapa",
];

/// The sheets of a small association: one support person, one relationship with a review, two meetings.
pub fn small(circle_name: &str) -> Vec<Sheet> {
    let mut people = Sheet::new("Henkilöt", &PEOPLE);
    people.row([
        "1",
        "Sari Sointu",
        "sari.sointu@example.org",
        "040 123 4567",
        "suomi",
    ]);
    let mut roles = Sheet::new("Roolit", &ROLES);
    let mikko = format!("mikko.{}@example.org", circle_name.to_lowercase());
    roles.row([
        mikko.as_str(),
        &format!("{circle_name} alue"),
        "ammattilainen",
        "1.1.2020",
    ]);
    let mut supporters = Sheet::new("Tukihenkilöt", &SUPPORT_PERSONS);
    supporters.row([
        "1",
        "oma toipuminen",
        "1.2.26",
        "7.3.2026",
        "2026-03-21",
        "1.4.2026",
        "2.4.2026",
        "kalastus; kahvittelu",
        "2",
        "aktiivinen",
    ]);
    let mut relationships = Sheet::new("Tukisuhteet", &RELATIONSHIPS);
    relationships.row([
        "T-7",
        "1",
        mikko.as_str(),
        "itse toipuva",
        "1.4.2026",
        "7.4.2026",
        "13.4.2026",
        "14.4.2026",
        "toistaiseksi",
        "13.4.2026",
        "viikoittain",
        "kahvila",
        "15.7.2026",
        "hyvin",
        "kyllä",
        "käynnissä",
    ]);
    let mut meetings = Sheet::new("Tapaamiset", &MEETINGS);
    meetings.row(["", "T-7", "20.4.2026", "60", "kahvilla", "kasvokkain"]);
    meetings.row(["", "T-7", "27.4.2026", "45", "luontokävely", "puhelin"]);
    vec![people, roles, supporters, relationships, meetings]
}

/// Everything that a file could change.
const TABLES: [&str; 16] = [
    "people",
    "role_grants",
    "support_persons",
    "support_person_acts",
    "support_person_interests",
    "supported_cases",
    "case_professionals",
    "referrals",
    "referral_acts",
    "disclosures",
    "support_relationships",
    "support_agreements",
    "joint_reviews",
    "joint_review_records",
    "meetings",
    "outbox_messages",
];

on_both! {
    async fn a_history_that_is_moved_in_stands_as_one_that_was_recorded(app: App) {
        app.on_day("2026-04-07");
        let recorded = app.circle("Tampere").await;
        let relationship = recorded.disclosed(&app).await;
        app.on_day("2026-11-23");
        let met = json!({ "heldOn": "2026-04-13", "professionalPresent": true, "handoverById": recorded.mikko.node() });
        let input = relationship.input(&app, &recorded, met).await;
        app.act(&recorded.mikko, "supportRelationshipRecordFirstMeeting", input).await.done();
        let terms = json!({ "terms": { "startsOn": "2026-04-14", "isOpenEnded": true, "rhythm": "WEEKLY",
            "places": ["CAFE"], "reviewIntervalMonths": 3, "signedOn": "2026-04-13" } });
        let input = relationship.input(&app, &recorded, terms).await;
        app.act(&recorded.mikko, "supportAgreementRecord", input).await.done();
        let review = recorded.open_review(&app, &relationship).await;
        let held = json!({ "jointReviewId": review["id"], "version": review["version"], "held": joint("2026-07-15") });
        app.act(&recorded.mikko, "jointReviewRecordHeld", held).await.done();
        let by_hand = app.state().await;

        let other = App::on(app.database.kind).await.unwrap();
        let circle = other.circle("Kainuu").await;
        moved(&other, &circle, &small("Kainuu")).await;
        assert_eq!(today(&other), "2026-11-23");
        assert_eq!(other.state().await, by_hand);
        let status = other.rows(&["support_persons"]).await;
        assert!(status.iter().any(|row| row.contains("Sari") || row.contains("ACTIVE")), "{status:?}");
    }
}

on_both! {
    async fn the_same_file_twice_changes_nothing_and_a_corrected_one_what_was_corrected(app: App) {
        let circle = app.circle("Kainuu").await;
        let mut sheets = small("Kainuu");
        let first = moved(&app, &circle, &sheets).await;
        assert_eq!(sums(&first), (5, 0, 1), "Mikko's role was there before");
        assert_eq!(first.codes.len(), 1);
        let before = app.rows(&TABLES).await;
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 0, 6));
        assert_eq!(app.rows(&TABLES).await, before);

        *sheets[0].cell(2, "Puhelin") = "050 765 4321".into();
        *sheets[2].cell(2, "Tuettavia enintään") = "3".into();
        *sheets[3].cell(2, "Viimeisin väliarvio") = "16.7.2026".into();
        *sheets[4].cell(2, "Kesto min") = "75".into();
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 4, 2));
        let corrected = app.state().await;
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 0, 6));

        let other = App::on(app.database.kind).await.unwrap();
        let fresh = other.circle("Kainuu").await;
        moved(&other, &fresh, &sheets).await;
        assert_eq!(corrected, other.state().await, "as if it had been right at once");
    }
}

on_both! {
    async fn what_the_register_was_told_since_is_not_undone_by_a_file(app: App) {
        let circle = app.circle("Kainuu").await;
        let mut sheets = small("Kainuu");
        moved(&app, &circle, &sheets).await;
        let id = app.rows(&["support_relationships"]).await;
        assert_eq!(id.len(), 1);
        let query = "{ supportRelationships(first: 5) { nodes { id version openReview { id version } } } }";
        let answer = circle.kaisa.ask(&app, query, json!({})).await;
        let review = &answer.data()["supportRelationships"]["nodes"][0]["openReview"];
        let held = json!({ "jointReviewId": review["id"], "version": review["version"], "held": joint("2026-11-20") });
        app.act(&circle.mikko, "jointReviewRecordHeld", held).await.done();
        let state = app.state().await;
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 0, 6), "the file says what it said");
        *sheets[3].cell(2, "Viimeisin väliarvio") = "16.7.2026".into();
        let book = moving::read(xlsx(&sheets)).unwrap();
        let refused = import(&app, &circle.kaisa, circle.association, &book).await.unwrap();
        assert_eq!(said(&refused.findings), ["Tukisuhteet, rivi 2, A Numero: CHANGED_SINCE"]);
        assert_eq!(app.state().await, state);
    }
}

on_both! {
    async fn what_is_given_out_comes_in_again_and_changes_nothing(app: App) {
        let circle = app.circle("Kainuu").await;
        moved(&app, &circle, &small("Kainuu")).await;
        let before = app.rows(&TABLES).await;
        let out = moving::export(&ctx(&app, &circle.kaisa).await, circle.association).await.unwrap();
        let log = app.rows(&["access_log"]).await;
        assert_eq!(log.iter().filter(|row| row.contains("registerExport")).count(), 1, "{log:?}");
        let again = moving::read(moving::bytes(&out).unwrap()).unwrap();
        let same = import(&app, &circle.kaisa, circle.association, &again).await.unwrap();
        assert_eq!(said(&same.findings), [""; 0]);
        assert_eq!((sums(&same).0, sums(&same).1), (0, 0));
        assert_eq!(app.rows(&TABLES).await, before);

        // Corrected in the file that was given out.
        let mut changed = again.clone();
        let people = changed.pages.iter_mut().find(|page| page.name == "Henkilöt").unwrap();
        let row = people.rows.iter_mut().find(|row| row.cells.contains(&Cell::Text("Sari Sointu".to_owned()))).unwrap();
        row.cells[1] = Cell::Text("Sari Sointula".to_owned());
        let one = import(&app, &circle.kaisa, circle.association, &changed).await.unwrap();
        assert_eq!((said(&one.findings), sums(&one).1), (Vec::new(), 1));
        // The old copy is one that somebody else has changed since.
        let people = changed.pages.iter_mut().find(|page| page.name == "Henkilöt").unwrap();
        let row = people.rows.iter_mut().find(|row| row.cells.contains(&Cell::Text("Sari Sointula".to_owned()))).unwrap();
        row.cells[1] = Cell::Text("Sari Soini".to_owned());
        let stale = import(&app, &circle.kaisa, circle.association, &changed).await.unwrap();
        assert!(said(&stale.findings)[0].ends_with("CHANGED_SINCE"), "{:?}", said(&stale.findings));
    }
}

on_both! {
    async fn the_keys_of_a_file_are_kept_as_hashes_alone(app: App) {
        let circle = app.circle("Kainuu").await;
        let mut sheets = small("Kainuu");
        *sheets[3].cell(2, "Numero") = "Tuettava Teppo".into();
        for row in [2, 3] {
            *sheets[4].cell(row, "Tukisuhde") = "tuettava teppo ".into();
        }
        moved(&app, &circle, &sheets).await;
        let everything = app.rows(&["moved_rows", "support_relationships", "supported_cases", "meetings"]).await;
        assert!(everything.iter().all(|row| !row.to_lowercase().contains("teppo")), "{everything:?}");
    }
}

on_both! {
    async fn only_a_coordinator_moves_and_only_the_own_organisation(app: App) {
        let circle = app.circle("Kainuu").await;
        let other = app.organisation("Toinen ry", OrganisationKind::Association).await;
        let stranger = app.person("Outi Outo", other, Role::Coordinator).await;
        let book = moving::read(xlsx(&small("Kainuu"))).unwrap();
        let refused = import(&app, &stranger, circle.association, &book).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let refused = moving::export(&ctx(&app, &stranger).await, circle.association).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let refused = import(&app, &circle.mikko, circle.association, &book).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        let mine = moving::export(&ctx(&app, &stranger).await, other).await.unwrap();
        let people = mine.pages.iter().find(|page| page.name == Kind::People.shown()).unwrap();
        assert_eq!(people.rows.len(), 2, "the headings and herself");
    }
}

trait Shown {
    fn shown(self) -> &'static str;
}

impl Shown for Kind {
    fn shown(self) -> &'static str {
        moving::Sheet::of(self).name(Language::Fi)
    }
}
