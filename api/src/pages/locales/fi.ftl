# Sivujen tekstit. Sama nimi on kaikissa kolmessa tiedostossa.

## Kehys

skip = Siirry sisältöön
languages = Kieli
pages = Sivut
sign-out = Kirjaudu ulos
footer = Rinnalla on vertaistuen rekisteri. Tuettavasta näkyy vain tunnus.
yes = Kyllä
no = Ei
back = Takaisin
back-to-waiting = Odottaa minua
cancel = Peruuta
faults = Tarkista nämä kohdat
title-with-faults = Tarkista: { $title }
moment = { $day } klo { $time }
day-hint = Esimerkiksi 23.11.2026
weekday-1 = ma
weekday-2 = ti
weekday-3 = ke
weekday-4 = to
weekday-5 = pe
weekday-6 = la
weekday-7 = su

## Kirjautuminen

sign-in = Kirjaudu sisään
sign-in-text = Salasanaa ei tarvita. Lähetämme sähköpostiisi linkin, jolla pääset sisään.
sign-in-email = Sähköpostiosoite
sign-in-email-hint = Se osoite, johon saat rekisterin muistutukset.
sign-in-email-malformed = Kirjoita sähköpostiosoite, esimerkiksi nimi@example.fi.
sign-in-submit = Lähetä linkki
sign-in-wait = { $minutes ->
    [one] Linkkiä on pyydetty liian monta kertaa. Yritä minuutin päästä uudelleen.
   *[other] Linkkiä on pyydetty liian monta kertaa. Yritä { $minutes } minuutin päästä uudelleen.
  }
link-sent = Katso sähköpostisi
link-sent-text = Jos osoite on rekisterissä, siihen tulee hetken päästä viesti, jossa on linkki kirjautumiseen.
link-sent-same-browser = Avaa linkki tässä samassa selaimessa.
link-sent-minutes = Linkki on voimassa 15 minuuttia ja toimii kerran.
link-sent-nothing = Jos viestiä ei tule, katso roskaposti ja tarkista, että kirjoitit osoitteen oikein.
link-sent-again = Pyydä linkki uudelleen
door = Tervetuloa
door-text = Linkki on kunnossa. Kirjaudu sisään painikkeesta.
door-submit = Kirjaudu sisään
opening = Avataan
opening-way = Jatka

## Kirjautumiset

sessions = Kirjautumiset
sessions-text = Selaimet, joissa olet nyt kirjautuneena. Jos jokin niistä ei ole sinun, päätä se.
sessions-this = tämä selain
sessions-unknown-browser = Tuntematon selain
sessions-since = Kirjautunut
sessions-last-seen = Käytetty viimeksi
sessions-end = Päätä
sessions-end-others = Päätä kaikki muut
done-session-ended = Kirjautuminen on päätetty.

## Kun jokin ei onnistu

fault-way = Odottaa minua
fault-incident = Jos kerrot tästä ylläpidolle, anna tämä tunnus:
fault-not-found = Sivua ei löydy
fault-not-found-text = Sivua ei ole, tai se ei ole sinun nähtävissäsi. Osoite on voinut muuttua tai asia on siirtynyt toiselle.
fault-forbidden = Tähän ei ole oikeutta
fault-forbidden-text = Roolisi ei riitä tähän. Jos arvelet, että kyse on virheestä, kysy yhdistyksesi koordinaattorilta.
fault-unavailable = Palvelu ei vastaa juuri nyt
fault-unavailable-text = Yritä hetken päästä uudelleen. Ei ole varmaa, ehtikö viimeinen tekosi tallentua; tarkista se ensin.
fault-internal = Jokin meni vikaan
fault-internal-text = Vika on meidän. Mitään ei tallennettu puolittain. Yritä hetken päästä uudelleen.
fault-conflict = Joku muu ehti ensin
fault-conflict-text = Asiaa on muutettu sillä välin. Avaa se uudelleen ja katso, miten se nyt on.
fault-forged = Lomake on vanhentunut
fault-forged-text = Lomake on tehty toisessa kirjautumisessa tai toisella sivulla, joten sitä ei otettu vastaan. Avaa sivu uudelleen.
fault-form = Lomaketta ei voitu lukea
fault-form-text = Siinä oli jotain, mitä ei voi ottaa vastaan. Avaa sivu uudelleen.
fault-method = Näin sivua ei voi avata
fault-method-text = Avaa sivu linkistä tai osoitteesta.
fault-link = Linkki ei enää kelpaa
fault-link-text = Linkki on käytetty tai sen 15 minuuttia on kulunut. Pyydä uusi linkki.
fault-other-browser = Avaa linkki toisessa selaimessa
fault-other-browser-text = Linkki toimii vain siinä selaimessa, jossa pyysit sen. Avaa se siellä, tai pyydä tässä selaimessa uusi linkki.

## Lomakkeiden virheet

error-required = Tämä kohta puuttuu.
error-not-a-day = Kirjoita päivä muodossa 23.11.2026.
error-not-a-number = Kirjoita kokonaisluku.
error-stale-version = Joku muu ehti muuttaa tätä. Katso yltä, miten asia nyt on, ja lähetä sitten uudelleen.
error-key-reused = Tämä lomake on jo lähetetty toisin. Tarkista tiedot ja lähetä uudelleen.

