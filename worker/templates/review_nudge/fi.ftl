subject = Muistutus: asia on vielä tarkistamatta
body =
    Asian { $case } tarkistusta ei ole vielä kirjattu. Aikaa on jäljellä: tarkistuksen voi tehdä
    viimeistään { $date }.

    Jos tarkistus on jo tehty, riittää, että kirjaat sen palveluun. Jos sille on sovittu päivä,
    merkitse se, niin muistutamme sinua vain ennen sitä.
