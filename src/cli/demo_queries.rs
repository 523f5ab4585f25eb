//! What a visitor of the demonstration can try: who to be, and three questions.

use rinnalla_domain::states::Role;

/// Access tokens by role, and three questions for a terminal.
pub fn texts(address: &str, tokens: &[(Role, String)]) -> String {
    let mut text = String::from("Access tokens:\n");
    for (role, token) in tokens {
        text.push_str(&format!("  {:<16}{token}\n", role.code()));
    }
    let token_of = |wanted: Role| {
        let found = tokens.iter().find(|(role, _)| *role == wanted);
        found.map_or("", |(_, token)| token.as_str())
    };
    text.push_str("\nThree questions to try:\n");
    for (what, role, query) in QUESTIONS {
        text.push_str(&format!(
            "\n# {what}\ncurl -s http://{address}/graphql -H 'Authorization: Bearer {}' \\\n  \
             -H 'Content-Type: application/json' -d '{{\"query\": \"{query}\"}}'\n",
            token_of(role)
        ));
    }
    text
}

/// None of them holds a quotation mark: they stand in JSON in a shell's apostrophes.
const QUESTIONS: [(&str, Role, &str); 3] = [
    (
        "What awaits the professional, the most urgent first",
        Role::Professional,
        "{ waitingForMe { items { kind caseCode dueOn daysLate } } }",
    ),
    (
        "The association's reviews of the next 30 days, as the coordinator sees them",
        Role::Coordinator,
        "{ jointReviews(filter: {dueWithinDays: 30}, first: 5) { nodes { plannedOn windowEndsOn timing \
         supportRelationship { caseCode status } } } }",
    ),
    (
        "The support person's own relationships with their last meetings",
        Role::SupportPerson,
        "{ supportRelationships { nodes { caseCode status firstMeetingOn meetings(first: 3) { metOn minutes activity } } } }",
    ),
];
