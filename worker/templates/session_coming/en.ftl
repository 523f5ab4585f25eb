subject = Reminder: your appointment is coming up
body =
    Your appointment is on { $date } and begins at { $time }.

    If you cannot come, please let us know beforehand.
