-- Courses for peer guides: eight weekly sessions of four hours. The unit and the goals are told of the course, never of
-- anybody in it. Times of day are minutes after midnight by Helsinki's clock. Taking part costs nothing, whoever writes.
-- `changes` counts how often the day, the time or the cancellation of one of its sessions has changed.
CREATE TABLE courses (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  name varchar(80) NOT NULL,
  unit varchar(80),
  starts_on {date} NOT NULL,
  starts_at smallint NOT NULL,
  lunch_minutes smallint NOT NULL,
  baseline_group_size smallint,
  participant_limit smallint,
  participant_fee smallint NOT NULL DEFAULT 0,
  status varchar(32) NOT NULL,
  opened_at {at},
  cancelled_at {at},
  changes integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT courses_status CHECK (status IN ('PLANNED', 'OPEN', 'RUNNING', 'FINISHED', 'CANCELLED')),
  CONSTRAINT courses_free CHECK (participant_fee = 0),
  CONSTRAINT courses_starts_at CHECK (starts_at BETWEEN 0 AND 1200),
  CONSTRAINT courses_lunch CHECK (lunch_minutes BETWEEN 0 AND 120),
  CONSTRAINT courses_baseline CHECK (baseline_group_size BETWEEN 0 AND 40),
  CONSTRAINT courses_limit CHECK (participant_limit BETWEEN 1 AND 40)
);
CREATE INDEX courses_by_organisation ON courses (organisation_id, starts_on, id);

