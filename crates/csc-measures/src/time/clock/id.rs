//! The id of a clock, looked up when the library is built.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::catalogue;
use super::definition::Clock;
use super::error::ClockError;
use super::row::Row;
use crate::value::index::broken;
use crate::value::names;

/// The id of a clock, such as `cp_visit`: the place of its row in the table.
///
/// # Examples
///
/// ## From text to clock
///
/// ```
/// use csc_measures::clock::{Clock, ClockId};
///
/// let id: ClockId = "cp_visit".parse()?;
/// assert_eq!((id.as_str(), id.clock()), ("cp_visit", Clock::by_id("cp_visit")?));
/// # Ok::<(), csc_measures::clock::ClockError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockId(u8);

const _: () = assert!(catalogue::COUNT <= u8::MAX as usize);

impl ClockId {
    /// The id with a name that is written in this library: one that no row has stops the build.
    #[expect(clippy::panic, reason = "it is asked at compile time alone, where a panic stops the build")]
    const fn named(name: &str) -> Self {
        let (mut place, mut rows): (u8, &[&Row]) = (0, &catalogue::ROWS);
        while let [row, rest @ ..] = rows {
            if names::same(row.id, name) {
                return Self(place);
            }
            place += 1;
            rows = rest;
        }
        panic!("no clock has the name")
    }

    /// How many clocks there are.
    pub(crate) const COUNT: usize = catalogue::COUNT;

    /// The ids as text, in the order of the table.
    pub(crate) const NAMES: [&'static str; Self::COUNT] = {
        let mut names = [""; Self::COUNT];
        let mut places: &mut [&'static str] = &mut names;
        let mut rows: &[&Row] = &catalogue::ROWS;
        while let ([row, more_rows @ ..], Some((place, more_places))) = (rows, places.split_first_mut()) {
            *place = row.id;
            (rows, places) = (more_rows, more_places);
        }
        names
    };

    /// Every id, in the order of the table.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone {
        (0..catalogue::COUNT as u8).map(Self)
    }

    /// The clock as its last version has it.
    #[must_use]
    pub fn clock(self) -> Clock {
        Clock::of(self.row())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().id
    }

    /// Its place in the table.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }

    /// Its row, asked when the library is built.
    #[expect(clippy::panic, reason = "it is asked at compile time alone, where a panic stops the build")]
    pub(super) const fn row_at_build(self) -> &'static Row {
        let (mut place, mut rows): (usize, &[&Row]) = (0, &catalogue::ROWS);
        while let [row, rest @ ..] = rows {
            if place == self.index() {
                return row;
            }
            place += 1;
            rows = rest;
        }
        panic!("no clock has the place")
    }

    fn row(self) -> &'static Row {
        match catalogue::ROWS.get(self.index()) {
            Some(row) => row,
            None => broken(format_args!("clock {} has no row", self.0)),
        }
    }
}

