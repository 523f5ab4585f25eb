# What the pages say. The same names stand in all three files.

## The frame

skip = Skip to content
languages = Language
pages = Pages
sign-out = Sign out
footer = Rinnalla is a register of peer support. Of the supported person it shows a code and no more.
yes = Yes
no = No
back = Back
back-to-waiting = Waiting for me
cancel = Cancel
faults = Please check the following
title-with-faults = Check: { $title }
moment = { $day } at { $time }
day-hint = For example 23.11.2026
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

## Signing in

sign-in = Sign in
sign-in-text = You need no password. We will mail you a link to sign in with.
sign-in-email = Email address
sign-in-email-hint = The address to which you get the register’s reminders.
sign-in-email-malformed = Write an email address, such as name@example.fi.
sign-in-submit = Send the link
sign-in-wait = { $minutes ->
    [one] The link has been asked for too often. Try again in a minute.
   *[other] The link has been asked for too often. Try again in { $minutes } minutes.
  }
link-sent = Check your email
link-sent-text = If the register knows the address, a message with a link to sign in is on its way.
link-sent-same-browser = Open the link in this same browser.
link-sent-minutes = The link is good for 15 minutes and works once.
link-sent-nothing = If nothing comes, look into your junk mail and check that the address is written correctly.
link-sent-again = Ask for the link again
door = Welcome
door-text = The link is good. Use the button to sign in.
door-submit = Sign in
opening = Opening
opening-way = Continue

## Sign-ins

sessions = Sign-ins
sessions-text = The browsers in which you are signed in now. If one of them is not yours, end it.
sessions-this = this browser
sessions-unknown-browser = Unknown browser
sessions-since = Signed in
sessions-last-seen = Last used
sessions-end = End
sessions-end-others = End all others
done-session-ended = The sign-in has been ended.

## When something does not work

fault-way = Waiting for me
fault-incident = If you tell your administrator about this, give this reference:
fault-not-found = Page not found
fault-not-found-text = There is no such page, or it is not yours to see. The address may have changed, or somebody else may have taken over the matter.
fault-forbidden = You may not do this
fault-forbidden-text = Your role does not allow it. If you think that this is a mistake, ask your association’s coordinator.
fault-unavailable = The service does not answer just now
fault-unavailable-text = Try again in a moment. It is not certain whether what you did last was saved; check that first.
fault-internal = Something went wrong
fault-internal-text = The fault is ours. Nothing was saved by halves. Try again in a moment.
fault-conflict = Somebody else was faster
fault-conflict-text = The matter was changed meanwhile. Open it again and see how it stands now.
fault-forged = The form is out of date
fault-forged-text = The form belongs to another sign-in or another page, so it was not taken. Open the page again.
fault-form = The form could not be read
fault-form-text = It held something that cannot be taken. Open the page again.
fault-method = The page cannot be opened like this
fault-method-text = Open the page from a link or by its address.
fault-link = The link is no longer good
fault-link-text = The link has been used, or its 15 minutes have passed. Ask for a new link.
fault-other-browser = Open the link in another browser
fault-other-browser-text = The link works only in the browser in which you asked for it. Open it there, or ask for a new link in this browser.

## Faults in forms

error-required = This is missing.
error-not-a-day = Write the day like this: 23.11.2026.
error-not-a-number = Write a whole number.
error-stale-version = Somebody else has changed this. See above how it stands now, and then send it again.
error-key-reused = This form was sent before with other details. Check them and send it again.

## Waiting for me

waiting = Waiting for me
waiting-count = { $number ->
    [one] One matter is waiting for you.
   *[other] { $number } matters are waiting for you. The most urgent comes first.
  }
waiting-nothing = Nothing is waiting for you now.
waiting-nothing-text = When something needs you, you get a message, and it is shown here.
waiting-more = The most urgent are shown. The rest will appear when these are done.
waiting-late = { $days ->
    [one] A day late
   *[other] { $days } days late
  }
