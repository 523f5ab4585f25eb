## Osallistumisluvut

figures = Osallistumisluvut
figures-none = Lukuja ei ole.
figures-table-way = Taulukot ja tiedostot
back-to-figures = Osallistumisluvut
figures-half-year = { $year }, { $no }. vuosipuolisko
figures-quarter-of = { $year }, { $no }. neljännes
figures-period = Jakso
figures-by = Jaottelu
figures-by-nothing = Ei jaottelua, vain yhteensä
figures-by-hint = Useimmat jaottelut ovat vain kokonaisilta vuosilta.
figures-show = Näytä taulukko
figures-hidden = salattu
figures-files = Taulukko tiedostona
figures-files-intro = Tiedostossa ovat myös määritelmä, jakso, huomautus salatuista luvuista ja lähde.
figures-csv = CSV-tiedosto
figures-workbook = Excel-tiedosto (XLSX)

figures-count = Lukumäärä
figures-not-there = ei julkaistu
quarter = Vertaistuki neljänneksittäin
quarter-way = Yhteenveto: { $period }
quarter-lead = Yhteenveto jaksosta { $period } ({ $from }–{ $to }) ja neljästä edellisestä neljänneksestä, kaikista rekisteriä käyttävistä organisaatioista yhteensä.
quarter-on-the-last-day = { $name } { $day }: { $by }
quarter-definitions = Mitä on laskettu
quarter-source = Lähde: vertaistuen rekisteri Rinnalla. Viimeisimmät luvut on julkaistu { $day }.

board = Toimintavuosi
board-way = Oma vuosi { $year } (sisäinen): { $association }
board-internal = Sisäinen: tarkat luvut yhdistyksen omaan käyttöön. Ei luovuteta eteenpäin.
board-lead = Vuosi { $year } sellaisena kuin se oli kirjattu { $day }, edellisen vuoden rinnalla. Luvuista ei ole salattu mitään, ja niiden katsominen on kirjattu käyttölokiin.
board-workbook = Excel-tiedosto (XLSX)
board-totals = Luvut yhteensä
board-what = Mitä
board-parts = Jaottelut
board-foot = Mitä kussakin luvussa on laskettu, kerrotaan osallistumislukujen sivulla. Meneillään olevan vuoden luvut ovat tähän päivään asti.
