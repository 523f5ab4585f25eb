subject = Kutsu: tapaaminen viikon päästä
body =
    Sinut on kutsuttu tapaamiseen { $date } alkaen { $time }.

    Kirjaudu palveluun ja kerro, pääsetkö tulemaan.
