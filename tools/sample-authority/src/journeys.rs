//! The way of a child through the services, from the first contact on.

use chrono::NaiveDate;

use crate::chance::{Chance, Stream};
use crate::characteristics::Known;
use crate::child_protection::{self, Origin};
use crate::council::Council;
use crate::course::Trend;
use crate::diary::{BEGINNING, EXTRACT, HISTORY, NEVER, any_day, day, days_between, plus};
use crate::front_door::{self, Case};
use crate::in_care::{self, Entry, foresee};
use crate::in_need::{self, Need};
use crate::leaving_care;
use crate::people::{AgeBand, Child, Family, child_id};
use crate::seasons::referral_day;

/// How far a family's first journey goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route {
    NoFurtherAction,
    Assessed,
    InNeed,
    Disability,
    Protected,
    ElsewhereProtected,
    InCare,
    ShortBreaks,
    Unaccompanied,
    LeftCare,
}

impl Route {
    /// What the family is known for.
    const fn known(self) -> Known {
        match self {
            Self::Disability | Self::ShortBreaks => Known::Disabled,
            Self::InCare | Self::LeftCare => Known::InCare,
            Self::Unaccompanied => Known::Alone,
            _ => Known::InNeed,
        }
    }
}

const ROUTES: [(u32, Route); 9] = [
    (121, Route::NoFurtherAction),
    (458, Route::Assessed),
    (270, Route::InNeed),
    (11, Route::Disability),
    (54, Route::Protected),
    (2, Route::ElsewhereProtected),
    (62, Route::InCare),
    (3, Route::ShortBreaks),
    (9, Route::Unaccompanied),
];
/// How far a later journey of the same family goes.
const LATER_ROUTES: [(u32, Route); 3] =
    [(140, Route::NoFurtherAction), (485, Route::Assessed), (320, Route::InNeed)];
/// Cases that come back within a year or so.
const COMES_BACK: Trend = Trend::inspected(365, 405, 320);
const STEPS_TO_EARLY_HELP: Trend = Trend::inspected(150, 130, 240);
/// Assessments with a strategy discussion and enquiry that lead no further.
const ENQUIRY_ENDS: u32 = 300;
/// Of those, strategy discussions that lead to no enquiry.
const DISCUSSION_ONLY: u32 = 250;
const CONFERENCE_WITHOUT_PLAN: u32 = 155;
const TRANSFER_IN: u32 = 45;
const STEPS_DOWN_FROM_PLAN: u32 = 550;
/// Plans that do not suffice: the child comes into care.
const NOT_SUFFICIENT: u32 = 15;
/// Families that come back after a plan, and need another.
const PLAN_AGAIN: u32 = 235;
/// Children who come into care while they have a plan.
const PLAN_BEFORE_CARE: u32 = 420;
const IN_NEED_AFTER_CARE: u32 = 650;
/// A second period of care of a child who went home.
const BACK_IN_CARE: u32 = 60;

/// The children longest in care when the record begins came into it about here.
const CARE_BEGINS: NaiveDate = day(2002, 4, 1);

const AGES: [(u32, AgeBand); 4] =
    [(90, AgeBand::Baby), (260, AgeBand::Toddler), (390, AgeBand::School), (190, AgeBand::Teenager)];
const AGES_PROTECTED: [(u32, AgeBand); 5] = [
    (50, AgeBand::Unborn),
    (130, AgeBand::Baby),
    (290, AgeBand::Toddler),
    (340, AgeBand::School),
    (130, AgeBand::Teenager),
];
const AGES_IN_CARE: [(u32, AgeBand); 4] =
    [(190, AgeBand::Baby), (190, AgeBand::Toddler), (270, AgeBand::School), (240, AgeBand::Teenager)];

/// Every family, until there are as many children on record as are asked for.
pub(crate) fn families(council: &mut Council, children: u64, seed: u64) {
    let mut known = 0;
    for number in 0.. {
        if known >= children {
            return;
        }
        let route = Chance::new(seed, Stream::Family(number)).pick(&ROUTES, Route::LeftCare);
        let is_single =
            matches!(route, Route::Disability | Route::ShortBreaks | Route::Unaccompanied | Route::LeftCare);
        let mut family = Family::new(seed, number, is_single, route.known());
        for place in 0..family.size.min(children - known) {
            let mut child = Child::new(child_id(known + 1), seed, number * 8 + place, &family);
            let rows = council.rows();
            live(council, &mut child, &mut family, route);
            // Whose journey was over before the record begins is not on it.
            if council.rows() > rows {
                child.enrol(council);
                known += 1;
            }
        }
    }
}

