//! Writes the tables from `policy.toml` and `cases.toml`.

fn main() -> std::process::ExitCode {
    ssbtx_policy_source::build()
}
