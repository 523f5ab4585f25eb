subject = Tarkistettava asia: viime viikko
body =
    Viikko, joka alkoi { $date }, ei toteutunut niin kuin oli tarkoitus.

    Syyt näet, kun kirjaudut palveluun.
