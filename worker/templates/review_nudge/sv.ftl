subject = Påminnelse: ett ärende väntar på genomgång
body =
    Genomgången av ärende { $case } har ännu inte antecknats. Det finns tid kvar: genomgången kan
    göras senast { $date }.

    Om genomgången redan är gjord räcker det att du antecknar den i tjänsten. Om en dag är bokad
    kan du anteckna den, så påminner vi dig bara före den.
