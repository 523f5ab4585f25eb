-- What volunteers were paid for in a year: sums and kilometres alone. No day, no receipt, no identity number: wages and
-- reports to the tax authority are made elsewhere.
CREATE TABLE expenses (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  year smallint NOT NULL,
  kind varchar(32) NOT NULL,
  kilometres integer,
  days integer,
  cents integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_by {uuid} REFERENCES people (id),
  cancelled_at {at},
  CONSTRAINT expenses_kind CHECK (kind IN ('OWN_VEHICLE', 'PUBLIC_TRANSPORT', 'LODGING', 'PER_DIEM', 'OTHER')),
  CONSTRAINT expenses_kilometres CHECK ((kind = 'OWN_VEHICLE') = (kilometres IS NOT NULL) AND (kilometres IS NULL OR kilometres > 0)),
  CONSTRAINT expenses_days CHECK ((kind = 'PER_DIEM') = (days IS NOT NULL) AND (days IS NULL OR days > 0)),
  CONSTRAINT expenses_cents CHECK (cents > 0)
);
CREATE INDEX expenses_by_year ON expenses (organisation_id, year, person_id) WHERE cancelled_at IS NULL;
CREATE INDEX expenses_by_person ON expenses (person_id, year);

-- What a non-profit organisation may pay free of tax in a year, from a year on until another is told. Those of no organisation
-- hold for all; an organisation's administrator may add others when the law changes before this program does.
CREATE TABLE expense_limits (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} REFERENCES organisations (id),
  from_year smallint NOT NULL,
  per_diem_days smallint NOT NULL,
  own_vehicle_cents integer NOT NULL,
  added_by {uuid} REFERENCES people (id),
  added_at {at},
  CONSTRAINT expense_limits_days CHECK (per_diem_days BETWEEN 0 AND 366),
  CONSTRAINT expense_limits_vehicle CHECK (own_vehicle_cents BETWEEN 0 AND 100000000)
);
CREATE UNIQUE INDEX expense_limits_once ON expense_limits (organisation_id, from_year);
INSERT INTO expense_limits (id, from_year, per_diem_days, own_vehicle_cents) VALUES ({new_id}, 2019, 20, 300000);
