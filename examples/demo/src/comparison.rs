//! What two roles got of the same person, element by element.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::scene::{Answers, RoleAnswer};

/// The parts of the answers that somebody got something of, side by side.
pub struct Comparison {
    /// One per agency that was asked for, in the order of the answer.
    pub agencies: Vec<AgencyComparison>,
}

/// One agency's part, side by side.
pub struct AgencyComparison {
    /// The agency's id.
    pub agency: String,
    /// The state of each role's part.
    pub states: [String; 2],
    /// Every element that carries a value for somebody, in the order of the catalogue.
    pub rows: Vec<Row>,
}

/// One element, side by side.
pub struct Row {
    /// What a caseworker calls it.
    pub label: String,
    /// What each role sees of it.
    pub cells: [Cell; 2],
}

/// What a role sees of an element.
#[derive(Clone, PartialEq, Eq)]
pub enum Cell {
    /// These values.
    Values(Vec<String>),
    /// Nothing, for this reason.
    Withheld(String),
    /// The agency gave nothing for it.
    Absent,
}

impl Comparison {
    /// Compares the answers, with labels from the catalogues.
    pub fn new(answers: &Answers, catalogues: &[Value]) -> Result<Self> {
        let agencies = catalogues.iter().map(|catalogue| compare(answers, catalogue)).collect::<Result<_>>()?;
        Ok(Self { agencies })
    }
}

fn compare(answers: &Answers, catalogue: &Value) -> Result<AgencyComparison> {
    let agency = catalogue["agency"].as_str().unwrap_or_default().to_owned();
    let [first, second] = answers.each();
    let views = [View::of(first, &agency)?, View::of(second, &agency)?];
    let mut rows = Vec::new();
    for element in catalogue["elements"].as_array().into_iter().flatten() {
        let path = element["path"].as_str().unwrap_or_default();
        let is_of_a_dataset = element.get("dataset").is_some();
        let has_value = element.get("type").is_some();
        let cells = [views[0].cell(path), views[1].cell(path)];
        let somebody_sees_it = cells.iter().any(|cell| matches!(cell, Cell::Values(_)));
        if is_of_a_dataset && has_value && somebody_sees_it {
            let label = element.pointer("/label/sv").and_then(Value::as_str).unwrap_or(path).to_owned();
            rows.push(Row { label, cells });
        }
    }
    Ok(AgencyComparison { agency, states: views.map(|view| view.state), rows })
}

/// One role's view of one agency.
struct View {
    state: String,
    values: BTreeMap<String, Vec<String>>,
    withheld: BTreeMap<String, String>,
}

/// What the demo reads of an answer.
#[derive(Deserialize)]
struct AnswerBody<'a> {
    #[serde(borrow)]
    parts: Vec<PartBody<'a>>,
}

#[derive(Deserialize)]
struct PartBody<'a> {
    agency: &'a str,
    state: &'a str,
    #[serde(borrow)]
    document: Option<&'a RawValue>,
    #[serde(default)]
    withheld: Vec<WithheldBody>,
}

#[derive(Deserialize)]
struct WithheldBody {
    element: String,
    reason: String,
    basis: Option<String>,
}

impl View {
    fn of(answer: &RoleAnswer, agency: &str) -> Result<Self> {
        let body: AnswerBody<'_> = serde_json::from_str(&answer.json).context("read the JSON answer")?;
        let part = body.parts.into_iter().find(|part| part.agency == agency).context("find the agency's part")?;
        let mut values = BTreeMap::new();
        if let Some(document) = part.document {
            collect(document, "", &mut values).context("read a document")?;
        }
        let told = |withheld: WithheldBody| match withheld.basis {
            Some(basis) => (withheld.element, format!("{}: {basis}", withheld.reason)),
            None => (withheld.element, withheld.reason),
        };
        Ok(Self { state: part.state.to_owned(), values, withheld: part.withheld.into_iter().map(told).collect() })
    }

    fn cell(&self, path: &str) -> Cell {
        if let Some(values) = self.values.get(path) {
            return Cell::Values(values.clone());
        }
        // The reason stands at the element itself or at what holds it; an empty path is the whole document.
        let mut at = path;
        loop {
            if let Some(reason) = self.withheld.get(at) {
                return Cell::Withheld(reason.clone());
            }
            match at.rsplit_once('/') {
                Some((above, _)) => at = above,
                None if !at.is_empty() => at = "",
                None => return Cell::Absent,
            }
        }
    }
}

/// Gathers every value of a document under its element's path, numbers with the digits that the agency wrote.
fn collect(value: &RawValue, path: &str, values: &mut BTreeMap<String, Vec<String>>) -> Result<()> {
    let text = value.get();
    let mut push = |value: &str| values.entry(path.to_owned()).or_default().push(value.to_owned());
    match text.bytes().next() {
        Some(b'{') => {
            for (name, member) in serde_json::from_str::<BTreeMap<String, &RawValue>>(text)? {
                let below = if path.is_empty() { name } else { format!("{path}/{name}") };
                collect(member, &below, values)?;
            }
        }
        Some(b'[') => {
            for item in serde_json::from_str::<Vec<&RawValue>>(text)? {
                collect(item, path, values)?;
            }
        }
        Some(b'"') => push(&serde_json::from_str::<String>(text)?),
        Some(b't') => push("ja"),
        Some(b'f') => push("nej"),
        Some(b'n') => push("–"),
        _ => push(text),
    }
    Ok(())
}
