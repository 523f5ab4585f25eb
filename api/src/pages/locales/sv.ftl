# Sidornas texter. Samma namn finns i alla tre filer.

## Ramen

skip = Gå till innehållet
languages = Språk
pages = Sidor
sign-out = Logga ut
footer = Rinnalla är ett register för kamratstöd. Av stödmottagaren syns bara en kod.
yes = Ja
no = Nej
back = Tillbaka
back-to-waiting = Väntar på mig
cancel = Avbryt
faults = Kontrollera dessa punkter
title-with-faults = Kontrollera: { $title }
moment = { $day } kl. { $time }
day-hint = Till exempel 23.11.2026
weekday-1 = mån
weekday-2 = tis
weekday-3 = ons
weekday-4 = tors
weekday-5 = fre
weekday-6 = lör
weekday-7 = sön

## Inloggning

sign-in = Logga in
sign-in-text = Du behöver inget lösenord. Vi skickar en länk till din e-post som du loggar in med.
sign-in-email = E-postadress
sign-in-email-hint = Den adress som du får registrets påminnelser till.
sign-in-email-malformed = Skriv en e-postadress, till exempel namn@example.fi.
sign-in-submit = Skicka länken
sign-in-wait = { $minutes ->
    [one] Länken har begärts för många gånger. Försök igen om en minut.
   *[other] Länken har begärts för många gånger. Försök igen om { $minutes } minuter.
  }
link-sent = Se din e-post
link-sent-text = Om adressen finns i registret kommer det strax ett meddelande med en länk för inloggning.
link-sent-same-browser = Öppna länken i den här webbläsaren.
link-sent-minutes = Länken gäller i 15 minuter och fungerar en gång.
link-sent-nothing = Om inget meddelande kommer, se i skräpposten och kontrollera att adressen är rätt skriven.
link-sent-again = Be om länken på nytt
door = Välkommen
door-text = Länken fungerar. Logga in med knappen.
door-submit = Logga in
opening = Öppnas
opening-way = Fortsätt

## Inloggningar

sessions = Inloggningar
sessions-text = Webbläsare där du är inloggad just nu. Om någon av dem inte är din, avsluta den.
sessions-this = den här webbläsaren
sessions-unknown-browser = Okänd webbläsare
sessions-since = Inloggad
sessions-last-seen = Använd senast
sessions-end = Avsluta
sessions-end-others = Avsluta alla andra
done-session-ended = Inloggningen är avslutad.

## När något inte lyckas

fault-way = Väntar på mig
fault-incident = Om du berättar om detta för administratören, ange den här koden:
fault-not-found = Sidan hittas inte
fault-not-found-text = Sidan finns inte, eller så får du inte se den. Adressen kan ha ändrats eller ärendet kan ha övergått till någon annan.
fault-forbidden = Du har inte rätt till detta
fault-forbidden-text = Din roll räcker inte till. Om du tror att det är ett misstag, fråga din förenings koordinator.
fault-unavailable = Tjänsten svarar inte just nu
fault-unavailable-text = Försök igen om en stund. Det är inte säkert om det du senast gjorde hann sparas; kontrollera det först.
fault-internal = Något gick fel
fault-internal-text = Felet är vårt. Ingenting sparades till hälften. Försök igen om en stund.
fault-conflict = Någon annan hann före
fault-conflict-text = Ärendet har ändrats under tiden. Öppna det på nytt och se hur det nu är.
fault-forged = Formuläret är föråldrat
fault-forged-text = Formuläret hör till en annan inloggning eller en annan sida och togs inte emot. Öppna sidan på nytt.
fault-form = Formuläret kunde inte läsas
fault-form-text = Det innehöll något som inte kan tas emot. Öppna sidan på nytt.
fault-method = Sidan kan inte öppnas så
fault-method-text = Öppna sidan från en länk eller via adressen.
fault-link = Länken gäller inte längre
fault-link-text = Länken har använts eller dess 15 minuter har gått. Be om en ny länk.
fault-other-browser = Öppna länken i en annan webbläsare
fault-other-browser-text = Länken fungerar bara i den webbläsare där du bad om den. Öppna den där, eller be om en ny länk i den här webbläsaren.

## Fel i formulär

error-required = Den här punkten saknas.
error-not-a-day = Skriv dagen så här: 23.11.2026.
error-not-a-number = Skriv ett heltal.
error-stale-version = Någon annan hann ändra detta. Se ovan hur det nu är och skicka sedan på nytt.
error-key-reused = Det här formuläret har redan skickats med andra uppgifter. Kontrollera och skicka på nytt.

## Väntar på mig

waiting = Väntar på mig
waiting-count = { $number ->
    [one] Ett ärende väntar på dig.
   *[other] { $number } ärenden väntar på dig. Det mest brådskande är först.
  }