/// The clocks that measures ask, by name: a name that no row has stops the build.
impl ClockId {
    pub(crate) const ASSESSMENT: Self = Self::named("assessment");
    pub(crate) const ASSESSMENT_FROM_REFERRAL: Self = Self::named("assessment_from_referral");
    pub(crate) const ICPC: Self = Self::named("icpc");
    pub(crate) const CP_FIRST_REVIEW: Self = Self::named("cp_first_review");
    pub(crate) const CP_REVIEW: Self = Self::named("cp_review");
    pub(crate) const CP_VISIT: Self = Self::named("cp_visit");
    pub(crate) const CIN_VISIT: Self = Self::named("cin_visit");
    pub(crate) const CLA_VISIT_PLACEMENT_START: Self = Self::named("cla_visit_placement_start");
    pub(crate) const CLA_VISIT: Self = Self::named("cla_visit");
    pub(crate) const CLA_VISIT_LONG_TERM: Self = Self::named("cla_visit_long_term");
    pub(crate) const CLA_VISIT_LONG_TERM_FOSTER: Self = Self::named("cla_visit_long_term_foster");
    pub(crate) const CLA_VISIT_WITH_PARENTS_WEEKLY: Self = Self::named("cla_visit_with_parents_weekly");
    pub(crate) const CLA_VISIT_WITH_PARENTS: Self = Self::named("cla_visit_with_parents");
    pub(crate) const CLA_VISIT_TEMPORARY_APPROVAL_WEEKLY: Self =
        Self::named("cla_visit_temporary_approval_weekly");
    pub(crate) const CLA_VISIT_TEMPORARY_APPROVAL: Self = Self::named("cla_visit_temporary_approval");
    pub(crate) const CLA_VISIT_INTERIM_ORDER_WEEKLY: Self = Self::named("cla_visit_interim_order_weekly");
    pub(crate) const CLA_VISIT_INTERIM_ORDER: Self = Self::named("cla_visit_interim_order");
    pub(crate) const CLA_VISIT_CARE_ORDER_START: Self = Self::named("cla_visit_care_order_start");
    pub(crate) const CLA_VISIT_CARE_ORDER: Self = Self::named("cla_visit_care_order");
    pub(crate) const CLA_VISIT_OTHER_ARRANGEMENTS_START: Self =
        Self::named("cla_visit_other_arrangements_start");
    pub(crate) const CLA_VISIT_OTHER_ARRANGEMENTS: Self = Self::named("cla_visit_other_arrangements");
    pub(crate) const CLA_VISIT_OTHER_ARRANGEMENTS_LATER: Self =
        Self::named("cla_visit_other_arrangements_later");
    pub(crate) const ADOPTION_VISIT_START: Self = Self::named("adoption_visit_start");
    pub(crate) const ADOPTION_VISIT: Self = Self::named("adoption_visit");
    pub(crate) const CLA_VISIT_LOCAL: Self = Self::named("cla_visit_local");
    pub(crate) const CLA_VISIT_LOCAL_LONG_TERM: Self = Self::named("cla_visit_local_long_term");
    pub(crate) const CLA_CARE_PLAN: Self = Self::named("cla_care_plan");
    pub(crate) const CLA_CARE_PLAN_28TH_DAY: Self = Self::named("cla_care_plan_28th_day");
    pub(crate) const TEMPORARY_APPROVAL_END: Self = Self::named("temporary_approval_end");
    pub(crate) const TEMPORARY_PLACEMENT_T1: Self = Self::named("temporary_placement_t1");
    pub(crate) const TEMPORARY_PLACEMENT_T3: Self = Self::named("temporary_placement_t3");
    pub(crate) const TEMPORARY_PLACEMENT_T4: Self = Self::named("temporary_placement_t4");
    pub(crate) const CLA_FIRST_REVIEW: Self = Self::named("cla_first_review");
    pub(crate) const CLA_SECOND_REVIEW: Self = Self::named("cla_second_review");
    pub(crate) const CLA_REVIEW: Self = Self::named("cla_review");
    pub(crate) const RETURN_INTERVIEW: Self = Self::named("return_interview");
    pub(crate) const INITIAL_HEALTH_ASSESSMENT: Self = Self::named("initial_health_assessment");
    pub(crate) const REVIEW_HEALTH_ASSESSMENT_UNDER_5: Self = Self::named("review_health_assessment_under_5");
    pub(crate) const REVIEW_HEALTH_ASSESSMENT: Self = Self::named("review_health_assessment");
    pub(crate) const PATHWAY_PLAN: Self = Self::named("pathway_plan");
    pub(crate) const CARE_PROCEEDINGS: Self = Self::named("care_proceedings");
    pub(crate) const POLICY_REVIEW: Self = Self::named("policy_review");
}

impl FromStr for ClockId {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Self, ClockError> {
        Self::all().find(|id| id.as_str() == text).ok_or_else(|| Clock::unknown(text))
    }
}

impl fmt::Display for ClockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ClockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ClockId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
