//! How the contract types an agency's block in the answer: the one table.

use ssbtx_core::AgencyId;

/// A base service's block in the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// The base service.
    pub(super) agency: AgencyId,
    /// The name of the block's type.
    pub(super) name: &'static str,
    /// The type of its `data`.
    pub(super) data: Data,
}

/// The type of `data`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Data {
    /// The agency's own type: `data` holds its document.
    Document(TypeName),
    /// A type of the contract's with this one element: `data` holds the document in base64.
    Encoded {
        /// The type.
        name: &'static str,
        /// Its one element.
        element: &'static str,
    },
    /// The agency's own type with the one unqualified element `svar`: `data` holds the document as text.
    Text(TypeName),
}

/// A type in an agency's namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypeName {
    /// The prefix that the contract has for it.
    pub(super) prefix: &'static str,
    /// The namespace.
    pub(super) namespace: &'static str,
    /// The name.
    pub(super) name: &'static str,
}

/// Every block, in the order of the answer.
///
/// # Source
///
/// SSBTEK v10, `SammansattBastjanstSvarData`.
pub(super) const BLOCKS: [Block; 7] = [
    Block {
        agency: AgencyId::AF,
        name: "ArbetsformedlingenSvar",
        data: Data::Document(TypeName {
            prefix: "af",
            namespace: "http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2",
            name: "SvarMeddelande",
        }),
    },
    Block { agency: AgencyId::CSN, name: "CsnSvar", data: Data::Encoded { name: "CsnSvarsData", element: "svar" } },
    Block {
        agency: AgencyId::FK,
        name: "ForsakringskassanSvar",
        data: Data::Encoded { name: "FkSvarsData", element: "lefiJsonSvar" },
    },
    Block {
        agency: AgencyId::SKV,
        name: "SkatteverketSvar",
        data: Data::Text(TypeName {
            prefix: "skv",
            namespace: "http://beskattningws.ws.service.bs.zg.rsv.se/",
            name: "BeskattningsuppgifterResponseTYPE",
        }),
    },
    Block {
        agency: AgencyId::SO,
        name: "AkassornasSamorganisationSvar",
        data: Data::Document(TypeName {
            prefix: "so",
            namespace: "http://INT014.UBPService.Schemas",
            name: "GetUnemploymentBenefitPaymentResponseType",
        }),
    },
    Block {
        agency: AgencyId::TNS,
        name: "TransportstyrelsenSvar",
        data: Data::Document(TypeName {
            prefix: "tns",
            namespace: "http://schema.transportstyrelsen.se/ssbtek/hamtauppgifterresponder/1",
            name: "HamtaUppgifterResponseType",
        }),
    },
    Block {
        agency: AgencyId::MIV,
        name: "MigrationsverketSvar",
        data: Data::Document(TypeName {
            prefix: "miv",
            namespace: "http://schema.migrationsverket.se/ssbtek/1/",
            name: "findByPersonnummerResponse",
        }),
    },
];
