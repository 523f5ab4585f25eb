# Virheet: koodi on pysyvä, lause on ihmiselle.

error-not-found = Tätä ei ole.
error-forbidden = Tähän ei ole oikeutta.
error-unauthenticated = Kirjaudu ensin sisään.
error-unavailable = Palvelu ei vastaa juuri nyt. Yritä hetken päästä uudelleen.
error-stale-version = Joku muu ehti muuttaa tätä. Katso, mikä on muuttunut, ja yritä uudelleen.
error-key-reused = Samaa tunnistetta on jo käytetty toiseen pyyntöön.
error-bad-user-input = Tarkista, mitä kirjoitit.
error-required = Tämä tarvitaan.
error-empty = Tämä ei voi olla tyhjä.
error-too-long = Teksti on liian pitkä.
error-control-character = Tekstissä on merkki, jota ei voi tallentaa.
error-malformed = Tämä ei ole oikeaa muotoa.
error-out-of-range = Luku ei ole sallituissa rajoissa.
error-date-in-future = Päivä on vasta tulossa.
error-date-in-past = Päivä on jo mennyt.
error-dates-out-of-order = Päivät ovat väärässä järjestyksessä.
error-unknown = Tätä ei löydy.
error-unknown-code = Tätä vaihtoehtoa ei ole luettelossa.
error-shares-do-not-add-up = Osuudet eivät täsmää kulun kanssa.
error-wrong-state = Tätä ei voi tehdä nykyisessä tilassa.
error-later-entries-stand-on-it = Myöhemmät kirjaukset perustuvat tähän. Peru ne ensin.
error-email-in-use = Tämä sähköpostiosoite on jo toisella henkilöllä.
error-already-support-person = Henkilö on jo tukihenkilö tässä yhdistyksessä.
error-relationship-already-open = Näillä kahdella on jo avoin tukisuhde.
error-proposal-already-open = Yhteydenotolla on jo avoin ehdotus.
error-already-on-the-case = Henkilö on jo tämän tuettavan ammattilainen.
error-gates-open = Kaikki ohjelman edellytykset eivät täyty tänä päivänä.
error-not-valid-then = Ohjelmaan ei voi tulla tuona päivänä.
error-somebodys-own = Tämä on jonkun oma. Anna organisaation oma.
error-organisation-closed = Organisaatio on päättynyt: sen seuraaja on ottanut sen tehtävät.
error-succession-proposed = Seuraajaa on jo ehdotettu. Peru ehdotus ensin.
error-support-person-in-both = Joku on tukihenkilö molemmissa organisaatioissa. Päätä se ensin toisessa.
error-default-programme = Oletusohjelman kolme edellytystä pysyvät. Määrittele oma ohjelma.
error-already-recorded = Tämä on jo kirjattu.
error-already-cancelled = Tämä on jo peruttu.
error-criterion-applies = Vuoden kriteeri koskee sitä, joka on toipunut omasta riippuvuudesta.
error-attest-again = Peru vahvistus ja vahvista kriteeri uudelleen: aikaa, josta se laskettiin, ei ole tallennettu.
error-open-relationships-remain = Tukihenkilöllä on avoimia tukisuhteita. Päätä ne ensin.
error-open-proposals-remain = Tukihenkilölle on avoimia ehdotuksia. Odota vastausta tai peru ne ensin.
error-no-partnership = Organisaatiot eivät tee tässä yhteistyötä tällä alueella.
error-not-next-of-kin = Läheissuhde kirjataan vain, kun tuettava on läheinen.
error-interest-not-confirmed = Tuettavan kiinnostusta ei ole vielä kirjattu.
error-consent-missing = Tuettavan suostumusta ei ole kirjattu.
error-relationship-still-open = Aiemman ehdotuksen tukisuhde ei ole vielä päättynyt.
error-support-person-not-active = Tukihenkilö ei ole nyt toiminnassa.
error-no-free-capacity = Tukihenkilöllä on jo niin monta tukisuhdetta ja ehdotusta kuin hän ottaa.
error-wrong-channel = Vastaus rekisterissä on tukihenkilön oma; puhelimessa saadun vastauksen kirjaa koordinaattori.
error-date-not-today = Vastaus rekisterissä annetaan tälle päivälle.
error-not-from-your-side = Tämän voi perua tai korjata vain se puoli, joka sen kirjasi.
error-cancel-the-relationship = Yhteystiedot on annettu ja tukisuhde avattu. Peru yhteystietojen antaminen.

