-- The main path: organisations, people, referrals, support relationships, joint reviews, the outbox.
-- Types in braces differ between the two databases; `lib.rs` fills them in.
-- Constraints are named: PostgreSQL reports the name, and the program turns it into a code.

-- Code lists. Lists that grow are tables; closed sets of states are CHECKs.

CREATE TABLE counties (
  code varchar(2) PRIMARY KEY,
  name_fi varchar(80) NOT NULL,
  name_sv varchar(80) NOT NULL
);

CREATE TABLE municipalities (
  code varchar(3) NOT NULL,
  valid_from {date} NOT NULL,
  valid_to {date},
  name_fi varchar(80) NOT NULL,
  name_sv varchar(80) NOT NULL,
  county_code varchar(2) NOT NULL REFERENCES counties (code),
  PRIMARY KEY (code, valid_from),
  CONSTRAINT municipalities_code_form CHECK (length(code) = 3),
  CONSTRAINT municipalities_validity CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE languages (
  code varchar(3) PRIMARY KEY
);
CREATE TABLE roles (
  code varchar(32) PRIMARY KEY
);
CREATE TABLE organisation_kinds (
  code varchar(32) PRIMARY KEY
);
CREATE TABLE partnership_kinds (
  code varchar(32) PRIMARY KEY
);

-- Codes that an association may add to: their names in the three languages stand beside them.
CREATE TABLE codes (
  list varchar(32) NOT NULL,
  code varchar(32) NOT NULL,
  name_fi varchar(80) NOT NULL,
  name_sv varchar(80) NOT NULL,
  name_en varchar(80) NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  PRIMARY KEY (list, code)
);

-- Organisations and people.

CREATE TABLE organisations (
  id {uuid} PRIMARY KEY,
  kind varchar(32) NOT NULL REFERENCES organisation_kinds (code),
  name varchar(160) NOT NULL,
  is_name_neutral boolean NOT NULL DEFAULT false,
  language varchar(3) NOT NULL REFERENCES languages (code),
  county_code varchar(2) NOT NULL REFERENCES counties (code),
  municipality_code varchar(3),
  mailbox varchar(254),
  max_active_default smallint NOT NULL DEFAULT 2,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  CONSTRAINT organisations_municipality_form CHECK (municipality_code IS NULL OR length(municipality_code) = 3),
  CONSTRAINT organisations_max_active CHECK (max_active_default BETWEEN 1 AND 20)
);

CREATE TABLE partnerships (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  partner_id {uuid} NOT NULL REFERENCES organisations (id),
  kind varchar(32) NOT NULL REFERENCES partnership_kinds (code),
  county_code varchar(2) REFERENCES counties (code),
  valid_from {date} NOT NULL,
  valid_to {date},
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  CONSTRAINT partnerships_two_parties CHECK (organisation_id <> partner_id),
  CONSTRAINT partnerships_validity CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX partnerships_by_organisation ON partnerships (organisation_id, kind);
CREATE INDEX partnerships_by_partner ON partnerships (partner_id, kind);

CREATE TABLE people (
  id {uuid} PRIMARY KEY,
  language varchar(3) NOT NULL REFERENCES languages (code),
  data_key_sealed {bytes} NOT NULL,
  name_sealed {bytes} NOT NULL,
  email_sealed {bytes},
  phone_sealed {bytes},
  email_lookup {bytes},
  phone_lookup {bytes},
  is_active boolean NOT NULL DEFAULT true,
  erased_at {at},
  email_bounces smallint NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL
);
CREATE UNIQUE INDEX people_email ON people (email_lookup) WHERE email_lookup IS NOT NULL;
CREATE INDEX people_phone ON people (phone_lookup) WHERE phone_lookup IS NOT NULL;

CREATE TABLE role_grants (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  role varchar(32) NOT NULL REFERENCES roles (code),
  valid_from {date} NOT NULL,
  valid_to {date},
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  cancelled_at {at},
  CONSTRAINT role_grants_validity CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX role_grants_by_person ON role_grants (person_id);
CREATE INDEX role_grants_by_organisation ON role_grants (organisation_id, role);

CREATE TABLE absences (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  substitute_id {uuid} NOT NULL REFERENCES people (id),
  from_on {date} NOT NULL,
  to_on {date} NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  cancelled_at {at},
  CONSTRAINT absences_order CHECK (to_on >= from_on),
  CONSTRAINT absences_somebody_else CHECK (person_id <> substitute_id)
);
CREATE INDEX absences_by_person ON absences (person_id, from_on) WHERE cancelled_at IS NULL;
CREATE INDEX absences_by_substitute ON absences (substitute_id, from_on) WHERE cancelled_at IS NULL;

CREATE TABLE access_tokens (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  token_hash {bytes} NOT NULL,
  label varchar(80) NOT NULL,
  created_at {at} NOT NULL,
  expires_at {at} NOT NULL,
  revoked_at {at}
);
CREATE UNIQUE INDEX access_tokens_hash ON access_tokens (token_hash);
CREATE INDEX access_tokens_by_person ON access_tokens (person_id);

-- Support persons.

CREATE TABLE support_persons (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  background varchar(32) NOT NULL,
  status varchar(32) NOT NULL,
  birth_decade smallint,
  county_code varchar(2) NOT NULL REFERENCES counties (code),
  weekdays smallint NOT NULL DEFAULT 127,
  max_active smallint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  CONSTRAINT support_persons_background CHECK (background IN ('OWN_RECOVERY', 'NEXT_OF_KIN')),
  CONSTRAINT support_persons_status CHECK (status IN ('APPLICANT', 'IN_TRAINING', 'TRAINED', 'ACTIVE', 'PAUSED', 'ENDED')),
  CONSTRAINT support_persons_birth_decade CHECK (birth_decade IS NULL OR (birth_decade BETWEEN 1900 AND 2100 AND birth_decade % 10 = 0)),
  CONSTRAINT support_persons_weekdays CHECK (weekdays BETWEEN 0 AND 127),
  CONSTRAINT support_persons_max_active CHECK (max_active BETWEEN 1 AND 20)
);
CREATE UNIQUE INDEX support_persons_once ON support_persons (organisation_id, person_id);
CREATE INDEX support_persons_by_person ON support_persons (person_id);
CREATE INDEX support_persons_by_status ON support_persons (organisation_id, status, county_code);

CREATE TABLE support_person_interests (
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  list varchar(32) NOT NULL DEFAULT 'INTEREST',
  code varchar(32) NOT NULL,
  PRIMARY KEY (support_person_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code)
);
CREATE TABLE support_person_languages (
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  code varchar(3) NOT NULL REFERENCES languages (code),
  PRIMARY KEY (support_person_id, code)
);
CREATE TABLE support_person_municipalities (
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  code varchar(3) NOT NULL,
  PRIMARY KEY (support_person_id, code),
  CONSTRAINT support_person_municipalities_form CHECK (length(code) = 3)
);

-- What was done to a support person's standing: gates and states. The status is worked out from these.
-- `seq` is the order of recording; a corrected entry has the place of the one that it corrects.
CREATE TABLE support_person_acts (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  kind varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  seq integer NOT NULL DEFAULT 0,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT support_person_acts_kind CHECK (kind IN ('CRITERION_MET', 'CRITERION_NOT_APPLICABLE', 'TRAINING_STARTED', 'TRAINING_WEEKEND_ATTENDED',
    'EARLIER_TRAINING_ATTESTED', 'CONFIDENTIALITY_SIGNED', 'ACTIVATED', 'PAUSED', 'RESUMED', 'ENDED'))
);
CREATE INDEX support_person_acts_by_support_person ON support_person_acts (support_person_id, id);

-- Supported cases: a code, and nothing that names anyone.

CREATE TABLE supported_cases (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  referring_organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  case_code varchar(16) NOT NULL,
  background varchar(32) NOT NULL,
  kin_relation_list varchar(32) NOT NULL DEFAULT 'KIN_RELATION',
  kin_relation varchar(32),
  birth_decade smallint,
  county_code varchar(2) NOT NULL REFERENCES counties (code),
  municipality_code varchar(3),
  language varchar(3) NOT NULL REFERENCES languages (code),
  version integer NOT NULL DEFAULT 1,
  created_on {date} NOT NULL,
  FOREIGN KEY (kin_relation_list, kin_relation) REFERENCES codes (list, code),
  CONSTRAINT supported_cases_background CHECK (background IN ('DEPENDENT_OR_RECOVERING', 'NEXT_OF_KIN')),
  CONSTRAINT supported_cases_kin CHECK (kin_relation IS NULL OR background = 'NEXT_OF_KIN'),
  CONSTRAINT supported_cases_birth_decade CHECK (birth_decade IS NULL OR (birth_decade BETWEEN 1900 AND 2100 AND birth_decade % 10 = 0)),
  CONSTRAINT supported_cases_code_length CHECK (length(case_code) >= 8)
);
CREATE UNIQUE INDEX supported_cases_code ON supported_cases (case_code);
CREATE INDEX supported_cases_by_organisation ON supported_cases (organisation_id);

CREATE TABLE case_professionals (
  id {uuid} PRIMARY KEY,
  case_id {uuid} NOT NULL REFERENCES supported_cases (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  is_responsible boolean NOT NULL,
  from_on {date} NOT NULL,
  to_on {date},
  CONSTRAINT case_professionals_validity CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE UNIQUE INDEX case_professionals_once ON case_professionals (case_id, person_id) WHERE to_on IS NULL;
CREATE UNIQUE INDEX case_professionals_one_responsible ON case_professionals (case_id) WHERE to_on IS NULL AND is_responsible;
CREATE INDEX case_professionals_by_person ON case_professionals (person_id, case_id) WHERE to_on IS NULL;
CREATE INDEX case_professionals_by_case ON case_professionals (case_id);

-- A leaver's cases, moved to another professional in one act, and what the act ended and began: so it can be undone.
CREATE TABLE caseload_moves (
  id {uuid} PRIMARY KEY,
  from_id {uuid} NOT NULL REFERENCES people (id),
  to_id {uuid} NOT NULL REFERENCES people (id),
  moved_count integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT caseload_moves_two_people CHECK (from_id <> to_id)
);

CREATE TABLE caseload_move_entries (
  move_id {uuid} NOT NULL REFERENCES caseload_moves (id),
  case_professional_id {uuid} NOT NULL REFERENCES case_professionals (id),
  is_begun boolean NOT NULL,
  PRIMARY KEY (move_id, case_professional_id)
);

CREATE TABLE case_interests (
  case_id {uuid} NOT NULL REFERENCES supported_cases (id),
  list varchar(32) NOT NULL DEFAULT 'INTEREST',
  code varchar(32) NOT NULL,
  PRIMARY KEY (case_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code)
);

-- Referrals and matching.

CREATE TABLE referrals (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  referring_organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  case_id {uuid} NOT NULL REFERENCES supported_cases (id),
  professional_id {uuid} NOT NULL REFERENCES people (id),
  form varchar(32) NOT NULL,
  phase varchar(32) NOT NULL,
  information_source_list varchar(32) NOT NULL DEFAULT 'INFORMATION_SOURCE',
  information_source varchar(32),
  status varchar(32) NOT NULL,
  submitted_at {at},
  proposal_count smallint NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  FOREIGN KEY (information_source_list, information_source) REFERENCES codes (list, code),
  CONSTRAINT referrals_form CHECK (form IN ('INDIVIDUAL', 'FAMILY')),
  CONSTRAINT referrals_phase CHECK (phase IN ('BEFORE_REHAB', 'DURING_REHAB', 'AFTER_REHAB', 'NO_REHAB', 'UNKNOWN')),
  CONSTRAINT referrals_status CHECK (status IN ('DRAFT', 'SUBMITTED', 'WAITING', 'PROPOSED', 'ACCEPTED', 'HANDED_OVER', 'CLOSED', 'WITHDRAWN', 'DECLINED', 'EXPIRED')),
  CONSTRAINT referrals_submitted CHECK (submitted_at IS NOT NULL OR status IN ('DRAFT', 'WITHDRAWN', 'EXPIRED'))
);
CREATE INDEX referrals_by_organisation ON referrals (organisation_id, status, id);
CREATE INDEX referrals_by_case ON referrals (case_id);
CREATE INDEX referrals_by_professional ON referrals (professional_id);

CREATE TABLE referral_wishes (
  referral_id {uuid} NOT NULL REFERENCES referrals (id),
  list varchar(32) NOT NULL DEFAULT 'MATCH_WISH',
  code varchar(32) NOT NULL,
  PRIMARY KEY (referral_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code)
);

CREATE TABLE match_proposals (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  referral_id {uuid} NOT NULL REFERENCES referrals (id),
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  status varchar(32) NOT NULL,
  reasons varchar(400) NOT NULL,
  score integer NOT NULL,
  created_at {at} NOT NULL,
  CONSTRAINT match_proposals_status CHECK (status IN ('ASKED', 'OFFERED', 'ACCEPTED', 'DISCLOSED', 'REFUSED_BY_SUPPORT_PERSON', 'REFUSED_BY_SUPPORTED', 'WITHDRAWN'))
);
CREATE INDEX match_proposals_by_referral ON match_proposals (referral_id, id);
CREATE INDEX match_proposals_by_support_person ON match_proposals (support_person_id, status);
CREATE UNIQUE INDEX match_proposals_one_open ON match_proposals (referral_id) WHERE status IN ('ASKED', 'OFFERED', 'ACCEPTED');

-- Everything that happened to a referral and its proposals; both statuses are worked out from these.
-- `seq` is the order of recording; a corrected entry has the place of the one that it corrects.
CREATE TABLE referral_acts (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  referral_id {uuid} NOT NULL REFERENCES referrals (id),
  proposal_id {uuid} REFERENCES match_proposals (id),
  kind varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  seq integer NOT NULL DEFAULT 0,
  channel varchar(32),
  reason varchar(32),
  text_version varchar(32),
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT referral_acts_kind CHECK (kind IN ('INTEREST_CONFIRMED', 'CONSENT_GIVEN', 'CONSENT_WITHDRAWN', 'SUBMITTED', 'KEPT_WAITING', 'SUPPORT_PERSON_ASKED',
    'SUPPORT_PERSON_AGREED', 'SUPPORT_PERSON_REFUSED', 'SUPPORTED_AGREED', 'SUPPORTED_REFUSED', 'PROPOSAL_WITHDRAWN', 'DETAILS_DISCLOSED',
    'WITHDRAWN', 'DECLINED', 'EXPIRED', 'CLOSED')),
  CONSTRAINT referral_acts_channel CHECK (channel IS NULL OR channel IN ('REGISTER', 'PHONE'))
);
CREATE INDEX referral_acts_by_referral ON referral_acts (referral_id, id);
CREATE INDEX referral_acts_by_proposal ON referral_acts (proposal_id);

-- What was given to whom, about whom, on what ground. Append-only.
CREATE TABLE disclosures (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  proposal_id {uuid} NOT NULL REFERENCES match_proposals (id),
  of_person_id {uuid} NOT NULL REFERENCES people (id),
  to_person_id {uuid} NOT NULL REFERENCES people (id),
  to_organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  what varchar(32) NOT NULL,
  basis varchar(32) NOT NULL,
  disclosed_by {uuid} NOT NULL REFERENCES people (id),
  disclosed_at {at} NOT NULL
);
CREATE INDEX disclosures_by_proposal ON disclosures (proposal_id);
CREATE INDEX disclosures_by_person ON disclosures (of_person_id);

-- Support relationships.

CREATE TABLE support_relationships (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  referring_organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  case_id {uuid} NOT NULL REFERENCES supported_cases (id),
  support_person_id {uuid} NOT NULL REFERENCES support_persons (id),
  referral_id {uuid} NOT NULL REFERENCES referrals (id),
  proposal_id {uuid} NOT NULL REFERENCES match_proposals (id),
  status varchar(32) NOT NULL,
  proposed_on {date} NOT NULL,
  first_meeting_on {date},
  starts_on {date},
  agreed_until {date},
  ended_on {date},
  end_reason varchar(32),
  review_interval_months smallint NOT NULL DEFAULT 3,
  professional_follows boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  CONSTRAINT support_relationships_status CHECK (status IN ('PROPOSED', 'FIRST_MEETING_HELD', 'AGREED', 'ACTIVE', 'PAUSED', 'ENDED', 'CANCELLED')),
  CONSTRAINT support_relationships_interval CHECK (review_interval_months BETWEEN 3 AND 6),
  CONSTRAINT support_relationships_active CHECK (status NOT IN ('AGREED', 'ACTIVE', 'PAUSED') OR (first_meeting_on IS NOT NULL AND starts_on IS NOT NULL)),
  CONSTRAINT support_relationships_end_reason CHECK (end_reason IS NULL OR end_reason IN
    ('TERM_COMPLETED', 'BY_SUPPORTED', 'BY_SUPPORT_PERSON', 'BY_AGREEMENT', 'MOVED', 'OTHER')),
  CONSTRAINT support_relationships_ended CHECK ((status = 'ENDED') = (ended_on IS NOT NULL))
);
CREATE UNIQUE INDEX support_relationships_one_open ON support_relationships (case_id, support_person_id) WHERE status NOT IN ('ENDED', 'CANCELLED');
CREATE UNIQUE INDEX support_relationships_by_proposal ON support_relationships (proposal_id) WHERE status <> 'CANCELLED';
CREATE INDEX support_relationships_by_organisation ON support_relationships (organisation_id, id);
CREATE INDEX support_relationships_by_status ON support_relationships (organisation_id, status, id);
CREATE INDEX support_relationships_ending ON support_relationships (organisation_id, agreed_until) WHERE status IN ('AGREED', 'ACTIVE', 'PAUSED');
CREATE INDEX support_relationships_by_case ON support_relationships (case_id, id);
CREATE INDEX support_relationships_by_support_person ON support_relationships (support_person_id, id);
CREATE INDEX support_relationships_by_referral ON support_relationships (referral_id);
CREATE INDEX support_relationships_starting ON support_relationships (starts_on) WHERE status = 'AGREED';

-- Where an entry corrects another, `corrects_id` and `corrects_at` are the first one's id and time of recording, also
-- after several corrections: it stands in that one's place among the others.
CREATE TABLE support_relationship_acts (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  relationship_id {uuid} NOT NULL REFERENCES support_relationships (id),
  kind varchar(32) NOT NULL,
  on_date {date} NOT NULL,
  professional_present boolean,
  exception_reason varchar(32),
  handover_by {uuid} REFERENCES people (id),
  end_reason varchar(32),
  corrects_id {uuid} REFERENCES support_relationship_acts (id),
  corrects_at {at},
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT support_relationship_acts_correction CHECK ((corrects_id IS NULL) = (corrects_at IS NULL)),
  CONSTRAINT support_relationship_acts_kind CHECK (kind IN ('FIRST_MEETING_HELD', 'PAUSED', 'RESUMED', 'ENDED')),
  CONSTRAINT support_relationship_acts_exception CHECK (exception_reason IS NULL OR exception_reason IN ('PROFESSIONAL_ILL', 'WISH_OF_SUPPORTED', 'DISTANCE', 'OTHER'))
);
CREATE INDEX support_relationship_acts_by_relationship ON support_relationship_acts (relationship_id, id);

CREATE TABLE support_agreements (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  relationship_id {uuid} NOT NULL REFERENCES support_relationships (id),
  version_no smallint NOT NULL,
  starts_on {date} NOT NULL,
  ends_on {date},
  is_open_ended boolean NOT NULL,
  rhythm varchar(32) NOT NULL,
  review_interval_months smallint NOT NULL,
  professional_follows boolean NOT NULL,
  signed_on {date} NOT NULL,
  corrects_id {uuid} REFERENCES support_agreements (id),
  corrects_at {at},
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT support_agreements_correction CHECK ((corrects_id IS NULL) = (corrects_at IS NULL)),
  CONSTRAINT support_agreements_duration CHECK (is_open_ended = (ends_on IS NULL)),
  CONSTRAINT support_agreements_order CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT support_agreements_interval CHECK (review_interval_months BETWEEN 3 AND 6),
  CONSTRAINT support_agreements_rhythm CHECK (rhythm IN ('WEEKLY', 'EVERY_TWO_WEEKS', 'MONTHLY', 'AGREED_EACH_TIME'))
);
CREATE UNIQUE INDEX support_agreements_version ON support_agreements (relationship_id, version_no) WHERE cancelled_at IS NULL;
CREATE INDEX support_agreements_by_relationship ON support_agreements (relationship_id, id);

CREATE TABLE support_agreement_places (
  agreement_id {uuid} NOT NULL REFERENCES support_agreements (id),
  list varchar(32) NOT NULL DEFAULT 'MEETING_PLACE',
  code varchar(32) NOT NULL,
  PRIMARY KEY (agreement_id, code),
  FOREIGN KEY (list, code) REFERENCES codes (list, code)
);

CREATE TABLE meetings (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  relationship_id {uuid} NOT NULL REFERENCES support_relationships (id),
  met_on {date} NOT NULL,
  minutes smallint NOT NULL,
  activity_list varchar(32) NOT NULL DEFAULT 'ACTIVITY',
  activity varchar(32) NOT NULL,
  channel varchar(32) NOT NULL,
  version integer NOT NULL DEFAULT 1,
  replaces_id {uuid} REFERENCES meetings (id),
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  FOREIGN KEY (activity_list, activity) REFERENCES codes (list, code),
  CONSTRAINT meetings_minutes CHECK (minutes BETWEEN 1 AND 1440),
  CONSTRAINT meetings_channel CHECK (channel IN ('IN_PERSON', 'PHONE', 'VIDEO', 'MESSAGE'))
);
CREATE INDEX meetings_latest ON meetings (relationship_id, met_on DESC, id DESC) WHERE cancelled_at IS NULL;
CREATE INDEX meetings_by_relationship ON meetings (relationship_id, id);

-- Joint reviews: one row a cycle. Its dates and status are worked out from what was recorded.
CREATE TABLE joint_reviews (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  relationship_id {uuid} NOT NULL REFERENCES support_relationships (id),
  cycle_no integer NOT NULL,
  status varchar(32) NOT NULL,
  cancelled_reason varchar(32),
  interval_months smallint NOT NULL,
  base_on {date} NOT NULL,
  raw_planned_on {date} NOT NULL,
  raw_window_end_on {date} NOT NULL,
  window_start_on {date} NOT NULL,
  planned_on {date} NOT NULL,
  window_end_on {date} NOT NULL,
  booked_for {date},
  coming_notice_on {date},
  due_notice_on {date},
  nudge_notice_on {date},
  overdue_notice_on {date},
  overdue_again_notice_on {date},
  booked_notice_on {date},
  held_on {date},
  is_joint boolean,
  version integer NOT NULL DEFAULT 1,
  created_at {at} NOT NULL,
  CONSTRAINT joint_reviews_status CHECK (status IN ('PLANNED', 'HELD', 'NOT_HELD', 'CANCELLED')),
  CONSTRAINT joint_reviews_interval CHECK (interval_months BETWEEN 3 AND 6),
  CONSTRAINT joint_reviews_order CHECK (window_start_on <= planned_on AND planned_on <= window_end_on),
  CONSTRAINT joint_reviews_held CHECK ((status = 'HELD') = (held_on IS NOT NULL)),
  CONSTRAINT joint_reviews_cancelled CHECK ((status = 'CANCELLED') = (cancelled_reason IS NOT NULL))
);
CREATE UNIQUE INDEX joint_reviews_one_open ON joint_reviews (relationship_id) WHERE status = 'PLANNED';
CREATE UNIQUE INDEX joint_reviews_cycle ON joint_reviews (relationship_id, cycle_no);
CREATE INDEX joint_reviews_latest ON joint_reviews (relationship_id, planned_on DESC, id DESC);
CREATE INDEX joint_reviews_by_organisation ON joint_reviews (organisation_id, planned_on, id);
CREATE INDEX joint_reviews_due ON joint_reviews (planned_on, id) WHERE status = 'PLANNED';
CREATE INDEX joint_reviews_due_by_organisation ON joint_reviews (organisation_id, planned_on, id) WHERE status = 'PLANNED';
CREATE INDEX joint_reviews_coming ON joint_reviews (coming_notice_on) WHERE status = 'PLANNED' AND coming_notice_on IS NOT NULL;
CREATE INDEX joint_reviews_due_notice ON joint_reviews (due_notice_on) WHERE status = 'PLANNED' AND due_notice_on IS NOT NULL;
CREATE INDEX joint_reviews_nudge ON joint_reviews (nudge_notice_on) WHERE status = 'PLANNED' AND nudge_notice_on IS NOT NULL;
CREATE INDEX joint_reviews_overdue ON joint_reviews (overdue_notice_on) WHERE status = 'PLANNED' AND overdue_notice_on IS NOT NULL;
CREATE INDEX joint_reviews_overdue_again ON joint_reviews (overdue_again_notice_on) WHERE status = 'PLANNED' AND overdue_again_notice_on IS NOT NULL;
CREATE INDEX joint_reviews_booked ON joint_reviews (booked_notice_on) WHERE status = 'PLANNED' AND booked_notice_on IS NOT NULL;

CREATE TABLE joint_review_records (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  joint_review_id {uuid} NOT NULL REFERENCES joint_reviews (id),
  kind varchar(32) NOT NULL,
  held_on {date},
  professional_present boolean,
  supported_present boolean,
  support_person_present boolean,
  channel varchar(32),
  progress varchar(32),
  outcome varchar(32),
  settles_cycle boolean,
  next_interval_months smallint,
  not_held_reason varchar(32),
  recorded_on {date} NOT NULL,
  corrects_id {uuid} REFERENCES joint_review_records (id),
  corrects_at {at},
  recorded_by {uuid} NOT NULL REFERENCES people (id),
  recorded_at {at} NOT NULL,
  cancelled_at {at},
  cancelled_by {uuid} REFERENCES people (id),
  CONSTRAINT joint_review_records_correction CHECK ((corrects_id IS NULL) = (corrects_at IS NULL)),
  CONSTRAINT joint_review_records_kind CHECK (kind IN ('HELD', 'NOT_HELD')),
  CONSTRAINT joint_review_records_held CHECK (kind <> 'HELD' OR (held_on IS NOT NULL AND professional_present AND (supported_present OR support_person_present)
    AND channel IS NOT NULL AND progress IS NOT NULL AND outcome IS NOT NULL AND settles_cycle IS NOT NULL)),
  CONSTRAINT joint_review_records_not_held CHECK ((kind = 'NOT_HELD') = (not_held_reason IS NOT NULL)),
  CONSTRAINT joint_review_records_channel CHECK (channel IS NULL OR channel IN ('IN_PERSON', 'REMOTE')),
  CONSTRAINT joint_review_records_progress CHECK (progress IS NULL OR progress IN ('WELL', 'VARYING', 'WITH_DIFFICULTY', 'NOT_SAID')),
  CONSTRAINT joint_review_records_outcome CHECK (outcome IS NULL OR outcome IN ('CONTINUE', 'CHANGE_AGREEMENT', 'PAUSE', 'END')),
  CONSTRAINT joint_review_records_interval CHECK (next_interval_months IS NULL OR next_interval_months BETWEEN 3 AND 6),
  CONSTRAINT joint_review_records_reason CHECK (not_held_reason IS NULL OR not_held_reason IN ('NOT_REACHED', 'POSTPONED', 'NOT_WANTED', 'PROFESSIONAL_AWAY', 'OTHER'))
);
CREATE INDEX joint_review_records_by_review ON joint_review_records (joint_review_id, id);

-- The outbox. One row a duty; every row ends as SENT, SKIPPED, CANCELLED or DEAD.
-- `available_ms` is a lease's end or a retry's time, by the database's own clock; all other times are the program's.
CREATE TABLE outbox_messages (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL REFERENCES organisations (id),
  kind varchar(32) NOT NULL,
  subject_id {uuid} NOT NULL,
  cycle_no integer NOT NULL,
  recipient_role varchar(32) NOT NULL,
  for_on {date} NOT NULL,
  status varchar(32) NOT NULL,
  reason varchar(32),
  not_before {at} NOT NULL,
  available_ms bigint NOT NULL DEFAULT 0,
  lease_token {uuid},
  attempts smallint NOT NULL DEFAULT 0,
  sent_to_id {uuid} REFERENCES people (id),
  key_version integer NOT NULL,
  created_at {at} NOT NULL,
  ended_at {at},
  CONSTRAINT outbox_messages_status CHECK (status IN ('PLANNED', 'CLAIMED', 'SENT', 'SKIPPED', 'CANCELLED', 'DEAD')),
  CONSTRAINT outbox_messages_lease CHECK ((status = 'CLAIMED') = (lease_token IS NOT NULL)),
  CONSTRAINT outbox_messages_reason CHECK (status NOT IN ('SKIPPED', 'CANCELLED', 'DEAD') OR reason IS NOT NULL),
  CONSTRAINT outbox_messages_ended CHECK ((status IN ('SENT', 'SKIPPED', 'CANCELLED', 'DEAD')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX outbox_messages_duty ON outbox_messages (kind, subject_id, cycle_no, recipient_role, for_on);
CREATE INDEX outbox_messages_waiting ON outbox_messages (available_ms, not_before, id) WHERE status IN ('PLANNED', 'CLAIMED');
CREATE INDEX outbox_messages_by_subject ON outbox_messages (subject_id, id);
CREATE INDEX outbox_messages_by_organisation ON outbox_messages (organisation_id, id);
CREATE INDEX outbox_messages_undelivered ON outbox_messages (organisation_id, id) WHERE status IN ('SKIPPED', 'DEAD');
CREATE INDEX outbox_messages_failed ON outbox_messages (organisation_id, ended_at) WHERE status IN ('SKIPPED', 'DEAD');

CREATE TABLE message_attempts (
  id {uuid} PRIMARY KEY,
  message_id {uuid} NOT NULL REFERENCES outbox_messages (id),
  attempt smallint NOT NULL,
  outcome varchar(32) NOT NULL,
  at {at} NOT NULL
);
CREATE INDEX message_attempts_by_message ON message_attempts (message_id, attempt);

-- One row: until when, by the database's clock, no mail is sent because our own mail settings fail.
CREATE TABLE mail_pauses (
  id smallint PRIMARY KEY,
  until_ms bigint NOT NULL,
  reason varchar(32) NOT NULL,
  CONSTRAINT mail_pauses_single CHECK (id = 1)
);

CREATE TABLE job_locks (
  name varchar(64) PRIMARY KEY,
  until_ms bigint NOT NULL,
  token {uuid} NOT NULL
);

-- A check value of each key version: a wrong key file is refused before anything is sealed with it.
CREATE TABLE key_checks (
  version integer PRIMARY KEY,
  fingerprint varchar(16) NOT NULL
);

-- Requests.

CREATE TABLE idempotency_keys (
  actor_id {uuid} NOT NULL,
  idempotency_key varchar(80) NOT NULL,
  act varchar(64) NOT NULL,
  input_hash {bytes} NOT NULL,
  object_id {uuid} NOT NULL,
  created_at {at} NOT NULL,
  PRIMARY KEY (actor_id, idempotency_key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- What changed, for dashboards that listen; polled by every API process.
CREATE TABLE changes (
  id {serial},
  organisation_id {uuid} NOT NULL,
  kind varchar(32) NOT NULL,
  object_id {uuid} NOT NULL,
  at_ms bigint NOT NULL
);
CREATE INDEX changes_by_age ON changes (at_ms);

-- The access log: one row a request, organisation and grant; its objects beside it. Append-only, sealed in chains.
CREATE TABLE access_log (
  id {uuid} PRIMARY KEY,
  organisation_id {uuid} NOT NULL,
  request_id {uuid} NOT NULL,
  person_id {uuid} NOT NULL,
  grant_id {uuid},
  purpose varchar(64) NOT NULL,
  at {at} NOT NULL
);
CREATE INDEX access_log_by_organisation ON access_log (organisation_id, id);
CREATE INDEX access_log_by_person ON access_log (person_id, at);

CREATE TABLE access_log_objects (
  entry_id {uuid} NOT NULL REFERENCES access_log (id),
  object_kind varchar(32) NOT NULL,
  object_id {uuid} NOT NULL,
  act varchar(8) NOT NULL,
  PRIMARY KEY (entry_id, object_id, act),
  CONSTRAINT access_log_objects_act CHECK (act IN ('READ', 'WRITE', 'REFUSED'))
);
CREATE INDEX access_log_objects_by_object ON access_log_objects (object_id);

-- `members` holds each sealed row's id and digest, in order; `from_id` and `through_id` are the least and the greatest.
CREATE TABLE access_log_seals (
  organisation_id {uuid} NOT NULL,
  seq bigint NOT NULL,
  from_id {uuid} NOT NULL,
  through_id {uuid} NOT NULL,
  entries integer NOT NULL,
  members {bytes} NOT NULL,
  hash {bytes} NOT NULL,
  key_version integer NOT NULL,
  sealed_at {at} NOT NULL,
  PRIMARY KEY (organisation_id, seq)
);
CREATE INDEX access_log_seals_through ON access_log_seals (through_id);
