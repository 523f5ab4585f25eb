//! Notices that reached nobody, as they stand in the outbox.

use rinnalla_domain::calendar::helsinki_date;
use rinnalla_domain::ids::{Id as _, OrganisationId, OutboxMessageId};
use rinnalla_domain::states::{NoticeKind, OutboxStatus, RecipientRole};
use rinnalla_entity::outbox_messages;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};
use uuid::Uuid;

use super::App;

impl App {
    /// A notice of a relationship's review that reached nobody just now; its opaque id.
    pub async fn undelivered(
        &self,
        organisation: OrganisationId,
        relationship: Uuid,
        (status, reason): (OutboxStatus, &str),
    ) -> String {
        let db = self.db().await;
        let now = self.register.clock.now();
        let id = OutboxMessageId::random();
        outbox_messages::ActiveModel {
            id: Set(id),
            organisation_id: Set(organisation),
            kind: Set(NoticeKind::ReviewDue),
            subject_id: Set(relationship),
            // Any number that no other notice has.
            cycle_no: Set(1_000_000
                + i32::from(id.0.as_bytes()[15]) * 256
                + i32::from(id.0.as_bytes()[14])),
            recipient_role: Set(RecipientRole::Professional),
            for_on: Set(helsinki_date(now)),
            status: Set(status),
            reason: Set(Some(reason.to_owned())),
            not_before: Set(now),
            available_ms: Set(0),
            lease_token: Set(None),
            attempts: Set(1),
            sent_to_id: Set(None),
            key_version: Set(1),
            created_at: Set(now),
            ended_at: Set(Some(now)),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        id.encode()
    }
}
