# Fel: koden är bestående, meningen är för människan.

error-not-found = Det här finns inte.
error-forbidden = Du har inte rätt att göra detta.
error-unauthenticated = Logga först in.
error-unavailable = Tjänsten svarar inte just nu. Försök igen om en stund.
error-stale-version = Någon annan hann ändra detta. Se vad som har ändrats och försök igen.
error-key-reused = Samma nyckel har redan använts för en annan begäran.
error-bad-user-input = Kontrollera vad du skrev.
error-required = Detta behövs.
error-empty = Detta kan inte vara tomt.
error-too-long = Texten är för lång.
error-control-character = Texten innehåller ett tecken som inte kan sparas.
error-malformed = Detta har inte rätt form.
error-out-of-range = Talet är utanför de tillåtna gränserna.
error-date-in-future = Dagen har inte kommit än.
error-date-in-past = Dagen har redan gått.
error-dates-out-of-order = Dagarna är i fel ordning.
error-unknown = Detta hittas inte.
error-unknown-code = Det här alternativet finns inte i listan.
error-shares-do-not-add-up = Andelarna stämmer inte med kostnaden.
error-wrong-state = Detta kan inte göras i nuvarande läge.
error-later-entries-stand-on-it = Senare anteckningar bygger på denna. Ångra dem först.
error-email-in-use = E-postadressen används redan av en annan person.
error-already-support-person = Personen är redan stödperson i den här föreningen.
error-relationship-already-open = De två har redan en öppen stödrelation.
error-proposal-already-open = Kontakten har redan ett öppet förslag.
error-already-on-the-case = Personen är redan yrkesperson för detta ärende.
error-gates-open = Alla villkor som programmet ställer är inte uppfyllda denna dag.
error-not-valid-then = Det går inte att komma med i programmet den dagen.
error-somebodys-own = Detta är någons egen. Ange organisationens egen.
error-organisation-closed = Organisationen är avslutad: dess efterträdare har tagit över.
error-succession-proposed = En efterträdare är redan föreslagen. Återta förslaget först.
error-support-person-in-both = Någon är stödperson i båda organisationerna. Avsluta det först i den ena.
error-default-programme = Standardprogrammet behåller sina tre villkor. Definiera ett eget program.
error-already-recorded = Det här är redan antecknat.
error-already-cancelled = Det här är redan återkallat.
error-criterion-applies = Ettårskriteriet gäller den som har återhämtat sig från eget beroende.
error-attest-again = Återkalla intyget och intyga kriteriet på nytt: tiden som det räknades från har inte sparats.
error-open-relationships-remain = Stödpersonen har öppna stödrelationer. Avsluta dem först.
error-open-proposals-remain = Stödpersonen har öppna förslag. Vänta på svar eller återkalla dem först.
error-no-partnership = Organisationerna samarbetar inte om detta i det här området.
error-not-next-of-kin = Relationen antecknas bara när den som får stöd är närstående.
error-interest-not-confirmed = Intresset hos den som får stöd har inte antecknats ännu.
error-consent-missing = Samtycket av den som får stöd har inte antecknats.
error-relationship-still-open = Stödrelationen från det tidigare förslaget har inte avslutats ännu.
error-support-person-not-active = Stödpersonen är inte verksam just nu.
error-no-free-capacity = Stödpersonen har redan så många stödrelationer och förslag som hen tar emot.
error-wrong-channel = Svaret i registret är stödpersonens eget; ett svar per telefon antecknas av samordnaren.
error-date-not-today = Ett svar i registret ges för i dag.
error-not-from-your-side = Det här kan återkallas eller rättas bara av den sida som antecknade det.
error-cancel-the-relationship = Kontaktuppgifterna har getts och stödrelationen öppnats. Återkalla utlämnandet av kontaktuppgifterna.

