//! The simulated base services as a process of their own, for the demo.
//!
//! Writes one line of JSON with the addresses to standard output once every agency answers, such as
//! `{"AF":"127.0.0.1:40001","CSN":"127.0.0.1:40002",…,"control":"127.0.0.1:40008"}`. Stops when its standard input closes, so that
//! it never outlives the process that started it, and on SIGTERM and SIGINT.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::Parser;
use ssbtx_base_services::{Agency, BaseServices, Pem, Settings};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Simulated base services of Arbetsförmedlingen (AF), CSN, Försäkringskassan with Pensionsmyndigheten (FK), Skatteverket (SKV), Sveriges
/// a-kassor (SO), Transportstyrelsen (TNS) and Migrationsverket (MIV).
#[derive(Parser)]
#[command(name = "base-services")]
struct Arguments {
    /// The server's certificate and those above it, PEM.
    #[arg(long, value_name = "FILE")]
    certificate_chain: PathBuf,
    /// The server's private key, PEM.
    #[arg(long, value_name = "FILE")]
    private_key: PathBuf,
    /// The authorities whose client certificates are let in, PEM.
    #[arg(long, value_name = "FILE")]
    client_authority: PathBuf,
    /// An agency's port, such as `AF=40001`; without one, or with 0, it is a free one.
    #[arg(long = "port", value_name = "AGENCY=PORT", value_parser = agency_and_port)]
    ports: Vec<(Agency, u16)>,
    /// The control listener's port (plain HTTP); 0 is a free one.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    control_port: u16,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is closed there is nobody left to tell.
            let _ = report(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let settings = Settings::new(
        Pem::File(arguments.certificate_chain),
        Pem::File(arguments.private_key),
        Pem::File(arguments.client_authority),
    );
    let settings =
        arguments.ports.into_iter().fold(settings, |settings, (agency, port)| settings.with_port(agency, port));
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let services = BaseServices::start(&settings)?;

    let mut addresses: BTreeMap<_, _> =
        Agency::ALL.map(|agency| (agency.code(), services.address(agency).to_string())).into();
    addresses.insert("control", services.open_control(arguments.control_port)?.to_string());
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(&addresses)?)?;
    out.flush()?;
    drop(out);

    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
        _ = input_closed() => {}
    }
    services.stop().await;
    Ok(())
}

fn agency_and_port(text: &str) -> Result<(Agency, u16), Box<dyn Error + Send + Sync>> {
    let (agency, port) = text.split_once('=').ok_or("expected an agency and a port, such as `AF=40001`")?;
    Ok((agency.parse()?, port.parse()?))
}

/// Completes when standard input is closed; what is written to it is thrown away.
fn input_closed() -> oneshot::Receiver<()> {
    let (closed, receiver) = oneshot::channel();
    // A thread and not a task: a read of standard input cannot be taken back, and the process must end without it.
    thread::spawn(move || {
        let mut ignored = [0; 1024];
        while matches!(io::stdin().read(&mut ignored), Ok(read) if read > 0) {}
        // Fails only if the process is ending for another reason.
        let _ = closed.send(());
    });
    receiver
}

fn report(error: &dyn Error) -> io::Result<()> {
    let mut out = io::stderr().lock();
    write!(out, "error: {error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(out, ": {error}")?;
        cause = error.source();
    }
    writeln!(out)
}
