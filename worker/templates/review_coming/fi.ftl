subject = Muistutus: tarkistettava asia on tulossa
body =
    Asia { $case } tulee tarkistettavaksi { $date }.

    Päivä kannattaa sopia hyvissä ajoin. Kun merkitset sen palveluun, muistutamme sinua
    ennen sitä.
