//! How the plan is written down: a file for each outcome, in it one row for each measure.

use super::facts::{Better, InputRow, PeriodKind, Unit};

/// Whether the printed plan has the measure.
#[derive(Debug, Clone, Copy)]
pub(super) enum Standing {
    /// A row of the printed plan.
    Printed,
    /// A row of the printed plan that repeats an earlier one.
    AliasOf(&'static str),
    /// Not printed: a figure that keeps the measure it stands beside honest.
    CompanionOf(&'static str),
}

/// One measure. The words are those of the public [`Measure`](super::Measure).
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) standing: Standing,
    pub(super) unit: Unit,
    pub(super) period: PeriodKind,
    pub(super) better: Better,
    pub(super) cases: &'static str,
    pub(super) numerator: &'static str,
    pub(super) denominator: &'static str,
    pub(super) exclusions: &'static str,
    pub(super) inputs: &'static [InputRow],
    pub(super) policies: &'static [&'static str],
    pub(super) source: &'static str,
    pub(super) published: Option<&'static str>,
    pub(super) version: u32,
}

impl Row {
    /// A row that says nothing, for the places of an array before they are filled.
    pub(super) const EMPTY: Row = Row {
        id: "",
        title: "",
        standing: Standing::Printed,
        unit: Unit::Count,
        period: PeriodKind::Snapshot,
        better: Better::Neutral,
        cases: "",
        numerator: "",
        denominator: "",
        exclusions: "",
        inputs: &[],
        policies: &[],
        source: "",
        published: None,
        version: 0,
    };
}

/// One outcome with its measures.
#[derive(Debug)]
pub(super) struct OutcomeRow {
    pub(super) id: &'static str,
    pub(super) number: u8,
    pub(super) as_printed: &'static str,
    pub(super) title: &'static str,
    pub(super) recommendations: &'static [&'static str],
    pub(super) measures: &'static [Row],
}

/// One recommendation.
#[derive(Debug)]
pub(super) struct RecommendationRow {
    pub(super) id: &'static str,
    pub(super) number: u8,
    /// Whether the plan prints the number.
    pub(super) printed: bool,
    pub(super) text: &'static str,
    pub(super) outcomes: &'static [&'static str],
    pub(super) directly_measured: bool,
    pub(super) note: &'static str,
    pub(super) clocks: &'static [&'static str],
}

/// Writes an outcome's measures: adding a measure is adding a row here, which also names its
/// `MeasureId`.
macro_rules! measures {
    ($($name:ident $id:literal $title:literal { $standing:expr, $unit:ident, $period:ident, $better:ident,
        cases: $cases:literal, numerator: $numerator:literal, denominator: $denominator:literal,
        exclusions: $exclusions:literal,
        inputs: [$($input:expr),* $(,)?], policies: [$($policy:literal),* $(,)?],
        source: $source:literal, published: $published:expr, version: $version:literal,
    })*) => {
        const MEASURES: &[Row] = &[$(Row {
            id: $id,
            title: $title,
            standing: $standing,
            unit: Unit::$unit,
            period: PeriodKind::$period,
            better: Better::$better,
            cases: $cases,
            numerator: $numerator,
            denominator: $denominator,
            exclusions: $exclusions,
            inputs: &[$($input),*],
            policies: &[$($policy),*],
            source: $source,
            published: $published,
            version: $version,
        }),*];

        impl MeasureId {
            $(
                #[doc = concat!("`", $id, "` ", $title)]
                pub const $name: MeasureId = MeasureId::known($id);
            )*
        }
    };
}
pub(super) use measures;
