-- Drop-in places, which anybody may visit without registering. What is told of a place is for everybody to read; who is
-- there in which role is not. Times of day are minutes after midnight by Helsinki's clock. The model is what a week is held
-- against. `changes` counts how often something that its public calendar shows has changed: calendars go by it.
CREATE TABLE drop_in_places (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  slug varchar(40) NOT NULL,
  name varchar(80) NOT NULL,
  address varchar(120) NOT NULL,
  county_code varchar(2) NOT NULL REFERENCES counties (code),
  municipality_code varchar(3),
  is_public boolean NOT NULL,
  least_minutes smallint NOT NULL,
  model_days smallint NOT NULL,
  model_guides smallint NOT NULL,
  changes integer NOT NULL DEFAULT 0,
  changed_at {at} NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT drop_in_places_municipality_form CHECK (municipality_code IS NULL OR length(municipality_code) = 3),
  CONSTRAINT drop_in_places_least_minutes CHECK (least_minutes BETWEEN 30 AND 720),
  CONSTRAINT drop_in_places_model_days CHECK (model_days BETWEEN 1 AND 7),
  CONSTRAINT drop_in_places_model_guides CHECK (model_guides BETWEEN 0 AND 20)
);
CREATE UNIQUE INDEX drop_in_places_slug ON drop_in_places (slug);
CREATE INDEX drop_in_places_by_organisation ON drop_in_places (organisation_id, id);

-- Organisations that word of a place reaches people through, or that it works with.
CREATE TABLE drop_in_place_partners (
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  PRIMARY KEY (place_id, organisation_id)
);

