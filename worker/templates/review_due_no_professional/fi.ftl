subject = Muistutus: tarkistettava asia
body =
    Asian { $case } tarkistus on nyt ajankohtainen. Sen voi tehdä viimeistään { $date }.

    Muistutus tulee sinulle, koska kukaan muu ei juuri nyt seuraa asiaa. Voisitko katsoa, kuka
    tarkistuksen tekee?
