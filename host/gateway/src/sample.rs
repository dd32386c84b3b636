//! Questions, documents and answers for this crate's tests, in the agencies' own formats.

mod clerk;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use futures::StreamExt as _;
use jiff::civil::Date;
use rcgen::{CertificateParams, DnType, KeyPair};
use roxmltree::Node as XmlNode;
use ssbtx_core::{
    AcceptedPending, AdapterIdentity, AgencyId, AgencyPart, Answer, BASE_SERVICES, Bilingual, Catalogue,
    CatalogueSource, Context, Dataset, Decision, Discloser, Document, EditionIdentity, Element, ElementId, Encoding,
    IdentityCheck, Kind, LegalBasis, Lifted, Node, OpenCase, Outcome, PolicyIdentity, PurposeCode, Question,
    QuestionId, Relation, Restrictions, Scope, Sha256Digest, Standing, Tightened, TightenedEntry, Tightening, Value,
    ValueType, Verdict, WithholdReason,
};
use ssbtx_observation::Trace;
use ssbtx_published::{Contracts, SSBTEK_ANSWER, payload_of};

use crate::consumers::{Caller, Consumers};
use crate::json_v1;
use crate::outside::{Admission, Outside as _};
use crate::server::Peer;

pub(crate) use clerk::{Clerk, Measured, Still};

pub(crate) const AF: &str = include_str!("sample/af.xml");
pub(crate) const MIV: &str = include_str!("sample/miv.xml");
pub(crate) const SO: &str = include_str!("sample/so.xml");
pub(crate) const QUESTION: &str = include_str!("sample/question.xml");

pub(crate) fn admission() -> Admission {
    Admission {
        id: QuestionId([7; 16]),
        asked_on: Date::constant(2026, 3, 1),
        identity_check: IdentityCheck::DateAndCheckDigit,
    }
}

/// A trace that nobody records.
pub(crate) fn trace() -> Trace {
    Trace::begin(None, [[1; 16]; 2], Still.now(), Arc::new(())).trace().clone()
}

/// A certificate in DER whose subject has this serial number.
pub(crate) fn certificate(serial_number: Option<&str>) -> Vec<u8> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    if let Some(number) = serial_number {
        params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), number);
    }
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
}

/// One consumer with this certificate.
pub(crate) fn consumers(certificate: &[u8], acts_for: &[&str]) -> Consumers {
    Consumers::parse(&format!(
        "[[consumer]]\nname = \"nämnden\"\norganisation-number = \"162020000001\"\nacts-for = {acts_for:?}\n\
         [[consumer.certificate]]\nfingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n",
        Sha256Digest::of(certificate)
    ))
    .unwrap()
}

/// A caller of the consumer `nämnden`, with further tables of its entry in the file.
pub(crate) fn caller(tables: &str) -> Caller {
    let certificate = certificate(Some("162020000001"));
    let file = format!(
        "[[consumer]]\nname = \"nämnden\"\norganisation-number = \"162020000001\"\n[[consumer.certificate]]\n\
         fingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n{tables}",
        Sha256Digest::of(&certificate)
    );
    Consumers::parse(&file).unwrap().identify(&certificate).unwrap()
}

/// A caller of the consumer `nämnden` that is held to its open cases in this way, with further tables of its entry in the file.
pub(crate) fn held_caller(mode: &str, tables: &str) -> Caller {
    let certificate = certificate(Some("162020000001"));
    let file = format!(
        "[[consumer]]\nname = \"nämnden\"\norganisation-number = \"162020000001\"\nopen-cases = \"{mode}\"\n[[consumer.certificate]]\n\
         fingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n{tables}",
        Sha256Digest::of(&certificate)
    );
    Consumers::parse(&file).unwrap().identify(&certificate).unwrap()
}

/// The caller with a registered certificate, or with one that is not.
pub(crate) fn peer(is_registered: bool) -> Peer {
    let certificate = certificate(Some("162020000001"));
    let consumers = consumers(if is_registered { &certificate } else { &[] }, &[]);
    Peer(consumers.identify(&certificate))
}

/// A whole question, in JSON.
pub(crate) fn question_body(organisation: &str) -> serde_json::Value {
    serde_json::json!({
        "person": "197701172392",
        "period": { "from": "2026-01-01", "to": "2026-02-28" },
        "requester": { "organisationNumber": organisation, "name": "Exempelkommun", "caseworker": "hand01" },
        "caseId": "2026-0017",
        "purpose": "Ekonomiskt bistånd",
    })
}

