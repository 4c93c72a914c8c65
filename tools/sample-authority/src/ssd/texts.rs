//! The texts that systems write in place of codes.

use super::choice::{Choice, System, Variant};

/// A sex, in the words of the system.
pub(super) fn sex<'a>(choice: &Choice, code: &'a str) -> &'a str {
    match code {
        _ if !choice.of(System::Mosaic) => code,
        "M" => "Male",
        "F" => "Female",
        "U" => "Not known",
        other => other,
    }
}

/// Ethnicities: the code, what Mosaic has in its place, and the code in the case in which Eclipse was set up with it.
const ETHNICITIES: [(&str, &str, &str); 20] = [
    ("WBRI", "White British", "WBri"),
    ("WIRI", "White Irish", "WIri"),
    ("WOTH", "Any other White background", "WOth"),
    ("WIRT", "Traveller of Irish heritage", "WIrt"),
    ("WROM", "Gypsy/Roma", "WRom"),
    ("MWBC", "White and Black Caribbean", "MWBc"),
    ("MWBA", "White and Black African", "MWBa"),
    ("MWAS", "White and Asian", "MWAs"),
    ("MOTH", "Any other Mixed background", "MOth"),
    ("AIND", "Indian", "AInd"),
    ("APKN", "Pakistani", "APkn"),
    ("ABAN", "Bangladeshi", "ABan"),
    ("AOTH", "Any other Asian background", "AOth"),
    ("BCRB", "Caribbean", "BCrb"),
    ("BAFR", "African", "BAfr"),
    ("BOTH", "Any other Black background", "BOth"),
    ("CHNE", "Chinese", "CHne"),
    ("OOTH", "Any other ethnic group", "OOth"),
    ("REFU", "Refused", "REfu"),
    ("NOBT", "Information not yet obtained", "NObt"),
];

/// An ethnicity, as the scripts have it: Mosaic's write its description, but those for a data warehouse and those of
/// Essex its code.
pub(super) fn ethnicity<'a>(choice: &Choice, code: &'a str) -> &'a str {
    let is_coded = choice.of(System::Systemc) || choice.is(Variant::Mp) || choice.is(Variant::Essex);
    let found = ETHNICITIES.iter().find(|(own, _, _)| *own == code && !is_coded);
    found.map_or(code, |(_, text, cased)| if choice.of(System::Eclipse) { cased } else { text })
}

/// Why an episode of care began.
const STARTED: [(&str, &str); 6] = [
    ("S", "Started to be looked after"),
    ("L", "Change of legal status only"),
    ("P", "Change of placement and carer(s) only"),
    ("T", "Change of placement (but same carer(s)) only"),
    ("B", "Change of legal status and placement and carer(s) at the same time"),
    ("U", "Change of legal status and change of placement (but same carer(s)) at the same time"),
];

/// Why an episode of care ended: what SystemC has behind the code, and what Essex has in place of it.
const CEASED: [(&str, &str, &str); 21] = [
    (
        "X1",
        "Episode ceases, new episode begins on same day",
        "Episode ceases, and new episode begins on same day, for any reason",
    ),
    ("E11", "Adopted, application unopposed", "Adopted - application unopposed"),
    ("E12", "Adopted, consent dispensed with by the court", "Adopted - consent dispensed with"),
    ("E13", "Left care to live with relatives, no PR", "Left care to live with person with no parent resp"),
    ("E2", "Died", "Died"),
    ("E3", "Care taken over by another LA in the UK", "Care taken over by another LA in the UK"),
    ("E4A", "Return home, planned", "Planned return home to live with parents (no order)"),
    ("E4B", "Return home, not planned", "Unplanned return home to live with parents (no order)"),
    ("E41", "Residence order or child arrangements order granted", "Residence order granted"),
    (
        "E43",
        "Special guardianship order to former foster carers",
        "Special guardianship made to former foster carers",
    ),
    (
        "E44",
        "Special guardianship order to others",
        "Special guardianship made to carers other than former foster carers",
    ),
    (
        "E45",
        "Special guardianship, former carer, relative",
        "SG former foster carer(s) who were relative/friend",
    ),
    ("E46", "Special guardianship, former carer, other", "SG former foster carer(s) not relative/friend"),
    ("E47", "Special guardianship, relative or friend", "SG relative/friend not former foster carer(s)"),
    ("E48", "Special guardianship, other", "Special Guardianship Orders - other"),
    ("E5", "Independent living, with formal support", "Independent living with support"),
    ("E6", "Independent living, no formal support", "Independent living with no support"),
    ("E7", "Transferred to adult social care", "Transferred to Adult Social Care"),
    ("E8", "Ceased for any other reason", "Care ceased for any other reason"),
    ("E9", "Sentenced to custody", "Sentenced to custody"),
    ("E17", "Aged 18 or over, remained with carers", "Aged 18+ and remained with current carers"),
];

