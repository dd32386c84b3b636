//! Components written byte by byte: what no compiler would make.
//!
//! # Source
//!
//! WebAssembly 2.0, section 5 (binary format), and the component model's `Binary.md`.

/// A component of these sections.
pub(super) fn component(sections: &[Vec<u8>]) -> Vec<u8> {
    [b"\0asm\x0d\0\x01\0".as_slice(), &sections.concat()].concat()
}

/// A component that holds one core module of these sections.
pub(super) fn component_of_module(sections: &[Vec<u8>]) -> Vec<u8> {
    component(&[section(CORE_MODULE, &module(sections))])
}

/// A core module of these sections.
pub(super) fn module(sections: &[Vec<u8>]) -> Vec<u8> {
    [b"\0asm\x01\0\0\0".as_slice(), &sections.concat()].concat()
}

/// A section.
pub(super) fn section(id: u8, content: &[u8]) -> Vec<u8> {
    [&[id], length(content).as_slice(), content].concat()
}

/// A component that imports something of its first type: an instance without anything in it.
pub(super) fn importing(name: &str) -> Vec<u8> {
    component(&[section(TYPE, &[1, 0x42, 0]), section(IMPORT, &[&[1], extern_name(name).as_slice(), &[5, 0]].concat())])
}

/// A component that exports an instance without anything in it.
pub(super) fn exporting(name: &str) -> Vec<u8> {
    component(&[section(INSTANCE, &[1, 1, 0]), export_instance(name, 0)])
}

/// A component that exports the catalogue's types and an instance with another instance in it.
pub(super) fn exporting_more(name: &str, surplus: &str) -> Vec<u8> {
    let instances = [&[2, 1, 0, 1, 1], extern_name(surplus).as_slice(), &[5, 0]].concat();
    component(&[section(INSTANCE, &instances), export_instance(name, 1), export_instance(TYPES, 0)])
}

/// A component that exports two instances, each with functions of these names, none of which takes or gives anything.
pub(super) fn exporting_functions(name: &str, functions: &[&str], in_types: &[&str]) -> Vec<u8> {
    let core = module(&[
        section(1, &[1, 0x60, 0, 0]),
        section(3, &[1, 0]),
        section(7, &[&[1], text("f").as_slice(), &[0, 0]].concat()),
        section(10, &[1, 2, 0, 0x0b]),
    ]);
    component(&[
        section(CORE_MODULE, &core),
        section(CORE_INSTANCE, &[1, 0, 0, 0]),
        section(ALIAS, &[&[1, 0, 0, 1, 0], text("f").as_slice()].concat()),
        section(TYPE, &[1, 0x40, 0, 1, 0]),
        section(CANON, &[1, 0, 0, 0, 0, 0]),
        section(INSTANCE, &[&[2], instance_of(functions).as_slice(), &instance_of(in_types)].concat()),
        export_instance(name, 0),
        export_instance(TYPES, 1),
    ])
}

/// An instance that calls the first function by each of these names.
fn instance_of(functions: &[&str]) -> Vec<u8> {
    let items: Vec<u8> = functions.iter().flat_map(|function| [extern_name(function), vec![1, 0]].concat()).collect();
    [&[1, u8::try_from(functions.len()).unwrap()], items.as_slice()].concat()
}

fn export_instance(name: &str, index: u8) -> Vec<u8> {
    section(EXPORT, &[&[1], extern_name(name).as_slice(), &[5, index, 0]].concat())
}

fn extern_name(name: &str) -> Vec<u8> {
    [&[0], text(name).as_slice()].concat()
}

fn text(text: &str) -> Vec<u8> {
    [length(text.as_bytes()).as_slice(), text.as_bytes()].concat()
}

/// LEB128, unsigned.
fn length(content: &[u8]) -> Vec<u8> {
    let mut left = content.len();
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(left & 0x7f).unwrap();
        left >>= 7;
        if left == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

pub(super) const CORE_MODULE: u8 = 1;
pub(super) const CORE_INSTANCE: u8 = 2;
pub(super) const COMPONENT: u8 = 4;
pub(super) const INSTANCE: u8 = 5;
pub(super) const ALIAS: u8 = 6;
pub(super) const TYPE: u8 = 7;
pub(super) const CANON: u8 = 8;
pub(super) const IMPORT: u8 = 10;
pub(super) const EXPORT: u8 = 11;

/// The interface that every world exports beside its own.
pub(super) const TYPES: &str = "ssbtx:catalogue/types@1.0.0";
