//! A component that misbehaves costs one call of one question: each misdeed ends alone, with the right error, and nothing else is touched.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ssbtx_core::{InvalidDocument, InvalidNotice, InvalidRequest};
use ssbtx_runtime::{Breach, CallFailed, DecideFailed, PingStep, Step, Stop};
use ssbtx_stage::components;
use tokio::task::JoinSet;
use wasmparser::{Parser, Payload};

use crate::guests::{self, AskAdapter, Guests};

/// What comes of a guest's call of `plan`.
async fn planned(guest: &str) -> Result<Step, CallFailed> {
    let guests = Guests::new();
    let adapter = guests.adapter(guest).await.unwrap();
    let failed = adapter.plan_anew().await;
    // Whatever it did, the sandbox serves the next call.
    let honest = guests.adapter("honest").await.unwrap();
    assert!(matches!(honest.plan_anew().await, Ok(Step::Send { .. })), "{guest}: the sandbox is of no more use");
    failed
}

async fn stopped(guest: &str) -> Stop {
    match planned(guest).await {
        Err(CallFailed::Stopped(stop)) => stop,
        other => panic!("{guest} was not stopped: {other:?}"),
    }
}

async fn breach(guest: &str) -> Breach {
    match planned(guest).await {
        Err(CallFailed::OutOfContract(breach)) => breach,
        other => panic!("{guest} kept its contract: {other:?}"),
    }
}

#[tokio::test]
async fn an_honest_adapter_plans_absorbs_and_answers_pings() {
    let guests = Guests::new();
    let honest = guests.adapter("honest").await.unwrap();
    let Step::Send { requests, state } = honest.plan_anew().await.unwrap() else { panic!("nothing to send") };
    assert_eq!(requests.iter().map(ssbtx_core::Request::path).collect::<Vec<_>>(), ["/fraga"]);
    let Step::Answer { document, failures } = honest.absorb_next(state).await.unwrap() else { panic!("no answer") };
    assert_eq!((document.nodes().len(), failures.len()), (4, 0));
    let PingStep::Send { state, .. } = honest.ping_plan(&[]).await.unwrap() else { panic!("nothing to send") };
    assert!(matches!(honest.ping_absorb(state, guests::replies()).await, Ok(PingStep::Alive)));
}

#[tokio::test]
async fn an_endless_loop_is_stopped_at_its_time() {
    assert_eq!(stopped("endless-loop").await, Stop::Time);
}

#[tokio::test]
async fn a_memory_hog_is_stopped_at_its_memory() {
    assert_eq!(stopped("memory-hog").await, Stop::Memory);
}

#[test]
fn every_component_begins_with_the_memory_that_an_ordinary_call_needs() {
    for target in components::TARGETS {
        let bytes = components::read(target);
        let memories = Parser::new(0).parse_all(&bytes).filter_map(|payload| match payload.unwrap() {
            Payload::MemorySection(memories) => Some(memories.into_iter().map(|memory| memory.unwrap().initial << 16)),
            _ => None,
        });
        assert_eq!(memories.flatten().collect::<Vec<_>>(), [4 << 20], "{target}");
    }
}

#[tokio::test]
async fn a_deep_recursion_is_stopped_at_its_stack() {
    assert_eq!(stopped("deep-recursion").await, Stop::Stack);
}

#[tokio::test]
async fn a_trap_ends_its_call_and_tells_nothing_of_its_reason() {
    let failed = planned("trap").await.unwrap_err();
    assert_eq!(failed, CallFailed::Stopped(Stop::Trap));
    let told = format!("{failed} {failed:?} {:?}", std::error::Error::source(&failed).map(ToString::to_string));
    assert!(!told.contains("marker") && !told.contains(guests::PERSON), "{told}");
}

#[tokio::test]
async fn an_answer_with_too_many_nodes_is_refused() {
    assert_eq!(stopped("answers-too-much").await, Stop::Output);
}

#[tokio::test]
async fn an_answer_that_grows_on_its_way_out_is_stopped_before_it_is_held() {
    assert_eq!(stopped("amplifies").await, Stop::Output);
}

#[tokio::test]
async fn an_element_outside_the_catalogue_is_refused() {
    assert_eq!(breach("wrong-element").await, Breach::Document(InvalidDocument::UnknownElement(2, 4)));
}

