ALTER TABLE drop_in_places ADD COLUMN takes_wishes boolean NOT NULL DEFAULT false;

-- What somebody wished for at a drop-in place, by the form that everybody may send or from the paper box. Nobody is in it:
-- not who wished, nor when but for the day, nor from where. `told` is the wish in the place's own words, for everybody to
-- read; the text itself is for whoever keeps the place, and is erased where it does not belong there.
CREATE TABLE wishes (
  id {uuid} PRIMARY KEY,
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  source varchar(32) NOT NULL,
  text varchar(500),
  area smallint,
  status varchar(32) NOT NULL DEFAULT 'RECEIVED',
  told varchar(200),
  answer varchar(500),
  received_on {date} NOT NULL,
  answered_on {date},
  version integer NOT NULL DEFAULT 1,
  answered_by {uuid} REFERENCES people (id),
  CONSTRAINT wishes_source CHECK (source IN ('FORM', 'PAPER')),
  CONSTRAINT wishes_area CHECK (area BETWEEN 1 AND 3),
  CONSTRAINT wishes_status CHECK (status IN ('RECEIVED', 'DISCUSSED', 'PLANNED', 'DONE', 'NOT_POSSIBLE')),
  CONSTRAINT wishes_not_possible_is_answered CHECK (status <> 'NOT_POSSIBLE' OR answer IS NOT NULL),
  CONSTRAINT wishes_answered CHECK ((answer IS NULL) = (answered_on IS NULL)),
  CONSTRAINT wishes_order CHECK (answered_on IS NULL OR answered_on >= received_on)
);
CREATE INDEX wishes_by_place ON wishes (place_id, received_on, id);
CREATE INDEX wishes_unanswered ON wishes (place_id) WHERE status = 'RECEIVED' AND text IS NOT NULL;
CREATE INDEX wishes_told ON wishes (place_id, received_on, id) WHERE told IS NOT NULL;