error-same-twice = Valitse kaksi eri vaihtoehtoa.
error-already-partners = Näillä on jo tällainen kumppanuus näinä päivinä.
error-not-yours-to-give = Tämän roolin antaa ja päättää pääkäyttäjä.
error-not-yours-to-correct = Tämän henkilön tiedot korjaa hän itse tai hänen muu organisaationsa.
error-role-already-held = Henkilöllä on jo tämä rooli näinä päivinä.
error-only-role = Tämä on henkilön ainoa rooli. Anna ensin oikea rooli.
error-no-work-there = Henkilöllä ei ole näinä päivinä työtä tässä organisaatiossa.
error-substitute-lacks-role = Sijaisella on oltava samat roolit kaikkina päivinä.
error-substitute-away = Sijainen on itse poissa näinä päivinä.
error-absence-overlaps = Näille päiville on jo kirjattu poissaolo.
error-not-a-professional-there = Henkilö ei ole ammattilainen siinä organisaatiossa.
error-responsible-needed = Valitse ensin toinen vastuuhenkilö.
error-looks-like-identity-number = Tämä näyttää henkilötunnukselta. Rekisteriin ei tallenneta niitä.
error-notice-is-needed = Tämä muistutus on välttämätön, eikä sitä voi jättää pois.
error-notes-not-allowed = Organisaatiossa ei pidetä muistiinpanoja. Pääkäyttäjä voi ottaa ne käyttöön.
error-too-many = Näitä on jo liian monta. Poista ensin joitakin.
error-is-oneself = Et voi yhdistää itseäsi pois.
error-not-yours-to-merge = Toisella on rooli, jota et voi myöntää, tai hän toimii myös muualla.
error-two-support-persons = Molemmat ovat tukihenkilöitä täällä. Päätä ensin sen tukihenkilöys, joka suljetaan.
error-both-sides-of-a-case = Toinen on sen tapauksen ammattilainen, jossa toinen on tukihenkilö.
error-already-responsible = Henkilö on jo vastuuhenkilö.

error-professional-must-be-present = Ammattilaisen on oltava mukana.
error-one-of-two-must-be-present = Tuettavan tai tukihenkilön on oltava mukana.
error-coordinator-only = Poikkeuksen kirjaa koordinaattori.
error-not-applicable = Tämä ei kuulu tähän.

# Kurssit.

error-day-taken = Kurssilla on sinä päivänä jo toinen kurssikerta.
error-curriculum-in-use = Kurssit noudattavat jo tätä versiota. Lisää sen sijaan seuraava versio.
error-too-few-professionals = Kurssilla on oltava kaksi ammattilaista ohjaajana, ennen kuin kurssikerta kirjataan.
error-already-enrolled = Henkilö on jo mukana tällä kurssilla.
error-no-free-place = Kurssi on täynnä.
error-not-a-facilitator-there = Henkilö ei ole yhdistyksen ohjaaja. Apuohjaajaksi käy myös vertaisohjaaja.
error-last-session-to-come = Kurssikertoja on vielä pitämättä. Pidä tai peru ne ensin.

# Kokemusasiantuntijat.

error-not-an-expert-there = Henkilö ei ole organisaation kokemusasiantuntija. Anna rooli ensin.
error-not-a-volunteer-there = Henkilö ei ole organisaation kokemusasiantuntija eikä tukihenkilö.

# Työnohjaus.