#[tokio::test]
async fn an_element_at_a_wrong_depth_is_refused() {
    assert_eq!(breach("wrong-depth").await, Breach::Document(InvalidDocument::Place(3, 1, 3)));
}

#[tokio::test]
async fn a_value_of_a_wrong_kind_is_refused() {
    assert_eq!(breach("wrong-value-kind").await, Breach::Document(InvalidDocument::Value(3, 3)));
}

#[tokio::test]
async fn the_failure_of_a_dataset_outside_the_catalogue_is_refused() {
    assert_eq!(breach("unknown-dataset").await, Breach::Failure(0));
}

#[tokio::test]
async fn a_notice_cannot_write_a_second_line_into_a_log() {
    assert_eq!(breach("notice-with-line-break").await, Breach::Notice(InvalidNotice::Message));
}

#[tokio::test]
async fn a_notice_cannot_have_a_code_of_the_hosts() {
    assert_eq!(breach("speaks-as-the-host").await, Breach::Notice(InvalidNotice::BrokerCode));
}

#[tokio::test]
async fn a_request_to_an_undeclared_upstream_is_refused() {
    let undeclared = InvalidRequest::UndeclaredUpstream("elsewhere".parse().unwrap());
    assert_eq!(breach("undeclared-upstream").await, Breach::Request(undeclared));
}

#[tokio::test]
async fn a_header_with_a_line_break_is_refused() {
    assert_eq!(breach("header-with-line-break").await, Breach::Request(InvalidRequest::HeaderValue("accept")));
}

#[tokio::test]
async fn a_path_with_a_line_break_is_refused() {
    assert_eq!(breach("path-with-line-break").await, Breach::Request(InvalidRequest::PathCharacter));
}

#[tokio::test]
async fn an_absolute_url_is_refused() {
    assert_eq!(breach("absolute-url").await, Breach::Request(InvalidRequest::PathStart));
}

#[tokio::test]
async fn more_requests_than_a_step_may_have_are_refused() {
    assert_eq!(breach("too-many-requests").await, Breach::Requests(17));
}

#[tokio::test]
async fn a_question_ends_after_eight_steps() {
    let guests = Guests::new();
    let adapter = guests.adapter("too-many-steps").await.unwrap();
    let Step::Send { mut state, .. } = adapter.plan_anew().await.unwrap() else { panic!("nothing to send") };
    for _ in 2..8 {
        let Step::Send { state: next, .. } = adapter.absorb_next(state).await.unwrap() else {
            panic!("nothing to send")
        };
        state = next;
    }
    assert_eq!(adapter.absorb_next(state).await.unwrap_err(), CallFailed::OutOfContract(Breach::Steps));
}

#[tokio::test]
async fn a_ping_ends_after_eight_steps() {
    let guests = Guests::new();
    let adapter = guests.adapter("too-many-steps").await.unwrap();
    let PingStep::Send { mut state, .. } = adapter.ping_plan(&[]).await.unwrap() else { panic!("nothing to send") };
    for _ in 2..8 {
        let PingStep::Send { state: next, .. } = adapter.ping_absorb(state, guests::replies()).await.unwrap() else {
            panic!("nothing to send")
        };
        state = next;
    }
    let failed = adapter.ping_absorb(state, guests::replies()).await.unwrap_err();
    assert_eq!(failed, CallFailed::OutOfContract(Breach::Steps));
}

#[tokio::test]
async fn a_state_that_grows_without_end_is_refused() {
    let guests = Guests::new();
    let adapter = guests.adapter("growing-state").await.unwrap();
    let mut step = adapter.plan_anew().await;
    while let Ok(Step::Send { state, .. }) = step {
        step = adapter.absorb_next(state).await;
    }
    assert_eq!(step.unwrap_err(), CallFailed::OutOfContract(Breach::State(128 << 10)));
}