waiting-nothing = Ingenting väntar på dig nu.
waiting-nothing-text = När något behöver dig får du ett meddelande, och då syns det här.
waiting-more = De mest brådskande visas. Resten kommer fram när dessa är skötta.
waiting-late = { $days ->
    [one] En dag försenat
   *[other] { $days } dagar försenat
  }
waiting-by = Senast { $day }
waiting-since = Har väntat sedan { $day }
waiting-referral-draft = En kontakt är inte färdig
waiting-referral-draft-text = Komplettera kontakten och skicka den till föreningen.
waiting-referral-draft-way = Komplettera
waiting-proposal-offered = En stödperson föreslås
waiting-proposal-offered-text = Berätta om förslaget för stödmottagaren och anteckna svaret.
waiting-proposal-offered-way = Anteckna svaret
waiting-first-meeting-to-record = Första träffen
waiting-first-meeting-to-record-text = Kontaktuppgifterna har lämnats ut. Ordna den första träffen och anteckna den.
waiting-first-meeting-to-record-way = Anteckna första träffen
waiting-agreement-to-record = Avtalet saknas
waiting-agreement-to-record-text = De två har träffats. Gör upp avtalet och anteckna det.
waiting-agreement-to-record-way = Anteckna avtalet
waiting-review-due = Dags för mellanutvärdering
waiting-review-due-text = Kom överens om en dag då ni träffas tillsammans. Om mellanutvärderingen redan är gjord, anteckna den.
waiting-review-due-way = Sköt mellanutvärderingen
waiting-review-booked = Mellanutvärderingen är bokad
waiting-review-booked-text = När ni har träffats antecknar du mellanutvärderingen här.
waiting-review-booked-way = Anteckna mellanutvärderingen
waiting-review-overdue = Tiden för mellanutvärderingen har gått ut
waiting-review-overdue-text = Anteckna om mellanutvärderingen hölls, eller boka en ny dag för den.
waiting-review-overdue-way = Sköt mellanutvärderingen
waiting-review-due-no-professional = Mellanutvärdering utan yrkesperson
waiting-review-due-no-professional-text = Ingen yrkesperson följer stödrelationen. Se vem som kan hålla mellanutvärderingen.
waiting-review-due-no-professional-way = Sköt mellanutvärderingen
waiting-agreement-to-change = Avtalet ändras
waiting-agreement-to-change-text = Vid mellanutvärderingen kom ni överens om att avtalet ändras. Anteckna ändringen.
waiting-agreement-to-change-way = Anteckna ändringen
waiting-pause-to-record = Paus
waiting-pause-to-record-text = Vid mellanutvärderingen kom ni överens om en paus. Anteckna den.
waiting-pause-to-record-way = Anteckna pausen
waiting-end-to-record = Stödrelationen avslutas
waiting-end-to-record-text = Vid mellanutvärderingen kom ni överens om att stödrelationen avslutas. Anteckna det.
waiting-end-to-record-way = Anteckna avslutet
waiting-proposal-asked = Du tillfrågas som stödperson
waiting-proposal-asked-text = Se vad det gäller och svara. Du behöver inte motivera svaret.
waiting-proposal-asked-way = Se och svara
waiting-referral-submitted = Ny kontakt
waiting-referral-submitted-text = Sök en stödperson och fråga.
waiting-referral-submitted-way = Sök en stödperson
waiting-referral-waiting = En kontakt väntar
waiting-referral-waiting-text = Ingen lämplig stödperson har hittats ännu.
waiting-referral-waiting-way = Sök en stödperson
waiting-proposal-by-phone = Fråga per telefon
waiting-proposal-by-phone-text = Ring stödpersonen och anteckna svaret.
waiting-proposal-by-phone-way = Anteckna svaret
waiting-proposal-unanswered = Ett förslag är obesvarat
waiting-proposal-unanswered-text = Svaret har väntat i en vecka. Fråga vad som dröjer.
waiting-proposal-unanswered-way = Se förslaget
waiting-details-to-disclose = Lämna ut kontaktuppgifterna
waiting-details-to-disclose-text = Båda har sagt ja. Ge stödpersonens kontaktuppgifter till yrkespersonen.
waiting-details-to-disclose-way = Lämna ut uppgifterna
waiting-notice-dead = En påminnelse kom inte fram
waiting-notice-dead-text = E-posten kunde inte levereras. Kontrollera adressen.
waiting-notice-dead-way = Se påminnelsen
waiting-notice-skipped = En påminnelse saknade mottagare
waiting-notice-skipped-text = Ingen kunde ta emot påminnelsen. Se vem ärendet hör till.
waiting-notice-skipped-way = Se påminnelsen

## Mellanutvärdering

