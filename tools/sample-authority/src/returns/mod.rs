//! The authority's returns, made from the tables that it has written.
//!
//! They hold what such returns hold and no more. What no table tells and a return must have (sex, ethnicity, the
//! category of need) is the same code for everybody; dates that nobody knows are left out.

mod annex_a;
mod cases;
mod cin_census;
mod csc_api;
mod ssda903;
mod tables;
mod year;

use std::error::Error;
use std::fs::create_dir_all;
use std::path::Path;

use crate::council::Names;
use tables::Tables;

type Done = Result<(), Box<dyn Error>>;

/// Sex and ethnicity of everybody: not known, not yet obtained.
const SEX: &str = "U";
const ETHNICITY: &str = "NOBT";

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

/// Writes returns into folders of their own, from the tables in a folder; of Annex A so many workbooks, a month
/// apart.
pub(crate) fn write(folder: &Path, names: Names, returns: &[Return], workbooks: u32) -> Done {
    let tables = Tables { folder, names };
    for kind in returns {
        let to = folder.join("returns").join(kind.name());
        create_dir_all(&to)?;
        match kind {
            Return::Ssda903 => ssda903::write(&to, &tables)?,
            Return::CinCensus => cin_census::write(&to, &tables)?,
            Return::CscApi => csc_api::write(&to, &tables)?,
            Return::AnnexA => annex_a::write(&to, &tables, workbooks)?,
        }
    }
    Ok(())
}
