-- Signing in by a link in a mail, and the sessions that follow.

-- Somebody asked for a link. The row is the same whether the address is known or not; only a known one is mailed.
-- `account_mac` is the keyed hash of the mail address, `address_mac` that of the network address: both for counting
-- tries alone. Of the link and of the browser's secret only hashes are kept.
CREATE TABLE sign_in_links (
  id {uuid} PRIMARY KEY,
  person_id {uuid} REFERENCES people (id),
  account_mac {bytes} NOT NULL,
  address_mac {bytes} NOT NULL,
  browser_hash {bytes} NOT NULL,
  token_hash {bytes} NOT NULL,
  key_version integer NOT NULL,
  leads_to varchar(120) NOT NULL,
  created_at {at} NOT NULL,
  expires_at {at} NOT NULL,
  used_at {at},
  CONSTRAINT sign_in_links_use CHECK (used_at IS NULL OR person_id IS NOT NULL)
);
CREATE UNIQUE INDEX sign_in_links_token ON sign_in_links (token_hash);
CREATE INDEX sign_in_links_by_account ON sign_in_links (account_mac, created_at);
CREATE INDEX sign_in_links_by_address ON sign_in_links (address_mac, created_at);
CREATE INDEX sign_in_links_by_time ON sign_in_links (created_at);

-- A browser that somebody is signed in with. `label` tells the kind of browser and system, and no more.
CREATE TABLE sessions (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  token_hash {bytes} NOT NULL,
  label varchar(40) NOT NULL,
  created_at {at} NOT NULL,
  last_seen_at {at} NOT NULL,
  expires_at {at} NOT NULL,
  ended_at {at}
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_by_person ON sessions (person_id, id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- The mails that leave at any hour, so that they are found among thousands that wait for the morning.
CREATE INDEX outbox_messages_at_once ON outbox_messages (available_ms, id)
  WHERE kind = 'SIGN_IN' AND status IN ('PLANNED', 'CLAIMED');
