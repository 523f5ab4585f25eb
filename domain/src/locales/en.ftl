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
error-shares-do-not-add-up = The shares do not add up to the cost.
error-wrong-state = This cannot be done in the present state.
error-later-entries-stand-on-it = Later entries stand on this one. Cancel them first.
error-email-in-use = Another person already has this mail address.
error-already-support-person = The person is already a support person here.
error-relationship-already-open = These two already have an open support relationship.
error-proposal-already-open = The referral already has an open proposal.
error-already-on-the-case = The person is already a professional of this case.
error-gates-open = Not everything is met on this day that the programme asks for.
error-not-valid-then = Nobody can join this programme on that day.
error-somebodys-own = This is somebody's own. Give one of the organisation's.
error-organisation-closed = This organisation is closed: its successor has taken over.
error-succession-proposed = A successor is already proposed. Withdraw the proposal first.
error-support-person-in-both = Somebody is a support person of both organisations. End it in one of them first.
error-default-programme = The default programme keeps its three conditions. Define a programme of your own.
error-already-recorded = This is recorded already.
error-already-cancelled = This is cancelled already.
error-criterion-applies = The one-year criterion applies to whoever has recovered from their own dependence.
error-attest-again = Cancel the attestation and attest the criterion anew: the date it was counted from was not kept.
error-open-relationships-remain = The support person has open support relationships. End them first.
error-open-proposals-remain = The support person has open proposals. Wait for the answer, or withdraw them first.
error-no-partnership = The organisations do not work together on this in this area.
error-not-next-of-kin = A relation is recorded only where the supported person is next of kin.
error-interest-not-confirmed = The supported person's interest has not been recorded yet.
error-consent-missing = The supported person's consent has not been recorded.
error-relationship-still-open = The support relationship of the earlier proposal has not ended yet.
error-support-person-not-active = The support person is not active now.
error-no-free-capacity = The support person already has as many relationships and proposals as they take.
error-wrong-channel = An answer in the register is the support person's own; one given by phone is recorded by the coordinator.
error-date-not-today = An answer in the register is given for today.
error-not-from-your-side = Only the side that recorded this can cancel or correct it.
error-cancel-the-relationship = The contact details were given and the relationship was opened. Cancel the disclosure instead.

error-same-twice = Choose two different ones.
error-already-partners = They already have such a partnership on these days.
error-not-yours-to-give = This role is given and ended by an administrator.
error-not-yours-to-correct = This person's details are corrected by the person, or by the person's other organisation.
error-role-already-held = The person already holds this role on these days.
error-only-role = This is the person's only role. Give the right one first.
error-no-work-there = The person has no work in this organisation on these days.
error-substitute-lacks-role = The substitute must hold the same roles on all the days.
error-substitute-away = The substitute is away on these days too.
error-absence-overlaps = An absence is already recorded for these days.
error-not-a-professional-there = The person is not a professional in that organisation.
error-responsible-needed = Choose another responsible professional first.
error-looks-like-identity-number = This looks like an identity number. The register keeps none.
error-notice-is-needed = Notices of this kind are needed: nobody can do without them.
error-notes-not-allowed = Notes are not kept in this organisation. Its administrator can allow them.
error-too-many = There are too many already. Remove some first.
error-is-oneself = You cannot merge yourself away.
error-not-yours-to-merge = One of them has a role that is not yours to give, or works elsewhere too.
error-two-support-persons = Both are support persons here. End the one that is to be closed first.
error-both-sides-of-a-case = One is the professional of a case whose support person is the other.
error-already-responsible = The person is already responsible.

error-professional-must-be-present = The professional must be there.
error-one-of-two-must-be-present = The supported person or the support person must be there.
error-coordinator-only = An exception is recorded by the coordinator.
error-not-applicable = This does not belong here.

# Courses.

error-day-taken = Another session of the course is on that day.
error-curriculum-in-use = Courses follow this version already. Add the next version instead.
error-too-few-professionals = Two professionals have to lead the course before a session is recorded.
error-already-enrolled = The person takes part in this course already.
error-no-free-place = The course is full.
error-not-a-facilitator-there = The person is no facilitator of the association; to assist, a peer guide will do too.
error-last-session-to-come = Sessions of the course are still to come. Hold or cancel them first.

