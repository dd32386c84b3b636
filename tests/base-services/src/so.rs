//! Sveriges a-kassor: `GetUnemploymentBenefitPayment`.
//!
//! Each a-kassa that answers says `OK` or `FEL`. A person whom none knows has an empty list.

use roxmltree::{Document, Node};

use crate::bad_request::BadRequest;
use crate::cast::{Application, Cast, Payment, Person, Suspension, UnemploymentFund};
use crate::element::{Element, Namespace};
use crate::odd;
use crate::sequence::Sequence;
use crate::soap;
use crate::soap_service::{Carriage, OwnError, SoapService, Statements};

const URI: &str = "http://INT014.UBPService.Schemas";
const SO: Namespace = Namespace(URI);

/// The a-kassor's base service.
pub(crate) const SERVICE: SoapService = SoapService {
    path: "/ubpservice/int014",
    prefixes: &[(SO, "so")],
    listen: statements,
    make_odd,
    carriage: Carriage::Element,
};

/// Reads a `GetUnemploymentBenefitPaymentRequest` and prepares the answers to it.
fn statements(document: &Document<'_>, cast: &Cast) -> Result<Statements, BadRequest> {
    let question = Question::read(soap::payload(document, "GetUnemploymentBenefitPaymentRequest", URI)?)?;
    let person = cast.find(&question.person);
    let funds = person.map_or(&[][..], Person::unemployment_funds);
    let right = question.response(funds.iter().map(fund));
    let failing = ["Exempelkassan", "Påhittade kassan"].map(|name| {
        SO.parent(
            "Arbetsloshetsersattning",
            [SO.text("SvarandeOrganisation", name), SO.text("StatusSvarandeOrganisation", "FEL")],
        )
    });
    let own_error = OwnError::Document(question.response(failing));
    let odd = person.is_some_and(Person::is_odd);
    Ok(Statements { person: question.person, right, own_error, odd })
}

fn make_odd(answer: &mut Element) {
    odd::remove(answer, &["Syfte", "Paragraf"]);
    odd::zone_dates(answer);
    odd::add_unknown(answer, &["Arbetsloshetsersattning"]);
}

struct Question {
    person: String,
    /// The question's elements, which the answer begins with.
    echo: Vec<Element>,
}

impl Question {
    fn read(node: Node<'_, '_>) -> Result<Self, BadRequest> {
        let mut sequence = Sequence::of(node, URI)?;
        let mut echo = Vec::new();
        for name in ["OrganisationsnummerIngivare", "NamnIngivare", "KontonamnHandlaggare", "Referensnummer"] {
            echo.push(SO.text(name, sequence.field(name)?.any()));
        }
        for name in ["From", "Tom"] {
            echo.push(SO.text(name, sequence.field(name)?.date()?));
        }
        for name in ["Syfte", "Paragraf"] {
            echo.push(SO.text(name, sequence.field(name)?.any()));
        }
        for name in ["OrganisationsnummerPersonuppgiftsbitrade", "NamnPersonuppgiftsbitrade"] {
            echo.extend(sequence.repeated_field(name)?.into_iter().map(|field| SO.text(name, field.any())));
        }
        let person = sequence.field("IdentificationNumber")?.person()?;
        echo.push(SO.text("IdentificationNumber", &person));
        sequence.end()?;
        Ok(Self { person, echo })
    }

    fn response(&self, funds: impl IntoIterator<Item = Element>) -> Element {
        let list = SO.parent("ArbetsloshetsersattningLista", funds);
        SO.parent("GetUnemploymentBenefitPaymentResponse", self.echo.iter().cloned().chain([list]))
    }
}

fn fund(fund: &UnemploymentFund) -> Element {
    let status = if fund.fails { "FEL" } else { "OK" };
    let elements = [SO.text("SvarandeOrganisation", &fund.name), SO.text("StatusSvarandeOrganisation", status)]
        .into_iter()
        .chain(fund.payments.iter().map(payment))
        .chain(fund.suspensions.iter().map(suspension))
        .chain(fund.application.as_ref().map(application));
    SO.parent("Arbetsloshetsersattning", elements)
}

fn payment(payment: &Payment) -> Element {
    SO.parent(
        "Utbetalningar",
        [
            SO.text("Utbetalningsdatum", payment.paid),
            SO.text("NettoEfterSkatt", &payment.net_after_tax),
            SO.text("NettoEfterAvdrag", &payment.net_after_deductions),
            SO.text("Ersattningsdagar", &payment.days),
            SO.text("AvserFrom", payment.from),
            SO.text("AvserTom", payment.to),
        ],
    )
}

fn suspension(suspension: &Suspension) -> Element {
    SO.parent("Avstangningar", [SO.text("AvstangdFrom", suspension.from), SO.text("AvstangdTom", suspension.to)])
}

fn application(application: &Application) -> Element {
    let name = "BeslutOmRattTillErsattning";
    let decided = application.decided.map_or_else(|| SO.nil(name), |date| SO.text(name, date));
    SO.parent("AnsoktOmErsattning", [decided, SO.text("AnsokanOmUtbetalningInlamnad", application.payment_applied_for)])
}
