//! Writes `catalogue.toml` as Rust tables.

fn main() -> std::process::ExitCode {
    ssbtx_catalogue_source::embed()
}
