//! Which tables go over to a successor, and which stay. A table with an organisation in it is either here or in
//! [`STAYS`]; a test holds that.

/// Rows that stand by themselves: `kind, table, column, condition`. Every one of these tables has a version.
pub(super) const ROWS: &[(&str, &str, &str, &str)] = &[
    ("CASE", "supported_cases", "organisation_id", ""),
    (
        "CASE_REFERRED",
        "supported_cases",
        "referring_organisation_id",
        "",
    ),
    ("REFERRAL", "referrals", "organisation_id", ""),
    (
        "REFERRAL_REFERRED",
        "referrals",
        "referring_organisation_id",
        "",
    ),
    (
        "RELATIONSHIP",
        "support_relationships",
        "organisation_id",
        "",
    ),
    (
        "RELATIONSHIP_REFERRED",
        "support_relationships",
        "referring_organisation_id",
        "",
    ),
    ("PROGRAMME", "programmes", "organisation_id", ""),
    ("GATE", "gates", "organisation_id", ""),
    ("SAVED_LIST", "saved_lists", "organisation_id", ""),
    ("COURSE", "courses", "organisation_id", ""),
    ("CURRICULUM", "curricula", "organisation_id", ""),
    ("TRAINING", "trainings", "organisation_id", ""),
    ("EXPERT_COHORT", "expert_cohorts", "organisation_id", ""),
    // Whoever stands in the successor's register already stands there once.
    (
        "EXPERT",
        "expert_profiles",
        "organisation_id",
        " AND NOT EXISTS (SELECT 1 FROM expert_profiles o WHERE o.organisation_id = s.successor_id AND o.person_id = t.person_id
           AND o.removed_at IS NULL)",
    ),
    // A provider that takes over from the association whose peers it supervises supervises no longer from outside.
    (
        "SUPERVISION",
        "supervision_sessions",
        "organisation_id",
        " AND t.provider_id <> s.successor_id",
    ),
    (
        "SUPERVISION_PROVIDED",
        "supervision_sessions",
        "provider_id",
        " AND t.organisation_id <> s.successor_id",
    ),
    // Somebody who asks both to be contacted has asked the successor already.
    (
        "SUPERVISION_CONTACT",
        "supervision_contact_requests",
        "organisation_id",
        " AND NOT EXISTS (SELECT 1 FROM supervision_contact_requests o WHERE o.organisation_id = s.successor_id
           AND o.person_id = t.person_id AND o.acknowledged_at IS NULL AND o.withdrawn_at IS NULL)",
    ),
    ("DROP_IN_PLACE", "drop_in_places", "organisation_id", ""),
    ("PEER_GROUP", "peer_groups", "organisation_id", ""),
    ("ENCOUNTER", "encounters", "organisation_id", ""),
    ("INFLUENCE_ITEM", "influence_items", "organisation_id", ""),
    ("GRANT_TARGET", "grant_targets", "organisation_id", ""),
    ("SURVEY_WAVE", "survey_waves", "organisation_id", ""),
    // Somebody who has ended with the former organisation, and is the successor's already, stays where they ended.
    (
        "SUPPORT_PERSON",
        "support_persons",
        "organisation_id",
        " AND NOT (t.status = 'ENDED' AND EXISTS (SELECT 1 FROM support_persons o
           WHERE o.organisation_id = s.successor_id AND o.person_id = t.person_id))",
    ),
    (
        "ABSENCE",
        "absences",
        "organisation_id",
        " AND t.cancelled_at IS NULL AND t.to_on >= s.from_on",
    ),
];

