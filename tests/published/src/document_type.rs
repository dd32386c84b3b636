//! The types of documents that the contracts publish.

use std::path::Path;

/// One published type of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentType {
    /// The file that declares it, as a path below the folder `ssbtek-v10` of the published contracts.
    pub file: &'static str,
    /// The name of the global element, in an OpenAPI file of the schema.
    pub name: &'static str,
}

/// How documents of a type are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XML, declared in XML Schema.
    Xml,
    /// JSON, declared in an OpenAPI file.
    Json,
}

impl DocumentType {
    /// How its documents are written.
    pub fn format(&self) -> Format {
        let is_openapi = Path::new(self.file).extension().is_some_and(|extension| extension == "yaml");
        if is_openapi { Format::Json } else { Format::Xml }
    }
}

/// What SSBTEK is asked.
pub const SSBTEK_QUESTION: DocumentType = DocumentType { file: SSBTEK, name: "hamtaBastjanstInformation" };
/// What SSBTEK answers.
pub const SSBTEK_ANSWER: DocumentType = DocumentType { file: SSBTEK, name: "hamtaBastjanstInformationResponse" };
/// What Arbetsförmedlingen is asked.
pub const AF_QUESTION: DocumentType = DocumentType { file: AF, name: "FragaMeddelande" };
/// What Arbetsförmedlingen answers.
pub const AF_ANSWER: DocumentType = DocumentType { file: AF, name: "SvarMeddelande" };
/// What CSN is asked: its content is not published, so any is valid.
pub const CSN_QUESTION: DocumentType = DocumentType { file: CSN, name: "SBNUppgEkBistandBegar" };
/// What CSN answers.
pub const CSN_ANSWER: DocumentType = DocumentType { file: CSN, name: "CSNSvar" };
/// What Skatteverket is asked: a document in a string, which is not published.
pub const SKV_QUESTION: DocumentType = DocumentType { file: SKV, name: "BeskattningsuppgifterRequest" };
/// What Skatteverket answers: a document in a string, which is not published.
pub const SKV_ANSWER: DocumentType = DocumentType { file: SKV, name: "BeskattningsuppgifterResponse" };
/// What Sveriges a-kassor are asked.
pub const SO_QUESTION: DocumentType = DocumentType { file: SO, name: "GetUnemploymentBenefitPaymentRequest" };
/// What Sveriges a-kassor answer.
pub const SO_ANSWER: DocumentType = DocumentType { file: SO, name: "GetUnemploymentBenefitPaymentResponse" };
/// What Transportstyrelsen is asked.
pub const TNS_QUESTION: DocumentType = DocumentType { file: TNS, name: "HamtaUppgifter" };
/// What Transportstyrelsen answers.
pub const TNS_ANSWER: DocumentType = DocumentType { file: TNS, name: "HamtaUppgifterResponse" };
/// What Migrationsverket is asked.
pub const MIV_QUESTION: DocumentType = DocumentType { file: MIV, name: "findByPersonnummer" };
/// What Migrationsverket answers.
pub const MIV_ANSWER: DocumentType = DocumentType { file: MIV, name: "findByPersonnummerResponse" };
/// What Försäkringskassan and Pensionsmyndigheten are asked.
pub const LEFI_QUESTION: DocumentType = DocumentType { file: LEFI, name: "LefiExternFormansinformationFraga" };
/// What Försäkringskassan and Pensionsmyndigheten answer.
pub const LEFI_ANSWER: DocumentType = DocumentType { file: LEFI, name: "LefiExternFormansinformationSvar" };
/// What Försäkringskassan answers when it refuses or fails.
pub const LEFI_ERROR: DocumentType = DocumentType { file: LEFI, name: "LefiFelsvar" };
/// What Försäkringskassan answers when it is asked what an asker may be told.
pub const LEFI_AVAILABLE: DocumentType = DocumentType { file: LEFI, name: "LefiExternTillgangligaInformationstyper" };

const SSBTEK: &str = "se/forsakringskassan/schema/integration/ssbt/_10/sammansatt_bastjanst_v10.xsd";
const AF: &str = "se/arbetsformedlingen/api/arbetssokande/ersattningsstod/v2/ers_stod.xsd";
const CSN: &str = "se/csn/schema/v4_0/kommunfraga/kommunfraga.xsd";
const SKV: &str = "se/rsv/zg/bs/service/ws/beskattningws/ZgBsBeskattningWSService_schema.xsd";
const SO: &str = "schemas/ubpservice/int014/UnemploymentBenefitPaymentService.xsd";
const TNS: &str = "se/transportstyrelsen/schema/ssbtek/hamtauppgifterresponder/_1/HamtaUppgifterResponder_1.0.xsd";
const MIV: &str = "se/migrationsverket/schema/ssbtek/_1/SSBTEKWebService_schema1.xsd";
const LEFI: &str = "se/forsakringskassan/schema/lefi/lefi-formansinformation-v9.openapi.yaml";
