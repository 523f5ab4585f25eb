//! Courses as a client makes them.

use rinnalla_domain::ids::{Id as _, OrganisationId};
use serde_json::{Value, json};

use super::{Actor, App};

/// What a facilitator's page asks for in one question.
pub const PAGE: &str = "query($id: ID!) { course(id: $id) { id version name status startsOn startsAt lunchMinutes grossMinutes netMinutes
    warnings skipped { on why } goals facilitators { kind isGraduate person { name } }
    sessions { id version no on startsAt status isMadeUp theme }
    enrolments { id version name isPseudonym status hasMissedTwice nextSteps attendance { status session { no } }
      attendanceRate { ofHeld ofAll } commitmentRate { ofHeld ofAll } }
    figures { enrolled graduated notGraduated completion } } }";

/// A course that takes people in, led by two professionals.
pub struct Led {
    pub id: String,
    pub kaisa: Actor,
    pub ossi: Actor,
    pub outi: Actor,
}

/// What is told of a course, with some of it told otherwise.
pub fn details(otherwise: Value) -> Value {
    let mut told = json!({ "name": "Syksyn ryhmä", "unit": "Keskustan toimipiste", "lunchMinutes": 45, "baselineGroupSize": 3,
        "goals": ["SELF_WORTH", "COMMITMENT"] });
    for (field, value) in otherwise.as_object().unwrap() {
        told[field] = value.clone();
    }
    told
}

impl App {
    /// A planned course.
    pub async fn course(&self, kaisa: &Actor, starts_on: &str, otherwise: Value) -> String {
        let input = json!({ "organisationId": kaisa.organisation.encode(), "startsOn": starts_on, "startsAt": "12:00",
            "details": details(otherwise) });
        let answer = kaisa
            .does(self, "courseCreate", "course { id }", input)
            .await;
        answer.done()["course"]["id"].as_str().unwrap().to_owned()
    }

    /// A course that takes people in, led by two professionals of the coordinator's association.
    pub async fn led_course(&self, kaisa: &Actor, starts_on: &str, otherwise: Value) -> Led {
        let of: OrganisationId = kaisa.organisation;
        let name = |first: &str| format!("{first} {}", self.key().replace("key-", "Nro "));
        let letters = |text: String| text.chars().map(letter).collect::<String>();
        let role = rinnalla_domain::states::Role::Facilitator;
        let ossi = self.person(&letters(name("Ossi")), of, role).await;
        let outi = self.person(&letters(name("Outi")), of, role).await;
        let id = self.course(kaisa, starts_on, otherwise).await;
        for (version, person) in [(1, &ossi), (2, &outi)] {
            let input = json!({ "courseId": id, "version": version, "personId": person.node(), "kind": "PROFESSIONAL" });
            let act = "courseFacilitatorAssign";
            kaisa.does(self, act, "course { id }", input).await.done();
        }
        let input = json!({ "courseId": id, "version": 3 });
        kaisa
            .does(self, "courseOpen", "course { id }", input)
            .await
            .done();
        let kaisa = kaisa.clone();
        Led {
            id,
            kaisa,
            ossi,
            outi,
        }
    }
}

/// A digit as a letter, since names have none.
fn letter(c: char) -> char {
    match c.to_digit(10) {
        Some(digit) => char::from(b'a' + u8::try_from(digit).unwrap()),
        None => c,
    }
}

impl Led {
    /// Takes somebody in under a name.
    pub async fn enrol(&self, app: &App, name: &str) -> String {
        let input = json!({ "courseId": self.id, "name": name, "isPseudonym": false });
        let answer = self
            .ossi
            .does(app, "enrolmentAdd", "enrolment { id }", input)
            .await;
        answer.done()["enrolment"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Takes a person of the register in, who wants to be reminded.
    pub async fn enrol_person(&self, app: &App, person: &Actor) -> String {
        let input =
            json!({ "courseId": self.id, "personId": person.node(), "wantsReminders": true });
        let act = "enrolmentAddPerson";
        let answer = self.ossi.does(app, act, "enrolment { id }", input).await;
        answer.done()["enrolment"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The course as somebody sees it.
    pub async fn seen_by(&self, app: &App, who: &Actor) -> Value {
        let answer = who.ask(app, PAGE, json!({ "id": self.id })).await;
        answer.data()["course"].clone()
    }

    /// The sessions, cancelled ones included.
    pub async fn sessions(&self, app: &App) -> Vec<Value> {
        let seen = self.seen_by(app, &self.ossi).await;
        seen["sessions"].as_array().unwrap().clone()
    }

    /// An input that names a session and its version.
    pub async fn session(&self, app: &App, at: usize) -> Value {
        let session = self.sessions(app).await.remove(at);
        json!({ "courseSessionId": session["id"], "version": session["version"] })
    }

    /// An input that names somebody's part and its version.
    pub async fn part(&self, app: &App, enrolment: &str) -> Value {
        let seen = self.seen_by(app, &self.ossi).await;
        let mut parts = seen["enrolments"].as_array().unwrap().iter();
        let part = parts.find(|it| it["id"] == enrolment).unwrap();
        json!({ "enrolmentId": enrolment, "version": part["version"] })
    }

    /// Records who was at a session: marks by enrolment.
    pub async fn records(&self, app: &App, at: usize, marks: &[(&str, &str)]) -> Value {
        let mut input = self.session(app, at).await;
        input["marks"] = marks_of(marks);
        let act = "courseSessionRecordAttendance";
        let object = "courseSession { status version }";
        let answer = self.ossi.does(app, act, object, input).await;
        answer.done()["courseSession"].clone()
    }

    /// Records all eight sessions, everybody with the same marks each time.
    pub async fn records_all(&self, app: &App, marks: &[(&str, &str)]) {
        for at in 0..8 {
            self.records(app, at, marks).await;
        }
    }
}

/// Marks as they are sent.
pub fn marks_of(marks: &[(&str, &str)]) -> Value {
    let mark =
        |(enrolment, status): &(&str, &str)| json!({ "enrolmentId": enrolment, "status": status });
    marks.iter().map(mark).collect()
}
