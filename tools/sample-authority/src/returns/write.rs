//! The returns that there are, and how they are written.

use std::fs::create_dir_all;
use std::path::Path;

use super::{annex_a, cin_census, csc_api, ssda903};
use crate::done::Done;
use crate::tables::Tables;

/// A return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Return {
    /// Looked after children: the CSV files of SSDA903, a folder for each year.
    Ssda903,
    /// The children in need census, an XML file for each year.
    CinCensus,
    /// Children as they are sent to the DfE's API, in JSON, as on the day of the extract.
    CscApi,
    /// The lists of an inspection, a workbook as at the last day of a month.
    AnnexA,
}

impl Return {
    const fn name(self) -> &'static str {
        match self {
            Self::Ssda903 => "ssda903",
            Self::CinCensus => "cin_census",
            Self::CscApi => "csc_api",
            Self::AnnexA => "annex_a",
        }
    }
}

/// Writes returns into folders of their own in a folder, from the tables; of Annex A so many workbooks, a month
/// apart.
pub(crate) fn write(tables: &Tables<'_>, folder: &Path, returns: &[Return], workbooks: u32) -> Done {
    for kind in returns {
        let to = folder.join("returns").join(kind.name());
        create_dir_all(&to)?;
        match kind {
            Return::Ssda903 => ssda903::write(&to, tables)?,
            Return::CinCensus => cin_census::write(&to, tables)?,
            Return::CscApi => csc_api::write(&to, tables)?,
            Return::AnnexA => annex_a::write(&to, tables, workbooks)?,
        }
    }
    Ok(())
}
