subject = Your sign-in link
body =
    You asked for a link to sign in. It is valid for 15 minutes and works once, in the browser in
    which you asked for it.

    If you did not ask for a link, you can delete this message. Nobody can get in without it.
sign-in-button = Sign in
sign-in-intro = Open this address in the browser in which you asked for the link:
