-- What only this level knows goes with it: attested further gates and changes of programme.
DROP INDEX support_person_acts_by_support_person;
DROP INDEX support_person_acts_by_programme;
ALTER TABLE support_person_acts RENAME TO support_person_acts_after;
CREATE TABLE support_person_acts (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  kind varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  seq integer NOT NULL DEFAULT 0,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT support_person_acts_kind CHECK (kind IN ('CRITERION_MET', 'CRITERION_NOT_APPLICABLE', 'TRAINING_STARTED', 'TRAINING_WEEKEND_ATTENDED',
    'EARLIER_TRAINING_ATTESTED', 'CONFIDENTIALITY_SIGNED', 'ACTIVATED', 'PAUSED', 'RESUMED', 'ENDED'))
);
INSERT INTO support_person_acts (id, organisation_id, support_person_id, kind, on_date, seq, recorded_by, recorded_at, cancelled_at, cancelled_by)
  SELECT id, organisation_id, support_person_id, kind, on_date, seq, recorded_by, recorded_at, cancelled_at, cancelled_by
  FROM support_person_acts_after WHERE kind NOT IN ('GATE_ATTESTED', 'PROGRAMME_CHANGED');
DROP TABLE support_person_acts_after;
CREATE INDEX support_person_acts_by_support_person ON support_person_acts (support_person_id, id);
DROP INDEX support_persons_by_programme;
ALTER TABLE support_persons DROP COLUMN programme_id;
ALTER TABLE support_persons DROP COLUMN first_programme_id;
DROP TABLE programme_requirement_gates;
DROP TABLE programme_requirements;
DROP TABLE programme_languages;
DROP TABLE programme_codes;
DROP TABLE programmes;
DROP TABLE gates;
DELETE FROM codes WHERE list IN ('TARGET_GROUP', 'SUPPORT_FORM');