error-same-twice = Välj två olika alternativ.
error-already-partners = De har redan ett sådant partnerskap under dessa dagar.
error-not-yours-to-give = Denna roll ges och avslutas av administratören.
error-not-yours-to-correct = Den här personens uppgifter rättas av personen själv eller av dennes andra organisation.
error-role-already-held = Personen har redan denna roll under dessa dagar.
error-only-role = Detta är personens enda roll. Ge först den rätta rollen.
error-no-work-there = Personen har inget arbete i denna organisation under dessa dagar.
error-substitute-lacks-role = Ersättaren måste ha samma roller under alla dagar.
error-substitute-away = Ersättaren är själv borta under dessa dagar.
error-absence-overlaps = Det finns redan en frånvaro under dessa dagar.
error-not-a-professional-there = Personen är inte yrkesperson i den organisationen.
error-responsible-needed = Välj först en annan ansvarig.
error-looks-like-identity-number = Det här ser ut som en personbeteckning. Sådana sparas inte i registret.
error-notice-is-needed = Den här påminnelsen är nödvändig och kan inte väljas bort.
error-notes-not-allowed = Organisationen för inga anteckningar. Administratören kan ta dem i bruk.
error-too-many = Det finns redan för många. Ta först bort några.
error-is-oneself = Du kan inte slå bort dig själv.
error-not-yours-to-merge = Den ena har en roll som du inte kan ge, eller arbetar också någon annanstans.
error-two-support-persons = Båda är stödpersoner här. Avsluta först den som ska stängas.
error-both-sides-of-a-case = Den ena är yrkesperson i ett ärende där den andra är stödperson.
error-already-responsible = Personen är redan ansvarig.

error-professional-must-be-present = Yrkespersonen måste vara med.
error-one-of-two-must-be-present = Stödmottagaren eller stödpersonen måste vara med.
error-coordinator-only = Undantaget antecknas av koordinatorn.
error-not-applicable = Detta hör inte hit.

# Kurser.

error-day-taken = Kursen har redan en annan kursträff den dagen.
error-curriculum-in-use = Kurser följer redan den här versionen. Lägg till nästa version i stället.
error-too-few-professionals = Två yrkespersoner måste leda kursen innan en kursträff antecknas.
error-already-enrolled = Personen deltar redan i den här kursen.
error-no-free-place = Kursen är full.
error-not-a-facilitator-there = Personen är inte ledare i föreningen. Som biträdande duger också en kamratledare.
error-last-session-to-come = Alla kursträffar har inte hållits ännu. Håll eller ställ in dem först.

# Erfarenhetsexperter.

error-not-an-expert-there = Personen är ingen erfarenhetsexpert i organisationen. Ge rollen först.
error-not-a-volunteer-there = Personen är varken erfarenhetsexpert eller stödperson i organisationen.

# Arbetshandledning.

error-not-supervised = Organisationen ordnar inte föreningens arbetshandledning den dagen.
error-not-a-peer-there = Någon är den dagen varken stödperson under utbildning eller i uppdrag, kamratledare eller erfarenhetsexpert i föreningen.
error-not-a-supervisor-there = Personen är inte en annan arbetshandledare i organisationen den dagen.
error-texts-not-allowed = Organisationen för inga anteckningar om handledningsträffar. Huvudanvändaren kan tillåta dem.
error-written-by-another = Någon annan har redan skrivit en anteckning om den här träffen.

# Mötesplatser.

error-slug-in-use = En annan plats har redan det här adressordet.
error-not-open-then = Platsen är inte öppen då.
error-overlaps = Platsen är redan öppen då.
error-not-at-the-place = Personen har ingen roll på platsen den dagen.
error-not-a-paid-guide-there = Personen är inte anställd ledare i föreningen.
error-times-out-of-order = Klockslagen är i fel ordning.

# Beside fields for free words.

hint-label = Ett eget minnesstöd, till exempel ditt eget mappnummer. Skriv inget som andra kan känna igen någon på: inget namn och ingen personbeteckning.
hint-note = En praktisk sak, till exempel när personen nås bäst. Skriv inget om någons hälsa eller återhämtning och inga andras namn. Personen kan begära att få läsa anteckningen.