what-to-do = Vad gör du?
review = Mellanutvärdering
review-upcoming = På kommande
review-is-due = Nu är det dags
review-is-overdue = Tiden har gått ut
review-was-held = Hållen
review-was-not-held = Inte hållen
review-was-cancelled = Inställd
fact-case = Stödmottagarens kod
fact-review-planned = Planerad dag
fact-review-window-end = Sista dagen
fact-review-booked-for = Bokad dag
fact-review-held-on = Hållen
review-held-way = Mellanutvärderingen hölls
review-held-way-hint = Anteckna vilka som var med och hur det har gått.
review-not-held-way = Mellanutvärderingen hålls inte
review-not-held-way-hint = Anteckna varför. Nästa mellanutvärdering räknas härifrån.
review-book-way = Boka en dag
review-book-way-hint = Du får en påminnelse före den bokade dagen.
review-held = Mellanutvärderingen hölls
review-held-submit = Spara
review-held-held-on = Dag
review-held-present = Vilka var med?
review-held-professional-present = Yrkespersonen
review-held-supported-present = Stödmottagaren
review-held-support-person-present = Stödpersonen
review-held-settles-cycle = Räcker en träff på två den här gången?
review-held-settles-cycle-hint = Svara bara om stödmottagaren eller stödpersonen inte var med. Om det inte räcker är mellanutvärderingen fortfarande öppen.
review-held-channel = Hur träffades ni?
review-held-progress = Hur har det gått i stödrelationen?
review-held-outcome = Vad händer sedan?
review-held-next-interval-months = Till nästa mellanutvärdering
review-held-next-interval-months-unit = månader
review-held-next-interval-months-hint = 3–6 månader.
done-review-held = Mellanutvärderingen är antecknad. Tack.
review-not-held = Mellanutvärderingen hålls inte
review-not-held-intro = Stödrelationen fortsätter även om mellanutvärderingen inte hålls.
review-not-held-reason = Varför?
review-not-held-submit = Spara
done-review-not-held = Antecknat: mellanutvärderingen hålls inte.
review-book = Boka en dag för mellanutvärderingen
review-book-intro = En bokad dag ersätter påminnelserna: vi påminner dig bara före den.
review-book-booked-for = Dag
review-book-submit = Spara
done-review-booked = Dagen är antecknad.
channel-in-person = Ansikte mot ansikte
channel-remote = På distans
progress-well = Bra
progress-varying = Växlande
progress-with-difficulty = Med svårighet
progress-not-said = Ingen uppgift
outcome-continue = Vi fortsätter så här
outcome-change-agreement = Avtalet ändras
outcome-pause = Vi tar en paus
outcome-end = Stödrelationen avslutas
not-held-not-reached = De kunde inte nås
not-held-postponed = Skjuts upp
not-held-not-wanted = Ingen mellanutvärdering önskades
not-held-professional-away = Yrkespersonen är borta
not-held-other = Annan orsak

## Stödrelationer

relationships = Stödrelationer
relationships-none = Du har inga stödrelationer.
relationships-next = Följande
relationships-see = Se
relationships-add-meeting = Lägg till en träff
relationship = Stödrelation
relationship-is-proposed = Kontaktuppgifterna har lämnats ut
relationship-is-first-meeting-held = Första träffen har hållits
relationship-is-agreed = Avtalad
relationship-is-active = Pågår
relationship-is-paused = På paus
relationship-is-ended = Avslutad
relationship-is-cancelled = Inställd
relationship-met = { $meetings ->
    [one] En träff, { $hours } timmar
   *[other] { $meetings } träffar, { $hours } timmar
  }