## Odottaa minua

waiting = Odottaa minua
waiting-count = { $number ->
    [one] Yksi asia odottaa sinua.
   *[other] { $number } asiaa odottaa sinua. Kiireisin on ensin.
  }
waiting-nothing = Mikään ei odota sinua nyt.
waiting-nothing-text = Kun jokin asia tarvitsee sinua, saat siitä viestin, ja se tulee näkyviin tähän.
waiting-more = Näkyvissä ovat kiireisimmät. Loput tulevat esiin, kun nämä on hoidettu.
waiting-late = { $days ->
    [one] Päivän myöhässä
   *[other] { $days } päivää myöhässä
  }
waiting-by = Viimeistään { $day }
waiting-since = Odottanut { $day } alkaen
waiting-referral-draft = Yhteydenotto on kesken
waiting-referral-draft-text = Täydennä yhteydenotto ja lähetä se yhdistykselle.
waiting-referral-draft-way = Täydennä
waiting-proposal-offered = Tukihenkilöä ehdotetaan
waiting-proposal-offered-text = Kerro ehdotuksesta tuettavalle ja kirjaa hänen vastauksensa.
waiting-proposal-offered-way = Kirjaa vastaus
waiting-first-meeting-to-record = Ensitapaaminen
waiting-first-meeting-to-record-text = Yhteystiedot on annettu. Järjestä ensitapaaminen ja kirjaa se.
waiting-first-meeting-to-record-way = Kirjaa ensitapaaminen
waiting-agreement-to-record = Sopimus puuttuu
waiting-agreement-to-record-text = Nämä kaksi ovat tavanneet. Tehkää sopimus ja kirjaa se.
waiting-agreement-to-record-way = Kirjaa sopimus
waiting-review-due = Väliarvion aika
waiting-review-due-text = Sovi päivä, jona tapaatte yhdessä. Jos väliarvio on jo pidetty, kirjaa se.
waiting-review-due-way = Hoida väliarvio
waiting-review-booked = Väliarvio on sovittu
waiting-review-booked-text = Kun olette tavanneet, kirjaa väliarvio tässä.
waiting-review-booked-way = Kirjaa väliarvio
waiting-review-overdue = Väliarvion aika on mennyt
waiting-review-overdue-text = Kirjaa, pidettiinkö väliarvio, tai sovi sille uusi päivä.
waiting-review-overdue-way = Hoida väliarvio
waiting-review-due-no-professional = Väliarvio ilman ammattilaista
waiting-review-due-no-professional-text = Tukisuhdetta ei seuraa kukaan ammattilainen. Katso, kuka voi pitää väliarvion.
waiting-review-due-no-professional-way = Hoida väliarvio
waiting-agreement-to-change = Sopimus muuttuu
waiting-agreement-to-change-text = Väliarviossa sovittiin, että sopimusta muutetaan. Kirjaa muutos.
waiting-agreement-to-change-way = Kirjaa muutos
waiting-pause-to-record = Tauko
waiting-pause-to-record-text = Väliarviossa sovittiin tauosta. Kirjaa se.
waiting-pause-to-record-way = Kirjaa tauko
waiting-end-to-record = Tukisuhde päättyy
waiting-end-to-record-text = Väliarviossa sovittiin, että tukisuhde päättyy. Kirjaa päättyminen.
waiting-end-to-record-way = Kirjaa päättyminen
waiting-proposal-asked = Sinua kysytään tukihenkilöksi
waiting-proposal-asked-text = Katso, mistä on kyse, ja vastaa. Perusteluja ei tarvita.
waiting-proposal-asked-way = Katso ja vastaa
waiting-referral-submitted = Uusi yhteydenotto
waiting-referral-submitted-text = Etsi tukihenkilö ja kysy häneltä.
waiting-referral-submitted-way = Etsi tukihenkilö
waiting-referral-waiting = Yhteydenotto odottaa
waiting-referral-waiting-text = Sopivaa tukihenkilöä ei ole vielä löytynyt.
waiting-referral-waiting-way = Etsi tukihenkilö
waiting-proposal-by-phone = Kysy puhelimessa
waiting-proposal-by-phone-text = Soita tukihenkilölle ja kirjaa hänen vastauksensa.
waiting-proposal-by-phone-way = Kirjaa vastaus
waiting-proposal-unanswered = Ehdotus on ilman vastausta
waiting-proposal-unanswered-text = Vastausta on odotettu viikko. Kysy, mikä sitä viivyttää.
waiting-proposal-unanswered-way = Katso ehdotus
waiting-details-to-disclose = Anna yhteystiedot
waiting-details-to-disclose-text = Molemmat ovat suostuneet. Anna tukihenkilön yhteystiedot ammattilaiselle.
waiting-details-to-disclose-way = Anna yhteystiedot
waiting-notice-dead = Muistutus ei mennyt perille
waiting-notice-dead-text = Sähköpostia ei saatu toimitettua. Tarkista osoite.
waiting-notice-dead-way = Katso muistutus
waiting-notice-skipped = Muistutuksella ei ollut saajaa
waiting-notice-skipped-text = Kukaan ei voinut ottaa muistutusta vastaan. Katso, kenelle asia kuuluu.
waiting-notice-skipped-way = Katso muistutus

## Väliarvio

