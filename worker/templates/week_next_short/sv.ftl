subject = Att kontrollera: nästa vecka
body =
    För veckan som börjar { $date } är mindre planerat än det är tänkt.

    Bristerna ser du när du har loggat in.
