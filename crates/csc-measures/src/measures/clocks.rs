//! What follows from what each measure says of its clocks: which measures owe something, by which clocks, and which
//! measures a clock has.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Serialize;

use super::catalogue::ROWS;
use super::definition::Definition;
use super::measure::Measure;
use crate::time::clock::{Certainty, Clock, ClockId, Counting, Limit, Standing};

/// The measures whose rules make obligations to a child.
pub(crate) fn owed() -> impl Iterator<Item = Measure> {
    Measure::all().filter(|measure| measure.definition().owes.is_some())
}

/// How many clocks time what a measure owes.
pub(crate) const OWED_CLOCKS: usize = {
    let (mut count, mut place) = (0, 0);
    while place < ClockId::COUNT {
        count += is_owed(place) as usize;
        place += 1;
    }
    count
};

/// The ids of the clocks that time what a measure owes, in the order of the table of clocks.
pub(crate) const fn owed_clocks() -> [&'static str; OWED_CLOCKS] {
    let mut owed = [""; OWED_CLOCKS];
    let mut places: &mut [&'static str] = &mut owed;
    let (mut place, mut names): (usize, &[&'static str]) = (0, &ClockId::NAMES);
    while let [name, more_names @ ..] = names {
        if is_owed(place) {
            if let Some((next, more_places)) = places.split_first_mut() {
                *next = *name;
                places = more_places;
            } else {
                return owed;
            }
        }
        place += 1;
        names = more_names;
    }
    owed
}

/// Whether a measure owes what the clock at a place of the table times.
const fn is_owed(place: usize) -> bool {
    let mut measures: &[&Definition] = &ROWS;
    while let [measure, more_measures @ ..] = measures {
        let mut clocks = measure.clocks;
        while let [clock, more_clocks @ ..] = clocks {
            if measure.owes.is_some() && clock.index() == place {
                return true;
            }
            clocks = more_clocks;
        }
        measures = more_measures;
    }
    false
}

/// By the id of a clock the keys of the measures that judge by it, in the order of the catalogue.
static MEASURES_OF: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut measures: HashMap<_, Vec<_>> = HashMap::new();
    for measure in Measure::all() {
        for clock in measure.definition().clocks {
            measures.entry(clock.as_str()).or_default().push(measure.key());
        }
    }
    measures
});

impl Clock {
    /// The keys of the measures of the catalogue, companions included, that judge by the clock; empty if none does.
    ///
    /// # Examples
    ///
    /// ## The measure of a clock, and a clock without one
    ///
    /// ```
    /// use csc_measures::clock::Clock;
    ///
    /// assert_eq!(Clock::by_id("cp_review")?.measures(), ["cp_reviews_in_time"]);
    /// // no measure is about personal education plans
    /// assert!(Clock::by_id("personal_education_plan")?.measures().is_empty());
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    #[must_use]
    pub fn measures(&self) -> &'static [&'static str] {
        MEASURES_OF.get(self.id()).map_or(&[], Vec::as_slice)
    }
}

/// Written as an object with `id`, `title`, `limit` (null if the law sets none), `counting`, `measures`,
/// `note` and `source`, then what the version adds: `version`, `as_written`, `in_force_from`, `in_force_to`
/// (null if it is still in force), `relaxed` (null, or what replaced the limit), `standing`,
/// `limit_certainty` and `dates_certainty`.
impl Serialize for Clock {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form {
            id: &'static str,
            title: &'static str,
            limit: Option<Limit>,
            counting: Counting,
            measures: &'static [&'static str],
            note: &'static str,
            source: &'static str,
            version: u32,
            as_written: String,
            in_force_from: NaiveDate,
            in_force_to: Option<NaiveDate>,
            relaxed: Option<&'static str>,
            standing: Standing,
            limit_certainty: Certainty,
            dates_certainty: Certainty,
        }
        Form {
            id: self.id(),
            title: self.title(),
            limit: self.limit(),
            counting: self.counting(),
            measures: self.measures(),
            note: self.note(),
            source: self.source(),
            version: self.version(),
            as_written: self.as_written(),
            in_force_from: self.in_force_from(),
            in_force_to: self.in_force_to(),
            relaxed: self.relaxed(),
            standing: self.standing(),
            limit_certainty: self.limit_certainty(),
            dates_certainty: self.dates_certainty(),
        }
        .serialize(serializer)
    }
}
