//! Tables that go whole to every part of an authority's rows, where they are looked up, and are counted in one.

use crate::tables::Table;

/// The tables that can be there only to be looked up: those of workers, and those of children in court.
pub(crate) const CAN_BE: [Table; 4] =
    [Table::Workers, Table::Involvements, Table::CareProceedings, Table::FinalOrderApplications];

/// The tables that are counted together.
pub(crate) const TOGETHER: [[Table; 2]; 2] =
    [[Table::Workers, Table::Involvements], [Table::CareProceedings, Table::FinalOrderApplications]];
