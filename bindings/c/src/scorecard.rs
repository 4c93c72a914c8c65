//! Scorecards: every measure for a run of months

use std::ffi::c_char;

use csc_measures::plan::RowId;
use csc_measures::{Options, Published, Publishing, Scorecard, SectionBy};
use csc_measures_arrow::interface::ArrowArrayStream;
use serde::{Serialize, Serializer};

use csc_measures_arrow::{
    cases_batch, groups_batch, issues_batch, published_batch, published_groups_batch, results_batch,
    tables_batch,
};

use crate::arguments::{given, json, month, output, text};
use crate::arrow::write_stream;
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::quiet::quietly;
use crate::status::{CSC_UNKNOWN_NAME, Failure, csc_status};
use crate::text::write_json;

/// The results of a run of months. It never changes: any number of threads may ask a
/// `const csc_scorecard *` at once.
pub struct csc_scorecard(Scorecard);

impl csc_scorecard {
    pub(crate) fn into_raw(card: Scorecard) -> *mut Self {
        Box::into_raw(Box::new(Self(card)))
    }
}

/// Computes every measure for each month from `from` to `to` (`"2016-04"`, `"2017-03"`), both included; at
/// most 1,200 months. Free the scorecard with `csc_scorecard_free`.
///
/// `options_json` is an object with any of these keys, or NULL for the defaults: `plan` (the id of a plan that is
/// built in, or a plan as an object), `policy` (an object of policies), `targets` (by row of the plan), `closures` (a
/// list of dates, or GOV.UK bank holidays), `measures` (a list of the plan's ids; all unless given), `breakdown`
/// (a list of dimensions, such as `["sex", "age", "team"]`: the results in JSON have those of each group too), `by`
/// (`"outcome"` or `"recommendation"`: the results in JSON have the sections too), `signals` (true: they have the signals
/// too), `chart` (control charts by row), `baseline` (how many points limits are taken from: a number, or by row), `rebase`
/// (by row a list of months from which its chart starts anew), `publish` (true: a part says what a publication of the
/// whole is worked out from), `threads` (as many as the machine
/// runs at once unless given; no figure depends on it). An unknown key, policy, id or value is refused, and the
/// message names the nearest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_run(
    dataset: *const csc_dataset,
    from: *const c_char,
    to: *const c_char,
    options_json: *const c_char,
    scorecard: *mut *mut csc_scorecard,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, from, to, options, scorecard) = unsafe {
            (
                given(dataset, "dataset")?,
                month(from, "from")?,
                month(to, "to")?,
                json::<Options>(options_json, "options_json")?,
                output(scorecard, "scorecard")?,
            )
        };
        scorecard.write(csc_scorecard::into_raw(dataset.0.scorecard(from, to, &options)?));
        Ok(())
    })
}

/// Frees a scorecard. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_free(scorecard: *mut csc_scorecard) {
    quietly(|| {
        if !scorecard.is_null() {
            // SAFETY: by the conventions of the header it came from a call that made one, and is freed once.
            drop(unsafe { Box::from_raw(scorecard) });
        }
    });
}

/// The whole output as a JSON object: plan, calendar, policy, results, issues of the data and the versions of
/// the definitions. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_results_json(
    scorecard: *const csc_scorecard,
    results_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) =
            unsafe { (given(scorecard, "scorecard")?, output(results_json, "results_json")?) };
        write_json(output, &card.0)
    })
}

/// The results as an Arrow stream of one batch, with a row for each measure and month. Release the stream when it
/// is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_results_arrow(
    scorecard: *const csc_scorecard,
    results: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) = unsafe { (given(scorecard, "scorecard")?, output(results, "results")?) };
        write_stream(output, results_batch(&card.0))
    })
}

/// The results of the groups of the breakdown that the options asked for, as an Arrow stream of one batch: a row for each
/// measure, month, dimension and group. Without a breakdown the stream has no rows. As JSON they are the key `groups` of
/// `csc_scorecard_results_json`. Release the stream when it is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_groups_arrow(
    scorecard: *const csc_scorecard,
    groups: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) = unsafe { (given(scorecard, "scorecard")?, output(groups, "groups")?) };
        write_stream(output, groups_batch(&card.0))
    })
}

