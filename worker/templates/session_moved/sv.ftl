subject = Din bokade tid har ändrats
body =
    Din bokade tid har ändrats. Den nya tiden är { $date } med början { $time }.

    Om du inte kan komma, hör gärna av dig i förväg.
