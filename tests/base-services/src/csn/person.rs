//! Writes what CSN knows of a person.

use jiff::civil::Date;

use super::{
    CSN, HEMUTRUSTNINGSLAN, OMSTALLNINGSSTUDIESTOD, PERSON, STUDIEHJALP, STUDIEMEDEL, STUDIESTARTSSTOD, TYPES,
};
use crate::cast::{Amount, AppliedTime, Case, CsnRecord, GrantedTime, HomeLoan, PaidTime, Person, StudyPayment};
use crate::element::{Element, Namespace};

/// The element of a person, known or not.
///
/// None for a samordningsnummer: sixty is added to its day, which the schema's pattern has no room for.
pub(super) fn element(number: &str, person: Option<&Person>) -> Option<Element> {
    let (century, rest) = number.split_at_checked(2)?;
    if rest.chars().nth(4)? > '3' {
        return None;
    }
    let record = person.and_then(Person::csn);
    let support = Support::of(record);
    let status = if record.is_some() { "          " } else { "Ej träff" };
    let secrecy = if person.is_some_and(Person::is_protected) { "S " } else { "  " };
    let element = CSN
        .parent(
            "Person",
            [
                support.directory(),
                cases("Studiemedel", support.studiemedel),
                cases("Studiehjalp", support.studiehjalp),
                cases("HemutrustningsLan", support.hemutrustningslan),
                cases("Studiestartsstod", support.studiestartsstod),
                cases("Omstallningsstudiestod", support.omstallningsstudiestod),
            ],
        )
        .with("personnummer", rest)
        .with("Status", status)
        .with("sekretess", secrecy)
        .with("sekel", century);
    Some(element)
}

/// The cases of each form of support, written.
#[derive(Default)]
struct Support {
    studiemedel: Vec<Element>,
    studiehjalp: Vec<Element>,
    hemutrustningslan: Vec<Element>,
    studiestartsstod: Vec<Element>,
    omstallningsstudiestod: Vec<Element>,
}

impl Support {
    fn of(record: Option<&CsnRecord>) -> Self {
        let Some(record) = record else { return Self::default() };
        Self {
            studiemedel: written(STUDIEMEDEL, &record.studiemedel),
            studiehjalp: written(STUDIEHJALP, &record.studiehjalp),
            hemutrustningslan: record.hemutrustningslan.iter().zip(1..).map(home_loan).collect(),
            studiestartsstod: written(STUDIESTARTSSTOD, &record.studiestartsstod),
            omstallningsstudiestod: written(OMSTALLNINGSSTUDIESTOD, &record.omstallningsstudiestod),
        }
    }

    /// Which forms there are cases of.
    fn directory(&self) -> Element {
        let entry = |name, cases: &[Element]| TYPES.text(name, if cases.is_empty() { "N" } else { "J" });
        PERSON.parent(
            "Studiestodstypforteckning",
            [
                entry("studiemedel", &self.studiemedel),
                entry("studiehjalp", &self.studiehjalp),
                entry("hemutrustningslan", &self.hemutrustningslan),
                entry("studiestartsstod", &self.studiestartsstod),
                entry("omstallningsstudiestod", &self.omstallningsstudiestod),
            ],
        )
    }
}

fn cases(name: &'static str, cases: Vec<Element>) -> Element {
    let list = if cases.is_empty() { None } else { Some(PERSON.parent("Arenden", cases)) };
    PERSON.parent(name, list)
}

fn written(namespace: Namespace, cases: &[Case]) -> Vec<Element> {
    cases.iter().zip(1..).map(|(it, number)| case(namespace, it, number)).collect()
}

