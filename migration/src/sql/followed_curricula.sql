-- Of which version a course did otherwise: it may begin to follow another before it has begun.
ALTER TABLE course_changes ADD COLUMN curriculum_id {uuid} REFERENCES curricula (id);
UPDATE course_changes SET curriculum_id = (SELECT c.curriculum_id FROM courses c WHERE c.id = course_changes.course_id);
