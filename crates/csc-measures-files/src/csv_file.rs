//! CSV into a table: lines are split where they lie, a buffer at a time.

use std::num::NonZeroUsize;

use csc_measures::{Chunk, Column, DatasetBuilder, DatasetError, Layout, Text, Validity};

use crate::csv_lines::Lines;
use crate::csv_record::{MOST_FIELDS, Record};
use crate::csv_records::{Fault, Records};
use crate::{ReadError, TableFile, opened};

/// Reads the file into the builder, and reports rows and bytes after each chunk.
pub(crate) fn read(
    file: &TableFile,
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let failed = |error| ReadError::File { file: file.name.clone(), error };
    let (input, passed) = opened::open(&file.path, file.bytes).map_err(failed)?;
    let mut tell = |rows, _| tell(rows, passed.bytes());
    read_from(Records::new(input), (&file.name, &file.given), chunk_rows, builder, &mut tell)
}

/// Reads CSV, of a file or of a text in memory, into the table of a name. Messages call the file by `name`.
pub(crate) fn read_from(
    mut records: Records<'_>,
    (name, table): (&str, &str),
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let mut record = Record::default();
    let found = records.next(&mut record).map_err(|fault| fault.at(name, 0, &[]))?;
    if !found {
        return Err(ReadError::NoHeader { file: name.to_owned() });
    }
    if record.is_stray() {
        return Err(ReadError::StrayHeader { file: name.to_owned() });
    }
    if record.is_too_wide() {
        return Err(Fault::TooLong { column: MOST_FIELDS }.at(name, 0, &[]));
    }
    let header: Vec<String> =
        record.fields().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
    let table_error = |error: DatasetError| ReadError::Table { file: name.to_owned(), error };
    let mut known = builder.header(table).map_err(|error| table_error(error.into()))?;
    // The places of the columns that the table knows; the others are not handed over.
    let places: Vec<usize> =
        header.iter().enumerate().filter(|(_, column)| known.push(column)).map(|(place, _)| place).collect();
    known.leave_out_unknown();
    let mut table = builder.begin(known).map_err(table_error)?;

    let mut rows = 0;
    let mut is_end = false;
    let mut chunk = Lines::new(header.len(), records.separator());
    while !is_end {
        chunk.clear();
        is_end = match records.chunk(&mut chunk, &mut record, chunk_rows.get()) {
            Ok(is_end) => is_end,
            Err(fault) => return Err(fault.at(name, rows + chunk.rows() as u64 + 1, &header)),
        };
        let (ends, width, bytes) = (chunk.ends(), header.len(), chunk.bytes());
        let columns: Vec<Column<'_>> = places
            .iter()
            .map(|place| {
                let text = Text::of(Layout::Fields { ends, width, place: *place, bytes }, Validity::ALL);
                let unreadable = Column::Unreadable { rows: chunk.rows(), validity: Validity::ALL };
                text.map_or(unreadable, Column::Text)
            })
            .collect();
        table
            .chunk(&Chunk { rows: chunk.rows(), columns: &columns, bad_rows: chunk.bad() })
            .map_err(table_error)?;
        rows += chunk.rows() as u64;
        tell(rows, records.bytes());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_character_is_unreadable_also_beside_its_other_half() {
        let text = b"policy_id,title\n\xc3,\xa9\n1,\xc3\xa9\n\"\xc3\",\"\xa9\"\n";
        let mut builder = csc_measures::Dataset::builder();
        let rows = NonZeroUsize::new(10).unwrap();
        let records = Records::of_text(text);
        read_from(records, ("policies", "policies"), rows, &mut builder, &mut |_, _| ()).unwrap();
        let dataset = builder.build();
        let issues: Vec<_> =
            dataset.issues().iter().map(|issue| (issue.row(), issue.column().unwrap())).collect();
        assert_eq!(issues, [(1, "policy_id"), (1, "title"), (3, "policy_id"), (3, "title")]);
    }
}
