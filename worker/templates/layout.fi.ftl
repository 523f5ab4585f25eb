# Shared by every mail. Nothing here or in a mail may tell what the matter is about, who takes part
# in it or in which role, where or at what hour. The date comes as `torstaina 12.3.2026`.
sender = Muistutukset
greeting = Hei { $first_name }!
greeting-unnamed = Hei!
button = Avaa asia
link-intro = Pääset asiaan kirjautumalla:
link-hint = Jos painike ei toimi, kopioi tämä osoite selaimeen:
closing = Ystävällisin terveisin
closing-unsigned = Mukavaa päivänjatkoa!
no-reply = Tämä on automaattinen viesti. Ethän vastaa siihen, sillä vastauksia ei lueta.