what-to-do = Mitä teet?
review = Väliarvio
review-upcoming = Tulossa
review-is-due = Nyt on sen aika
review-is-overdue = Aika on mennyt
review-was-held = Pidetty
review-was-not-held = Ei pidetty
review-was-cancelled = Peruttu
fact-case = Tuettavan tunnus
fact-review-planned = Suunniteltu päivä
fact-review-window-end = Viimeinen päivä
fact-review-booked-for = Sovittu päivä
fact-review-held-on = Pidetty
review-held-way = Väliarvio pidettiin
review-held-way-hint = Kirjaa, ketkä olivat mukana ja miten on mennyt.
review-not-held-way = Väliarviota ei pidetä
review-not-held-way-hint = Kirjaa syy. Seuraava väliarvio lasketaan tästä eteenpäin.
review-book-way = Sovi päivä
review-book-way-hint = Saat muistutuksen ennen sovittua päivää.
review-held = Väliarvio pidettiin
review-held-submit = Tallenna
review-held-held-on = Päivä
review-held-present = Ketkä olivat mukana?
review-held-professional-present = Ammattilainen
review-held-supported-present = Tuettava
review-held-support-person-present = Tukihenkilö
review-held-settles-cycle = Riittääkö kahden tapaaminen tällä kertaa?
review-held-settles-cycle-hint = Vastaa vain, jos tuettava tai tukihenkilö puuttui. Jos ei riitä, väliarvio jää avoimeksi.
review-held-channel = Miten tapasitte?
review-held-progress = Miten tukisuhteessa on mennyt?
review-held-outcome = Mitä seuraavaksi?
review-held-next-interval-months = Seuraavaan väliarvioon
review-held-next-interval-months-unit = kuukautta
review-held-next-interval-months-hint = 3–6 kuukautta.
done-review-held = Väliarvio on kirjattu. Kiitos.
review-not-held = Väliarviota ei pidetä
review-not-held-intro = Tukisuhde jatkuu, vaikka väliarviota ei pidetä.
review-not-held-reason = Miksi?
review-not-held-submit = Tallenna
done-review-not-held = Kirjattu: väliarviota ei pidetä.
review-book = Sovi päivä väliarviolle
review-book-intro = Sovittu päivä korvaa muistutukset: muistutamme sinua vain ennen sitä.
review-book-booked-for = Päivä
review-book-submit = Tallenna
done-review-booked = Päivä on merkitty.
channel-in-person = Kasvokkain
channel-remote = Etänä
progress-well = Hyvin
progress-varying = Vaihtelevasti
progress-with-difficulty = Vaikeasti
progress-not-said = Ei kerrottu
outcome-continue = Jatketaan näin
outcome-change-agreement = Muutetaan sopimusta
outcome-pause = Pidetään tauko
outcome-end = Tukisuhde päättyy
not-held-not-reached = Heitä ei tavoitettu
not-held-postponed = Siirretään myöhemmäksi
not-held-not-wanted = Väliarviota ei haluttu
not-held-professional-away = Ammattilainen on poissa
not-held-other = Muu syy

## Tukisuhteet

relationships = Tukisuhteet
relationships-none = Sinulla ei ole tukisuhteita.
relationships-next = Seuraavat
relationships-see = Katso
relationships-add-meeting = Lisää tapaaminen
relationship = Tukisuhde
relationship-is-proposed = Yhteystiedot annettu
relationship-is-first-meeting-held = Ensitapaaminen pidetty
relationship-is-agreed = Sovittu
relationship-is-active = Käynnissä
relationship-is-paused = Tauolla
relationship-is-ended = Päättynyt
relationship-is-cancelled = Peruttu
relationship-met = { $meetings ->
    [one] Yksi tapaaminen, { $hours } tuntia
   *[other] { $meetings } tapaamista, { $hours } tuntia
  }
