WITH closed AS (
  UPDATE joint_reviews v SET status = 'HELD', held_on = $2, is_joint = true, version = version + 1, coming_notice_on = NULL,
    due_notice_on = NULL, nudge_notice_on = NULL, overdue_notice_on = NULL, overdue_again_notice_on = NULL,
    booked_notice_on = NULL
  WHERE v.relationship_id = $1 AND v.status = 'PLANNED'
  RETURNING v.*
), recorded AS (
  INSERT INTO joint_review_records (id, organisation_id, joint_review_id, kind, held_on, professional_present,
    supported_present, support_person_present, channel, progress, outcome, settles_cycle, recorded_on, recorded_by, recorded_at)
  SELECT gen_random_uuid(), c.organisation_id, c.id, 'HELD', $2, true, true, true, 'IN_PERSON', 'WELL', 'CONTINUE', true, $2, $3, now()
  FROM closed c
)
INSERT INTO joint_reviews (id, organisation_id, relationship_id, cycle_no, status, interval_months, base_on, raw_planned_on,
  raw_window_end_on, window_start_on, planned_on, window_end_on, due_notice_on, created_at)
SELECT gen_random_uuid(), c.organisation_id, c.relationship_id, c.cycle_no + 1, 'PLANNED', c.interval_months, $2,
  $2 + 91, $2 + 183, $2 + 91, $2 + 91, $2 + 183, $2 + 77, now()
FROM closed c
RETURNING id
