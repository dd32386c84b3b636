//! `ssbtx adapter bench`.

use crate::{json, on, trial};

#[test]
fn the_cost_of_an_adapter_is_told_in_time_size_and_memory() {
    let (question, replies) = trial();
    let arguments = ["--question", &question, "--replies", &replies, "--runs", "5", "--memory", "--format", "json"];
    let (code, costs) = json(&on("bench", "adapters/miv/adapter.wasm", &arguments));
    assert_eq!(code, Some(0));
    let number = |pointer: &str| costs.pointer(pointer).and_then(serde_json::Value::as_u64).unwrap();
    for call in ["plan", "absorb"] {
        let [median, p95, worst] = ["medianUs", "p95Us", "worstUs"].map(|rank| number(&format!("/{call}/{rank}")));
        assert!(0 < median && median <= p95 && p95 <= worst, "{costs}");
    }
    assert!(number("/componentBytes") > 10_000);
    assert!(number("/memoryBytes").is_multiple_of(65_536) && number("/memoryBytes") > 65_536);
}

#[test]
fn an_adapter_that_never_comes_to_its_end_ends_with_1() {
    let (question, replies) = trial();
    let output = on("bench", "guests/endless-loop.wasm", &["--question", &question, "--replies", &replies]);
    assert_eq!(output.status.code(), Some(1));
}