# Flytt av uppgifter från en fil: vad som är fel och vad som ska skrivas i stället.

moving-row = rad { $row }
moving-rows = raderna { $rows } … (sammanlagt { $count })
moving-no-file = Filen hittas inte. Kontrollera namnet och mappen.
moving-not-a-workbook = Filen är ingen Excel-arbetsbok. Spara den som .xlsx eller ange en mapp med CSV-filer.
moving-old-format = Filen har ett äldre eller annat kalkylformat. Öppna den i kalkylprogrammet och spara som .xlsx.
moving-password = Filen är skyddad med lösenord. Spara den utan lösenord.
moving-broken-file = Filen är avbruten eller trasig. Öppna den i kalkylprogrammet och spara på nytt.
moving-too-big = Filen är för stor. Ta bort allt som inte hör till mallen, eller dela den.
moving-no-sheets = Filen har inget av mallens blad. Hämta mallen med kommandot: rinnalla import --template.
moving-too-many-rows = Bladet har över { $most } rader. Dela filen.
moving-not-utf8 = Filen är inte i UTF-8. Spara den som ”CSV UTF-8”.
moving-unknown-sheet = Bladet finns inte i mallen. Ge det något av dessa namn eller ta bort det: { $names }.
moving-sheet-twice = Samma blad finns två gånger i filen. För ihop raderna till ett blad.
moving-unknown-column = Kolumnen ”{ $heading }” finns inte i mallen. Rätta rubriken enligt mallen eller ta bort kolumnen.
moving-column-twice = Samma kolumn finns två gånger på bladet. Lämna en av dem.
moving-missing-column = Kolumnen ”{ $heading }” saknas. Lägg till den på första raden.
moving-merged = Cellerna { $cells } är sammanfogade. Dela dem och skriv uppgiften på varje rad.
moving-formula = Cellen har en formel. Skriv resultatet i stället: kopiera och klistra in som värde.
moving-broken-cell = Cellen har ett fel från kalkylprogrammet. Skriv uppgiften på nytt.
moving-required = Uppgiften behövs. Fyll i cellen.
moving-too-long = Texten är för lång. Skriv högst { $most } tecken.
moving-control-character = Texten har ett osynligt tecken. Töm cellen och skriv texten för hand.
moving-bad-email = Det här är ingen e-postadress. Skriv den som fornamn.efternamn@example.fi, en adress i cellen.
moving-bad-phone = Det här är inget telefonnummer. Skriv det som 040 123 4567 eller +358 40 123 4567, ett nummer i cellen.
moving-bad-name = Det här är inte en persons namn. Skriv namnet med bokstäver, utan tillägg.
moving-not-a-text = Kalkylprogrammet har gjort det här till ett tal. Formatera cellen som text och skriv uppgiften på nytt.
moving-bad-day = Det här är ingen dag. Skriv den som 23.11.2026.
moving-slashed-day = Av snedstreck syns det inte vilken som är dagen och vilken som är månaden. Skriv den 1 februari som 1.2.2026 eller 2026-02-01. Om kalkylprogrammet skrev dagarna så här i en CSV-fil, spara i stället som .xlsx.
moving-far-day = Året kan inte stämma. Skriv dagen som 23.11.2026.
moving-date-in-future = Dagen har inte kommit än. Skriv en dag som har varit, eller lämna cellen tom.
moving-bad-number = Skriv ett heltal mellan { $least } och { $most }.
moving-unknown-word = Ordet ”{ $written }” är okänt här. Skriv något av dessa: { $allowed }.
moving-nearly-a-word = Ordet ”{ $written }” är okänt här. Menade du ”{ $nearest }”? Övriga ord: { $allowed }.
moving-bad-municipality = Skriv kommunens tresiffriga kod, till exempel Kajana 205.
moving-status-differs = Som status står ”{ $written }”, men av radens dagar följer ”{ $follows }”. Rätta dagarna eller lämna status tom.
moving-not-a-decade = Skriv årtiondets första år, till exempel 1980.
moving-key-twice = Detsamma finns redan på rad { $row }. Lämna en av dem, eller ge vardera ett eget nummer.
moving-email-twice = Samma e-postadress finns redan på rad { $row }. Är det samma människa, ta bort den ena raden.
moving-email-in-use = Adressen hör redan till en annan person i registret. Kontrollera adressen, eller be driften göra organisationerna till partner.
moving-not-yours = Den här personen kan inte ändras från den här organisationen. Återställ raden eller ta bort den.
moving-changed-since = Det här har ändrats i registret efter flytten. Hämta en ny fil med kommandot rinnalla export och rätta i den.
moving-role-twice = Samma roll finns redan på rad { $row }. Lämna en av dem.
moving-not-yours-to-give = Den här rollen kan inte ges i den här organisationen. Rollerna som administratör, dataskyddsombud och analytiker ges av en administratör.
moving-unknown-person = Personen hittas inte. Skriv numret på bladet Personer eller e-postadressen.
moving-unknown-organisation = Organisationen finns inte bland partnerna. Skriv namnet så som det står i registret.
moving-several-organisations = Det finns flera organisationer. Skriv vilken; av dem med samma namn identifieraren.
moving-no-role = Personen har ingen roll. Lägg till personen på bladet Roller eller Stödpersoner, eller ta bort raden.
moving-dates-out-of-order = Dagarna är i fel ordning. Rätta den här eller dagen före.
moving-gates-open = Den dagen var inte alla tre villkor uppfyllda. Fyll i dagarna för drogfrihet, utbildning och sekretessförbindelse, eller lämna startdagen tom.
moving-criterion-applies = Villkoret gäller alltid den som själv har återhämtat sig. Skriv dagen i kolumnen ”Drogfrihet intygad”.
moving-same-day-twice = Samma dag finns redan i en annan kolumn. Skriv en egen dag i vardera.
moving-not-a-support-person = Personen är ingen stödperson. Lägg till personen på bladet Stödpersoner.
moving-other-support-person = Stödrelationen har en annan stödperson i registret. Ge den nya relationen ett eget nummer.
moving-support-person-not-active = Stödpersonen är inte verksam. Fyll i villkoren och startdagen på bladet Stödpersoner.
moving-does-not-refer = Organisationen är ingen partner som föreslår stödmottagare. Kontrollera namnet, eller lägg först till partnerskapet.
moving-not-a-professional = Personen är inte yrkesperson hos någon partner. Lägg till rollen på bladet Roller.
moving-bad-case-code = Det här är ingen ärendekod. Skriv den som 7KXR-2MHD, eller lämna tomt: registret ger ärendekoden.
moving-other-case = Stödrelationen har en annan kod i registret. Återställ den.
moving-unknown-case = Ingen har den här koden. Lämna tomt: registret ger ärendekoden.
moving-case-differs = Med den här koden står andra uppgifter i registret. Skriv samma uppgifter om stödmottagaren och yrkespersonen.
moving-already-open = De två har redan en pågående stödrelation. Ta bort raden.
moving-over-capacity = Med stödpersonen har avtalats högst { $most } stödmottagare, och raderna är { $carried }. Rätta antalet eller avsluta relationer.
moving-not-next-of-kin = Närståenderelationen antecknas bara när stödmottagaren är närstående. Töm cellen.
moving-one-alone = Skriv en enda kod.
moving-why-not-present = Yrkespersonen var inte med. Skriv varför.
moving-was-present = Yrkespersonen var med. Töm cellen.
moving-agreement-incomplete = Det här saknas i avtalet. Fyll i början, slut (eller ”tills vidare”), underskrift, träffrytm och platser, eller lämna allt tomt.
moving-too-many-places = Platserna är för många. Skriv högst åtta.
moving-held-and-not-held = Antingen hölls mellanutvärderingen eller inte. Fyll i bara det ena.
moving-one-of-two-must-be-present = Minst en av de två ska ha varit med. Skriv ”ja” för den ena.
moving-say-if-it-settles = Bara den ena var med. Skriv om mellanutvärderingen räcker: ja eller nej.
moving-joint-settles = När alla tre var med räcker mellanutvärderingen alltid. Skriv ”ja” eller lämna tomt.
moving-end-without-reason = Fyll i både slutdagen och orsaken, eller lämna båda tomma.
moving-consent-later = Samtycket ges innan kontaktuppgifterna ges. Rätta dagen.
moving-step-missing = Steget före saknas: först första träffen, sedan avtalet, sedan mellanutvärdering och paus. Fyll i det.
moving-meeting-twice = En träff samma dag finns redan på rad { $row }. Var de två, ge vardera ett eget nummer.
moving-outside-relationship = Träffen ligger inte mellan första träffen och slutet. Rätta dagen.
moving-unknown-relationship = Stödrelationen hittas inte. Skriv numret på bladet Stödrelationer.
moving-bad-clock = Det här är inget klockslag. Skriv det som 17.30; en träff kan börja senast kl. { $most }.
moving-bad-sum = Det här är ingen summa. Skriv euro och cent, till exempel 12,50; högst { $most } €.
moving-identity-number = Texten ser ut att innehålla en personbeteckning. Ta bort den: registret tar inte emot personbeteckningar.
moving-too-many-named = De är för många. De får vara högst { $most }.
moving-unknown-row = Raden hittas inte. Skriv numret i tabellen { $names }.
moving-named-twice = Samma står redan i kolumnen bredvid. Lämna det i en av dem.
moving-not-a-facilitator = Personen har inte rollen ledare i föreningen. Lägg till rollen i tabellen Roller; för en biträdande ledare räcker kamratledare.
moving-other-course = Det här hör i registret till en annan kurs eller är en annan träff. Ge den nya raden ett eget nummer.
moving-session-twice = Kursen har redan denna träff, eller en annan träff samma dag. Rätta numret eller dagen, eller märk den ena som inställd.
moving-sessions-missing = Kursen saknar träffarna { $names }. Skriv alla åtta i tabellen Kursträffar, eller ingen: då planeras de med en veckas mellanrum.
moving-name-or-person = Skriv antingen en person i registret, eller ett namn eller en pseudonym. Fyll i bara det ena.
moving-no-address = Påminnelser kan bara en person i registret få. Skriv personen i stället för namnet, eller töm cellen.
moving-not-decided = Beslutsdagen hör till den som slutförde, avbröt eller inte kom. Rätta statusen eller töm cellen.
moving-next-steps-of-graduates = Fortsättningen antecknas bara för den som slutförde kursen, och högst tio. Rätta statusen eller töm cellen.
moving-enrolled-twice = Personen är redan med i kursen. Lämna en rad om personen.
moving-course-not-open = Kursen är inte öppnad, men den har deltagare. Skriv ja i kolumnen ”Anmälan öppnad” i tabellen Kurser.
moving-no-session = Kursen har inte denna träff, eller den är inställd. Töm cellen, eller lägg till träffen i tabellen Kursträffar.
moving-too-few-professionals = Närvaro antecknas först när kursen har två ledare. Fyll i kolumnen ”Ledare” i tabellen Kurser.
moving-waits = Den som står i kö är ännu inte med i kursen. Rätta statusen eller töm cellen.
moving-last-session-to-come = Kursen kan slutföras först efter den sista träffen, när närvaron vid varje träff är antecknad. Fyll i träffarna, eller rätta dagen eller statusen.
moving-came = Personen var med vid någon träff. Skriv avbröt som status, eller rätta närvaron.
moving-course-full = Kursen har { $most } platser, och deltagarna är fler. Skriv i kö som status för en del, eller rätta antalet platser.
moving-session-marked = Närvaro är antecknad vid träffen. Den kan inte ställas in eller flyttas till en kommande dag.
moving-training-cancelled = Utbildningen är inställd. Skriv nej, eller rätta utbildningen.
moving-weekend-not-told = Stödpersonen har inte veckoslutet { $written }. Skriv dagen i tabellen Stödpersoner, eller nej här.
moving-cohort-or-day = Skriv antingen en utbildningsgrupp eller den dag då en annan utbildning slutfördes. Fyll i bara det ena.
moving-consent-incomplete = Ett samtycke har både början och slut. Fyll i båda dagarna, eller töm båda.
moving-consent-too-long = Ett samtycke gäller högst tre år, och slutar inte innan det getts. Rätta dagen.
moving-not-an-expert = Personen är inte erfarenhetsexpert. Lägg till personen i tabellen Erfarenhetsexperter.
moving-not-of-this-kind = Det här hör inte till detta slag: kilometer hör till egen bil, dagar till dagtraktamente. Töm cellen.
moving-not-a-volunteer = Personen är varken stödperson eller erfarenhetsexpert i föreningen. Lägg till rollen i tabellen Roller.

