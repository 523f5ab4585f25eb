subject = Sovittu aikasi on peruttu
body =
    Aika, joka sinulle oli sovittu { $date } alkaen { $time }, on peruttu. Ilmoitamme, jos sen tilalle
    tulee uusi.
