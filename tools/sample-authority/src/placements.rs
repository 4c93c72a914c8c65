//! Where a child in care lives: one stay after another, with its carers and its distance from home.

use chrono::NaiveDate;
use csc_measures::Decimal;
use csc_measures::tables::{ClaPlacement, Table};

use crate::council::Council;
use crate::diary::{EXTRACT, days_between, known, plus};
use crate::people::Child;

/// One placement.
#[derive(Clone, Debug)]
pub(crate) struct Stay {
    pub(crate) id: String,
    pub(crate) start: NaiveDate,
    pub(crate) end: NaiveDate,
    /// Why the episode began in which the stay starts, if nothing else changed that day.
    pub(crate) reason: &'static str,
    pub(crate) is_long_term: bool,
    /// How likely it is that something is out of the ordinary about the stay: the more so, the less it is.
    lot: u32,
    kind: &'static str,
    carer: Option<String>,
    distance_tenths: Option<i64>,
    is_outside: Option<bool>,
}

/// A child's luck with placements.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Settled,
    Moving,
    Unsettled,
}

const LUCK: [(u32, Luck); 2] = [(690, Luck::Settled), (185, Luck::Moving)];
/// Settled children who stay where they were first placed.
const FIRST_IS_LAST: u32 = 450;
const LONG_TERM: u32 = 550;
/// Stays that become long-term ones with the same carer, on record as a new placement.
const SAME_CARER: u32 = 250;
/// Stays with a temporary one in between.
const TEMPORARY: u32 = 110;
const TEMPORARIES: [(u32, (&str, i64, i64)); 3] =
    [(300, ("T1", 2, 50)), (350, ("T2", 4, 15)), (250, ("T3", 3, 16))];
const FAR: u32 = 165;
const FAR_RESIDENTIAL: u32 = 420;
const DISTANCE_NOT_KNOWN: u32 = 25;
const AT_HOME: u32 = 60;
/// Babies who live in a family centre with their mother.
const FAMILY_CENTRE: u32 = 35;
/// Fostered babies whose mother lives with the foster carers too.
const WITH_PARENT: u32 = 50;
/// Relatives and friends who are approved for some weeks, until they are assessed.
const TEMPORARY_APPROVAL: u32 = 400;
/// Children at home in care before their parents are assessed.
const BEFORE_ASSESSMENT: u32 = 120;
/// Young people in custody for whom somebody else is responsible.
const ARRANGED_BY_OTHER: u32 = 300;
/// Nothing is out of the ordinary about the stay.
const ORDINARY: u32 = 999;
/// Children settled for good who agree to be visited twice a year, of this age and more.
const FEWER_VISITS: u32 = 300;
const FEWER_VISITS_FROM: i64 = 10;
/// Placements that somebody recorded with the same first and last day.
const NO_LENGTH: u64 = 200;
/// Unsettled children who go back to the carers before the last.
const GOES_BACK: u32 = 150;

/// What the placements of a period of care must fit.
pub(crate) struct Frame<'a> {
    pub(crate) care: &'a str,
    pub(crate) start: NaiveDate,
    pub(crate) end: NaiveDate,
    /// When the child moves to adopters, or becomes theirs if they fostered the child.
    pub(crate) adopters: Option<(NaiveDate, bool)>,
    /// A stay with adopters that came to nothing.
    pub(crate) disrupted: Option<(NaiveDate, NaiveDate)>,
    /// The day of the last legal status.
    pub(crate) order: Option<NaiveDate>,
    /// The child lives with brothers and sisters wherever they go the same way.
    pub(crate) is_together: bool,
    pub(crate) is_for_good: bool,
    pub(crate) is_unaccompanied: bool,
}

/// The stays of a period of care, in order.
pub(crate) fn stays(
    council: &mut Council,
    child: &mut Child,
    frame: &Frame<'_>,
    family_homes: &mut Vec<String>,
) -> Vec<Stay> {
    let mut homes = Homes { shared: frame.is_together.then_some(family_homes), entered: 0 };
    // Who live together draw the same lots.
    let own = frame.is_together.then(|| std::mem::replace(&mut child.own, child.shared.clone()));
    let stays = draw(council, child, frame, &mut homes);
    child.own = own.unwrap_or_else(|| child.own.clone());
    stays
}

/// The homes that a child comes to: the next that the family knows, or one that is new.
struct Homes<'a> {
    shared: Option<&'a mut Vec<String>>,
    entered: usize,
}

impl Homes<'_> {
    fn enter(&mut self, council: &mut Council) -> String {
        let place = self.entered;
        self.entered += 1;
        let Some(shared) = &mut self.shared else { return council.carer() };
        if shared.len() <= place {
            shared.push(council.carer());
        }
        shared.get(place).cloned().unwrap_or_default()
    }
}

