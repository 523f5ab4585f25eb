subject = Påminnelse: din bokade tid närmar sig
body =
    Din bokade tid är { $date } med början { $time }.

    Om du inte kan komma, hör gärna av dig i förväg.
