//! Settings that are wrong are refused before anything is sent.

use std::time::Duration;

use crate::pki::Authority;
use ssbtx_core::AgencyId;
use ssbtx_upstream::{ClientTls, UpstreamLimits, UpstreamSettings, Upstreams};

#[test]
fn the_upstreams_of_an_agency_are_listed_by_name() {
    let upstreams = Upstreams::new(vec![settings("base-service"), settings("other")]).unwrap();
    let mut names: Vec<&str> = upstreams.names(AgencyId::AF).map(ssbtx_core::UpstreamName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["base-service", "other"]);
    assert_eq!(upstreams.names(AgencyId::CSN).count(), 0);
}

#[test]
fn an_upstream_that_is_configured_twice_is_refused() {
    let fault = Upstreams::new(vec![settings("base-service"), settings("base-service")]).unwrap_err();
    assert_eq!(fault.to_string(), "upstream `base-service` of `AF` is configured twice");
}

#[test]
fn a_limit_out_of_its_range_is_refused() {
    let limits = UpstreamLimits { timeout: Duration::ZERO, ..UpstreamLimits::default() };
    let fault = Upstreams::new(vec![UpstreamSettings { limits, ..settings("base-service") }]).unwrap_err();
    assert_eq!(fault.to_string(), "limit `timeout` of upstream `base-service` of `AF` is out of its range");
}

#[test]
fn the_settings_of_an_upstream_do_not_print_its_key() {
    let shown = format!("{:?}", settings("base-service").tls);
    assert_eq!(shown, "ClientTls(redacted)");
}

fn settings(name: &str) -> UpstreamSettings {
    UpstreamSettings {
        agency: AgencyId::AF,
        name: name.parse().unwrap(),
        base_url: "https://127.0.0.1:9/".parse().unwrap(),
        tls: ClientTls::load(&Authority::new().client(7)).unwrap(),
        limits: UpstreamLimits::default(),
    }
}
