//! Where a caseworker must read the help with the value: each of these is easily taken for more than it is.

use anyhow::{Result, ensure};

use crate::catalogue::Catalogue;

/// Whether the help is shown with this element.
pub fn is_given(agency: &str, path: &str) -> bool {
    ADVICE.contains(&(agency, path))
}

/// Makes sure that a catalogue has every element that advice is given for.
///
/// # Errors
///
/// Names the first that it lacks: the advice would silently be left out.
pub fn is_known_to(catalogue: &Catalogue) -> Result<()> {
    for (agency, path) in ADVICE {
        let is_there = agency != catalogue.agency || catalogue.element(path).is_some();
        ensure!(is_there, "catalogue `{agency}` has no element `{path}`, for which advice is given");
    }
    Ok(())
}

/// A base service, and a path in its document.
const ADVICE: [(&str, &str); 9] = [
    ("AF", "Svar/Akassetillhorighet"),
    ("AF", "Svar/ArbetssokandeInfo/ArbetssokandeSKAT"),
    ("AF", "Svar/BeslutInfo/EkonomiskaBeslut/Beslut"),
    ("CSN", "Personer/Person/Studiemedel/Arenden/Arende/BeviljadeTider/BeviljadTid"),
    ("FK", "formansinformation/preliminarautbetalningar"),
    ("FK", "formansinformation/utbetalningsuppgift"),
    ("SKV", "PersonuppgiftLista/Personuppgift/Kapitaluppgift/SummaIntakterPaKapital"),
    ("TNS", "fordonsinnehav/fordon"),
    ("MIV", "response/svarCollection/svar/tomDatum"),
];
