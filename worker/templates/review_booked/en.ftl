subject = Reminder: a booked day is coming up
body =
    The check of matter { $case } is booked for { $date }.

    If the day changes, please add the new one to the service. Once the check is done, record it.
    It is quick: a few choices are enough.
