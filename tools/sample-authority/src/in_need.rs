//! Children in need: plans and visits.

use chrono::NaiveDate;
use csc_measures::tables::{CinPlan, CinVisit, Table};

use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, known, plus};
use crate::missing;
use crate::people::Child;
use crate::posts::Team;
use crate::visits::{Rhythm, visits};

const VISITS: Rhythm = Rhythm {
    first: (3, 18),
    usual: (15, 28),
    gap: (29, 60),
    gaps: Trend::inspected(140, 270, 80),
    seen: Trend::inspected(900, 870, 940),
    seen_alone: Trend::inspected(540, 460, 700),
};
const SELDOM_VISITS: Rhythm = Rhythm { usual: (35, 58), gap: (60, 90), ..VISITS };
/// The interval, in working days, that is agreed for some disabled children.
const SELDOM: i64 = 60;

/// Whose plan it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Family,
    Disability,
}

/// A plan with its visits; returns its end.
pub(crate) fn plan(
    council: &mut Council,
    child: &mut Child,
    start: NaiveDate,
    days: i64,
    need: Need,
) -> NaiveDate {
    let end = council.diary.working(plus(start, days)).min(child.childhood_ends());
    if start > EXTRACT || end <= start.max(HISTORY) {
        return end.max(start);
    }
    let is_seldom = need == Need::Disability && child.own.happens(600);
    let row = CinPlan {
        cin_plan_id: council.id(Table::CinPlans),
        person_id: child.id.clone(),
        start_date: start,
        end_date: known(end),
        visit_working_days: is_seldom.then_some(SELDOM),
    };
    council.add(&row);
    let rhythm = if is_seldom { SELDOM_VISITS } else { VISITS };
    for visit in visits(&council.diary, child, &rhythm, start, end) {
        let row = CinVisit {
            cin_visit_id: council.id(Table::CinVisits),
            person_id: child.id.clone(),
            date: visit.date,
            seen: visit.seen,
            seen_alone: visit.seen_alone,
        };
        council.add(&row);
    }
    let team = if need == Need::Disability { Team::Disability } else { Team::Safeguarding };
    council.allocate(team, child, start.max(HISTORY), end);
    if need == Need::Family {
        missing::from_home(council, child, start, end);
    }
    end
}
