//! Young people who are not in education, employment or training.

use chrono::{Datelike, NaiveDate, Weekday};

use super::case::{Detail, Name, Reason, Verdict};
use super::context::{At, Child, Judge, Sink, looked_after_detail};
use super::definition::{Form, Row};
use super::kinds::{AGE, AGE_OR_UNBORN, Better, PeriodKind, Unit, needs, optional, reads};
use super::measure::Measure;
use super::relations::{equal_numerators, part_of_denominator, same};
use crate::facts::{LookedAfter, activity_at, care_leaver_activity, care_leaver_at};
use crate::policy::PathwayBase;
use crate::tables::records::ActivityCode;
use crate::tables::{Lack, Table};
use crate::time::Day;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "cla_neet",
        forms: &[
            Form {
                unit: Unit::Count,
                title: "Looked after children aged 16 and 17 who are not in education, \
                    employment or training",
                denominator: "None: this is a count.",
                policies: &[],
            },
            Form {
                unit: Unit::Percent,
                title: "Percentage of looked after children aged 16 and 17 who are not in \
                    education, employment or training",
                denominator: "Those with a known activity.",
                policies: &[],
            },
        ],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Children looked after at the month end who are 16 or 17 and past school leaving \
            age: the last Friday in June of the school year in which they turn 16.",
        numerator: "Those whose latest activity is not in education, employment or training (G4, G5, G6).",
        exclusions: "No activity recorded, or the latest is more than six months old: unknown, \
            listed. Age not recorded: unknown.",
        inputs: &[
            needs("cla_episodes"),
            needs("persons"),
            needs("activities | care_leavers"),
            reads("legal_statuses"),
            AGE_OR_UNBORN,
            optional("care_leavers", &["activity", "start_date"]),
        ],
        asks: &[Lack::Activity],
        source: "A local measure; the activity codes are those of DfE's looked after children \
            return (SSDA903).",
        published: Some(
            "Formerly NI 117, young people of 16 to 18 not in education, employment or \
            training: kindred, of all young people",
        ),
        version: 1,
        relations: &[
            part_of_denominator("cla_three_placements"),
            part_of_denominator("pathway_plans").under(|policy| policy.pathway_base == PathwayBase::All),
        ],
        ..Row::EMPTY
    },
    Row {
        key: "care_leavers_neet",
        forms: &[Form {
            unit: Unit::Count,
            title: "Care leavers who are not in education, employment or training",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Relevant and former relevant care leavers at the month end, aged 16 to 20, one \
            case a person.",
        numerator: "Those whose latest activity is not in education, employment or training (G4, G5, G6).",
        exclusions: "Qualifying care leavers are out. No activity recorded, or the latest is more \
            than six months old: unknown, listed. Age not recorded: unknown.",
        inputs: &[
            needs("care_leavers"),
            needs("persons"),
            reads("activities"),
            AGE,
            optional("care_leavers", &["eligibility", "activity", "start_date"]),
        ],
        policies: &["care_leaver_max_age"],
        asks: &[Lack::Activity],
        source: "A local measure; the activity codes are those of DfE's looked after children \
            return (SSDA903).",
        published: Some(
            "DfE, Children looked after in England: care leavers in education, employment or \
            training (formerly NI 148), the reverse of this, at ages 17 to 18 and 19 to 21",
        ),
        version: 1,
        ..Row::EMPTY
    },
    Row {
        key: "care_leavers_neet.percent",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of Care Leavers that are NEET",
            denominator: "Those whose activity is known.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "The care leavers of `care_leavers_neet`.",
        numerator: "Those of `care_leavers_neet`.",
        exclusions: "As `care_leavers_neet`.",
        inputs: &[
            needs("care_leavers"),
            needs("persons"),
            reads("activities"),
            AGE,
            optional("care_leavers", &["eligibility", "activity", "start_date"]),
        ],
        policies: &["care_leaver_max_age"],
        asks: &[Lack::Activity],
        source: "A figure of this library: the count of `care_leavers_neet` over those whom it \
            asks about.",
        published: Some(
            "DfE, Children looked after in England: care leavers in education, employment or \
            training (formerly NI 148), the reverse of this, at ages 17 to 18 and 19 to 21",
        ),
        version: 1,
        relations: &[same("care_leavers_neet"), equal_numerators("care_leavers_neet")],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `cla_neet`: looked after children aged 16 and 17 who are not in education, employment or training.
    pub const CLA_NEET: Self = Self::named("cla_neet");
    /// `care_leavers_neet`: care leavers who are not in education, employment or training.
    pub const CARE_LEAVERS_NEET: Self = Self::named("care_leavers_neet");
    /// `care_leavers_neet.percent`: Percentage of Care Leavers that are NEET.
    pub const CARE_LEAVERS_NEET_PERCENT: Self = Self::named("care_leavers_neet.percent");
}

pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    if let Some(looked_after) = &at.looked_after {
        looked_after_neet(judge, child, looked_after, at);
    }
    care_leaver_neet(judge, child, at);
}

fn neet(activity: ActivityCode) -> Verdict {
    match activity {
        ActivityCode::Neet => Verdict::COUNTED,
        ActivityCode::InEducationOrWork => Verdict::NOT_COUNTED,
        ActivityCode::Unknown => Verdict::unknown(Reason::ActivityNotKnown),
    }
}

/// `cla_neet`: children looked after, past school age, who are not in education, employment or training.
fn looked_after_neet<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    if !judge.context.wants(Measure::CLA_NEET) {
        return;
    }
    let verdict = match (child.life.born, child.life.age(at.day)) {
        (Some(born), Some(16 | 17)) if at.day > school_leaving_date(born) => {
            let undated = || care_leaver_activity(child.records.care_leavers, at.day);
            neet(activity_at(&child.records, undated, at.day))
        }
        (Some(_), Some(_)) => return,
        _ => Verdict::unknown(Reason::AgeNotKnown),
    };
    judge.case(Measure::CLA_NEET, at.month.at_end(), verdict, || looked_after_detail(child, looked_after));
}

