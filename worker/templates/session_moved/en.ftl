subject = Your appointment has changed
body =
    Your appointment has changed. It is now on { $date } and begins at { $time }.

    If you cannot come, please let us know beforehand.
