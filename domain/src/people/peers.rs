//! Who is a peer of an association, as SQL: supervision is for them, and notices tell who goes without.

/// Who takes part in supervision as a peer of the organisation `$of` on the day `$on`: with the first day on which they
/// hold a role of a peer there. A support person does from their training on and while paused, not before and not after.
macro_rules! peers_on {
    ($of:literal, $on:literal) => {
        concat!(
            "SELECT g.person_id, min(g.valid_from) AS peer_from FROM role_grants g
             JOIN people pe ON pe.id = g.person_id AND pe.erased_at IS NULL
             WHERE g.organisation_id = ",
            $of,
            " AND g.cancelled_at IS NULL AND g.valid_from <= ",
            $on,
            " AND (g.valid_to IS NULL OR g.valid_to >= ",
            $on,
            ") AND (g.role IN ('PEER_GUIDE', 'EXPERT') OR (g.role = 'SUPPORT_PERSON' AND EXISTS (
                 SELECT 1 FROM support_persons sp WHERE sp.organisation_id = g.organisation_id AND sp.person_id = g.person_id
                   AND (sp.status IN ('IN_TRAINING', 'TRAINED', 'ACTIVE', 'PAUSED') OR (sp.status = 'ENDED' AND EXISTS (
                     SELECT 1 FROM support_person_acts sa WHERE sa.support_person_id = sp.id AND sa.kind = 'ENDED'
                       AND sa.cancelled_at IS NULL AND sa.on_date >= ",
            $on,
            "))))))
             GROUP BY g.person_id"
        )
    };
}
pub(crate) use peers_on;
