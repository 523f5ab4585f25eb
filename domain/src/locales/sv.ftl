# Fel: koden är bestående, meningen är för människan.

error-not-found = Det här finns inte.
error-forbidden = Du har inte rätt att göra detta.
error-unauthenticated = Logga först in.
error-unavailable = Tjänsten svarar inte just nu. Försök igen om en stund.
error-stale-version = Någon annan hann ändra detta. Se vad som har ändrats och försök igen.
error-key-reused = Samma nyckel har redan använts för en annan begäran.
error-bad-user-input = Kontrollera vad du skrev.
error-required = Detta behövs.
error-empty = Detta kan inte vara tomt.
error-too-long = Texten är för lång.
error-control-character = Texten innehåller ett tecken som inte kan sparas.
error-malformed = Detta har inte rätt form.
error-out-of-range = Talet är utanför de tillåtna gränserna.
error-date-in-future = Dagen har inte kommit än.
error-date-in-past = Dagen har redan gått.
error-dates-out-of-order = Dagarna är i fel ordning.
error-unknown = Detta hittas inte.
error-unknown-code = Det här alternativet finns inte i listan.
error-wrong-state = Detta kan inte göras i nuvarande läge.
error-later-entries-stand-on-it = Senare anteckningar bygger på denna. Ångra dem först.
error-email-in-use = E-postadressen används redan av en annan person.
error-already-support-person = Personen är redan stödperson i den här föreningen.
error-relationship-already-open = De två har redan en öppen stödrelation.
error-proposal-already-open = Kontakten har redan ett öppet förslag.
error-already-on-the-case = Personen är redan yrkesperson för detta ärende.
