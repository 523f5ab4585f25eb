subject = Veckoöversikt
body =
    Det här väntar på dig i tjänsten. Detaljerna ser du när du har loggat in.
item-overdue = Genomgångar vars tid har gått ut: { $count }
item-unfollowed = Aktuella genomgångar som ingen följer: { $count }
item-referrals = Förfrågningar som väntar: { $count }
item-proposals = Förslag som väntar: { $count }
item-given-up = Ärenden utan ansvarig: { $count }
item-undelivered = Meddelanden som inte kom fram: { $count }
