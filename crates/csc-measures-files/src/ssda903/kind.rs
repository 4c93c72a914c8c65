//! What a file of the return is, by its columns.

use std::path::Path;

use crate::ReadError;
use crate::sheet::Sheet;

/// A file of the return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Who the children are.
    Header,
    /// Their episodes.
    Episodes,
    /// Unaccompanied asylum-seeking children.
    Uasc,
    /// Reviews held.
    Reviews,
    /// Care leavers, with what they do.
    Leavers,
    /// Adoptions.
    Adoptions,
    /// Children placed for adoption.
    Placed,
    /// A file of the return that no measure reads: health, missing, previous permanence, social workers,
    /// deprivation of liberty.
    Unread,
}

impl Kind {
    /// The columns that only such a file has.
    const MARKS: [(Self, &'static [&'static str]); 12] = [
        (Self::Episodes, &["CHILD", "DECOM", "RNE", "LS", "PLACE"]),
        (Self::Uasc, &["CHILD", "DUC"]),
        (Self::Reviews, &["CHILD", "REVIEW"]),
        (Self::Leavers, &["CHILD", "IN_TOUCH", "ACTIV"]),
        (Self::Adoptions, &["CHILD", "DATE_INT", "DATE_MATCH"]),
        (Self::Placed, &["CHILD", "DATE_PLACED"]),
        (Self::Unread, &["CHILD", "SDQ_SCORE"]),
        (Self::Unread, &["CHILD", "MIS_START"]),
        (Self::Unread, &["CHILD", "PREV_PERM"]),
        (Self::Unread, &["CHILD", "SW_ID"]),
        (Self::Unread, &["CHILD", "DOLO_START"]),
        (Self::Header, &["CHILD", "DOB", "ETHNIC"]),
    ];

    /// The names that the files of the return go by.
    const NAMES: [&'static str; 13] = [
        "header",
        "episodes",
        "uasc",
        "reviews",
        "oc2",
        "oc3",
        "ad1",
        "sbpfa",
        "placedforadoption",
        "shouldbeplacedforadoption",
        "missing",
        "prevperm",
        "previouspermanence",
    ];

    /// Whether a file of the return goes by a name, in small letters and figures alone.
    pub(crate) fn is_name(name: &str) -> bool {
        Self::NAMES.contains(&name)
    }

    /// Whether files of the return are known by a column.
    pub(crate) fn has_mark(column: &str) -> bool {
        Self::MARKS.iter().any(|(_, marks)| marks.iter().any(|mark| column.eq_ignore_ascii_case(mark)))
    }

    /// What a file is; `None` if it is not one of the return's.
    pub(crate) fn of(path: &Path) -> Result<Option<Self>, ReadError> {
        let header = Sheet::read_header(path)?;
        let has = |marks: &[&str]| marks.iter().all(|mark| header.has(mark));
        Ok(Self::MARKS.iter().find(|(_, marks)| has(marks)).map(|(kind, _)| *kind))
    }

    /// The columns whose latest date says of which year the return is.
    pub(crate) fn dates_of_year(self) -> &'static [&'static str] {
        match self {
            Self::Episodes | Self::Reviews => self.dates(),
            _ => &[],
        }
    }

    /// The columns with dates of what happened, by which a file without a year in its name is placed.
    pub(crate) fn dates(self) -> &'static [&'static str] {
        match self {
            Self::Episodes => &["DECOM", "DEC"],
            Self::Reviews => &["REVIEW"],
            Self::Adoptions => &["DATE_INT", "DATE_MATCH"],
            Self::Placed => &["DATE_PLACED", "DATE_PLACED_CEASED"],
            Self::Header | Self::Uasc | Self::Leavers | Self::Unread => &[],
        }
    }
}
