INSERT INTO meetings (id, organisation_id, relationship_id, met_on, minutes, activity, channel, recorded_by, recorded_at)
SELECT gen_random_uuid(), r.organisation_id, r.id, $2, 60, 'COFFEE', 'IN_PERSON', $3, now()
FROM support_relationships r
WHERE r.id = $1 AND r.first_meeting_on <= $2
RETURNING id
