-- Added in error: who took it back, and when.
ALTER TABLE peer_groups ADD COLUMN cancelled_by {uuid} REFERENCES people (id);
ALTER TABLE peer_groups ADD COLUMN cancelled_at {at};
ALTER TABLE grant_targets ADD COLUMN cancelled_by {uuid} REFERENCES people (id);
ALTER TABLE grant_targets ADD COLUMN cancelled_at {at};
