subject = Reminder: a matter to check soon
body =
    Matter { $case } is due for a check on { $date }.

    It helps to book a suitable day in good time. Once you add it to the service, we will remind
    you before it.
