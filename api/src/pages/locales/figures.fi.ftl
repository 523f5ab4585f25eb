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

grant = Avustuskohteen vuosi
grant-way = Avustuskohde { $year } (sisäinen): { $name }
grant-lead = Luvut rahoittajan vuosiraporttia varten. Kukin ihminen on laskettu kerran kussakin roolissa. Lukujen katsominen on kirjattu käyttölokiin.
grant-class = Vapaaehtoisten luokka
grant-trustees = Luottamushenkilöt, käsin lisättävä
grant-trustees-general = Vapaaehtoinen työskentelee ilman palkkaa ja työsopimusta. Yleisavustuksessa (Ay) luottamushenkilöitä ei lasketa vapaaehtoisiksi. Rekisterissä ei ole luottamushenkilöitä.
grant-trustees-targeted = Vapaaehtoinen työskentelee ilman palkkaa ja työsopimusta. Kohdennetussa avustuksessa (Ak) voidaan lisätä luottamushenkilöt, jotka ovat tehneet näitä tehtäviä. Rekisterissä ei ole luottamushenkilöitä.
grant-trustees-project = Vapaaehtoinen työskentelee ilman palkkaa ja työsopimusta. Hankeavustuksessa (C) voidaan lisätä luottamushenkilöt, jotka ovat tehneet näitä tehtäviä. Rekisterissä ei ole luottamushenkilöitä.
grant-trustees-other = Vapaaehtoinen työskentelee ilman palkkaa ja työsopimusta. Katso rahoittajan ohjeesta, lasketaanko luottamushenkilöt vapaaehtoisiksi. Rekisterissä ei ole luottamushenkilöitä.
grant-kind-general = Yleisavustus (Ay)
grant-kind-targeted = Kohdennettu avustus (Ak)
grant-kind-project = Hankeavustus (C)
grant-kind-other = Muu avustus
fact-grant-target = Avustuskohde
fact-grant-funder = Rahoittaja
fact-grant-kind = Avustuksen laji
fact-grant-period = Avustuskausi
fact-grant-year = Vuosi
