//! What vendors are told of codes is what the code says.

use ssbtx_core::BrokerFault;

#[test]
fn every_code_of_a_block_stands_in_the_vendors_table_with_its_words() {
    for fault in BrokerFault::ALL {
        let row = format!("| `{}` | {} |", fault.code(), fault.message());
        assert!(VENDORS.contains(&row), "no row `{row}`");
    }
}

#[test]
fn every_code_of_a_whole_call_stands_in_the_vendors_table() {
    let source = include_str!("fault.rs");
    let mut codes = source.split('"').filter(|text| text.starts_with("SSBT-2")).peekable();
    assert!(codes.peek().is_some());
    for code in codes {
        assert!(VENDORS.contains(&format!("| `{code}` |")), "no row for `{code}`");
    }
}

const VENDORS: &str = include_str!("../../../../docs/soap-v10.md");