fact-relationship-proposed = Kontaktuppgifterna lämnades ut
fact-relationship-first-meeting = Första träffen
fact-relationship-agreed-until = Avtalad till
fact-relationship-ended = Avslutad
fact-meetings = Träffar
first-meeting-way = Anteckna första träffen
first-meeting-way-hint = När ni har träffats tillsammans för första gången.
first-meeting = Första träffen
first-meeting-intro = Yrkespersonen är med och för de två samman.
first-meeting-held-on = Dag
first-meeting-professional-present = Yrkespersonen var med
first-meeting-exception-reason = Varför var yrkespersonen inte med?
first-meeting-exception-reason-hint = Bara om yrkespersonen inte var med. Undantaget antecknas av koordinatorn.
first-meeting-submit = Spara
done-first-meeting = Första träffen är antecknad.
exception-professional-ill = Yrkespersonen var sjuk
exception-wish-of-supported = Stödmottagaren ville det
exception-distance = Lång väg
exception-other = Annan orsak
meeting-way = Lägg till en träff
meeting-way-hint = Dag, längd och vad ni gjorde. Om vad ni talade om antecknas ingenting.
meeting = Träff
meeting-intro = Om vad ni talade om antecknas ingenting.
meeting-met-on = Dag
meeting-minutes = Längd
meeting-minutes-unit = minuter
meeting-activity = Vad gjorde ni?
meeting-channel = Hur träffades ni?
meeting-submit = Spara
done-meeting = Träffen har lagts till.
meeting-channel-in-person = Ansikte mot ansikte
meeting-channel-phone = Per telefon
meeting-channel-video = Per video
meeting-channel-message = Med meddelanden
hand-over-way = Det här är inte längre mitt
hand-over-way-hint = Överlåt ärendet till en kollega eller till koordinatorn.
hand-over = Det här är inte längre mitt
hand-over-intro = Påminnelser och uppgifter övergår genast. Du ser inte ärendet efter det.
hand-over-successor-id = Vem tar över?
hand-over-to-coordinator = Koordinatorn söker någon
hand-over-submit = Överlåt
done-hand-over = Ärendet har överlåtits.
agreement-way = Anteckna avtalet
agreement-way-hint = Vad de två har kommit överens om: hur länge, hur ofta och var.
agreement = Avtal
agreement-intro = Ett nytt avtal ersätter det förra.
agreement-starts-on = Avtalet börjar
agreement-is-open-ended = Tills vidare
agreement-ends-on = Avtalet slutar
agreement-ends-on-hint = Lämna tomt om avtalet gäller tills vidare.
agreement-rhythm = Hur ofta träffas ni?
agreement-places = Var träffas ni?
agreement-places-hint = Välj en eller flera.
agreement-review-interval-months = Tiden mellan mellanutvärderingarna
agreement-review-interval-months-unit = månader
agreement-review-interval-months-hint = 3–6 månader.
agreement-professional-follows = Yrkespersonen är med vid mellanutvärderingarna
agreement-signed-on = Undertecknat
agreement-submit = Spara
done-agreement = Avtalet är antecknat.
rhythm-weekly = Varje vecka
rhythm-every-two-weeks = Varannan vecka
rhythm-monthly = Varje månad
rhythm-agreed-each-time = Avtalas från gång till gång
pause-way = Anteckna en paus
pause-way-hint = Inga påminnelser skickas under pausen.
pause = Paus
pause-paused-on = Pausen börjar
pause-submit = Spara
done-pause = Pausen är antecknad.
resume-way = Pausen är över
resume-way-hint = Nästa mellanutvärdering räknas från den dagen.
resume = Pausen är över
resume-resumed-on = Fortsätter
resume-submit = Spara
done-resume = Stödrelationen fortsätter.
end-way = Stödrelationen avslutas
end-way-hint = Anteckna den sista dagen och varför.
end = Stödrelationen avslutas
end-intro = Inga påminnelser skickas efter det.
end-ended-on = Sista dagen
end-end-reason = Varför?
end-submit = Spara
done-end = Stödrelationen är antecknad som avslutad.
end-reason-term-completed = Den avtalade tiden gick ut
end-reason-by-supported = Stödmottagaren avslutade
end-reason-by-support-person = Stödpersonen avslutade
end-reason-by-agreement = Ni kom överens om det
end-reason-moved = Flytt till en annan ort
end-reason-other = Annan orsak

## Förslag

proposal = Du tillfrågas som stödperson
proposal-intro = Du kan säga ja eller nej. Du behöver inte motivera svaret, och inga skäl antecknas.
proposal-agrees = Vill du bli stödperson?
proposal-yes = Ja, det vill jag
proposal-no = Inte den här gången
proposal-submit = Svara
proposal-supported = En stödperson föreslås
proposal-supported-intro = Berätta för stödmottagaren vem stödpersonen är. Du får kontaktuppgifterna när stödmottagaren har sagt ja.
proposal-supported-agrees = Vad svarade stödmottagaren?
proposal-supported-yes = Ja, de kan träffas
proposal-supported-no = Nej
proposal-supported-on = Dagen för svaret
proposal-supported-submit = Spara
proposal-closed = Förslag
proposal-closed-intro = Inget svar väntas från dig nu.
done-proposal = Svaret är antecknat. Tack.
proposal-phone = Stödpersonens svar per telefon
proposal-phone-intro = Ring stödpersonen. Svaret behöver inte motiveras, och inga skäl antecknas.
proposal-phone-agrees = Vad svarade stödpersonen?
proposal-phone-yes = Ja, vill bli stödperson
proposal-phone-no = Inte den här gången
proposal-phone-on = Dagen för svaret
proposal-phone-submit = Spara
proposal-taken-back = Inget svar kom: vi tar tillbaka förslaget
done-proposal-taken-back = Förslaget är återtaget. Kontakten väntar igen.
proposal-details = Lämna ut kontaktuppgifterna
proposal-details-intro = Båda har sagt ja. Yrkespersonen ser stödpersonens kontaktuppgifter genast, och utlämnandet antecknas.
proposal-details-submit = Lämna ut uppgifterna
done-proposal-details = Kontaktuppgifterna är utlämnade till yrkespersonen.
fact-support-person = Stödperson
fact-phone = Telefon
fact-email = E-post
fact-background = Bakgrund
fact-county = Välfärdsområde
fact-interests = Intressen
fact-wishes = Önskemål
fact-supporter-background = Stödpersonens bakgrund
fact-birth-decade = Född
decade = på { $decade }-talet
background-dependent-or-recovering = Eget beroende eller egen återhämtning
background-next-of-kin = Närstående
supporter-own-recovery = Egen återhämtning
supporter-next-of-kin = Närstående

