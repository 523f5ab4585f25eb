# Shared by every mail; see layout.fi.ftl. The date comes as `torsdagen den 12 mars 2026`.
sender = Påminnelser
greeting = Hej { $first_name }!
greeting-unnamed = Hej!
button = Öppna ärendet
link-intro = Logga in för att öppna ärendet:
link-hint = Om knappen inte fungerar kan du kopiera adressen till webbläsaren:
closing = Med vänliga hälsningar
closing-unsigned = Ha en fin dag!
no-reply = Det här är ett automatiskt meddelande. Svara inte på det, för svaren läses inte.