fact-relationship-proposed = Yhteystiedot annettu
fact-relationship-first-meeting = Ensitapaaminen
fact-relationship-agreed-until = Sovittu päättyväksi
fact-relationship-ended = Päättynyt
fact-meetings = Tapaamisia
first-meeting-way = Kirjaa ensitapaaminen
first-meeting-way-hint = Kun olette tavanneet ensimmäisen kerran yhdessä.
first-meeting = Ensitapaaminen
first-meeting-intro = Ammattilainen on mukana ja saattaa nämä kaksi yhteen.
first-meeting-held-on = Päivä
first-meeting-professional-present = Ammattilainen oli mukana
first-meeting-exception-reason = Miksi ammattilainen ei ollut mukana?
first-meeting-exception-reason-hint = Vain, jos hän ei ollut. Poikkeuksen kirjaa koordinaattori.
first-meeting-submit = Tallenna
done-first-meeting = Ensitapaaminen on kirjattu.
exception-professional-ill = Ammattilainen oli sairaana
exception-wish-of-supported = Tuettava toivoi niin
exception-distance = Pitkä matka
exception-other = Muu syy
meeting-way = Lisää tapaaminen
meeting-way-hint = Päivä, kesto ja mitä teitte. Siitä, mistä puhuitte, ei kirjata mitään.
meeting = Tapaaminen
meeting-intro = Siitä, mistä puhuitte, ei kirjata mitään.
meeting-met-on = Päivä
meeting-minutes = Kesto
meeting-minutes-unit = minuuttia
meeting-activity = Mitä teitte?
meeting-channel = Miten tapasitte?
meeting-submit = Tallenna
done-meeting = Tapaaminen on lisätty.
meeting-channel-in-person = Kasvokkain
meeting-channel-phone = Puhelimessa
meeting-channel-video = Videolla
meeting-channel-message = Viesteillä
hand-over-way = Tämä ei ole enää minun
hand-over-way-hint = Siirrä asia kollegalle tai koordinaattorille.
hand-over = Tämä ei ole enää minun
hand-over-intro = Muistutukset ja tehtävät siirtyvät heti. Et näe asiaa sen jälkeen.
hand-over-successor-id = Kenelle asia siirtyy?
hand-over-to-coordinator = Koordinaattori etsii jatkajan
hand-over-submit = Siirrä
done-hand-over = Asia on siirretty.
agreement-way = Kirjaa sopimus
agreement-way-hint = Mitä nämä kaksi sopivat: kuinka kauan, kuinka usein ja missä.
agreement = Sopimus
agreement-intro = Uusi sopimus korvaa entisen.
agreement-starts-on = Sopimus alkaa
agreement-is-open-ended = Toistaiseksi
agreement-ends-on = Sopimus päättyy
agreement-ends-on-hint = Jätä tyhjäksi, jos sopimus on toistaiseksi.
agreement-rhythm = Kuinka usein tavataan?
agreement-places = Missä tavataan?
agreement-places-hint = Valitse yksi tai useampi.
agreement-review-interval-months = Väliarvioiden väli
agreement-review-interval-months-unit = kuukautta
agreement-review-interval-months-hint = 3–6 kuukautta.
agreement-professional-follows = Ammattilainen on mukana väliarvioissa
agreement-signed-on = Allekirjoitettu
agreement-submit = Tallenna
done-agreement = Sopimus on kirjattu.
rhythm-weekly = Viikoittain
rhythm-every-two-weeks = Joka toinen viikko
rhythm-monthly = Kuukausittain
rhythm-agreed-each-time = Sovitaan joka kerta erikseen
pause-way = Kirjaa tauko
pause-way-hint = Väliarvioista ei muistuteta tauon aikana.
pause = Tauko
pause-paused-on = Tauko alkaa
pause-submit = Tallenna
done-pause = Tauko on kirjattu.
resume-way = Tauko on ohi
resume-way-hint = Seuraava väliarvio lasketaan siitä päivästä.
resume = Tauko on ohi
resume-resumed-on = Jatkuu
resume-submit = Tallenna
done-resume = Tukisuhde jatkuu.
end-way = Tukisuhde päättyy
end-way-hint = Kirjaa viimeinen päivä ja miksi.
end = Tukisuhde päättyy
end-intro = Muistutuksia ei lähetetä sen jälkeen.
end-ended-on = Viimeinen päivä
end-end-reason = Miksi?
end-submit = Tallenna
done-end = Tukisuhde on kirjattu päättyneeksi.
end-reason-term-completed = Sovittu aika täyttyi
end-reason-by-supported = Tuettava päätti
end-reason-by-support-person = Tukihenkilö päätti
end-reason-by-agreement = Sovittiin yhdessä
end-reason-moved = Muutto toiselle paikkakunnalle
end-reason-other = Muu syy

## Ehdotus

proposal = Sinua kysytään tukihenkilöksi
proposal-intro = Voit sanoa kyllä tai ei. Perusteluja ei tarvita, eikä niitä kirjata.
proposal-agrees = Lähdetkö tukihenkilöksi?
proposal-yes = Kyllä, lähden
proposal-no = Ei tällä kertaa
proposal-submit = Vastaa
proposal-supported = Tukihenkilöä ehdotetaan
proposal-supported-intro = Kerro tuettavalle, kuka tukihenkilö on. Yhteystiedot saat, kun hän on suostunut.
proposal-supported-agrees = Mitä tuettava vastasi?
proposal-supported-yes = Kyllä, hän haluaa tavata
proposal-supported-no = Ei
proposal-supported-on = Päivä, jona hän vastasi
proposal-supported-submit = Tallenna
proposal-closed = Ehdotus
proposal-closed-intro = Tähän ei odoteta nyt vastausta sinulta.
done-proposal = Vastaus on kirjattu. Kiitos.
proposal-phone = Tukihenkilön vastaus puhelimessa
proposal-phone-intro = Soita tukihenkilölle. Perusteluja ei tarvita, eikä niitä kirjata.
proposal-phone-agrees = Mitä tukihenkilö vastasi?
proposal-phone-yes = Kyllä, lähtee tukihenkilöksi
proposal-phone-no = Ei tällä kertaa
proposal-phone-on = Päivä, jona tukihenkilö vastasi
proposal-phone-submit = Tallenna
proposal-taken-back = Vastausta ei tullut: perumme ehdotuksen
done-proposal-taken-back = Ehdotus on peruttu. Yhteydenotto odottaa taas.
proposal-details = Anna yhteystiedot
proposal-details-intro = Molemmat ovat suostuneet. Ammattilainen näkee tukihenkilön yhteystiedot heti, ja luovutus kirjataan.
proposal-details-submit = Anna yhteystiedot
done-proposal-details = Yhteystiedot on annettu ammattilaiselle.
fact-support-person = Tukihenkilö
fact-phone = Puhelin
fact-email = Sähköposti
fact-background = Tausta
fact-county = Hyvinvointialue
fact-interests = Kiinnostuksen kohteet
fact-wishes = Toiveet
fact-supporter-background = Tukihenkilön tausta
fact-birth-decade = Syntynyt
decade = { $decade }-luvulla
background-dependent-or-recovering = Oma riippuvuus tai toipuminen
background-next-of-kin = Läheinen
supporter-own-recovery = Oma toipuminen
supporter-next-of-kin = Läheinen