fn live(council: &mut Council, child: &mut Child, family: &mut Family, route: Route) {
    match route {
        Route::InCare => come_into_care(council, child, family),
        Route::Unaccompanied => arrive_alone(council, child, family),
        Route::ShortBreaks => {
            let age = AgeBand::School.days(&mut child.own);
            let start = council.diary.working(any_day(&mut child.own, day(2012, 10, 1), plus(EXTRACT, -60)));
            child.arrive(family, start, age);
            in_need::plan(council, child, start, 900, Need::Disability);
            in_care::short_breaks(council, child, plus(start, 40));
        }
        Route::LeftCare => leave_care(council, child, family),
        _ => be_referred(council, child, family, route),
    }
}

/// Referrals, one after another, each with what follows.
fn be_referred(council: &mut Council, child: &mut Child, family: &mut Family, mut route: Route) {
    let first = match route {
        // Their plans last for years.
        Route::Disability => day(2011, 2, 1),
        _ => BEGINNING,
    };
    let mut date = referral_day(&mut child.shared, &council.diary, first, EXTRACT);
    let ages = if route == Route::Protected { &AGES_PROTECTED[..] } else { &AGES[..] };
    let age = child.own.pick(ages, AgeBand::Older).days(&mut child.own);
    child.arrive(family, date, age);
    while date <= EXTRACT && date < child.childhood_ends() {
        let closed = refer(council, child, family, date, route);
        if closed > EXTRACT || !child.shared.happens(COMES_BACK.at(closed)) {
            return;
        }
        date = referral_day(&mut child.shared, &council.diary, plus(closed, 15), plus(closed, 300));
        route = child.shared.pick(&LATER_ROUTES, Route::Protected);
        if child.had_plan && child.shared.happens(PLAN_AGAIN) {
            route = Route::Protected;
        }
    }
}

/// One referral with what follows; returns the day the case closed.
fn refer(
    council: &mut Council,
    child: &mut Child,
    family: &mut Family,
    date: NaiveDate,
    route: Route,
) -> NaiveDate {
    let case = Case::open(council, child, date);
    if route == Route::NoFurtherAction {
        let closed = council.diary.after(date, child.shared.between(0, 4));
        case.close(council, child, closed, "");
        return closed;
    }
    if route == Route::ElsewhereProtected {
        let end = child_protection::plan(council, child, date, NEVER, Origin::OtherAuthority);
        case.close(council, child, end, "RC5");
        return end;
    }
    let authorised = front_door::assess(council, child, &case, date);
    let (end, reason) = match route {
        Route::Protected => (protect(council, child, family, &case, date, NEVER), "RC7"),
        Route::InNeed | Route::Disability => (support(council, child, &case, authorised, route), "RC7"),
        _ => (council.diary.after(authorised, child.shared.between(0, 5)), "RC8"),
    };
    if matches!(route, Route::Assessed | Route::InNeed) && child.shared.happens(ENQUIRY_ENDS) {
        let on = council.diary.after(date, child.shared.between(0, 12));
        if child.shared.happens(DISCUSSION_ONLY) {
            child_protection::discuss(council, child, on);
        } else {
            child_protection::enquire(council, child, &case, on);
        }
    }
    let steps_down = route != Route::Disability && child.shared.happens(STEPS_TO_EARLY_HELP.at(end));
    if steps_down {
        front_door::step(council, child, end, "to_early_help");
    }
    case.close(council, child, end, if steps_down { "RC9" } else { reason });
    end
}

/// A plan for a child in need, after the assessment.
fn support(
    council: &mut Council,
    child: &mut Child,
    case: &Case,
    authorised: NaiveDate,
    route: Route,
) -> NaiveDate {
    let start = council.diary.after(authorised, child.shared.between(0, 6));
    let need = if route == Route::Disability { Need::Disability } else { Need::Family };
    let days = if need == Need::Disability { 1200 } else { child.shared.between(60, 330) };
    if days > 180 && child.shared.happens(300) {
        front_door::assess_again(council, child, case, plus(start, 130));
    }
    in_need::plan(council, child, start, days, need)
}