/// The last Friday in June of the school year (from 1 September) in which a child turns 16.
fn school_leaving_date(born: Day) -> Day {
    let sixteenth = born.birthday(16).date();
    let year = sixteenth.year() + i32::from(sixteenth.month() >= 9);
    NaiveDate::from_ymd_opt(year, 6, 30).map_or(Day::MAX, |last| {
        let since_friday = last.weekday().days_since(Weekday::Fri);
        Day::new(last).plus(-since_friday.cast_signed())
    })
}

/// `care_leavers_neet`: care leavers who are not in education, employment or training.
fn care_leaver_neet<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    let context = judge.context;
    let day = at.day;
    if !context.wants_any(&[Measure::CARE_LEAVERS_NEET, Measure::CARE_LEAVERS_NEET_PERCENT]) {
        return;
    }
    let Some(row) = care_leaver_at(&child.records, &child.life, day) else { return };
    let verdict = match child.life.age(day) {
        None => Verdict::unknown(Reason::AgeNotKnown),
        Some(age) if (16..=u32::from(context.policy.care_leaver_max_age)).contains(&age) => {
            neet(activity_at(&child.records, || row.activity, day))
        }
        Some(_) => return,
    };
    for measure in [Measure::CARE_LEAVERS_NEET, Measure::CARE_LEAVERS_NEET_PERCENT] {
        judge.case(measure, at.month.at_end(), verdict, || {
            Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CareLeavers, row.id)))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn school_ends_on_the_last_friday_in_june_of_the_year_of_turning_16() {
        let day = |y, m, d| Day::new(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        // Turns 16 on 31 August 2016, the last day of the school year.
        assert_eq!(school_leaving_date(day(2000, 8, 31)), day(2016, 6, 24));
        // Turns 16 on 1 September 2016, the first day of the next.
        assert_eq!(school_leaving_date(day(2000, 9, 1)), day(2017, 6, 30));
    }
}
