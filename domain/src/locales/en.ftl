# Errors: the code is stable, the sentence is for a person.

error-not-found = There is no such thing.
error-forbidden = You may not do this.
error-unauthenticated = Sign in first.
error-unavailable = The service does not answer right now. Try again in a moment.
error-stale-version = Someone else changed this first. See what has changed and try again.
error-key-reused = This key was already used for another request.
error-bad-user-input = Check what you wrote.
error-required = This is needed.
error-empty = This cannot be empty.
error-too-long = The text is too long.
error-control-character = The text holds a character that cannot be kept.
error-malformed = This is not in the right form.
error-out-of-range = The number is outside its limits.
error-date-in-future = The day is still to come.
error-date-in-past = The day has already passed.
error-dates-out-of-order = The days are in the wrong order.
error-unknown = This cannot be found.
error-unknown-code = This choice is not on the list.
error-wrong-state = This cannot be done in the present state.
error-later-entries-stand-on-it = Later entries stand on this one. Cancel them first.
error-email-in-use = Another person already has this mail address.
error-already-support-person = The person is already a support person here.
error-relationship-already-open = These two already have an open support relationship.
error-proposal-already-open = The referral already has an open proposal.
error-already-on-the-case = The person is already a professional of this case.