## Yhteydenotto

referral = Yhteydenotto
referral-is-draft = Luonnos
referral-is-submitted = Lähetetty yhdistykselle
referral-is-waiting = Odottaa tukihenkilöä
referral-is-proposed = Tukihenkilöä kysytään
referral-is-accepted = Molemmat ovat suostuneet
referral-is-handed-over = Saatettu alkuun
referral-is-closed = Päätetty
referral-is-withdrawn = Peruttu
referral-is-declined = Ei voitu ottaa vastaan
referral-is-expired = Rauennut
referral-interest = Tuettava on kiinnostunut
referral-interest-intro = Yhteydenotto tehdään vain, jos tuettava itse haluaa tukihenkilön.
referral-interest-on = Päivä, jona tuettava sanoi niin
referral-interest-submit = Jatka
referral-consent = Tuettavan suostumus
referral-consent-intro = Lue suostumus tuettavalle, ennen kuin kirjaat sen.
referral-consent-on = Päivä, jona suostumus annettiin
referral-consent-text-version = Mikä suostumusteksti luettiin?
referral-consent-text-version-hint = Lomakkeen nimi tai numero, esimerkiksi 2026-1. Ei tietoja ihmisestä.
referral-consent-submit = Jatka
referral-send = Lähetä yhdistykselle
referral-send-intro = Tarkista tiedot. Yhdistys näkee ne, kun lähetät.
referral-send-submit = Lähetä
done-referral = Yhteydenotto on lähetetty.
referral-choose = Kenelle ehdotamme?
referral-choose-intro = Sopivimmat ovat ylinnä. Sinä päätät.
referral-choose-support-person-id = Tukihenkilö
referral-choose-channel = Miten kysytään?
referral-choose-channel-hint = Vain, kun valitsit tukihenkilön.
referral-choose-on = Päivä
referral-choose-submit = Tallenna
referral-keep-waiting = Kukaan sopiva ei ole nyt vapaa: yhteydenotto jää odottamaan
referral-decline = Sopivaa ei löydy: emme voi ottaa vastaan
done-referral-asked = Tukihenkilöltä kysytään.
done-referral-kept-waiting = Yhteydenotto jää odottamaan.
done-referral-declined = Kirjattu: yhteydenottoa ei voitu ottaa vastaan.
asking-register = Rekisterissä: tukihenkilö saa sen tehtäväkseen
asking-phone = Puhelimessa: soitat ja kirjaat vastauksen
reason-background = sama tausta
reason-same-age = samanikäinen
reason-near-age = lähes samanikäinen
reason-municipality = samasta kunnasta
reason-county = samalta hyvinvointialueelta
reason-weekday = sopivat viikonpäivät
reason-free = { $number ->
    [one] voi ottaa yhden
   *[other] voi ottaa { $number }
  }
reason-asked-before = tätä on kysytty aiemmin

## Tulosteet

