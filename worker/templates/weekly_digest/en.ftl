subject = Weekly overview
body =
    This is waiting for you in the service. You will see the details once you have signed in.
item-overdue = Checks whose time has passed: { $count }
item-unfollowed = Checks that are due and that nobody follows: { $count }
item-referrals = Enquiries that are waiting: { $count }
item-proposals = Suggestions that are waiting: { $count }
item-given-up = Matters that nobody is responsible for: { $count }
item-undelivered = Messages that did not arrive: { $count }
