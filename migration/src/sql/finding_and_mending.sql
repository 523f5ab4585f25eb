-- Sealed labels: what a professional or a support person writes down to recognise a case by. One is kept by a case's
-- professionals, one by the support person of a relationship. Each has a data key of its own, since a case is nobody
-- whose key could be taken: erasing the row erases both.
CREATE TABLE sealed_labels (
  id {uuid} PRIMARY KEY,
  case_id {uuid} REFERENCES supported_cases (id),
  relationship_id {uuid} REFERENCES support_relationships (id),
  data_key_sealed {bytes} NOT NULL,
  text_sealed {bytes} NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT sealed_labels_one_keeper CHECK ((case_id IS NULL) <> (relationship_id IS NULL))
);
CREATE UNIQUE INDEX sealed_labels_of_case ON sealed_labels (case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX sealed_labels_of_relationship ON sealed_labels (relationship_id) WHERE relationship_id IS NOT NULL;

-- Which kinds of notices a person does without. Which may be done without at all, the program says.
CREATE TABLE notice_opt_outs (
  person_id {uuid} NOT NULL REFERENCES people (id),
  kind varchar(32) NOT NULL,
  PRIMARY KEY (person_id, kind)
);

-- Organisations whose administrator allowed notes on support persons. There are none at first.
CREATE TABLE note_allowances (
  organisation_id {uuid} PRIMARY KEY REFERENCES organisations (id),
  allowed_by {uuid} NOT NULL REFERENCES people (id),
  allowed_at {at} NOT NULL
);

-- A coordinator's short note, sealed with the data key of the person whom it is about: erasing the person erases it.
CREATE TABLE support_person_notes (
  support_person_id {uuid} PRIMARY KEY REFERENCES support_persons (id),
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  text_sealed {bytes} NOT NULL,
  written_by {uuid} NOT NULL REFERENCES people (id),
  written_at {at} NOT NULL,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX support_person_notes_by_organisation ON support_person_notes (organisation_id);

-- A list's filter that a coordinator saved under a name: as the JSON of the list's own filter, checked when it is saved.
CREATE TABLE saved_lists (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  owner_id {uuid} NOT NULL REFERENCES people (id),
  list varchar(32) NOT NULL,
  name varchar(60) NOT NULL,
  filter varchar(2000) NOT NULL,
  is_shared boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  CONSTRAINT saved_lists_list CHECK (list IN ('SUPPORT_RELATIONSHIPS', 'JOINT_REVIEWS', 'REFERRALS', 'SUPPORT_PERSONS', 'NOTICES'))
);
CREATE INDEX saved_lists_by_owner ON saved_lists (organisation_id, owner_id);
CREATE INDEX saved_lists_shared ON saved_lists (organisation_id) WHERE is_shared;

-- Two records of one person, merged by one act. Both rows stay: what was recorded by either says so for ever.
CREATE TABLE person_merges (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  kept_id {uuid} NOT NULL REFERENCES people (id),
  merged_id {uuid} NOT NULL REFERENCES people (id),
  caseload_move_id {uuid} REFERENCES caseload_moves (id),
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_on {date} NOT NULL,
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT person_merges_two_records CHECK (kept_id <> merged_id)
);
CREATE UNIQUE INDEX person_merges_once ON person_merges (merged_id) WHERE cancelled_at IS NULL;
CREATE INDEX person_merges_by_organisation ON person_merges (organisation_id, id);
CREATE INDEX person_merges_by_kept ON person_merges (kept_id);

-- What a merge did to which row, so that it can be seen and taken back. `former_to_on` is the day on which a role that the
-- merge ended would have ended.
CREATE TABLE person_merge_entries (
  merge_id {uuid} NOT NULL REFERENCES person_merges (id),
  kind varchar(32) NOT NULL,
  row_id {uuid} NOT NULL,
  former_to_on {date},
  PRIMARY KEY (merge_id, kind, row_id),
  CONSTRAINT person_merge_entries_kind CHECK (kind IN ('ROLE_ENDED', 'ROLE_CANCELLED', 'ROLE_GIVEN', 'ABSENCE_MOVED', 'STAND_IN_MOVED',
    'ABSENCE_CANCELLED', 'SUPPORT_PERSON_MOVED', 'REFERRAL_MOVED', 'TOKEN_REVOKED', 'SAVED_LIST_MOVED'))
);
