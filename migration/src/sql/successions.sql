-- One organisation takes over from another: who proposed it, who agreed, from which day, and what went over.
ALTER TABLE organisations ADD COLUMN closed_on {date};

CREATE TABLE successions (
  id {uuid} PRIMARY KEY,
  former_id {uuid} NOT NULL REFERENCES organisations (id),
  successor_id {uuid} NOT NULL REFERENCES organisations (id),
  from_on {date} NOT NULL,
  status varchar(32) NOT NULL,
  version integer NOT NULL DEFAULT 1,
  proposed_by {uuid} NOT NULL REFERENCES people (id),
  proposed_at {at} NOT NULL,
  made_by {uuid} REFERENCES people (id),
  made_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  moved_cases integer,
  moved_referrals integer,
  moved_relationships integer,
  moved_support_persons integer,
  moved_people integer,
  CONSTRAINT successions_two_parties CHECK (former_id <> successor_id),
  CONSTRAINT successions_status CHECK (status IN ('PROPOSED', 'MADE', 'WITHDRAWN', 'UNDONE')),
  CONSTRAINT successions_made CHECK (status NOT IN ('MADE', 'UNDONE') OR made_at IS NOT NULL),
  CONSTRAINT successions_cancelled CHECK ((status IN ('WITHDRAWN', 'UNDONE')) = (cancelled_at IS NOT NULL))
);
CREATE UNIQUE INDEX successions_once ON successions (former_id) WHERE status IN ('PROPOSED', 'MADE');
CREATE INDEX successions_by_successor ON successions (successor_id);

-- What went over, row by row: until its day it was the former organisation's, and figures of that time count it there.
-- `of_id` is the ended row that a begun one goes on from; `valid_to` the last day that an ended row had before.
CREATE TABLE succession_entries (
  succession_id {uuid} NOT NULL REFERENCES successions (id),
  kind varchar(32) NOT NULL,
  object_id {uuid} NOT NULL,
  of_id {uuid},
  valid_to {date},
  version integer,
  PRIMARY KEY (succession_id, kind, object_id)
);
CREATE INDEX succession_entries_by_object ON succession_entries (object_id);
