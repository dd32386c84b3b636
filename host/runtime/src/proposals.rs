//! Which proposals of WebAssembly a component may use.

use wasmparser::{Validator, WasmFeatures};

/// What a component may use: WebAssembly 2.0 with extended constant expressions, which compilers emit by default, and the component model
/// without async.
///
/// The rest is refused because it is young (garbage collection, exceptions, typed function references, async), because it is not deterministic
/// (threads, relaxed SIMD), or because it makes limits harder to hold (memory64, multiple memories, custom page sizes).
pub(crate) const ACCEPTED: WasmFeatures = WasmFeatures::WASM2
    .difference(WasmFeatures::GC_TYPES)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::COMPONENT_MODEL);

/// Names a refused proposal that a component needs, where one is the reason for which it is not valid.
pub(crate) fn needed(component: &[u8]) -> Option<&'static str> {
    let is_valid = |features| Validator::new_with_features(features).validate_all(component).is_ok();
    let everything = REFUSED.iter().fold(ACCEPTED, |all, (_, features)| all | *features);
    if !is_valid(everything) {
        return None;
    }
    let alone = |with| REFUSED.iter().find(|(_, features)| is_valid(ACCEPTED | with | *features));
    let found = alone(WasmFeatures::empty())
        // Some proposals need the types of garbage collection beside them.
        .or_else(|| alone(WasmFeatures::GC_TYPES))
        // It needs several: any without which it is not valid will do.
        .or_else(|| REFUSED.iter().find(|(_, features)| !is_valid(everything - *features)));
    found.map(|(name, _)| *name)
}

const REFUSED: [(&str, WasmFeatures); 15] = [
    ("threads", WasmFeatures::THREADS),
    ("memory64", WasmFeatures::MEMORY64),
    ("multi-memory", WasmFeatures::MULTI_MEMORY),
    ("relaxed-simd", WasmFeatures::RELAXED_SIMD),
    ("exception-handling", WasmFeatures::EXCEPTIONS.union(WasmFeatures::LEGACY_EXCEPTIONS)),
    ("function-references", WasmFeatures::FUNCTION_REFERENCES),
    ("gc", WasmFeatures::GC),
    ("tail-call", WasmFeatures::TAIL_CALL),
    ("stack-switching", WasmFeatures::STACK_SWITCHING),
    ("wide-arithmetic", WasmFeatures::WIDE_ARITHMETIC),
    ("custom-page-sizes", WasmFeatures::CUSTOM_PAGE_SIZES),
    ("component-model-async", WasmFeatures::CM_ASYNC.union(WasmFeatures::CM_ERROR_CONTEXT)),
    ("component-model-fixed-length-lists", WasmFeatures::CM_FIXED_LENGTH_LISTS),
    ("component-model-map", WasmFeatures::CM_MAP),
    ("externref", WasmFeatures::GC_TYPES),
];
