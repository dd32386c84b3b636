//! The example tells a change of law from the signed policy to the screen, and its withdrawal.

use std::process::Command;

#[test]
fn a_law_opens_a_field_on_a_running_host_and_one_person_withdraws_it() {
    let output = Command::new(ssbtx_stage::host::binary("ssbtx-open-a-field")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let story = String::from_utf8(output.stdout).unwrap();
    let mut rest = story.as_str();
    for expected in [
        // Before the law.
        "policy 1.1.0",
        "AF: not-permitted",
        // The review, and who has to sign.
        "Inget annat ändras.",
        "Exempellagen 3 §",
        "Nytt medgivande behövs av · a new grant is needed of: AF",
        "governance: 1 av 2",
        "governance: 2 av 2",
        "af: 1 av 1",
        // The running host.
        "the host, which was not restarted, answers with set",
        "policy 1.2.0",
        "AF: answered",
        "Svar/ArbetssokandeInfo/ArbetssokandeRegistrerad = ",
        "Svar/BeslutInfo/EkonomiskaBeslut/Beslut/ErsattningTyp = ",
        // The audit log.
        "policy 1.1.0",
        "policy 1.2.0",
        "2 frågor: 2 stämmer, 0 stämmer inte, 0 kan inte räknas om",
        // The emergency.
        "the host, which was not restarted, answers with set",
        "Svar/ArbetssokandeInfo/ArbetssokandeRegistrerad = ",
        "✗ Svar/BeslutInfo: tightened (af-beslut)",
    ] {
        let Some((_, after)) = rest.split_once(expected) else {
            panic!("`{expected}` is not where it belongs in\n{story}")
        };
        rest = after;
    }
    assert!(!rest.contains("Beslut/ErsattningTyp = "), "{story}");
}
