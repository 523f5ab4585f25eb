//! `rinnalla demo`, and `rinnalla` in an empty folder.

use std::path::PathBuf;
use std::process::Command;

use crate::support::program::Installation;

#[test]
fn without_a_word_in_an_empty_folder_it_shows_itself_and_leaves_nothing() {
    let it = Installation::empty();
    let mut demo = it.start(&["--listen", "127.0.0.1:0"]);
    let folder = demo.hear("Folder ");
    let folder = PathBuf::from(folder.split_whitespace().last().unwrap());
    demo.hear("To begin for real");
    demo.hear("Mails that are due");
    let mail = demo.hear(".eml");
    let mail = std::fs::read_to_string(mail.trim()).unwrap();
    assert!(
        mail.contains("To: ") && mail.contains("Message-ID: "),
        "{mail}"
    );
    for role in [
        "COORDINATOR",
        "PROFESSIONAL",
        "SUPPORT_PERSON",
        "ADMIN",
        "ANALYST",
        "FACILITATOR",
        "PEER_GUIDE",
        "EXPERT",
        "SUPERVISOR",
    ] {
        assert!(
            demo.said
                .iter()
                .any(|line| line.trim_start().starts_with(role) && line.contains("rnl_")),
            "no token for {role}: {:#?}",
            demo.said
        );
    }
    // The questions are tried as they stand on the terminal.
    let text = demo.said.join("\n");
    let questions: Vec<&str> = text.split("\ncurl ").skip(1).collect();
    assert_eq!(questions.len(), 3, "{text}");
    for question in questions {
        let end = question.find("}'").unwrap() + 2;
        let asked = Command::new("bash")
            .args(["-c", &format!("curl {}", &question[..end])])
            .output()
            .unwrap();
        let answer = String::from_utf8(asked.stdout).unwrap();
        let json: serde_json::Value =
            serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{question}: {answer}"));
        assert!(json["errors"].is_null(), "{json}");
        assert!(answer.len() > 120, "nothing to see: {answer}");
    }
    shows_what_is_beside_the_relationships(&text);
    shows_a_drop_in_place(&text);
    assert_eq!(demo.stop(), Some(0));
    assert!(!folder.exists());
    assert_eq!(std::fs::read_dir(it.path()).unwrap().count(), 0);
}

/// Where the demonstration answers.
fn address(text: &str) -> &str {
    let before = text.split("/graphql -H").next().unwrap();
    before.rsplit(' ').next().unwrap()
}

/// What somebody of this role is answered, with the token that the demonstration printed.
fn asked(text: &str, role: &str, query: &str) -> serde_json::Value {
    let mut lines = text.lines().map(str::trim_start);
    let token = lines.find(|line| line.starts_with(role) && line.contains("rnl_"));
    let token = token.unwrap().split_whitespace().last().unwrap();
    let asked = Command::new("curl")
        .args(["-s", &format!("{}/graphql", address(text)), "-H"])
        .arg(format!("Authorization: Bearer {token}"))
        .args(["-H", "Content-Type: application/json", "-d"])
        .arg(serde_json::json!({ "query": query }).to_string())
        .output()
        .unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].clone()
}

