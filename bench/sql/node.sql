SELECT r.id, r.status, c.case_code, r.first_meeting_on
FROM support_relationships r JOIN supported_cases c ON c.id = r.case_id
WHERE r.id = $1
