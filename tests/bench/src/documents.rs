//! Answers of a wanted size.

use std::iter::repeat_n;

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::product::Recorded;

/// LEFI's answer with everything in it repeated in the same mixture, until it has at least so many bytes.
pub fn lefi_of_everything(recorded: &Recorded, bytes: usize) -> Result<Recorded> {
    let answer: Value = serde_json::from_slice(&recorded.body)?;
    for times in 1..=bytes.div_ceil(SMALLEST_REPETITION) {
        let mut answer = answer.clone();
        let information = answer.get_mut("formansinformation").and_then(Value::as_object_mut);
        for list in information.context("no `formansinformation`")?.values_mut().filter_map(Value::as_array_mut) {
            *list = repeat_n(list.iter().cloned(), times).flatten().collect();
        }
        let body = Bytes::from(answer.to_string());
        if body.len() >= bytes {
            return Ok(Recorded { body, ..recorded.clone() });
        }
    }
    bail!("answer of {} bytes does not grow to {bytes}", recorded.body.len())
}

/// LEFI's answer with payments alone, as many as come nearest to so many bytes: documents that differ in nothing but their size.
pub fn lefi_of_payments(recorded: &Recorded, bytes: usize) -> Result<Recorded> {
    let answer: Value = serde_json::from_slice(&recorded.body)?;
    let payment = answer.pointer("/formansinformation/utbetalningsuppgift/1").context("no payment")?;
    let whole = |payments: usize| {
        let information = json!({ "utbetalningsuppgift": vec![payment.clone(); payments] });
        json!({ "utlamnare": answer.get("utlamnare"), "avvikelser": [], "formansinformation": information }).to_string()
    };
    let (one, two) = (whole(1).len(), whole(2).len());
    let more = bytes.saturating_sub(one) / (two - one);
    Ok(Recorded { body: Bytes::from(whole(1 + more)), ..recorded.clone() })
}

/// Each repetition has at least so many bytes, or there is next to nothing in the answer.
const SMALLEST_REPETITION: usize = 1000;
