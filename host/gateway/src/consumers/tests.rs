use super::*;
use crate::sample::{self, certificate};

fn registered(certificate: &[u8]) -> Consumers {
    sample::consumers(certificate, &["162020000003"])
}

fn question(organisation: &str) -> Question {
    sample::question(&sample::question_body(organisation))
}

#[test]
fn a_certificate_gives_its_consumer_and_its_one_role() {
    let certificate = certificate(Some("162020000001"));
    let caller = registered(&certificate).identify(&certificate).unwrap();
    assert_eq!((caller.name(), caller.role().as_str()), ("nämnden", "ekonomiskt-bistand"));
}

#[test]
fn a_certificate_that_is_not_registered_is_nobodys() {
    let known = certificate(Some("162020000001"));
    assert_eq!(registered(&known).identify(&certificate(Some("162020000001"))), Err(NotRegistered));
}

#[test]
fn a_fingerprint_does_not_help_a_certificate_of_another_organisation() {
    for serial_number in [Some("162020000003"), Some("2020000001"), Some("SE162020000001"), Some(""), None] {
        let certificate = certificate(serial_number);
        assert_eq!(registered(&certificate).identify(&certificate), Err(NotRegistered), "{serial_number:?}");
    }
}

#[test]
fn a_consumer_asks_in_its_own_name() {
    let certificate = certificate(Some("162020000001"));
    let caller = registered(&certificate).identify(&certificate).unwrap();
    assert!(caller.authorise(question("162020000001")).unwrap().requester.processors.is_empty());
}

#[test]
fn a_consumer_that_asks_for_another_is_named_as_its_processor_once() {
    let certificate = certificate(Some("162020000001"));
    let caller = registered(&certificate).identify(&certificate).unwrap();
    let asked = caller.authorise(question("162020000003")).unwrap();
    let processors: Vec<_> =
        asked.requester.processors.iter().map(|one| (one.number.as_str(), one.name.as_str())).collect();
    assert_eq!(processors, [("162020000001", "nämnden")]);
    assert_eq!(caller.authorise(asked).unwrap().requester.processors.len(), 1);
}

#[test]
fn a_consumer_that_asks_for_another_is_named_before_other_processors() {
    let certificate = certificate(Some("162020000001"));
    let caller = registered(&certificate).identify(&certificate).unwrap();
    let mut with_another = question("162020000003");
    let another = Organisation { number: "162020000003".parse().unwrap(), name: "driftleverantören".to_owned() };
    with_another.requester.processors.push(another);
    let asked = caller.authorise(with_another).unwrap();
    let processors: Vec<_> = asked.requester.processors.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(processors, ["nämnden", "driftleverantören"]);
}

#[test]
fn a_consumer_does_not_ask_for_an_organisation_that_it_does_not_act_for() {
    let certificate = certificate(Some("162020000001"));
    let caller = sample::consumers(&certificate, &[]).identify(&certificate).unwrap();
    assert!(matches!(caller.authorise(question("162020000003")), Err(NotYourOrganisation)));
}

#[test]
fn a_certificate_is_valid_until_its_last_second() {
    let now: Timestamp = "2026-03-01T08:30:00Z".parse().unwrap();
    // The certificates of these tests are valid until the year 4096.
    let certificate = certificate(None);
    assert!(remaining_validity(&certificate, now) > Duration::from_hours(24 * 365 * 2000));
    let end: Timestamp = "4096-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(remaining_validity(&certificate, end - Duration::from_secs(7)), Duration::from_secs(7));
    assert_eq!(remaining_validity(&certificate, end + Duration::from_secs(1)), Duration::ZERO);
    assert_eq!(remaining_validity(b"no certificate", now), Duration::ZERO);
}