fn case(namespace: Namespace, case: &Case, number: u16) -> Element {
    let head = [
        Some(namespace.text("stodform", &case.form)),
        Some(namespace.text("klartext", &case.name)),
        Some(namespace.text("status", &case.status)),
        namespace.optional("relarende", case.related.as_ref()),
    ];
    let lists = [
        namespace.parent("soktaTider", case.applied.iter().map(|time| applied(namespace, time))),
        namespace.parent("BeviljadeTider", case.granted.iter().map(|time| granted(namespace, time))),
        plan(namespace, &case.payments),
    ];
    PERSON.parent("Arende", head.into_iter().flatten().chain(lists)).with("lopnummer", number)
}

fn home_loan((loan, number): (&HomeLoan, u16)) -> Element {
    let namespace = HEMUTRUSTNINGSLAN;
    let element = PERSON
        .parent(
            "Arende",
            [
                namespace.text("stodform", "HUT"),
                namespace.text("klartext", "Hemutrustningslån"),
                namespace.text("status", &loan.status),
                plan(namespace, &loan.payments),
            ],
        )
        .with("lopnummer", number);
    match &loan.co_borrower {
        Some(other) => element.with("medlanare", other),
        None => element,
    }
}

fn applied(namespace: Namespace, time: &AppliedTime) -> Element {
    let loan = time.loan.map(|wanted| if wanted { "J" } else { " " });
    let elements = [
        Some(TYPES.text("soktfrom", date(time.from))),
        Some(TYPES.text("sokttom", date(time.to))),
        Some(TYPES.text("soktomfattning", time.extent_percent)),
        TYPES.optional("soktlan", loan.as_ref()),
    ];
    namespace.parent("soktTid", elements.into_iter().flatten())
}

fn granted(namespace: Namespace, time: &GrantedTime) -> Element {
    let elements = [
        Some(TYPES.text("starttid", &time.from_week)),
        Some(TYPES.text("sluttid", &time.to_week)),
        TYPES.optional("takt", time.rate_percent.as_ref()),
        TYPES.optional("gr_takt", time.basic_rate_percent.as_ref()),
        Some(amounts(&time.amounts)),
        Some(total(&time.amounts)),
    ];
    namespace.parent("BeviljadTid", elements.into_iter().flatten())
}

fn plan(namespace: Namespace, payments: &[StudyPayment]) -> Element {
    namespace.parent("UtbetalningsPlan", payments.iter().map(|payment| payment_of(namespace, payment)))
}

fn payment_of(namespace: Namespace, payment: &StudyPayment) -> Element {
    namespace.parent(
        "Utbetalning",
        [
            TYPES.text("utbetdatum", date(Some(payment.paid))),
            TYPES.text("utbetstatus", &payment.status),
            TYPES.parent("Utbetaldatider", payment.times.iter().map(paid)),
            total(payment.times.iter().flat_map(|time| &time.amounts)),
        ],
    )
}

fn paid(time: &PaidTime) -> Element {
    let elements = [
        TYPES.optional("startvecka", time.from_week.as_ref()),
        TYPES.optional("slutvecka", time.to_week.as_ref()),
        Some(amounts(&time.amounts)),
        Some(total(&time.amounts)),
    ];
    TYPES.parent("Utbetaldtid", elements.into_iter().flatten())
}

fn amounts(amounts: &[Amount]) -> Element {
    let amount = |amount: &Amount| {
        TYPES.parent(
            "Belopp",
            [
                TYPES.text("beloppstyp", &amount.kind),
                TYPES.text("klartext", &amount.name),
                TYPES.text("belopp", amount.each),
                TYPES.text("totbelopp", amount.total),
            ],
        )
    };
    TYPES.parent("Beloppen", amounts.iter().map(amount))
}

fn total<'a>(amounts: impl IntoIterator<Item = &'a Amount>) -> Element {
    TYPES.text("totbelopp", amounts.into_iter().map(|amount| amount.total).sum::<i32>())
}

/// `yyyyMMdd`, or 0 where there is none.
fn date(date: Option<Date>) -> String {
    date.map_or_else(|| "0".to_owned(), |date| date.strftime("%Y%m%d").to_string())
}