/// Parts, which follow what they are parts of: `table, the rows that follow`, with `MOVED(KIND)` for what went over.
pub(super) const PARTS: &[(&str, &str)] = &[
    // Read in the successor where it allows notes itself.
    (
        "support_person_notes",
        "support_person_id IN MOVED(SUPPORT_PERSON)",
    ),
    (
        "support_person_acts",
        "support_person_id IN MOVED(SUPPORT_PERSON)",
    ),
    ("referral_acts", "referral_id IN MOVED(REFERRAL)"),
    ("match_proposals", "referral_id IN MOVED(REFERRAL)"),
    (
        "support_relationship_acts",
        "relationship_id IN MOVED(RELATIONSHIP)",
    ),
    (
        "support_agreements",
        "relationship_id IN MOVED(RELATIONSHIP)",
    ),
    ("meetings", "relationship_id IN MOVED(RELATIONSHIP)"),
    ("joint_reviews", "relationship_id IN MOVED(RELATIONSHIP)"),
    (
        "joint_review_records",
        "joint_review_id IN (SELECT j.id FROM joint_reviews j WHERE j.relationship_id IN MOVED(RELATIONSHIP))",
    ),
    // What went out stays where it went out from.
    (
        "outbox_messages",
        "status IN ('PLANNED', 'CLAIMED') AND (subject_id IN MOVED(RELATIONSHIP)
           OR subject_id IN (SELECT x.id FROM course_sessions x WHERE x.course_id IN MOVED(COURSE))
           OR subject_id IN (SELECT x.id FROM expert_consents x WHERE x.profile_id IN MOVED(EXPERT)))",
    ),
];

/// Tables with an organisation in them whose rows stay, each with the reason.
pub const STAYS: &[(&str, &str)] = &[
    (
        "role_grants",
        "end with the former organisation; others begin in the successor",
    ),
    (
        "partnerships",
        "end with the former organisation; others begin with the successor",
    ),
    (
        "note_allowances",
        "whether notes are kept is the successor's own to say",
    ),
    (
        "supervision_settings",
        "the limit and whether texts are kept are the successor's own to set",
    ),
    (
        "person_merges",
        "what was merged was merged in the former organisation",
    ),
    (
        "directory_entries",
        "the successor says itself what everybody may read of it",
    ),
    ("directory_counties", "as the directory's entry"),
    (
        "expenses",
        "what was paid was paid by the former organisation",
    ),
    (
        "expense_limits",
        "limits of an organisation's own are the successor's to say",
    ),
    (
        "expert_targets",
        "how many experts are planned is the successor's own to say",
    ),
    (
        "drop_in_place_partners",
        "a partner of a place is one whoever keeps it",
    ),
    (
        "course_organisers",
        "who arranged a course along with its own association arranged it then",
    ),
    (
        "survey_statements",
        "the permission to use the official form is the former organisation's",
    ),
    (
        "printed_texts",
        "the successor prints its own agreement and asks its own questions",
    ),
    (
        "moved_rows",
        "a file's keys are hashed with the organisation that it was moved into",
    ),
    (
        "disclosures",
        "append-only: what was given was given in the former organisation's name",
    ),
    ("access_log", "append-only: who looked, looked there"),
    (
        "access_log_seals",
        "the chain of the former organisation ends with it",
    ),
    ("changes", "news of an hour"),
];

/// The tables whose rows go over, by themselves or as parts.
pub fn tables() -> impl Iterator<Item = &'static str> {
    let rows = ROWS.iter().map(|(_, table, _, _)| *table);
    rows.chain(PARTS.iter().map(|(table, _)| *table))
}

/// What can be changed by itself after it went over: `kind, table`.
pub(super) const VERSIONED: &[(&str, &str)] = &[
    ("CASE", "supported_cases"),
    ("CASE_REFERRED", "supported_cases"),
    ("REFERRAL", "referrals"),
    ("REFERRAL_REFERRED", "referrals"),
    ("RELATIONSHIP", "support_relationships"),
    ("RELATIONSHIP_REFERRED", "support_relationships"),
    ("SUPPORT_PERSON", "support_persons"),
    ("PROGRAMME", "programmes"),
    ("GATE", "gates"),
    ("SAVED_LIST", "saved_lists"),
    ("ABSENCE", "absences"),
    ("GRANT_ENDED", "role_grants"),
    ("GRANT_BEGUN", "role_grants"),
    ("PARTNERSHIP_ENDED", "partnerships"),
    ("PARTNERSHIP_BEGUN", "partnerships"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_both_goes_over_and_stays() {
        for table in tables() {
            assert!(STAYS.iter().all(|(stays, _)| *stays != table), "{table}");
        }
    }
}
