//! A Parquet file into a table: the columns that the table knows, chunk by chunk.

use std::fs::File;
use std::io::{self, BufReader};
use std::num::NonZeroUsize;

use csc_measures::{Chunk, Column, DatasetBuilder, DatasetError, Header, TableBuilder};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::arrow_hints::{self, Hint};
use crate::decoder::decode;
use crate::opened::changed;
use crate::parquet_column::Cells;
use crate::parquet_sizes::{self, Span};
use crate::parquet_texts::Reader;
use crate::parquet_type::{self, Kind, Refused};
use crate::{ReadError, TableFile};

/// The rows of a column that are decoded in one go.
const ROWS_AT_ONCE: usize = 8192;
/// The text that may be decoded in one go, in bytes: an encoding that shares beginnings writes a text as long as
/// its page in a few bytes, over and over.
const TEXT_AT_ONCE: usize = 1 << 30;

/// The largest page whose texts get a key each before the first is read, in bytes. Writers make pages of about a
/// megabyte; keys and views take up to five times as much as the page.
const LARGEST_KEYED: i64 = 1 << 24;

/// A column that is read.
#[derive(Debug)]
pub(crate) struct Known {
    /// Its place in the file.
    place: usize,
    pub(crate) kind: Kind,
    rows_at_once: usize,
    /// Whether it is text, in pages that have texts as they are or as places in a dictionary.
    is_keyed: bool,
}

/// Reads the file into the builder, and reports rows and bytes after each chunk.
pub(crate) fn read(
    file: &TableFile,
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let damaged = |error: &dyn std::fmt::Display| damaged(file, error);
    let failed = |error| ReadError::File { file: file.name.clone(), error };
    let check_length = |input: &File| match input.metadata() {
        Ok(about) if about.len() == file.bytes => Ok(()),
        Ok(_) => Err(failed(changed(file.bytes))),
        Err(error) => Err(failed(error)),
    };
    let input = File::open(&file.path).map_err(failed)?;
    check_length(&input)?;
    parquet_sizes::check_footer(&mut BufReader::new(&input)).map_err(|error| damaged(&error))?;
    let parquet = decode(|| SerializedFileReader::new(input))
        .map_err(|error| damaged(&error))?
        .map_err(|error| damaged(&error))?;

    let metadata = parquet.metadata();
    let refused = |error: DatasetError| ReadError::Table { file: file.name.clone(), error };
    let mut header = builder.header(&file.given).map_err(|error| refused(error.into()))?;
    let places = known_places(&mut header, metadata);
    header.leave_out_unknown();
    let mut table = builder.begin(header).map_err(refused)?;
    let mut columns = known_columns(file, metadata, &places)?;
    let input = File::open(&file.path).map_err(|error| damaged(&error))?;
    check_pages(input, metadata, &mut columns).map_err(|error| damaged(&error))?;

    let total_rows = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or_default();
    let mut rows = 0;
    for group in 0..metadata.num_row_groups() {
        let mut readers = decode(|| readers(&parquet, group, &columns))
            .map_err(|error| damaged(&error))?
            .map_err(|error| damaged(&error))?;
        let mut chunks = Chunks { file, columns: &columns, readers: &mut readers, chunk_rows };
        let claimed = metadata.row_group(group).num_rows();
        chunks.read(claimed, &mut table, &mut |read| {
            rows += read;
            tell(rows, proportion(file.bytes, rows, total_rows));
        })?;
    }
    Ok(())
}

/// The places and names of the columns that the table knows.
fn known_places<'a>(header: &mut Header, metadata: &'a ParquetMetaData) -> Vec<(usize, &'a str)> {
    let fields = metadata.file_metadata().schema_descr().root_schema().get_fields();
    let named = fields.iter().map(|field| field.name().trim()).enumerate();
    named.filter(|(_, name)| header.push(name)).collect()
}

/// What is read of them, and as what.
pub(crate) fn known_columns(
    file: &TableFile,
    metadata: &ParquetMetaData,
    places: &[(usize, &str)],
) -> Result<Vec<Known>, ReadError> {
    let schema = metadata.file_metadata().schema_descr();
    let fields = schema.root_schema().get_fields();
    let hints = hints(metadata).map_err(|error| damaged(file, &error))?;
    let mut first_leaves = vec![None; fields.len()];
    for leaf in (0..schema.num_columns()).rev() {
        if let Some(first) = first_leaves.get_mut(schema.get_column_root_idx(leaf)) {
            *first = Some(leaf);
        }
    }
    let mut columns = Vec::with_capacity(places.len());
    for (place, name) in places {
        let Some(field) = fields.get(*place) else { continue };
        let hint = hints.as_ref().and_then(|hints| hints.get(*place));
        let kind = parquet_type::kind(field, hint).map_err(|refused| match refused {
            Refused::Nested(type_name) => {
                ReadError::Column { file: file.name.clone(), column: (*name).to_owned(), type_name }
            }
            Refused::Impossible(message) => damaged(file, &message),
        })?;
        let leaf = first_leaves.get(*place).copied().flatten();
        let place = leaf.ok_or_else(|| damaged(file, &"a column that the schema does not have"))?;
        columns.push(Known { place, kind, rows_at_once: ROWS_AT_ONCE, is_keyed: kind == Kind::Text });
    }
    Ok(columns)
}