/// A question in JSON, read.
pub(crate) fn question(body: &serde_json::Value) -> Question {
    match json_v1::parse_question(body.to_string().as_bytes(), &admission()).unwrap() {
        json_v1::Asked::Person(question) => *question,
        json_v1::Asked::Household(_) => panic!("expected a question about one person"),
    }
}

pub(crate) fn bilingual(text: &str) -> Bilingual {
    Bilingual { sv: format!("{text} (sv)"), en: format!("{text} (en)") }
}

/// An element of the dataset `all`, optional, that occurs once.
pub(crate) fn element(parent: Option<u16>, name: &str, kind: Kind, value_type: ValueType) -> Element {
    Element {
        parent: parent.map(ElementId),
        name: name.to_owned(),
        namespace: String::new(),
        kind,
        value_type,
        required: parent.is_none(),
        repeats: false,
        scope: if kind.holds_value() { Scope::Dataset("all".parse().unwrap()) } else { Scope::Technical },
        label: bilingual(name),
        help: bilingual("help"),
        marks_protection: false,
    }
}

pub(crate) fn catalogue(agency: AgencyId, encoding: Encoding, elements: Vec<Element>) -> Arc<Catalogue> {
    let dataset = Dataset {
        id: "all".parse().unwrap(),
        discloser: agency,
        label: bilingual("all"),
        help: bilingual("everything"),
    };
    let source = CatalogueSource { agency, version: "1.0.0".to_owned(), encoding, elements, datasets: vec![dataset] };
    Arc::new(Catalogue::parse(source).unwrap())
}

/// A document, and a catalogue of just the elements that it has: what occurs twice repeats, and a scalar is of the type named or a text.
pub(crate) fn document(agency: AgencyId, xml: &str, types: &[(&str, ValueType)]) -> Document {
    let parsed = roxmltree::Document::parse(xml).unwrap();
    let mut reader = Reader { elements: Vec::new(), nodes: Vec::new(), ids: HashMap::new(), types };
    reader.read(parsed.root_element(), None, 0);
    Document::new(catalogue(agency, Encoding::Xml, reader.elements), reader.nodes, 0).unwrap()
}

struct Reader<'t> {
    elements: Vec<Element>,
    nodes: Vec<Node>,
    ids: HashMap<(Option<u16>, bool, String), u16>,
    types: &'t [(&'t str, ValueType)],
}

impl Reader<'_> {
    fn read(&mut self, node: XmlNode<'_, '_>, parent: Option<u16>, depth: u16) {
        const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
        let has_elements = node.children().any(|child| child.is_element());
        let kind = if has_elements { Kind::Object } else { Kind::Scalar };
        let id = self.id(parent, node.tag_name().name(), node.tag_name().namespace(), kind);
        let is_null = node.attribute((XSI, "nil")) == Some("true");
        let value = match kind {
            Kind::Object | Kind::List => Value::Structure,
            Kind::Scalar | Kind::Attribute if is_null => Value::Null,
            Kind::Scalar | Kind::Attribute => Value::Text(node.text().unwrap_or_default().to_owned()),
        };
        self.nodes.push(Node { element: ElementId(id), depth, value });
        for attribute in node.attributes().filter(|attribute| attribute.namespace() != Some(XSI)) {
            let attribute_id = self.id(Some(id), attribute.name(), attribute.namespace(), Kind::Attribute);
            let value = Value::Text(attribute.value().to_owned());
            self.nodes.push(Node { element: ElementId(attribute_id), depth: depth + 1, value });
        }
        let mut seen = HashSet::new();
        for child in node.children().filter(XmlNode::is_element) {
            self.read(child, Some(id), depth + 1);
            let name = (child.tag_name().name(), child.tag_name().namespace());
            if !seen.insert(name) {
                let child_id = self.id(Some(id), child.tag_name().name(), child.tag_name().namespace(), kind);
                self.elements[usize::from(child_id)].repeats = true;
            }
        }
    }

    fn id(&mut self, parent: Option<u16>, name: &str, namespace: Option<&str>, kind: Kind) -> u16 {
        let key = (parent, kind == Kind::Attribute, format!("{}|{name}", namespace.unwrap_or_default()));
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = u16::try_from(self.elements.len()).unwrap();
        let named =
            self.types.iter().find(|(typed, _)| *typed == name).map_or(ValueType::Text, |(_, value_type)| *value_type);
        let value_type = if kind.holds_value() { named } else { ValueType::None };
        let mut new = element(parent, name, kind, value_type);
        new.namespace = namespace.unwrap_or_default().to_owned();
        self.elements.push(new);
        self.ids.insert(key, id);
        id
    }
}

