subject = Viikkokatsaus
body =
    Tämä odottaa sinua palvelussa. Yksityiskohdat näet, kun kirjaudut sisään.
item-overdue = Tarkistuksia, joiden aika on mennyt: { $count }
item-unfollowed = Ajankohtaisia tarkistuksia, joita kukaan ei seuraa: { $count }
item-referrals = Yhteydenottoja, jotka odottavat: { $count }
item-proposals = Ehdotuksia, jotka odottavat: { $count }
item-given-up = Asioita, joilla ei ole vastuuhenkilöä: { $count }
item-undelivered = Viestejä, jotka eivät menneet perille: { $count }
