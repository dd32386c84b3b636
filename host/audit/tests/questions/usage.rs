//! Usage is counted, and says nothing of anybody.

use serde_json::{Value, json};

use crate::place::{Asked, clock, january, key, log_of, questions};
use crate::records::{Folder, PERSON};
use ssbtx_audit::{AuditQuestions, Months, RefusedWhy};

#[tokio::test]
async fn usage_is_by_consumer_role_front_and_month() {
    let folder = Folder::new();
    let of = |consumer, at, count| {
        std::iter::repeat_with(move || Asked { at, consumer, ..Asked::default() }.record()).take(count)
    };
    let january_of = |consumer, count| of(consumer, "2026-01-14T10:00:00Z", count);
    // The first moment of January in Sweden, and the last one before it.
    let edges = of("Exempelkommun", "2025-12-31T23:00:00Z", 1).chain(of("Exempelkommun", "2025-12-31T22:59:59Z", 1));
    let log =
        log_of(&folder.path(), 1 << 20, january_of("Exempelkommun", 6).chain(january_of("Provkommun", 4)).chain(edges))
            .await;
    let limit = RefusedWhy::Limit { limit: "consumer-rate", unrecorded: 8 };
    log.append_refused(Asked::default().refused(limit)).await.unwrap();
    let asked = questions(&folder.path(), &log, vec![key(7)], None);
    let row = |consumer: &str, questions: Value, limits: Value, parts: Value| json!({ "consumer": consumer, "role": "ekonomiskt-bistand", "front": "json-v1", "questions": questions, "limits": limits, "parts": parts });
    // One part of every question was answered, and one failed.
    let rows = json!([
        row("Exempelkommun", 7.into(), json!({ "consumer-rate": 9 }), json!({ "answered": 7, "failed": 7 })),
        row("Provkommun", "<5".into(), json!({}), json!({})),
    ]);
    let shown = usage(&asked, january());
    assert_eq!(shown, json!({ "months": [{ "month": "2026-01", "running": false, "partial": false, "rows": rows }] }));
    let two = Months::new("2025-12".parse().unwrap(), "2026-01".parse().unwrap(), clock()).unwrap();
    let shown = usage(&asked, two);
    assert_eq!(shown["months"][0]["rows"][0]["questions"], "<5");
    assert_eq!(shown["months"][1]["rows"], rows);
    for kept in ["Asa", "2026-000123", PERSON] {
        assert!(!shown.to_string().contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn no_count_of_one_report_follows_from_the_other() {
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1 << 20, []).await;
    let of = |caseworker, why| Asked { caseworker, ..Asked::default() }.refused(why);
    for _ in 0..2 {
        log.append_refused(of("Bo", RefusedWhy::CaseNotOpen)).await.unwrap();
    }
    log.append_refused(of("Asa", RefusedWhy::Limit { limit: "consumer-rate", unrecorded: 9 })).await.unwrap();
    let asked = questions(&folder.path(), &log, vec![key(7)], None);
    let usage = usage(&asked, january());
    let misuse = serde_json::to_value(asked.misuse(january()).unwrap()).unwrap();
    let consumer = &misuse["months"][0]["consumers"][0];
    assert_eq!(consumer["outsideCaseRefused"], json!({ "caseworkers": [], "others": "<5" }));
    // Twelve refusals without ten for a limit would be the two.
    let limits = json!({ "consumer-rate": 10 });
    assert_eq!(usage["months"][0]["rows"][0]["limits"], limits);
    let role = json!({ "role": "ekonomiskt-bistand", "front": "json-v1", "limits": limits });
    assert_eq!(consumer["limits"], json!([role]));
    assert!(!usage.to_string().contains("12"), "{usage}");
}

#[tokio::test]
async fn a_month_that_is_not_over_is_counted_in_fives() {
    let folder = Folder::new();
    let at = "2026-02-03T10:00:00Z";
    let log = log_of(&folder.path(), 1 << 20, (0..9).map(|_| Asked { at, ..Asked::default() }.record())).await;
    let month = "2026-02".parse().unwrap();
    let asked = questions(&folder.path(), &log, vec![key(7)], None);
    let shown = usage(&asked, Months::new(month, month, clock()).unwrap());
    assert_eq!(
        (&shown["months"][0]["running"], &shown["months"][0]["rows"][0]["questions"]),
        (&true.into(), &5.into())
    );
}

fn usage(asked: &AuditQuestions, months: Months) -> Value {
    serde_json::to_value(asked.usage(months).unwrap()).unwrap()
}
