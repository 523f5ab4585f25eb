//! Level 11: what a question looked at is one row of the access log a kind, and no longer one row an object.
//!
//! A page of twenty relationships with their people was a hundred rows in two indexes, which cost more than reading the
//! page. Now the ids stand one after the other in `objects`, 16 bytes each; `access_log_seen` shows both forms as one row
//! an object. What was changed stays a row an object: the history of a record looks it up by its id.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{append_only, run_step};

const LOOKS: &str = "CREATE TABLE access_log_looks (
  entry_id {uuid} NOT NULL,
  object_kind varchar(32) NOT NULL,
  act varchar(8) NOT NULL,
  objects {bytes} NOT NULL,
  PRIMARY KEY (entry_id, object_kind, act),
  CONSTRAINT access_log_looks_act CHECK (act IN ('READ', 'REFUSED'))
)";

const SEEN_ON_POSTGRES: &str = "CREATE VIEW access_log_seen AS
SELECT entry_id, object_kind, object_id, act FROM access_log_objects
UNION ALL
SELECT entry_id, object_kind, encode(substring(objects FROM place FOR 16), 'hex')::uuid, act
FROM access_log_looks CROSS JOIN LATERAL generate_series(1, length(objects), 16) AS place";

const SEEN_ON_SQLITE: &str = "CREATE VIEW access_log_seen AS
WITH RECURSIVE looks (entry_id, object_kind, act, objects, place) AS (
  SELECT entry_id, object_kind, act, objects, 1 FROM access_log_looks
  UNION ALL
  SELECT entry_id, object_kind, act, objects, place + 16 FROM looks WHERE place + 16 <= length(objects)
)
SELECT entry_id, object_kind, object_id, act FROM access_log_objects
UNION ALL
SELECT entry_id, object_kind, substr(objects, place, 16), act FROM looks";

/// Creates the packed table and the view over both.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let view = match backend {
            DbBackend::Postgres => SEEN_ON_POSTGRES,
            _ => SEEN_ON_SQLITE,
        };
        let triggers = append_only("access_log_looks", backend);
        run_step(manager, 11, &[LOOKS, view, &triggers]).await
    }

    /// The rows that were written since go back to a row an object.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for sql in [
            "INSERT INTO access_log_objects (entry_id, object_kind, object_id, act)
             SELECT entry_id, object_kind, object_id, act FROM access_log_seen s
             WHERE NOT EXISTS (SELECT 1 FROM access_log_objects o
               WHERE o.entry_id = s.entry_id AND o.object_id = s.object_id AND o.act = s.act)",
            "DROP VIEW access_log_seen",
            "DROP TABLE access_log_looks",
            "DELETE FROM schema_levels WHERE level = 11",
        ] {
            db.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
