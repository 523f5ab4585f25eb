-- Work for influence: what was brought before which body, and what came of it. What stands here is public elsewhere.
CREATE TABLE influence_items (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  kind varchar(32) NOT NULL,
  title varchar(200) NOT NULL,
  body varchar(120) NOT NULL,
  on_date {date} NOT NULL,
  section varchar(40),
  register_number varchar(40),
  participants integer,
  outcome varchar(32) NOT NULL,
  outcome_told varchar(400),
  area smallint,
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  CONSTRAINT influence_items_kind CHECK (kind IN ('INITIATIVE', 'CUSTOMER_PANEL', 'PROCUREMENT', 'HEARING', 'STATEMENT')),
  CONSTRAINT influence_items_outcome CHECK (outcome IN ('PENDING', 'ACCEPTED', 'PARTLY_ACCEPTED', 'NOTED', 'REJECTED')),
  CONSTRAINT influence_items_participants CHECK (participants BETWEEN 0 AND 10000),
  CONSTRAINT influence_items_area CHECK (area BETWEEN 1 AND 3)
);
CREATE INDEX influence_items_by_organisation ON influence_items (organisation_id, on_date, id);