# Experts by experience.

error-not-an-expert-there = The person is not an expert by experience of the organisation. Give the role first.
error-not-a-volunteer-there = The person is no expert and no support person of the organisation.

# Supervision.

error-not-supervised = The organisation does not arrange the association's supervision on that day.
error-not-a-peer-there = Somebody is no support person in training or in action, no peer guide and no expert of the association on that day.
error-not-a-supervisor-there = The person is no other supervisor of the organisation on that day.
error-texts-not-allowed = The organisation keeps no texts on sessions of supervision. Its administrator can allow them.
error-written-by-another = Somebody else has written a text on this session.

# Drop-in places.

error-slug-in-use = Another place has this address word already.
error-not-open-then = The place is not open then.
error-overlaps = The place is open then already.
error-not-at-the-place = The person has no role at the place on that day.
error-not-a-paid-guide-there = The person is no paid guide of the association.
error-times-out-of-order = The times are in the wrong order.

# Beside fields for free words.

hint-label = A hint of your own, such as your file number. Write nothing by which others could recognise anybody: no name, no identity number.
hint-note = A practical matter, such as when the person is best reached. Write nothing on anybody’s health or recovery, and nobody else’s name. The person may ask to read it.

# Moving in from a file: what is wrong, and what to write instead.

moving-row = row { $row }
moving-rows = rows { $rows } … ({ $count } in all)
moving-no-file = The file is not found. Check its name and folder.
moving-not-a-workbook = The file is no Excel workbook. Save it as .xlsx, or name a folder of CSV files.
moving-old-format = The file has an older or another format. Open it in the spreadsheet program and save it as .xlsx.
moving-password = The file is protected by a password. Save it without one.
moving-broken-file = The file is cut off or broken. Open it in the spreadsheet program and save it again.
moving-too-big = The file is too big. Remove what is not in the template, or split it.
moving-no-sheets = The file has none of the template's sheets. Get the template by: rinnalla import --template.
moving-too-many-rows = The sheet has more than { $most } rows. Split the file.
moving-not-utf8 = The file is not in UTF-8. Save it as “CSV UTF-8”.
moving-unknown-sheet = The template has no such sheet. Give it one of these names or remove it: { $names }.
moving-sheet-twice = The file has this sheet twice. Bring the rows together in one.
moving-unknown-column = The template has no column “{ $heading }”. Correct the heading or remove the column.
moving-column-twice = The sheet has this column twice. Leave one of them.
moving-missing-column = The column “{ $heading }” is missing. Add it in the first row.
moving-merged = The cells { $cells } are merged. Unmerge them and write the value in each row.
moving-formula = The cell holds a formula. Write its result instead: copy, and paste as a value.
moving-broken-cell = The cell holds an error of the spreadsheet program. Write the value again.
moving-required = This is needed. Fill in the cell.
moving-too-long = The text is too long. Write at most { $most } characters.
moving-control-character = The text holds an invisible character. Empty the cell and type the text.
moving-bad-email = This is no mail address. Write it as first.last@example.fi, one address a cell.
moving-bad-phone = This is no phone number. Write it as 040 123 4567 or +358 40 123 4567, one number a cell.
moving-bad-name = This is not one person's name. Write the name in letters, without additions.
moving-not-a-text = The spreadsheet program has made this a number. Format the cell as text and write the value again.
moving-bad-day = This is no day. Write it as 23.11.2026.
moving-slashed-day = Slashes do not say which is the day and which the month. Write the 1st of February as 1.2.2026 or 2026-02-01. If the spreadsheet wrote the days so into a CSV file, save it as .xlsx instead.
moving-far-day = The year cannot be right. Write the day as 23.11.2026.
moving-date-in-future = The day is still to come. Write a day that has been, or leave the cell empty.
moving-bad-number = Write a whole number from { $least } to { $most }.
moving-unknown-word = The word “{ $written }” is not known here. Write one of these: { $allowed }.
moving-nearly-a-word = The word “{ $written }” is not known here. Did you mean “{ $nearest }”? All words: { $allowed }.
moving-bad-municipality = Write the three-digit code of the municipality, as 205 for Kajaani.
moving-status-differs = The status says “{ $written }”, but the row's days make it “{ $follows }”. Correct the days, or leave the status empty.
moving-not-a-decade = Write the first year of the decade, as 1980.
moving-key-twice = The same stands in row { $row } already. Leave one of them, or give each its own number.
moving-email-twice = The same mail address stands in row { $row } already. If it is the same person, remove one of the rows.
moving-email-in-use = The address is another person's in the register. Check it, or have the organisations made partners.
moving-not-yours = This person cannot be changed from this organisation. Put the row back as it was, or remove it.
moving-changed-since = This has been changed in the register since it was moved in. Get a new file by rinnalla export, and correct that.
moving-role-twice = The same role stands in row { $row } already. Leave one of them.
moving-not-yours-to-give = This role cannot be given in this organisation. The roles of administrator, data protection officer and analyst are given by an administrator.
moving-unknown-person = This person is not found. Write the number of the sheet People, or the mail address.
moving-unknown-organisation = No partner has this name. Write it as it stands in the register.
moving-several-organisations = There are several organisations. Write which one; of those with the same name, the id.
moving-no-role = The person has no role. Add the person to the sheet Roles or Support persons, or remove the row.
moving-dates-out-of-order = The days are out of order. Correct this one, or the one before it.
moving-gates-open = On that day the three gates were not all met. Fill in the days of the criterion, the training and the undertaking, or leave the first day empty.
moving-criterion-applies = The criterion always applies to somebody's own recovery. Write the day in the column “Criterion met”.
moving-same-day-twice = The same day stands in another column already. Write a day of its own in each.
moving-not-a-support-person = The person is no support person. Add the person to the sheet Support persons.
moving-other-support-person = The relationship has another support person in the register. Give the new relationship a number of its own.
moving-support-person-not-active = The support person is not active. Fill in gates and first day in the sheet Support persons.
moving-does-not-refer = The organisation is no partner that refers. Check the name, or add the partnership first.
moving-not-a-professional = The person is a professional at no partner. Add the role to the sheet Roles.
moving-bad-case-code = This is no case code. Write it as 7KXR-2MHD, or leave it empty: the register gives the code.
moving-other-case = The relationship has another code in the register. Put it back.
moving-unknown-case = No case has this code. Leave it empty: the register gives the code.
moving-case-differs = The register says otherwise of the case with this code. Write the same of the supported person and the professional.
moving-already-open = These two have an open relationship already. Remove the row.
moving-over-capacity = At most { $most } supported people were agreed with the support person, and there are { $carried } rows. Correct the number, or end relationships.
moving-not-next-of-kin = The kin relation is for next of kin alone. Empty the cell.
moving-one-alone = Write one code.
moving-why-not-present = The professional was not there. Write why.
moving-was-present = The professional was there. Empty the cell.
moving-agreement-incomplete = This is missing from the agreement. Fill in first day, last day (or “open-ended”), signing, rhythm and places, or leave all of them empty.
moving-too-many-places = There are too many places. Write eight at most.
moving-held-and-not-held = The review was held, or it was not. Fill in one of the two.
moving-one-of-two-must-be-present = One of the two was there at least. Write “yes” for one.
moving-say-if-it-settles = One of the two was there alone. Write whether the review settles the matter: yes or no.
moving-joint-settles = With all three there, a review always settles the matter. Write “yes”, or leave it empty.
moving-end-without-reason = Fill in both the last day and the reason, or leave both empty.
moving-consent-later = The consent comes before the contact details. Correct the day.
moving-step-missing = What comes before is missing: first the first meeting, then the agreement, then review and pause. Fill it in.
moving-meeting-twice = A meeting of that day stands in row { $row } already. If there were two, give each a number of its own.
moving-outside-relationship = The meeting does not lie between the first meeting and the end. Correct the day.
moving-unknown-relationship = The relationship is not found. Write the number of the sheet Support relationships.
moving-bad-clock = This is no time of day. Write it as 17.30; a session can begin at { $most } at the latest.
moving-bad-sum = This is no sum. Write euros and cents, such as 12.50; at most { $most } €.
moving-identity-number = The text seems to hold an identity number. Remove it: the register takes none.
moving-too-many-named = There are too many of these. There may be at most { $most }.
moving-unknown-row = There is no such row. Write the number of the sheet { $names }.
moving-named-twice = The same stands in the column beside. Leave it in one of them.
moving-not-a-facilitator = The person has no role as a facilitator in the association. Add it on the sheet Roles; for an assistant, peer guide is enough.
moving-other-course = In the register this belongs to another course, or is another session. Give the new row a number of its own.
moving-session-twice = The course has this session already, or another one on the same day. Put the number or the day right, or mark the other as cancelled.
moving-sessions-missing = The course lacks the sessions { $names }. Write all eight on the sheet Course sessions, or none: then they are planned a week apart.
moving-name-or-person = Write either a person of the register, or a name or pseudonym. Fill in only one of them.
moving-no-address = Only a person of the register can be reminded. Write the person in place of the name, or clear the cell.
moving-not-decided = The day of a decision belongs to whoever graduated, interrupted or never came. Put the status right, or clear the cell.
moving-next-steps-of-graduates = Next steps are told of graduates alone, at most ten. Put the status right, or clear the cell.
moving-enrolled-twice = The person takes part in this course already. Leave one row.
moving-course-not-open = The course is not open, but people take part in it. Write yes in the column “Open for people” of the sheet Courses.
moving-no-session = The course has no such session, or it was cancelled. Clear the cell, or add the session on the sheet Course sessions.
moving-too-few-professionals = Attendance is recorded once two facilitators lead the course. Fill in the column “Facilitators” of the sheet Courses.
moving-waits = Whoever waits is not in the course yet. Put the status right, or clear the cell.
moving-last-session-to-come = Nobody graduates before the last session, and before attendance is recorded for each. Fill in the sessions, or put the day or the status right.
moving-came = The person was at a session. Write interrupted as the status, or put the attendance right.
moving-course-full = The course has { $most } places, and more people take part. Write waiting as the status of some, or put the number of places right.
moving-session-marked = Attendance is recorded for this session. It cannot be cancelled, nor moved to a day to come.
moving-training-cancelled = The training was cancelled. Write no, or put the training right.
moving-weekend-not-told = The support person has no weekend on { $written }. Write the day on the sheet Support persons, or no here.
moving-cohort-or-day = Write either a cohort or the day on which another training was completed. Fill in only one of them.
moving-consent-incomplete = A consent has a beginning and an end. Fill in both days, or clear both.
moving-consent-too-long = A consent lasts three years at most, and does not end before it was given. Put the day right.
moving-not-an-expert = The person is no expert by experience. Add them on the sheet Experts by experience.
moving-not-of-this-kind = This does not belong to the kind: kilometres belong to an own vehicle, days to a per diem. Clear the cell.
moving-not-a-volunteer = The person is neither a support person nor an expert of the association. Add the role on the sheet Roles.