error-not-supervised = Organisaatio ei järjestä yhdistyksen työnohjausta sinä päivänä.
error-not-a-peer-there = Joku ei ole sinä päivänä yhdistyksen koulutettava tai koulutettu tukihenkilö, vertaisohjaaja eikä kokemusasiantuntija.
error-not-a-supervisor-there = Henkilö ei ole organisaation toinen työnohjaaja sinä päivänä.
error-texts-not-allowed = Organisaatiossa ei kirjoiteta muistiinpanoja työnohjauskerroista. Pääkäyttäjä voi sallia ne.
error-written-by-another = Joku toinen on jo kirjoittanut muistiinpanon tästä kerrasta.

# Kohtaamispaikat.

error-slug-in-use = Toisella paikalla on jo tämä osoitesana.
error-not-open-then = Paikka ei ole silloin avoinna.
error-overlaps = Paikka on silloin jo avoinna.
error-not-at-the-place = Henkilöllä ei ole paikassa roolia sinä päivänä.
error-not-a-paid-guide-there = Henkilö ei ole yhdistyksen palkattu ohjaaja.
error-times-out-of-order = Kellonajat ovat väärässä järjestyksessä.

# Beside fields for free words.

hint-label = Oma muistin tuki, esimerkiksi oma kansionumerosi. Älä kirjoita mitään, mistä muut voisivat tunnistaa ihmisen: ei nimeä eikä henkilötunnusta.
hint-note = Käytännön asia, esimerkiksi milloin henkilön tavoittaa parhaiten. Älä kirjoita kenenkään terveydestä tai toipumisesta äläkä muiden nimiä. Henkilö voi pyytää saada lukea muistiinpanon.

# Tietojen siirto tiedostosta: mikä on vialla ja mitä kirjoitetaan sen sijaan.

