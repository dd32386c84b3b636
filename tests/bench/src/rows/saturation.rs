//! Rows 6 and 7: how much a host carries, and how much later it answers than a bare relay.

use std::time::Duration;

use anyhow::{Context, Result};
use ssbtx_bench::{Definition, Goal, Pairs, Picture, Plot, Row, Series};

use crate::load::{Answers, Load};
use crate::setting::Setting;
use crate::theatre::{SEVEN, Theatre};

/// The rows.
pub const ROWS: [Definition; 3] = [
    Definition {
        number: 6,
        name: "questions to seven agencies at saturation; bare relay",
        unit: "1/s",
        goal: Goal::RatioAtLeast(0.75),
    },
    Definition {
        number: 7,
        name: "latency at half of saturation, p50; bare relay",
        unit: "ms",
        goal: Goal::MoreByAtMost(0.5),
    },
    Definition {
        number: 7,
        name: "latency at half of saturation, p99; bare relay",
        unit: "ms",
        goal: Goal::MoreByAtMost(2.0),
    },
];

/// Measures all three, and both over a range of load.
pub async fn measure(theatre: &Theatre, pictures: &mut Vec<Picture>) -> Result<Vec<Row>> {
    let [saturated, median, late] = &ROWS;
    let (host, relay) = (theatre.host(&Setting::default())?, theatre.relay()?);
    let questions = [SEVEN.to_vec()];
    let (ours, reference) = (theatre.load(&host, &questions).await?, theatre.load(&relay, &questions).await?);
    for load in [&ours, &reference] {
        load.saturate(WARMING_UP).await?;
    }
    let mut throughput = Pairs::default();
    for _ in 0..ROUNDS {
        let ours = ours.saturate(ROUND).await?.per_second;
        throughput.push(ours, reference.saturate(ROUND).await?.per_second);
    }
    let most = throughput.ours().context("no rounds")?;
    let (mut p50, mut p99) = (Pairs::default(), Pairs::default());
    for _ in 0..ROUNDS {
        let ours = ours.offer(most / 2.0, ROUND, Answers::Counted).await?;
        let reference = reference.offer(most / 2.0, ROUND, Answers::Counted).await?;
        p50.push(ours.milliseconds(50.0), reference.milliseconds(50.0));
        p99.push(ours.milliseconds(99.0), reference.milliseconds(99.0));
    }
    let mut plots = Plots::default();
    for part in PARTS {
        plots.add(most * part, &ours, &reference).await?;
    }
    pictures.extend(plots.into_pictures());
    let rate = format!("both at {:.0} questions a second", most / 2.0);
    Ok(vec![
        Row::compared(saturated, &throughput),
        Row::compared(median, &p50).noting(rate.clone()),
        Row::compared(late, &p99).noting(rate),
    ])
}

/// What came of each load that was offered.
#[derive(Default)]
struct Plots {
    host: Points,
    relay: Points,
}

#[derive(Default)]
struct Points {
    throughput: Vec<(f64, f64)>,
    p50: Vec<(f64, f64)>,
    p99: Vec<(f64, f64)>,
}

impl Plots {
    async fn add(&mut self, per_second: f64, host: &Load, relay: &Load) -> Result<()> {
        self.host.add(per_second, host).await?;
        self.relay.add(per_second, relay).await
    }

    fn into_pictures(self) -> [Picture; 2] {
        let series = |name: &str, points| Series { name: name.to_owned(), points };
        let across = || "questions asked a second".to_owned();
        let throughput = Plot {
            title: "Throughput against load: seven agencies, two cores for all".to_owned(),
            across: across(),
            up: "answers a second".to_owned(),
            series: vec![series("host", self.host.throughput), series("bare relay", self.relay.throughput)],
        };
        let latency = Plot {
            title: "Latency against load: seven agencies, two cores for all".to_owned(),
            across: across(),
            up: "milliseconds".to_owned(),
            series: vec![
                series("host, p50", self.host.p50),
                series("host, p99", self.host.p99),
                series("bare relay, p50", self.relay.p50),
                series("bare relay, p99", self.relay.p99),
            ],
        };
        [Picture { file: "throughput.svg", plot: throughput }, Picture { file: "latency.svg", plot: latency }]
    }
}

impl Points {
    async fn add(&mut self, per_second: f64, load: &Load) -> Result<()> {
        let offered = load.offer(per_second, ROUND, Answers::Counted).await?;
        self.throughput.push((per_second, offered.per_second));
        self.p50.push((per_second, offered.milliseconds(50.0)));
        self.p99.push((per_second, offered.milliseconds(99.0)));
        Ok(())
    }
}

const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(3);
/// Until connections are made and memory is what it will be.
const WARMING_UP: Duration = Duration::from_secs(2);
/// Of the host's saturation. Close to it latency grows without end, which would hide everything else in the picture.
const PARTS: [f64; 6] = [0.1, 0.25, 0.4, 0.55, 0.7, 0.85];
