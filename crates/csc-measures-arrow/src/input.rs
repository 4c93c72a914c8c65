//! Tables in: record batches to a dataset under construction.

use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Fields, Schema};
use csc_measures::tables::Table;
use csc_measures::{Chunk, Column, DatasetBuilder, DatasetError, ErrorKind, Scalar};

use crate::column::{ArrayColumn, ColumnError};

/// Why a table cannot be taken from Arrow.
///
/// The rows that came before the error are in the builder: let the builder go.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArrowInputError {
    /// What the dataset refuses: an unknown table, a required column that is not there.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The stream broke off.
    #[error("table `{table}` could not be read to its end: {source}")]
    Stream {
        /// The table, by the name given.
        table: String,
        /// What the stream said.
        source: ArrowError,
    },
    /// A batch with other columns, or the same of other types, than its stream.
    #[error("table `{table}`: batch {batch} differs from the stream in its columns: {difference}")]
    OtherColumns {
        /// The table, by the name given.
        table: String,
        /// The batch, 1 = the first.
        batch: usize,
        /// The first difference.
        difference: String,
    },
    /// A column that cannot be read.
    #[error("table `{table}`, column `{column}`: {source}")]
    Column {
        /// The table, by the name given.
        table: String,
        /// The column, by its name in the stream.
        column: String,
        /// Why not.
        source: ColumnError,
    },
    /// An array that is no struct with a field for each column.
    #[error("table `{table}`: expected a struct of columns, found an array of type {data_type}")]
    NotAStruct {
        /// The table, by the name given.
        table: String,
        /// The type.
        data_type: DataType,
    },
    /// A struct of the Arrow C data interface that is not as the interface says.
    #[cfg(feature = "ffi")]
    #[error("table `{table}`: {source}")]
    Interface {
        /// The table, by the name given.
        table: String,
        /// What is wrong.
        source: crate::interface::InterfaceError,
    },
}

impl ArrowInputError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Dataset(error) => error.kind(),
            Self::Stream { .. } => ErrorKind::Unreadable,
            #[cfg(feature = "ffi")]
            Self::Interface { .. } => ErrorKind::Unreadable,
            Self::Column { source, .. } => source.kind(),
            Self::OtherColumns { .. } | Self::NotAStruct { .. } => ErrorKind::BadTable,
        }
    }
}

/// Takes a table from record batches of one schema. A schema without batches is an empty table: supplied, and
/// there were none.
///
/// `table` and the names of the columns are the library's own or those of the Standard Safeguarding Dataset;
/// columns that the table does not know are not looked at.
///
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{Date32Array, RecordBatch, StringArray};
/// use csc_measures::Dataset;
/// use csc_measures_arrow::add_batches;
///
/// let batch = RecordBatch::try_from_iter([
///     ("cppl_cp_plan_id", Arc::new(StringArray::from(vec!["CP1"])) as _),
///     ("cppl_person_id", Arc::new(StringArray::from(vec!["P1"])) as _),
///     ("cppl_cp_plan_start_date", Arc::new(Date32Array::from(vec![17_169])) as _),
/// ])?;
/// let mut builder = Dataset::builder();
/// add_batches(&mut builder, "ssd_cp_plans", &batch.schema(), [Ok(batch)])?;
/// assert!(builder.build().issues().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ArrowInputError`]; the builder is then to be let go.
pub fn add_batches(
    builder: &mut DatasetBuilder,
    table: &str,
    schema: &Schema,
    batches: impl IntoIterator<Item = Result<RecordBatch, ArrowError>>,
) -> Result<(), ArrowInputError> {
    let mut input = Input::start(builder, table, schema.fields())?;
    for (batch, number) in batches.into_iter().zip(1..) {
        let batch = batch.map_err(|source| ArrowInputError::Stream { table: table.to_owned(), source })?;
        input.check(number, batch.schema_ref().fields())?;
        input.take(batch.num_rows(), batch.columns(), None)?;
    }
    Ok(())
}

/// Takes a table from a reader of record batches: a stream of the C data interface, a Parquet file.
///
/// # Errors
/// As [`add_batches`].
pub fn add_reader(
    builder: &mut DatasetBuilder,
    table: &str,
    reader: impl RecordBatchReader,
) -> Result<(), ArrowInputError> {
    let schema = reader.schema();
    add_batches(builder, table, &schema, reader)
}