paper = Tulosteet
paper-intro = Tyhjät sopimukset tulostettaviksi, kunkin yhdistyksen omilla ehdoilla. Täytetyt lomakkeet löydät tukisuhteen ja väliarvion sivulta.
paper-none = Yksikään yhdistys ei ole vielä julkaissut sopimuspohjaa.
paper-blank-agreement = Tyhjä sopimus
paper-version = Versio { $version }, julkaistu { $day }
paper-in-fi = suomeksi
paper-in-sv = ruotsiksi
paper-in-en = englanniksi
paper-bar = Tulostaminen
paper-language = Tulosteen kieli
paper-how = Tulosta selaimen tulostustoiminnolla (Ctrl + P). Tämä palkki ei tulostu.
paper-no-own-text = Yhdistys ei ole julkaissut omaa tekstiään tällä kielellä.
paper-printed-on = Tulostettu { $day }
agreement-sheet-way = Tulosta sopimus
agreement-sheet-way-hint = Sovitut asiat valmiina, tilaa nimille ja allekirjoituksille.
hand-over-sheet-way = Tulosta ensitapaamisen muistilista
hand-over-sheet-way-hint = Tukihenkilön yhteystiedot ja mitä tehdä ensin.
review-sheet-way = Tulosta väliarvion lomake
review-sheet-way-hint = Kirjattavat kohdat, yhdistyksen omat kysymykset ja tilaa vastauksille.
paper-agreement = Tukisuhteen sopimus
paper-agreement-lead = Sopimuksen tekevät tuettava ja tukihenkilö keskenään. Tukisuhde on vapaaehtoinen molemmille.
paper-supported = Tuettava
paper-support-person = Tukihenkilö
paper-professional = Ammattilainen
paper-name = Nimi
paper-agreed = Mitä on sovittu
paper-starts-on = Tukisuhde alkaa
paper-ends-on = Tukisuhde päättyy
paper-open-ended = Jatkuu toistaiseksi
paper-on-the-day = Päivänä
paper-rhythm = Kuinka usein tavataan
paper-places = Missä tavataan
paper-elsewhere = Muualla:
paper-interval = Väliarvio
paper-interval-months = { $months } kuukauden välein
paper-months = { $months } kk
paper-follows = Ammattilainen on mukana väliarvioissa
paper-terms = Yhteiset ehdot
paper-signatures = Allekirjoitukset
paper-signatures-lead = Tätä sopimusta on kaksi samanlaista kappaletta, yksi kummallekin.
paper-place-and-day = Paikka ja päivä
paper-signature = Allekirjoitus
paper-template-foot = Sopimuspohja: { $association }, versio { $version }, { $day }.
paper-agreement-foot = Rekisteriin kirjataan vain kesto, tapaamisten tiheys ja paikat sekä väliarvion väli. Tämä paperi jää osapuolille.
paper-review = Väliarvion lomake
paper-review-lead = Muistin tueksi, kun tapaatte kolmestaan. Rastitetut kohdat kirjataan rekisteriin, muuta ei.
paper-review-to-record = Rekisteriin kirjattavat kohdat
paper-held-on = Päivä
paper-present = Mukana
paper-own-questions = Yhdistyksen omat kysymykset
paper-own-questions-lead = Vastauksia ei kirjata rekisteriin.
paper-review-foot = Älä kirjoita tälle paperille kenenkään nimeä. Hävitä paperi, kun et enää tarvitse sitä.
paper-hand-over = Saattaen siirtäminen
paper-hand-over-lead = Muistilista ammattilaiselle, joka saattaa tuettavan ja tukihenkilön yhteen.
paper-contact = Tukihenkilön yhteystiedot
paper-phone = Puhelin
paper-email = Sähköposti
paper-mailbox = Yhdistyksen postilaatikko
paper-steps = Ensitapaaminen
paper-step-call = Otan yhteyttä tukihenkilöön ja kerron, milloin tuettavalle sopii.
paper-step-time = Sovimme ajan ja paikan, jotka sopivat molemmille.
paper-time = Aika
paper-place = Paikka
paper-step-present = Olen itse mukana ja esittelen heidät toisilleen.
paper-step-agreement = He sopivat, kuinka kauan, kuinka usein ja missä he tapaavat. Tuon tyhjän sopimuksen mukanani.
paper-step-follow = Sovimme, olenko mukana jatkossa: väliarvio pidetään 3–6 kuukauden välein.
paper-step-record = Kirjaan ensitapaamisen ja sopimuksen rekisteriin.
paper-hand-over-foot = Yhteystiedot on annettu vain tätä tukisuhdetta varten, ja niiden katsomisesta jää merkintä käyttölokiin. Älä kirjoita tälle paperille tuettavan nimeä. Hävitä paperi, kun et enää tarvitse sitä.

## Kurssikerta

waiting-course-session = Kurssikerta
waiting-course-session-text = Kirjaa, ketkä olivat paikalla.
waiting-course-session-way = Ketkä ovat paikalla?
attendance = Ketkä ovat paikalla?
attendance-intro = Napauta jokaisen kohdalta. Jos jokin meni väärin, voit tallentaa uudelleen.
attendance-submit = Tallenna
attendance-nobody = Kurssilla ei ole vielä osallistujia.
attendance-later = Läsnäolot voi kirjata, kun kurssikerran päivä on tullut.
attendance-missed = Poissa kahdesti peräkkäin ilmoittamatta. Kysy, mitä hänelle kuuluu.
attendance-nameless = Nimi on poistettu
mark-present = Paikalla
mark-partly = Osan aikaa
mark-excused = Poissa, ilmoitti
mark-absent = Poissa
fact-session = Kurssikerta
fact-theme = Aihe
done-attendance = Läsnäolot on tallennettu.

## Kurssit

courses = Kurssit
courses-none = Et ole mukana kursseilla.
courses-own = Kurssit, joihin osallistut
courses-led = Yhdistyksen kurssit
back-to-courses = Kurssit
course-sessions = Kurssikerrat
course-print-list = Tulosta läsnäololista
course-graduates = Kurssin suorittaneet
course-certificate = Tulosta todistus
course-status-planned = Suunniteltu
course-status-open = Ottaa osallistujia
course-status-running = Käynnissä
course-status-finished = Päättynyt
course-status-cancelled = Peruttu
session-status-scheduled = Tulossa
session-status-moved = Siirretty tähän aikaan
session-status-held = Pidetty
session-status-cancelled = Peruttu
enrolment-status-applied = Odottaa paikkaa
enrolment-status-enrolled = Mukana
enrolment-status-graduated = Suoritettu
enrolment-status-interrupted = Keskeytynyt
enrolment-status-no-show = Ei aloittanut
enrolment-status-cancelled = Poistettu listalta
fact-course-status = Kurssin tila
fact-unit = Toimipiste
fact-taking-part = Osallistujia
fact-own-part = Oma osallistuminen
fact-decided = Päätöspäivä
own-reminders = Muistutukset
own-reminders-on = Saat muistutuksen sähköpostiisi ennen jokaista kertaa ja viestin, jos aika muuttuu.
own-reminders-off = Et saa muistutuksia.
own-reminders-stop = En halua muistutuksia
own-reminders-start = Haluan muistutukset
done-reminders = Valintasi on tallennettu.
paper-attendance = Läsnäololista
paper-attendance-empty = Tyhjä rivi
paper-attendance-foot = Peitenimellä osallistuvan rivi on jätetty tyhjäksi. Kirjaa läsnäolot rekisteriin ja hävitä paperi.
paper-certificate = Todistus
paper-certificate-completed = on suorittanut vertaisohjaajakoulutuksen { $from }–{ $to }. Koulutukseen kuului { $sessions } kertaa, yhteensä { $hours } tuntia.
paper-certificate-facilitator = kouluttaja