moving-row = rivi { $row }
moving-rows = rivit { $rows } … (yhteensä { $count })
moving-no-file = Tiedostoa ei löydy. Tarkista nimi ja kansio.
moving-not-a-workbook = Tiedosto ei ole Excel-työkirja. Tallenna se muodossa .xlsx tai anna kansio, jossa on CSV-tiedostot.
moving-old-format = Tiedosto on vanhaa tai muuta taulukkomuotoa. Avaa se taulukko-ohjelmassa ja tallenna muodossa .xlsx.
moving-password = Tiedosto on suojattu salasanalla. Tallenna se ilman salasanaa.
moving-broken-file = Tiedosto on katkennut tai rikki. Avaa se taulukko-ohjelmassa ja tallenna uudelleen.
moving-too-big = Tiedosto on liian suuri. Poista siitä kaikki, mikä ei ole mallipohjassa, tai jaa se osiin.
moving-no-sheets = Tiedostossa ei ole yhtään mallipohjan taulukkoa. Hae mallipohja komennolla: rinnalla import --template.
moving-too-many-rows = Taulukossa on yli { $most } riviä. Jaa tiedosto osiin.
moving-not-utf8 = Tiedosto ei ole UTF-8-muodossa. Tallenna se muodossa ”CSV UTF-8”.
moving-unknown-sheet = Tällaista taulukkoa ei ole mallipohjassa. Anna sille jokin näistä nimistä tai poista se: { $names }.
moving-sheet-twice = Sama taulukko on tiedostossa kahdesti. Yhdistä rivit yhteen taulukkoon.
moving-unknown-column = Saraketta ”{ $heading }” ei ole mallipohjassa. Korjaa otsikko mallipohjan mukaiseksi tai poista sarake.
moving-column-twice = Sama sarake on taulukossa kahdesti. Jätä niistä yksi.
moving-missing-column = Sarake ”{ $heading }” puuttuu. Lisää se ensimmäiselle riville.
moving-merged = Solut { $cells } on yhdistetty. Pura yhdistäminen ja kirjoita tieto jokaiselle riville.
moving-formula = Solussa on kaava. Kirjoita tilalle sen tulos: kopioi ja liitä arvona.
moving-broken-cell = Solussa on taulukko-ohjelman virhe. Kirjoita tieto uudelleen.
moving-required = Tämä tieto tarvitaan. Täytä solu.
moving-too-long = Teksti on liian pitkä. Kirjoita enintään { $most } merkkiä.
moving-control-character = Tekstissä on näkymätön merkki. Tyhjennä solu ja kirjoita teksti käsin.
moving-bad-email = Tämä ei ole sähköpostiosoite. Kirjoita se muodossa etunimi.sukunimi@example.fi, yksi osoite soluun.
moving-bad-phone = Tämä ei ole puhelinnumero. Kirjoita se muodossa 040 123 4567 tai +358 40 123 4567, yksi numero soluun.
moving-bad-name = Tämä ei ole yhden ihmisen nimi. Kirjoita nimi kirjaimin, ilman lisätietoja.
moving-not-a-text = Taulukko-ohjelma on tehnyt tästä luvun. Muotoile solu tekstiksi ja kirjoita tieto uudelleen.
moving-bad-day = Tämä ei ole päivä. Kirjoita se muodossa 23.11.2026.
moving-slashed-day = Vinoviivoista ei näe, kumpi on päivä ja kumpi kuukausi. Kirjoita helmikuun 1. päivä 1.2.2026 tai 2026-02-01. Jos taulukko-ohjelma kirjoitti päivät näin CSV-tiedostoon, tallenna sen sijaan muodossa .xlsx.
moving-far-day = Vuosi ei voi olla oikea. Kirjoita päivä muodossa 23.11.2026.
moving-date-in-future = Päivä on vasta tulossa. Kirjoita päivä, joka on jo ollut, tai jätä solu tyhjäksi.
moving-bad-number = Kirjoita kokonaisluku väliltä { $least }–{ $most }.
moving-unknown-word = Sanaa ”{ $written }” ei tunneta tässä. Kirjoita jokin näistä: { $allowed }.
moving-nearly-a-word = Sanaa ”{ $written }” ei tunneta tässä. Tarkoititko ”{ $nearest }”? Muut sanat: { $allowed }.
moving-bad-municipality = Kirjoita kunnan kolminumeroinen koodi, esimerkiksi Kajaani 205.
moving-status-differs = Tilaksi on kirjoitettu ”{ $written }”, mutta rivin päivistä seuraa ”{ $follows }”. Korjaa päivät tai jätä tila tyhjäksi.
moving-not-a-decade = Kirjoita vuosikymmenen ensimmäinen vuosi, esimerkiksi 1980.
moving-key-twice = Sama on jo rivillä { $row }. Jätä niistä yksi, tai anna kummallekin oma numero.
moving-email-twice = Sama sähköpostiosoite on jo rivillä { $row }. Jos kyse on samasta ihmisestä, poista toinen rivi.
moving-email-in-use = Osoite on rekisterissä jo toisella henkilöllä. Tarkista osoite, tai pyydä ylläpitoa yhdistämään organisaatiot kumppaneiksi.
moving-not-yours = Tätä henkilöä ei voi muuttaa tästä organisaatiosta. Palauta rivi ennalleen tai poista se.
moving-changed-since = Tätä on muutettu rekisterissä sen jälkeen, kun se siirrettiin. Hae uusi tiedosto komennolla rinnalla export ja tee korjaus siihen.
moving-role-twice = Sama rooli on jo rivillä { $row }. Jätä niistä yksi.
moving-not-yours-to-give = Tätä roolia ei voi antaa tässä organisaatiossa. Pääkäyttäjän, tietosuojavastaavan ja analyytikon roolit antaa pääkäyttäjä.
moving-unknown-person = Henkilöä ei löydy. Kirjoita Henkilöt-taulukon numero tai sähköpostiosoite.
moving-unknown-organisation = Organisaatiota ei löydy kumppaneista. Kirjoita sen nimi niin kuin se on rekisterissä.
moving-several-organisations = Organisaatioita on useita. Kirjoita, mikä niistä; samannimisistä tunniste.
moving-no-role = Henkilöllä ei ole roolia. Lisää hänet Roolit- tai Tukihenkilöt-taulukkoon, tai poista rivi.
moving-dates-out-of-order = Päivät ovat väärässä järjestyksessä. Korjaa tämä tai sitä edeltävä päivä.
moving-gates-open = Tänä päivänä kaikki kolme edellytystä eivät täyttyneet. Täytä päihteettömyyden, koulutuksen ja vaitiolositoumuksen päivät, tai jätä aloituspäivä tyhjäksi.
moving-criterion-applies = Ehto koskee aina sitä, joka on itse toipunut. Kirjoita päivä sarakkeeseen ”Päihteettömyys todettu”.
moving-same-day-twice = Sama päivä on jo toisessa sarakkeessa. Kirjoita kummallekin oma päivä.
moving-not-a-support-person = Henkilö ei ole tukihenkilö. Lisää hänet Tukihenkilöt-taulukkoon.
moving-other-support-person = Tukisuhteella on rekisterissä toinen tukihenkilö. Anna uudelle tukisuhteelle oma numero.
moving-support-person-not-active = Tukihenkilö ei ole toiminnassa. Täytä hänen edellytyksensä ja aloituspäivänsä Tukihenkilöt-taulukkoon.
moving-does-not-refer = Organisaatio ei ole kumppani, joka ehdottaa tuettavia. Tarkista nimi, tai lisää kumppanuus ensin.
moving-not-a-professional = Henkilöllä ei ole ammattilaisen roolia kumppanissa. Lisää rooli Roolit-taulukkoon.
moving-bad-case-code = Tämä ei ole tapauskoodi. Kirjoita se muodossa 7KXR-2MHD, tai jätä tyhjäksi: rekisteri antaa tapauskoodin.
moving-other-case = Tukisuhteella on rekisterissä toinen tapauskoodi. Palauta se ennalleen.
moving-unknown-case = Tällä tapauskoodilla ei ole tuettavaa. Jätä tyhjäksi: rekisteri antaa tapauskoodin.
moving-case-differs = Tällä tapauskoodilla on rekisterissä toiset tiedot. Kirjoita tuettavan ja ammattilaisen tiedot samoiksi.
moving-already-open = Näillä kahdella on jo avoin tukisuhde. Poista rivi.
moving-over-capacity = Tukihenkilölle on sovittu enintään { $most } tuettavaa, ja rivejä on { $carried }. Korjaa enimmäismäärä tai päätä tukisuhteita.
moving-not-next-of-kin = Läheissuhde kirjataan vain, kun tuettava on läheinen. Tyhjennä solu.
moving-one-alone = Kirjoita yksi koodi.
moving-why-not-present = Ammattilainen ei ollut mukana. Kirjoita, miksi.
moving-was-present = Ammattilainen oli mukana. Tyhjennä solu.
moving-agreement-incomplete = Sopimuksesta puuttuu tämä. Täytä alku, loppu (tai ”toistaiseksi”), allekirjoitus, tapaamisväli ja paikat, tai jätä kaikki tyhjiksi.
moving-too-many-places = Paikkoja on liikaa. Kirjoita enintään kahdeksan.
moving-held-and-not-held = Väliarvio joko pidettiin tai sitä ei pidetty. Täytä vain toinen.
moving-one-of-two-must-be-present = Ainakin toisen kahdesta on oltava mukana. Kirjoita toiseen ”kyllä”.
moving-say-if-it-settles = Vain toinen oli mukana. Kirjoita, riittääkö väliarvio: kyllä tai ei.
moving-joint-settles = Kun kaikki kolme olivat mukana, väliarvio riittää aina. Kirjoita ”kyllä” tai jätä tyhjäksi.
moving-end-without-reason = Täytä sekä päättymispäivä että päättymisen syy, tai jätä molemmat tyhjiksi.
moving-consent-later = Suostumus annetaan ennen yhteystietoja. Korjaa päivä.
moving-step-missing = Tätä edeltävä vaihe puuttuu: ensin ensitapaaminen, sitten sopimus, sitten väliarvio ja tauko. Täytä se.
moving-meeting-twice = Saman päivän tapaaminen on jo rivillä { $row }. Jos tapaamisia oli kaksi, anna kummallekin oma numero.
moving-outside-relationship = Tapaaminen ei ole ensitapaamisen ja päättymisen välissä. Korjaa päivä.
moving-unknown-relationship = Tukisuhdetta ei löydy. Kirjoita Tukisuhteet-taulukon numero.
moving-bad-clock = Tämä ei ole kellonaika. Kirjoita se muodossa 17.30; kerta voi alkaa viimeistään klo { $most }.
moving-bad-sum = Tämä ei ole summa. Kirjoita eurot ja sentit, esimerkiksi 12,50; enintään { $most } €.
moving-identity-number = Tekstissä näyttää olevan henkilötunnus. Poista se: rekisteri ei ota henkilötunnuksia.
moving-too-many-named = Näitä on liikaa. Niitä voi olla enintään { $most }.
moving-unknown-row = Riviä ei löydy. Kirjoita taulukon { $names } numero.
moving-named-twice = Sama on jo viereisessä sarakkeessa. Jätä se vain toiseen.
moving-not-a-facilitator = Henkilöllä ei ole ohjaajan roolia yhdistyksessä. Lisää rooli Roolit-taulukkoon; apuohjaajalle riittää vertaisohjaaja.
moving-other-course = Tämä on rekisterissä toisella kurssilla tai toinen kerta. Anna uudelle riville oma numero.
moving-session-twice = Kurssilla on jo tämä kerta, tai toinen kerta samana päivänä. Korjaa numero tai päivä, tai merkitse toinen perutuksi.
moving-sessions-missing = Kurssilta puuttuvat kerrat { $names }. Kirjoita Kurssikerrat-taulukkoon kaikki kahdeksan, tai ei yhtään: silloin ne suunnitellaan viikon välein.
moving-name-or-person = Kirjoita joko rekisterin henkilö, tai nimi tai nimimerkki. Täytä vain toinen.
moving-no-address = Muistutuksia voi saada vain rekisterin henkilö. Kirjoita henkilö nimen sijaan, tai tyhjennä solu.
moving-not-decided = Päätöspäivä kuuluu sille, joka suoritti kurssin, keskeytti tai ei tullut. Korjaa tila tai tyhjennä solu.
moving-next-steps-of-graduates = Jatko kirjataan vain sille, joka suoritti kurssin, ja enintään kymmenen. Korjaa tila tai tyhjennä solu.
moving-enrolled-twice = Henkilö on jo tällä kurssilla. Jätä hänestä yksi rivi.
moving-course-not-open = Kurssia ei ole avattu, mutta sillä on osallistujia. Kirjoita Kurssit-taulukon sarakkeeseen ”Ilmoittautuminen avattu” kyllä.
moving-no-session = Kurssilla ei ole tätä kertaa, tai se on peruttu. Tyhjennä solu, tai lisää kerta Kurssikerrat-taulukkoon.
moving-too-few-professionals = Läsnäoloja kirjataan vasta, kun kurssilla on kaksi ohjaajaa. Täytä Kurssit-taulukon sarake ”Ohjaajat”.
moving-waits = Jonossa oleva ei ole vielä kurssilla. Korjaa tila tai tyhjennä solu.
moving-last-session-to-come = Kurssin voi suorittaa vasta viimeisen kerran jälkeen, kun jokaisen kerran läsnäolot on kirjattu. Täytä kerrat, korjaa päivä tai tila.
moving-came = Henkilö oli mukana jollakin kerralla. Kirjoita tilaksi keskeytti, tai korjaa läsnäolot.
moving-course-full = Kurssilla on { $most } paikkaa, ja osallistujia on enemmän. Kirjoita osalle tilaksi jonossa, tai korjaa paikkojen määrä.
moving-session-marked = Kerralle on kirjattu läsnäoloja. Sitä ei voi perua eikä siirtää tulevaan päivään.
moving-training-cancelled = Koulutus on peruttu. Kirjoita ei, tai korjaa koulutus.
moving-weekend-not-told = Tukihenkilöllä ei ole viikonloppua { $written }. Kirjoita päivä Tukihenkilöt-taulukkoon, tai tähän ei.
moving-cohort-or-day = Kirjoita joko koulutusryhmä tai päivä, jona muu koulutus päättyi. Täytä vain toinen.
moving-consent-incomplete = Suostumuksella on sekä alku että loppu. Täytä molemmat päivät, tai tyhjennä molemmat.
moving-consent-too-long = Suostumus kestää enintään kolme vuotta, ja päättyy vasta annettuaan. Korjaa päivä.
moving-not-an-expert = Henkilö ei ole kokemusasiantuntija. Lisää hänet Kokemusasiantuntijat-taulukkoon.
moving-not-of-this-kind = Tämä ei kuulu tähän lajiin: kilometrit kuuluvat omaan autoon, päivät päivärahaan. Tyhjennä solu.
moving-not-a-volunteer = Henkilö ei ole yhdistyksen tukihenkilö eikä kokemusasiantuntija. Lisää rooli Roolit-taulukkoon.

