subject = Muistutus: tarkistettava asia
body =
    Asian { $case } tarkistus on nyt ajankohtainen. Sen voi tehdä viimeistään { $date }.

    Kun tarkistus on tehty, kirjaa se palveluun. Se käy nopeasti, muutama valinta riittää.

    Jos tarkistus tehdään vasta myöhemmin, merkitse sovittu päivä palveluun. Silloin muistutamme
    sinua vain ennen sitä.