/// Discussion, enquiry, conference and plan, until `by` at the latest; returns the end.
fn protect(
    council: &mut Council,
    child: &mut Child,
    family: &mut Family,
    case: &Case,
    referred: NaiveDate,
    by: NaiveDate,
) -> NaiveDate {
    let origin = if child.shared.happens(TRANSFER_IN) { Origin::TransferIn } else { Origin::New };
    let on = council.diary.after(referred, child.shared.between(0, 12));
    let enquiry = match origin {
        Origin::New => child_protection::enquire(council, child, case, on),
        // The other authority made its own.
        _ => None,
    };
    let held = child_protection::confer(council, child, enquiry, on, origin);
    let days = child.shared.between(60, 200);
    if child.shared.happens(CONFERENCE_WITHOUT_PLAN) || held >= by {
        return in_need::plan(council, child, held, days, Need::Family);
    }
    let end = child_protection::plan(council, child, held, by, origin);
    if child.shared.happens(160) {
        front_door::assess_again(council, child, case, plus(held, 150));
    }
    if end < by && end <= EXTRACT && child.shared.happens(NOT_SUFFICIENT) && end < child.childhood_ends() {
        let age = days_between(child.born, end);
        let future = foresee(&mut child.own, age);
        return in_care::look_after(council, child, family, end, future, Entry::Family);
    }
    if end < by && end < child.childhood_ends() && child.shared.happens(STEPS_DOWN_FROM_PLAN) {
        return in_need::plan(council, child, end, days, Need::Family);
    }
    end
}

/// Care from any day on; if it ends before the record begins, the child is not on it.
fn come_into_care(council: &mut Council, child: &mut Child, family: &mut Family) {
    let age = child.own.pick(&AGES_IN_CARE, AgeBand::Older).days(&mut child.own);
    // Brothers and sisters mostly go the same way.
    let future = foresee(&mut child.shared, age);
    let drawn = any_day(&mut child.own, CARE_BEGINS, plus(EXTRACT, -5));
    let start = council.diary.working(family.care_start.unwrap_or(drawn));
    family.care_start = Some(start);
    child.arrive(family, start, age);
    let mut case = None;
    if plus(start, -170) >= HISTORY {
        let referred = council.diary.working(plus(start, -child.shared.between(50, 160)));
        let open = Case::open(council, child, referred);
        front_door::assess(council, child, &open, referred);
        let has_plan = child.shared.happens(PLAN_BEFORE_CARE);
        if has_plan && child.born < start {
            // The plan outlasts the start of care by some weeks.
            let by = council.diary.working(plus(start, child.shared.between(5, 60)));
            protect(council, child, family, &open, referred, by);
        }
        case = Some(open);
    }
    let mut end = in_care::look_after(council, child, family, start, future, Entry::Family);
    if end < EXTRACT && end < child.childhood_ends() && end > start {
        if child.own.happens(BACK_IN_CARE) {
            let again = council.diary.working(plus(end, child.own.between(20, 200)));
            let age = days_between(child.born, again);
            let future = foresee(&mut child.own, age);
            end = in_care::look_after(council, child, family, again, future, Entry::Family);
        } else if plus(start, 60) < end && child.own.happens(IN_NEED_AFTER_CARE) && end > HISTORY {
            end = in_need::plan(council, child, end, 120, Need::Family);
        }
    }
    if let Some(case) = case {
        case.close(council, child, end, "RC7");
    }
}

fn arrive_alone(council: &mut Council, child: &mut Child, family: &mut Family) {
    let age = child.own.between(14 * 365 + 200, 17 * 365 + 200);
    let future = in_care::until_grown(age);
    let arrived =
        council.diary.working(any_day(&mut child.own, plus(HISTORY, -future.days), plus(EXTRACT, -5)));
    child.arrive(family, arrived, age);
    child.seek_asylum(council, arrived);
    if arrived >= HISTORY {
        let case = Case::open(council, child, arrived);
        let end = front_door::assess(council, child, &case, arrived);
        case.close(council, child, end, "RC7");
    }
    in_care::look_after(council, child, family, arrived, future, Entry::Unaccompanied);
}

/// A young person who had grown up in care before the record begins.
fn leave_care(council: &mut Council, child: &mut Child, family: &mut Family) {
    let grown = any_day(&mut child.own, day(2011, 5, 1), plus(HISTORY, -1));
    child.arrive(family, grown, 18 * 365 + 5);
    let grown = child.birthday(18);
    let end = if child.own.happens(800) { grown } else { plus(grown, -child.own.between(30, 500)) };
    leaving_care::grow_up(council, child, plus(grown, -1500), end);
}
