subject = Muistutus: tarkistuksen määräaika on mennyt
body-professional =
    Asian { $case } tarkistus piti tehdä viimeistään { $date }, mutta sitä ei ole kirjattu.

    Ei hätää, tarkistuksen voi tehdä vieläkin. Jos se on jo tehty, riittää, että kirjaat sen
    palveluun. Jos tarkistusta ei tehdä, senkin voi kirjata.
body-coordinator =
    Asian { $case } tarkistus piti tehdä viimeistään { $date }, mutta sitä ei ole kirjattu. Siitä
    on jo muistutettu.

    Voisitko katsoa, missä mennään? Tarkistuksen voi tehdä vieläkin, ja joskus pieni yhteydenotto
    auttaa asiaa eteenpäin.
