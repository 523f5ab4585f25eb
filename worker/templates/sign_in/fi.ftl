subject = Linkki kirjautumiseen
body =
    Pyysit linkkiä kirjautumiseen. Linkki on voimassa 15 minuuttia ja toimii kerran, siinä selaimessa,
    jossa pyysit sen.

    Jos et pyytänyt linkkiä, voit poistaa tämän viestin. Kukaan ei pääse sisään ilman sitä.
sign-in-button = Kirjaudu sisään
sign-in-intro = Avaa tämä osoite siinä selaimessa, jossa pyysit linkin:
