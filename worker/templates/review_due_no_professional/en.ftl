subject = Reminder: a matter to check
body =
    Matter { $case } is now due for a check. There is time until { $date }.

    This reminder comes to you because nobody else is following the matter at the moment. Could
    you see who might do the check?