/// Legal statuses: what SystemC has, to a child's sixteenth birthday and after it, and what Eclipse has.
const LEGAL: [(&str, &str, &str, &str); 10] = [
    ("C1", "Interim care order Sec. 38(1)", "Interim care order Sec. 38(1)", "Interim care order"),
    ("C2", "Care Order Sec. 31(a)", "Care Order Sec. 31(a)", "Full care order"),
    (
        "E1",
        "Placement Order (Sec. 21)",
        "Care Order Sec.31(a) & Placement Order (Sec. 21)",
        "Placement order granted",
    ),
    (
        "V2",
        "Single placement acc. by LA S20(1) CA under 16",
        "Single placement acc. by LA S20(3) CA 16 & over",
        "Single period of accommodation under Section 20",
    ),
    // SystemC's list has one status for both series of short breaks.
    (
        "V3",
        "regular occ. acc. by LA S.20(1) CA under 16",
        "Regular occ. acc by LA S20(3) CA 16 & over",
        "Accommodated under an agreed series of short-term breaks, when individual episodes of care are recorded",
    ),
    (
        "V4",
        "regular occ. acc. by LA S.20(1) CA under 16",
        "Regular occ. acc by LA S20(3) CA 16 & over",
        "Accommodated under an agreed series of short-term breaks, when agreements are recorded",
    ),
    (
        "L1",
        "Police protection power Sec.38(1)",
        "Police protection power Sec.38(1)",
        "Under police protection and in local authority accommodation",
    ),
    (
        "L2",
        "Emergency protection order - LA",
        "Emergency protection order - Police",
        "Emergency protection order (EPO)",
    ),
    ("J1", "Remanded to LA accommodation S20", "Remanded to LA accommodation S20", "Remanded"),
    ("J2", "P.A.C.E Interview (CYP)", "P.A.C.E Interview (CYP)", "LA accommodation under PACE"),
];

/// A status that SystemC has beside care, and that makes nobody looked after.
pub(super) const BESIDE: &str = "Supervision order";
/// One that it has after care.
pub(super) const AFTER: &str = "Special Guardianship Order";

/// What a care leaver does.
const ACTIVITIES: [(&str, &str); 13] = [
    ("F1", "Young person engaged full time in higher education"),
    ("P1", "Young person engaged part time in higher education"),
    ("F2", "Young person engaged full time in education other than higher education"),
    ("P2", "Young person engaged part time in education other than higher education"),
    ("F3", "Full time in training or employment"),
    ("P3", "Part time in training or employment"),
    ("F4", "Young person engaged full time in an apprenticeship"),
    ("P4", "Young person engaged part time in an apprenticeship"),
    ("F5", "Young person engaged full time in training or employment (not apprenticeship)"),
    ("P5", "Young person engaged part time in training or employment (not apprenticeship)"),
    ("G4", "Young person not in education, employment or training because of illness or disability"),
    ("G5", "Young person not in education, employment or training: other circumstances"),
    ("G6", "Young person not in education, employment or training because of pregnancy or parenting"),
];

/// What a care leaver is owed: how the authority's own text begins, and what SystemC, Mosaic and Eclipse have, the
/// last in a text and a letter.
const ELIGIBILITIES: [(&str, &str, &str, &str, &str); 4] = [
    ("eligible", "Eligible child", "d) Eligible", "Eligible", "E"),
    ("relevant", "Relevant child", "a) Relevant child", "Relevant", "R"),
    ("former", "Former relevant child", "b) Former relevant child", "Former Relevant", "FR"),
    ("qualifying", "Qualifying care leaver", "c) Qualifying care leaver", "Qualifying", "Q"),
];
/// What SystemC has for somebody who is owed nothing any more.
pub(super) const NOT_ELIGIBLE: &str = "No Current Eligibility";

