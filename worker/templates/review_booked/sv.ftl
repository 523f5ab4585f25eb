subject = Påminnelse: den bokade dagen närmar sig
body =
    Genomgången av ärende { $case } är bokad till { $date }.

    Om dagen ändras antecknar du den nya dagen i tjänsten. När genomgången är gjord antecknar du
    den. Det går snabbt, några val räcker.
