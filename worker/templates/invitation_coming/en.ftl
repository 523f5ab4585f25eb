subject = Invitation: an appointment in a week
body =
    You are invited to an appointment on { $date } at { $time }.

    Please sign in and say whether you can come.
