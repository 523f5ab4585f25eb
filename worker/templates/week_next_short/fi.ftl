subject = Tarkistettava asia: ensi viikko
body =
    Viikkoon, joka alkaa { $date }, on suunniteltu vähemmän kuin on tarkoitus.

    Puutteet näet, kun kirjaudut palveluun.
