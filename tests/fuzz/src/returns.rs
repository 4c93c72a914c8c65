//! Bytes as the files of a return.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;

use csc_measures::Dataset;
use csc_measures::tables::Table;
use csc_measures_files::{ReadError, read_sources};

use crate::{SEPARATOR, empty_folder};

/// The files of a return, by name. The first byte of an input says of which return they are.
pub struct Return(Vec<(String, Vec<u8>)>);

impl Return {
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (kind, rest) = bytes.split_first().unwrap_or((&0, &[]));
        let files = |end: &str| {
            let parts = rest.split(|byte| *byte == SEPARATOR).zip(2016..);
            parts.map(|(text, year)| (format!("{year}.{end}"), text.to_vec())).collect()
        };
        Self(match kind {
            b'c' => files("xml"),
            b'j' => files("json"),
            // A workbook as it is, and one whose only sheet is made of the bytes.
            b'x' => vec![("Annex A.xlsx".to_owned(), rest.to_vec())],
            b'w' => vec![("Annex A.xlsx".to_owned(), workbook(rest))],
            _ => files("csv"),
        })
    }

    /// Reads the files, each given by name.
    pub fn read(&self) -> Result<Dataset, ReadError> {
        let folder = empty_folder();
        let paths: Vec<_> = self.0.iter().map(|(name, _)| folder.join(name)).collect();
        for (path, (_, text)) in paths.iter().zip(&self.0) {
            fs::write(path, text).expect("a file can be written");
        }
        read_sources(paths)
    }
}

/// A workbook of one sheet, of which the bytes are the XML.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\">\
         <sheets><sheet name=\"List 7\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        archive.start_file(name, stored).expect("a part can be begun");
        archive.write_all(text).expect("a part can be written");
    }
    archive.finish().expect("the archive can be written").into_inner()
}

/// Rows are used, or out with an issue that says so; several may come from one place.
pub fn check_derived_rows(dataset: &Dataset) {
    let mut out: BTreeMap<Table, BTreeSet<(Option<&str>, u64)>> = BTreeMap::new();
    for issue in dataset.issues() {
        assert!(issue.row() >= 1);
        if issue.message().ends_with("the row is left out") {
            out.entry(issue.table()).or_default().insert((issue.source(), issue.row()));
        }
    }
    for count in dataset.tables() {
        let out = out.get(&count.table).map_or(0, BTreeSet::len) as u64;
        assert!(count.used + out <= count.rows, "{}", count.table);
        assert_eq!(count.used < count.rows, out > 0, "{}", count.table);
    }
}
