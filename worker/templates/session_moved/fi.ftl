subject = Sovittu aikasi on muuttunut
body =
    Sovittu aikasi on muuttunut. Uusi aika on { $date } alkaen { $time }.

    Jos et pääse tulemaan, ilmoita siitä etukäteen.
