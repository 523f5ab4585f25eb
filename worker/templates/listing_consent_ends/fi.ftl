subject = Muistutus: antamasi suostumus päättyy
body =
    Antamasi suostumus päättyy { $date }.

    Voit jatkaa sitä tai päättää sen heti. Jos et tee mitään, se päättyy silloin itsestään.
