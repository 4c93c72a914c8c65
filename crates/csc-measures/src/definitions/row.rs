//! How the plan is written down: a file for each outcome, in it one row for each measure.

use super::facts::{Better, InputRow, PeriodKind, Unit};

/// Whether the printed plan has the measure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Standing {
    /// A row of the printed plan.
    Printed,
    /// A row of the printed plan that repeats an earlier one.
    AliasOf(&'static str),
    /// Not printed: a figure that keeps the measure it stands beside honest.
    CompanionOf(&'static str),
}

/// One measure. The words are those of the public [`Measure`](crate::plan::Measure).
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) standing: Standing,
    pub(crate) unit: Unit,
    pub(crate) period: PeriodKind,
    pub(crate) better: Better,
    pub(crate) cases: &'static str,
    pub(crate) numerator: &'static str,
    pub(crate) denominator: &'static str,
    pub(crate) exclusions: &'static str,
    pub(crate) inputs: &'static [InputRow],
    pub(crate) policies: &'static [&'static str],
    pub(crate) source: &'static str,
    pub(crate) published: Option<&'static str>,
    pub(crate) version: u32,
}

impl Row {
    /// A row that says nothing, for the places of an array before they are filled.
    pub(crate) const EMPTY: Row = Row {
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
pub(crate) struct OutcomeRow {
    pub(crate) id: &'static str,
    pub(crate) number: u8,
    pub(crate) as_printed: &'static str,
    pub(crate) title: &'static str,
    pub(crate) recommendations: &'static [&'static str],
    pub(crate) measures: &'static [Row],
}

/// Writes an outcome's measures: adding a measure is adding a row here, which also names its
/// `MeasureId`. `START` is the place in the plan of the first one.
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

        /// The place of each measure in the outcome.
        #[allow(non_camel_case_types, reason = "they are named as the ids are")]
        enum Place {
            $($name),*
        }

        /// The place in the plan of the first measure of the next outcome.
        pub(super) const END: u8 = START + MEASURES.len() as u8;

        impl MeasureId {
            $(
                #[doc = concat!("`", $id, "` ", $title)]
                pub const $name: MeasureId = MeasureId(START + Place::$name as u8);
            )*
        }
    };
}
pub(super) use measures;
