-- Rows that were moved in from a file: which object a row's key stands for, and what the row told. Keys are an
-- association's own and may be names, so only keyed hashes of them are kept.
CREATE TABLE moved_rows (
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  kind varchar(32) NOT NULL,
  key_lookup {bytes} NOT NULL,
  object_id {uuid} NOT NULL,
  content_lookup {bytes} NOT NULL,
  object_version bigint NOT NULL,
  moved_at {at} NOT NULL,
  PRIMARY KEY (organisation_id, kind, key_lookup)
);
