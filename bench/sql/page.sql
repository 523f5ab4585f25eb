SELECT r.id, r.status, c.case_code, r.first_meeting_on
FROM (
  SELECT r.* FROM support_relationships r
  WHERE r.organisation_id = $1 AND r.status <> 'CANCELLED' AND r.id < $2
  ORDER BY r.id DESC LIMIT 20
) r
JOIN supported_cases c ON c.id = r.case_id
ORDER BY r.id DESC
