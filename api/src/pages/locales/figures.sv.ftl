## Deltagandesiffror

figures = Deltagandesiffror
figures-none = Det finns inga siffror.
figures-table-way = Tabeller och filer
back-to-figures = Deltagandesiffror
figures-half-year = { $year }, halvår { $no }
figures-quarter-of = { $year }, kvartal { $no }
figures-period = Period
figures-by = Indelning
figures-by-nothing = Ingen indelning, endast totalt
figures-by-hint = De flesta indelningar finns bara för hela år.
figures-show = Visa tabellen
figures-hidden = dolt
figures-files = Tabellen som fil
figures-files-intro = Filen innehåller också definitionen, perioden, en anmärkning om dolda tal och källan.
figures-csv = CSV-fil
figures-workbook = Excel-fil (XLSX)

figures-count = Antal
figures-not-there = inte publicerat
quarter = Kamratstödet kvartal för kvartal
quarter-way = Sammandrag: { $period }
quarter-lead = Sammandrag av perioden { $period } ({ $from }–{ $to }) och de fyra föregående kvartalen, för alla organisationer som använder registret.
quarter-on-the-last-day = { $name } { $day }: { $by }
quarter-definitions = Vad som har räknats
quarter-source = Källa: kamratstödets register Rinnalla. De senaste siffrorna publicerades { $day }.

board = Verksamhetsåret
board-way = Eget år { $year } (internt): { $association }
board-internal = Internt: exakta siffror för föreningens eget bruk. Lämnas inte vidare.
board-lead = År { $year } så som det var antecknat { $day }, bredvid föregående år. Ingenting har dolts, och att siffrorna har visats är antecknat i användningsloggen.
board-workbook = Excel-fil (XLSX)
board-totals = Siffrorna totalt
board-what = Vad
board-parts = Indelningar
board-foot = Vad som har räknats i varje siffra beskrivs på sidan för deltagandesiffror. Det pågående årets siffror gäller till och med i dag.

grant = Understödsobjektets år
grant-way = Understödsobjekt { $year } (internt): { $name }
grant-lead = Siffror för finansiärens årsrapport. Varje människa har räknats en gång i varje roll. Att siffrorna har visats är antecknat i användningsloggen.
grant-class = Klass för frivilliga
grant-trustees = Förtroendevalda, läggs till för hand
grant-trustees-general = En frivillig arbetar utan lön och arbetsavtal. I allmänt understöd (Ay) räknas förtroendevalda inte som frivilliga. Förtroendevalda finns inte i registret.
grant-trustees-targeted = En frivillig arbetar utan lön och arbetsavtal. I riktat understöd (Ak) kan förtroendevalda som har skött sådana uppgifter läggas till. Förtroendevalda finns inte i registret.
grant-trustees-project = En frivillig arbetar utan lön och arbetsavtal. I projektunderstöd (C) kan förtroendevalda som har skött sådana uppgifter läggas till. Förtroendevalda finns inte i registret.
grant-trustees-other = En frivillig arbetar utan lön och arbetsavtal. Se i finansiärens anvisning om förtroendevalda räknas som frivilliga. Förtroendevalda finns inte i registret.
grant-kind-general = Allmänt understöd (Ay)
grant-kind-targeted = Riktat understöd (Ak)
grant-kind-project = Projektunderstöd (C)
grant-kind-other = Annat understöd
fact-grant-target = Understödsobjekt
fact-grant-funder = Finansiär
fact-grant-kind = Understödets slag
fact-grant-period = Understödsperiod
fact-grant-year = År
