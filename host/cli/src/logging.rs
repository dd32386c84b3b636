//! Where logs go and how they look.

use std::io;
use std::panic::{self, PanicHookInfo};

use tracing::error;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Registry, reload};

use crate::config::{LogFormat, LogSettings};

/// Sends logs to standard error, from now on and for the whole process; a panic is logged by its place alone.
pub fn start(settings: LogSettings) -> LogFilter {
    let (filter, handle) = reload::Layer::new(settings.filter);
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    match settings.format {
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).init(),
        LogFormat::Text => registry.with(lines.with_ansi(false)).init(),
    }
    panic::set_hook(Box::new(log_panic));
    LogFilter(handle)
}

/// What is logged, which may become something else while the host serves.
pub struct LogFilter(reload::Handle<EnvFilter, Registry>);

impl LogFilter {
    /// Logs by another filter from now on.
    pub fn replace(&self, filter: EnvFilter) {
        if self.0.reload(filter).is_err() {
            error!("log stays as it was");
        }
    }
}

/// Logs where a panic happened and nothing of its message: that may quote what was at hand, such as the text that a slice went through.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    error!(place, "panicked");
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::fmt::MakeWriter;

    use super::*;

    #[test]
    fn a_panic_is_logged_by_its_place_and_not_by_its_message() {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).finish();
        // With one for every other thread too: what another test's thread came to first, without any, would be told to nobody else.
        tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap();
        let before = panic::take_hook();
        panic::set_hook(Box::new(log_panic));
        let text = "marker å".to_owned();
        let caught = tracing::subscriber::with_default(subscriber, || {
            panic::catch_unwind(|| text.split_at(text.len() - 1).0.len())
        });
        panic::set_hook(before);
        assert!(caught.is_err());
        let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(logged.contains("panicked") && logged.contains(".rs:"), "{logged}");
        assert!(!logged.contains("marker"), "{logged}");
    }

    /// A log in memory.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl MakeWriter<'_> for Log {
        type Writer = Self;

        fn make_writer(&self) -> Self {
            self.clone()
        }
    }
}
