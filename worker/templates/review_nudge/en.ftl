subject = Reminder: a matter is still to be checked
body =
    The check of matter { $case } has not been recorded yet. There is still time, until { $date }.

    If the check has already been done, simply record it in the service. If a day has been booked
    for it, add the day and we will remind you only before it.
