//! Measure ids: small numbers in plan order that read and print as `O3.M4`.

/// A measure of the plan, or a companion of one.
///
/// Ids are ordered as the plan is printed, each companion right after its measure.
///
/// ```
/// use csc_measures::plan::MeasureId;
///
/// let id: MeasureId = "O3.M4".parse()?;
/// assert_eq!(id, MeasureId::O3_M4);
/// assert!(MeasureId::O3_M4 < MeasureId::O3_M4_SEEN_ALONE && MeasureId::O3_M4_SEEN_ALONE < MeasureId::O3_M5);
///
/// let error = "O3.4".parse::<MeasureId>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown measure `O3.4`, did you mean `O3.M4`?");
/// # Ok::<(), csc_measures::plan::UnknownId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeasureId(pub(super) u8);