/// What a writer of Arrow says of the columns, if there is such a thing; it is then said of each.
fn hints(metadata: &ParquetMetaData) -> Result<Option<Vec<Hint>>, arrow_hints::Malformed> {
    let metadata = metadata.file_metadata();
    let mut entries = metadata.key_value_metadata().into_iter().flatten();
    let entry = entries.rfind(|entry| entry.key == arrow_hints::KEY && entry.value.is_some());
    let Some(encoded) = entry.and_then(|entry| entry.value.as_ref()) else { return Ok(None) };
    let hints = arrow_hints::hints(encoded)?;
    let fields = metadata.schema_descr().root_schema().get_fields();
    let names = hints.iter().map(|hint| hint.name.as_str());
    if names.eq(fields.iter().map(|field| field.name())) {
        Ok(Some(hints))
    } else {
        Err(arrow_hints::Malformed)
    }
}

/// Looks at the pages that will be read, before the decoder makes room for what they say.
pub(crate) fn check_pages(input: File, metadata: &ParquetMetaData, columns: &mut [Known]) -> io::Result<()> {
    let outside = || io::Error::new(io::ErrorKind::InvalidData, "a column that lies outside the file");
    let mut input = BufReader::new(input);
    for group in metadata.row_groups() {
        for known in &mut *columns {
            let column = group.columns().get(known.place).ok_or_else(outside)?;
            let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
            let (Ok(start), Ok(length)) = (start.try_into(), column.compressed_size().try_into()) else {
                return Err(outside());
            };
            let pages = parquet_sizes::check_pages(&mut input, Span { start, length })?;
            // No text is longer than its page.
            let texts = usize::try_from(pages.largest).map_or(1, |largest| TEXT_AT_ONCE / largest.max(1));
            known.is_keyed &= pages.are_plain && pages.largest <= LARGEST_KEYED;
            known.rows_at_once = known.rows_at_once.min(texts).max(1);
        }
    }
    Ok(())
}

/// The readers of the columns of a row group.
pub(crate) fn readers(
    parquet: &SerializedFileReader<File>,
    group: usize,
    columns: &[Known],
) -> parquet::errors::Result<Vec<Reader>> {
    let group = parquet.get_row_group(group)?;
    let schema = parquet.metadata().file_metadata().schema_descr();
    let reader = |column: &Known| {
        let pages = group.get_column_page_reader(column.place)?;
        Reader::new(schema.column(column.place), column.is_keyed, pages)
    };
    columns.iter().map(reader).collect()
}

/// A row group on its way into the table.
struct Chunks<'a> {
    file: &'a TableFile,
    columns: &'a [Known],
    readers: &'a mut [Reader],
    chunk_rows: NonZeroUsize,
}

impl Chunks<'_> {
    /// Reads the group, whose columns have as many values each as it says it has rows.
    fn read(
        &mut self,
        claimed: i64,
        table: &mut TableBuilder<'_>,
        tell: &mut dyn FnMut(u64),
    ) -> Result<(), ReadError> {
        let uneven = || damaged(self.file, &"its columns do not all have as many values as it has rows");
        let mut left = u64::try_from(claimed).map_err(|_| uneven())?;
        loop {
            let cells = decode(|| self.cells())
                .map_err(|error| damaged(self.file, &error))?
                .map_err(|error| damaged(self.file, &error))?;
            let rows = cells.first().map_or(0, Cells::rows);
            let is_even = cells.iter().all(|cells| cells.rows() == rows);
            let read = u64::try_from(rows).unwrap_or(u64::MAX);
            left = left
                .checked_sub(read)
                .filter(|left| is_even && (rows > 0 || *left == 0))
                .ok_or_else(uneven)?;
            if rows == 0 {
                return Ok(());
            }
            let columns: Vec<Column<'_>> = cells.iter().map(Cells::column).collect();
            table
                .chunk(&Chunk { rows, columns: &columns, bad_rows: &[] })
                .map_err(|error| ReadError::Table { file: self.file.name.clone(), error })?;
            tell(read);
        }
    }

    /// The next rows of each column; none at the end.
    fn cells(&mut self) -> parquet::errors::Result<Vec<Cells>> {
        let columns = self.columns.iter().zip(&mut *self.readers);
        columns
            .map(|(column, reader)| {
                Cells::read(reader, column.kind, self.chunk_rows.get(), column.rows_at_once)
            })
            .collect()
    }
}

/// The part of the bytes that goes with a part of the rows.
fn proportion(bytes: u64, rows: u64, total_rows: u64) -> u64 {
    let part = u128::from(bytes) * u128::from(rows) / u128::from(total_rows.max(1));
    u64::try_from(part).unwrap_or(bytes)
}

fn damaged(file: &TableFile, error: &dyn std::fmt::Display) -> ReadError {
    let message = error.to_string().lines().map(str::trim).collect::<Vec<_>>().join(" ");
    ReadError::Parquet { file: file.name.clone(), message }
}
