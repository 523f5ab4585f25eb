-- The official form's statements, as an association got them with the right to use them; none come with the program.
CREATE TABLE survey_statements (
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  language varchar(3) NOT NULL REFERENCES languages (code),
  no smallint NOT NULL,
  line varchar(200) NOT NULL,
  PRIMARY KEY (organisation_id, language, no),
  CONSTRAINT survey_statements_no CHECK (no BETWEEN 1 AND 10)
);

-- A round of answers to ten statements. Whoever knows its code answers, and nobody is asked who they are.
CREATE TABLE survey_waves (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  name varchar(80) NOT NULL,
  code varchar(8) NOT NULL,
  opened_on {date} NOT NULL,
  closed_on {date},
  version integer NOT NULL DEFAULT 1,
  opened_by {uuid} NOT NULL REFERENCES people (id),
  closed_by {uuid} REFERENCES people (id),
  CONSTRAINT survey_waves_closed CHECK ((closed_on IS NULL) = (closed_by IS NULL)),
  CONSTRAINT survey_waves_order CHECK (closed_on IS NULL OR closed_on >= opened_on)
);
CREATE UNIQUE INDEX survey_waves_code ON survey_waves (code);
CREATE INDEX survey_waves_by_organisation ON survey_waves (organisation_id, opened_on, id);

-- An answer knows its wave, its numbers, and whether it came on paper: no person, no time.
CREATE TABLE survey_answers (
  id {uuid} PRIMARY KEY,
  wave_id {uuid} NOT NULL REFERENCES survey_waves (id),
  source varchar(32) NOT NULL,
  s1 smallint,
  s2 smallint,
  s3 smallint,
  s4 smallint,
  s5 smallint,
  s6 smallint,
  s7 smallint,
  s8 smallint,
  s9 smallint,
  s10 smallint,
  CONSTRAINT survey_answers_source CHECK (source IN ('FORM', 'PAPER')),
  CONSTRAINT survey_answers_s1 CHECK (s1 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s2 CHECK (s2 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s3 CHECK (s3 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s4 CHECK (s4 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s5 CHECK (s5 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s6 CHECK (s6 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s7 CHECK (s7 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s8 CHECK (s8 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s9 CHECK (s9 BETWEEN 1 AND 5),
  CONSTRAINT survey_answers_s10 CHECK (s10 BETWEEN 1 AND 5)
);
CREATE INDEX survey_answers_by_wave ON survey_answers (wave_id);
