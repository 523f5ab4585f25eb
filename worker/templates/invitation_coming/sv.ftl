subject = Inbjudan: en tid om en vecka
body =
    Du är inbjuden { $date } med början { $time }.

    Logga in i tjänsten och berätta om du kan komma.