CREATE TABLE course_goals (
  course_id {uuid} NOT NULL REFERENCES courses (id),
  list varchar(32) NOT NULL DEFAULT 'COURSE_GOAL',
  code varchar(32) NOT NULL,
  PRIMARY KEY (course_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT course_goals_list CHECK (list = 'COURSE_GOAL')
);

-- Who arranges a course besides the association whose course it is, and who works along.
CREATE TABLE course_organisers (
  course_id {uuid} NOT NULL REFERENCES courses (id),
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  kind varchar(32) NOT NULL,
  PRIMARY KEY (course_id, organisation_id),
  CONSTRAINT course_organisers_kind CHECK (kind IN ('ORGANISER', 'PARTNER'))
);

CREATE TABLE course_facilitators (
  id {uuid} PRIMARY KEY,
  course_id {uuid} NOT NULL REFERENCES courses (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  kind varchar(32) NOT NULL,
  assigned_by {uuid} NOT NULL REFERENCES people (id),
  assigned_at {at} NOT NULL,
  removed_by {uuid} REFERENCES people (id),
  removed_at {at},
  CONSTRAINT course_facilitators_kind CHECK (kind IN ('PROFESSIONAL', 'ASSISTANT'))
);
CREATE UNIQUE INDEX course_facilitators_once ON course_facilitators (course_id, person_id) WHERE removed_at IS NULL;
CREATE INDEX course_facilitators_by_person ON course_facilitators (person_id, course_id) WHERE removed_at IS NULL;

-- One of the eight, or one that makes up for a cancelled one under its number. `sequence` is the course's count of changes
-- when its day, time or cancellation changed last: calendars and notices go by it.
CREATE TABLE course_sessions (
  id {uuid} PRIMARY KEY,
  course_id {uuid} NOT NULL REFERENCES courses (id),
  no smallint NOT NULL,
  planned_on {date} NOT NULL,
  planned_at smallint NOT NULL,
  on_date {date} NOT NULL,
  remind_on {date} NOT NULL,
  starts_at smallint NOT NULL,
  minutes smallint NOT NULL,
  status varchar(32) NOT NULL,
  replaces_id {uuid} REFERENCES course_sessions (id),
  theme varchar(120),
  methods varchar(200),
  materials varchar(200),
  sequence integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT course_sessions_status CHECK (status IN ('SCHEDULED', 'MOVED', 'HELD', 'CANCELLED')),
  CONSTRAINT course_sessions_no CHECK (no BETWEEN 1 AND 8),
  CONSTRAINT course_sessions_starts_at CHECK (starts_at BETWEEN 0 AND 1200),
  CONSTRAINT course_sessions_minutes CHECK (minutes = 240)
);
CREATE UNIQUE INDEX course_sessions_one_of_each ON course_sessions (course_id, no) WHERE status <> 'CANCELLED';
CREATE UNIQUE INDEX course_sessions_one_a_day ON course_sessions (course_id, on_date) WHERE status <> 'CANCELLED';
CREATE INDEX course_sessions_by_day ON course_sessions (on_date, course_id) WHERE status <> 'CANCELLED';
CREATE INDEX course_sessions_to_come ON course_sessions (remind_on, on_date) WHERE status IN ('SCHEDULED', 'MOVED');

-- Somebody's part in a course: a person of the register, or a name or pseudonym, which is sealed with a key of its own.
-- Nothing is told of why somebody takes part.
CREATE TABLE enrolments (
  id {uuid} PRIMARY KEY,
  course_id {uuid} NOT NULL REFERENCES courses (id),
  person_id {uuid} REFERENCES people (id),
  name_sealed {bytes},
  data_key_sealed {bytes},
  is_pseudonym boolean NOT NULL,
  status varchar(32) NOT NULL,
  wants_reminders boolean NOT NULL,
  applied_on {date} NOT NULL,
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  CONSTRAINT enrolments_status CHECK (status IN ('APPLIED', 'ENROLLED', 'GRADUATED', 'INTERRUPTED', 'NO_SHOW', 'CANCELLED')),
  CONSTRAINT enrolments_name CHECK ((person_id IS NULL) = (name_sealed IS NOT NULL)),
  CONSTRAINT enrolments_key CHECK ((name_sealed IS NULL) = (data_key_sealed IS NULL)),
  CONSTRAINT enrolments_reached CHECK (person_id IS NOT NULL OR NOT wants_reminders)
);
CREATE UNIQUE INDEX enrolments_once ON enrolments (course_id, person_id) WHERE person_id IS NOT NULL AND status <> 'CANCELLED';
CREATE INDEX enrolments_by_course ON enrolments (course_id, id);
CREATE INDEX enrolments_by_person ON enrolments (person_id, id) WHERE person_id IS NOT NULL;

CREATE TABLE enrolment_decisions (
  id {uuid} PRIMARY KEY,
  enrolment_id {uuid} NOT NULL REFERENCES enrolments (id),
  kind varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  CONSTRAINT enrolment_decisions_kind CHECK (kind IN ('GRADUATED', 'INTERRUPTED', 'NO_SHOW'))
);
CREATE UNIQUE INDEX enrolment_decisions_once ON enrolment_decisions (enrolment_id) WHERE cancelled_at IS NULL;

CREATE TABLE enrolment_next_steps (
  decision_id {uuid} NOT NULL REFERENCES enrolment_decisions (id),
  list varchar(32) NOT NULL DEFAULT 'NEXT_STEP',
  code varchar(32) NOT NULL,
  PRIMARY KEY (decision_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT enrolment_next_steps_list CHECK (list = 'NEXT_STEP')
);

-- Who was there. A mark that was recorded otherwise later stays, cancelled. `session_version` is the session's after the
-- act that wrote it: whoever records on an earlier one has not seen it.
CREATE TABLE attendances (
  session_id {uuid} NOT NULL REFERENCES course_sessions (id),
  enrolment_id {uuid} NOT NULL REFERENCES enrolments (id),
  session_version integer NOT NULL,
  status varchar(32) NOT NULL,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  PRIMARY KEY (session_id, enrolment_id, session_version),
  CONSTRAINT attendances_status CHECK (status IN ('NOT_RECORDED', 'PRESENT', 'PARTLY', 'EXCUSED', 'ABSENT'))
);
CREATE UNIQUE INDEX attendances_once ON attendances (session_id, enrolment_id) WHERE cancelled_at IS NULL;
CREATE INDEX attendances_by_enrolment ON attendances (enrolment_id, session_id) WHERE cancelled_at IS NULL;

INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('COURSE_GOAL', 'SELF_WORTH', 'Itsetunto ja voimaantuminen', 'Självkänsla och egenmakt', 'Self-worth and empowerment'),
  ('COURSE_GOAL', 'COMMITMENT', 'Sitoutuminen päivään ja kellonaikaan', 'Att binda sig vid en dag och en tid', 'Committing to a day and a time'),
  ('COURSE_GOAL', 'GROUP_SKILLS', 'Ryhmätaidot', 'Gruppfärdigheter', 'Group skills'),
  ('COURSE_GOAL', 'SHARED_EXPERTISE', 'Jaettu asiantuntijuus', 'Delad sakkunskap', 'Shared expertise'),
  ('COURSE_GOAL', 'PATH_TO_WORK_OR_STUDY', 'Polku työhön tai opintoihin', 'En väg till arbete eller studier', 'A path to work or study'),
  ('COURSE_GOAL', 'INFLUENCE', 'Osallistuminen ja vaikuttaminen', 'Delaktighet och påverkan', 'Taking part and having a say'),
  ('NEXT_STEP', 'STUDY', 'Opinnot', 'Studier', 'Studies'),
  ('NEXT_STEP', 'WORK', 'Työ', 'Arbete', 'Work'),
  ('NEXT_STEP', 'WORK_TRYOUT', 'Työkokeilu', 'Arbetsprövning', 'Work try-out'),
  ('NEXT_STEP', 'VOLUNTEER', 'Vapaaehtoistyö', 'Frivilligarbete', 'Volunteering'),
  ('NEXT_STEP', 'PEER_GUIDE', 'Vertaisohjaaja', 'Kamratledare', 'Peer guide'),
  ('NEXT_STEP', 'OTHER', 'Muu', 'Annat', 'Something else'),
  ('NEXT_STEP', 'NONE', 'Ei vielä', 'Inget ännu', 'Nothing yet');
