-- Programmes: what an association offers, and what it asks for before somebody acts as a support person in it.

-- What an association asks for besides the three gates; attested by a coordinator.
CREATE TABLE gates (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  name_fi varchar(80) NOT NULL,
  name_sv varchar(80) NOT NULL,
  name_en varchar(80) NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL
);
CREATE INDEX gates_by_organisation ON gates (organisation_id);

CREATE TABLE programmes (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  name_fi varchar(80) NOT NULL,
  name_sv varchar(80) NOT NULL,
  name_en varchar(80) NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  valid_from {date} NOT NULL,
  valid_to {date},
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  CONSTRAINT programmes_validity CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX programmes_by_organisation ON programmes (organisation_id);
CREATE UNIQUE INDEX programmes_one_default ON programmes (organisation_id) WHERE is_default;

-- Target groups and forms of support. Never on anything about a case.
CREATE TABLE programme_codes (
  programme_id {uuid} NOT NULL REFERENCES programmes (id),
  list varchar(32) NOT NULL,
  code varchar(32) NOT NULL,
  PRIMARY KEY (programme_id, list, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT programme_codes_list CHECK (list IN ('TARGET_GROUP', 'SUPPORT_FORM'))
);
CREATE TABLE programme_languages (
  programme_id {uuid} NOT NULL REFERENCES programmes (id),
  code varchar(3) NOT NULL REFERENCES languages (code),
  PRIMARY KEY (programme_id, code)
);

-- What a programme asks for, from a day on. Until the first of them, as the first.
CREATE TABLE programme_requirements (
  id {uuid} PRIMARY KEY,
  programme_id {uuid} NOT NULL REFERENCES programmes (id),
  from_on {date} NOT NULL,
  asks_criterion boolean NOT NULL,
  training_weekends smallint NOT NULL,
  accepts_earlier_training boolean NOT NULL,
  asks_confidentiality boolean NOT NULL,
  recorded_by {uuid} REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT programme_requirements_weekends CHECK (training_weekends BETWEEN 0 AND 20)
);
CREATE UNIQUE INDEX programme_requirements_once ON programme_requirements (programme_id, from_on) WHERE cancelled_at IS NULL;
CREATE TABLE programme_requirement_gates (
  requirement_id {uuid} NOT NULL REFERENCES programme_requirements (id),
  gate_id {uuid} NOT NULL REFERENCES gates (id),
  PRIMARY KEY (requirement_id, gate_id)
);

INSERT INTO programmes (id, organisation_id, name_fi, name_sv, name_en, is_default, valid_from, created_at)
  SELECT {new_id}, o.id, 'Vertaistukihenkilöt', 'Kamratstödpersoner', 'Peer support persons', true, CAST('2000-01-01' AS {date}), o.created_at
  FROM organisations o WHERE EXISTS (SELECT 1 FROM support_persons sp WHERE sp.organisation_id = o.id);
INSERT INTO programme_requirements (id, programme_id, from_on, asks_criterion, training_weekends, accepts_earlier_training, asks_confidentiality, recorded_at)
  SELECT {new_id}, p.id, p.valid_from, true, 2, true, true, p.created_at FROM programmes p;

-- The programme of today, which follows from the entries, and the one that somebody began in.
ALTER TABLE support_persons ADD COLUMN programme_id {uuid} REFERENCES programmes (id);
ALTER TABLE support_persons ADD COLUMN first_programme_id {uuid} REFERENCES programmes (id);
UPDATE support_persons SET programme_id = (SELECT p.id FROM programmes p WHERE p.organisation_id = support_persons.organisation_id);
UPDATE support_persons SET first_programme_id = programme_id;
CREATE INDEX support_persons_by_programme ON support_persons (programme_id);

-- Two more kinds of entries. SQLite changes no CHECK, so the table is made anew.
DROP INDEX support_person_acts_by_support_person;
ALTER TABLE support_person_acts RENAME TO support_person_acts_before;
CREATE TABLE support_person_acts (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  kind varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  seq integer NOT NULL DEFAULT 0,
  gate_id {uuid} REFERENCES gates (id),
  programme_id {uuid} REFERENCES programmes (id),
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT support_person_acts_kind CHECK (kind IN ('CRITERION_MET', 'CRITERION_NOT_APPLICABLE', 'TRAINING_STARTED', 'TRAINING_WEEKEND_ATTENDED',
    'EARLIER_TRAINING_ATTESTED', 'CONFIDENTIALITY_SIGNED', 'GATE_ATTESTED', 'PROGRAMME_CHANGED', 'ACTIVATED', 'PAUSED', 'RESUMED', 'ENDED')),
  CONSTRAINT support_person_acts_gate CHECK ((kind = 'GATE_ATTESTED') = (gate_id IS NOT NULL)),
  CONSTRAINT support_person_acts_programme CHECK ((kind = 'PROGRAMME_CHANGED') = (programme_id IS NOT NULL))
);
INSERT INTO support_person_acts (id, organisation_id, support_person_id, kind, on_date, seq, recorded_by, recorded_at, cancelled_at, cancelled_by)
  SELECT id, organisation_id, support_person_id, kind, on_date, seq, recorded_by, recorded_at, cancelled_at, cancelled_by FROM support_person_acts_before;
DROP TABLE support_person_acts_before;
CREATE INDEX support_person_acts_by_support_person ON support_person_acts (support_person_id, id);
CREATE INDEX support_person_acts_by_programme ON support_person_acts (programme_id) WHERE programme_id IS NOT NULL;
