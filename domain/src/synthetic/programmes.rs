//! Invented programmes: the default one, in which all support persons are, and a lighter one beside it; and what the
//! public directory says of them.

use chrono::NaiveDate;
use uuid::Uuid;

use super::rows::Table;
use super::world::World;

/// Names in three languages, whether it is the default one, target groups, forms, and how many weekends it asks for.
type Offered = (
    [&'static str; 3],
    bool,
    &'static [&'static str],
    &'static [&'static str],
    i64,
);

const OFFERED: [Offered; 2] = [
    (
        [
            "Vertaistukihenkilöt",
            "Kamratstödpersoner",
            "Peer support persons",
        ],
        true,
        &["SUBSTANCE_RECOVERY", "NEXT_OF_KIN"],
        &["INDIVIDUAL"],
        2,
    ),
    (
        [
            "Perheiden vertaisryhmät",
            "Kamratgrupper för familjer",
            "Peer groups for families",
        ],
        false,
        &["FAMILIES", "NEXT_OF_KIN"],
        &["GROUP", "FAMILY"],
        1,
    ),
];

/// Writes an association's programmes; the default one's id. No chance is drawn, so that everything else stays as it was.
pub(super) fn write(world: &mut World<'_>, association: Uuid, since: NaiveDate) -> Uuid {
    let at = crate::calendar::helsinki_instant(since, chrono::NaiveTime::MIN);
    for (place, (names, is_default, groups, forms, weekends)) in (0..).zip(OFFERED) {
        let id = beside(association, place);
        let [fi, sv, en] = names;
        world.batch.add(
            Table::Programmes,
            [
                id.into(),
                association.into(),
                fi.into(),
                sv.into(),
                en.into(),
                is_default.into(),
                since.into(),
                at.into(),
            ],
        );
        for (list, codes) in [("TARGET_GROUP", groups), ("SUPPORT_FORM", forms)] {
            for code in codes {
                let row = [id.into(), list.into(), (*code).into()];
                world.batch.add(Table::ProgrammeCodes, row);
            }
        }
        for language in ["fi", "sv"] {
            world
                .batch
                .add(Table::ProgrammeLanguages, [id.into(), language.into()]);
        }
        world.batch.add(
            Table::ProgrammeRequirements,
            [
                beside(association, 0x80 + place).into(),
                id.into(),
                since.into(),
                is_default.into(),
                weekends.into(),
                true.into(),
                true.into(),
                at.into(),
            ],
        );
    }
    beside(association, 0)
}

/// Lists an association in the public directory of its county.
pub(super) fn list(
    world: &mut World<'_>,
    association: Uuid,
    mailbox: String,
    county: &'static str,
    since: NaiveDate,
) {
    let at = crate::calendar::helsinki_instant(since, chrono::NaiveTime::MIN);
    let entry = [association.into(), true.into(), mailbox.into(), at.into()];
    world.batch.add(Table::DirectoryEntries, entry);
    world.batch.add(
        Table::DirectoryCounties,
        [association.into(), county.into()],
    );
}

/// An id made from another, the same each time.
fn beside(id: Uuid, place: u8) -> Uuid {
    let mut bytes = id.into_bytes();
    bytes[15] ^= 0x55 ^ place;
    Uuid::from_bytes(bytes)
}
