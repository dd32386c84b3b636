//! Bytes that no text holds.

/// Sequences that are no UTF-8: RFC 3629, section 3; with what is wrong with them.
pub(crate) const NO_UTF_8: [(&str, &[u8]); 16] = [
    ("a continuation alone", b"\x80"),
    ("the last continuation alone", b"\xbf"),
    ("two bytes of which one is missing", b"\xc3"),
    ("three of which one is missing", b"\xe2\x82"),
    ("four of which one is missing", b"\xf0\x9f\x98"),
    ("an overlong slash in two", b"\xc0\xaf"),
    ("an overlong slash in three", b"\xe0\x80\xaf"),
    ("an overlong slash in four", b"\xf0\x80\x80\xaf"),
    ("an overlong NUL", b"\xc0\x80"),
    ("an overlong letter", b"\xc1\xa1"),
    ("a high surrogate", b"\xed\xa0\x80"),
    ("a low surrogate", b"\xed\xbf\xbf"),
    ("a character beyond the last", b"\xf4\x90\x80\x80"),
    ("a byte of five", b"\xf8\x88\x80\x80\x80"),
    ("0xFE", b"\xfe"),
    ("0xFF", b"\xff"),
];

/// Encodings of a whole body that are not UTF-8, with their marks and without.
pub(crate) fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let wide_little: Vec<u8> = text.chars().flat_map(|character| u32::from(character).to_le_bytes()).collect();
    let wide_big: Vec<u8> = text.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    vec![
        ("UTF-16 LE", little.clone()),
        ("UTF-16 BE", big.clone()),
        ("UTF-16 LE with its mark", marked(b"\xff\xfe", &little)),
        ("UTF-16 BE with its mark", marked(b"\xfe\xff", &big)),
        ("UTF-16 LE with the mark of the other", marked(b"\xfe\xff", &little)),
        ("UTF-32 LE", wide_little.clone()),
        ("UTF-32 BE", wide_big.clone()),
        ("UTF-32 LE with its mark", marked(b"\xff\xfe\0\0", &wide_little)),
        ("UTF-32 BE with its mark", marked(b"\0\0\xfe\xff", &wide_big)),
        ("UTF-7 with its mark", marked(b"+/v8-", text.as_bytes())),
        ("ISO 8859-1", text.chars().map(|character| u8::try_from(character).unwrap_or(b'?')).collect()),
        ("gzip", marked(b"\x1f\x8b\x08\0\0\0\0\0\0\x03", text.as_bytes())),
        ("zstd", marked(b"\x28\xb5\x2f\xfd", text.as_bytes())),
        ("NUL before it", marked(b"\0", text.as_bytes())),
    ]
}

/// Texts that are no date `yyyy-MM-dd`.
pub(crate) const NO_DATE: [&str; 28] = [
    "2025-02-30",
    "2025-02-29",
    "2025-13-01",
    "2025-00-10",
    "2025-10-00",
    "2025-10-32",
    "2025-04-31",
    "20251001",
    "2025-10-1",
    "2025-1-01",
    "25-10-01",
    "2025/10/01",
    "2025.10.01",
    "01-10-2025",
    "2025-10-01T00:00:00Z",
    "2025-10-01 00:00",
    "2025-10",
    "2025-W40-3",
    "2025-274",
    "today",
    "+2025-10-01",
    "-2025-10-01",
    "12025-10-01",
    "2025-10-0١",
    "２０２５-10-01",
    "2025–10–01",
    "null",
    "0",
];

/// Texts that are no identity number of twelve digits with a date and a check digit.
pub(crate) const NO_PERSON: [&str; 22] = [
    "7701172392",
    "770117-2392",
    "19770117-2392",
    "19770117+2392",
    "19770117 2392",
    "1977011723920",
    "19770117239",
    "197701172393",
    "197713172392",
    "197700172392",
    "197701002392",
    "197702302392",
    "197701612392",
    "19770117239X",
    "19770117TF12",
    "abcdefghijkl",
    "000000000000",
    // The digits of one in order, each as wide as an ideograph.
    "\u{ff11}\u{ff19}\u{ff17}\u{ff17}\u{ff10}\u{ff11}\u{ff11}\u{ff17}\u{ff12}\u{ff13}\u{ff19}\u{ff12}",
    "19770117239\u{664}",
    "0x1977011723",
    "1.9770117e11",
    "SE1977011723",
];

/// Texts that are no organisation number of twelve digits beginning with 16.
pub(crate) const NO_ORGANISATION: [&str; 11] = [
    "2020000001",
    "202000-0001",
    "16202000000",
    "1620200000011",
    "162000000001",
    "162010000001",
    "16202000000X",
    "SE202000000101",
    "１６２０２０００００01",
    "162020-000001",
    "0",
];

/// Texts that are no relation of a person to the person of the case.
pub(crate) const NO_RELATION: [&str; 12] = [
    "Subject",
    "SUBJECT",
    " subject",
    "subject ",
    "subject\u{200b}",
    "sökande",
    "adult",
    "child",
    "household",
    "household_adult",
    "household-adult,household-child",
    "0",
];

/// Texts that are no moment in whole seconds.
pub(crate) const NO_TIME: [&str; 17] = [
    "soon",
    "now",
    "0",
    "1790000000",
    "2027-01-31",
    "2027-01",
    "2027-01-31T23:00:00",
    "2027-01-31T23:00:00.5Z",
    "2027-02-30T23:00:00Z",
    "2027-13-01T23:00:00Z",
    "2027-01-31T25:00:00Z",
    "2027-01-31T23:60:00Z",
    "2027-01-31T23:00:00Europe/Stockholm",
    "2027-01-31T23:00:00+99:00",
    "31/01/2027 23:00:00",
    "P30D",
    "２０２７-01-31T23:00:00Z",
];
