//! The components that `cargo xtask plugins` built.

use std::path::{Path, PathBuf};

use ssbtx_runtime::{CompiledCode, CompiledCodeFault, SandboxSettings};

/// The components of a whole host, as its signed repository names them.
pub const TARGETS: [&str; 9] = [
    "adapters/af/adapter.wasm",
    "adapters/csn/adapter.wasm",
    "adapters/fk/adapter.wasm",
    "adapters/miv/adapter.wasm",
    "adapters/skv/adapter.wasm",
    "adapters/so/adapter.wasm",
    "adapters/tns/adapter.wasm",
    "policies/arbetsmarknad/policy.wasm",
    "policies/ekonomiskt-bistand/policy.wasm",
];

/// The workspace's root.
pub fn workspace() -> &'static Path {
    // This crate lies at tests/stage.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// The file of a built component, such as `adapters/af/adapter.wasm` or `guests/endless-loop.wasm`.
pub fn path(target: &str) -> PathBuf {
    workspace().join("target/components").join(target)
}

/// The folder of compiled code that the hosts of all tests share, so that a component is compiled for one of them.
pub fn compiled_code() -> PathBuf {
    workspace().join("target/compiled-code")
}

/// Has a sandbox use that folder.
///
/// # Errors
///
/// Where the folder is not this user's alone.
pub fn compiled_before(settings: SandboxSettings) -> Result<SandboxSettings, CompiledCodeFault> {
    Ok(settings.with_compiled_code(CompiledCode::open(&compiled_code())?))
}

/// The same component with another digest: a section more at its end that nobody reads.
///
/// # Shape
///
/// A custom section called `mark` (WebAssembly 2.0, section 5.5.3). Its length is one byte: what is longer than 100 bytes is cut there.
#[must_use]
pub fn marked(component: &[u8], mark: &str) -> Vec<u8> {
    let mark = mark.bytes().take(100);
    let content: Vec<u8> = [4].into_iter().chain(*b"mark").chain(mark).collect();
    let length = u8::try_from(content.len()).unwrap_or(u8::MAX);
    [component, &[0, length], &content].concat()
}

/// The bytes of a built component.
///
/// # Panics
///
/// When it is not built: a test cannot go on without it, and the message says what to run.
pub fn read(target: &str) -> Vec<u8> {
    let path = path(target);
    match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => panic!("cannot read component `{}`: {error}; run `cargo xtask plugins` first", path.display()),
    }
}