## Kontakt

referral = Kontakt
referral-is-draft = Utkast
referral-is-submitted = Skickad till föreningen
referral-is-waiting = Väntar på en stödperson
referral-is-proposed = En stödperson tillfrågas
referral-is-accepted = Båda har sagt ja
referral-is-handed-over = Kommit i gång
referral-is-closed = Avslutad
referral-is-withdrawn = Återtagen
referral-is-declined = Kunde inte tas emot
referral-is-expired = Förfallen
referral-interest = Stödmottagaren är intresserad
referral-interest-intro = Kontakt tas bara om stödmottagaren själv vill ha en stödperson.
referral-interest-on = Dagen då stödmottagaren sade det
referral-interest-submit = Fortsätt
referral-consent = Stödmottagarens samtycke
referral-consent-intro = Läs upp samtycket för stödmottagaren innan du antecknar det.
referral-consent-on = Dagen då samtycket gavs
referral-consent-text-version = Vilken samtyckestext lästes upp?
referral-consent-text-version-hint = Blankettens namn eller nummer, till exempel 2026-1. Inga uppgifter om personen.
referral-consent-submit = Fortsätt
referral-send = Skicka till föreningen
referral-send-intro = Kontrollera uppgifterna. Föreningen ser dem när du har skickat.
referral-send-submit = Skicka
done-referral = Kontakten är skickad.
referral-choose = Vem frågar vi?
referral-choose-intro = De lämpligaste står överst. Du bestämmer.
referral-choose-support-person-id = Stödperson
referral-choose-channel = Hur frågar vi?
referral-choose-channel-hint = Bara när du har valt en stödperson.
referral-choose-on = Dag
referral-choose-submit = Spara
referral-keep-waiting = Ingen lämplig är ledig nu: kontakten får vänta
referral-decline = Ingen lämplig finns: vi kan inte ta emot
done-referral-asked = Stödpersonen tillfrågas.
done-referral-kept-waiting = Kontakten får vänta.
done-referral-declined = Antecknat: kontakten kunde inte tas emot.
asking-register = I registret: stödpersonen ser frågan där
asking-phone = Per telefon: du ringer och antecknar svaret
reason-background = samma bakgrund
reason-same-age = i samma ålder
reason-near-age = nästan i samma ålder
reason-municipality = från samma kommun
reason-county = från samma välfärdsområde
reason-weekday = passande veckodagar
reason-free = { $number ->
    [one] kan ta emot en
   *[other] kan ta emot { $number }
  }
reason-asked-before = har tillfrågats tidigare

## Utskrifter