-- Who is there in which role, from when to when. Visitors have none, and are never written down.
CREATE TABLE place_role_terms (
  id {uuid} PRIMARY KEY,
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  role varchar(32) NOT NULL,
  from_on {date} NOT NULL,
  to_on {date},
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  CONSTRAINT place_role_terms_role CHECK (role IN ('PAID_GUIDE', 'VOLUNTEER', 'WORK_TRYOUT', 'PEER_GUIDE')),
  CONSTRAINT place_role_terms_order CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE INDEX place_role_terms_by_place ON place_role_terms (place_id, from_on) WHERE cancelled_at IS NULL;
CREATE INDEX place_role_terms_by_person ON place_role_terms (person_id, place_id) WHERE cancelled_at IS NULL;

-- On which days a place opens by itself, as a recurrence rule of RFC 5545 that is counted from `from_on`. A rule is not
-- changed, since what was by it stays so: it ends, and another begins.
CREATE TABLE opening_rules (
  id {uuid} PRIMARY KEY,
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  recurrence varchar(120) NOT NULL,
  starts_at smallint NOT NULL,
  ends_at smallint NOT NULL,
  from_on {date} NOT NULL,
  to_on {date},
  opens_on_holidays boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  cancelled_at {at},
  CONSTRAINT opening_rules_times CHECK (starts_at >= 0 AND ends_at > starts_at AND ends_at < 1440),
  CONSTRAINT opening_rules_order CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE INDEX opening_rules_by_place ON opening_rules (place_id, from_on) WHERE cancelled_at IS NULL;

-- A day of a rule of which something is recorded, or a single opening that no rule makes. Visits are counted, and nothing
-- more is known of them.
CREATE TABLE openings (
  id {uuid} PRIMARY KEY,
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  rule_id {uuid} REFERENCES opening_rules (id),
  on_date {date} NOT NULL,
  starts_at smallint NOT NULL,
  ends_at smallint NOT NULL,
  cancelled_for varchar(32),
  visits integer NOT NULL DEFAULT 0,
  first_time_visits integer NOT NULL DEFAULT 0,
  personal_supports integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  CONSTRAINT openings_times CHECK (starts_at >= 0 AND ends_at > starts_at AND ends_at < 1440),
  CONSTRAINT openings_cancelled_for CHECK (cancelled_for IN ('HOLIDAY', 'STAFF', 'OTHER')),
  CONSTRAINT openings_visits CHECK (visits >= 0 AND personal_supports >= 0),
  CONSTRAINT openings_first_times CHECK (first_time_visits BETWEEN 0 AND visits)
);
CREATE UNIQUE INDEX openings_once ON openings (rule_id, on_date) WHERE rule_id IS NOT NULL;
CREATE INDEX openings_by_place ON openings (place_id, on_date, starts_at);

-- What is done at an opening: a code, or an idea of the participants' own, which everybody may read.
CREATE TABLE opening_activities (
  opening_id {uuid} NOT NULL REFERENCES openings (id),
  no smallint NOT NULL,
  list varchar(32) NOT NULL DEFAULT 'PLACE_ACTIVITY',
  code varchar(32),
  idea varchar(80),
  PRIMARY KEY (opening_id, no),
  FOREIGN KEY (list, code) REFERENCES codes (list, code),
  CONSTRAINT opening_activities_list CHECK (list = 'PLACE_ACTIVITY'),
  CONSTRAINT opening_activities_told CHECK ((code IS NULL) <> (idea IS NULL))
);

-- Who is to be at an opening. Somebody who could not come stays in the list, with who came instead.
CREATE TABLE opening_shifts (
  id {uuid} PRIMARY KEY,
  opening_id {uuid} NOT NULL REFERENCES openings (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  role varchar(32) NOT NULL,
  instead_of_id {uuid} REFERENCES opening_shifts (id),
  added_by {uuid} NOT NULL REFERENCES people (id),
  added_at {at} NOT NULL,
  absent_at {at},
  removed_at {at},
  CONSTRAINT opening_shifts_role CHECK (role IN ('PAID_GUIDE', 'VOLUNTEER', 'WORK_TRYOUT', 'PEER_GUIDE'))
);
CREATE UNIQUE INDEX opening_shifts_once ON opening_shifts (opening_id, person_id) WHERE removed_at IS NULL;

-- Days on which a place is closed whatever its rules say, and why.
CREATE TABLE closed_days (
  id {uuid} PRIMARY KEY,
  place_id {uuid} NOT NULL REFERENCES drop_in_places (id),
  from_on {date} NOT NULL,
  to_on {date} NOT NULL,
  reason varchar(32) NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by {uuid} NOT NULL REFERENCES people (id),
  created_at {at} NOT NULL,
  cancelled_at {at},
  CONSTRAINT closed_days_reason CHECK (reason IN ('HOLIDAY', 'STAFF', 'OTHER')),
  CONSTRAINT closed_days_order CHECK (to_on >= from_on)
);
CREATE INDEX closed_days_by_place ON closed_days (place_id, from_on) WHERE cancelled_at IS NULL;

INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('PLACE_ACTIVITY', 'GAMES', 'Pelit', 'Spel', 'Games'),
  ('PLACE_ACTIVITY', 'BILLIARDS', 'Biljardi', 'Biljard', 'Billiards'),
  ('PLACE_ACTIVITY', 'COOKING', 'Ruoanlaitto', 'Matlagning', 'Cooking'),
  ('PLACE_ACTIVITY', 'COFFEE', 'Kahvihetki', 'Kaffestund', 'Coffee'),
  ('PLACE_ACTIVITY', 'MUSIC', 'Musiikki', 'Musik', 'Music'),
  ('PLACE_ACTIVITY', 'CRAFTS', 'Kädentaidot', 'Hantverk', 'Crafts'),
  ('PLACE_ACTIVITY', 'EXERCISE', 'Liikunta', 'Motion', 'Exercise'),
  ('PLACE_ACTIVITY', 'EXCURSION', 'Retki', 'Utflykt', 'Excursion'),
  ('PLACE_ACTIVITY', 'TALK', 'Keskustelu', 'Samtal', 'Talk');