/// A decision that withholds the element of this name, for want of need, and lets everything else through on a basis.
pub(crate) fn decision(catalogue: &Arc<Catalogue>, withheld: &str) -> Arc<Decision> {
    let verdicts: Vec<_> =
        catalogue
            .elements()
            .iter()
            .map(|element| {
                if element.name == withheld {
                    Verdict::Withhold(WithholdReason::NotNeeded)
                } else {
                    Verdict::Disclose(0)
                }
            })
            .collect();
    let on = Date::constant(2026, 3, 1);
    Arc::new(Decision::new(catalogue, &verdicts, &[basis()], &AcceptedPending::default(), on).unwrap())
}

/// A decision that lets nothing through, since all of it is withheld at once under this name, and no agency has granted anything anyway.
pub(crate) fn tightened(catalogue: &Arc<Catalogue>, id: &str) -> Arc<Decision> {
    let on = Date::constant(2026, 3, 1);
    let entry = TightenedEntry {
        id: id.parse().unwrap(),
        since: on,
        reason: bilingual("reason"),
        what: Tightened::Agency(catalogue.agency()),
        roles: None,
    };
    let restrictions = Restrictions::new([], &Tightening::new(vec![entry]).unwrap(), &Lifted::default());
    let context = Context {
        role: "ekonomiskt-bistand".parse().unwrap(),
        purpose: PurposeCode::CASE_WORK.parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: on,
    };
    let verdicts = vec![Verdict::Disclose(0); catalogue.elements().len()];
    let (bases, accepted) = ([basis()], AcceptedPending::default());
    let adapter = Sha256Digest::of(b"adapter");
    Arc::new(Decision::within(catalogue, &verdicts, &bases, &accepted, &context, adapter, &restrictions).unwrap())
}

pub(crate) fn basis() -> LegalBasis {
    LegalBasis {
        id: "sol-15-11".parse().unwrap(),
        act: "SoL (2025:400)".to_owned(),
        provision: "15 kap. 11 §".to_owned(),
        item: Some("SFS 2008:975 5 §".to_owned()),
        standing: Standing::InForce { from: Date::constant(2025, 7, 1), until: None },
        title: bilingual("basis"),
    }
}

pub(crate) fn policy_identity() -> PolicyIdentity {
    PolicyIdentity {
        name: "ekonomiskt-bistand".parse().unwrap(),
        version: "1.0.0".to_owned(),
        sha256: Sha256Digest::from_bytes([0xab; 32]),
    }
}

/// An answer with these outcomes; every base service that is not named was not asked.
pub(crate) fn answer(outcomes: Vec<(AgencyId, Outcome)>) -> Answer {
    let mut outcomes: HashMap<AgencyId, Outcome> = outcomes.into_iter().collect();
    let parts = BASE_SERVICES.map(|agency| {
        let outcome = outcomes.remove(&agency).unwrap_or(Outcome::NotAsked);
        let disclosers = vec![Discloser { agency, state: outcome.state() }];
        let adapter = (agency == AgencyId::AF)
            .then(|| AdapterIdentity { version: "1.2.0".to_owned(), sha256: Sha256Digest::from_bytes([0xcd; 32]) });
        AgencyPart { agency, outcome, disclosers, adapter, mask: None, elapsed: Duration::from_millis(12) }
    });
    Answer {
        question: QuestionId([7; 16]),
        correlation_id: None,
        role: "ekonomiskt-bistand".parse().unwrap(),
        edition: EditionIdentity {
            trust_version: 3,
            policy: policy_identity(),
            tightening: None,
            lifted: None,
            grants: BTreeMap::new(),
        },
        open_case: OpenCase::NotChecked,
        parts: parts.into(),
    }
}

/// What lies where a response's body lay, after it has been sent.
pub(crate) async fn left_behind(response: Response) -> Vec<u8> {
    let body = response.into_body().into_data_stream().next().await.unwrap().unwrap();
    let (memory, at, mut left) = (File::open("/proc/self/mem").unwrap(), body.as_ptr().addr(), vec![0; body.len()]);
    drop(body);
    // Where the memory was given back to the system, there is nothing to read.
    memory.read_at(&mut left, u64::try_from(at).unwrap()).ok();
    left
}

/// Holds the element in a SOAP message's body to the published schema, where this machine has it.
pub(crate) fn assert_follows_the_published_schema(message: &str) {
    let Some(contracts) = Contracts::find() else { return };
    let payload = payload_of(message);
    assert_eq!(contracts.validate_xml(SSBTEK_ANSWER.file, &payload), Ok(()), "{payload}");
}