fn draw(council: &mut Council, child: &mut Child, frame: &Frame<'_>, homes: &mut Homes<'_>) -> Vec<Stay> {
    let luck = child.own.pick(&LUCK, Luck::Unsettled);
    let mut stays: Vec<Stay> = Vec::new();
    let mut at = frame.start;
    let until_adopters = frame.adopters.map_or(frame.end, |(placed, _)| placed.min(frame.end));
    while at < until_adopters && at <= EXTRACT {
        let length = length(child, luck, stays.len());
        let mut end = plus(at, length).min(until_adopters);
        if days_between(end, until_adopters) < 20 {
            end = until_adopters;
        }
        let mut stay = place(council, child, frame, homes, (at, end));
        let disrupted = frame.disrupted.filter(|(from, _)| at < *from && *from < end);
        if let Some((from, to)) = disrupted {
            stay.end = from;
            let adopters = adopters(council, from, to.min(until_adopters));
            at = adopters.end;
            stays.push(stay);
            stays.push(adopters);
            continue;
        }
        if matches!(luck, Luck::Unsettled) && child.own.happens(GOES_BACK) {
            let before_last = stays.iter().rev().nth(1).and_then(|stay| stay.carer.clone());
            stay.carer = before_last.or(stay.carer);
        }
        at = end;
        divide(council, child, frame, homes, stay, &mut stays);
    }
    if let Some((placed, is_by_carer)) = frame.adopters.filter(|(placed, _)| *placed < frame.end) {
        let mut adopters = adopters(council, placed, frame.end);
        if let Some(last) = stays.last().filter(|_| is_by_carer) {
            adopters.kind = "A5";
            adopters.carer = last.carer.clone();
            adopters.reason = "T";
        }
        stays.push(adopters);
    }
    stays
}

/// How long a stay lasts, in days, after so many before it.
fn length(child: &mut Child, luck: Luck, before: usize) -> i64 {
    let chance = &mut child.own;
    match luck {
        Luck::Settled if before == 0 && !chance.happens(FIRST_IS_LAST) => chance.between(25, 160),
        Luck::Settled => chance.between(700, 4000),
        Luck::Moving => chance.between(110, 500),
        Luck::Unsettled if before > 6 => chance.between(150, 600),
        Luck::Unsettled => chance.between(20, 170),
    }
}

fn place(
    council: &mut Council,
    child: &mut Child,
    frame: &Frame<'_>,
    homes: &mut Homes<'_>,
    (start, end): (NaiveDate, NaiveDate),
) -> Stay {
    let chance = &mut child.own;
    let years = days_between(child.born, start) / 365;
    let kind =
        match years {
            _ if frame.is_unaccompanied && years >= 16 => chance.pick(&[(420, "U6"), (330, "P2")], "H5"),
            ..=0 => chance
                .pick(&[(520, "U6"), (150, "U1"), (60, "U3"), (FAMILY_CENTRE, "R3"), (AT_HOME, "P1")], "U5"),
            1..=9 => chance.pick(&[(560, "U6"), (150, "U1"), (60, "U3"), (AT_HOME, "P1")], "U5"),
            10..=15 => chance
                .pick(&[(540, "U6"), (160, "U4"), (80, "U1"), (150, "K2"), (20, "S1"), (25, "P1")], "U5"),
            _ => chance.pick(&[(400, "U6"), (150, "U4"), (150, "K2"), (120, "P2"), (15, "R5")], "H5"),
        };
    let is_residential = matches!(kind, "K2" | "S1" | "R3" | "R5");
    let far = if is_residential { FAR_RESIDENTIAL } else { FAR };
    let is_far = chance.happens(far) && kind != "P1";
    let distance = if is_far { chance.between(201, 1400) } else { chance.between(2, 200) };
    let distance_tenths = if frame.is_unaccompanied {
        Some(9999).filter(|_| chance.happens(500))
    } else if chance.happens(DISTANCE_NOT_KNOWN) {
        Some(9999).filter(|_| chance.happens(600))
    } else {
        Some(distance)
    };
    let is_outside = chance.recorded(if is_far { 900 } else { 70 }, 15);
    // Everybody draws every lot, that brothers and sisters stay in step.
    let has_carer = !chance.one_in(25) && !is_residential;
    let is_long_term = chance.happens(LONG_TERM) && frame.is_for_good && !is_residential;
    let lot = u32::try_from(chance.below(1000)).unwrap_or_default();
    Stay {
        id: council.id(Table::ClaPlacements),
        start,
        end,
        reason: "P",
        is_long_term,
        lot,
        kind,
        carer: has_carer.then(|| homes.enter(council)),
        distance_tenths,
        is_outside,
    }
}

