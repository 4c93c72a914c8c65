//! The front door: referrals, assessments, and the steps across to and from early help.

use chrono::NaiveDate;
use csc_measures::tables::{Assessment, Referral, StepTransfer, Table};

use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, known, plus};
use crate::people::Child;
use crate::posts::{Team, team_name};

/// Assessments done in 45 working days.
const IN_TIME: Trend = Trend::inspected(845, 715, 905);
/// Of those in time, in a thousand: done on the day, in so many working days, and in what is left of the time there is.
const DONE_IN: [(u32, (i64, i64)); 5] =
    [(38, (0, 0)), (150, (1, 10)), (125, (11, 16)), (300, (17, 30)), (215, (31, 40))];
const AT_LAST: (i64, i64) = (41, 45);
/// Of those that are late, how many are later than most.
const VERY_LATE: Trend = Trend::inspected(180, 330, 120);
/// Assessments that nobody ever authorised.
const NEVER_AUTHORISED: u32 = 8;
/// Referrals that come from early help.
const FROM_EARLY_HELP: Trend = Trend::drifting(60, 90);
/// Referrals that somebody recorded twice on the day.
const RECORDED_TWICE: u64 = 300;
/// Assessments whose authorisation is dated before their start: a slip of the hand.
const SLIP: u64 = 400;
const FRONT_DOOR: &str = "Family Front Door";
const OTHER_DOORS: [(u32, &str); 3] =
    [(910, FRONT_DOOR), (60, "Emergency Duty Team"), (20, "Disabled Children's Team")];

/// A referral that is open.
pub(crate) struct Case {
    /// `None`: it was made before the record begins.
    pub(crate) referral: Option<String>,
    date: NaiveDate,
    team: &'static str,
}

impl Case {
    pub(crate) fn open(council: &mut Council, child: &mut Child, date: NaiveDate) -> Self {
        if child.shared.happens(FROM_EARLY_HELP.at(date)) {
            step(council, child, date, "to_social_care");
        }
        let team = child.shared.pick(&OTHER_DOORS, "Hospital Social Work Team");
        let referral = (date >= HISTORY).then(|| council.id(Table::Referrals));
        Self { referral, date, team }
    }

    /// Writes the referral with its end, if the extract knows it.
    pub(crate) fn close(self, council: &mut Council, child: &mut Child, on: NaiveDate, reason: &str) {
        let Some(referral) = self.referral else { return };
        let on = on.min(child.childhood_ends()).max(self.date);
        let close_date = known(on);
        let reason = if child.has_died(on) { "RC2" } else { reason };
        let row = Referral {
            referral_id: referral,
            person_id: child.id.clone(),
            referral_date: self.date,
            close_date,
            close_reason: close_date.filter(|_| !reason.is_empty()).map(|_| reason.to_owned()),
            team: Some(self.team.to_owned()),
        };
        council.add(&row);
        if child.own.one_in(RECORDED_TWICE) {
            let again = Referral { referral_id: council.id(Table::Referrals), ..row };
            council.add(&again);
        }
    }
}

/// The assessment of a referral; returns the day it was authorised.
pub(crate) fn assess(council: &mut Council, child: &mut Child, case: &Case, from: NaiveDate) -> NaiveDate {
    let start = council.diary.after(from, child.shared.between(0, 2));
    let working_days = working_days(child, start);
    let authorised = council.diary.after(start, working_days);
    write(council, child, case.referral.as_deref(), start, authorised, case.team);
    council.allocate(Team::FrontDoor, child, start, plus(authorised, 5));
    authorised
}

/// How long an assessment takes.
fn working_days(child: &mut Child, start: NaiveDate) -> i64 {
    let chance = &mut child.shared;
    let (low, high) = if chance.happens(IN_TIME.at(start)) {
        chance.pick(&DONE_IN, AT_LAST)
    } else if chance.happens(VERY_LATE.at(start)) {
        (71, 130)
    } else {
        (46, 70)
    };
    chance.between(low, high)
}

/// An assessment in the midst of a plan, to bring it up to date.
pub(crate) fn assess_again(council: &mut Council, child: &mut Child, case: &Case, from: NaiveDate) {
    let start = council.diary.working(from);
    let working_days = working_days(child, start);
    let authorised = council.diary.after(start, working_days);
    let team = team_name(Team::Safeguarding, &mut child.shared);
    write(council, child, case.referral.as_deref(), start, authorised, &team);
}

fn write(
    council: &mut Council,
    child: &mut Child,
    referral: Option<&str>,
    start: NaiveDate,
    authorised: NaiveDate,
    team: &str,
) {
    // What was in hand when the record began was brought over.
    if authorised < HISTORY || start > EXTRACT || start >= child.childhood_ends() {
        return;
    }
    let slips = child.own.one_in(SLIP);
    let authorised = if slips { plus(start, -9) } else { authorised };
    let row = Assessment {
        assessment_id: council.id(Table::Assessments),
        person_id: child.id.clone(),
        referral_id: referral.filter(|_| !child.own.one_in(150)).map(str::to_owned),
        start_date: start,
        authorised_date: known(authorised)
            .filter(|_| !child.own.happens(NEVER_AUTHORISED))
            .filter(|on| !child.has_died(*on)),
        team: Some(team.to_owned()),
    };
    council.add(&row);
}

/// A step across to early help, or from it.
pub(crate) fn step(council: &mut Council, child: &Child, date: NaiveDate, direction: &str) {
    if (HISTORY..=EXTRACT).contains(&date) && date < child.childhood_ends() {
        let row = StepTransfer {
            transfer_id: council.id(Table::StepTransfers),
            person_id: child.id.clone(),
            date,
            direction: direction.to_owned(),
        };
        council.add(&row);
    }
}
