subject = Påminnelse: ett ärende att gå igenom
body =
    Nu är det dags att gå igenom ärende { $case }. Genomgången kan göras senast { $date }.

    Påminnelsen kommer till dig eftersom ingen annan följer ärendet just nu. Kan du ta reda på vem
    som gör genomgången?
