subject = Reminder: your consent is ending
body =
    The consent that you gave ends on { $date }.

    You can renew it, or end it at once. If you do nothing, it ends then by itself.
