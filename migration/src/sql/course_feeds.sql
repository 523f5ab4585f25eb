-- A session as calendars follow it: when its day, its time or its cancellation changed last; none where it is as planned.
ALTER TABLE course_sessions ADD COLUMN changed_at {at};

-- Addresses at which calendars read the sessions of a course. Of an address only a hash is kept: it is made again from the
-- row's id and a key, for those who lead the course. Which course it is, and that it is one, is told to nobody who reads it.
CREATE TABLE course_feeds (
  id {uuid} PRIMARY KEY,
  course_id {uuid} NOT NULL REFERENCES courses (id),
  language varchar(3) NOT NULL,
  token_hash {bytes} NOT NULL,
  key_version integer NOT NULL,
  opened_by {uuid} NOT NULL REFERENCES people (id),
  opened_at {at} NOT NULL,
  closed_by {uuid} REFERENCES people (id),
  closed_at {at},
  CONSTRAINT course_feeds_language CHECK (language IN ('fi', 'sv', 'en')),
  CONSTRAINT course_feeds_closed CHECK ((closed_by IS NULL) = (closed_at IS NULL))
);
CREATE UNIQUE INDEX course_feeds_token ON course_feeds (token_hash);
CREATE INDEX course_feeds_by_course ON course_feeds (course_id, id) WHERE closed_at IS NULL;
