# Shared by every mail; see layout.fi.ftl. The date comes as `Thursday 12 March 2026`.
sender = Reminders
greeting = Hello { $first_name },
greeting-unnamed = Hello,
button = Open the matter
link-intro = Sign in to open the matter:
link-hint = If the button does not work, copy this address into your browser:
closing = Kind regards,
closing-unsigned = Have a good day!
no-reply = This is an automatic message. Please do not reply to it, as replies are not read.
