use super::*;

const PERSON: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
const OTHER: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002);

const NAME: Cell = Cell {
    table: "people",
    column: "name",
    row: PERSON,
};

fn rotated_keys() -> (Keys, Keys) {
    let sevens = "1 BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n";
    let eights = "2 CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=\n";
    let both = format!("{sevens}{eights}");
    (Keys::parse(sevens).unwrap(), Keys::parse(&both).unwrap())
}

#[test]
fn a_sealed_text_opens_in_its_own_cell() {
    let key = DataKey::new();
    for text in [
        "",
        "Aino",
        "Väinö Åkerblom-Njuorggán",
        "\u{80}",
        "nolla\0",
        &"ä".repeat(5000),
    ] {
        let sealed = seal_text(&key, NAME, text).unwrap();
        assert_eq!(open_text(&key, NAME, &sealed).unwrap().reveal(), text);
    }
}

#[test]
fn cells_swapped_between_rows_columns_and_tables_do_not_open() {
    let key = DataKey::new();
    let sealed = seal_text(&key, NAME, "Aino Esimerkki").unwrap();
    for elsewhere in [
        Cell { row: OTHER, ..NAME },
        Cell {
            column: "phone",
            ..NAME
        },
        Cell {
            table: "organisations",
            ..NAME
        },
        // The same letters, divided elsewhere.
        Cell {
            table: "peoplen",
            column: "ame",
            ..NAME
        },
        Cell {
            table: "",
            column: "peoplename",
            ..NAME
        },
    ] {
        let opened = open_text(&key, elsewhere, &sealed);
        assert_eq!(opened, Err(SealFault::Refused), "{elsewhere:?}");
    }
}

#[test]
fn a_text_opens_with_its_own_persons_key_only() {
    let sealed = seal_text(&DataKey::new(), NAME, "Aino").unwrap();
    assert_eq!(
        open_text(&DataKey::new(), NAME, &sealed),
        Err(SealFault::Refused)
    );
}

#[test]
fn short_texts_tell_nothing_of_their_length() {
    let key = DataKey::new();
    let length = |text: &str| seal_text(&key, NAME, text).unwrap().len();
    assert_eq!(length(""), HEAD_LENGTH + TEXT_BLOCK + TAG_LENGTH);
    for characters in 0..TEXT_BLOCK {
        assert_eq!(length(&"x".repeat(characters)), length(""));
    }
    assert_eq!(length(&"x".repeat(TEXT_BLOCK)), length("") + TEXT_BLOCK);
}

#[test]
fn the_same_text_never_looks_the_same_twice() {
    let key = DataKey::new();
    let seal = || seal_text(&key, NAME, "Aino").unwrap();
    let (one, other) = (seal(), seal());
    assert_ne!(
        one[VERSION_END..HEAD_LENGTH],
        other[VERSION_END..HEAD_LENGTH]
    );
    assert_ne!(one[HEAD_LENGTH..], other[HEAD_LENGTH..]);
    assert!(!one.windows(4).any(|bytes| bytes == b"Aino"));
}

#[test]
fn a_change_of_any_byte_is_noticed() {
    let key = DataKey::new();
    let sealed = seal_text(&key, NAME, "Aino").unwrap();
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        assert!(open_text(&key, NAME, &changed).is_err(), "byte {place}");
        assert!(
            open_text(&key, NAME, &sealed[..place]).is_err(),
            "cut at {place}"
        );
    }
}

#[test]
fn the_version_in_front_is_vouched_for() {
    let (_, keys) = rotated_keys();
    let mut sealed = seal_data_key(&keys, PERSON, &DataKey::new()).unwrap();
    sealed[VERSION_END - 1] = 1;
    assert_eq!(
        open_data_key(&keys, PERSON, &sealed).unwrap_err(),
        SealFault::Refused
    );
    // Even where the very key is at hand: the version is part of the associated data.
    let key = DataKey::new();
    let renewed = DataKey::of(2, key.bytes.clone());
    let mut text = seal_text(&key, NAME, "Aino").unwrap();
    text[VERSION_END - 1] = 2;
    assert_eq!(open_text(&renewed, NAME, &text), Err(SealFault::Refused));
}

