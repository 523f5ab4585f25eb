-- A notice that reached nobody waits until somebody says that it is seen to. One that is sent anew has no row here.
CREATE TABLE notice_acknowledgements (
  message_id {uuid} PRIMARY KEY REFERENCES outbox_messages (id),
  acknowledged_by {uuid} NOT NULL REFERENCES people (id),
  acknowledged_at {at} NOT NULL
);

-- The day on which the responsible professional gave the case up without a successor: whoever coordinates is to name
-- another. It stays on record; whether anybody is responsible by now is asked of the case's professionals.
ALTER TABLE supported_cases ADD COLUMN given_up_on {date};
CREATE INDEX supported_cases_given_up ON supported_cases (organisation_id, given_up_on) WHERE given_up_on IS NOT NULL;