#[tokio::test]
async fn two_calls_never_share_memory() {
    let guests = Guests::new();
    let adapter = guests.adapter("leaves-a-mark").await.unwrap();
    for _ in 0..8 {
        let Step::Failed(found) = adapter.plan_anew().await.unwrap() else { panic!("it did not say what it found") };
        assert_eq!(found.code(), "nothing");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_guests_loop_on_every_worker_others_are_answered() {
    let guests = Guests::with_call_time(LONG);
    let mut loops = looping(&guests, 4).await;
    let honest = guests.adapter("honest").await.unwrap();
    // On the workers, where the loops are.
    let answered = tokio::spawn(async move {
        for _ in 0..20 {
            assert!(matches!(honest.plan_anew().await, Ok(Step::Send { .. })));
        }
    });
    answered.await.unwrap();
    assert!(loops.try_join_next().is_none(), "a loop had ended before the honest calls were through");
    loops.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_component_cannot_take_every_place() {
    let guests = Guests::with_call_time(LONG);
    // More than there are places in all.
    let mut loops = looping(&guests, 2 * guests::PLACES).await;
    let honest = guests.adapter("honest").await.unwrap();
    assert!(matches!(honest.plan_anew().await, Ok(Step::Send { .. })));
    assert!(loops.try_join_next().is_none(), "a loop had ended before the honest call was through");
    loops.shutdown().await;
}

/// Lets this many calls of an endless loop run, and waits until each has begun or waits for its place.
async fn looping(guests: &Guests, calls: u64) -> JoinSet<Result<Step, CallFailed>> {
    let hostile = guests.adapter("endless-loop").await.unwrap();
    let begun = Arc::new(AtomicUsize::new(0));
    let mut loops = JoinSet::new();
    for _ in 0..calls {
        let (hostile, begun) = (hostile.clone(), Arc::clone(&begun));
        loops.spawn(async move {
            begun.fetch_add(1, Ordering::Relaxed);
            hostile.plan_anew().await
        });
    }
    while begun.load(Ordering::Relaxed) < loops.len() {
        tokio::task::yield_now().await;
    }
    loops
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_gives_its_place_back() {
    let guests = Guests::with_call_time(LONG);
    let hostile = guests.adapter("endless-loop").await.unwrap();
    for _ in 0..guests::PLACES * 2 {
        tokio::select! {
            biased;
            ended = hostile.plan_anew() => panic!("an endless loop ended: {ended:?}"),
            // The loop has begun and has yielded once.
            () = tokio::task::yield_now() => {}
        }
    }
    let honest = guests.adapter("honest").await.unwrap();
    assert!(matches!(honest.plan_anew().await, Ok(Step::Send { .. })));
}

#[tokio::test]
async fn a_policy_that_traps_or_loops_gives_no_decision() {
    let guests = Guests::new();
    for (guest, stop) in [("policy-traps", Stop::Trap), ("policy-loops", Stop::Time)] {
        let failed = guests.decide(guest).await.unwrap_err();
        assert_eq!(failed, DecideFailed::Call(CallFailed::Stopped(stop)), "{guest}");
    }
}

#[tokio::test]
async fn a_policy_that_miscounts_gives_no_decision() {
    let failed = Guests::new().decide("policy-miscounts").await.unwrap_err();
    assert_eq!(failed, DecideFailed::Call(CallFailed::OutOfContract(Breach::Verdicts { verdicts: 5, elements: 4 })));
}

#[tokio::test]
async fn a_basis_that_a_policy_does_not_declare_discloses_nothing() {
    let guests = Guests::new();
    let open = guests.decide("policy-honest").await.unwrap();
    assert!(open.mask().discloses_anything());
    let closed = guests.decide("policy-unknown-basis").await.unwrap();
    assert!(!closed.mask().discloses_anything());
    assert_eq!(closed.withheld().iter().map(|withheld| withheld.reason.label()).collect::<Vec<_>>(), ["basis-unknown"]);
}

#[tokio::test]
async fn a_policy_cannot_tell_the_day_of_the_question_from_the_day_its_basis_began() {
    // It opens on every day but that one, and the question is put on another.
    let closed = Guests::new().decide("policy-reads-the-calendar").await.unwrap();
    assert!(!closed.mask().discloses_anything());
    assert_eq!(closed.withheld().iter().map(|withheld| withheld.reason.label()).collect::<Vec<_>>(), ["not-needed"]);
}

/// So much time for a call, in milliseconds, that a loop is at it until the honest calls are through, whatever the machine.
const LONG: u64 = 5_000;
