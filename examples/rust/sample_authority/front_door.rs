//! The front door: referrals, assessments, and the steps across to and from early help.

use chrono::NaiveDate;
use csc_measures::tables::{Assessment, Referral, StepTransfer, Table};

use crate::council::Council;
use crate::diary::{EXTRACT, Trend, known, plus};
use crate::people::Child;
use crate::workforce::{Team, team_name};

/// Assessments done in 45 working days.
const IN_TIME: Trend = Trend::new(790, 870);
/// Of those that are late, how many are later than most.
const VERY_LATE: u32 = 200;
/// Assessments that nobody ever authorised.
const NEVER_AUTHORISED: u32 = 8;
/// Referrals that come from early help.
const FROM_EARLY_HELP: Trend = Trend::new(70, 100);
/// Referrals that somebody recorded twice on the day.
const RECORDED_TWICE: u64 = 130;
/// Assessments whose authorisation is dated before their start: a slip of the hand.
const SLIP: u64 = 400;
const FRONT_DOOR: &str = "Family Front Door";
const OTHER_DOORS: [(u32, &str); 3] =
    [(910, FRONT_DOOR), (60, "Emergency Duty Team"), (20, "Disabled Children's Team")];

/// A referral that is open.
pub(crate) struct Case {
    pub(crate) referral: String,
    date: NaiveDate,
    team: &'static str,
}

impl Case {
    pub(crate) fn open(council: &mut Council, child: &mut Child, date: NaiveDate) -> Self {
        if child.shared.happens(FROM_EARLY_HELP.at(date)) {
            step(council, child, date, "to_social_care");
        }
        let team = child.shared.pick(&OTHER_DOORS, "Hospital Social Work Team");
        Self { referral: council.id(Table::Referrals), date, team }
    }

    /// Writes the referral with its end, if the extract knows it.
    pub(crate) fn close(self, council: &mut Council, child: &mut Child, on: NaiveDate, reason: &str) {
        let close_date = known(on);
        let row = Referral {
            referral_id: self.referral,
            person_id: child.id.clone(),
            referral_date: self.date,
            close_date,
            close_reason: close_date.map(|_| reason.to_owned()),
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
    let working_days = if child.shared.happens(IN_TIME.at(start)) {
        child.shared.between(10, 45)
    } else if child.shared.happens(VERY_LATE) {
        child.shared.between(71, 130)
    } else {
        child.shared.between(46, 70)
    };
    let authorised = council.diary.after(start, working_days);
    write(council, child, Some(&case.referral), start, authorised, case.team);
    council.allocate(Team::FrontDoor, child, start, plus(authorised, 5));
    authorised
}

/// An assessment in the midst of a plan, to bring it up to date.
pub(crate) fn assess_again(council: &mut Council, child: &mut Child, referral: &str, from: NaiveDate) {
    let start = council.diary.working(from);
    let authorised = council.diary.after(start, child.shared.between(15, 47));
    let team = team_name(Team::Safeguarding, &mut child.shared);
    write(council, child, Some(referral), start, authorised, &team);
}

fn write(
    council: &mut Council,
    child: &mut Child,
    referral: Option<&str>,
    start: NaiveDate,
    authorised: NaiveDate,
    team: &str,
) {
    if start > EXTRACT {
        return;
    }
    let slips = child.own.one_in(SLIP);
    let authorised = if slips { plus(start, -9) } else { authorised };
    let row = Assessment {
        assessment_id: council.id(Table::Assessments),
        person_id: child.id.clone(),
        referral_id: referral.filter(|_| !child.own.one_in(90)).map(str::to_owned),
        start_date: start,
        authorised_date: known(authorised).filter(|_| !child.own.happens(NEVER_AUTHORISED)),
        team: Some(team.to_owned()),
    };
    council.add(&row);
}

/// A step across to early help, or from it.
pub(crate) fn step(council: &mut Council, child: &Child, date: NaiveDate, direction: &str) {
    if date <= EXTRACT {
        let row = StepTransfer {
            transfer_id: council.id(Table::StepTransfers),
            person_id: child.id.clone(),
            date,
            direction: direction.to_owned(),
        };
        council.add(&row);
    }
}