/// Roles: what the authority's own tables have, SystemC's code, Mosaic's and Eclipse's. The lead has none here.
const ROLES: [(&str, &str, &str, &str); 4] = [
    ("Personal Adviser", "16PLUS", "REL.PERSONALADVISOR", "PERSONALADVISER"),
    ("Independent Reviewing Officer", "IRO", "REL.IRO", "INDEPENDENTREVIEWINGOFFICER"),
    ("Conference Chair", "CHAIR", "REL.CHAIR", "CONFERENCECHAIR"),
    ("Family Support Worker", "FSW", "REL.FSW", "FAMILYSUPPORTWORKER"),
];
/// The role of the lead, where it has a description.
const LEAD: &str = "Allocated Case Worker";

/// Why an episode began.
pub(super) fn started(choice: &Choice, code: &str) -> String {
    let text = STARTED.iter().find(|(other, _)| *other == code);
    match text {
        Some((_, text)) if choice.of(System::Systemc) => format!("{code} - {text}"),
        _ => code.to_owned(),
    }
}

/// Why an episode ended.
pub(super) fn ceased(choice: &Choice, code: &str) -> String {
    match CEASED.iter().find(|(other, ..)| *other == code) {
        Some((_, text, _)) if choice.of(System::Systemc) => format!("{code} - {text}"),
        Some((_, _, text)) if choice.is(Variant::Essex) => (*text).to_owned(),
        _ => code.to_owned(),
    }
}

/// The legal status of a child; what SystemC has differs where the child is sixteen or older, and otherwise from
/// row to row.
pub(super) fn legal(choice: &Choice, code: &str, is_second: bool) -> String {
    let text = LEGAL.iter().find(|(other, ..)| *other == code);
    text.map_or(code, |(_, first, second, eclipse)| match choice.system {
        System::Systemc if is_second => second,
        System::Systemc => first,
        System::Mosaic => code,
        System::Eclipse => eclipse,
    })
    .to_owned()
}

/// What a care leaver does: Eclipse has codes, Mosaic either.
pub(super) fn activity(choice: &Choice, code: &str, number: u64) -> String {
    let has_text = match choice.system {
        System::Systemc => true,
        System::Mosaic => number.is_multiple_of(2),
        System::Eclipse => false,
    };
    let text = ACTIVITIES.iter().find(|(other, _)| has_text && *other == code);
    text.map_or(code, |(_, text)| text).to_owned()
}

/// What a care leaver is owed: Eclipse has either a text or a letter.
pub(super) fn eligibility(choice: &Choice, text: &str, number: u64) -> String {
    let folded = text.to_lowercase();
    let found = ELIGIBILITIES.iter().find(|(begins, ..)| folded.starts_with(begins));
    found
        .map_or(text, |(_, systemc, mosaic, eclipse, letter)| match choice.system {
            System::Systemc => systemc,
            System::Mosaic => mosaic,
            System::Eclipse if number.is_multiple_of(2) => letter,
            System::Eclipse => eclipse,
        })
        .to_owned()
}

/// The role of a worker in a case.
pub(super) fn role(choice: &Choice, role: &str, number: u64) -> String {
    if let Some((name, systemc, mosaic, eclipse)) = ROLES.iter().find(|(other, ..)| *other == role) {
        return match choice.system {
            System::Systemc if choice.is(Variant::RoleDescriptions) => name,
            System::Mosaic if choice.is(Variant::Blackpool) => name,
            System::Systemc => systemc,
            System::Mosaic => mosaic,
            System::Eclipse => eclipse,
        }
        .to_string();
    }
    // The lead, whom the authority's own tables name or leave to be understood.
    match choice.system {
        System::Systemc if choice.is(Variant::RoleDescriptions) => LEAD,
        System::Systemc => "CW",
        System::Mosaic if choice.is(Variant::Blackpool) => "Allocated Worker",
        System::Mosaic if number.is_multiple_of(2) => "REL.ALLWORKCF",
        System::Mosaic => "REL.ALLWORK",
        System::Eclipse => "ALLOCATEDWORKER",
    }
    .to_owned()
}
