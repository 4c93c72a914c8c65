//! Files that look like data and are in a form that is not read: left out without a word, they would be figures that
//! are wrong.

use std::fs;
use std::io::Read;
use std::path::Path;

use csc_measures::tables::Table;
use csc_measures::visible;

use crate::ReadError;
use crate::csv_records::separated;
use crate::opened;

/// How much of a file is looked at.
const GLIMPSE: u64 = 64 << 10;
/// So many columns of one table are not an accident.
const MANY_COLUMNS: usize = 3;

/// The error of a file in a folder, if it has the name of a table or a return, or a first line of their columns, and
/// is in no form that is read.
pub(crate) fn refusal(path: &Path) -> Option<ReadError> {
    if !path.is_file() {
        return None;
    }
    let file = visible(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned();
    let (looks_like, save_as) = named(path).or_else(|| headed(path))?;
    Some(ReadError::UnreadForm { file, looks_like, save_as })
}

/// What the name of a file says that it is, and what to save it as.
fn named(path: &Path) -> Option<(String, String)> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let first = name.split('.').find(|part| !part.is_empty())?;
    if let Some(table) = [&stem[..], first].into_iter().find_map(|name| Table::by_name(name).ok()) {
        return Some((format!("has the name of table `{table}`"), save_table_as(table)));
    }
    #[cfg(feature = "returns")]
    {
        let folded: String = first.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let is_of = |marks: &[&str]| marks.iter().any(|mark| folded.contains(mark));
        let of_return = |title: &str, form: &str| Some((format!("has the name of {title}"), form.to_owned()));
        // A file in the form of the return is not at fault here: its reader says what is wrong with it.
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ["xlsx", "xlsm", "xml", "json", "jsonl", "ndjson"].contains(&&extension[..]) {
            return None;
        }
        if is_of(&["annexa"]) {
            return of_return("an Annex A workbook", "an Excel workbook (.xlsx)");
        }
        if is_of(&["cincensus"]) {
            return of_return("a children in need census", "an XML file (.xml)");
        }
        if is_of(&["ssda903"]) || crate::ssda903::Kind::is_name(&folded) {
            return of_return("a file of SSDA903", "a CSV file (.csv)");
        }
    }
    None
}

/// What the first line of a file says that it is, and what to save it as.
fn headed(path: &Path) -> Option<(String, String)> {
    let bytes = fs::metadata(path).ok()?.len();
    let mut glimpse = Vec::new();
    opened::open(path, bytes).ok()?.0.take(GLIMPSE).read_to_end(&mut glimpse).ok()?;
    let text = text(&glimpse);
    let by = char::from(separated(text.as_bytes()).by);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("sep="))?;
    let names: Vec<&str> =
        line.split(by).map(|name| name.trim_matches(|c: char| c == '"' || c.is_whitespace())).collect();
    let known = |table: &Table| names.iter().filter(|name| table.column(name).is_some()).count();
    let (count, table) =
        Table::ALL.iter().map(|table| (known(table), *table)).max_by_key(|(count, _)| *count)?;
    if count >= MANY_COLUMNS {
        return Some((format!("has columns of table `{table}`"), save_table_as(table)));
    }
    #[cfg(feature = "returns")]
    if names.iter().filter(|name| crate::ssda903::Kind::has_mark(name)).count() >= MANY_COLUMNS {
        return Some(("has columns of SSDA903".to_owned(), "a CSV file (.csv)".to_owned()));
    }
    None
}

fn save_table_as(table: Table) -> String {
    format!("a CSV file (`{table}.csv`) or a Parquet file")
}

/// Whether a text is in UTF-16: with its mark, or by the empty half of its first character.
#[cfg(feature = "returns")]
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, ..] | [_, 0, ..])
}

/// The text of a beginning, also of one in UTF-16, as some programs save text.
pub(crate) fn text(bytes: &[u8]) -> String {
    let units =
        |of: fn([u8; 2]) -> u16| bytes.as_chunks::<2>().0.iter().map(|pair| of(*pair)).collect::<Vec<_>>();
    match bytes {
        [0xFF, 0xFE, ..] | [_, 0, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        [0xFE, 0xFF, ..] | [0, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
    .trim_start_matches('\u{feff}')
    .to_owned()
}
