subject = Att kontrollera: förra veckan
body =
    Veckan som började { $date } blev inte som det var tänkt.

    Orsakerna ser du när du har loggat in.
