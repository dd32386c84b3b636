//! A log in PostgreSQL answers what a log of files with the same records answers.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::officers::{officers, signed};
use crate::place::{ANOTHER, Asked, clock, january, key, log_of, person};
use crate::records::{Folder, PERSON};
use crate::server::Log;
use ssbtx_audit::{
    AuditLog, AuditQuestions, LookUpRefused, LookUpRequest, LookedUpPerson, MisuseSettings, Month, NotAnswered,
    PostgresSearch, Record, RefusedWhy, Searchable, SegmentIndex, SubjectKey,
};
use ssbtx_core::OpenCase;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_answer_what_segments_with_the_same_records_answer() {
    let (files, rows) = both().await;
    for (names, lines) in [(vec![key(7)], 54), (vec![key(8)], 10), (vec![key(8), key(7)], 54), (vec![key(9)], 0)] {
        let names: Vec<_> = names.iter().map(|key| key.subject(&person(PERSON)).named()).collect();
        let found = rows.search().about(&names).unwrap();
        assert_eq!(found.len(), lines);
        assert_eq!(found, files.search().about(&names).unwrap());
    }
    let (files, rows) = (files.questions(), rows.questions());
    let (organisation, time) = ("162020000001".parse().unwrap(), "2026-01".parse::<Month>().unwrap().time());
    for (name, lines) in [(" ASA exempel", 24), ("Bo Exempel", 40), ("Cia Exempel", 0)] {
        let found = rows.caseworker(&organisation, name, &time).unwrap();
        assert_eq!(found.len(), lines, "{name}");
        assert_eq!(found, files.caseworker(&organisation, name, &time).unwrap());
    }
    let usage = json(&rows.usage(january()).unwrap());
    assert_eq!(usage["months"][0]["rows"][0]["questions"], 55);
    assert_eq!(usage, json(&files.usage(january()).unwrap()));
    let misuse = json(&rows.misuse(january()).unwrap());
    let shown = &misuse["months"][0]["consumers"][0];
    assert_eq!(shown["outsideCaseAnswered"]["caseworkers"][0]["questions"], 6);
    assert_eq!(
        (&shown["askedOften"][0]["questions"], &shown["limits"][0]["limits"]["caseworker-rate"]),
        (&52.into(), &10.into())
    );
    assert_eq!(misuse, json(&files.misuse(january()).unwrap()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_shown_to_two_officers_once_and_that_is_a_row() {
    let (files, rows) = both().await;
    let request = signed(&["anna", "bo"]);
    for kept in [&files, &rows] {
        let questions = Arc::new(kept.questions());
        let found = ask(&questions, &request).await.unwrap();
        assert_eq!((found.look_up, found.records.len()), (request.id(), 54));
        assert!(matches!(ask(&questions, &request).await, Err(NotAnswered::Refused(LookUpRefused::Answered))));
        assert!(matches!(
            ask(&questions, &signed(&["anna"])).await,
            Err(NotAnswered::Refused(LookUpRefused::TooFew { found: 1 }))
        ));
    }
    let Kept::Rows { log, .. } = &rows else { panic!("these are the rows") };
    assert_eq!(log.column("coalesce(look_up, '')").last(), Some(&request.id().to_string()));
}

/// A log in either sink, open.
enum Kept {
    Files { folder: Folder, open: AuditLog },
    Rows { log: Log, open: AuditLog },
}

impl Kept {
    fn search(&self) -> Box<dyn Searchable> {
        match self {
            Self::Files { folder, .. } => Box::new(SegmentIndex::open(&folder.path()).unwrap()),
            Self::Rows { log, .. } => Box::new(PostgresSearch::new(log.settings.clone())),
        }
    }

    fn questions(&self) -> AuditQuestions {
        let (Self::Files { open, .. } | Self::Rows { open, .. }) = self;
        let keys = vec![key(8), key(7)];
        AuditQuestions::new(self.search(), keys, Some(officers()), MisuseSettings::default(), open.notes(), clock)
    }
}

/// The same records, in both.
async fn both() -> (Kept, Kept) {
    let folder = Folder::new();
    let files = log_of(&folder.path(), 1 << 20, []).await;
    let log = Log::new();
    let rows = log.open();
    for open in [&files, &rows] {
        fill(open).await;
    }
    (Kept::Files { folder, open: files }, Kept::Rows { log, open: rows })
}

/// Two caseworkers and two persons, one of them while a key takes the place of another; nights, questions outside a case, and refusals.
async fn fill(log: &AuditLog) {
    let bo = || Asked { caseworker: "Bo Exempel", ..Asked::default() };
    let under = |key: SubjectKey| Record { subject: key.subject(&person(PERSON)), ..Asked::default().record() };
    let mut records: Vec<Record> = Vec::new();
    records.extend((0..5).map(|_| under(key(7))));
    records.extend((0..10).map(|_| under(key(8).overlapping(key(7)))));
    records.extend((0..6).map(|_| Record { open_case: OpenCase::Outside, ..bo().record() }));
    records.extend((0..5).map(|_| Asked { at: "2026-01-17T22:00:00Z", ..bo() }.record()));
    records.extend((0..24).map(|_| bo().record()));
    records.extend((0..5).map(|_| Asked { person: ANOTHER, ..bo() }.record()));
    // Of another consumer, of another month, and both.
    records.extend((0..7).map(|_| Asked { consumer: "Provkommun", person: ANOTHER, ..Asked::default() }.record()));
    records.push(Asked { at: "2025-12-31T22:54:54Z", ..Asked::default() }.record());
    records.push(Asked { at: "2026-02-01T00:00:00Z", ..Asked::default() }.record());
    for record in records {
        log.append(record).await.unwrap();
    }
    for why in [RefusedWhy::CaseNotOpen, RefusedWhy::Limit { limit: "caseworker-rate", unrecorded: 9 }] {
        log.append_refused(Asked::default().refused(why)).await.unwrap();
    }
}

async fn ask(questions: &Arc<AuditQuestions>, request: &LookUpRequest) -> Result<LookedUpPerson, NotAnswered> {
    let (questions, request, runtime) = (Arc::clone(questions), request.clone(), Handle::current());
    spawn_blocking(move || questions.person(&request, person(PERSON), &|| true, &runtime)).await.unwrap()
}

fn json(report: &impl serde::Serialize) -> Value {
    json!(report)
}
