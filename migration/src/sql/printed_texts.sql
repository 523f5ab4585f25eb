-- What an association has printed in its own words: the agreement's terms, the questions of the review sheet. Publishing
-- adds a version; none is ever changed. `body` holds the paragraphs, a line each; none where nothing is to be printed.
CREATE TABLE printed_texts (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  kind varchar(32) NOT NULL,
  language varchar(3) NOT NULL REFERENCES languages (code),
  version_no integer NOT NULL,
  body text NOT NULL,
  published_by {uuid} NOT NULL REFERENCES people (id),
  published_at {at} NOT NULL,
  CONSTRAINT printed_texts_kind CHECK (kind IN ('AGREEMENT_TEMPLATE', 'REVIEW_QUESTIONS')),
  CONSTRAINT printed_texts_language CHECK (language IN ('fi', 'sv', 'en'))
);
CREATE UNIQUE INDEX printed_texts_once ON printed_texts (organisation_id, kind, language, version_no);