waiting-by = By { $day }
waiting-since = Waiting since { $day }
waiting-referral-draft = A referral is not finished
waiting-referral-draft-text = Complete the referral and send it to the association.
waiting-referral-draft-way = Complete it
waiting-proposal-offered = A support person is proposed
waiting-proposal-offered-text = Tell the supported person about the proposal, and record the answer.
waiting-proposal-offered-way = Record the answer
waiting-first-meeting-to-record = First meeting
waiting-first-meeting-to-record-text = The contact details have been given. Arrange the first meeting and record it.
waiting-first-meeting-to-record-way = Record the first meeting
waiting-agreement-to-record = The agreement is missing
waiting-agreement-to-record-text = The two have met. Make the agreement and record it.
waiting-agreement-to-record-way = Record the agreement
waiting-review-due = Time for a joint review
waiting-review-due-text = Agree on a day to meet together. If the review has been held already, record it.
waiting-review-due-way = See to the review
waiting-review-booked = A joint review is booked
waiting-review-booked-text = When you have met, record the review here.
waiting-review-booked-way = Record the review
waiting-review-overdue = The time for a joint review has passed
waiting-review-overdue-text = Record whether the review was held, or book another day for it.
waiting-review-overdue-way = See to the review
waiting-review-due-no-professional = A review without a professional
waiting-review-due-no-professional-text = No professional follows this relationship. See who can hold the review.
waiting-review-due-no-professional-way = See to the review
waiting-agreement-to-change = The agreement changes
waiting-agreement-to-change-text = At the review it was decided to change the agreement. Record the change.
waiting-agreement-to-change-way = Record the change
waiting-pause-to-record = A pause
waiting-pause-to-record-text = At the review a pause was agreed on. Record it.
waiting-pause-to-record-way = Record the pause
waiting-end-to-record = The relationship ends
waiting-end-to-record-text = At the review it was decided that the relationship ends. Record the end.
waiting-end-to-record-way = Record the end
waiting-proposal-asked = You are asked to be a support person
waiting-proposal-asked-text = See what it is about, and answer. You need not give a reason.
waiting-proposal-asked-way = See and answer
waiting-referral-submitted = A new referral
waiting-referral-submitted-text = Look for a support person and ask.
waiting-referral-submitted-way = Look for a support person
waiting-referral-waiting = A referral is waiting
waiting-referral-waiting-text = No suitable support person has been found yet.
waiting-referral-waiting-way = Look for a support person
waiting-proposal-by-phone = Ask by phone
waiting-proposal-by-phone-text = Call the support person and record the answer.
waiting-proposal-by-phone-way = Record the answer
waiting-proposal-unanswered = A proposal is unanswered
waiting-proposal-unanswered-text = The answer has been waited for for a week. Ask what holds it up.
waiting-proposal-unanswered-way = See the proposal
waiting-details-to-disclose = Give the contact details
waiting-details-to-disclose-text = Both have agreed. Give the support person’s contact details to the professional.
waiting-details-to-disclose-way = Give the details
waiting-notice-dead = A reminder did not arrive
waiting-notice-dead-text = The mail could not be delivered. Check the address.
waiting-notice-dead-way = See the reminder
waiting-notice-skipped = A reminder had nobody to go to
waiting-notice-skipped-text = Nobody could be reached. See whose matter it is.
waiting-notice-skipped-way = See the reminder

## Joint review

what-to-do = What will you do?
review = Joint review
review-upcoming = Coming up
review-is-due = It is time for it
review-is-overdue = The time has passed
review-was-held = Held
review-was-not-held = Not held
review-was-cancelled = Cancelled
fact-case = Case code
fact-review-planned = Planned day
fact-review-window-end = Last day
fact-review-booked-for = Booked day
fact-review-held-on = Held
review-held-way = The review was held
review-held-way-hint = Record who was there and how it has gone.
review-not-held-way = The review is not held
review-not-held-way-hint = Record why. The next review is counted from here.
review-book-way = Book a day
review-book-way-hint = You get a reminder before the day that you booked.
review-held = The review was held
review-held-submit = Save
review-held-held-on = Day
review-held-present = Who was there?
review-held-professional-present = The professional
review-held-supported-present = The supported person
review-held-support-person-present = The support person
review-held-settles-cycle = Is a meeting of two enough this time?
review-held-settles-cycle-hint = Answer only if the supported person or the support person was missing. If it is not enough, the review stays open.
review-held-channel = How did you meet?
review-held-progress = How has the relationship gone?
review-held-outcome = What follows?
review-held-next-interval-months = Until the next review
review-held-next-interval-months-unit = months
review-held-next-interval-months-hint = 3 to 6 months.
done-review-held = The review has been recorded. Thank you.
review-not-held = The review is not held
review-not-held-intro = The relationship goes on even though the review is not held.
review-not-held-reason = Why?
review-not-held-submit = Save
done-review-not-held = Recorded: the review is not held.
review-book = Book a day for the review
review-book-intro = A booked day takes the place of the reminders: we remind you only before it.
review-book-booked-for = Day
review-book-submit = Save
done-review-booked = The day has been noted.
channel-in-person = In person
channel-remote = Remotely
progress-well = Well
progress-varying = Varying
progress-with-difficulty = With difficulty
progress-not-said = Not said
outcome-continue = We go on as before
outcome-change-agreement = The agreement is changed
outcome-pause = We take a break
outcome-end = The relationship ends
not-held-not-reached = They could not be reached
not-held-postponed = It is put off
not-held-not-wanted = No review was wanted
not-held-professional-away = The professional is away
not-held-other = Another reason

