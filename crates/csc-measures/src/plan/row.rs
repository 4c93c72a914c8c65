//! How the plan is written down: one row for each measure, in a file for each outcome.

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

/// One measure.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: &'static str,
    #[expect(dead_code, reason = "read once the plan's texts are built")]
    pub(super) title: &'static str,
    pub(super) standing: Standing,
    pub(super) unit: Unit,
    pub(super) period: PeriodKind,
    pub(super) better: Better,
    pub(super) inputs: &'static [InputRow],
}

/// Writes an outcome's measures: adding a measure is adding a row here, which also names its
/// `MeasureId`.
macro_rules! measures {
    ($($name:ident $id:literal $title:literal { $standing:expr, $unit:ident, $period:ident, $better:ident,
        inputs: [$($input:expr),* $(,)?] $(, $field:ident: $value:expr)* $(,)? })*) => {
        pub(super) const MEASURES: &[Row] = &[$(Row {
            id: $id,
            title: $title,
            standing: $standing,
            unit: Unit::$unit,
            period: PeriodKind::$period,
            better: Better::$better,
            inputs: &[$($input),*],
            $($field: $value,)*
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
