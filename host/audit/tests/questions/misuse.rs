//! What may be misuse is shown, and small counts are not.

use serde_json::{Value, json};

use crate::place::{ANOTHER, Asked, january, key, log_of, person, questions};
use crate::records::{Folder, PERSON};
use ssbtx_audit::{Record, RefusedWhy};
use ssbtx_core::OpenCase;

#[tokio::test]
async fn questions_outside_an_open_case_are_listed_by_caseworker() {
    let outside = |caseworker, count| {
        (0..count)
            .map(move |_| Record { open_case: OpenCase::Outside, ..Asked { caseworker, ..Asked::default() }.record() })
    };
    let folder = Folder::new();
    let log = log_of(
        &folder.path(),
        1 << 20,
        outside("Asa Exempel", 3).chain(outside(" ASA Exempel ", 3)).chain(outside("Bo Exempel", 4)),
    )
    .await;
    for _ in 0..5 {
        log.append_refused(Asked::default().refused(RefusedWhy::CaseNotOpen)).await.unwrap();
    }
    let shown = misuse(&folder, &log);
    let asa = |questions: u64| json!([{ "organisation": "162020000001", "caseworker": "asa exempel", "questions": questions }]);
    assert_eq!(shown["outsideCaseAnswered"], json!({ "caseworkers": asa(6), "others": "<5" }));
    assert_eq!(shown["outsideCaseRefused"], json!({ "caseworkers": asa(5), "others": 0 }));
    assert!(!shown.to_string().contains("bo exempel"), "a count of four is nobody's");
}

#[tokio::test]
async fn questions_at_night_at_weekends_and_on_holidays_are_unusual() {
    let usual = ["2026-01-14T05:00:00Z", "2026-01-14T18:59:59Z"];
    let unusual = [
        "2026-01-14T04:59:59Z",
        "2026-01-14T19:00:00Z",
        "2026-01-17T10:00:00Z",
        "2026-01-18T10:00:00Z",
        "2026-01-06T10:00:00Z",
    ];
    let folder = Folder::new();
    let log = log_of(
        &folder.path(),
        1 << 20,
        usual.into_iter().chain(unusual).map(|at| Asked { at, ..Asked::default() }.record()),
    )
    .await;
    let shown = misuse(&folder, &log);
    assert_eq!(shown["unusualHours"]["caseworkers"][0]["questions"], 5);
}

#[tokio::test]
async fn a_caseworker_far_above_the_consumers_average_is_listed() {
    // 60 of 75 questions by one of four: the average is 18.
    let colleagues = ["Bo", "Cia", "Dag"].into_iter().flat_map(|caseworker| std::iter::repeat_n(caseworker, 5));
    let names = std::iter::repeat_n("Asa", 60).chain(colleagues);
    let folder = Folder::new();
    let log =
        log_of(&folder.path(), 1 << 20, names.map(|caseworker| Asked { caseworker, ..Asked::default() }.record()))
            .await;
    let shown = misuse(&folder, &log);
    assert_eq!(shown["volume"]["average"], 18);
    assert_eq!(
        shown["volume"]["caseworkers"],
        json!([{ "organisation": "162020000001", "caseworker": "asa", "questions": 60 }])
    );
}

#[tokio::test]
async fn an_average_of_nobody_or_of_few_questions_is_not_shown() {
    let by = |names: Vec<&'static str>| {
        names.into_iter().map(|caseworker| Asked { caseworker, ..Asked::default() }.record())
    };
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1 << 20, by(vec!["Asa", "Bo", "Bo"])).await;
    assert_eq!(misuse(&folder, &log)["volume"], json!({ "average": null, "caseworkers": [] }));
    // 50 of 64 questions by one of fifteen: the average is four.
    let others = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N"];
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1 << 20, by(std::iter::repeat_n("Asa", 50).chain(others).collect())).await;
    assert_eq!(misuse(&folder, &log)["volume"]["average"], "<5");
}

#[tokio::test]
async fn a_person_asked_about_very_often_has_a_running_number_and_nothing_else() {
    let people = std::iter::repeat_n(PERSON, 20).chain(std::iter::repeat_n(ANOTHER, 19));
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1 << 20, people.map(|person| Asked { person, ..Asked::default() }.record())).await;
    let shown = misuse(&folder, &log);
    assert_eq!(shown["askedOften"], json!([{ "person": 1, "questions": 20, "caseworkers": "<5" }]));
    assert!(!shown.to_string().contains(&key(7).subject(&person(PERSON)).hmac_sha256()));
}

#[tokio::test]
async fn a_person_is_one_person_while_a_key_takes_the_place_of_another() {
    let under =
        |key: ssbtx_audit::SubjectKey| Record { subject: key.subject(&person(PERSON)), ..Asked::default().record() };
    let before = (0..10).map(|_| under(key(7)));
    let after = (0..10).map(|_| under(key(8).overlapping(key(7))));
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1 << 20, before.chain(after)).await;
    assert_eq!(misuse(&folder, &log)["askedOften"][0]["questions"], 20);
}

#[tokio::test]
async fn limits_that_were_reached_are_counted_with_what_has_no_line_of_its_own() {
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1 << 20, []).await;
    for (limit, unrecorded) in [("caseworker-rate", 9), ("consumer-rate", 20)] {
        log.append_refused(Asked::default().refused(RefusedWhy::Limit { limit, unrecorded })).await.unwrap();
    }
    let limits = json!({ "caseworker-rate": 10, "consumer-rate": 21 });
    let by = json!([{ "role": "ekonomiskt-bistand", "front": "json-v1", "limits": limits }]);
    assert_eq!(misuse(&folder, &log)["limits"], by);
}

/// What January's report says of the only consumer.
fn misuse(folder: &Folder, log: &ssbtx_audit::AuditLog) -> Value {
    let report = questions(&folder.path(), log, vec![key(7)], None).misuse(january()).unwrap();
    serde_json::to_value(report).unwrap()["months"][0]["consumers"][0].clone()
}