## Relationships

relationships = Relationships
relationships-none = You have no support relationships.
relationships-next = Next
relationships-see = See
relationships-add-meeting = Add a meeting
relationship = Support relationship
relationship-is-proposed = Contact details given
relationship-is-first-meeting-held = First meeting held
relationship-is-agreed = Agreed
relationship-is-active = Under way
relationship-is-paused = Paused
relationship-is-ended = Ended
relationship-is-cancelled = Cancelled
relationship-met = { $meetings ->
    [one] One meeting, { $hours } hours
   *[other] { $meetings } meetings, { $hours } hours
  }
fact-relationship-proposed = Contact details given
fact-relationship-first-meeting = First meeting
fact-relationship-agreed-until = Agreed until
fact-relationship-ended = Ended
fact-meetings = Meetings
first-meeting-way = Record the first meeting
first-meeting-way-hint = When you have met together for the first time.
first-meeting = First meeting
first-meeting-intro = The professional is there and brings the two together.
first-meeting-held-on = Day
first-meeting-professional-present = The professional was there
first-meeting-exception-reason = Why was the professional not there?
first-meeting-exception-reason-hint = Only if the professional was not. The exception is the coordinator’s to record.
first-meeting-submit = Save
done-first-meeting = The first meeting has been recorded.
exception-professional-ill = The professional was ill
exception-wish-of-supported = The supported person wished so
exception-distance = A long way
exception-other = Another reason
meeting-way = Add a meeting
meeting-way-hint = The day, how long, and what you did. Nothing is recorded of what you spoke about.
meeting = Meeting
meeting-intro = Nothing is recorded of what you spoke about.
meeting-met-on = Day
meeting-minutes = How long
meeting-minutes-unit = minutes
meeting-activity = What did you do?
meeting-channel = How did you meet?
meeting-submit = Save
done-meeting = The meeting has been added.
meeting-channel-in-person = In person
meeting-channel-phone = By phone
meeting-channel-video = By video
meeting-channel-message = By messages
hand-over-way = This is no longer mine
hand-over-way-hint = Hand the matter over to a colleague or to the coordinator.
hand-over = This is no longer mine
hand-over-intro = Reminders and tasks move at once. You will not see the matter after that.
hand-over-successor-id = Who takes over?
hand-over-to-coordinator = The coordinator finds somebody
hand-over-submit = Hand over
done-hand-over = The matter has been handed over.
agreement-way = Record the agreement
agreement-way-hint = What the two agreed on: how long, how often and where.
agreement = Agreement
agreement-intro = A new agreement takes the place of the one before.
agreement-starts-on = It begins
agreement-is-open-ended = Until further notice
agreement-ends-on = It ends
agreement-ends-on-hint = Leave empty if it is until further notice.
agreement-rhythm = How often do you meet?
agreement-places = Where do you meet?
agreement-places-hint = Choose one or more.
agreement-review-interval-months = Between joint reviews
agreement-review-interval-months-unit = months
agreement-review-interval-months-hint = 3 to 6 months.
agreement-professional-follows = The professional takes part in the reviews
agreement-signed-on = Signed
agreement-submit = Save
done-agreement = The agreement has been recorded.
rhythm-weekly = Every week
rhythm-every-two-weeks = Every two weeks
rhythm-monthly = Every month
rhythm-agreed-each-time = Agreed each time
pause-way = Record a pause
pause-way-hint = There are no reminders during the pause.
pause = A pause
pause-paused-on = It begins
pause-submit = Save
done-pause = The pause has been recorded.
resume-way = The pause is over
resume-way-hint = The next review is counted from that day.
resume = The pause is over
resume-resumed-on = It goes on from
resume-submit = Save
done-resume = The relationship goes on.
end-way = The relationship ends
end-way-hint = Record the last day and why.
end = The relationship ends
end-intro = No reminders are sent after that.
end-ended-on = The last day
end-end-reason = Why?
end-submit = Save
done-end = The end of the relationship has been recorded.
end-reason-term-completed = The agreed time was over
end-reason-by-supported = The supported person ended it
end-reason-by-support-person = The support person ended it
end-reason-by-agreement = It was agreed together
end-reason-moved = Somebody moved away
end-reason-other = Another reason

