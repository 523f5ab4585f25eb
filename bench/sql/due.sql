SELECT v.id, v.planned_on, v.window_end_on, r.id, r.status, c.case_code, cp.person_id, o.id, o.name
FROM (
  SELECT v.* FROM joint_reviews v
  WHERE v.organisation_id = $1 AND v.status = 'PLANNED' AND v.planned_on <= $2
  ORDER BY v.planned_on, v.id LIMIT 50
) v
JOIN support_relationships r ON r.id = v.relationship_id
JOIN supported_cases c ON c.id = r.case_id
JOIN organisations o ON o.id = r.referring_organisation_id
LEFT JOIN case_professionals cp ON cp.case_id = r.case_id AND cp.to_on IS NULL AND cp.is_responsible
ORDER BY v.planned_on, v.id