/// The cases behind a result as a JSON object: each child, review or event with its outcome, reason and
/// dates; their outcomes add up to the result's. Free the text with `csc_text_free`.
///
/// `CSC_UNKNOWN_NAME` for an id that the plan does not have, `CSC_BAD_VALUE` for a month that the scorecard does not
/// have, `CSC_PARTS` for a scorecard that was put together from parts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_cases_json(
    scorecard: *const csc_scorecard,
    measure: *const c_char,
    of_month: *const c_char,
    cases_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, measure, of_month, output) = unsafe {
            (
                given(scorecard, "scorecard")?,
                text(measure, "measure")?,
                month(of_month, "of_month")?,
                output(cases_json, "cases_json")?,
            )
        };
        write_json(output, &card.0.explain(measure, of_month)?)
    })
}

/// The cases behind a result as an Arrow stream of one batch. Release the stream when it is read. It fails as
/// `csc_scorecard_cases_json` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_cases_arrow(
    scorecard: *const csc_scorecard,
    measure: *const c_char,
    of_month: *const c_char,
    cases: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, measure, of_month, output) = unsafe {
            (
                given(scorecard, "scorecard")?,
                text(measure, "measure")?,
                month(of_month, "of_month")?,
                output(cases, "cases")?,
            )
        };
        let explanation = card.0.explain(measure, of_month)?;
        write_stream(output, cases_batch(&[explanation], &card.0.definitions_of(measure)?))
    })
}

/// The cases behind several results at once as an Arrow stream of one batch, in the order of the results: of each measure
/// in each month from `from` to `to` in which it has a result. `measures_json` is a list of ids of the plan, or NULL for all
/// of them. Release the stream when it is read. It fails as `csc_scorecard_cases_json` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_cases_between_arrow(
    scorecard: *const csc_scorecard,
    measures_json: *const c_char,
    from: *const c_char,
    to: *const c_char,
    cases: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, measures, from, to, output) = unsafe {
            (
                given(scorecard, "scorecard")?,
                json::<Option<Vec<String>>>(measures_json, "measures_json")?,
                month(from, "from")?,
                month(to, "to")?,
                output(cases, "cases")?,
            )
        };
        let measures = measures.unwrap_or_else(|| card.0.measures());
        let explained = card.0.explain_all(measures, from, to)?;
        write_stream(output, cases_batch(&explained, &card.0.definitions()))
    })
}

/// Why a figure moved from one month to another, as a JSON object: the difference split into cases that joined, left,
/// changed and stayed, which add up to it. Free the text with `csc_text_free`. It fails as `csc_scorecard_cases_json` does,
/// and with `CSC_BAD_VALUE` for a month in which the measure has no result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_change_json(
    scorecard: *const csc_scorecard,
    measure: *const c_char,
    from: *const c_char,
    to: *const c_char,
    change_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, measure, from, to, output) = unsafe {
            (
                given(scorecard, "scorecard")?,
                text(measure, "measure")?,
                month(from, "from")?,
                month(to, "to")?,
                output(change_json, "change_json")?,
            )
        };
        write_json(output, &card.0.change(measure, from, to)?)
    })
}

/// What another scorecard of the same months, plan and policies says otherwise, as a JSON list: for each measure and month
/// whose figure or cases differ, the cases that `later` has besides, has not and has otherwise. Free the text with
/// `csc_text_free`. `CSC_BAD_VALUE` for scorecards of other plans, policies or closures, `CSC_PARTS` for one that was put
/// together from parts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_compare_json(
    scorecard: *const csc_scorecard,
    later: *const csc_scorecard,
    changes_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, later, output) = unsafe {
            (given(scorecard, "scorecard")?, given(later, "later")?, output(changes_json, "changes_json")?)
        };
        write_json(output, &card.0.compare(&later.0)?)
    })
}

/// The outcomes of the plan (`by` is `"outcome"`) or the recommendations it answers (`"recommendation"`), each
/// with its rows and whether no measure tests it, as a JSON list. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_sections_json(
    scorecard: *const csc_scorecard,
    by: *const c_char,
    sections_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, by, output) = unsafe {
            (given(scorecard, "scorecard")?, text(by, "by")?, output(sections_json, "sections_json")?)
        };
        let by: SectionBy =
            by.parse().map_err(|error| Failure::new(CSC_UNKNOWN_NAME, format!("`by`: {error}")))?;
        let sections = match by {
            SectionBy::Outcome => card.0.by_outcome(),
            SectionBy::Recommendation => card.0.by_recommendation(),
        };
        write_json(output, &sections)
    })
}

/// What the control chart of each measure says, as a JSON list in the order of the plan, whether or not the options ask
/// for `signals`: chart, stretches, points with limits and marks, and what the limits say of the target. Free the text with
/// `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_signals_json(
    scorecard: *const csc_scorecard,
    signals_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) =
            unsafe { (given(scorecard, "scorecard")?, output(signals_json, "signals_json")?) };
        write_json(output, &card.0.signals())
    })
}

