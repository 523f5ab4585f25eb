//! Figures of people, each worked out by hand from a register that is small enough for it.

use rinnalla_domain::ids::{
    CourseCostId, CourseId, DropInPlaceId, EncounterId, EnrolmentDecisionId, EnrolmentId,
    ExpertProfileId, Id as _, MeetingId, PlaceRoleTermId, ProgrammeId, SupervisionSessionId,
};
use rinnalla_domain::states::{Role, SupportRelationshipStatus};
use sea_orm::Value as Cell;
use serde_json::{Value, json};

use super::{Figures, counts, finished_course, opening, value};
use crate::on_both;
use crate::support::{Actor, App, date};

/// What is recorded of a course's costs, in cents.
async fn cost(app: &App, by: &Actor, of: CourseId, cents: i32, is_cancelled: bool) {
    let now = app.register.clock.now();
    let cancelled = is_cancelled.then_some(now);
    app.run(
        "INSERT INTO course_costs (id, course_id, kind, cents, recorded_by, recorded_at, cancelled_at)
         VALUES ($1, $2, 'SPACE', $3, $4, $5, $6)",
        [Cell::from(CourseCostId::random().0), of.0.into(), cents.into(), by.id.0.into(), now.into(), cancelled.into()],
    )
    .await;
}

on_both! {
    /// F-6. 840.00 € for the room and 560.00 € for an excursion in one course, 100.00 € in the other, and a line that was
    /// cancelled. 1 500.00 € / (10 + 5 graduates) = 100.00 €.
    async fn a_graduate_costs_what_was_recorded_divided_by_graduates(app: App) {
        let figures = Figures::new(&app).await;
        let (of, kaisa) = (figures.world.association, figures.world.kaisa.clone());
        let spring = finished_course(&app, of, kaisa.id, "2025-03-13", (20, 10)).await;
        let autumn = finished_course(&app, of, kaisa.id, "2025-11-13", (10, 5)).await;
        for (course, cents, is_cancelled) in [(spring, 84_000, false), (spring, 56_000, false), (autumn, 10_000, false), (autumn, 77_777, true)] {
            cost(&app, &kaisa, course, cents, is_cancelled).await;
        }
        figures.publish(&app).await;
        let query = "{ participationFigures(year: 2025) { courseCompletion { graduates cents centsEach } } }";
        let answer = figures.antti.ask(&app, query, json!({})).await;
        let told = &answer.data()["participationFigures"]["courseCompletion"];
        assert_eq!(told, &json!({ "graduates": 15, "cents": 150_000.0, "centsEach": 10_000.0 }));
    }
}

/// Somebody who was at a course of the association by name, and graduated or not.
async fn took_part(app: &App, by: &Actor, of: CourseId, who: &Actor, graduated: bool) {
    let now = app.register.clock.now();
    let enrolment = EnrolmentId::random();
    let status = if graduated {
        "GRADUATED"
    } else {
        "INTERRUPTED"
    };
    app.run(
        "INSERT INTO enrolments (id, course_id, person_id, is_pseudonym, status, wants_reminders, applied_on, recorded_by, recorded_at)
         VALUES ($1, $2, $3, false, $4, false, $5, $6, $7)",
        [Cell::from(enrolment.0), of.0.into(), who.id.0.into(), status.into(), date("2025-01-02").into(), by.id.0.into(), now.into()],
    )
    .await;
    app.run(
        "INSERT INTO attendances (session_id, enrolment_id, session_version, status, recorded_by, recorded_at)
         SELECT s.id, $1, 1, 'PRESENT', $3, $4 FROM course_sessions s WHERE s.course_id = $2 AND s.no = 1",
        [
            Cell::from(enrolment.0),
            of.0.into(),
            by.id.0.into(),
            now.into(),
        ],
    )
    .await;
    if graduated {
        app.run(
            "INSERT INTO enrolment_decisions (id, enrolment_id, kind, on_date, recorded_by, recorded_at)
             VALUES ($1, $2, 'GRADUATED', $3, $4, $5)",
            [Cell::from(EnrolmentDecisionId::random().0), enrolment.0.into(), date("2025-03-13").into(), by.id.0.into(), now.into()],
        )
        .await;
    }
}