## Proposal

proposal = You are asked to be a support person
proposal-intro = You may say yes or no. You need not give a reason, and none is recorded.
proposal-agrees = Will you be the support person?
proposal-yes = Yes, I will
proposal-no = Not this time
proposal-submit = Answer
proposal-supported = A support person is proposed
proposal-supported-intro = Tell the supported person who the support person is. You get the contact details when the answer is yes.
proposal-supported-agrees = What did the supported person answer?
proposal-supported-yes = Yes, they may meet
proposal-supported-no = No
proposal-supported-on = Day of the answer
proposal-supported-submit = Save
proposal-closed = Proposal
proposal-closed-intro = No answer is waited for from you now.
done-proposal = The answer has been recorded. Thank you.
proposal-phone = The support person’s answer by phone
proposal-phone-intro = Call the support person. No reason is needed, and none is recorded.
proposal-phone-agrees = What did the support person answer?
proposal-phone-yes = Yes, they will
proposal-phone-no = Not this time
proposal-phone-on = Day of the answer
proposal-phone-submit = Save
proposal-taken-back = There was no answer: we take the proposal back
done-proposal-taken-back = The proposal has been taken back. The referral is waiting again.
proposal-details = Give the contact details
proposal-details-intro = Both have agreed. The professional sees the support person’s contact details at once, and that they were given is recorded.
proposal-details-submit = Give the details
done-proposal-details = The contact details have been given to the professional.
fact-support-person = Support person
fact-phone = Phone
fact-email = Email
fact-background = Background
fact-county = Wellbeing services county
fact-interests = Interests
fact-wishes = Wishes
fact-supporter-background = The support person’s background
fact-birth-decade = Born
decade = in the { $decade }s
background-dependent-or-recovering = Own dependence or recovery
background-next-of-kin = Next of kin
supporter-own-recovery = Own recovery
supporter-next-of-kin = Next of kin

## Referral

referral = Referral
referral-is-draft = Draft
referral-is-submitted = Sent to the association
referral-is-waiting = Waiting for a support person
referral-is-proposed = A support person is being asked
referral-is-accepted = Both have agreed
referral-is-handed-over = Handed over
referral-is-closed = Closed
referral-is-withdrawn = Withdrawn
referral-is-declined = Declined
referral-is-expired = Expired
referral-interest = The supported person is interested
referral-interest-intro = A referral is made only if the supported person wishes for a support person.
referral-interest-on = The day on which they said so
referral-interest-submit = Continue
referral-consent = The supported person’s consent
referral-consent-intro = Read the consent to the supported person before you record it.
referral-consent-on = The day on which it was given
referral-consent-text-version = Which wording was read?
referral-consent-text-version-hint = The form’s name or number, for example 2026-1. Nothing about the person.
referral-consent-submit = Continue
referral-send = Send to the association
referral-send-intro = Check the details. The association sees them once you send.
referral-send-submit = Send
done-referral = The referral has been sent.
referral-choose = Whom do we ask?
referral-choose-intro = The most suitable come first. You decide.
referral-choose-support-person-id = Support person
referral-choose-channel = How is the question put?
referral-choose-channel-hint = Only if you chose a support person.
referral-choose-on = Day
referral-choose-submit = Save
referral-keep-waiting = Nobody suitable is free now: the referral is kept waiting
referral-decline = Nobody suitable can be found: we decline
done-referral-asked = The support person is being asked.
done-referral-kept-waiting = The referral is kept waiting.
done-referral-declined = Recorded: the referral was declined.
asking-register = In the register: it waits for the support person there
asking-phone = By phone: you call and record the answer
reason-background = the same background
reason-same-age = of the same age
reason-near-age = of nearly the same age
reason-municipality = from the same municipality
reason-county = from the same county
reason-weekday = weekdays that suit
reason-free = { $number ->
    [one] can take one
   *[other] can take { $number }
  }
