subject = Reminder: the time for a check has passed
body-professional =
    Matter { $case } was to be checked by { $date }, but no check has been recorded.

    Not to worry, the check can still be done. If it has already been done, simply record it in
    the service. If it will not be done, you can record that too.
body-coordinator =
    Matter { $case } was to be checked by { $date }, but no check has been recorded. A reminder
    has already been sent.

    Could you see how things stand? The check can still be done, and sometimes a quick word is
    all it takes.
