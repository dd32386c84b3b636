//! Where two roles got different answers about the same person, dataset by dataset.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use crate::answer::{AnswerBody, PartBody, State, WithheldBody};
use crate::catalogue::Catalogue;
use crate::document::{Node, is_within};
use crate::scene::Answers;

/// The answers side by side.
pub struct Comparison {
    /// One per base service whose part differs, in the order of the answer.
    pub agencies: Vec<AgencyComparison>,
}

/// One base service's part, side by side.
pub struct AgencyComparison {
    /// The base service.
    pub agency: String,
    /// What differs, in the order of the catalogue.
    pub rows: Vec<Row>,
}

/// One dataset, or everything, side by side.
pub struct Row {
    /// What a caseworker calls it.
    pub label: String,
    /// What each role sees of it.
    pub cells: [Cell; 2],
}

/// What a role sees.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Every value, as the agency wrote it.
    pub values: Vec<String>,
    /// How the part went, where it was not answered.
    pub state: Option<State>,
    /// Why values may be left out.
    pub withheld: BTreeSet<String>,
}

impl Comparison {
    /// Compares the answers, with labels from the catalogues.
    pub fn new(answers: &Answers, catalogues: &[Catalogue]) -> Result<Self> {
        let [first, second] = answers.each();
        let [first, second] = [AnswerBody::read(&first.json)?, AnswerBody::read(&second.json)?];
        let compare = |catalogue: &Catalogue| -> Result<AgencyComparison> {
            let views = [View::of(&first, catalogue)?, View::of(&second, catalogue)?];
            Ok(AgencyComparison { agency: catalogue.agency.clone(), rows: rows(&views, catalogue) })
        };
        let mut agencies: Vec<AgencyComparison> = catalogues.iter().map(compare).collect::<Result<_>>()?;
        agencies.retain(|agency| !agency.rows.is_empty());
        Ok(Self { agencies })
    }
}

fn rows(views: &[View; 2], catalogue: &Catalogue) -> Vec<Row> {
    let whole = || Row { label: EVERYTHING.to_owned(), cells: views.each_ref().map(View::everything) };
    let dataset =
        |id: &str, label: &str| Row { label: label.to_owned(), cells: views.each_ref().map(|view| view.cell(id)) };
    let rows: Vec<Row> = if views.iter().all(|view| view.state == State::Answered) {
        catalogue.datasets.iter().map(|is| dataset(&is.id, &is.label.sv)).collect()
    } else {
        vec![whole()]
    };
    let differs = |row: &Row| {
        let [first, second] = &row.cells;
        first != second && !(first.values.is_empty() && second.values.is_empty())
    };
    rows.into_iter().filter(differs).collect()
}

/// One role's view of one base service, by dataset.
struct View {
    state: State,
    datasets: BTreeMap<String, Cell>,
}

impl View {
    fn of(answer: &AnswerBody<'_>, catalogue: &Catalogue) -> Result<Self> {
        let is_it = |part: &&PartBody<'_>| part.agency == catalogue.agency;
        let part = answer.parts.iter().find(is_it).context("find the agency's part")?;
        let mut datasets: BTreeMap<String, Cell> = BTreeMap::new();
        if let Some(document) = part.document {
            Node::read(document)?.each_value(catalogue, &mut |path, node| {
                if let Some(dataset) = catalogue.element(path).and_then(|element| element.dataset.clone()) {
                    datasets.entry(dataset).or_default().values.push(words(node));
                }
            });
        }
        for withheld in &part.withheld {
            let elements = catalogue.elements().filter(|element| is_within(&element.path, &withheld.element));
            for dataset in elements.filter_map(|element| element.dataset.clone()) {
                datasets.entry(dataset).or_default().withheld.insert(reason(withheld));
            }
        }
        Ok(Self { state: part.state, datasets })
    }

    fn cell(&self, dataset: &str) -> Cell {
        self.datasets.get(dataset).cloned().unwrap_or_default()
    }

    /// All datasets together. A document that says that nothing was found has no values to count.
    fn everything(&self) -> Cell {
        let cells = self.datasets.values();
        let is_answered = self.state == State::Answered;
        Cell {
            values: cells.clone().filter(|_| is_answered).flat_map(|cell| cell.values.clone()).collect(),
            state: (!is_answered).then_some(self.state),
            withheld: cells.flat_map(|cell| cell.withheld.clone()).collect(),
        }
    }
}

fn reason(withheld: &WithheldBody) -> String {
    match &withheld.basis {
        Some(basis) => format!("{}: {basis}", withheld.reason),
        None => withheld.reason.clone(),
    }
}

/// A value as the answer writes it.
fn words(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::Number(digits) => digits.clone(),
        Node::Boolean(value) => value.to_string(),
        Node::Null | Node::Object(_) | Node::List(_) => "null".to_owned(),
    }
}

/// The label of a row about a whole part.
const EVERYTHING: &str = "(everything)";
