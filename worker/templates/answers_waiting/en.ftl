subject = Reminder: messages are waiting for an answer
body =
    Messages that have waited for an answer for two weeks or more: { $count }.
