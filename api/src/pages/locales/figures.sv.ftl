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
