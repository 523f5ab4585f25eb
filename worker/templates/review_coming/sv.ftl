subject = Påminnelse: snart dags att gå igenom ett ärende
body =
    Det är dags att gå igenom ärende { $case } { $date }.

    Boka gärna en lämplig dag i god tid. När du antecknar den i tjänsten påminner vi dig före den.
