//! What measurements come to: medians, spreads, straight lines, rows and pictures.
//!
//! Pure: nothing here measures anything. What is measured, and how, is the binary's (`src/main.rs`), so that the tests of this crate never wait for a
//! machine to be quick.

mod component;
mod goal;
mod instructions;
mod line;
mod page;
mod plot;
mod row;
mod statistics;
mod table;

pub use component::{ComponentLine, Exchange};
pub use goal::{Goal, Verdict};
pub use instructions::{Change, Counts};
pub use line::{Line, fit};
pub use page::{Page, Picture, small_print};
pub use plot::{Plot, Series};
pub use row::{Definition, Row};
pub use statistics::{Pairs, Spread, median};
pub use table::table;
