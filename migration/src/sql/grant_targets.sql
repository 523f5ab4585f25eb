-- What a funder gives money for, and which activities belong to it: its yearly report counts these.
CREATE TABLE grant_targets (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  list varchar(32) NOT NULL DEFAULT 'FUNDER',
  funder varchar(32) NOT NULL,
  code varchar(40) NOT NULL,
  name varchar(120) NOT NULL,
  kind varchar(32) NOT NULL,
  from_on {date} NOT NULL,
  to_on {date},
  counts_encounters boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  FOREIGN KEY (list, funder) REFERENCES codes (list, code),
  CONSTRAINT grant_targets_list CHECK (list = 'FUNDER'),
  CONSTRAINT grant_targets_kind CHECK (kind IN ('GENERAL', 'TARGETED', 'PROJECT', 'OTHER')),
  CONSTRAINT grant_targets_order CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE INDEX grant_targets_by_organisation ON grant_targets (organisation_id, from_on, id);

-- An activity is one of these and nothing else; it may belong to several targets, as several may pay for it.
CREATE TABLE grant_target_activities (
  id {uuid} PRIMARY KEY,
  grant_target_id {uuid} NOT NULL REFERENCES grant_targets (id),
  course_id {uuid} REFERENCES courses (id),
  drop_in_place_id {uuid} REFERENCES drop_in_places (id),
  peer_group_id {uuid} REFERENCES peer_groups (id),
  programme_id {uuid} REFERENCES programmes (id),
  influence_item_id {uuid} REFERENCES influence_items (id),
  CONSTRAINT grant_target_activities_one CHECK (
    (CASE WHEN course_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN drop_in_place_id IS NULL THEN 0 ELSE 1 END)
    + (CASE WHEN peer_group_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN programme_id IS NULL THEN 0 ELSE 1 END)
    + (CASE WHEN influence_item_id IS NULL THEN 0 ELSE 1 END) = 1)
);
CREATE INDEX grant_target_activities_by_target ON grant_target_activities (grant_target_id);