reason-asked-before = was asked for this before

## Printouts

paper = Printouts
paper-intro = Blank agreements to print, with each association’s own terms. Filled-in sheets are on the page of the support relationship and of the review.
paper-none = No association has published an agreement template yet.
paper-blank-agreement = Blank agreement
paper-version = Version { $version }, published { $day }
paper-in-fi = in Finnish
paper-in-sv = in Swedish
paper-in-en = in English
paper-bar = Printing
paper-language = Language of the printout
paper-how = Print with your browser (Ctrl + P). This bar is not printed.
paper-no-own-text = The association has published no text of its own in this language.
paper-printed-on = Printed { $day }
agreement-sheet-way = Print the agreement
agreement-sheet-way-hint = What was agreed is filled in, with room for names and signatures.
hand-over-sheet-way = Print the checklist for the first meeting
hand-over-sheet-way-hint = The support person’s contact details, and what to do first.
review-sheet-way = Print the review sheet
review-sheet-way-hint = What is recorded, the association’s own questions, and room for answers.
paper-agreement = Support agreement
paper-agreement-lead = This agreement is between the supported person and the support person. The support is voluntary for both.
paper-supported = Supported person
paper-support-person = Support person
paper-professional = Professional
paper-name = Name
paper-agreed = What was agreed
paper-starts-on = The support begins
paper-ends-on = The support ends
paper-open-ended = Open-ended
paper-on-the-day = On
paper-rhythm = How often we meet
paper-places = Where we meet
paper-elsewhere = Elsewhere:
paper-interval = Review
paper-interval-months = every { $months } months
paper-months = { $months } months
paper-follows = The professional takes part in the reviews
paper-terms = Terms
paper-signatures = Signatures
paper-signatures-lead = There are two identical copies of this agreement, one for each party.
paper-place-and-day = Place and date
paper-signature = Signature
paper-template-foot = Agreement template: { $association }, version { $version }, { $day }.
paper-agreement-foot = The register holds only for how long, how often and where you meet, and the interval of the reviews. This paper stays with the parties.
paper-review = Review sheet
paper-review-lead = To help you remember when the three of you meet. What is ticked goes into the register, nothing else.
paper-review-to-record = To be recorded in the register
paper-held-on = Date
paper-present = Present
paper-own-questions = The association’s own questions
paper-own-questions-lead = The answers are not recorded in the register.
paper-review-foot = Write nobody’s name on this paper. Destroy it when you no longer need it.
paper-hand-over = Warm hand-over
paper-hand-over-lead = A checklist for the professional who brings the supported person and the support person together.
paper-contact = The support person’s contact details
paper-phone = Phone
paper-email = Email
paper-mailbox = The association’s mailbox
paper-steps = The first meeting
paper-step-call = I contact the support person and say when it suits the supported person.
paper-step-time = We agree on a time and a place that suit both.
paper-time = Time
paper-place = Place
paper-step-present = I am there myself and introduce them to each other.
paper-step-agreement = They agree for how long, how often and where they meet. I bring a blank agreement.
paper-step-follow = We agree whether I stay by their side: a review is held every 3–6 months.
paper-step-record = I record the first meeting and the agreement in the register.
paper-hand-over-foot = The contact details were given for this support relationship alone, and the access log shows that they were looked at. Do not write the supported person’s name on this paper. Destroy it when you no longer need it.

## A course session

waiting-course-session = Course session
waiting-course-session-text = Record who was there.
waiting-course-session-way = Who is here?
attendance = Who is here?
attendance-intro = Tap for each person. If something went wrong, you can save again.
attendance-submit = Save
attendance-nobody = Nobody takes part in the course yet.
attendance-later = Attendance can be recorded once the day of the session has come.
attendance-missed = Away twice in a row without a word. Ask how they are.
attendance-nameless = The name was removed
mark-present = Here
mark-partly = For a part
mark-excused = Away, told us
mark-absent = Away
fact-session = Session
fact-theme = Theme
done-attendance = Attendance is saved.

## Courses

