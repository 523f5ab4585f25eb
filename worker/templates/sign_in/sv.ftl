subject = Länk för inloggning
body =
    Du bad om en länk för att logga in. Länken gäller i 15 minuter och fungerar en gång, i den
    webbläsare där du bad om den.

    Om du inte bad om någon länk kan du radera det här meddelandet. Ingen kommer in utan det.
sign-in-button = Logga in
sign-in-intro = Öppna den här adressen i webbläsaren där du bad om länken:
