//! What the simulated LEFI promises beside what every base service does: REST, statuses, and no more than was asked for.

mod answering;
mod asking;
mod failing;
mod narrowing;
mod refusing;
