//! From a scorecard to what is published of it, or why it is refused.

use std::collections::HashMap;

use super::figures::Figures;
use super::make::Maker;
use super::options::{Protection, Publishing};
use super::published::Published;
use super::result::PublishedResult;
use super::rules::Rules;
use super::suppression::{Suppressed, suppress};
use super::ties::{Ties, refuse_nested, refuse_unlike};
use crate::plan::RowId;
use crate::scorecard::card::Scorecard;
use crate::scorecard::error::ScorecardError;
use crate::scorecard::figure::Shown;
use crate::scorecard::signals::signals_of;
use crate::value::index::broken;

impl Scorecard {
    /// What may be published of the scorecard by suppression, month by month. [`Published`] says what that is.
    ///
    /// # Errors
    /// As [`published_as`](Scorecard::published_as).
    pub fn published(&self) -> Result<Published, ScorecardError> {
        self.published_as(Publishing::default())
    }

    /// What may be published of the scorecard, protected as is wanted and by month, quarter or year.
    ///
    /// # Examples
    ///
    /// ## Rounded
    ///
    /// ```
    /// use csc_measures::{Dataset, Options, Protection, Publishing};
    ///
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// let mut publishing = Publishing::default();
    /// publishing.protection = Protection::Rounding;
    /// assert!(card.published_as(publishing)?.audit().told().next().is_none());
    ///
    /// // percentages of very few
    /// publishing.rounding_least = 19;
    /// let error = card.published_as(publishing).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`rounding_least` is 19; percentages of fewer than 20 would be too far from the truth",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A scorecard that was put together from parts without the option [`publish`](crate::Options::publish); a run without a whole period; of suppression a plan that shows
    /// related figures under different policies, and two dimensions of which one nests in the other; figures that tell a count of 1 to 5 together, with what to leave out.
    pub fn published_as(&self, publishing: Publishing) -> Result<Published, ScorecardError> {
        let published = publish(self, publishing, Rules::default())?;
        let audit = published.audit();
        match audit.to_leave_out() {
            Some(figures) => Err(ScorecardError::Told { figures }),
            None => Ok(published),
        }
    }
}

/// Says of each result what the publication shows of the period before, and nothing of a period that it does not show.
fn tell_previous(results: &mut [PublishedResult]) {
    let mut shown: HashMap<RowId, Option<Shown>> = HashMap::new();
    for PublishedResult { result, .. } in results {
        result.previous = shown.insert(result.measure.clone(), result.value).flatten();
    }
}

/// What is published by the rules, before it is refused for what it tells.
pub(super) fn publish(
    card: &Scorecard,
    publishing: Publishing,
    rules: Rules,
) -> Result<Published, ScorecardError> {
    let run = &card.run;
    let least = Publishing::ROUNDING_LEAST;
    if publishing.rounding_least < least {
        return Err(ScorecardError::RoundingLeast { given: publishing.rounding_least, least });
    }
    if publishing.protection == Protection::Suppression {
        refuse_unlike(run)?;
        refuse_nested(run)?;
    }
    let ties = Ties::new(run);
    let figures = Figures::new(card, publishing.publish_period)?;
    if figures.published.is_empty() {
        let period = publishing.publish_period.as_str();
        return Err(ScorecardError::NoWholePeriod { period, from: run.from, to: run.to });
    }
    let suppressed = match publishing.protection {
        Protection::Suppression => suppress(&figures, &ties, run, rules),
        Protection::Rounding => Suppressed::default(),
    };
    let maker = Maker { run, figures: &figures, publishing, suppressed: &suppressed };
    let (mut results, mut groups) = (Vec::new(), Vec::new());
    for result in card.results().iter().filter(|result| figures.published.contains(&result.month)) {
        let Some(row) = run.rows().find(|row| *row.row.id() == result.measure) else {
            broken(format_args!("a result is of no row of the plan"))
        };
        results.push(maker.result(&row, result));
        groups.extend(maker.groups(&row, result));
    }
    tell_previous(&mut results);
    // A figure that is left out is not a point of a chart.
    let signals = signals_of(run, results.iter().filter_map(PublishedResult::point));
    Ok(Published {
        run: run.clone(),
        publishing,
        ties,
        calendar: card.calendar(),
        titles: card.titles(),
        results,
        groups,
        signals,
    })
}