on_both! {
    /// F-9. Six people took their first step in 2025 on one course. Aino, Bo and Cecilia were there and no more; Daavid graduated;
    /// Elli graduated and became a support person in October 2026; Fanni graduated and was trained as an expert. Eero was trained
    /// as an expert in 2024, and Sanna became a support person in 2026, both without a course: those are paths of other years.
    async fn a_path_is_known_by_its_first_year_and_its_furthest_step(app: App) {
        let figures = Figures::new(&app).await;
        let (of, kaisa) = (figures.world.association, figures.world.kaisa.clone());
        let course = finished_course(&app, of, kaisa.id, "2025-03-13", (0, 0)).await;
        for name in ["Aino", "Bo", "Cecilia"] {
            let who = app.person(name, of, Role::PeerGuide).await;
            took_part(&app, &kaisa, course, &who, false).await;
        }
        let daavid = app.person("Daavid", of, Role::PeerGuide).await;
        took_part(&app, &kaisa, course, &daavid, true).await;
        let elli = figures.world.active(&app, "Elli Tukeva").await;
        took_part(&app, &kaisa, course, &elli.actor, true).await;
        figures.world.active(&app, "Sanna Tukeva").await;
        let fanni = app.person("Fanni", of, Role::Expert).await;
        took_part(&app, &kaisa, course, &fanni, true).await;
        let eero = app.person("Eero", of, Role::Expert).await;
        for (who, on) in [(&fanni, "2026-02-01"), (&eero, "2024-12-01")] {
            let values = [Cell::from(ExpertProfileId::random().0), of.0.into(), who.id.0.into(), date(on).into(), kaisa.id.0.into(),
                app.register.clock.now().into()];
            app.run("INSERT INTO expert_profiles (id, organisation_id, person_id, trainer_id, trained_on, created_by, created_at)
                 VALUES ($1, $2, $3, $2, $4, $5, $6)", values).await;
        }
        let of_2025 = figures.own(&app, "PATHS", "2025", &["PATH"]).await;
        assert_eq!(counts(&of_2025), json!({ "PARTICIPANT": 3, "PEER_GUIDE": 1, "SUPPORT_PERSON": 1, "EXPERT": 1 }));
        assert_eq!(counts(&figures.own(&app, "PATHS", "2026", &["PATH"]).await), json!({ "SUPPORT_PERSON": 1 }));
        assert_eq!(counts(&figures.own(&app, "PATHS", "2024", &["PATH"]).await), json!({ "EXPERT": 1 }));
        // An analyst is told of six together, and of nobody by the step: of six in four categories each could be worked out too narrowly.
        figures.publish(&app).await;
        assert_eq!(counts(&figures.table(&app, "PATHS", "2025", &[]).await), json!({ "": 6 }));
        let told = figures.table(&app, "PATHS", "2025", &["PATH"]).await;
        assert_eq!((&told["standing"], &told["rows"]), (&json!("WITHHELD"), &json!([])));
    }
}

on_both! {
    /// F-11. Of four active support persons Sanna was in a group of 90 minutes in October, Saara in that group and by herself for 60
    /// minutes, Silja by herself, and Sirkka nowhere: 3 of 4, in hours (1.5 + 2.5 + 1) / 4. Venla guides peers and was in the group;
    /// Eero is an expert and was not: 1 of 2, 1.5 / 2 hours.
    async fn supervision_covers_whoever_was_there_in_twelve_months_by_its_form(app: App) {
        let figures = Figures::new(&app).await;
        let (world, of) = (&figures.world, figures.world.association);
        let mut active = Vec::new();
        for name in ["Sanna", "Saara", "Silja", "Sirkka"] {
            active.push(world.active(&app, name).await.actor);
        }
        let venla = app.person("Venla", of, Role::PeerGuide).await;
        app.person("Eero", of, Role::Expert).await;
        let supervised = app.supervised(of).await;
        supervised.held(&app, "2026-10-20", &[&active[0], &active[1], &venla]).await;
        let alone = supervised.held(&app, "2026-11-03", &[&active[1], &active[2]]).await;
        let alone = SupervisionSessionId::decode(&alone).unwrap();
        app.run("UPDATE supervision_sessions SET form = 'INDIVIDUAL', held_minutes = 60 WHERE id = $1", [Cell::from(alone.0)]).await;

        let supporters = figures.own(&app, "SUPPORT_PERSONS", "2026Q4", &["SUPERVISED"]).await;
        assert_eq!(counts(&supporters), json!({ "GROUP": 1, "INDIVIDUAL": 1, "SEVERAL": 1, "NO": 1 }));
        let all = figures.own(&app, "SUPPORT_PERSONS", "2026Q4", &[]).await;
        assert_eq!((counts(&all), value(&all, 0, "SUPERVISION_MINUTES")), (json!({ "": 4 }), json!(90.0 + 150.0 + 60.0)));
        let others = figures.own(&app, "OTHER_PEERS", "2026Q4", &["ROLE", "SUPERVISED"]).await;
        assert_eq!(counts(&others), json!({ "EXPERT NO": 1, "EXPERT GROUP": 0, "PEER_GUIDE GROUP": 1, "PEER_GUIDE NO": 0 }));
        let all = figures.own(&app, "OTHER_PEERS", "2026Q4", &[]).await;
        assert_eq!((counts(&all), value(&all, 0, "SUPERVISION_MINUTES")), (json!({ "": 2 }), json!(90.0)));
        // A year and a day after the group, Sanna and Venla have been without.
        app.on_day("2027-10-21");
        let later = figures.own(&app, "SUPPORT_PERSONS", "2027Q4", &["SUPERVISED"]).await;
        assert_eq!(counts(&later), json!({ "INDIVIDUAL": 2, "NO": 2 }));
    }
}

on_both! {
    /// F-16. On 30.6.2025 six relationships had begun: ended after 30, 60 and 120 days, going on for 180, 180 and 60 days. After 30
    /// days 5 of 6 went on; after 60 days 4 of the 5 at risk: 5/6 · 4/5 = 0.667; the one of 60 days then is known no longer, so
    /// after 120 days 2 of 3: 0.444, no more than half. The median is 120 days; of those alone that ended it would be 60.
    async fn the_median_length_counts_those_that_go_on(app: App) {
        let figures = Figures::new(&app).await;
        let (world, of) = (&figures.world, figures.world.association);
        for (at, (from, to, reason)) in [
            ("2025-01-01", Some("2025-01-31"), "TERM_COMPLETED"),
            ("2025-01-01", Some("2025-03-02"), "TERM_COMPLETED"),
            ("2025-01-01", Some("2025-05-01"), "MOVED"),
            ("2025-01-01", None, ""),
            ("2025-01-01", None, ""),
            ("2025-05-01", None, ""),
        ].into_iter().enumerate() {
            let who = app.person(&format!("Tukija {at}"), of, Role::SupportPerson).await;
            let case = app.case(of, world.service, &[&world.pekka]).await;
            let proposed = app.proposed(&case, &who).await;
            let status = if to.is_some() { SupportRelationshipStatus::Ended } else { SupportRelationshipStatus::Active };
            let id = app.relationship(&case, &proposed, status).await;
            let reason = (!reason.is_empty()).then_some(reason);
            app.run("UPDATE support_relationships SET starts_on = $2, first_meeting_on = $2, ended_on = $3, end_reason = $4 WHERE id = $1",
                [Cell::from(id.0), date(from).into(), to.map(date).into(), reason.into()]).await;
        }
        let length = figures.own(&app, "RELATIONSHIP_LENGTH", "2025Q2", &[]).await;
        assert_eq!((&length["rows"][0]["count"], value(&length, 0, "DAYS_MEDIAN")), (&json!(null), json!(120.0)));
        // On 31.3. two had ended and three went on for 89 days: 5 at risk, then 4; 3 of 5 go on, which is more than half.
        let early = figures.own(&app, "RELATIONSHIP_LENGTH", "2025Q1", &[]).await;
        assert_eq!(value(&early, 0, "DAYS_MEDIAN"), json!(null));
        let ended = figures.own(&app, "ENDED_RELATIONSHIPS", "2025", &["END_REASON"]).await;
        assert_eq!(counts(&ended), json!({ "TERM_COMPLETED": 2, "MOVED": 1 }));
        assert_eq!(counts(&figures.own(&app, "ACTIVE_RELATIONSHIPS", "2025Q2", &[]).await), json!({ "": 3 }));
    }
}

on_both! {
    /// F-12. A target from 2025 on, with a course (2 participants in 8 sessions), a place (7 visits at 2 openings, one volunteer), and
    /// the programme of one support person who has one case and met them twice; beside it 3 talks. Activities 3, encounters
    /// 8 + 7 + 3 and 2 meetings, one case, two participants, two volunteers; the place names one partner.
    async fn a_grant_target_has_activities_encounters_partners_and_people(app: App) {
        let figures = Figures::new(&app).await;
        let (world, of, kaisa) = (&figures.world, figures.world.association, figures.world.kaisa.clone());
        let course = finished_course(&app, of, kaisa.id, "2026-03-12", (2, 2)).await;
        let place = app.bare_place(&kaisa, "kulma", json!({})).await;
        let programme = world.programme(&app, json!({})).await;
        let target = json!({ "organisationId": of.encode(), "details": { "funder": "STEA", "code": "C4321", "name": "Vertaistuki",
            "kind": "PROJECT", "from": "2025-01-01", "countsEncounters": true } });
        let create = |input: Value| kaisa.does(&app, "grantTargetCreate", "grantTarget { id }", input);
        // One that was added in error and taken back has no talks.
        let in_error = create(target.clone()).await.done()["grantTarget"]["id"].clone();
        let in_error = json!({ "grantTargetId": in_error, "version": 1 });
        kaisa.does(&app, "grantTargetCancel", "grantTarget { id }", in_error).await.done();
        let target = create(target).await.done()["grantTarget"]["id"].clone();
        let tie = json!({ "grantTargetId": target, "version": 1, "courseIds": [course.encode()], "dropInPlaceIds": [place],
            "programmeIds": [programme] });
        kaisa.does(&app, "grantTargetTie", "grantTarget { id }", tie).await.done();

        let place_id = DropInPlaceId::decode(&place).unwrap();
        let programme_id = ProgrammeId::decode(&programme).unwrap();
        for (on, visits) in [("2026-04-01", 5), ("2026-04-02", 2), ("2024-04-02", 40)] {
            opening(&app, &kaisa, place_id, on, (visits, 0)).await;
        }
        let volla = app.person("Volla", of, Role::PeerGuide).await;
        let now = app.register.clock.now();
        app.run("INSERT INTO place_role_terms (id, place_id, person_id, role, from_on, recorded_by, recorded_at)
             VALUES ($1, $2, $3, 'VOLUNTEER', $4, $5, $6)",
            [Cell::from(PlaceRoleTermId::random().0), place_id.0.into(), volla.id.0.into(), date("2025-05-01").into(), kaisa.id.0.into(), now.into()]).await;
        app.run("INSERT INTO drop_in_place_partners (place_id, organisation_id) VALUES ($1, $2)",
            [Cell::from(place_id.0), world.service.0.into()]).await;
        app.run("INSERT INTO encounters (id, organisation_id, kind, phase, on_date, talks, recorded_by, recorded_at)
             VALUES ($1, $2, 'ADVICE', 'UNKNOWN', $3, 3, $4, $5)",
            [Cell::from(EncounterId::random().0), of.0.into(), date("2026-05-04").into(), kaisa.id.0.into(), now.into()]).await;
        let who = app.person("Tukija", of, Role::SupportPerson).await;
        let case = app.case(of, world.service, &[&world.pekka]).await;
        let proposed = app.proposed(&case, &who).await;
        let pair = app.relationship(&case, &proposed, SupportRelationshipStatus::Active).await;
        app.run("UPDATE support_persons SET programme_id = $2 WHERE id = $1", [Cell::from(proposed.support_person.0), programme_id.0.into()]).await;
        for on in ["2026-02-20", "2026-03-20"] {
            app.run("INSERT INTO meetings (id, organisation_id, relationship_id, met_on, minutes, activity, channel, recorded_by, recorded_at)
                 VALUES ($1, $2, $3, $4, 60, 'COFFEE', 'IN_PERSON', $5, $6)",
                [Cell::from(MeetingId::random().0), of.0.into(), pair.0.into(), date(on).into(), who.id.0.into(), now.into()]).await;
        }
        for (measure, by, told) in [
            ("GRANT_ACTIVITIES", "KIND", json!({ "COURSE": 1, "PLACE": 1, "PROGRAMME": 1 })),
            ("GRANT_ENCOUNTERS", "KIND", json!({ "COURSE_SESSION": 8, "VISIT": 7, "TALK": 3 })),
            ("GRANT_PEOPLE", "ROLE", json!({ "CASE": 1, "PARTICIPANT": 2, "VOLUNTEER": 2 })),
        ] {
            assert_eq!(counts(&figures.own(&app, measure, "2026", &[by]).await), told, "{measure}");
        }
        for (measure, n) in [("GRANT_PARTNERS", 1), ("GRANT_MEETINGS", 2)] {
            let told = figures.own(&app, measure, "2026", &["GRANT_TARGET"]).await;
            assert_eq!((&told["rows"][0]["row"]["code"], &told["rows"][0]["count"]), (&target, &json!(n)), "{measure}");
        }
        // Before the target began, nothing counts; its people are not published, and what is nobody is.
        assert_eq!(counts(&figures.own(&app, "GRANT_ENCOUNTERS", "2024", &[]).await), json!({ "": 0 }));
        app.on_day("2027-02-01");
        figures.publish(&app).await;
        assert_eq!(figures.table(&app, "GRANT_PEOPLE", "2026", &["ROLE"]).await["standing"], json!("WITHHELD"));
        assert_eq!(figures.table(&app, "GRANT_MEETINGS", "2026", &[]).await["rows"], json!([]));
        let query = "{ participationFigures(year: 2026) { grantTargets { target { code name } activities encounters partners } } }";
        let told: Value = figures.antti.ask(&app, query, json!({})).await.data()["participationFigures"]["grantTargets"].clone();
        let expected = json!([{ "target": { "code": target, "name": "Vertaistuki" }, "activities": 3, "encounters": 18, "partners": 1 }]);
        assert_eq!(told, expected);
    }
}
