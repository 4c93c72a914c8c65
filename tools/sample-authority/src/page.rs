//! The page about the sample: its tables of figures stand between marks, and are written anew from an authority.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::faults::Faults;
use crate::figures::Figures;
use crate::{contents, improvement, rates};

/// Writes the figures of the authority in the folder into the page.
pub(crate) fn renew(
    path: &Path,
    folder: &Path,
    children: u64,
    faults: &Faults,
) -> Result<(), Box<dyn Error>> {
    let figures = Figures::read(folder, children)?;
    let mut page = fs::read_to_string(path)?.replace("\r\n", "\n");
    for (name, table) in [
        ("contents", contents::tables(&figures)),
        ("rates", rates::table(&figures)),
        ("improvement", improvement::table(&figures)?),
        ("faults", contents::faults(faults)),
    ] {
        page = replace(&page, name, &table).ok_or_else(|| format!("the page has no marks for {name}"))?;
    }
    fs::write(path, page)?;
    Ok(())
}

/// The page with new text between the marks of that name.
fn replace(page: &str, name: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(&format!("<!-- {name} -->\n"))?;
    let (_, after) = rest.split_once(&format!("<!-- end of {name} -->\n"))?;
    Some(format!("{before}<!-- {name} -->\n\n{text}\n\n<!-- end of {name} -->\n{after}"))
}
