//! Level 33: one number that grows with every change of who may sign in and do what.
//!
//! A process may then remember who a token's bearer is, and sees at the price of one row whether that still holds. The
//! database itself raises the number, whoever changes what: no act can forget it, and neither can a hand at the console.
//!
//! Nothing that an earlier program does is otherwise, so this level serves those of level 31.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 33;
const SQL: &str = include_str!("sql/rights.sql");

/// What raises the number: the table, the columns that an UPDATE has to touch (any, where none is named), and whether a new row
/// changes anything.
pub(crate) type Read = (&'static str, &'static [&'static str], bool);

/// What a sign-in reads. A new person holds no role yet, and a new token is known to nobody yet.
const READ: [Read; 4] = [
    ("role_grants", &[], true),
    ("absences", &[], true),
    ("people", &["is_active", "erased_at", "language"], false),
    (
        "access_tokens",
        &["person_id", "expires_at", "revoked_at"],
        false,
    ),
];

/// Raises the number once a transaction, and as the last thing in it: nobody waits long for the row, and whoever waits
/// holds nothing that the other one still needs.
const RAISE_ON_POSTGRES: &str = "CREATE FUNCTION raise_rights() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
   IF current_setting('rinnalla.rights_raised_in', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
     UPDATE rights SET version = version + 1;
     PERFORM set_config('rinnalla.rights_raised_in', pg_current_xact_id()::text, true);
   END IF;
   RETURN NULL;
 END $$";

struct Trigger {
    name: String,
    table: &'static str,
    create: String,
}

fn triggers(backend: DbBackend, read: &[Read]) -> Vec<Trigger> {
    let mut triggers = Vec::new();
    for &(table, columns, inserts) in read {
        let update = match columns {
            [] => "UPDATE".to_owned(),
            some => format!("UPDATE OF {}", some.join(", ")),
        };
        let mut events = vec![update, "DELETE".to_owned()];
        events.extend(inserts.then(|| "INSERT".to_owned()));
        if backend == DbBackend::Postgres {
            let (name, events) = (format!("{table}_rights"), events.join(" OR "));
            let create = format!(
                "CREATE CONSTRAINT TRIGGER {name} AFTER {events} ON {table} DEFERRABLE INITIALLY DEFERRED
                 FOR EACH ROW EXECUTE FUNCTION raise_rights()"
            );
            triggers.push(Trigger {
                name,
                table,
                create,
            });
            continue;
        }
        for (n, event) in events.iter().enumerate() {
            let name = format!("{table}_rights_{n}");
            let create = format!(
                "CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN UPDATE rights SET version = version + 1; END"
            );
            triggers.push(Trigger {
                name,
                table,
                create,
            });
        }
    }
    triggers
}

/// Lets the number be raised by changes of what is read.
pub(crate) async fn raise(manager: &SchemaManager<'_>, read: &[Read]) -> Result<(), DbErr> {
    for trigger in triggers(manager.get_database_backend(), read) {
        let db = manager.get_connection();
        db.execute_unprepared(&trigger.create).await?;
    }
    Ok(())
}

/// Takes that back.
pub(crate) async fn lower(manager: &SchemaManager<'_>, read: &[Read]) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    for Trigger { name, table, .. } in triggers(backend, read) {
        let drop = match backend {
            DbBackend::Postgres => format!("DROP TRIGGER {name} ON {table}"),
            _ => format!("DROP TRIGGER {name}"),
        };
        manager.get_connection().execute_unprepared(&drop).await?;
    }
    Ok(())
}

/// Adds the number and what raises it.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await?;
        let (db, backend) = (manager.get_connection(), manager.get_database_backend());
        if backend == DbBackend::Postgres {
            db.execute_unprepared(RAISE_ON_POSTGRES).await?;
        }
        raise(manager, &READ).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (db, backend) = (manager.get_connection(), manager.get_database_backend());
        lower(manager, &READ).await?;
        if backend == DbBackend::Postgres {
            db.execute_unprepared("DROP FUNCTION raise_rights()")
                .await?;
        }
        undo_tables(manager, LEVEL, SQL).await
    }
}
