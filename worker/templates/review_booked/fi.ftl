subject = Muistutus: sovittu päivä lähestyy
body =
    Asia { $case } on sovittu tarkistettavaksi { $date }.

    Jos päivä muuttuu, merkitse uusi päivä palveluun. Kun tarkistus on tehty, kirjaa se. Se käy
    nopeasti, muutama valinta riittää.
