subject = Månadsöversikt
body =
    Antal personer för vilka den utsatta tidsgränsen har passerats: { $count }.
