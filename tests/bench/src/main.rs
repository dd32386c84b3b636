//! `cargo xtask bench`: measures what a question costs, beside references in the same run, and writes the table, the page and the pictures.
//!
//! It needs the released host and the built components: the task builds both first. What the numbers come to is the library's; here is what is
//! measured and how.

mod agencies;
mod compiled;
mod component_lines;
mod cores;
mod counted;
mod counting;
mod documents;
mod in_process;
mod load;
mod micro;
mod natively;
mod pace;
mod process;
mod product;
mod relay;
mod rows;
mod setting;
mod theatre;
mod waiting;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use ssbtx_bench::{Page, small_print, table};

use rows::{Measured, Selection};

/// The released host's allocator, for references as well.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures what a question costs
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Asks a million questions too, for ten minutes at most, and looks at the memory
    #[arg(long)]
    soak: bool,
    /// Only these rows; the page is then left as it is
    #[arg(long, value_name = "N")]
    row: Vec<u8>,
    /// The folder that `benchmarks.md` and its pictures are written to; nothing is written without it
    #[arg(long, value_name = "FOLDER")]
    docs: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One table
    Table,
    /// One JSON array of rows
    Json,
}

/// What this program is when it is not the whole run: the processes that the run starts, and what only looks at a part.
#[derive(Subcommand)]
enum Part {
    /// The bare relay that the host is compared with
    #[command(hide = true)]
    Relay {
        /// Its settings
        settings: PathBuf,
    },
    /// Agency calls that wait, for their memory
    #[command(hide = true)]
    Waiting(waiting::Arguments),
    /// One thing done so many times between two lines on standard input, for an instruction counter
    #[command(hide = true)]
    Counted(counted::Arguments),
    /// The instructions of rows 1 to 5, compared with those that are kept
    Instructions(counting::Arguments),
    /// Rows 1 to 5 by criterion, for those who change what they measure
    Micro,
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    match &arguments.part {
        Some(Part::Relay { settings }) => relay::run(settings)?,
        Some(Part::Waiting(waiting)) => waiting::run(waiting)?,
        Some(Part::Counted(counted)) => counted::run(counted)?,
        Some(Part::Instructions(counting)) => return counting::run(counting),
        Some(Part::Micro) => micro::run()?,
        None => whole(&arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The whole run. A goal that is missed is told in the table: it does not fail the run, which measured what it should.
fn whole(arguments: &Arguments) -> Result<()> {
    let selection = Selection::new(&arguments.row, arguments.soak);
    let Measured { rows, components, pictures } = rows::measure(&selection)?;
    match arguments.format {
        Format::Table => {
            print!("{}", table(&rows));
            eprint!("{}", small_print(&rows));
        }
        Format::Json => println!("{}", serde_json::to_string_pretty(&rows)?),
    }
    if let (Some(docs), true) = (&arguments.docs, selection.is_everything()) {
        let day = jiff::Zoned::now().date().to_string();
        let page = Page { day, machine: cores::described(), rows: &rows, components: &components, pictures: &pictures };
        std::fs::write(docs.join("benchmarks.md"), page.to_markdown())?;
        std::fs::create_dir_all(docs.join("benchmarks"))?;
        for picture in &pictures {
            std::fs::write(docs.join("benchmarks").join(picture.file), picture.plot.to_svg())?;
        }
    }
    Ok(())
}
