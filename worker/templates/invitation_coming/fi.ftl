subject = Kutsu: aika viikon päästä
body =
    Sinulle on varattu aika { $date } alkaen { $time }.

    Kirjaudu palveluun ja kerro, pääsetkö tulemaan.