#[test]
fn err_consumers() {
    let text = |file: &str| Consumers::parse(file).unwrap_err();
    insta::assert_snapshot!(text("[[consumer"), @"consumers.toml:1: unclosed array table, expected `]]`");
    insta::assert_snapshot!(text(""), @"consumers.toml:1: consumer: expected at least one `[[consumer]]`");
    insta::assert_snapshot!(text("consumer = []\nconsumers = []"), @r"
    consumers.toml:1: consumer: expected at least one `[[consumer]]`
    consumers.toml:2: consumers: unknown key, expected one of `consumer`
    ");
    let fingerprint = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let faults = text(&format!(
        r#"
        [[consumer]]
        name = "a"
        organisation-number = "162000000001"
        acts-for = ["162020000001", "2020000001", 17]
        acts_for = []
        [[consumer.certificate]]
        fingerprint = "{fingerprint}"
        role = "Ekonomiskt bistånd"
        [[consumer.certificate]]
        fingerprint = "{fingerprint}"
        role = "arbetsmarknad"
        roles = ["arbetsmarknad"]
        [[consumer]]
        name = "a"
        organisation-number = "2020000001"
        acts-for = "162020000001"
        [[consumer]]
        certificate = "none"
        "#
    ));
    insta::assert_snapshot!(faults, @r"
    consumers.toml:4: consumer[0].organisation-number: expected `16` and ten digits, the third of them 2 to 9
    consumers.toml:5: consumer[0].acts-for[1]: expected `16` and ten digits, the third of them 2 to 9
    consumers.toml:5: consumer[0].acts-for[2]: found a number, expected a text
    consumers.toml:6: consumer[0].acts_for: unknown key, expected one of `name`, `organisation-number`, `acts-for`, `aktorsid`, `certificate`, `limits`, `caseworker-limits`, `open-cases`
    consumers.toml:9: consumer[0].certificate[0].role: name is not 1 to 64 characters `a`–`z`, `0`–`9` and `-`
    consumers.toml:11: consumer[0].certificate[1].fingerprint: another entry has this certificate
    consumers.toml:13: consumer[0].certificate[1].roles: unknown key, expected one of `fingerprint`, `role`
    consumers.toml:14: consumer[1].certificate: expected at least one `[[consumer.certificate]]`
    consumers.toml:15: consumer[1].name: another consumer has this name
    consumers.toml:16: consumer[1].organisation-number: expected `16` and ten digits, the third of them 2 to 9
    consumers.toml:17: consumer[1].acts-for: found a text, expected a list of organisation numbers
    consumers.toml:18: consumer[2].name: missing, expected the consumer's name
    consumers.toml:18: consumer[2].organisation-number: missing, expected `16` and ten digits, the third of them 2 to 9
    consumers.toml:19: consumer[2].certificate: found a text, expected a list of tables
    consumers.toml:19: consumer[2].certificate: expected at least one `[[consumer.certificate]]`
    ");
}

#[test]
fn err_aktorsid() {
    let text = |aktorsid: &str| {
        let consumer = |name: &str, number: &str, fingerprint: &str| {
            format!(
                "[[consumer]]\nname = \"{name}\"\norganisation-number = \"{number}\"\nacts-for = [\"162020000003\"]\n\
                 aktorsid = {{ {number} = \"known-{name}\" }}\n[[consumer.certificate]]\n\
                 fingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n",
                Sha256Digest::of(fingerprint.as_bytes()),
            )
        };
        let first = consumer("a", "162020000001", "first");
        let second = consumer("b", "162020000003", "second").replace("{ 162020000003 = \"known-b\" }", aktorsid);
        Consumers::parse(&format!("{first}{second}")).map_or_else(|error| error, |_| "in order".to_owned())
    };
    assert_eq!(text("{ 162020000003 = \"b\" }"), "in order");
    insta::assert_snapshot!(text("\"b\""), @"consumers.toml:13: consumer[1].aktorsid: found a text, expected a table");
    insta::assert_snapshot!(text("{ 162020000003 = \"a b\" }"), @"consumers.toml:13: consumer[1].aktorsid.162020000003: expected 1 to 128 letters, digits and `-._~`, but not `.` or `..`");
    insta::assert_snapshot!(text("{ 162020000003 = 7 }"), @"consumers.toml:13: consumer[1].aktorsid.162020000003: found a number, expected a text");
    insta::assert_snapshot!(text("{ 162020000001 = \"b\" }"), @"consumers.toml:13: consumer[1].aktorsid.162020000001: unknown key, expected one of `162020000003`");
    insta::assert_snapshot!(text("{ 162020000003 = \"known-a\" }"), @"consumers.toml:13: consumer[1].aktorsid.162020000003: another organisation has this name");
}

#[test]
fn limits_are_what_the_file_says_and_else_the_defaults() {
    let certificate = certificate(Some("162020000001"));
    let limits = |tables: &str| {
        let file = format!(
            "[[consumer]]\nname = \"nämnden\"\norganisation-number = \"162020000001\"\n[[consumer.certificate]]\n\
             fingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n{tables}",
            Sha256Digest::of(&certificate)
        );
        Consumers::parse(&file).map(|consumers| *consumers.identify(&certificate).unwrap().limits())
    };
    let default = ConsumerLimits::default();
    assert_eq!(limits(""), Ok(default));
    let caseworker = crate::limits::Allowance { per_minute: 100_000, burst: 1, ..default.caseworker };
    let consumer = crate::limits::Allowance { concurrent: 1024, per_day: 1, ..default.consumer };
    let tables = "[consumer.limits]\nconcurrent-questions = 1024\nquestions-per-day = 1\n\
                  [consumer.caseworker-limits]\nquestions-per-minute = 100000\nburst = 1\n";
    assert_eq!(limits(tables), Ok(ConsumerLimits { consumer, caseworker }));
    let tables = "[consumer.limits]\nquestions-per-minute = 0\nburst = 10001\nconcurrent-questions = 1.5\n\
                  questions-per-day = \"many\"\nper-day = 1\n";
    insta::assert_snapshot!(limits(tables).unwrap_err(), @r"
    consumers.toml:8: consumer[0].limits.questions-per-minute: `0` is not 1 to 100000
    consumers.toml:9: consumer[0].limits.burst: `10001` is not 1 to 10000
    consumers.toml:10: consumer[0].limits.concurrent-questions: found a number with a fraction, expected a whole number, 1 to 1024
    consumers.toml:11: consumer[0].limits.questions-per-day: found a text, expected a whole number, 1 to 10000000
    consumers.toml:12: consumer[0].limits.per-day: unknown key, expected one of `questions-per-minute`, `burst`, `concurrent-questions`, `questions-per-day`
    ");
    insta::assert_snapshot!(limits("[[consumer.caseworker-limits]]\n").unwrap_err(), @"consumers.toml:7: consumer[0].caseworker-limits: found a list, expected a table");
}
