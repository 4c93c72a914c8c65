//! A Parquet file into a table: the columns that the table knows, batch by batch.

use std::fs::File;
use std::io::{self, BufReader};
use std::num::NonZeroUsize;

use csc_measures::{Chunk, Column, DatasetBuilder};
use csc_measures_arrow::ArrayColumn;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::ParquetMetaData;

use crate::decoder::decode;
use crate::parquet_sizes::{self, Span};
use crate::{ReadError, TableFile};

/// Reads the file into the builder, and tells of rows and bytes after each batch.
pub(crate) fn read(
    file: &TableFile,
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let damaged = |error: &dyn std::fmt::Display| ReadError::Parquet {
        file: file.name.clone(),
        message: one_line(error),
    };
    let input = File::open(&file.path).map_err(|error| ReadError::File { file: file.name.clone(), error })?;
    parquet_sizes::check_footer(&mut BufReader::new(&input)).map_err(|error| damaged(&error))?;
    let parquet = decode(|| ParquetRecordBatchReaderBuilder::try_new(input))
        .map_err(|error| damaged(&error))?
        .map_err(|error| damaged(&error))?;

    let (places, header): (Vec<usize>, Vec<String>) = parquet
        .schema()
        .fields()
        .iter()
        .enumerate()
        .map(|(place, field)| (place, field.name().trim().to_owned()))
        .filter(|(_, name)| file.table.column(name).is_some())
        .unzip();
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = builder
        .table(file.table.name(), &names)
        .map_err(|error| ReadError::Table { file: file.name.clone(), error })?;

    let total_rows = u64::try_from(parquet.metadata().file_metadata().num_rows()).unwrap_or_default();
    let mask = ProjectionMask::roots(parquet.parquet_schema(), places);
    check_pages(file, parquet.metadata(), &mask).map_err(|error| damaged(&error))?;
    let parquet = parquet.with_projection(mask).with_batch_size(chunk_rows.get());
    let mut batches =
        decode(|| parquet.build()).map_err(|error| damaged(&error))?.map_err(|error| damaged(&error))?;
    let mut rows = 0;
    while let Some(batch) = decode(|| batches.next()).map_err(|error| damaged(&error))? {
        let batch = batch.map_err(|error| damaged(&error))?;
        let mut arrays = Vec::with_capacity(names.len());
        for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
            arrays.push(ArrayColumn::of_field(field, array).map_err(|error| ReadError::Column {
                file: file.name.clone(),
                column: field.name().trim().to_owned(),
                error,
            })?);
        }
        let columns: Vec<Column<'_>> = arrays.iter().map(ArrayColumn::column).collect();
        table
            .chunk(&Chunk { rows: batch.num_rows(), columns: &columns, bad_rows: &[] })
            .map_err(|error| ReadError::Table { file: file.name.clone(), error })?;
        rows += batch.num_rows() as u64;
        tell(rows, proportion(file.bytes, rows, total_rows));
    }
    Ok(())
}

/// Looks at the pages that will be read, before the decoder makes room for what they say.
fn check_pages(file: &TableFile, metadata: &ParquetMetaData, mask: &ProjectionMask) -> io::Result<()> {
    let mut input = BufReader::new(File::open(&file.path)?);
    for group in metadata.row_groups() {
        for (_, column) in group.columns().iter().enumerate().filter(|(leaf, _)| mask.leaf_included(*leaf)) {
            let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
            let (Ok(start), Ok(length)) = (start.try_into(), column.compressed_size().try_into()) else {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a column that lies outside the file",
                ));
            };
            parquet_sizes::check_pages(&mut input, Span { start, length })?;
        }
    }
    Ok(())
}

/// The part of the bytes that goes with a part of the rows.
fn proportion(bytes: u64, rows: u64, total_rows: u64) -> u64 {
    let part = u128::from(bytes) * u128::from(rows) / u128::from(total_rows.max(1));
    u64::try_from(part).unwrap_or(bytes)
}

fn one_line(error: &dyn std::fmt::Display) -> String {
    error.to_string().lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
