DROP TABLE course_cost_shares;
DROP TABLE course_costs;
DELETE FROM codes WHERE list = 'FUNDER';
ALTER TABLE person_merge_entries RENAME TO person_merge_entries_before;
CREATE TABLE person_merge_entries (
  merge_id {uuid} NOT NULL REFERENCES person_merges (id),
  kind varchar(32) NOT NULL,
  row_id {uuid} NOT NULL,
  former_to_on {date},
  PRIMARY KEY (merge_id, kind, row_id),
  CONSTRAINT person_merge_entries_kind CHECK (kind IN ('ROLE_ENDED', 'ROLE_CANCELLED', 'ROLE_GIVEN', 'ABSENCE_MOVED', 'STAND_IN_MOVED',
    'ABSENCE_CANCELLED', 'SUPPORT_PERSON_MOVED', 'REFERRAL_MOVED', 'TOKEN_REVOKED', 'SAVED_LIST_MOVED'))
);
INSERT INTO person_merge_entries (merge_id, kind, row_id, former_to_on)
  SELECT merge_id, kind, row_id, former_to_on FROM person_merge_entries_before WHERE kind NOT IN ('ENROLMENT_MOVED', 'FACILITATOR_MOVED');
DROP TABLE person_merge_entries_before;
DELETE FROM schema_levels WHERE level = 13;
