# Virheet: koodi on pysyvä, lause on ihmiselle.

error-not-found = Tätä ei ole.
error-forbidden = Tähän ei ole oikeutta.
error-unauthenticated = Kirjaudu ensin sisään.
error-unavailable = Palvelu ei vastaa juuri nyt. Yritä hetken päästä uudelleen.
error-stale-version = Joku muu ehti muuttaa tätä. Katso, mikä on muuttunut, ja yritä uudelleen.
error-key-reused = Samaa tunnistetta on jo käytetty toiseen pyyntöön.
error-bad-user-input = Tarkista, mitä kirjoitit.
error-required = Tämä tarvitaan.
error-empty = Tämä ei voi olla tyhjä.
error-too-long = Teksti on liian pitkä.
error-control-character = Tekstissä on merkki, jota ei voi tallentaa.
error-malformed = Tämä ei ole oikeaa muotoa.
error-out-of-range = Luku ei ole sallituissa rajoissa.
error-date-in-future = Päivä on vasta tulossa.
error-date-in-past = Päivä on jo mennyt.
error-dates-out-of-order = Päivät ovat väärässä järjestyksessä.
error-unknown = Tätä ei löydy.
error-unknown-code = Tätä vaihtoehtoa ei ole luettelossa.
error-wrong-state = Tätä ei voi tehdä nykyisessä tilassa.
error-later-entries-stand-on-it = Myöhemmät kirjaukset perustuvat tähän. Peru ne ensin.
error-email-in-use = Tämä sähköpostiosoite on jo toisella henkilöllä.
error-already-support-person = Henkilö on jo tukihenkilö tässä yhdistyksessä.
error-relationship-already-open = Näillä kahdella on jo avoin tukisuhde.
error-proposal-already-open = Yhteydenotolla on jo avoin ehdotus.
error-already-on-the-case = Henkilö on jo tämän tuettavan ammattilainen.
