-- The public directory: what an organisation wants everybody to know. No person, and nothing unless it was said.
CREATE TABLE directory_entries (
  organisation_id {uuid} PRIMARY KEY REFERENCES organisations (id),
  is_listed boolean NOT NULL DEFAULT false,
  mailbox varchar(254),
  phone varchar(40),
  version integer NOT NULL DEFAULT 1,
  written_at {at} NOT NULL,
  CONSTRAINT directory_entries_reachable CHECK (NOT is_listed OR mailbox IS NOT NULL OR phone IS NOT NULL)
);
CREATE TABLE directory_counties (
  organisation_id {uuid} NOT NULL REFERENCES directory_entries (organisation_id),
  county_code varchar(2) NOT NULL REFERENCES counties (code),
  PRIMARY KEY (county_code, organisation_id)
);
