subject = Muistutus: viestejä odottaa vastausta
body =
    Viestejä, jotka ovat odottaneet vastausta vähintään kaksi viikkoa: { $count }.
