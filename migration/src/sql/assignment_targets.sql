-- Whom an expert's assignment is for, as codes; of the work, never of anybody whom the expert meets.
CREATE TABLE expert_assignment_targets (
  assignment_id {uuid} NOT NULL REFERENCES expert_assignments (id),
  list varchar(32) NOT NULL DEFAULT 'TARGET_GROUP',
  code varchar(32) NOT NULL,
  PRIMARY KEY (assignment_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT expert_assignment_targets_list CHECK (list = 'TARGET_GROUP')
);
