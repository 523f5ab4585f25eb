subject = Your appointment is cancelled
body =
    Your appointment on { $date } at { $time } is cancelled. We will let you know if there is a new
    one instead.
