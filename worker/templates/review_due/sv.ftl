subject = Påminnelse: ett ärende att gå igenom
body =
    Nu är det dags att gå igenom ärende { $case }. Genomgången kan göras senast { $date }.

    När genomgången är gjord antecknar du den i tjänsten. Det går snabbt, några val räcker.

    Om genomgången blir av först senare kan du anteckna den bokade dagen i tjänsten. Då påminner
    vi dig bara före den.
