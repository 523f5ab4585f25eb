-- The few professionals whose role has ended or was taken back: their cases are looked for among these alone.
CREATE INDEX role_grants_ended ON role_grants (person_id) WHERE role = 'PROFESSIONAL' AND (valid_to IS NOT NULL OR cancelled_at IS NOT NULL);
