subject = Something to check: last week
body =
    The week that began on { $date } did not turn out as intended.

    You will see the reasons once you have signed in.