moving-sheet = Sheet
moving-column = Column
moving-needed = Needed
moving-write = What to write
moving-yes = yes
moving-form-text = A text.
moving-form-day = A day, as 23.11.2026.
moving-form-number = A whole number.
moving-form-word = One of these: { $allowed }.
moving-form-words = One or more, with semicolons between: { $allowed }.
moving-form-day-or-word = A day, as 23.11.2026, or: { $allowed }.
moving-form-codes = The three-digit code of the municipality; several with semicolons between.
moving-form-keys = One or more: the number of the sheet People or the mail address, with semicolons between.
moving-form-names = Names of one or more organisations, with semicolons between.
moving-form-clock = A time of day, such as 17.30.
moving-form-sum = Euros and cents, such as 12.50.
moving-note-people-key = The association's own number, or the mail address: by it the same person is known when the file is moved in again. The register does not keep it.
moving-note-roles-person = The number of the sheet People, or the mail address.
moving-note-roles-organisation = Empty means the own association; of a partner, its name.
moving-note-support-persons-person = The number of the sheet People, or the mail address.
moving-note-support-persons-criterion-met-on = The day on which it was attested that a year had passed without substances. Not the day from which it counts.
moving-note-support-persons-status = May be empty: it follows from the days.
moving-note-support-relationships-key = The association's own number, not the supported person's name. The register does not keep it; it gives a code.
moving-note-support-relationships-case-code = Left empty: the register gives the code.
moving-note-support-relationships-professional = The number of the sheet People, or the mail address.
moving-note-support-relationships-support-person = The number of the sheet People, or the mail address.
moving-note-support-relationships-consent-on = The day on which the supported person consented.
moving-note-support-relationships-disclosed-on = The day on which the support person's contact details were given to the professional; empty means the day of the first meeting.
moving-note-support-relationships-status = May be empty: it follows from the days.
moving-note-meetings-key = May be empty where the day has one meeting.
moving-note-meetings-relationship = The number of the sheet Support relationships.
moving-note-courses-key = The association's own number of the course.
moving-note-courses-starts-on = The day of the first session. Without the sheet Course sessions the others are planned from it a week apart, holidays left out.
moving-note-courses-lunch = How long the lunch break is; 0 where there is none.
moving-note-courses-opened = Empty means yes.
moving-note-course-sessions-key = May be left empty: a session is known by its course and number.
moving-note-course-sessions-course = The number of the sheet Courses.
moving-note-course-sessions-no = Which of the eight: 1 to 8. One that makes up for a cancelled one has its number.
moving-note-course-sessions-starts-at = The course's time of day where empty.
moving-note-course-sessions-planned-on = The day at first, where the session was moved.
moving-note-enrolments-key = The association's own number of the enrolment, never a name.
moving-note-enrolments-course = The number of the sheet Courses.
moving-note-enrolments-person = Of a person of the register alone: the number of the sheet People, or the mail address. Otherwise a name or pseudonym.
moving-note-enrolments-pseudonym = Write yes where the name is a pseudonym.
moving-note-enrolments-status = Taking part where empty.
moving-note-enrolments-decided-on = The day on which it was decided that somebody graduated, interrupted or never came.
moving-note-trainings-key = The association's own number of the training.
moving-note-trainings-trainer = Empty means the own association; of a partner, its name.
moving-note-trainings-first-on = The first day of the weekend.
moving-note-trainings-second-on = The first day of the second weekend.
moving-note-training-participants-training = The number of the sheet Trainings.
moving-note-training-participants-support-person = The number of the sheet People, or the mail address.
moving-note-training-participants-first = Whether they were there. The day stands on the sheet Support persons.
moving-note-training-participants-second = Whether they were there. The day stands on the sheet Support persons.
moving-note-expert-cohorts-key = The association's own number of the cohort.
moving-note-expert-cohorts-trainer = Empty means the own association; of a partner, its name.
moving-note-experts-person = The number of the sheet People, or the mail address.
moving-note-experts-trainer = Empty means the own association; of a partner, its name.
moving-note-experts-cohort = The number of the sheet Cohorts, where they were trained in one.
moving-note-experts-trained-on = The day on which another training was completed; empty where the cohort is written.
moving-note-experts-consent-until = The last day on which they may be listed; three years after the consent at most.
moving-note-expert-assignments-key = The association's own number of the assignment.
moving-note-expert-assignments-expert = The number of the sheet People, or the mail address.
moving-note-expert-assignments-host = Empty means the own association; of a partner, its name.
moving-note-expert-assignments-phase = Not known where empty.
moving-note-expenses-key = The association's own number of the entry.
moving-note-expenses-person = A support person or an expert: the number of the sheet People, or the mail address.
moving-note-expenses-kilometres = Of an own vehicle alone.
moving-note-expenses-days = Of per diems alone.

moving-count = { $sheet }: { $new } new, { $changed } changed, { $same } as they were
moving-mend = To be mended: { $count }. Nothing was moved.
moving-would = The file is in order. This would be moved:
moving-done = Moved:
moving-code = Support relationships, row { $row }: code { $code }

# In people's calendars: says nothing of what it is about.
appointment = Meeting
appointments = Meetings
deadline = Something to check

# In the public calendar of a drop-in place, before its name.
place-open = Open

# Wishes.

error-rate-limited = Too much was sent from here in a short time. Wait a few minutes and send it again.
error-answer-needed = Somebody who wished for something is told why it is not possible.
error-box-full = The box is full for now: its wishes are being read. Try again in some days.
