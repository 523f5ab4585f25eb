-- What a course cost, and who paid for it. Nothing is paid by whoever takes part, and no wage stands here unless somebody
-- enters one. A line that was wrong stays, cancelled.
CREATE TABLE course_costs (
  id {uuid} PRIMARY KEY,
  course_id {uuid} NOT NULL REFERENCES courses (id),
  kind varchar(32) NOT NULL,
  cents integer NOT NULL,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  CONSTRAINT course_costs_kind CHECK (kind IN ('SPACE', 'MATERIAL', 'EXCURSION', 'OTHER')),
  CONSTRAINT course_costs_cents CHECK (cents BETWEEN 1 AND 100000000)
);
CREATE INDEX course_costs_by_course ON course_costs (course_id, id) WHERE cancelled_at IS NULL;

CREATE TABLE course_cost_shares (
  cost_id {uuid} NOT NULL REFERENCES course_costs (id),
  list varchar(32) NOT NULL DEFAULT 'FUNDER',
  funder varchar(32) NOT NULL,
  cents integer NOT NULL,
  PRIMARY KEY (cost_id, funder),
  FOREIGN KEY (list, funder) REFERENCES codes (list, code),
  CONSTRAINT course_cost_shares_list CHECK (list = 'FUNDER'),
  CONSTRAINT course_cost_shares_cents CHECK (cents > 0)
);

INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('FUNDER', 'STEA', 'STEA-avustus', 'STEA-understöd', 'STEA grant'),
  ('FUNDER', 'ESF', 'Euroopan sosiaalirahasto', 'Europeiska socialfonden', 'European Social Fund'),
  ('FUNDER', 'MINISTRY', 'Ministeriö', 'Ministerium', 'Ministry'),
  ('FUNDER', 'MUNICIPALITY', 'Kunta', 'Kommun', 'Municipality'),
  ('FUNDER', 'COUNTY', 'Hyvinvointialue', 'Välfärdsområde', 'Wellbeing services county'),
  ('FUNDER', 'FOUNDATION', 'Säätiö', 'Stiftelse', 'Foundation'),
  ('FUNDER', 'OWN', 'Omat varat', 'Egna medel', 'Own funds'),
  ('FUNDER', 'OTHER', 'Muu', 'Annan', 'Other');

-- Merging two records of a person moves their parts in courses as well: two kinds more.
ALTER TABLE person_merge_entries RENAME TO person_merge_entries_before;
CREATE TABLE person_merge_entries (
  merge_id {uuid} NOT NULL REFERENCES person_merges (id),
  kind varchar(32) NOT NULL,
  row_id {uuid} NOT NULL,
  former_to_on {date},
  PRIMARY KEY (merge_id, kind, row_id),
  CONSTRAINT person_merge_entries_kind CHECK (kind IN ('ROLE_ENDED', 'ROLE_CANCELLED', 'ROLE_GIVEN', 'ABSENCE_MOVED', 'STAND_IN_MOVED',
    'ABSENCE_CANCELLED', 'SUPPORT_PERSON_MOVED', 'REFERRAL_MOVED', 'TOKEN_REVOKED', 'SAVED_LIST_MOVED',
    'ENROLMENT_MOVED', 'FACILITATOR_MOVED'))
);
INSERT INTO person_merge_entries (merge_id, kind, row_id, former_to_on)
  SELECT merge_id, kind, row_id, former_to_on FROM person_merge_entries_before;
DROP TABLE person_merge_entries_before;
