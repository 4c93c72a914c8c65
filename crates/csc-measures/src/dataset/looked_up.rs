//! Tables that go whole to every part of an authority's rows, where they are looked up, and are counted in one.

use crate::tables::Table;

/// The tables that can be there only to be looked up, those that are counted together beside each other: of workers, and of
/// children in court.
pub(crate) const TOGETHER: [[Table; 2]; 2] =
    [[Table::Workers, Table::Involvements], [Table::CareProceedings, Table::FinalOrderApplications]];