courses = Courses
courses-none = You are in no courses.
courses-own = Courses that you take part in
courses-led = Courses of the association
back-to-courses = Courses
course-sessions = Sessions
course-print-list = Print the attendance list
course-graduates = Completed the course
course-certificate = Print the certificate
course-status-planned = Planned
course-status-open = Takes people in
course-status-running = Running
course-status-finished = Finished
course-status-cancelled = Cancelled
session-status-scheduled = To come
session-status-moved = Moved to this time
session-status-held = Held
session-status-cancelled = Cancelled
enrolment-status-applied = Waiting for a place
enrolment-status-enrolled = Taking part
enrolment-status-graduated = Completed
enrolment-status-interrupted = Left
enrolment-status-no-show = Never came
enrolment-status-cancelled = Taken off the list
fact-course-status = State of the course
fact-unit = Unit
fact-taking-part = Taking part
fact-own-part = Your part
fact-decided = Decided on
own-reminders = Reminders
own-reminders-on = You get a reminder by mail before each session, and a message if the time changes.
own-reminders-off = You get no reminders.
own-reminders-stop = I do not want reminders
own-reminders-start = I want reminders
done-reminders = Your choice is saved.
paper-attendance = Attendance list
paper-attendance-empty = Empty row
paper-attendance-foot = The row of somebody who takes part under a pseudonym is left empty. Record who was there in the register, and destroy the paper.
paper-certificate = Certificate
paper-certificate-completed = has completed the training for peer guides, { $from } to { $to }. It consisted of { $sessions } sessions, { $hours } hours in all.
paper-certificate-facilitator = trainer

feedback = Feedback
feedback-intro = Answer as you see it yourself. 1 = not at all, 5 = wholly. Nobody sees who answered, and you may pass over any of them.
feedback-heard = I was listened to.
feedback-safe = The group was a safe place to be.
feedback-useful = This is of use in my own life.
feedback-recommends = I would recommend this to others.
feedback-submit = Send
feedback-given = Thank you for your feedback!

## The consent to be listed

listing-consent = Your consent
listing-consent-intro = Renew the consent or end it. The choice is yours, and nobody asks why.
listing-consent-until = Lasts until
listing-consent-until-hint = At most three years from today, such as 23.11.2027.
listing-consent-submit = Renew the consent
listing-consent-end = End the consent
listing-consent-end-intro = The consent ends at once, and you are no longer listed in the register. You can give it again later.
listing-consent-end-submit = End the consent
fact-register = Register
fact-consent-until = The consent ends
done-listing-consent = The consent goes on.
done-listing-consent-end = The consent has been ended.

## A reminder that did not arrive

notice = A reminder did not arrive
notice-intro = See whom the reminder was for and what it failed at. Put the address right first if need be, and then send it again.
notice-submit = Save
notice-step = What shall be done?
notice-send-again = Send it again. It leaves with the next mail, on working days after nine o’clock.
notice-seen-to = The matter has been seen to otherwise
notice-person-way = See the address and put it right
notice-relationship-way = See the relationship
fact-notice = Reminder
fact-notice-role = For whom
fact-notice-for = For the day
fact-notice-person = Recipient now
fact-notice-reason = Why
fact-notice-ended = When
notice-no-address = there is no mail address
notice-address-refused = mail does not reach the address, put it right
notice-address-refused-once = the address was refused once
notice-why-no-recipient = Nobody could be reached: the addresses of the recipient, the substitute and the coordinator are missing or do not work, and the association has no mailbox.
notice-why-attempts = It was tried many times, and the mail server did not take it.
notice-why-refused = The recipient’s mail server refused the message ({ $code }).
notice-why-other = The message could not be sent ({ $code }).
notice-was-seen-to = Seen to on { $day }
notice-is-on-its-way = On its way
notice-was-sent = Sent
notice-was-cancelled = It no longer applied and was not sent
notice-waits-for-coordinator = Waiting for the coordinator
notice-was-not-wished = The recipient does without these reminders
notice-kind-review-coming = A joint review is coming up
notice-kind-review-due = It is time for a joint review
notice-kind-review-nudge = The joint review has not been held yet
notice-kind-review-overdue = The time for the joint review has passed
notice-kind-review-due-no-professional = A joint review that no professional follows
notice-kind-review-booked = The booked joint review is soon
notice-kind-sign-in = Sign-in link
notice-kind-weekly-digest = Weekly overview
notice-kind-session-coming = A course session is soon
notice-kind-session-moved = A course session was moved
notice-kind-session-cancelled = A course session was cancelled
notice-to-professional = The responsible professional
notice-to-coordinator = The coordinator
notice-to-oneself = Whoever signs in
notice-to-participant = Somebody who takes part in the course
notice-to-facilitator = Somebody who leads the course
done-notice-sent-again = The reminder will be sent again.
done-notice-seen-to = The reminder is noted as seen to.

