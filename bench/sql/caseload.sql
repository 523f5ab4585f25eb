SELECT r.id, r.status, c.case_code, r.first_meeting_on, r.support_person_id, sp.status, k.kind, k.id, k.on_date, k.held_on, k.code, k.minutes
FROM (
  SELECT r.* FROM support_relationships r
  WHERE r.case_id IN (SELECT cp.case_id FROM case_professionals cp WHERE cp.person_id = $1 AND cp.to_on IS NULL)
    AND r.status <> 'CANCELLED'
  ORDER BY r.id DESC LIMIT 20
) r
JOIN supported_cases c ON c.id = r.case_id
JOIN support_persons sp ON sp.id = r.support_person_id
LEFT JOIN LATERAL (
  (SELECT 'R' AS kind, v.id, v.planned_on AS on_date, v.held_on, v.status AS code, 0::smallint AS minutes
   FROM joint_reviews v
   WHERE v.relationship_id = r.id AND (v.cancelled_reason IS NULL OR v.cancelled_reason <> 'RECORDED_IN_ERROR')
   ORDER BY v.planned_on DESC, v.id DESC LIMIT 3)
  UNION ALL
  (SELECT 'M', m.id, m.met_on, NULL, m.activity, m.minutes
   FROM meetings m WHERE m.relationship_id = r.id AND m.cancelled_at IS NULL ORDER BY m.met_on DESC, m.id DESC LIMIT 5)
) k ON true
ORDER BY r.id DESC, k.kind DESC, k.on_date DESC, k.id DESC
