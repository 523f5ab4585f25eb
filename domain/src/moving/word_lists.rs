//! The lists of words that the program itself holds; those of its code tables stand in the register.

use super::template::List;

/// A code, its word in three languages, and other words that people use for it.
pub(super) type Said = (&'static str, [&'static str; 3], &'static [&'static str]);

/// The lists that the program itself holds.
#[rustfmt::skip] // a table
pub(super) const LISTS: &[(List, &[Said])] = &[
    (List::Language, &[
        ("fi", ["suomi", "finska", "Finnish"], &[]),
        ("sv", ["ruotsi", "svenska", "Swedish"], &[]),
        ("en", ["englanti", "engelska", "English"], &[]),
        ("se", ["pohjoissaame", "nordsamiska", "North Sámi"], &[]),
        ("smn", ["inarinsaame", "enaresamiska", "Inari Sámi"], &[]),
        ("sms", ["koltansaame", "skoltsamiska", "Skolt Sámi"], &[]),
    ]),
    (List::Role, &[
        ("PROFESSIONAL", ["ammattilainen", "yrkesperson", "professional"], &["työntekijä"]),
        ("COORDINATOR", ["koordinaattori", "koordinator", "coordinator"], &["samordnare"]),
        ("SUPERVISOR", ["työnohjaaja", "arbetshandledare", "supervisor"], &["handledare"]),
        ("FACILITATOR", ["ohjaaja", "ledare", "facilitator"], &[]),
        ("PAID_GUIDE", ["palkattu ohjaaja", "anställd ledare", "paid guide"], &[]),
        ("PLACE_KEEPER", ["kohtaamispaikan vastaava", "ansvarig för mötesplats", "place keeper"], &[]),
        ("SUPPORT_PERSON", ["tukihenkilö", "stödperson", "support person"], &["vertaistukihenkilö"]),
        ("PEER_GUIDE", ["vertaisohjaaja", "kamratledare", "peer guide"], &[]),
        ("EXPERT", ["kokemusasiantuntija", "erfarenhetsexpert", "expert by experience"], &["expert"]),
        ("ANALYST", ["analyytikko", "analytiker", "analyst"], &[]),
        ("DPO", ["tietosuojavastaava", "dataskyddsombud", "data protection officer"], &[]),
        ("ADMIN", ["pääkäyttäjä", "administratör", "administrator"], &["ylläpitäjä"]),
    ]),
    (List::Background, &[
        ("OWN_RECOVERY", ["oma toipuminen", "egen återhämtning", "own recovery"], &["toipunut"]),
        ("NEXT_OF_KIN", ["läheinen", "närstående", "next of kin"], &["omainen", "anhörig"]),
    ]),
    (List::SupportPersonStatus, &[
        ("APPLICANT", ["hakija", "sökande", "applicant"], &[]),
        ("IN_TRAINING", ["koulutuksessa", "under utbildning", "in training"], &[]),
        ("TRAINED", ["koulutettu", "utbildad", "trained"], &[]),
        ("ACTIVE", ["aktiivinen", "aktiv", "active"], &["toiminnassa"]),
        ("PAUSED", ["tauolla", "pausad", "paused"], &[]),
        ("ENDED", ["päättynyt", "avslutad", "ended"], &["lopettanut"]),
    ]),
    (List::Weekday, &[
        ("1", ["ma", "må", "Mon"], &["maanantai", "måndag", "monday"]),
        ("2", ["ti", "ti", "Tue"], &["tiistai", "tisdag", "tuesday"]),
        ("3", ["ke", "on", "Wed"], &["keskiviikko", "onsdag", "wednesday"]),
        ("4", ["to", "to", "Thu"], &["torstai", "torsdag", "thursday"]),
        ("5", ["pe", "fr", "Fri"], &["perjantai", "fredag", "friday"]),
        ("6", ["la", "lö", "Sat"], &["lauantai", "lördag", "saturday"]),
        ("7", ["su", "sö", "Sun"], &["sunnuntai", "söndag", "sunday"]),
    ]),
    (List::CaseBackground, &[
        ("DEPENDENT_OR_RECOVERING", ["itse toipuva", "själv i återhämtning", "dependent or recovering"], &["toipuja", "oma toipuminen"]),
        ("NEXT_OF_KIN", ["läheinen", "närstående", "next of kin"], &["omainen", "anhörig"]),
    ]),
    (List::Form, &[
        ("INDIVIDUAL", ["yksilö", "individ", "individual"], &["yksilötuki"]),
        ("FAMILY", ["perhe", "familj", "family"], &["perhetuki"]),
    ]),
    (List::Phase, &[
        ("BEFORE_REHAB", ["ennen kuntoutusta", "före rehabilitering", "before rehabilitation"], &[]),
        ("DURING_REHAB", ["kuntoutuksen aikana", "under rehabilitering", "during rehabilitation"], &[]),
        ("AFTER_REHAB", ["kuntoutuksen jälkeen", "efter rehabilitering", "after rehabilitation"], &[]),
        ("NO_REHAB", ["ei kuntoutusta", "ingen rehabilitering", "no rehabilitation"], &[]),
        ("UNKNOWN", ["ei tiedossa", "inte känt", "unknown"], &[]),
    ]),
    (List::Exception, &[
        ("PROFESSIONAL_ILL", ["ammattilainen sairaana", "yrkespersonen sjuk", "professional ill"], &[]),
        ("WISH_OF_SUPPORTED", ["tuettavan toive", "stödmottagarens önskan", "wish of the supported person"], &[]),
        ("DISTANCE", ["pitkä matka", "lång väg", "distance"], &[]),
        ("OTHER", ["muu", "annat", "other"], &[]),
    ]),
    (List::Rhythm, &[
        ("WEEKLY", ["viikoittain", "varje vecka", "weekly"], &["kerran viikossa"]),
        ("EVERY_TWO_WEEKS", ["joka toinen viikko", "varannan vecka", "every two weeks"], &["kahden viikon välein"]),
        ("MONTHLY", ["kuukausittain", "varje månad", "monthly"], &["kerran kuukaudessa"]),
        ("AGREED_EACH_TIME", ["sovitaan joka kerta", "avtalas varje gång", "agreed each time"], &["sopimuksen mukaan"]),
    ]),
    (List::ReviewChannel, &[
        ("IN_PERSON", ["paikan päällä", "på plats", "in person"], &["kasvokkain"]),
        ("REMOTE", ["etänä", "på distans", "remote"], &[]),
    ]),
    (List::Progress, &[
        ("WELL", ["hyvin", "bra", "well"], &[]),
        ("VARYING", ["vaihdellen", "varierande", "varying"], &["vaihtelevasti"]),
        ("WITH_DIFFICULTY", ["vaikeasti", "med svårighet", "with difficulty"], &[]),
        ("NOT_SAID", ["ei sanottu", "inte sagt", "not said"], &[]),
    ]),
    (List::Outcome, &[
        ("CONTINUE", ["jatketaan", "fortsätter", "continue"], &["jatkuu"]),
        ("CHANGE_AGREEMENT", ["sopimusta muutetaan", "avtalet ändras", "change the agreement"], &[]),
        ("PAUSE", ["tauko", "paus", "pause"], &[]),
        ("END", ["päätetään", "avslutas", "end"], &[]),
    ]),
    (List::NotHeldReason, &[
        ("NOT_REACHED", ["ei tavoitettu", "inte nådd", "not reached"], &[]),
        ("POSTPONED", ["siirrettiin", "sköts upp", "postponed"], &[]),
        ("NOT_WANTED", ["ei haluttu", "inte önskat", "not wanted"], &[]),
        ("PROFESSIONAL_AWAY", ["ammattilainen poissa", "yrkespersonen borta", "professional away"], &[]),
        ("OTHER", ["muu", "annat", "other"], &[]),
    ]),
    (List::EndReason, &[
        ("TERM_COMPLETED", ["sovittu aika täyttyi", "avtalad tid slut", "term completed"], &[]),
        ("BY_SUPPORTED", ["tuettava päätti", "stödmottagaren avslutade", "by the supported person"], &[]),
        ("BY_SUPPORT_PERSON", ["tukihenkilö päätti", "stödpersonen avslutade", "by the support person"], &[]),
        ("BY_AGREEMENT", ["yhdessä sovittu", "gemensamt beslut", "by agreement"], &[]),
        ("MOVED", ["muutto", "flytt", "moved"], &[]),
        ("OTHER", ["muu", "annat", "other"], &[]),
    ]),
    (List::RelationshipStatus, &[
        ("PROPOSED", ["ehdotettu", "föreslagen", "proposed"], &[]),
        ("FIRST_MEETING_HELD", ["ensitapaaminen pidetty", "första träffen hållen", "first meeting held"], &[]),
        ("AGREED", ["sovittu", "avtalad", "agreed"], &[]),
        ("ACTIVE", ["käynnissä", "pågår", "active"], &["voimassa", "aktiivinen"]),
        ("PAUSED", ["tauolla", "pausad", "paused"], &[]),
        ("ENDED", ["päättynyt", "avslutad", "ended"], &["loppunut"]),
    ]),
    (List::MeetingChannel, &[
        ("IN_PERSON", ["kasvokkain", "ansikte mot ansikte", "in person"], &["paikan päällä", "tapaaminen"]),
        ("PHONE", ["puhelin", "telefon", "phone"], &["puhelimitse"]),
        ("VIDEO", ["video", "video", "video"], &["videopuhelu", "etänä"]),
        ("MESSAGE", ["viesti", "meddelande", "message"], &["viestein"]),
    ]),
    (List::Attendance, &[
        ("NOT_RECORDED", ["ei merkitty", "inte antecknad", "not recorded"], &[]),
        ("PRESENT", ["läsnä", "närvarande", "present"], &["paikalla", "x", "kyllä", "ja", "yes"]),
        ("PARTLY", ["osan aikaa", "delvis", "partly"], &["osittain"]),
        ("EXCUSED", ["ilmoitti poissaolosta", "anmälde frånvaro", "excused"], &["ilmoitettu", "ilmoitti"]),
        ("ABSENT", ["poissa", "frånvarande", "absent"], &["ei", "nej", "no"]),
    ]),
    (List::EnrolmentStatus, &[
        ("APPLIED", ["jonossa", "i kö", "waiting"], &[]),
        ("ENROLLED", ["osallistuu", "deltar", "taking part"], &["mukana"]),
        ("GRADUATED", ["suoritti kurssin", "slutförde kursen", "graduated"], &["suoritti", "valmistunut"]),
        ("INTERRUPTED", ["keskeytti", "avbröt", "interrupted"], &[]),
        ("NO_SHOW", ["ei tullut", "kom inte", "never came"], &[]),
    ]),
    (List::CourseCostKind, &[
        ("SPACE", ["tila", "lokal", "space"], &["tilavuokra", "vuokra"]),
        ("MATERIAL", ["materiaali", "material", "material"], &["materiaalit"]),
        ("EXCURSION", ["retki", "utflykt", "excursion"], &["retket"]),
        ("OTHER", ["muu", "annat", "other"], &["muut"]),
    ]),
    (List::Compensation, &[
        ("NONE", ["ei korvausta", "ingen ersättning", "none"], &["ei"]),
        ("EXPENSES", ["kulukorvaus", "kostnadsersättning", "expenses"], &["kulut"]),
        ("FEE", ["palkkio", "arvode", "fee"], &[]),
        ("WAGE", ["palkka", "lön", "wage"], &[]),
    ]),
    (List::Employment, &[
        ("VOLUNTEER", ["vapaaehtoinen", "frivillig", "volunteer"], &[]),
        ("FIXED_TERM", ["määräaikainen", "visstidsanställd", "fixed-term"], &[]),
        ("PERMANENT", ["vakituinen", "fast anställd", "permanent"], &["toistaiseksi"]),
    ]),
    (List::Funding, &[
        ("GRANTED", ["myönnetty", "beviljad", "granted"], &[]),
        ("APPLIED", ["haettu", "sökt", "applied for"], &["haettavana"]),
        ("ENDED", ["päättynyt", "avslutad", "ended"], &[]),
    ]),
    (List::ExpenseKind, &[
        ("OWN_VEHICLE", ["oma auto", "egen bil", "own vehicle"], &["kilometrikorvaus"]),
        ("PUBLIC_TRANSPORT", ["julkinen liikenne", "kollektivtrafik", "public transport"], &["bussi", "juna"]),
        ("LODGING", ["majoitus", "inkvartering", "lodging"], &[]),
        ("PER_DIEM", ["päiväraha", "dagtraktamente", "per diem"], &[]),
        ("OTHER", ["muu", "annat", "other"], &[]),
    ]),
    (List::YesNo, &[
        ("YES", ["kyllä", "ja", "yes"], &["k", "x", "true", "1"]),
        ("NO", ["ei", "nej", "no"], &["e", "false", "0"]),
    ]),
    (List::OpenEnded, &[
        ("OPEN_ENDED", ["toistaiseksi", "tills vidare", "open-ended"], &[]),
    ]),
];
