-- What courses for peer guides teach, in versions: eight sessions, each with a theme, methods and materials. A version that
-- courses follow is changed no more; the next one is.
CREATE TABLE curricula (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  name varchar(80) NOT NULL,
  no integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT curricula_no CHECK (no >= 1)
);
CREATE INDEX curricula_by_organisation ON curricula (organisation_id, name, no);

CREATE TABLE curriculum_sessions (
  curriculum_id {uuid} NOT NULL REFERENCES curricula (id),
  no smallint NOT NULL,
  theme varchar(120) NOT NULL,
  methods varchar(200),
  materials varchar(200),
  PRIMARY KEY (curriculum_id, no),
  CONSTRAINT curriculum_sessions_no CHECK (no BETWEEN 1 AND 8)
);

-- Where professionals and project developers worked a version out together: how many there were, never who. One that was
-- wrong stays, cancelled.
CREATE TABLE curriculum_workshops (
  id {uuid} PRIMARY KEY,
  curriculum_id {uuid} NOT NULL REFERENCES curricula (id),
  on_date {date} NOT NULL,
  professionals smallint NOT NULL,
  developers smallint NOT NULL,
  changed varchar(400) NOT NULL,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  CONSTRAINT curriculum_workshops_professionals CHECK (professionals BETWEEN 0 AND 100),
  CONSTRAINT curriculum_workshops_developers CHECK (developers BETWEEN 0 AND 100)
);
CREATE INDEX curriculum_workshops_by_curriculum ON curriculum_workshops (curriculum_id, on_date, id) WHERE cancelled_at IS NULL;

-- What a course that follows a version does otherwise: what a session was about before, each time that it was changed.
CREATE TABLE course_changes (
  id {uuid} PRIMARY KEY,
  course_id {uuid} NOT NULL REFERENCES courses (id),
  session_id {uuid} NOT NULL REFERENCES course_sessions (id),
  theme varchar(120),
  methods varchar(200),
  materials varchar(200),
  reason varchar(200),
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL
);
CREATE INDEX course_changes_by_course ON course_changes (course_id, recorded_at, id);

ALTER TABLE courses ADD COLUMN curriculum_id {uuid} REFERENCES curricula (id);
CREATE INDEX courses_by_curriculum ON courses (curriculum_id, id) WHERE curriculum_id IS NOT NULL;