feedback = Palaute
feedback-intro = Vastaa niin kuin itse ajattelet. 1 = ei lainkaan, 5 = täysin. Kukaan ei näe, kuka vastasi, ja voit jättää kohtia väliin.
feedback-heard = Minua kuunneltiin.
feedback-safe = Ryhmässä oli turvallista olla.
feedback-useful = Tästä on minulle hyötyä omassa elämässäni.
feedback-recommends = Suosittelisin tätä muille.
feedback-submit = Lähetä
feedback-given = Kiitos palautteestasi!

## Suostumus rekisterissä näkymiseen

listing-consent = Suostumuksesi
listing-consent-intro = Jatka suostumusta tai päätä se. Valinta on sinun, eikä syytä kysytä.
listing-consent-until = Voimassa viimeistään
listing-consent-until-hint = Enintään kolme vuotta tästä päivästä, esimerkiksi 23.11.2027.
listing-consent-submit = Jatka suostumusta
listing-consent-end = Päätä suostumus
listing-consent-end-intro = Suostumus päättyy heti, etkä näy enää rekisterin luettelossa. Voit antaa suostumuksen myöhemmin uudelleen.
listing-consent-end-submit = Päätä suostumus
fact-register = Rekisteri
fact-consent-until = Suostumus päättyy
done-listing-consent = Suostumus jatkuu.
done-listing-consent-end = Suostumus on päätetty.

## Muistutus, joka ei mennyt perille

notice = Muistutus ei mennyt perille
notice-intro = Katso, kenelle muistutus oli ja mistä se jäi kiinni. Korjaa osoite tarvittaessa ensin, ja lähetä sitten uudelleen.
notice-submit = Tallenna
notice-step = Mitä tehdään?
notice-send-again = Lähetetään uudelleen. Viesti lähtee seuraavassa lähetyksessä arkipäivänä kello 9 jälkeen.
notice-seen-to = Asia on hoidettu muuten
notice-person-way = Katso osoite ja korjaa se
notice-relationship-way = Katso tukisuhde
fact-notice = Muistutus
fact-notice-role = Kenelle
fact-notice-for = Päivälle
fact-notice-person = Vastaanottaja nyt
fact-notice-reason = Miksi
fact-notice-ended = Milloin
notice-no-address = sähköpostiosoite puuttuu
notice-address-refused = osoitteeseen ei tule posti perille, korjaa se
notice-address-refused-once = osoite torjuttiin kerran
notice-why-no-recipient = Ketään ei tavoitettu: vastaanottajan, sijaisen ja koordinaattorin osoite puuttuu tai ei toimi, eikä yhdistyksellä ole postilaatikkoa.
notice-why-attempts = Yritettiin monta kertaa, eikä postipalvelin ottanut viestiä vastaan.
notice-why-refused = Vastaanottajan postipalvelin torjui viestin ({ $code }).
notice-why-other = Viestiä ei voitu lähettää ({ $code }).
notice-was-seen-to = Hoidettu { $day }
notice-is-on-its-way = Lähdössä
notice-was-sent = Lähetetty
notice-was-cancelled = Ei enää ajankohtainen, joten sitä ei lähetetty
notice-waits-for-coordinator = Odottaa koordinaattoria
notice-was-not-wished = Vastaanottaja ei halua näitä muistutuksia
notice-kind-review-coming = Väliarvio lähestyy
notice-kind-review-due = Väliarvion aika on
notice-kind-review-nudge = Väliarvio on vielä pitämättä
notice-kind-review-overdue = Väliarvion aika on mennyt
notice-kind-review-due-no-professional = Väliarvio, jota ammattilainen ei seuraa
notice-kind-review-booked = Varattu väliarvio on pian
notice-kind-sign-in = Kirjautumislinkki
notice-kind-weekly-digest = Viikkokatsaus
notice-kind-session-coming = Kurssikerta on pian
notice-kind-session-moved = Kurssikerta on siirretty
notice-kind-session-cancelled = Kurssikerta on peruttu
notice-to-professional = Vastuullinen ammattilainen
notice-to-coordinator = Koordinaattori
notice-to-oneself = Kirjautuja itse
notice-to-participant = Kurssin osallistuja
notice-to-facilitator = Kurssin ohjaaja
done-notice-sent-again = Muistutus lähtee uudelleen.
done-notice-seen-to = Muistutus on merkitty hoidetuksi.

## Tuettava ilman ammattilaista