/// The titles of the plan's rows and their companions, as a JSON object by id: each is followed by the policies that were
/// changed and bear on its figure, in words. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_titles_json(
    scorecard: *const csc_scorecard,
    titles_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) = unsafe { (given(scorecard, "scorecard")?, output(titles_json, "titles_json")?) };
        write_json(output, &Titles(card.0.titles()))
    })
}

/// An object of titles in the order of the plan.
struct Titles(Vec<(RowId, String)>);

impl Serialize for Titles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, title)| (id, title)))
    }
}

/// What of the scorecard may be published, as a JSON object: nothing that is shown, alone or together, tells a count of 1 to 5
/// people, and `"c"` is in the place of what is hidden. `publishing` is a JSON object of `protection` (`suppression`, or
/// `rounding`), `rounding_least` and `publish_period` (`month`, `quarter`, `year`), or NULL for figures of months by
/// suppression. Free the text with `csc_text_free`. A scorecard that was put
/// together from parts can be published only if the parts were made with the option `publish`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_published_json(
    scorecard: *const csc_scorecard,
    publishing: *const c_char,
    published_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (published, output) =
            unsafe { (publishable(scorecard, publishing)?, output(published_json, "published_json")?) };
        write_json(output, &published)
    })
}

/// The results that may be published, as an Arrow stream of one batch: a figure that is left out is null, and
/// the column `suppressed` true; `publishing` as in `csc_scorecard_published_json`. Release the stream when it is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_published_arrow(
    scorecard: *const csc_scorecard,
    publishing: *const c_char,
    published: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (found, output) =
            unsafe { (publishable(scorecard, publishing)?, output(published, "published")?) };
        write_stream(output, published_batch(&found))
    })
}

/// The groups that may be published, as an Arrow stream of one batch: every group of a dimension for every measure and
/// month, without those by worker; `publishing` as in `csc_scorecard_published_json`. Release the stream when it is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_published_groups_arrow(
    scorecard: *const csc_scorecard,
    publishing: *const c_char,
    groups: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (published, output) = unsafe { (publishable(scorecard, publishing)?, output(groups, "groups")?) };
        write_stream(output, published_groups_batch(&published))
    })
}

/// What somebody who knows the rules can tell of the figures that are hidden, from the published ones alone, as a JSON
/// object: `told`, how many counts of 1 to 5 can be told, and `findings`, what each number that is not shown may be;
/// `publishing` as in `csc_scorecard_published_json`. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_audit_json(
    scorecard: *const csc_scorecard,
    publishing: *const c_char,
    audit_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (published, output) =
            unsafe { (publishable(scorecard, publishing)?, output(audit_json, "audit_json")?) };
        write_json(output, &published.audit())
    })
}

/// What may be published of a scorecard, as the caller wants it.
///
/// # Safety
/// As for each function with these arguments.
unsafe fn publishable(
    scorecard: *const csc_scorecard,
    publishing: *const c_char,
) -> Result<Published, Failure> {
    // SAFETY: by the conventions of the header.
    let (card, publishing) =
        unsafe { (given(scorecard, "scorecard")?, json::<Publishing>(publishing, "publishing")?) };
    Ok(card.0.published_as(publishing)?)
}

/// The issues of the scorecard's data, as in `csc_dataset_issues_json`; those of all parts, if it was put together
/// from parts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_issues_json(
    scorecard: *const csc_scorecard,
    issues_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) = unsafe { (given(scorecard, "scorecard")?, output(issues_json, "issues_json")?) };
        write_json(output, &card.0.issues())
    })
}

/// The issues of `csc_scorecard_issues_json` as an Arrow stream of one batch. Release the stream when it is
/// read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_issues_arrow(
    scorecard: *const csc_scorecard,
    issues: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) = unsafe { (given(scorecard, "scorecard")?, output(issues, "issues")?) };
        write_stream(output, issues_batch(card.0.issues()))
    })
}

/// The tables of the scorecard's data, as in `csc_dataset_tables_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_tables_json(
    scorecard: *const csc_scorecard,
    tables_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) = unsafe { (given(scorecard, "scorecard")?, output(tables_json, "tables_json")?) };
        write_json(output, &card.0.tables())
    })
}

/// The tables of `csc_scorecard_tables_json` as an Arrow stream of one batch. Release the stream when it is
/// read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_tables_arrow(
    scorecard: *const csc_scorecard,
    tables: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (card, output) = unsafe { (given(scorecard, "scorecard")?, output(tables, "tables")?) };
        write_stream(output, tables_batch(&card.0.tables()))
    })
}
