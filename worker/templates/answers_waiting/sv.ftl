subject = Påminnelse: meddelanden väntar på svar
body =
    Meddelanden som har väntat på svar i minst två veckor: { $count }.