## A supported person without a professional

waiting-professional-to-name = A supported person without a professional
waiting-professional-to-name-text = The professional gave the matter up and named nobody. Name another professional.
waiting-professional-to-name-way = Name a professional
name-professional = Who takes it over?
name-professional-intro = The new professional sees the supported person’s details at once and gets the reminders from now on. Agree on it with them first.
name-professional-submit = Name
name-professional-person-id = Professional
name-professional-person-id-hint = The professionals whom you know of in the organisation that referred the supported person. If the right one is missing, ask the organisation to add them to the register.
done-professional-named = The professional has been named.

## Contact details

own-details = My contact details
own-details-intro = Those who were given your contact details see the changed ones at once. The change is recorded.
own-details-submit = Save
own-details-name = Name
own-details-email = Mail address
own-details-email-hint = Reminders and sign-in links come here.
own-details-phone = Phone
own-details-phone-hint = For example 040 123 4567
own-details-language = The language we write to you in
own-details-language-hint = There are no messages in the Sámi languages yet: we write in the association’s language then.
details = Contact details
details-intro = Those who were given the contact details see the changed ones at once. The change is recorded.
details-submit = Save
details-name = Name
details-email = Mail address
details-email-hint = Reminders and sign-in links come here. Make sure of the address with the person.
details-phone = Phone
details-phone-hint = For example 040 123 4567
details-language = The language we write to them in
reads-fi = Finnish
reads-sv = Swedish
reads-en = English
reads-se = North Sámi
reads-smn = Inari Sámi
reads-sms = Skolt Sámi
done-details = The contact details have been saved.

## A new referral

refer-way = Make a new referral
refer = A new referral
refer-intro = The supported person is only a code in the register. Do not write a name anywhere. Nobody but you sees the draft until you send it.
refer-submit = Save the draft and go on
refer-organisation-id = To which association?
refer-organisation-id-hint = Associations to which your organisation refers people.
refer-referring-organisation-id = On behalf of which organisation?
refer-background = Whom is support sought for?
refer-kin-relation = How the next of kin is related
refer-kin-relation-hint = Answer only if support is sought for a next of kin.
refer-support-form = Form of support
support-form-individual = For one person
support-form-family = For a family
refer-phase = Where in rehabilitation?
phase-before-rehab = Before rehabilitation
phase-during-rehab = During rehabilitation
phase-after-rehab = After rehabilitation
phase-no-rehab = No rehabilitation
phase-unknown = Not known
refer-county-code = Wellbeing services county
refer-municipality-code = Municipality
refer-municipality-code-hint = Only for finding a suitable support person. May be left empty.
refer-language = The language that the supported person talks in
refer-birth-decade = Decade of birth
refer-birth-decade-hint = May be left empty.
refer-interests = What does the supported person like?
refer-interests-hint = Choose as many as you like, or none.
refer-wishes = What does the supported person wish of a support person?
refer-information-source = Who told of peer support?

## The association’s own texts

own-texts = Own texts: { $association }
own-texts-intro = The agreement’s terms and the questions of the joint review in the association’s own words. Publishing always makes a new version; the former ones stay.
own-text-none = Not published yet
own-text-limits = At most { $lines } lines, at most { $chars } characters a line
fact-association = Association
fact-own-text-language = Language
fact-own-text-size = Room
own-terms = Terms of the agreement
own-terms-intro = The terms are printed in the agreement before the signatures.
own-terms-submit = Publish
own-terms-lines = Terms
own-terms-lines-hint = Each line is a paragraph of its own; empty lines do not count. If you empty the field, no terms are printed any more.
own-questions = Questions of the joint review
own-questions-intro = The questions are printed on the sheet of the joint review, with room to answer by hand. The answers are not recorded in the register.
own-questions-submit = Publish
own-questions-lines = Questions
own-questions-lines-hint = One question a line. If you empty the field, no questions are printed any more.
done-own-text = The text has been published.
