subject = Inbjudan: en träff om en vecka
body =
    Du är inbjuden till en träff { $date } med början { $time }.

    Logga in i tjänsten och berätta om du kan komma.
