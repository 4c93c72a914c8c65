//! The courts: care proceedings of a family, and the final order for each of its children.

use chrono::NaiveDate;
use csc_measures::tables::{CareProceeding, FinalOrderApplication, Table};

use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, known, plus};
use crate::people::{Child, Family};
use crate::proceedings::Proceedings;

/// Proceedings concluded in 26 weeks.
const IN_TIME: Trend = Trend::drifting(640, 430);
/// The court made the order that the authority sought; what it makes fits what becomes of the child.
const AS_SOUGHT: Trend = Trend::inspected(840, 790, 890);
const WITHDRAWN: u32 = 150;
const ORDER_NOT_KNOWN: u32 = 30;
/// The order that fits what becomes of the child.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Orders {
    /// Where care goes on after the proceedings.
    pub(crate) in_care: &'static str,
    /// Where it ends with them, or before.
    pub(crate) at_the_end: &'static str,
}

/// The proceedings about the child: the family's, or new ones; returns the day they conclude.
pub(crate) fn proceed(
    council: &mut Council,
    child: &mut Child,
    family: &mut Family,
    (care_start, care_end): (NaiveDate, NaiveDate),
    orders: Orders,
) -> NaiveDate {
    let proceedings = match family.proceedings.clone() {
        Some(proceedings) if proceedings.concluded > care_start => proceedings,
        _ => issue(council, child, care_start),
    };
    family.proceedings = Some(proceedings.clone());
    let Proceedings { case, issued, concluded } = proceedings;
    if concluded < HISTORY || issued > EXTRACT {
        return concluded;
    }
    let fits = if concluded < care_end { orders.in_care } else { orders.at_the_end };
    let is_as_sought = child.own.happens(AS_SOUGHT.at(concluded));
    let sought = if is_as_sought { fits } else { otherwise(fits) };
    let made = if fits == "supervision_order" && child.own.happens(WITHDRAWN) {
        Some("withdrawn")
    } else {
        Some(fits).filter(|_| !child.own.happens(ORDER_NOT_KNOWN))
    };
    let decided = known(concluded);
    let row = FinalOrderApplication {
        application_id: council.id(Table::FinalOrderApplications),
        case_id: Some(case),
        person_id: Some(child.id.clone()),
        filed_date: Some(issued),
        decided_date: decided,
        order_sought: Some(sought.to_owned()),
        order_made: made.filter(|_| decided.is_some()).map(str::to_owned),
    };
    council.add(&row);
    concluded
}

/// What the authority may have sought, given the order that the court made; a placement order is made as sought.
fn otherwise(made: &'static str) -> &'static str {
    match made {
        "care_order" => "placement_order",
        "special_guardianship_order" | "supervision_order" => "care_order",
        _ => made,
    }
}

fn issue(council: &mut Council, child: &mut Child, care_start: NaiveDate) -> Proceedings {
    let issued = council.diary.working(plus(care_start, child.shared.between(0, 12)));
    let weeks = if child.shared.happens(IN_TIME.at(issued)) {
        child.shared.between(17, 25)
    } else {
        child.shared.between(27, 52)
    };
    let concluded = council.diary.working(plus(issued, 7 * weeks + child.shared.between(0, 4)));
    // A slip of the hand, seldom: the year before.
    let is_slip = child.shared.one_in(150);
    let proceedings = Proceedings { case: council.id(Table::CareProceedings), issued, concluded };
    if concluded >= HISTORY && issued <= EXTRACT {
        let row = CareProceeding {
            case_id: proceedings.case.clone(),
            issue_date: issued,
            concluded_date: known(if is_slip { plus(concluded, -365) } else { concluded }),
        };
        council.add(&row);
    }
    proceedings
}
