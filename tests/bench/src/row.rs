//! One line of the result.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::goal::{Goal, Verdict};
use crate::statistics::{Pairs, Spread};

/// What is measured, and what it must come to.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// Its number in the list of what is measured; several rows may share one.
    pub number: u8,
    /// What it is, in a few words.
    pub name: &'static str,
    /// The unit of what is measured.
    pub unit: &'static str,
    /// What it must come to.
    pub goal: Goal,
}

/// One measured thing: what it is, what ours and the reference came to, and whether that is as good as it must be.
///
/// # Shape
///
/// As JSON, an object of exactly the keys `name`, `ours`, `reference`, `ratio`, `goal`, `met`. `name` begins with the number of the row and ends with
/// the unit of `ours` and `reference` in brackets. `reference` and `ratio` are null where there is no reference; `ours`, where the row
/// [could not be measured](Self::unmeasured).
#[derive(Debug, Clone)]
pub struct Row {
    definition: Definition,
    ours: Option<f64>,
    reference: Option<f64>,
    ratio: Option<Spread>,
    goal: String,
    verdict: Verdict,
    notes: Vec<String>,
}

impl Row {
    /// A row of rounds with a reference.
    pub fn compared(definition: &Definition, pairs: &Pairs) -> Self {
        let Definition { goal, unit, .. } = *definition;
        let (ours, ratio) = (pairs.ours(), pairs.ratio());
        let difference = pairs.difference().map(|difference| difference.median);
        let verdict =
            ours.map_or(Verdict::Missed, |ours| goal.judge(ours, ratio.map(|ratio| ratio.median), difference));
        let row = Self { ours, reference: pairs.reference(), ratio, verdict, ..Self::bare(definition) };
        match (goal, pairs.difference()) {
            (Goal::MoreByAtMost(_), Some(Spread { low, median, high })) => {
                row.noting(format!("more by {median:.2} {unit} ({low:.2} to {high:.2})"))
            }
            _ => row,
        }
    }

    /// A row of one value, without a reference.
    pub fn single(definition: &Definition, ours: f64) -> Self {
        let verdict = definition.goal.judge(ours, None, None);
        Self { ours: Some(ours), verdict, ..Self::bare(definition) }
    }

    /// A row that could not be measured here, with the reason. It misses its goal: nothing is shown.
    pub fn unmeasured(definition: &Definition, why: &str) -> Self {
        Self::bare(definition).noting(format!("not measured: {why}"))
    }

    /// The same, with a sentence for the small print.
    #[must_use]
    pub fn noting(mut self, note: String) -> Self {
        self.notes.push(note);
        self
    }

    /// The same, held to a second goal too.
    #[must_use]
    pub fn also(mut self, goal: &str, verdict: Verdict) -> Self {
        self.goal = format!("{}, and {goal}", self.goal);
        if verdict == Verdict::Missed {
            self.verdict = Verdict::Missed;
        }
        self
    }

    /// Its number in the list of what is measured.
    pub fn number(&self) -> u8 {
        self.definition.number
    }

    /// Its name with its number and unit.
    pub fn title(&self) -> String {
        let Definition { number, name, unit, .. } = self.definition;
        format!("{number} {name} [{unit}]")
    }

    /// Ours.
    pub fn ours(&self) -> Option<f64> {
        self.ours
    }

    /// The reference.
    pub fn reference(&self) -> Option<f64> {
        self.reference
    }

    /// Ours divided by the reference.
    pub fn ratio(&self) -> Option<Spread> {
        self.ratio
    }

    /// What it must come to, in words.
    pub fn goal(&self) -> &str {
        &self.goal
    }

    /// Whether it does.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The small print of this run.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    fn bare(definition: &Definition) -> Self {
        Self {
            definition: *definition,
            ours: None,
            reference: None,
            ratio: None,
            goal: definition.goal.to_string(),
            verdict: Verdict::Missed,
            notes: Vec::new(),
        }
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Row", 6)?;
        row.serialize_field("name", &self.title())?;
        row.serialize_field("ours", &self.ours)?;
        row.serialize_field("reference", &self.reference)?;
        row.serialize_field("ratio", &self.ratio.map(|ratio| ratio.median))?;
        row.serialize_field("goal", &self.goal)?;
        row.serialize_field("met", &(self.verdict == Verdict::Met))?;
        row.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(goal: Goal) -> Definition {
        Definition { number: 1, name: "AF", unit: "µs", goal }
    }

    fn pairs() -> Pairs {
        let mut pairs = Pairs::default();
        pairs.push(30.0, 10.0);
        pairs.push(33.0, 11.0);
        pairs
    }

    #[test]
    fn a_row_has_exactly_the_six_published_keys() {
        let row = Row::compared(&of(Goal::RatioAtMost(6.0)), &pairs()).noting("a note".to_owned());
        let json = serde_json::to_string(&row).unwrap();
        insta::assert_snapshot!(json, @r#"{"name":"1 AF [µs]","ours":31.5,"reference":10.5,"ratio":3.0,"goal":"ratio ≤ 6","met":true}"#);
    }

    #[test]
    fn what_was_not_measured_is_null_and_not_met() {
        let row = Row::unmeasured(&of(Goal::RatioAtMost(0.2)), "no files left");
        let json = serde_json::to_string(&row).unwrap();
        insta::assert_snapshot!(json, @r#"{"name":"1 AF [µs]","ours":null,"reference":null,"ratio":null,"goal":"ratio ≤ 0.2","met":false}"#);
        assert_eq!(row.notes(), ["not measured: no files left"]);
    }

    #[test]
    fn a_row_with_two_goals_meets_both_or_neither() {
        let row = || Row::compared(&of(Goal::RatioAtMost(6.0)), &pairs());
        assert_eq!(row().also("≤ 25 µs", Verdict::Met).verdict(), Verdict::Met);
        assert_eq!(row().also("≤ 25 µs", Verdict::Missed).verdict(), Verdict::Missed);
        let missed = Row::compared(&of(Goal::RatioAtMost(1.0)), &pairs());
        assert_eq!(missed.also("≤ 25 µs", Verdict::Met).verdict(), Verdict::Missed);
    }

    #[test]
    fn a_row_of_no_rounds_is_missed() {
        let row = Row::compared(&of(Goal::AtMost(6.0)), &Pairs::default());
        assert_eq!(row.verdict(), Verdict::Missed);
    }
}