fn adopters(council: &mut Council, start: NaiveDate, end: NaiveDate) -> Stay {
    Stay {
        id: council.id(Table::ClaPlacements),
        start,
        end,
        reason: "P",
        is_long_term: true,
        lot: ORDINARY,
        kind: "A6",
        carer: Some(council.carer()),
        distance_tenths: None,
        is_outside: None,
    }
}

/// What the record makes of a stay: in some a temporary one comes in between, or its status changes.
fn divide(
    council: &mut Council,
    child: &mut Child,
    frame: &Frame<'_>,
    homes: &mut Homes<'_>,
    stay: Stay,
    stays: &mut Vec<Stay>,
) {
    let days = days_between(stay.start, stay.end);
    let mut last = stay;
    if days > 70 && child.own.happens(TEMPORARY) {
        let (kind, low, high) = child.own.pick(&TEMPORARIES, ("T4", 1, 9));
        let from = plus(last.start, child.own.between(20, (days - 52).min(900)));
        let to = plus(from, child.own.between(low, high));
        let carer = (kind == "T2" || kind == "T4").then(|| homes.enter(council));
        let away = Stay {
            id: council.id(Table::ClaPlacements),
            start: from,
            end: to,
            kind,
            carer,
            is_long_term: false,
            ..last.clone()
        };
        let back = Stay { id: council.id(Table::ClaPlacements), start: to, ..last.clone() };
        last.end = from;
        stays.push(last);
        stays.push(away);
        last = back;
    } else if days > 500 && last.carer.is_some() && child.own.happens(SAME_CARER) {
        let drawn = plus(last.start, child.own.between(150, 450));
        // The order is often the occasion.
        let order = frame.order.filter(|order| plus(last.start, 40) < *order && *order < plus(last.end, -40));
        let from = order.unwrap_or(drawn);
        let settled = Stay {
            id: council.id(Table::ClaPlacements),
            start: from,
            kind: "U4",
            reason: "T",
            is_long_term: frame.is_for_good,
            ..last.clone()
        };
        last.end = from;
        stays.push(last);
        last = settled;
    }
    if child.own.one_in(NO_LENGTH) {
        let nothing = Stay { id: council.id(Table::ClaPlacements), end: last.start, ..last.clone() };
        stays.push(nothing);
    }
    stays.push(last);
}

/// Writes the stays that the extract knows, with what decides how often the law has the child visited. It is on record
/// where it matters.
pub(crate) fn write(council: &mut Council, child: &mut Child, frame: &Frame<'_>, stays: &[Stay]) {
    for stay in stays.iter().filter(|stay| stay.start <= EXTRACT) {
        let is_baby = child.years(stay.start) < 1;
        let lives_with_parent = match stay.kind {
            "R3" => Some(true),
            "U6" if is_baby => Some(stay.lot < WITH_PARENT),
            _ => None,
        };
        let row = ClaPlacement {
            placement_id: stay.id.clone(),
            person_id: child.id.clone(),
            cla_id: frame.care.to_owned(),
            start_date: stay.start,
            end_date: known(stay.end),
            placement_type: Some(stay.kind.to_owned()),
            distance_miles: stay.distance_tenths.and_then(tenth),
            outside_authority: stay.is_outside,
            carer_id: stay.carer.clone(),
            long_term: Some(stay.is_long_term),
            visits_agreed_date: agree(child, stay),
            temporary_approval: (stay.kind == "U3").then_some(stay.lot < TEMPORARY_APPROVAL),
            before_assessment: (stay.kind == "P1").then_some(stay.lot < BEFORE_ASSESSMENT),
            lives_with_parent,
            arranged_by_other: matches!(stay.kind, "R2" | "R5")
                .then_some(stay.kind == "R5" && stay.lot < ARRANGED_BY_OTHER),
        };
        council.add(&row);
    }
}

/// The day on which a child who is settled for good asked to be visited less often, if one did.
fn agree(child: &mut Child, stay: &Stay) -> Option<NaiveDate> {
    let date = plus(stay.start, child.person.between(366, 700));
    let agrees = child.person.happens(FEWER_VISITS) && child.years(date) >= FEWER_VISITS_FROM;
    let is_settled = stay.is_long_term && matches!(stay.kind, "U1" | "U4" | "U5" | "U6");
    known(date).filter(|date| agrees && is_settled && *date < stay.end)
}

fn tenth(tenths: i64) -> Option<Decimal> {
    format!("{}.{}", tenths / 10, tenths % 10).parse().ok()
}