paper = Utskrifter
paper-intro = Tomma avtal att skriva ut, med varje förenings egna villkor. Ifyllda blanketter finns på stödrelationens och mellanutvärderingens sida.
paper-none = Ingen förening har ännu publicerat någon avtalsmall.
paper-blank-agreement = Tomt avtal
paper-version = Version { $version }, publicerad { $day }
paper-in-fi = på finska
paper-in-sv = på svenska
paper-in-en = på engelska
paper-bar = Utskrift
paper-language = Utskriftens språk
paper-how = Skriv ut med webbläsarens utskriftsfunktion (Ctrl + P). Den här raden skrivs inte ut.
paper-no-own-text = Föreningen har inte publicerat någon egen text på det här språket.
paper-printed-on = Utskrivet { $day }
agreement-sheet-way = Skriv ut avtalet
agreement-sheet-way-hint = Det ni har avtalat är ifyllt, med plats för namn och underskrifter.
hand-over-sheet-way = Skriv ut minneslistan för första träffen
hand-over-sheet-way-hint = Stödpersonens kontaktuppgifter och vad du gör först.
review-sheet-way = Skriv ut mellanutvärderingens blankett
review-sheet-way-hint = Det som antecknas, föreningens egna frågor och plats för svar.
paper-agreement = Avtal om stödrelation
paper-agreement-lead = Avtalet ingås mellan stödmottagaren och stödpersonen. Stödrelationen är frivillig för båda.
paper-supported = Stödmottagare
paper-support-person = Stödperson
paper-professional = Yrkesperson
paper-name = Namn
paper-agreed = Det här har vi avtalat
paper-starts-on = Stödrelationen börjar
paper-ends-on = Stödrelationen slutar
paper-open-ended = Gäller tills vidare
paper-on-the-day = Den
paper-rhythm = Hur ofta vi träffas
paper-places = Var vi träffas
paper-elsewhere = På annan plats:
paper-interval = Mellanutvärdering
paper-interval-months = med { $months } månaders mellanrum
paper-months = { $months } mån.
paper-follows = Yrkespersonen är med vid mellanutvärderingarna
paper-terms = Gemensamma villkor
paper-signatures = Underskrifter
paper-signatures-lead = Avtalet finns i två likadana exemplar, ett för vardera parten.
paper-place-and-day = Ort och datum
paper-signature = Underskrift
paper-template-foot = Avtalsmall: { $association }, version { $version }, { $day }.
paper-agreement-foot = I registret antecknas bara hur länge, hur ofta och var ni träffas samt mellanutvärderingens intervall. Det här papperet blir kvar hos parterna.
paper-review = Mellanutvärderingens blankett
paper-review-lead = Som minnesstöd när ni träffas alla tre. Det som kryssas för antecknas i registret, inget annat.
paper-review-to-record = Antecknas i registret
paper-held-on = Dag
paper-present = Med var
paper-own-questions = Föreningens egna frågor
paper-own-questions-lead = Svaren antecknas inte i registret.
paper-review-foot = Skriv ingens namn på det här papperet. Förstör papperet när du inte längre behöver det.
paper-hand-over = Ledsagad överföring
paper-hand-over-lead = Minneslista för yrkespersonen som för stödmottagaren och stödpersonen samman.
paper-contact = Stödpersonens kontaktuppgifter
paper-phone = Telefon
paper-email = E-post
paper-mailbox = Föreningens postlåda
paper-steps = Första träffen
paper-step-call = Jag kontaktar stödpersonen och berättar när det passar stödmottagaren.
paper-step-time = Vi bestämmer en tid och en plats som passar båda.
paper-time = Tid
paper-place = Plats
paper-step-present = Jag är själv med och presenterar dem för varandra.
paper-step-agreement = De kommer överens om hur länge, hur ofta och var de träffas. Jag tar med ett tomt avtal.
paper-step-follow = Vi bestämmer om jag är med i fortsättningen: mellanutvärdering hålls med 3–6 månaders mellanrum.
paper-step-record = Jag antecknar första träffen och avtalet i registret.
paper-hand-over-foot = Kontaktuppgifterna har lämnats ut bara för den här stödrelationen, och att de har visats syns i användningsloggen. Skriv inte stödmottagarens namn på det här papperet. Förstör papperet när du inte längre behöver det.

## Kursträffen

waiting-course-session = Kursträff
waiting-course-session-text = Anteckna vilka som var på plats.
waiting-course-session-way = Vilka är på plats?
attendance = Vilka är på plats?
attendance-intro = Tryck för var och en. Om något blev fel kan du spara på nytt.
attendance-submit = Spara
attendance-nobody = Kursen har inga deltagare ännu.
attendance-later = Närvaron kan antecknas när dagen för kursträffen har kommit.
attendance-missed = Borta två gånger i rad utan att meddela. Fråga hur det är.
attendance-nameless = Namnet är borttaget
mark-present = På plats
mark-partly = En del av tiden
mark-excused = Borta, meddelade
mark-absent = Borta
fact-session = Kursträff
fact-theme = Tema
done-attendance = Närvaron är sparad.

## Kurserna

courses = Kurser
courses-none = Du är inte med i några kurser.
courses-own = Kurser som du deltar i
courses-led = Föreningens kurser
back-to-courses = Kurser
course-sessions = Kursträffar
course-print-list = Skriv ut närvarolistan
course-graduates = Har fullföljt kursen
course-certificate = Skriv ut intyget
course-status-planned = Planerad
course-status-open = Tar emot deltagare
course-status-running = Pågår
course-status-finished = Avslutad
course-status-cancelled = Inställd
session-status-scheduled = Kommande
session-status-moved = Flyttad till den här tiden
session-status-held = Hållen
session-status-cancelled = Inställd
enrolment-status-applied = Väntar på plats
enrolment-status-enrolled = Med
enrolment-status-graduated = Fullföljd
enrolment-status-interrupted = Avbruten
enrolment-status-no-show = Började aldrig
enrolment-status-cancelled = Borttagen från listan
fact-course-status = Kursens läge
fact-unit = Enhet
fact-taking-part = Deltagare
fact-own-part = Eget deltagande
fact-decided = Beslutsdag
own-reminders = Påminnelser
own-reminders-on = Du får en påminnelse per e-post före varje träff och ett meddelande om tiden ändras.
own-reminders-off = Du får inga påminnelser.
own-reminders-stop = Jag vill inte ha påminnelser
own-reminders-start = Jag vill ha påminnelser
done-reminders = Ditt val är sparat.
paper-attendance = Närvarolista
paper-attendance-empty = Tom rad
paper-attendance-foot = Raden för den som deltar under pseudonym har lämnats tom. Anteckna närvaron i registret och förstör papperet.
paper-certificate = Intyg
paper-certificate-completed = har fullföljt utbildningen för kamratledare { $from }–{ $to }. Utbildningen omfattade { $sessions } träffar, sammanlagt { $hours } timmar.
paper-certificate-facilitator = utbildare