/// Takes a table from one array of structs, as which the C data interface and the Arrow PyCapsule interface
/// hand over a record batch. A row that is null as a whole has a null in every column.
///
/// # Errors
/// As [`add_batches`]; an array that is none of structs.
pub fn add_struct_array(
    builder: &mut DatasetBuilder,
    table: &str,
    array: &dyn Array,
) -> Result<(), ArrowInputError> {
    let Some(array) = array.as_any().downcast_ref::<StructArray>() else {
        let data_type = array.data_type().clone();
        return Err(ArrowInputError::NotAStruct { table: table.to_owned(), data_type });
    };
    let mut input = Input::start(builder, table, array.fields())?;
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
    let valid = nulls.map(|nulls| BooleanArray::from(nulls.inner().clone()));
    input.take(array.len(), array.columns(), valid.as_ref())
}

/// A table that is being taken in.
pub(crate) struct Input<'b> {
    name: &'b str,
    fields: &'b Fields,
    /// Which of the fields the table knows.
    is_known: Vec<bool>,
    builder: csc_measures::TableBuilder<'b>,
}

impl<'b> Input<'b> {
    pub(crate) fn start(
        builder: &'b mut DatasetBuilder,
        name: &'b str,
        fields: &'b Fields,
    ) -> Result<Self, ArrowInputError> {
        let header: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
        let builder = builder.table(name, &header)?;
        let table = Table::by_name(name).map_err(DatasetError::from)?;
        let is_known = header.iter().map(|column| table.column(column).is_some()).collect();
        Ok(Self { name, fields, is_known, builder })
    }

    /// A batch has the stream's columns: what is nullable, and metadata, may differ.
    fn check(&self, batch: usize, fields: &Fields) -> Result<(), ArrowInputError> {
        if fields.len() == self.fields.len()
            && (std::ptr::eq(fields.as_ptr(), self.fields.as_ptr()) || fields == self.fields)
        {
            return Ok(());
        }
        let other = |difference| {
            Err(ArrowInputError::OtherColumns { table: self.name.to_owned(), batch, difference })
        };
        if fields.len() != self.fields.len() {
            return other(format!("expected {} columns, found {}", self.fields.len(), fields.len()));
        }
        for (found, expected) in fields.iter().zip(self.fields) {
            if found.name() != expected.name() {
                return other(format!("expected `{}`, found `{}`", expected.name(), found.name()));
            }
            if !found.data_type().equals_datatype(expected.data_type()) {
                let (name, found, expected) = (found.name(), found.data_type(), expected.data_type());
                return other(format!("expected `{name}` of type {expected}, found {found}"));
            }
        }
        Ok(())
    }

    /// Takes the rows of a batch; those that are not `valid` are null as a whole.
    pub(crate) fn take(
        &mut self,
        length: usize,
        arrays: &[ArrayRef],
        valid: Option<&BooleanArray>,
    ) -> Result<(), ArrowInputError> {
        let mut columns = Vec::with_capacity(arrays.len());
        for ((field, array), is_known) in self.fields.iter().zip(arrays).zip(&self.is_known) {
            let column = is_known.then(|| ArrayColumn::of_field(field, array)).transpose();
            columns.push(column.map_err(|source| ArrowInputError::Column {
                table: self.name.to_owned(),
                column: field.name().clone(),
                source,
            })?);
        }
        let columns: Vec<Column<'_>> = columns
            .iter()
            .map(|column| column.as_ref().map_or(Column::Nulls(length), ArrayColumn::column))
            .collect();
        let Some(valid) = valid else {
            self.builder.chunk(&Chunk { rows: length, columns: &columns, bad_rows: &[] })?;
            return Ok(());
        };
        // What lies under a struct that is null as a whole is not a value.
        let is_there = |row: usize| row < valid.len() && valid.value(row);
        let masked: Vec<Vec<Scalar<'_>>> = columns
            .iter()
            .map(|column| {
                let value = |row| if is_there(row) { column.value(row) } else { Scalar::Null };
                (0..length).map(value).collect()
            })
            .collect();
        let masked: Vec<Column<'_>> = masked.iter().map(|values| Column::Values(values)).collect();
        self.builder.chunk(&Chunk { rows: length, columns: &masked, bad_rows: &[] })?;
        Ok(())
    }
}
