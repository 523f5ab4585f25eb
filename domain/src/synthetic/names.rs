//! Names of people, associations and towns that do not exist.

use super::chance::Chance;

const FIRST: [&str; 40] = [
    "Aamu", "Aarni", "Ahti", "Aino", "Alma", "Armas", "Eevi", "Elli", "Ensio", "Halla", "Helmi",
    "Hilla", "Iiris", "Ilma", "Ilmari", "Inka", "Jalo", "Kaisla", "Kanerva", "Kauko", "Kerttu",
    "Lauha", "Lempi", "Lumi", "Meri", "Mielikki", "Onni", "Otso", "Pilvi", "Rauha", "Saimi",
    "Sampo", "Sisu", "Taimi", "Tapio", "Toivo", "Tuuli", "Urho", "Vieno", "Väinö",
];
const FRONT: [&str; 32] = [
    "Usva",
    "Kaisla",
    "Pihka",
    "Kuura",
    "Halla",
    "Tuuli",
    "Sammal",
    "Kanerva",
    "Vesi",
    "Harmaa",
    "Kelo",
    "Louhi",
    "Päivän",
    "Illan",
    "Revon",
    "Kurjen",
    "Hauki",
    "Ahven",
    "Suvi",
    "Talvi",
    "Rauta",
    "Hopea",
    "Sini",
    "Ruska",
    "Vanha",
    "Etelä",
    "Korpi",
    "Saari",
    "Lampi",
    "Jäkälä",
    "Varpu",
    "Käpy",
];
const BACK: [&str; 24] = [
    "lehto", "puro", "harju", "niitty", "salmi", "kallio", "suvanto", "vainio", "kumpu", "rinne",
    "luoto", "aukea", "notko", "korpi", "lahti", "koski", "ranta", "kivi", "oja", "saarto",
    "laakso", "metso", "taival", "polku",
];
const ASSOCIATION: [&str; 16] = [
    "Kaislaranta",
    "Rinnakkain",
    "Yhteinen matka",
    "Aamurusko",
    "Tuulensuoja",
    "Kotisatama",
    "Valonpilkku",
    "Suvanto",
    "Kivijalka",
    "Myötätuuli",
    "Leirinuotio",
    "Pihapiiri",
    "Sillanpää",
    "Kaarisilta",
    "Poluntaite",
    "Majakka",
];

/// An invented name, as given name and surname.
pub(super) fn person(chance: &mut Chance) -> (&'static str, String) {
    let surname = format!("{}{}", chance.one_of(&FRONT), chance.one_of(&BACK));
    (chance.one_of(&FIRST), surname)
}

/// The name of the `n`-th association. None of them tells what it is about.
pub(super) fn association(n: usize) -> String {
    let name = ASSOCIATION[n % ASSOCIATION.len()];
    match n / ASSOCIATION.len() {
        0 => format!("{name} ry"),
        round => format!("{name} {} ry", round + 1),
    }
}

/// A mail address at a name that belongs to nobody: `aino.usvalehto.17@example.org`.
pub(super) fn email(first: &str, surname: &str, mark: &str, is_finnish: bool) -> String {
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .chars()
            .map(|c| match c {
                'ä' | 'å' => 'a',
                'ö' => 'o',
                other => other,
            })
            .collect()
    };
    let host = if is_finnish {
        "example.fi"
    } else {
        "example.org"
    };
    format!("{}.{}{mark}@{host}", plain(first), plain(surname))
}
