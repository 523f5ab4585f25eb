-- Participation figures: what is published of populations and periods, for analysts who never see a person. Nothing in these
-- tables is about anybody; what is hidden is not here at all.

-- The quarters of Helsinki's calendar. `year_before` is the last day of the same quarter of the year before.
CREATE TABLE participation_periods (
  quarter varchar(6) PRIMARY KEY,
  first_on {date} NOT NULL,
  last_on {date} NOT NULL,
  year_before {date} NOT NULL
);

-- A night's counting.
CREATE TABLE participation_snapshots (
  id {uuid} PRIMARY KEY,
  taken_on {date} NOT NULL,
  taken_at {at} NOT NULL,
  threshold smallint NOT NULL,
  CONSTRAINT participation_snapshots_threshold CHECK (threshold >= 3)
);
CREATE UNIQUE INDEX participation_snapshots_once ON participation_snapshots (taken_on);

-- The tables of a population in a period, as they were published and until another took their place.
CREATE TABLE participation_publications (
  id {uuid} PRIMARY KEY,
  snapshot_id {uuid} NOT NULL REFERENCES participation_snapshots (id),
  measure varchar(32) NOT NULL,
  period varchar(6) NOT NULL,
  threshold smallint NOT NULL,
  published_on {date} NOT NULL,
  replaced_on {date},
  CONSTRAINT participation_publications_order CHECK (replaced_on IS NULL OR replaced_on >= published_on)
);
CREATE UNIQUE INDEX participation_publications_once ON participation_publications (measure, period) WHERE replaced_on IS NULL;
CREATE INDEX participation_publications_read ON participation_publications (measure, period, published_on);
CREATE INDEX participation_publications_by_snapshot ON participation_publications (snapshot_id);

-- One cell: the breakdowns of its table, its categories, and what is told of it. A hidden one tells nothing.
CREATE TABLE participation_cells (
  publication_id {uuid} NOT NULL REFERENCES participation_publications (id),
  by_rows varchar(32) NOT NULL,
  by_columns varchar(32) NOT NULL,
  row_code varchar(64) NOT NULL,
  column_code varchar(64) NOT NULL,
  row_name varchar(160),
  column_name varchar(160),
  how_many bigint,
  told_1 double precision,
  told_2 double precision,
  told_3 double precision,
  is_hidden boolean NOT NULL,
  PRIMARY KEY (publication_id, by_rows, by_columns, row_code, column_code),
  CONSTRAINT participation_cells_hidden CHECK (NOT is_hidden OR (how_many IS NULL AND told_1 IS NULL AND told_2 IS NULL AND told_3 IS NULL))
);