feedback = Respons
feedback-intro = Svara så som du själv tycker. 1 = inte alls, 5 = helt. Ingen ser vem som svarade, och du kan hoppa över frågor.
feedback-heard = Jag blev lyssnad på.
feedback-safe = Det kändes tryggt att vara i gruppen.
feedback-useful = Jag har nytta av det här i mitt eget liv.
feedback-recommends = Jag skulle rekommendera det här till andra.
feedback-submit = Skicka
feedback-given = Tack för din respons!

## Samtycket till att synas i registret

listing-consent = Ditt samtycke
listing-consent-intro = Förläng samtycket eller avsluta det. Valet är ditt, och ingen frågar varför.
listing-consent-until = Gäller till och med
listing-consent-until-hint = Högst tre år från i dag, till exempel 23.11.2027.
listing-consent-submit = Förläng samtycket
listing-consent-end = Avsluta samtycket
listing-consent-end-intro = Samtycket upphör genast, och du syns inte längre i registrets förteckning. Du kan ge ditt samtycke på nytt senare.
listing-consent-end-submit = Avsluta samtycket
fact-register = Register
fact-consent-until = Samtycket upphör
done-listing-consent = Samtycket fortsätter.
done-listing-consent-end = Samtycket är avslutat.

## En påminnelse som inte kom fram

notice = En påminnelse kom inte fram
notice-intro = Se vem påminnelsen var till och vad det berodde på. Rätta adressen först om det behövs, och skicka sedan på nytt.
notice-submit = Spara
notice-step = Vad gör vi?
notice-send-again = Skicka på nytt. Mejlet går ut vid nästa utskick, på vardagar efter klockan 9.
notice-seen-to = Ärendet är skött på annat sätt
notice-person-way = Se adressen och rätta den
notice-relationship-way = Se stödrelationen
fact-notice = Påminnelse
fact-notice-role = Till vem
fact-notice-for = För dagen
fact-notice-person = Mottagare nu
fact-notice-reason = Varför
fact-notice-ended = När
notice-no-address = e-postadress saknas
notice-address-refused = posten kommer inte fram till adressen, rätta den
notice-address-refused-once = adressen avvisades en gång
notice-why-no-recipient = Ingen kunde nås: mottagarens, ersättarens och koordinatorns adress saknas eller fungerar inte, och föreningen har ingen brevlåda.
notice-why-attempts = Vi försökte många gånger, men e-postservern tog inte emot meddelandet.
notice-why-refused = Mottagarens e-postserver avvisade meddelandet ({ $code }).
notice-why-other = Meddelandet kunde inte skickas ({ $code }).
notice-was-seen-to = Skött { $day }
notice-is-on-its-way = På väg
notice-was-sent = Skickad
notice-was-cancelled = Inte längre aktuell och därför inte skickad
notice-waits-for-coordinator = Väntar på koordinatorn
notice-was-not-wished = Mottagaren vill inte ha de här påminnelserna
notice-kind-review-coming = En mellanutvärdering närmar sig
notice-kind-review-due = Det är dags för en mellanutvärdering
notice-kind-review-nudge = Mellanutvärderingen är ännu inte hållen
notice-kind-review-overdue = Tiden för mellanutvärderingen har gått ut
notice-kind-review-due-no-professional = En mellanutvärdering som ingen yrkesperson följer
notice-kind-review-booked = Den bokade mellanutvärderingen är snart
notice-kind-sign-in = Inloggningslänk
notice-kind-weekly-digest = Veckoöversikt
notice-kind-session-coming = En kursträff är snart
notice-kind-session-moved = En kursträff har flyttats
notice-kind-session-cancelled = En kursträff har ställts in
notice-to-professional = Den ansvariga yrkespersonen
notice-to-coordinator = Koordinatorn
notice-to-oneself = Den som loggar in
notice-to-participant = Kursdeltagaren
notice-to-facilitator = Kursledaren
done-notice-sent-again = Påminnelsen skickas på nytt.
done-notice-seen-to = Påminnelsen är antecknad som skött.

## En stödmottagare utan yrkesperson

