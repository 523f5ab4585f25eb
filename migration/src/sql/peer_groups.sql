-- Peer groups, their meetings as counts of heads, and talks that are counted one by one. Who came is nowhere.
CREATE TABLE peer_groups (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  name varchar(80) NOT NULL,
  kind varchar(32) NOT NULL,
  place varchar(120),
  drop_in_place_id {uuid} REFERENCES drop_in_places (id),
  from_on {date} NOT NULL,
  to_on {date},
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT peer_groups_kind CHECK (kind IN ('PEER_GROUP', 'SELF_HELP', 'GUIDED')),
  CONSTRAINT peer_groups_order CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE INDEX peer_groups_by_organisation ON peer_groups (organisation_id, id);

CREATE TABLE peer_group_audiences (
  peer_group_id {uuid} NOT NULL REFERENCES peer_groups (id),
  list varchar(32) NOT NULL DEFAULT 'GROUP_AUDIENCE',
  code varchar(32) NOT NULL,
  PRIMARY KEY (peer_group_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT peer_group_audiences_list CHECK (list = 'GROUP_AUDIENCE')
);

CREATE TABLE peer_group_leaders (
  id {uuid} PRIMARY KEY,
  peer_group_id {uuid} NOT NULL REFERENCES peer_groups (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  added_by {uuid} NOT NULL REFERENCES people (id),
  added_at {at} NOT NULL,
  removed_at {at}
);
CREATE UNIQUE INDEX peer_group_leaders_once ON peer_group_leaders (peer_group_id, person_id) WHERE removed_at IS NULL;
CREATE INDEX peer_group_leaders_by_person ON peer_group_leaders (person_id, peer_group_id) WHERE removed_at IS NULL;

CREATE TABLE peer_group_meetings (
  id {uuid} PRIMARY KEY,
  peer_group_id {uuid} NOT NULL REFERENCES peer_groups (id),
  on_date {date} NOT NULL,
  minutes smallint NOT NULL,
  heads smallint NOT NULL,
  first_timers smallint,
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  CONSTRAINT peer_group_meetings_minutes CHECK (minutes BETWEEN 1 AND 720),
  CONSTRAINT peer_group_meetings_heads CHECK (heads >= 0),
  CONSTRAINT peer_group_meetings_first_timers CHECK (first_timers BETWEEN 0 AND heads)
);
CREATE INDEX peer_group_meetings_by_group ON peer_group_meetings (peer_group_id, on_date, id);

-- One talk or several on a day, with nobody in it: no agreement and no review follow.
CREATE TABLE encounters (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  list varchar(32) NOT NULL DEFAULT 'ENCOUNTER_KIND',
  kind varchar(32) NOT NULL,
  phase varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  talks smallint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  FOREIGN KEY (list, kind) REFERENCES codes (list, code),
  CONSTRAINT encounters_list CHECK (list = 'ENCOUNTER_KIND'),
  CONSTRAINT encounters_phase CHECK (phase IN ('BEFORE_REHAB', 'DURING_REHAB', 'AFTER_REHAB', 'NO_REHAB', 'UNKNOWN')),
  CONSTRAINT encounters_talks CHECK (talks BETWEEN 1 AND 100)
);
CREATE INDEX encounters_by_organisation ON encounters (organisation_id, on_date, id);

INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('GROUP_AUDIENCE', 'DEPENDENT', 'Riippuvaiset ja toipuvat', 'Beroende och tillfrisknande', 'Dependent and recovering people'),
  ('GROUP_AUDIENCE', 'NEXT_OF_KIN', 'Läheiset', 'Närstående', 'Next of kin'),
  ('GROUP_AUDIENCE', 'PARENTS', 'Vanhemmat', 'Föräldrar', 'Parents'),
  ('GROUP_AUDIENCE', 'SIBLINGS', 'Sisarukset', 'Syskon', 'Siblings'),
  ('GROUP_AUDIENCE', 'FAMILIES', 'Perheet', 'Familjer', 'Families'),
  ('GROUP_AUDIENCE', 'YOUNG', 'Nuoret', 'Unga', 'Young people'),
  ('GROUP_AUDIENCE', 'CHILDREN', 'Lapset', 'Barn', 'Children'),
  ('ENCOUNTER_KIND', 'MOTIVATION_TALK', 'Motivaatiokeskustelu', 'Motivationssamtal', 'Motivation talk'),
  ('ENCOUNTER_KIND', 'SUPPORT_TALK', 'Tukikeskustelu', 'Stödsamtal', 'Supporting talk'),
  ('ENCOUNTER_KIND', 'ADVICE', 'Neuvonta', 'Rådgivning', 'Advice'),
  ('ENCOUNTER_KIND', 'OTHER', 'Muu kohtaaminen', 'Annat möte', 'Another encounter');
