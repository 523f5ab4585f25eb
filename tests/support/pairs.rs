//! A supported person and a support person with those round them: the fixture of what is kept about the two.

use rinnalla_domain::ids::SupportRelationshipId;
use rinnalla_domain::states::{OrganisationKind, Role, SupportRelationshipStatus};

use super::cases::{Case, Proposed};
use super::{Actor, App};

/// An active relationship, the professional of its case, and the association's coordinator and administrator.
pub struct Pair {
    pub kaisa: Actor,
    pub anna: Actor,
    pub mikko: Actor,
    /// The case's other professionals, as they were asked for.
    pub others: Vec<Actor>,
    pub sari: Actor,
    pub case: Case,
    pub proposed: Proposed,
    pub relationship: SupportRelationshipId,
}

impl App {
    /// A pair whose case has, beside Mikko, professionals of these names.
    pub async fn pair(&self, others: &[&str]) -> Pair {
        let association = self
            .organisation("Esimerkkiyhdistys", OrganisationKind::Association)
            .await;
        let partner = self
            .organisation("Esimerkkialue", OrganisationKind::WellbeingCounty)
            .await;
        self.refers(association, partner).await;
        let kaisa = self
            .person("Kaisa Koordinaattori", association, Role::Coordinator)
            .await;
        let anna = self.person("Anna Hallinto", association, Role::Admin).await;
        let sari = self
            .person("Sari Tukihenkilö", association, Role::SupportPerson)
            .await;
        let mikko = self
            .person("Mikko Ammattilainen", partner, Role::Professional)
            .await;
        let mut colleagues = Vec::new();
        for name in others {
            colleagues.push(self.person(name, partner, Role::Professional).await);
        }
        let all: Vec<&Actor> = [&mikko].into_iter().chain(&colleagues).collect();
        let case = self.case(association, partner, &all).await;
        let proposed = self.proposed(&case, &sari).await;
        self.disclosed(&case, &proposed, &mikko).await;
        let active = SupportRelationshipStatus::Active;
        let relationship = self.relationship(&case, &proposed, active).await;
        Pair {
            kaisa,
            anna,
            mikko,
            others: colleagues,
            sari,
            case,
            proposed,
            relationship,
        }
    }
}