waiting-professional-to-name = En stödmottagare utan yrkesperson
waiting-professional-to-name-text = Yrkespersonen lämnade ärendet utan att utse någon efterträdare. Utse en ny yrkesperson.
waiting-professional-to-name-way = Utse en yrkesperson
name-professional = Vem tar ansvaret?
name-professional-intro = Den nya yrkespersonen ser stödmottagarens uppgifter genast och får påminnelserna från och med nu. Kom först överens med personen.
name-professional-submit = Utse
name-professional-person-id = Yrkesperson
name-professional-person-id-hint = De yrkespersoner du känner till i den organisation som hänvisade stödmottagaren. Om rätt person saknas, be organisationen lägga till personen i registret.
done-professional-named = Yrkespersonen är utsedd.

## Kontaktuppgifter

own-details = Mina kontaktuppgifter
own-details-intro = De som har fått dina kontaktuppgifter ser de ändrade uppgifterna genast. Ändringen antecknas.
own-details-submit = Spara
own-details-name = Namn
own-details-email = E-postadress
own-details-email-hint = Hit kommer påminnelser och inloggningslänkar.
own-details-phone = Telefon
own-details-phone-hint = Till exempel 040 123 4567
own-details-language = Språket vi skriver till dig på
own-details-language-hint = Det finns ännu inga meddelanden på samiska: då skriver vi på föreningens språk.
details = Kontaktuppgifter
details-intro = De som har fått kontaktuppgifterna ser de ändrade uppgifterna genast. Ändringen antecknas.
details-submit = Spara
details-name = Namn
details-email = E-postadress
details-email-hint = Hit kommer påminnelser och inloggningslänkar. Kontrollera adressen med personen själv.
details-phone = Telefon
details-phone-hint = Till exempel 040 123 4567
details-language = Språket vi skriver till personen på
reads-fi = finska
reads-sv = svenska
reads-en = engelska
reads-se = nordsamiska
reads-smn = enaresamiska
reads-sms = skoltsamiska
done-details = Kontaktuppgifterna har sparats.

## Ny kontakt

refer-way = Ta en ny kontakt
refer = Ny kontakt
refer-intro = Stödmottagaren är bara en kod i registret. Skriv inte något namn någonstans. Utkastet syns bara för dig tills du skickar det.
refer-submit = Spara utkastet och fortsätt
refer-organisation-id = Till vilken förening?
refer-organisation-id-hint = Föreningar som din organisation hänvisar till.
refer-referring-organisation-id = För vilken organisations räkning?
refer-background = Vem söks stödet för?
refer-kin-relation = Den närståendes relation
refer-kin-relation-hint = Svara bara om stödet söks för en närstående.
refer-support-form = Stödets form
support-form-individual = För en person
support-form-family = För en familj
refer-phase = I vilket skede av rehabiliteringen?
phase-before-rehab = Före rehabiliteringen
phase-during-rehab = Under rehabiliteringen
phase-after-rehab = Efter rehabiliteringen
phase-no-rehab = Ingen rehabilitering
phase-unknown = Inte känt
refer-county-code = Välfärdsområde
refer-municipality-code = Kommun
refer-municipality-code-hint = Bara för att hitta en lämplig stödperson. Får lämnas tomt.
refer-language = Språket som stödmottagaren talar
refer-birth-decade = Födelseårtionde
refer-birth-decade-hint = Får lämnas tomt.
refer-interests = Vad tycker stödmottagaren om?
refer-interests-hint = Välj så många du vill, eller lämna tomt.
refer-wishes = Vad önskar stödmottagaren av stödpersonen?
refer-information-source = Vem berättade om kamratstöd?

## Föreningens egna texter

own-texts = Egna texter: { $association }
own-texts-intro = Avtalets villkor och mellanutvärderingens frågor med föreningens egna ord. Varje publicering blir en ny version; de tidigare finns kvar.
own-text-none = Ännu inte publicerad
own-text-limits = Högst { $lines } rader, högst { $chars } tecken per rad
fact-association = Förening
fact-own-text-language = Språk
fact-own-text-size = Utrymme
own-terms = Avtalets villkor
own-terms-intro = Villkoren skrivs ut i avtalet före underskrifterna.
own-terms-submit = Publicera
own-terms-lines = Villkor
own-terms-lines-hint = Varje rad är ett eget stycke; tomma rader räknas inte. Om du tömmer fältet skrivs inga villkor ut längre.
own-questions = Mellanutvärderingens frågor
own-questions-intro = Frågorna skrivs ut på mellanutvärderingens blankett, med plats för svar för hand. Svaren antecknas inte i registret.
own-questions-submit = Publicera
own-questions-lines = Frågor
own-questions-lines-hint = En fråga per rad. Om du tömmer fältet skrivs inga frågor ut längre.
done-own-text = Texten har publicerats.
