subject = Muistutus: sovittu aikasi lähestyy
body =
    Sovittu aikasi on { $date } alkaen { $time }.

    Jos et pääse tulemaan, ilmoita siitä etukäteen.
