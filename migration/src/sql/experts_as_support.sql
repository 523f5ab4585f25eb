-- Whether a programme takes experts by experience; and whose training as an expert an entry of a support person attests.
ALTER TABLE programme_requirements ADD COLUMN takes_experts boolean NOT NULL DEFAULT false;
ALTER TABLE support_person_acts ADD COLUMN expert_id {uuid} REFERENCES expert_profiles (id);
CREATE INDEX support_person_acts_by_expert ON support_person_acts (expert_id) WHERE expert_id IS NOT NULL;