/// Trainings, experts, expenses and supervision stand in the register, each as whoever has to do with it sees it.
fn shows_what_is_beside_the_relationships(text: &str) {
    let ask = |role: &str, query: &str| asked(text, role, query);
    let seen = ask(
        "COORDINATOR",
        "{ trainings { nodes { participants { attendedBoth supportPerson { status } } } }
           experts { nodes { status isListed assignments { workingTimePct funding } } }
           me { person { roles { organisation { id } } } } }",
    );
    let trained = seen["trainings"].to_string();
    for stands in [
        "\"status\":\"TRAINED\"",
        "\"status\":\"IN_TRAINING\"",
        "\"attendedBoth\":true",
    ] {
        assert!(trained.contains(stands), "{stands}: {trained}");
    }
    let experts = seen["experts"]["nodes"].as_array().unwrap();
    let of = |status: &str| experts.iter().filter(|it| it["status"] == status).count();
    assert_eq!((of("TRAINED"), of("IN_TRAINING")), (4, 2), "{experts:?}");
    assert_eq!(
        experts.iter().filter(|it| it["isListed"] == true).count(),
        3
    );
    let association = seen["me"]["person"]["roles"][0]["organisation"]["id"]
        .as_str()
        .unwrap();
    let (year, month, day) = the_day(text);
    let seen = ask(
        "COORDINATOR",
        &format!(
            "{{ expertCapacity(organisationId: \"{association}\") {{ planned actual appliedFor }}
                expenseYears(organisationId: \"{association}\", year: {year}) {{ nodes {{ cents warnings }} }}
                supervisionFigures(organisationId: \"{association}\", from: \"{}-01-01\", to: \"{year}-{month}-{day}\") {{ sessions }} }}",
            year - 1
        ),
    );
    let capacity = serde_json::json!({ "planned": 4.0, "actual": 0.6, "appliedFor": 1.0 });
    assert_eq!(seen["expertCapacity"], capacity);
    let years = seen["expenseYears"].to_string();
    for reached in ["PER_DIEM_DAYS", "OWN_VEHICLE"] {
        assert!(years.contains(reached), "{reached}: {years}");
    }
    assert_eq!(seen["supervisionFigures"]["sessions"], 3);
    let held = ask("SUPERVISOR", "{ supervisionSessions { nodes { status } } }").to_string();
    let of = |status: &str| held.matches(status).count();
    assert_eq!(
        (of("HELD"), of("CANCELLED"), of("PLANNED")),
        (3, 1, 1),
        "{held}"
    );
}

/// A drop-in place with its afternoons and its wish box, as its guide sees them and as everybody does.
fn shows_a_drop_in_place(text: &str) {
    let address = address(text);
    let seen = asked(
        text,
        "PAID_GUIDE",
        "{ dropInPlaces { name hasTooFewGuides takesWishes rules { recurrence } } wishes { totalCount nodes { status } } }",
    );
    let place = &seen["dropInPlaces"][0];
    assert_eq!(place["hasTooFewGuides"], false, "{place}");
    assert_eq!(place["takesWishes"], true, "{place}");
    assert_eq!(seen["wishes"]["totalCount"], 5);
    let wishes = seen["wishes"].to_string();
    for status in ["RECEIVED", "DISCUSSED", "PLANNED", "DONE", "NOT_POSSIBLE"] {
        assert!(wishes.contains(&format!("\"{status}\"")), "{status}");
    }
    let page = Command::new("curl")
        .args(["-s", &format!("{address}/wishes/kulma")])
        .output()
        .unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.contains("Pöytä sai uuden kankaan."), "{page}");
    assert!(!page.contains("Kahvia saisi olla enemmän."), "{page}");
    let kept = asked(text, "PLACE_KEEPER", "{ dropInPlaces { costs { cents } } }");
    let costs = kept["dropInPlaces"][0]["costs"].as_array();
    assert!(costs.is_some_and(|it| !it.is_empty()), "{kept}");
    shows_a_house_meeting(text);
}

/// The meeting that was held with what it decided, the one to come, what the place cost, and whom it works with.
fn shows_a_house_meeting(text: &str) {
    let seen = asked(
        text,
        "COORDINATOR",
        "{ dropInPlaces { id partners { name } costs { cents shares { funder cents } } } surveyWaves { closedOn } }",
    );
    let place = &seen["dropInPlaces"][0];
    assert_ne!(place["partners"], serde_json::json!([]), "{place}");
    let shared = place["costs"].as_array().unwrap().iter();
    let shared = shared.filter(|it| it["shares"].as_array().unwrap().len() == 2);
    assert_eq!(
        shared.count(),
        1,
        "wages are shared by two funders: {place}"
    );
    assert_eq!(seen["surveyWaves"].as_array().unwrap().len(), 2);
    let id = place["id"].as_str().unwrap();
    let query = format!(
        "{{ houseMeetings(dropInPlaceId: \"{id}\") {{ nodes {{ status heads items {{ decision wish {{ status }} }} }} }} }}"
    );
    let meetings = asked(text, "PAID_GUIDE", &query)["houseMeetings"]["nodes"].clone();
    assert_eq!(meetings[0]["status"], "PLANNED", "{meetings}");
    assert_eq!(
        (&meetings[1]["status"], &meetings[1]["heads"]),
        (&"HELD".into(), &14.into())
    );
    assert_eq!(meetings[1]["items"][0]["wish"]["status"], "DISCUSSED");
}

/// The day of the demonstration's clock, with two digits each for the month and the day.
fn the_day(text: &str) -> (i32, String, String) {
    let mut words = text.split_whitespace();
    let day = words.find(|word| word.split('.').count() == 3 && word.starts_with(char::is_numeric));
    let parts: Vec<i32> = day
        .unwrap()
        .split('.')
        .map(|n| n.parse().unwrap())
        .collect();
    (
        parts[2],
        format!("{:02}", parts[1]),
        format!("{:02}", parts[0]),
    )
}
