//! An element with its attributes and content, in one call.

use crate::soap_v10::xml::Writer;

/// Writes an element.
pub(super) fn element(out: &mut Writer, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Writer)) {
    out.start(name);
    for (name, value) in attributes {
        out.attribute(name, value);
    }
    out.started();
    content(out);
    out.close(name);
}

/// Writes an element without content.
pub(super) fn empty(out: &mut Writer, name: &str, attributes: &[(&str, &str)]) {
    element(out, name, attributes, |_| {});
}
