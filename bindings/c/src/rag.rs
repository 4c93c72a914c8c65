//! Colours: of an obligation, and of a figure against its target

use std::ffi::c_char;

use csc_measures::measures::Unit;
use csc_measures::{Amount, MeasureRag, Plan, Rag, Target};

use crate::arguments::{output, parse, text};
use crate::error::csc_error;
use crate::guard::guarded;
use crate::status::{CSC_BAD_VALUE, CSC_INTERNAL, Failure, csc_status};

/// A colour; of several the worst is the greatest.
pub type csc_rag = i32;
/// On track, or on target.
pub const CSC_RAG_GREEN: csc_rag = 0;
/// Due soon, or within the tolerance of the target.
pub const CSC_RAG_AMBER: csc_rag = 1;
/// Overdue or done late, or beyond the tolerance.
pub const CSC_RAG_RED: csc_rag = 2;
/// Of a figure: it has no target, or the measure is qualitative.
pub const CSC_RAG_NOT_RATED: csc_rag = -1;
/// Of a figure: it has a target, and no value.
pub const CSC_RAG_NOT_APPLICABLE: csc_rag = -2;

pub(crate) fn code(rag: Rag) -> csc_rag {
    match rag {
        Rag::Green => CSC_RAG_GREEN,
        Rag::Amber => CSC_RAG_AMBER,
        Rag::Red => CSC_RAG_RED,
    }
}

/// The colour of a measure's figure against a target, for a figure that was worked out elsewhere. The exact
/// value is compared, not one rounded: 2249 of 2500 is 89.96 %, amber against 90.
///
/// Numerator and denominator are in thousandths (a count of 12 is 12000), as a full-time equivalent of 0.8 is
/// 800, and not below 0. A measure that is a count has no denominator, and the value given is not looked
/// at; for others a denominator of 0 gives `CSC_RAG_NOT_APPLICABLE`.
///
/// `measure` is an id of a plan that is built in, such as `"O3.M4"`, or a key of the catalogue, such as
/// `"cp_visits_in_time"`. `target_json` is as in the targets file: `{"better": "higher", "target": 90, "tolerance": 5}`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_measure_rag(
    measure: *const c_char,
    target_json: *const c_char,
    numerator: i64,
    denominator: i64,
    rag: *mut csc_rag,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (measure, target, rag) =
            unsafe { (text(measure, "measure")?, text(target_json, "target_json")?, output(rag, "rag")?) };
        let unit = unit(measure)?;
        let target: Target = parse(target, "target_json")?;
        let rated = target.rag(unit, amount(numerator, "numerator")?, amount(denominator, "denominator")?);
        rag.write(match rated {
            MeasureRag::Green => CSC_RAG_GREEN,
            MeasureRag::Amber => CSC_RAG_AMBER,
            MeasureRag::Red => CSC_RAG_RED,
            MeasureRag::NotRated => CSC_RAG_NOT_RATED,
            MeasureRag::NotApplicable => CSC_RAG_NOT_APPLICABLE,
            _ => return Err(Failure::new(CSC_INTERNAL, "a colour without a code")),
        });
        Ok(())
    })
}

/// The unit of a row of a plan that is built in, or of the first form of a measure.
fn unit(measure: &str) -> Result<Unit, Failure> {
    let plan = Plan::default();
    match (plan.row(measure), Plan::all_measures().row(measure)) {
        (Ok(row), _) | (_, Ok(row)) => Ok(row.unit()),
        (Err(unknown), _) => Err(unknown.into()),
    }
}

fn amount(thousandths: i64, name: &str) -> Result<Amount, Failure> {
    Amount::from_thousandths(thousandths)
        .ok_or_else(|| Failure::new(CSC_BAD_VALUE, format!("`{name}` is negative")))
}
