use super::*;

fn row(purpose: &str) -> Row {
    Row {
        id: AccessLogId(Uuid::from_u128(1)),
        organisation_id: OrganisationId(Uuid::from_u128(2)),
        request_id: RequestId(Uuid::from_u128(3)),
        person_id: PersonId(Uuid::from_u128(4)),
        grant_id: None,
        purpose: purpose.to_owned(),
        at: DateTime::UNIX_EPOCH,
    }
}

fn object(kind: &str, act: &str) -> ObjectRow {
    ObjectRow {
        entry_id: AccessLogId(Uuid::from_u128(1)),
        object_kind: kind.to_owned(),
        object_id: Uuid::from_u128(5),
        act: act.to_owned(),
    }
}

#[test]
fn rows_that_differ_anywhere_have_other_digests() {
    let mut later = row("Caseload");
    later.at += chrono::TimeDelta::microseconds(1);
    let mut granted = row("Caseload");
    granted.grant_id = Some(RoleGrantId(Uuid::from_u128(6)));
    let digests: HashSet<_> = [
        digest(&row("Caseload"), &[]),
        digest(&row("Caseloads"), &[]),
        digest(&later, &[]),
        digest(&granted, &[]),
        digest(&row("Caseload"), &[object("PERSON", "READ")]),
        digest(&row("Caseload"), &[object("PERSON", "WRITE")]),
        digest(
            &row("Caseload"),
            &[object("PERSON", "READ"), object("PERSON", "WRITE")],
        ),
    ]
    .into();
    assert_eq!(digests.len(), 7);
}

#[test]
fn a_seal_depends_on_the_one_before_its_place_and_its_rows() {
    let keys = Keys::generate().unwrap();
    let of = |before: &[u8], organisation, seq, members: &[u8]| {
        chain(
            &keys,
            1,
            before,
            OrganisationId(Uuid::from_u128(organisation)),
            seq,
            members,
        )
        .unwrap()
    };
    let hashes: HashSet<_> = [
        of(b"", 1, 1, b"rows"),
        of(b"before", 1, 1, b"rows"),
        of(b"", 2, 1, b"rows"),
        of(b"", 1, 2, b"rows"),
        of(b"", 1, 1, b"row"),
    ]
    .into();
    assert_eq!(hashes.len(), 5);
}

#[test]
fn looking_back_goes_by_the_time_in_the_id() {
    let id = Uuid::from_u128((1_000_000 << 80) | 0x7abc);
    let back = before(id, Duration::from_millis(10_000));
    assert_eq!(back, Uuid::from_u128(990_000 << 80));
    assert_eq!(before(Uuid::nil(), Duration::from_secs(1)), Uuid::nil());
}
