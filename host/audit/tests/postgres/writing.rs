//! Records are committed, once each, or their questions get no answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::records::{Folder, PERSON, record};
use crate::server::{Log, SHARED};
use ssbtx_audit::Condition;

#[tokio::test]
async fn a_record_is_committed_when_append_returns() {
    let log = Log::new();
    let open = log.open();
    for number in 1..=3 {
        open.append(record(number)).await.unwrap();
        assert_eq!(log.column("sequence").len(), usize::from(number));
    }
    assert_eq!(log.verify().records, 3);
}

#[tokio::test]
async fn a_line_has_the_same_bytes_as_in_a_file() {
    let (log, folder) = (Log::with(3).await, Folder::with(3, 10).await);
    assert_eq!(log.column("convert_from(line, 'UTF8')"), folder.lines());
    assert_eq!(log.verify().head, ssbtx_audit::verify(&folder.path()).unwrap().head);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_appended_at_once_all_land_once_each_in_fewer_commits() {
    let log = Log::new();
    let open = Arc::new(log.open());
    let appends: Vec<_> = (0..=u8::MAX)
        .map(|number| {
            let open = Arc::clone(&open);
            tokio::spawn(async move { open.append(record(number)).await })
        })
        .collect();
    for append in appends {
        append.await.unwrap().unwrap();
    }
    let questions: BTreeSet<String> = log.column("question").into_iter().collect();
    assert_eq!((questions.len(), log.verify().records), (256, 256));
    let levels = open.levels();
    assert_eq!((levels.records, levels.queued, levels.condition), (256, 0, Condition::Writing));
    assert!(levels.batches < 256 && levels.largest_batch > 1, "{} batches", levels.batches);
}

#[tokio::test]
async fn a_row_has_the_columns_that_it_is_found_by() {
    let log = Log::with(1).await;
    let row =
        log.column("concat_ws('|', kind, question, front, consumer, organisation, case_id, role, unrecorded, parts)");
    let expected = r#"question|01010101-0101-0101-0101-010101010101|json-v1|Exempelkommun|162020000001|2026-000123|ekonomiskt-bistand|0|{"answered":1,"failed":1}"#;
    assert_eq!(row, [expected]);
}

#[tokio::test]
async fn no_identity_number_comes_to_the_database() {
    let log = Log::with(2).await;
    let rows = format!("SELECT * FROM ssbtx_audit.line WHERE log = '{}'", log.settings.log());
    let shown = format!("{}{:?}", SHARED.sql(&rows).unwrap(), log.column("convert_from(line, 'UTF8')"));
    assert!(shown.contains("162020000001") && !shown.contains(PERSON));
}

#[tokio::test]
async fn two_logs_in_one_database_do_not_know_of_each_other() {
    let (one, other) = (Log::with(2).await, Log::with(3).await);
    assert_eq!((one.verify().records, other.verify().records), (2, 3));
}
