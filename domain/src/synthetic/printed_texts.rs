//! What an invented association has printed: terms of its agreements, in a second version by now, and its own questions.

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::states::PrintedTextKind;
use uuid::Uuid;

use super::rows::Table;
use super::world::World;
use crate::calendar::{helsinki_instant, plus_days};

const TERMS: [(&str, &[&str]); 3] = [
    (
        "fi",
        &[
            "Kumpikin voi lopettaa tukisuhteen milloin vain kertomalla siitä toiselle tai yhdistykselle. Syytä ei tarvitse sanoa.",
            "Tukihenkilö on vertainen eikä ammattilainen: hän tukee omasta kokemuksestaan eikä korvaa palveluja.",
            "Tapaamisissa edetään tuettavan ehdoilla, ja kumpaakin kunnioitetaan sellaisena kuin hän on.",
            "Mitä toisesta saa tietää, sitä ei kerrota muille. Vaitiolo jatkuu tukisuhteen päätyttyä.",
            "Tapaamisista ei makseta palkkiota. Rahaa ei lainata eikä lahjoja anneta puolin eikä toisin.",
            "Tuettavalle tukisuhde on maksuton. Yhdistys korvaa tukihenkilön sovitut kulut kuitteja vastaan.",
            "Yhdistys on vakuuttanut tukihenkilön tapaturman ja vastuun varalta tapaamisten ajaksi.",
            "Jos tapaamiseen ei pääse, siitä kerrotaan toiselle hyvissä ajoin.",
            "Jos jokin mietityttää, kumpikin voi soittaa yhdistyksen koordinaattorille.",
        ],
    ),
    (
        "sv",
        &[
            "Båda kan när som helst avsluta stödrelationen genom att säga till den andra eller föreningen. Man behöver inte säga varför.",
            "Stödpersonen är en jämlike, ingen yrkesperson: stödet bygger på egen erfarenhet.",
            "Träffarna sker på stödmottagarens villkor, och båda respekteras som de är.",
            "Det man får veta om den andra berättar man inte för andra. Tystnadsplikten fortsätter efter att stödrelationen har slutat.",
            "Inget arvode betalas för träffarna. Ingen lånar ut pengar eller ger gåvor.",
            "Stödrelationen är avgiftsfri för stödmottagaren. Föreningen ersätter utgifter mot kvitto.",
            "Föreningen har försäkrat stödpersonen för olycksfall och ansvar under träffarna.",
            "Den som inte kan komma till en träff säger till i god tid.",
            "Om något känns oklart kan båda ringa föreningens koordinator.",
        ],
    ),
    (
        "en",
        &[
            "Either of us may end the support at any time by telling the other or the association. No reason has to be given.",
            "The support person is a peer and not a professional: the support rests on own experience and replaces no services.",
            "We meet on the supported person’s terms, and respect each other as we are.",
            "What we learn about each other we tell nobody else. This goes on after the support has ended.",
            "Nobody is paid for the meetings. We lend each other no money and give no gifts.",
            "The support is free for the supported person. The association refunds the support person’s agreed expenses against receipts.",
            "The association has insured the support person against accidents and liability during the meetings.",
            "Whoever cannot come to a meeting tells the other in good time.",
            "If something is on our minds, either of us may call the association’s coordinator.",
        ],
    ),
];

const QUESTIONS: [(&str, &[&str]); 3] = [
    (
        "fi",
        &[
            "Mikä tapaamisissa on ollut hyvää?",
            "Mitä toivoisitte toisin?",
            "Sopivatko tapaamisten ajat ja paikat edelleen?",
            "Onko tukihenkilö saanut yhdistykseltä tarpeeksi tukea?",
            "Mitä toivotte seuraavilta kuukausilta?",
        ],
    ),
    (
        "sv",
        &[
            "Vad har varit bra med träffarna?",
            "Vad skulle ni önska annorlunda?",
            "Passar träffarnas tider och platser fortfarande?",
            "Har stödpersonen fått tillräckligt med stöd av föreningen?",
            "Vad önskar ni av de kommande månaderna?",
        ],
    ),
    (
        "en",
        &[
            "What has been good about the meetings?",
            "What would you wish to be different?",
            "Do the times and places still suit you?",
            "Has the support person had enough support from the association?",
            "What do you hope for in the coming months?",
        ],
    ),
];

/// Writes an association's printed texts. No chance is drawn, so that everything else stays as it was.
pub(super) fn write(world: &mut World<'_>, association: Uuid, by: Uuid, since: NaiveDate) {
    let terms =
        TERMS.map(|(language, lines)| (PrintedTextKind::AgreementTemplate, language, lines));
    let questions =
        QUESTIONS.map(|(language, lines)| (PrintedTextKind::ReviewQuestions, language, lines));
    let mut place = 0;
    for (kind, language, lines) in terms.into_iter().chain(questions) {
        // The version that is printed says more than the first one did.
        let first: Vec<&str> = lines.iter().take(6).copied().collect();
        let versions = match kind {
            PrintedTextKind::AgreementTemplate => {
                vec![(since, first), (plus_days(since, 365), lines.to_vec())]
            }
            PrintedTextKind::ReviewQuestions => vec![(since, lines.to_vec())],
        };
        for ((on, lines), version) in versions.into_iter().zip(1_i32..) {
            place += 1;
            world.batch.add(
                Table::PrintedTexts,
                [
                    beside(association, place).into(),
                    association.into(),
                    kind.code().into(),
                    language.into(),
                    version.into(),
                    lines.join("\n").into(),
                    by.into(),
                    helsinki_instant(on, NaiveTime::MIN).into(),
                ],
            );
        }
    }
}

/// An id made from another, the same each time.
fn beside(id: Uuid, place: u8) -> Uuid {
    let mut bytes = id.into_bytes();
    bytes[15] ^= 0xa0 ^ place;
    Uuid::from_bytes(bytes)
}
