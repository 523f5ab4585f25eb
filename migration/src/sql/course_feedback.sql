-- Feedback on a course, in waves: whoever knows the wave's code answers, and nobody is asked who they are. An answer knows
-- its wave and nothing else: no person, no time.
CREATE TABLE course_feedback_waves (
  id {uuid} PRIMARY KEY,
  course_id {uuid} NOT NULL REFERENCES courses (id),
  code varchar(8) NOT NULL,
  opened_on {date} NOT NULL,
  opened_by {uuid} NOT NULL REFERENCES people (id),
  closed_on {date},
  closed_by {uuid} REFERENCES people (id),
  CONSTRAINT course_feedback_waves_closed CHECK ((closed_on IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX course_feedback_waves_code ON course_feedback_waves (code);
CREATE INDEX course_feedback_waves_by_course ON course_feedback_waves (course_id, opened_on, id);

CREATE TABLE course_feedback_answers (
  id {uuid} PRIMARY KEY,
  wave_id {uuid} NOT NULL REFERENCES course_feedback_waves (id),
  heard smallint,
  safe smallint,
  useful smallint,
  recommends smallint,
  CONSTRAINT course_feedback_answers_heard CHECK (heard BETWEEN 1 AND 5),
  CONSTRAINT course_feedback_answers_safe CHECK (safe BETWEEN 1 AND 5),
  CONSTRAINT course_feedback_answers_useful CHECK (useful BETWEEN 1 AND 5),
  CONSTRAINT course_feedback_answers_recommends CHECK (recommends BETWEEN 1 AND 5)
);
CREATE INDEX course_feedback_answers_by_wave ON course_feedback_answers (wave_id);
