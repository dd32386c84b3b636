//! Documents of version 3.0, which CSN still writes now and then.

use ssbtx_adapter_kit::FormerNamespace;

/// The namespaces of version 3.0, read as those of 4.0: the contract's, and the ones that leave. Version 3.0 has the same elements, but for those
/// of omställningsstudiestöd, which it lacks.
pub(crate) const VERSION_3: &[FormerNamespace] = &[
    FormerNamespace {
        former: "http://schema.csn.se/v3.0/kommunfraga",
        current: "http://schema.csn.se/v4.0/kommunfraga",
    },
    FormerNamespace { former: "http://schema.csn.se/v3.0/csntyper", current: "http://schema.csn.se/v4.0/csntyper" },
    FormerNamespace { former: "http://schema.csn.se/v3.0/person", current: "http://schema.csn.se/v4.0/person" },
    FormerNamespace {
        former: "http://schema.csn.se/v3.0/studiemedel",
        current: "http://schema.csn.se/v4.0/studiemedel",
    },
    FormerNamespace {
        former: "http://schema.csn.se/v3.0/studiehjalp",
        current: "http://schema.csn.se/v4.0/studiehjalp",
    },
    FormerNamespace {
        former: "http://schema.csn.se/v3.0/hemutrustningslan",
        current: "http://schema.csn.se/v4.0/hemutrustningslan",
    },
    FormerNamespace {
        former: "http://schema.csn.se/v3.0/studiestartsstod",
        current: "http://schema.csn.se/v4.0/studiestartsstod",
    },
];
