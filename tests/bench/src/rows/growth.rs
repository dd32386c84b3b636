//! Row 13: whether cost grows as a straight line.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use ssbtx_bench::{Definition, Goal, Line, Picture, Plot, Row, Series, fit, median};
use ssbtx_core::AgencyId;

use crate::agencies::Manner;
use crate::documents::lefi_of_payments;
use crate::load::Load;
use crate::process::Running;
use crate::setting::Setting;
use crate::theatre::{SEVEN, Theatre};

/// The rows.
pub const ROWS: [Definition; 2] = [
    Definition {
        number: 13,
        name: "cost of 1, 2, 4, 7 agencies: off a straight line",
        unit: "%",
        goal: Goal::AtMost(15.0),
    },
    Definition {
        number: 13,
        name: "cost of 1, 10, 100, 1,000 KB: off a straight line",
        unit: "%",
        goal: Goal::AtMost(15.0),
    },
];

/// Measures both, and draws them.
pub async fn measure(theatre: &Theatre, pictures: &mut Vec<Picture>) -> Result<Vec<Row>> {
    let [agencies, documents] = &ROWS;
    let host = theatre.host(&Setting::default())?;
    let by_agencies = by_agencies(theatre, &host).await?;
    let by_documents = by_documents(theatre, &host).await?;
    let (first, line) = row(agencies, &by_agencies)?;
    pictures.push(picture("growth-agencies.svg", "Cost of a question by agencies", "agencies", &by_agencies, line));
    let (second, line) = row(documents, &by_documents)?;
    pictures.push(picture("growth-documents.svg", "Cost of a question by document", "KB", &by_documents, line));
    Ok(vec![first, second])
}

/// Agencies differ in what they answer, so each number is made up of as many questions as there are agencies, each beginning with another.
async fn by_agencies(theatre: &Theatre, host: &Running) -> Result<Vec<(f64, f64)>> {
    let mut loads = Vec::new();
    for count in [1, 2, 4, 7_u32] {
        let agencies = usize::try_from(count)?;
        let questions: Vec<Vec<&str>> =
            (0..SEVEN.len()).map(|first| SEVEN.into_iter().cycle().skip(first).take(agencies).collect()).collect();
        loads.push((f64::from(count), theatre.load(host, &questions).await?));
    }
    let mut costs = Costs::default();
    for _ in 0..ROUNDS {
        for (position, (_, load)) in loads.iter().enumerate() {
            costs.push(position, microseconds(host, load).await?);
        }
    }
    costs.over(loads.iter().map(|(agencies, _)| *agencies))
}

async fn by_documents(theatre: &Theatre, host: &Running) -> Result<Vec<(f64, f64)>> {
    let recorded = theatre.replies.get(&AgencyId::FK).context("no reply of FK")?;
    let documents = [1, 10, 100, 1000].map(|kilobytes| lefi_of_payments(recorded, kilobytes * 1000));
    let documents = documents.into_iter().collect::<Result<Vec<_>>>()?;
    let load = theatre.load(host, &[vec!["FK"]]).await?;
    let mut costs = Costs::default();
    for _ in 0..ROUNDS {
        for (position, reply) in documents.iter().enumerate() {
            theatre.agencies.set(AgencyId::FK, Manner::Replies(reply.clone(), Duration::ZERO))?;
            costs.push(position, microseconds(host, &load).await?);
        }
    }
    theatre.agencies.set(AgencyId::FK, Manner::Replies(recorded.clone(), Duration::ZERO))?;
    #[allow(clippy::cast_precision_loss, reason = "a megabyte")]
    costs.over(documents.iter().map(|reply| reply.body.len() as f64 / 1000.0))
}

/// What was measured of each size. Sizes take turns, so that a slow minute meets all of them.
#[derive(Default)]
struct Costs(BTreeMap<usize, Vec<f64>>);

impl Costs {
    fn push(&mut self, position: usize, cost: f64) {
        self.0.entry(position).or_default().push(cost);
    }

    /// The median of each size's rounds, over the sizes.
    fn over(&self, sizes: impl Iterator<Item = f64>) -> Result<Vec<(f64, f64)>> {
        sizes.zip(self.0.values()).map(|(size, rounds)| Ok((size, median(rounds).context("no rounds")?))).collect()
    }
}

/// The processor time of the host for a question.
async fn microseconds(host: &Running, load: &Load) -> Result<f64> {
    load.saturate(WARMING_UP).await?;
    let before = host.processor_time()?;
    let answers = load.saturate(ROUND).await?.answers;
    Ok(host.processor_time()?.saturating_sub(before).as_secs_f64() * 1e6 / answers)
}

fn row(definition: &Definition, points: &[(f64, f64)]) -> Result<(Row, Line)> {
    let line = fit(points).context("no line through the points")?;
    let row = Row::single(definition, line.worst_deviation(points) * 100.0).noting(format!(
        "{:.0} µs of processor time for a question, and {:.1} µs for each one more",
        line.base, line.slope
    ));
    Ok((row, line))
}

fn picture(file: &'static str, title: &str, unit: &str, points: &[(f64, f64)], line: Line) -> Picture {
    let straight = points.iter().map(|(x, _)| (*x, line.at(*x))).collect();
    let plot = Plot {
        title: format!("{title}: processor time of the host"),
        across: unit.to_owned(),
        up: "microseconds".to_owned(),
        series: vec![
            Series { name: "measured".to_owned(), points: points.to_vec() },
            Series { name: "straight line".to_owned(), points: straight },
        ],
    };
    Picture { file, plot }
}

const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(1_500);
const WARMING_UP: Duration = Duration::from_millis(500);
