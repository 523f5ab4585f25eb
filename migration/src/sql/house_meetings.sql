-- Meetings at which a drop-in place and its visitors talk over wishes and other matters, and what they decide.
CREATE TABLE house_meetings (
  id {uuid} PRIMARY KEY,
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  on_date {date} NOT NULL,
  status varchar(32) NOT NULL DEFAULT 'PLANNED',
  heads smallint,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT house_meetings_status CHECK (status IN ('PLANNED', 'HELD', 'CANCELLED')),
  CONSTRAINT house_meetings_heads CHECK (heads BETWEEN 0 AND 1000)
);
CREATE INDEX house_meetings_by_place ON house_meetings (place_id, on_date, id);

CREATE TABLE house_meeting_items (
  house_meeting_id {uuid} NOT NULL REFERENCES house_meetings (id),
  no smallint NOT NULL,
  wish_id {uuid} REFERENCES wishes (id),
  topic varchar(200),
  decision varchar(500),
  PRIMARY KEY (house_meeting_id, no),
  CONSTRAINT house_meeting_items_one CHECK ((wish_id IS NULL) <> (topic IS NULL))
);
CREATE INDEX house_meeting_items_by_wish ON house_meeting_items (wish_id) WHERE wish_id IS NOT NULL;

-- What a place cost, and who paid how much of each line, as courses' costs.
CREATE TABLE place_costs (
  id {uuid} PRIMARY KEY,
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  kind varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  cents integer NOT NULL,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  CONSTRAINT place_costs_kind CHECK (kind IN ('SPACE', 'WAGES', 'MATERIAL', 'ACTIVITY', 'OTHER')),
  CONSTRAINT place_costs_cents CHECK (cents BETWEEN 1 AND 100000000)
);
CREATE INDEX place_costs_by_place ON place_costs (place_id, on_date, id) WHERE cancelled_at IS NULL;

CREATE TABLE place_cost_shares (
  cost_id {uuid} NOT NULL REFERENCES place_costs (id),
  list varchar(32) NOT NULL DEFAULT 'FUNDER',
  funder varchar(32) NOT NULL,
  cents integer NOT NULL,
  PRIMARY KEY (cost_id, funder),
  FOREIGN KEY (list, funder) REFERENCES codes (list, code),
  CONSTRAINT place_cost_shares_list CHECK (list = 'FUNDER'),
  CONSTRAINT place_cost_shares_cents CHECK (cents > 0)
);

-- How word of a place reached its visitors: tallies, and nobody in them.
CREATE TABLE opening_sources (
  opening_id {uuid} NOT NULL REFERENCES openings (id),
  list varchar(32) NOT NULL DEFAULT 'INFORMATION_SOURCE',
  code varchar(32) NOT NULL,
  visitors integer NOT NULL,
  PRIMARY KEY (opening_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT opening_sources_list CHECK (list = 'INFORMATION_SOURCE'),
  CONSTRAINT opening_sources_visitors CHECK (visitors >= 0)
);

-- Whoever keeps an association's drop-in places, and nothing else of it.
INSERT INTO roles (code) VALUES ('PLACE_KEEPER');
