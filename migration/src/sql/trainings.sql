-- Trainings of support persons: two weekends, each known by its first day, given by the association itself or by a partner.
CREATE TABLE trainings (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  trainer_id {uuid} NOT NULL REFERENCES organisations (id),
  name varchar(80) NOT NULL,
  first_on {date} NOT NULL,
  second_on {date} NOT NULL,
  cancelled_at {at},
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT trainings_in_order CHECK (first_on < second_on)
);
CREATE INDEX trainings_by_organisation ON trainings (organisation_id, first_on, id);

CREATE TABLE training_participants (
  id {uuid} PRIMARY KEY,
  training_id {uuid} NOT NULL REFERENCES trainings (id),
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  added_by {uuid} NOT NULL REFERENCES people (id),
  added_at {at} NOT NULL,
  removed_by {uuid} REFERENCES people (id),
  removed_at {at}
);
CREATE UNIQUE INDEX training_participants_once ON training_participants (training_id, support_person_id) WHERE removed_at IS NULL;
CREATE INDEX training_participants_by_support_person ON training_participants (support_person_id, training_id) WHERE removed_at IS NULL;

-- Who was there: the entry of the support person that says so. An entry that is cancelled says it no longer, whoever cancelled it.
CREATE TABLE training_attendances (
  participant_id {uuid} NOT NULL REFERENCES training_participants (id),
  weekend smallint NOT NULL,
  act_id {uuid} NOT NULL REFERENCES support_person_acts (id),
  PRIMARY KEY (participant_id, weekend, act_id),
  CONSTRAINT training_attendances_weekend CHECK (weekend IN (1, 2))
);
CREATE INDEX training_attendances_by_act ON training_attendances (act_id);
