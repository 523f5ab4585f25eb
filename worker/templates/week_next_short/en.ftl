subject = Something to check: next week
body =
    Less is planned for the week that begins on { $date } than is intended.

    You will see what is missing once you have signed in.