moving-sheet = Blad
moving-column = Kolumn
moving-needed = Behövs
moving-write = Vad som skrivs
moving-yes = ja
moving-form-text = Text.
moving-form-day = Dag, till exempel 23.11.2026.
moving-form-number = Heltal.
moving-form-word = Något av dessa: { $allowed }.
moving-form-words = Ett eller flera, med semikolon emellan: { $allowed }.
moving-form-day-or-word = Dag, till exempel 23.11.2026, eller: { $allowed }.
moving-form-codes = Kommunens tresiffriga kod; flera med semikolon emellan.
moving-form-keys = En eller flera: nummer i tabellen Personer eller e-postadress, med semikolon emellan.
moving-form-names = En eller flera organisationers namn, med semikolon emellan.
moving-form-clock = Klockslag, till exempel 17.30.
moving-form-sum = Euro och cent, till exempel 12,50.
moving-note-people-key = Föreningens eget nummer eller e-postadressen: därav känns samma person igen när filen tas in på nytt. Registret bevarar det inte.
moving-note-roles-person = Numret på bladet Personer eller e-postadressen.
moving-note-roles-organisation = Tomt betyder den egna föreningen; av en partner dess namn.
moving-note-support-persons-person = Numret på bladet Personer eller e-postadressen.
moving-note-support-persons-criterion-met-on = Dagen då det intygades att drogfriheten varat ett år. Inte dagen då den började.
moving-note-support-persons-status = Får lämnas tomt: status följer av dagarna.
moving-note-support-relationships-key = Föreningens eget nummer, inte stödmottagarens namn. Registret bevarar det inte utan ger en ärendekod.
moving-note-support-relationships-case-code = Lämnas tomt: registret ger ärendekoden.
moving-note-support-relationships-professional = Numret på bladet Personer eller e-postadressen.
moving-note-support-relationships-support-person = Numret på bladet Personer eller e-postadressen.
moving-note-support-relationships-consent-on = Dagen då stödmottagaren gav sitt samtycke.
moving-note-support-relationships-disclosed-on = Dagen då stödpersonens kontaktuppgifter gavs till yrkespersonen; tomt betyder dagen för första träffen.
moving-note-support-relationships-status = Får lämnas tomt: status följer av dagarna.
moving-note-meetings-key = Får lämnas tomt när dagen har en enda träff.
moving-note-meetings-relationship = Numret på bladet Stödrelationer.
moving-note-courses-key = Föreningens eget nummer på kursen.
moving-note-courses-starts-on = Den första träffens dag. Utan tabellen Kursträffar planeras träffarna härifrån med en veckas mellanrum, helger överhoppade.
moving-note-courses-lunch = Lunchpausens längd i minuter; 0 om det inte finns någon.
moving-note-courses-opened = Tomt betyder ja.
moving-note-course-sessions-key = Får lämnas tom: träffen känns igen på kursen och ordningsnumret.
moving-note-course-sessions-course = Numret i tabellen Kurser.
moving-note-course-sessions-no = Vilken av de åtta: 1–8. En ersättande träff har den inställdas nummer.
moving-note-course-sessions-starts-at = Kursens klockslag, om tomt.
moving-note-course-sessions-planned-on = Den ursprungliga dagen, om träffen flyttades.
moving-note-enrolments-key = Föreningens eget nummer på deltagandet, inget namn.
moving-note-enrolments-course = Numret i tabellen Kurser.
moving-note-enrolments-person = Bara om en person i registret: nummer i tabellen Personer, eller e-postadress. Annars namn eller pseudonym.
moving-note-enrolments-pseudonym = Skriv ja om namnet är en pseudonym.
moving-note-enrolments-status = Deltar, om tomt.
moving-note-enrolments-decided-on = Den dag då det beslutades att kursen slutförts, avbrutits eller att personen inte kom.
moving-note-trainings-key = Föreningens eget nummer på utbildningen.
moving-note-trainings-trainer = Tomt betyder den egna föreningen; om en partner skrivs namnet.
moving-note-trainings-first-on = Veckoslutets första dag.
moving-note-trainings-second-on = Det andra veckoslutets första dag.
moving-note-training-participants-training = Numret i tabellen Utbildningar.
moving-note-training-participants-support-person = Nummer i tabellen Personer, eller e-postadress.
moving-note-training-participants-first = Om personen var med. Dagen skrivs i tabellen Stödpersoner.
moving-note-training-participants-second = Om personen var med. Dagen skrivs i tabellen Stödpersoner.
moving-note-expert-cohorts-key = Föreningens eget nummer på utbildningsgruppen.
moving-note-expert-cohorts-trainer = Tomt betyder den egna föreningen; om en partner skrivs namnet.
moving-note-experts-person = Nummer i tabellen Personer, eller e-postadress.
moving-note-experts-trainer = Tomt betyder den egna föreningen; om en partner skrivs namnet.
moving-note-experts-cohort = Numret i tabellen Utbildningsgrupper, om personen utbildades i en grupp.
moving-note-experts-trained-on = Den dag då en annan utbildning slutfördes; tomt om utbildningsgruppen är skriven.
moving-note-experts-consent-until = Den sista dagen då personen får förtecknas; högst tre år efter samtycket.
moving-note-expert-assignments-key = Föreningens eget nummer på uppdraget.
moving-note-expert-assignments-expert = Nummer i tabellen Personer, eller e-postadress.
moving-note-expert-assignments-host = Tomt betyder den egna föreningen; om en partner skrivs namnet.
moving-note-expert-assignments-phase = Inte känt, om tomt.
moving-note-expenses-key = Föreningens eget nummer på kostnadsersättningen.
moving-note-expenses-person = Stödperson eller erfarenhetsexpert: nummer i tabellen Personer, eller e-postadress.
moving-note-expenses-kilometres = Bara om egen bil.
moving-note-expenses-days = Bara om dagtraktamente.

moving-count = { $sheet }: nya { $new }, ändrade { $changed }, oförändrade { $same }
moving-mend = Att rätta: { $count }. Ingenting flyttades.
moving-would = Filen är i ordning. Så här skulle den flyttas:
moving-done = Flyttat:
moving-code = Stödrelationer, rad { $row }: ärendekod { $code }

# In people's calendars: says nothing of what it is about.
appointment = Möte
appointments = Möten
deadline = Ärende att kontrollera

# In the public calendar of a drop-in place, before its name.
place-open = Öppet

# Önskemål.

error-rate-limited = Härifrån skickades för mycket på kort tid. Vänta några minuter och skicka igen.
error-answer-needed = Den som önskat något får veta varför det inte är möjligt.
error-box-full = Lådan är full just nu och önskemålen läses. Försök igen om några dagar.