#[test]
fn a_data_key_opens_for_its_own_person_only() {
    let (keys, _) = rotated_keys();
    let key = DataKey::new();
    let wrapped = seal_data_key(&keys, PERSON, &key).unwrap();
    let opened = open_data_key(&keys, PERSON, &wrapped).unwrap();
    let sealed = seal_text(&key, NAME, "Aino").unwrap();
    assert_eq!(open_text(&opened, NAME, &sealed).unwrap().reveal(), "Aino");
    assert_eq!(
        open_data_key(&keys, OTHER, &wrapped).unwrap_err(),
        SealFault::Refused
    );
}

#[test]
fn a_rotated_root_key_reads_old_and_new_and_can_be_taken_up_again_anywhere() {
    let (before, after) = rotated_keys();
    let key = DataKey::new();
    let sealed = seal_text(&key, NAME, "Aino").unwrap();
    let old = seal_data_key(&before, PERSON, &key).unwrap();
    let new = rewrap_data_key(&after, PERSON, &old).unwrap().unwrap();
    for wrapped in [&old, &new] {
        let key = open_data_key(&after, PERSON, wrapped).unwrap();
        assert_eq!(open_text(&key, NAME, &sealed).unwrap().reveal(), "Aino");
    }
    assert_eq!(rewrap_data_key(&after, PERSON, &new), Ok(None));
    let unknown = SealFault::UnknownKeyVersion(UnknownKeyVersion(2));
    assert_eq!(open_data_key(&before, PERSON, &new).unwrap_err(), unknown);
}

#[test]
fn a_renewed_data_key_says_which_texts_still_need_sealing_anew() {
    let (keys, _) = rotated_keys();
    let first = DataKey::new();
    let sealed = seal_text(&first, NAME, "Aino").unwrap();
    let wrapped = seal_data_key(&keys, PERSON, &first.renewed()).unwrap();
    let renewed = open_data_key(&keys, PERSON, &wrapped).unwrap();
    assert_eq!(renewed.generation(), 2);
    assert_eq!(
        open_text(&renewed, NAME, &sealed),
        Err(SealFault::OtherGeneration(1))
    );
}

#[test]
fn a_data_key_is_never_taken_for_a_text() {
    let (keys, _) = rotated_keys();
    let key = DataKey::new();
    let wrapped = seal_data_key(&keys, PERSON, &key).unwrap();
    assert_eq!(open_text(&key, NAME, &wrapped), Err(SealFault::Malformed));
    let text = seal_text(&key, NAME, "Aino").unwrap();
    assert_eq!(
        open_data_key(&keys, PERSON, &text).unwrap_err(),
        SealFault::Malformed
    );
    assert_eq!(format!("{key:?}"), "DataKey");
}

/// A data key and a text sealed by another implementation of the same format, with the root key of 32 sevens.
const WRAPPED: &str = "0100000001000102030405060708090a0b0c0d0e0f1011121314151617ae6ad73aefaca6f8ef86c47e22ae5177918549\
    3f5eed238f8ef24dea9620f12e917c3ac4c30028408dff9ad620293b67e7f4ab93";
const SEALED: &str = "020000000118191a1b1c1d1e1f202122232425262728292a2b2c2d2e2fe1e8339afaa675cbe4fd2e9e33796f45f64be3\
    264db6d4977edb0050bcbd4f3059c5aac4dbee5d5d87852b6fd67d61d3";

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.map(byte).collect()
}

#[test]
fn what_was_sealed_years_ago_still_opens() {
    let (keys, _) = rotated_keys();
    let key = open_data_key(&keys, PERSON, &bytes(WRAPPED)).unwrap();
    assert_eq!(
        open_text(&key, NAME, &bytes(SEALED)).unwrap().reveal(),
        "Väinö"
    );
}

#[test]
fn what_opens_but_is_no_padded_text_is_refused() {
    let key = DataKey::new();
    let no_end: &[u8] = b"Aino";
    let after_end: &[u8] = &[TEXT_END, b'A'];
    let no_text: &[u8] = &[0xff, TEXT_END];
    for plain in [no_end, after_end, no_text, &[0; TEXT_BLOCK], &[]] {
        let sealed = seal(&key.cipher, FORMAT_TEXT, 1, NAME, &[plain], 0).unwrap();
        let opened = open_text(&key, NAME, &sealed);
        assert_eq!(opened, Err(SealFault::Malformed), "{plain:?}");
    }
}
