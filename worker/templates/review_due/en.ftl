subject = Reminder: a matter to check
body =
    Matter { $case } is now due for a check. There is time until { $date }.

    Once the check is done, please record it in the service. It is quick: a few choices are
    enough.

    If the check is done later, add the day booked for it to the service. We will then remind
    you only before that day.