waiting-professional-to-name = Tuettava ilman ammattilaista
waiting-professional-to-name-text = Ammattilainen luopui asiasta eikä nimennyt seuraajaa. Nimeä uusi ammattilainen.
waiting-professional-to-name-way = Nimeä ammattilainen
name-professional = Kuka ottaa vastuun?
name-professional-intro = Uusi ammattilainen näkee tuettavan tiedot heti ja saa muistutukset tästä lähtien. Sopikaa asiasta ensin hänen kanssaan.
name-professional-submit = Nimeä
name-professional-person-id = Ammattilainen
name-professional-person-id-hint = Tuettavan ohjanneen organisaation ammattilaiset, jotka tunnet. Jos oikea puuttuu, pyydä organisaatiota lisäämään hänet rekisteriin.
done-professional-named = Ammattilainen on nimetty.

## Yhteystiedot

own-details = Omat yhteystiedot
own-details-intro = Ne, joille yhteystietosi on luovutettu, näkevät muuttuneet tiedot heti. Muutoksesta jää merkintä.
own-details-submit = Tallenna
own-details-name = Nimi
own-details-email = Sähköpostiosoite
own-details-email-hint = Tähän tulevat muistutukset ja kirjautumislinkit.
own-details-phone = Puhelin
own-details-phone-hint = Esimerkiksi 040 123 4567
own-details-language = Kieli, jolla sinulle kirjoitetaan
own-details-language-hint = Saamenkielisiä viestejä ei vielä ole: silloin kirjoitamme yhdistyksen kielellä.
details = Yhteystiedot
details-intro = Ne, joille yhteystiedot on luovutettu, näkevät muuttuneet tiedot heti. Muutoksesta jää merkintä.
details-submit = Tallenna
details-name = Nimi
details-email = Sähköpostiosoite
details-email-hint = Tähän tulevat muistutukset ja kirjautumislinkit. Varmista osoite henkilöltä itseltään.
details-phone = Puhelin
details-phone-hint = Esimerkiksi 040 123 4567
details-language = Kieli, jolla hänelle kirjoitetaan
reads-fi = suomi
reads-sv = ruotsi
reads-en = englanti
reads-se = pohjoissaame
reads-smn = inarinsaame
reads-sms = koltansaame
done-details = Yhteystiedot on tallennettu.

## Uusi yhteydenotto

refer-way = Tee uusi yhteydenotto
refer = Uusi yhteydenotto
refer-intro = Tuettava on rekisterissä vain tunnus. Älä kirjoita mihinkään nimeä. Luonnos näkyy vain sinulle, kunnes lähetät sen.
refer-submit = Tallenna luonnos ja jatka
refer-organisation-id = Mihin yhdistykseen?
refer-organisation-id-hint = Yhdistykset, joihin organisaatiosi ohjaa ihmisiä.
refer-referring-organisation-id = Minkä organisaation puolesta?
refer-background = Kenelle tukea haetaan?
refer-kin-relation = Läheisen suhde
refer-kin-relation-hint = Vastaa vain, jos tukea haetaan läheiselle.
refer-support-form = Tuen muoto
support-form-individual = Yhdelle ihmiselle
support-form-family = Perheelle
refer-phase = Missä vaiheessa kuntoutusta?
phase-before-rehab = Ennen kuntoutusta
phase-during-rehab = Kuntoutuksen aikana
phase-after-rehab = Kuntoutuksen jälkeen
phase-no-rehab = Ei kuntoutusta
phase-unknown = Ei tiedossa
refer-county-code = Hyvinvointialue
refer-municipality-code = Kunta
refer-municipality-code-hint = Vain sopivan tukihenkilön löytämiseksi. Voit jättää tyhjäksi.
refer-language = Kieli, jolla tuettava puhuu
refer-birth-decade = Syntymävuosikymmen
refer-birth-decade-hint = Voit jättää tyhjäksi.
refer-interests = Mistä tuettava pitää?
refer-interests-hint = Valitse niin monta kuin haluat, tai jätä tyhjäksi.
refer-wishes = Mitä tuettava toivoo tukihenkilöltä?
refer-information-source = Kuka kertoi vertaistuesta?

## Yhdistyksen omat tekstit

own-texts = Omat tekstit: { $association }
own-texts-intro = Sopimuksen ehdot ja väliarvion kysymykset yhdistyksen omin sanoin. Julkaiseminen tekee aina uuden version; aiemmat säilyvät.
own-text-none = Ei vielä julkaistu
own-text-limits = Enintään { $lines } riviä, rivillä enintään { $chars } merkkiä
fact-association = Yhdistys
fact-own-text-language = Kieli
fact-own-text-size = Tilaa
own-terms = Sopimuksen ehdot
own-terms-intro = Ehdot tulostuvat sopimukseen ennen allekirjoituksia.
own-terms-submit = Julkaise
own-terms-lines = Ehdot
own-terms-lines-hint = Jokainen rivi on oma kappaleensa; tyhjiä rivejä ei lasketa. Jos tyhjennät kentän, ehtoja ei enää tulosteta.
own-questions = Väliarvion kysymykset
own-questions-intro = Kysymykset tulostuvat väliarvion lomakkeeseen, ja niiden alle jää tilaa vastata käsin. Vastauksia ei kirjata rekisteriin.
own-questions-submit = Julkaise
own-questions-lines = Kysymykset
own-questions-lines-hint = Yksi kysymys rivillä. Jos tyhjennät kentän, kysymyksiä ei enää tulosteta.
done-own-text = Teksti on julkaistu.
