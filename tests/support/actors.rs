//! People in roles, each with a token.

use rinnalla_domain::ids::{AccessTokenId, Id as _, OrganisationId, PersonId, RoleGrantId};
use rinnalla_domain::lookup::{LookupField, lookup};
use rinnalla_domain::sealing::{Cell, DataKey, seal_data_key, seal_text};
use rinnalla_domain::states::{OrganisationKind, PartnershipKind, Role};
use rinnalla_domain::tokens::AccessToken;
use rinnalla_entity::{access_tokens, organisations, partnerships, people, role_grants};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, Database, DatabaseConnection};
use serde_json::Value;

use super::{Answer, App};

/// A person who can ask.
#[derive(Clone, Debug)]
pub struct Actor {
    pub id: PersonId,
    pub organisation: OrganisationId,
    pub token: String,
}

impl Actor {
    /// Asks as this person.
    pub async fn ask(&self, app: &App, query: &str, variables: Value) -> Answer {
        app.ask(Some(&self.token), query, variables).await
    }

    /// The person's opaque id.
    pub fn node(&self) -> String {
        self.id.encode()
    }
}

impl App {
    /// A connection of the test's own, whose statements are not counted.
    pub async fn db(&self) -> DatabaseConnection {
        Database::connect(super::databases::quiet(&self.database.url))
            .await
            .unwrap()
    }

    /// An organisation in Kainuu (county 20).
    pub async fn organisation(&self, name: &str, kind: OrganisationKind) -> OrganisationId {
        let db = self.db().await;
        let id = OrganisationId::random();
        organisations::ActiveModel {
            id: Set(id),
            kind: Set(kind),
            name: Set(name.to_owned()),
            is_name_neutral: Set(false),
            language: Set("fi".to_owned()),
            county_code: Set("20".to_owned()),
            municipality_code: Set(None),
            mailbox: Set(None),
            max_active_default: Set(2),
            version: Set(1),
            created_at: Set(self.register.clock.now()),
            closed_on: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        id
    }

    /// A partnership REFERS: `partner` refers people to `association`, since 2020.
    pub async fn refers(&self, association: OrganisationId, partner: OrganisationId) {
        self.partners(association, partner, PartnershipKind::Refers)
            .await;
    }

    /// A partnership SUPERVISES: `provider` arranges the supervision of `association`, since 2020.
    pub async fn supervises(&self, association: OrganisationId, provider: OrganisationId) {
        self.partners(association, provider, PartnershipKind::Supervises)
            .await;
    }

    async fn partners(
        &self,
        association: OrganisationId,
        partner: OrganisationId,
        kind: PartnershipKind,
    ) {
        let db = self.db().await;
        partnerships::ActiveModel {
            id: Set(rinnalla_domain::ids::PartnershipId::random()),
            organisation_id: Set(association),
            partner_id: Set(partner),
            kind: Set(kind),
            county_code: Set(None),
            valid_from: Set(super::date("2020-01-01")),
            valid_to: Set(None),
            version: Set(1),
            created_at: Set(self.register.clock.now()),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
    }

    /// A person with a role since 2020, and a token for ten years. The mail address is `<name>@example.org`, in lower case.
    pub async fn person(&self, name: &str, organisation: OrganisationId, role: Role) -> Actor {
        let db = self.db().await;
        let now = self.register.clock.now();
        let id = PersonId::random();
        let keys = &self.register.keys;
        let data_key = DataKey::new();
        let seal = |column, text: &str| {
            let cell = Cell {
                table: "people",
                column,
                row: id.uuid(),
            };
            seal_text(&data_key, cell, text).unwrap()
        };
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        people::ActiveModel {
            id: Set(id),
            language: Set("fi".to_owned()),
            data_key_sealed: Set(seal_data_key(keys, id.uuid(), &data_key).unwrap()),
            name_sealed: Set(seal("name", name)),
            email_sealed: Set(Some(seal("email", &email))),
            phone_sealed: Set(None),
            email_lookup: Set(Some(lookup(keys, LookupField::Email, &email).to_vec())),
            phone_lookup: Set(None),
            is_active: Set(true),
            erased_at: Set(None),
            email_bounces: Set(0),
            version: Set(1),
            created_at: Set(now),
        }
        .insert(&db)
        .await
        .unwrap();
        role_grants::ActiveModel {
            id: Set(RoleGrantId::random()),
            person_id: Set(id),
            organisation_id: Set(organisation),
            role: Set(role),
            valid_from: Set(super::date("2020-01-01")),
            valid_to: Set(None),
            version: Set(1),
            created_at: Set(now),
            cancelled_at: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        let token = AccessToken::random();
        access_tokens::ActiveModel {
            id: Set(AccessTokenId::random()),
            person_id: Set(id),
            token_hash: Set(token.hash().as_bytes().to_vec()),
            label: Set("test".to_owned()),
            created_at: Set(now),
            expires_at: Set(now + chrono::Duration::days(3650)),
            revoked_at: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        Actor {
            id,
            organisation,
            token: token.reveal().to_owned(),
        }
    }
}