moving-sheet = Taulukko
moving-column = Sarake
moving-needed = Tarvitaan
moving-write = Mitä kirjoitetaan
moving-yes = kyllä
moving-form-text = Teksti.
moving-form-day = Päivä, esimerkiksi 23.11.2026.
moving-form-number = Kokonaisluku.
moving-form-word = Jokin näistä: { $allowed }.
moving-form-words = Yksi tai useampi, välissä puolipiste: { $allowed }.
moving-form-day-or-word = Päivä, esimerkiksi 23.11.2026, tai: { $allowed }.
moving-form-codes = Kunnan kolminumeroinen koodi; useita puolipisteellä erotettuina.
moving-form-keys = Yksi tai useampi rivi: Henkilöt-taulukon numero tai sähköpostiosoite, välissä puolipiste.
moving-form-names = Yhden tai useamman organisaation nimi, välissä puolipiste.
moving-form-clock = Kellonaika, esimerkiksi 17.30.
moving-form-sum = Eurot ja sentit, esimerkiksi 12,50.
moving-note-people-key = Yhdistyksen oma numero tai sähköpostiosoite: siitä sama henkilö tunnetaan, kun tiedosto tuodaan uudelleen. Rekisteri ei säilytä sitä.
moving-note-roles-person = Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-roles-organisation = Tyhjä tarkoittaa omaa yhdistystä; kumppanista sen nimi.
moving-note-support-persons-person = Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-support-persons-criterion-met-on = Päivä, jona todettiin, että päihteettömyys on kestänyt vuoden. Ei päivää, josta se alkoi.
moving-note-support-persons-status = Saa jäädä tyhjäksi: tila seuraa päivistä.
moving-note-support-relationships-key = Yhdistyksen oma numero, ei tuettavan nimeä. Rekisteri ei säilytä sitä, vaan antaa tuettavalle tapauskoodin.
moving-note-support-relationships-case-code = Jää tyhjäksi: rekisteri antaa tapauskoodin.
moving-note-support-relationships-professional = Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-support-relationships-support-person = Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-support-relationships-consent-on = Päivä, jona tuettava suostui.
moving-note-support-relationships-disclosed-on = Päivä, jona tukihenkilön yhteystiedot annettiin ammattilaiselle; tyhjänä ensitapaamisen päivä.
moving-note-support-relationships-status = Saa jäädä tyhjäksi: tila seuraa päivistä.
moving-note-meetings-key = Saa jäädä tyhjäksi, kun päivänä on yksi tapaaminen.
moving-note-meetings-relationship = Tukisuhteet-taulukon numero.
moving-note-courses-key = Yhdistyksen oma numero kurssille.
moving-note-courses-starts-on = Ensimmäisen kerran päivä. Ilman Kurssikerrat-taulukkoa kerrat suunnitellaan tästä viikon välein, pyhät väliin jättäen.
moving-note-courses-lunch = Lounastauon pituus minuutteina; 0, jos taukoa ei ole.
moving-note-courses-opened = Tyhjä tarkoittaa kyllä.
moving-note-course-sessions-key = Saa jäädä tyhjäksi: kerta tunnetaan kurssista ja järjestysnumerosta.
moving-note-course-sessions-course = Kurssit-taulukon numero.
moving-note-course-sessions-no = Monesko kahdeksasta: 1–8. Korvaavalla kerralla on perutun numero.
moving-note-course-sessions-starts-at = Kurssin kellonaika, jos tyhjä.
moving-note-course-sessions-planned-on = Alkuperäinen päivä, jos kerta siirrettiin.
moving-note-enrolments-key = Yhdistyksen oma numero osallistumiselle, ei nimi.
moving-note-enrolments-course = Kurssit-taulukon numero.
moving-note-enrolments-person = Vain rekisterin henkilöstä: Henkilöt-taulukon numero tai sähköpostiosoite. Muuten nimi tai nimimerkki.
moving-note-enrolments-pseudonym = Kirjoita kyllä, jos nimi on nimimerkki.
moving-note-enrolments-status = Osallistuu, jos tyhjä.
moving-note-enrolments-decided-on = Päivä, jona kurssin suorittaminen, keskeytys tai poisjäänti päätettiin.
moving-note-trainings-key = Yhdistyksen oma numero koulutukselle.
moving-note-trainings-trainer = Tyhjä tarkoittaa omaa yhdistystä; kumppanista sen nimi.
moving-note-trainings-first-on = Viikonlopun ensimmäinen päivä.
moving-note-trainings-second-on = Toisen viikonlopun ensimmäinen päivä.
moving-note-training-participants-training = Koulutukset-taulukon numero.
moving-note-training-participants-support-person = Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-training-participants-first = Oliko mukana. Päivä kirjoitetaan Tukihenkilöt-taulukkoon.
moving-note-training-participants-second = Oliko mukana. Päivä kirjoitetaan Tukihenkilöt-taulukkoon.
moving-note-expert-cohorts-key = Yhdistyksen oma numero koulutusryhmälle.
moving-note-expert-cohorts-trainer = Tyhjä tarkoittaa omaa yhdistystä; kumppanista sen nimi.
moving-note-experts-person = Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-experts-trainer = Tyhjä tarkoittaa omaa yhdistystä; kumppanista sen nimi.
moving-note-experts-cohort = Koulutusryhmät-taulukon numero, jos hänet koulutettiin ryhmässä.
moving-note-experts-trained-on = Päivä, jona muu koulutus päättyi; tyhjä, jos koulutusryhmä on kirjoitettu.
moving-note-experts-consent-until = Viimeinen päivä, jona hänet saa luetella; enintään kolme vuotta suostumuksesta.
moving-note-expert-assignments-key = Yhdistyksen oma numero tehtävälle.
moving-note-expert-assignments-expert = Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-expert-assignments-host = Tyhjä tarkoittaa omaa yhdistystä; kumppanista sen nimi.
moving-note-expert-assignments-phase = Ei tiedossa, jos tyhjä.
moving-note-expenses-key = Yhdistyksen oma numero kulukorvaukselle.
moving-note-expenses-person = Tukihenkilö tai kokemusasiantuntija: Henkilöt-taulukon numero tai sähköpostiosoite.
moving-note-expenses-kilometres = Vain omasta autosta.
moving-note-expenses-days = Vain päivärahasta.

moving-count = { $sheet }: uusia { $new }, muuttuneita { $changed }, ennallaan { $same }
moving-mend = Korjattavaa: { $count }. Mitään ei siirretty.
moving-would = Tiedosto on kunnossa. Näin siirrettäisiin:
moving-done = Siirretty:
moving-code = Tukisuhteet, rivi { $row }: tapauskoodi { $code }

# In people's calendars: says nothing of what it is about.
appointment = Tapaaminen
appointments = Tapaamiset
deadline = Tarkistettava asia

# In the public calendar of a drop-in place, before its name.
place-open = Avoinna

# Toiveet.

error-rate-limited = Täältä lähetettiin lyhyessä ajassa liian paljon. Odota muutama minuutti ja lähetä uudelleen.
error-answer-needed = Toiveen esittäjälle kerrotaan, miksi se ei ole mahdollinen.
error-box-full = Laatikko on nyt täynnä, ja sen toiveita luetaan. Yritä uudelleen muutaman päivän päästä.
