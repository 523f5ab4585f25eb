-- The area of osallisuus that an opening serves, 1 to 3, where somebody has said so.
ALTER TABLE openings ADD COLUMN area smallint CONSTRAINT openings_area CHECK (area BETWEEN 1 AND 3);
