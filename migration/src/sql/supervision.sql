-- What an organisation has set for supervision: as an association, after how many days without it a peer is missing from
-- supervision; as a provider, whether its supervisors keep texts. Neither is set at first.
CREATE TABLE supervision_settings (
  organisation_id {uuid} PRIMARY KEY REFERENCES organisations (id),
  limit_days smallint,
  keeps_texts boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT supervision_settings_limit CHECK (limit_days BETWEEN 7 AND 730)
);

-- A session of supervision for peers of an association, held by a supervisor of another organisation, its provider.
-- Times of day are minutes after midnight by Helsinki's clock. `minutes` is what was planned, `held_minutes` what it took.
CREATE TABLE supervision_sessions (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  provider_id {uuid} NOT NULL REFERENCES organisations (id),
  supervisor_id {uuid} NOT NULL REFERENCES people (id),
  substitute_id {uuid} REFERENCES people (id),
  on_date {date} NOT NULL,
  starts_at smallint NOT NULL,
  minutes smallint NOT NULL,
  held_minutes smallint,
  form varchar(32) NOT NULL,
  status varchar(32) NOT NULL,
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  CONSTRAINT supervision_sessions_two_parties CHECK (organisation_id <> provider_id),
  CONSTRAINT supervision_sessions_form CHECK (form IN ('GROUP', 'INDIVIDUAL', 'REMOTE')),
  CONSTRAINT supervision_sessions_status CHECK (status IN ('PLANNED', 'HELD', 'CANCELLED')),
  CONSTRAINT supervision_sessions_starts_at CHECK (starts_at BETWEEN 0 AND 1439),
  CONSTRAINT supervision_sessions_minutes CHECK (minutes BETWEEN 15 AND 480),
  CONSTRAINT supervision_sessions_held CHECK ((status = 'HELD') = (held_minutes IS NOT NULL)),
  CONSTRAINT supervision_sessions_held_minutes CHECK (held_minutes BETWEEN 15 AND 480)
);
CREATE INDEX supervision_sessions_by_organisation ON supervision_sessions (organisation_id, on_date, id);
CREATE INDEX supervision_sessions_by_supervisor ON supervision_sessions (supervisor_id, on_date, id);
CREATE INDEX supervision_sessions_by_substitute ON supervision_sessions (substitute_id, on_date, id)
  WHERE substitute_id IS NOT NULL;
CREATE INDEX supervision_sessions_to_come ON supervision_sessions (on_date, id) WHERE status = 'PLANNED';

CREATE TABLE supervision_themes (
  session_id {uuid} NOT NULL REFERENCES supervision_sessions (id),
  list varchar(32) NOT NULL DEFAULT 'SUPERVISION_THEME',
  code varchar(32) NOT NULL,
  PRIMARY KEY (session_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT supervision_themes_list CHECK (list = 'SUPERVISION_THEME')
);

-- A supervisor's own words on a session, where the provider keeps texts: sealed with a key of their own, read by whoever
-- wrote them. Kept apart from the session, so that nothing that reads sessions can come upon them.
CREATE TABLE supervision_texts (
  session_id {uuid} PRIMARY KEY REFERENCES supervision_sessions (id),
  written_by {uuid} NOT NULL REFERENCES people (id),
  text_sealed {bytes} NOT NULL,
  data_key_sealed {bytes} NOT NULL,
  written_at {at} NOT NULL
);

CREATE TABLE supervision_invitations (
  id {uuid} PRIMARY KEY,
  session_id {uuid} NOT NULL REFERENCES supervision_sessions (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  answer varchar(32) NOT NULL,
  version integer NOT NULL DEFAULT 1,
  invited_by {uuid} NOT NULL REFERENCES people (id),
  invited_at {at} NOT NULL,
  answered_at {at},
  withdrawn_by {uuid} REFERENCES people (id),
  withdrawn_at {at},
  CONSTRAINT supervision_invitations_answer CHECK (answer IN ('NOT_ANSWERED', 'COMING', 'NOT_COMING'))
);
CREATE UNIQUE INDEX supervision_invitations_once ON supervision_invitations (session_id, person_id) WHERE withdrawn_at IS NULL;
CREATE INDEX supervision_invitations_by_person ON supervision_invitations (person_id, id);

-- Who was there. A mark that was recorded otherwise later stays, cancelled; `session_version` is the session's after the
-- act that wrote it.
CREATE TABLE supervision_attendances (
  session_id {uuid} NOT NULL REFERENCES supervision_sessions (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  session_version integer NOT NULL,
  status varchar(32) NOT NULL,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  PRIMARY KEY (session_id, person_id, session_version),
  CONSTRAINT supervision_attendances_status CHECK (status IN ('ATTENDED', 'ABSENT'))
);
CREATE UNIQUE INDEX supervision_attendances_once ON supervision_attendances (session_id, person_id) WHERE cancelled_at IS NULL;
CREATE INDEX supervision_attendances_by_person ON supervision_attendances (person_id, session_id) WHERE cancelled_at IS NULL;

-- "Please contact me": without a reason, and there is no column for one. Supervisors see it, the association does not.
CREATE TABLE supervision_contact_requests (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  asked_at {at} NOT NULL,
  acknowledged_by {uuid} REFERENCES people (id),
  acknowledged_at {at},
  withdrawn_at {at},
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX supervision_contact_requests_one_open ON supervision_contact_requests (organisation_id, person_id)
  WHERE acknowledged_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX supervision_contact_requests_by_person ON supervision_contact_requests (person_id, id);

INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('SUPERVISION_THEME', 'TASK_AND_LIMITS', 'Tehtävä ja sen rajat', 'Uppgiften och dess gränser', 'The task and its limits'),
  ('SUPERVISION_THEME', 'COPING', 'Oma jaksaminen', 'Att orka själv', 'Looking after oneself'),
  ('SUPERVISION_THEME', 'INTERACTION', 'Vuorovaikutus ja kohtaaminen', 'Samspel och bemötande', 'Meeting and interaction'),
  ('SUPERVISION_THEME', 'BEGINNING_AND_ENDING', 'Tukisuhteen alku ja loppu', 'Stödrelationens början och slut', 'Beginning and ending a relationship'),
  ('SUPERVISION_THEME', 'CONFIDENTIALITY', 'Vaitiolo', 'Tystnadsplikt', 'Confidentiality'),
  ('SUPERVISION_THEME', 'COOPERATION', 'Yhteistyö ammattilaisten kanssa', 'Samarbete med yrkespersoner', 'Working with professionals'),
  ('SUPERVISION_THEME', 'OTHER', 'Muu', 'Annat', 'Something else');
