//! A measure: its place in the catalogue, as a small number.

/// A measure of the catalogue, or a companion of one, by the sector's name for it.
///
/// A [`Plan`](crate::Plan) is a list of rows, each of which shows a measure under an id and a title of its own.
///
/// # Examples
///
/// ## A key, a companion and a misspelt key
///
/// ```
/// use csc_measures::measures::{Measure, Unit};
///
/// let visits: Measure = "cp_visits_in_time".parse()?;
/// assert_eq!(visits, Measure::CP_VISITS_IN_TIME);
/// assert_eq!(visits.companions().collect::<Vec<_>>(), [Measure::CP_VISITS_IN_TIME_SEEN_ALONE]);
///
/// // a number and its percentage are one measure
/// let units: Vec<Unit> = Measure::CLA_NEET.definition().forms.iter().map(|form| form.unit).collect();
/// assert_eq!(units, [Unit::Count, Unit::Percent]);
///
/// // a key that is not there
/// let error = "cp_visit_in_time".parse::<Measure>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown measure `cp_visit_in_time`, did you mean `cp_visits_in_time`?");
/// # Ok::<(), csc_measures::plan::UnknownId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Measure(pub(super) u8);

impl Measure {
    /// Its place in the catalogue.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Some of the measures, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MeasureSet(u128);

impl MeasureSet {
    pub(crate) fn insert(&mut self, measure: Measure) {
        self.0 |= 1 << measure.0;
    }

    pub(crate) fn contains(&self, measure: Measure) -> bool {
        self.0 & (1 << measure.0) != 0
    }
}
