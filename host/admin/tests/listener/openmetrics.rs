//! A strict reader of OpenMetrics' text format, as far as it is used here.
//!
//! Source: OpenMetrics 1.0.0, "Text format".

use std::collections::{BTreeMap, BTreeSet};

/// One metric with its samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    pub kind: String,
    pub help: String,
    /// By labels.
    pub samples: BTreeMap<Labels, f64>,
}

pub type Labels = BTreeMap<String, String>;

/// Reads a whole exposition, and panics at the first line that the format does not allow.
pub fn parse(text: &str) -> BTreeMap<String, Family> {
    let body = text.strip_suffix("# EOF\n").unwrap();
    let mut families = BTreeMap::new();
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        let (name, help) = descriptor(line, "HELP");
        let (typed, kind) = descriptor(lines.next().unwrap(), "TYPE");
        assert_eq!(typed, name);
        if let Some(line) = lines.next_if(|line| line.starts_with("# UNIT ")) {
            let (of, unit) = descriptor(line, "UNIT");
            assert!(of == name && name.ends_with(&format!("_{unit}")), "{line}");
        }
        let mut samples = BTreeMap::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with('#')) {
            let (labels, value) =
                if kind == "histogram" { of_histogram(line, name) } else { sample(line, &sample_name(name, kind)) };
            assert!(samples.insert(labels, value).is_none(), "label set is there twice: {line}");
        }
        if kind == "histogram" {
            assert_is_histogram(name, &samples);
        }
        let family = Family { kind: kind.to_owned(), help: help.to_owned(), samples };
        assert!(families.insert(name.to_owned(), family).is_none(), "metric is there twice: {name}");
    }
    families
}

fn descriptor<'l>(line: &'l str, keyword: &str) -> (&'l str, &'l str) {
    let rest = line.strip_prefix(&format!("# {keyword} ")).unwrap_or_else(|| panic!("no {keyword}: {line}"));
    rest.split_once(' ').unwrap()
}

fn sample_name(family: &str, kind: &str) -> String {
    match kind {
        "gauge" => family.to_owned(),
        "counter" => format!("{family}_total"),
        "info" => format!("{family}_info"),
        _ => panic!("metric type is not used here: {kind}"),
    }
}

/// A sample of a histogram. Its sum and its count have a label `part` here, which they have nowhere else.
fn of_histogram(line: &str, name: &str) -> (Labels, f64) {
    for part in ["sum", "count"] {
        let sample_name = format!("{name}_{part}");
        if line.starts_with(&sample_name) {
            let (mut labels, value) = sample(line, &sample_name);
            labels.insert("part".to_owned(), part.to_owned());
            return (labels, value);
        }
    }
    let (labels, value) = sample(line, &format!("{name}_bucket"));
    assert!(labels.contains_key("le"), "{line}");
    (labels, value)
}

/// The buckets of each label set hold ever more, and the last holds all.
fn assert_is_histogram(name: &str, samples: &BTreeMap<Labels, f64>) {
    for (of, count) in samples.iter().filter(|(labels, _)| labels.get("part").is_some_and(|part| part == "count")) {
        let mut buckets: Vec<(f64, f64)> = samples
            .iter()
            .filter_map(|(labels, value)| {
                let mut others = labels.clone();
                let bound = others.remove("le")?;
                others.insert("part".to_owned(), "count".to_owned());
                (others == *of).then(|| (bound.parse().unwrap(), *value))
            })
            .collect();
        buckets.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        assert!(buckets.is_sorted_by(|(_, one), (_, other)| one <= other), "{name}: {buckets:?}");
        assert_eq!(buckets.last(), Some(&(f64::INFINITY, *count)), "{name}");
    }
}

fn sample(line: &str, name: &str) -> (Labels, f64) {
    let rest = line.strip_prefix(name).unwrap_or_else(|| panic!("sample is not of `{name}`: {line}"));
    let (labels, value) = match rest.strip_prefix('{') {
        None => (Labels::new(), rest),
        Some(rest) => labels(rest),
    };
    let value = value.strip_prefix(' ').unwrap_or_else(|| panic!("no value: {line}"));
    (labels, value.parse().unwrap_or_else(|_| panic!("value is no number: {line}")))
}

/// The labels, and what follows their closing brace.
fn labels(mut rest: &str) -> (Labels, &str) {
    let mut labels = Labels::new();
    loop {
        let (name, quoted) = rest.split_once("=\"").unwrap();
        assert!(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        let (value, after) = quoted_value(quoted);
        assert!(labels.insert(name.to_owned(), value).is_none(), "label is there twice: {name}");
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return (labels, after.strip_prefix('}').unwrap()),
        }
    }
}

fn quoted_value(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.push(match characters.next() {
                Some((_, 'n')) => '\n',
                Some((_, escaped @ ('\\' | '"'))) => escaped,
                other => panic!("no such escape: {other:?}"),
            }),
            other => value.push(other),
        }
    }
    panic!("label value does not end")
}

/// Every label set of every metric, without its value.
pub fn series(families: &BTreeMap<String, Family>) -> BTreeSet<(String, Labels)> {
    families
        .iter()
        .flat_map(|(name, family)| family.samples.keys().map(|labels| (name.clone(), labels.clone())))
        .collect()
}
