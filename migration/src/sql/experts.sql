-- Experts by experience. A cohort trains some together; whoever was trained otherwise has a day of their own.
CREATE TABLE expert_cohorts (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  trainer_id {uuid} NOT NULL REFERENCES organisations (id),
  name varchar(80) NOT NULL,
  starts_on {date} NOT NULL,
  ends_on {date} NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT expert_cohorts_in_order CHECK (starts_on <= ends_on)
);
CREATE INDEX expert_cohorts_by_organisation ON expert_cohorts (organisation_id, starts_on, id);

-- Somebody in an organisation's register of the trained. One person may stand in the registers of several.
CREATE TABLE expert_profiles (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  cohort_id {uuid} REFERENCES expert_cohorts (id),
  trainer_id {uuid} NOT NULL REFERENCES organisations (id),
  trained_on {date},
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  removed_by {uuid} REFERENCES people (id),
  removed_at {at},
  CONSTRAINT expert_profiles_trained CHECK ((cohort_id IS NULL) = (trained_on IS NOT NULL))
);
CREATE UNIQUE INDEX expert_profiles_once ON expert_profiles (organisation_id, person_id) WHERE removed_at IS NULL;
CREATE INDEX expert_profiles_by_person ON expert_profiles (person_id, id);
CREATE INDEX expert_profiles_by_cohort ON expert_profiles (cohort_id) WHERE cohort_id IS NOT NULL;

CREATE TABLE expert_purposes (
  profile_id {uuid} NOT NULL REFERENCES expert_profiles (id),
  list varchar(32) NOT NULL DEFAULT 'EXPERT_PURPOSE',
  code varchar(32) NOT NULL,
  PRIMARY KEY (profile_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT expert_purposes_list CHECK (list = 'EXPERT_PURPOSE')
);

-- The consent to be listed, until a day. Each that is given takes the place of the one before. `notice_on` is the day on
-- which its end is told.
CREATE TABLE expert_consents (
  id {uuid} PRIMARY KEY,
  profile_id {uuid} NOT NULL REFERENCES expert_profiles (id),
  given_on {date} NOT NULL,
  until_on {date} NOT NULL,
  notice_on {date} NOT NULL,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  ended_by {uuid} REFERENCES people (id),
  ended_at {at},
  CONSTRAINT expert_consents_in_order CHECK (given_on <= until_on)
);
CREATE UNIQUE INDEX expert_consents_once ON expert_consents (profile_id) WHERE ended_at IS NULL;
CREATE INDEX expert_consents_to_end ON expert_consents (notice_on) WHERE ended_at IS NULL;

-- What an expert does, where, for how much of the working time, on what terms. `host_id` is the organisation that is worked for.
CREATE TABLE expert_assignments (
  id {uuid} PRIMARY KEY,
  profile_id {uuid} NOT NULL REFERENCES expert_profiles (id),
  host_id {uuid} NOT NULL REFERENCES organisations (id),
  list varchar(32) NOT NULL DEFAULT 'EXPERT_TASK',
  task varchar(32) NOT NULL,
  place varchar(80),
  working_time_pct smallint NOT NULL,
  compensation varchar(32) NOT NULL,
  employment varchar(32) NOT NULL,
  funding varchar(32) NOT NULL,
  phase varchar(32) NOT NULL,
  from_on {date} NOT NULL,
  to_on {date},
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  FOREIGN KEY (list, task) REFERENCES codes (list, code),
  CONSTRAINT expert_assignments_list CHECK (list = 'EXPERT_TASK'),
  CONSTRAINT expert_assignments_working_time CHECK (working_time_pct BETWEEN 1 AND 100),
  CONSTRAINT expert_assignments_compensation CHECK (compensation IN ('NONE', 'EXPENSES', 'FEE', 'WAGE')),
  CONSTRAINT expert_assignments_employment CHECK (employment IN ('VOLUNTEER', 'FIXED_TERM', 'PERMANENT')),
  CONSTRAINT expert_assignments_funding CHECK (funding IN ('GRANTED', 'APPLIED', 'ENDED')),
  CONSTRAINT expert_assignments_phase CHECK (phase IN ('BEFORE_REHAB', 'DURING_REHAB', 'AFTER_REHAB', 'NO_REHAB', 'UNKNOWN')),
  CONSTRAINT expert_assignments_in_order CHECK (to_on IS NULL OR from_on <= to_on)
);
CREATE INDEX expert_assignments_by_profile ON expert_assignments (profile_id, from_on);

-- How many full-time experts an organisation plans to have in a year, in hundredths.
CREATE TABLE expert_targets (
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  year smallint NOT NULL,
  fte_hundredths integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (organisation_id, year),
  CONSTRAINT expert_targets_fte CHECK (fte_hundredths BETWEEN 0 AND 100000)
);

INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('EXPERT_PURPOSE', 'SUPPORT', 'Vertaistuki', 'Kamratstöd', 'Peer support'),
  ('EXPERT_PURPOSE', 'CLIENT_WORK', 'Asiakastyö ammattilaisen työparina', 'Klientarbete tillsammans med en yrkesperson', 'Client work beside a professional'),
  ('EXPERT_PURPOSE', 'DEVELOPMENT', 'Palvelujen kehittäminen', 'Utveckling av tjänster', 'Developing services'),
  ('EXPERT_PURPOSE', 'TRAINING', 'Koulutus ja puheenvuorot', 'Utbildning och inlägg', 'Training and talks'),
  ('EXPERT_PURPOSE', 'EVALUATION', 'Arviointi ja auditointi', 'Utvärdering och granskning', 'Evaluation and audits'),
  ('EXPERT_PURPOSE', 'HEALTH_CARE', 'Terveydenhuolto', 'Hälso- och sjukvård', 'Health care'),
  ('EXPERT_TASK', 'CLIENT_WORK', 'Asiakastyö', 'Klientarbete', 'Client work'),
  ('EXPERT_TASK', 'SERVICE_DESIGN', 'Palvelujen suunnittelu', 'Planering av tjänster', 'Designing services'),
  ('EXPERT_TASK', 'PROCUREMENT', 'Kilpailutus', 'Upphandling', 'Procurement'),
  ('EXPERT_TASK', 'CUSTOMER_PANEL', 'Asiakasraati', 'Klientråd', 'Customer panel'),
  ('EXPERT_TASK', 'TRAINING_TALK', 'Koulutuspuheenvuoro', 'Utbildningsinlägg', 'Training talk'),
  ('EXPERT_TASK', 'OTHER', 'Muu', 'Annat', 'Something else');
