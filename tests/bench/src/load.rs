//! Whoever asks: so many a second whatever comes back, or as many as there can be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use hdrhistogram::Histogram;
use ssbtx_stage::client::Client;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

/// Questions to one address.
#[derive(Clone)]
pub struct Load {
    consumers: Arc<[Consumer]>,
    next: Arc<AtomicUsize>,
}

/// Somebody who asks, and what.
struct Consumer {
    client: Client,
    questions: Vec<Bytes>,
}

/// What came of as many questions as can be answered.
pub struct Saturated {
    /// How many were answered.
    pub answers: f64,
    /// Answers in a second.
    pub per_second: f64,
}

/// What came of questions that were asked at their time.
pub struct Offered {
    /// Microseconds from when a question should have been asked until its answer was there.
    pub latency: Histogram<u64>,
    /// Answers in a second.
    pub per_second: f64,
    /// The longest time without an answer, where more than one came.
    pub longest_gap: Duration,
    /// What each answer said, where that was asked for.
    pub answers: Vec<String>,
}

/// Whether answers are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// They are counted.
    Counted,
    /// They are kept too.
    Kept,
}

impl Load {
    /// Consumers who take turns, each asking its questions in turn, again and again.
    pub fn new(consumers: impl IntoIterator<Item = (Client, Vec<String>)>) -> Self {
        let consumers = consumers.into_iter().map(|(client, questions)| Consumer {
            client,
            questions: questions.into_iter().map(Bytes::from).collect(),
        });
        Self { consumers: consumers.collect(), next: Arc::default() }
    }

    /// Asks once and gives the answer.
    pub async fn once(&self) -> Result<String> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let consumer = self.consumers.get(turn % self.consumers.len()).context("nobody to ask")?;
        let of_its_own = turn / self.consumers.len() % consumer.questions.len();
        let question = consumer.questions.get(of_its_own).context("no question")?.clone();
        let received = consumer.client.post_json("/v1/questions", question).await?;
        ensure!(received.status == 200, "answered with {}: {}", received.status, received.body);
        Ok(received.body)
    }

    /// Asks as much as there can be answered: so many askers, each asking again when it is answered.
    pub async fn saturate(&self, time: Duration) -> Result<Saturated> {
        let begun = Instant::now();
        let mut askers = JoinSet::new();
        for _ in 0..ASKERS {
            let load = self.clone();
            askers.spawn(async move {
                let mut answers = 0u32;
                while begun.elapsed() < time {
                    load.once().await?;
                    answers += 1;
                }
                anyhow::Ok(answers)
            });
        }
        let mut answers = 0;
        while let Some(asker) = askers.join_next().await {
            answers += asker.context("ask")??;
        }
        let answers = f64::from(answers);
        Ok(Saturated { answers, per_second: answers / begun.elapsed().as_secs_f64() })
    }

    /// Asks so many times a second, evenly, for a time.
    ///
    /// Each question has its moment. Where earlier ones are late and nobody is free to ask it then, its waiting counts: latency is from that moment, not
    /// from when it was asked.
    pub async fn offer(&self, per_second: f64, time: Duration, kept: Answers) -> Result<Offered> {
        let (moments, due) = mpsc::unbounded_channel();
        let due = Arc::new(Mutex::new(due));
        // On a thread of its own: the runtime's timers come up to a millisecond late, and so would every question.
        let clock = thread::spawn(move || tell_time(per_second, time, &moments));
        let begun = Instant::now();
        let mut askers = JoinSet::new();
        for _ in 0..ASKERS {
            let (load, due) = (self.clone(), Arc::clone(&due));
            askers.spawn(async move {
                let mut answered = Vec::new();
                loop {
                    let next = due.lock().await.recv().await;
                    let Some(moment) = next else { return anyhow::Ok(answered) };
                    let answer = load.once().await?;
                    let body = if kept == Answers::Kept { answer } else { String::new() };
                    answered.push((moment, Instant::now(), body));
                }
            });
        }
        let mut answered: Vec<(Instant, Instant, String)> = Vec::new();
        while let Some(asker) = askers.join_next().await {
            answered.extend(asker.context("ask")??);
        }
        let elapsed = begun.elapsed();
        clock.join().ok().context("tell time")?;
        Self::summed_up(answered, elapsed)
    }

    fn summed_up(mut answered: Vec<(Instant, Instant, String)>, elapsed: Duration) -> Result<Offered> {
        answered.sort_by_key(|(_, at, _)| *at);
        let mut latency = Histogram::new(3).context("make a histogram")?;
        for (moment, at, _) in &answered {
            let microseconds = at.duration_since(*moment).as_micros();
            latency.record(u64::try_from(microseconds).unwrap_or(u64::MAX)).context("record a latency")?;
        }
        let gaps = answered.iter().zip(answered.iter().skip(1)).map(|((_, one, _), (_, next, _))| *next - *one);
        let longest_gap = gaps.max().unwrap_or_default();
        #[allow(clippy::cast_precision_loss, reason = "far fewer answers than a float can count")]
        let per_second = answered.len() as f64 / elapsed.as_secs_f64();
        let answers = answered.into_iter().map(|(.., answer)| answer).filter(|answer| !answer.is_empty()).collect();
        Ok(Offered { latency, per_second, longest_gap, answers })
    }
}

impl Offered {
    /// The latency that so many in a hundred are within, in milliseconds.
    #[allow(clippy::cast_precision_loss, reason = "microseconds of a few seconds")]
    pub fn milliseconds(&self, percent: f64) -> f64 {
        self.latency.value_at_percentile(percent) as f64 / 1e3
    }
}

/// Says when each question is due, and ends when all are told or nobody listens.
fn tell_time(per_second: f64, time: Duration, moments: &mpsc::UnboundedSender<Instant>) {
    let begun = Instant::now();
    let interval = Duration::from_secs_f64(1.0 / per_second);
    let mut after = Duration::ZERO;
    while after < time {
        let moment = begun + after;
        thread::sleep(moment.saturating_duration_since(Instant::now()));
        if moments.send(moment).is_err() {
            return;
        }
        after += interval;
    }
}

/// Connections that ask at once: more than keep two cores busy, fewer than a host takes.
const ASKERS: usize = 64;
