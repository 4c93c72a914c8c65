//! Tables in: record batches to a dataset under construction.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader, StructArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{ArrowError, DataType, FieldRef, Fields, Schema};
use csc_measures::{
    Chunk, Column, DatasetBuilder, DatasetError, ErrorKind, Header, Rows, Scalar, TableBuilder,
};

use csc_measures_zones::london_day;

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
    /// An array that is not a struct with a field for each column.
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
/// # Examples
///
/// ## Columns under the names of the Standard Safeguarding Dataset
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
    let mut input = Input::of_fields(builder, table, schema.fields())?;
    for (batch, number) in batches.into_iter().zip(1..) {
        let batch = batch.map_err(|source| ArrowInputError::Stream { table: table.to_owned(), source })?;
        if let Some(difference) = difference(schema.fields(), batch.schema_ref().fields()) {
            return Err(ArrowInputError::OtherColumns { table: table.to_owned(), batch: number, difference });
        }
        input.take(batch.num_rows(), batch.columns().iter().map(Some), None)?;
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
    let mut input = Input::of_fields(builder, table, array.fields())?;
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
    input.take(array.len(), array.columns().iter().map(Some), nulls)
}

/// A batch has the stream's columns: what is nullable, and metadata, may differ.
fn difference(expected: &Fields, found: &Fields) -> Option<String> {
    if found.len() != expected.len() {
        return Some(format!("expected {} columns, found {}", expected.len(), found.len()));
    }
    if std::ptr::eq(found.as_ptr(), expected.as_ptr()) || found == expected {
        return None;
    }
    found.iter().zip(expected).find_map(|(found, expected)| {
        if found.name() != expected.name() {
            return Some(format!("expected `{}`, found `{}`", expected.name(), found.name()));
        }
        let (name, found, expected) = (found.name(), found.data_type(), expected.data_type());
        (!found.equals_datatype(expected))
            .then(|| format!("expected `{name}` of type {expected}, found {found}"))
    })
}

/// A table that is being taken in: whether it knows a column is asked once, and then the column's place says.
pub(crate) struct Input<'b> {
    table: &'b str,
    /// One for each column, if the table knows it.
    fields: Vec<Option<FieldRef>>,
    builder: TableBuilder<'b>,
}

impl<'b> Input<'b> {
    fn of_fields(
        builder: &'b mut DatasetBuilder,
        table: &'b str,
        fields: &Fields,
    ) -> Result<Self, ArrowInputError> {
        let mut header = builder.header(table).map_err(DatasetError::from)?;
        let fields =
            fields.iter().map(|field| header.push(field.name()).then(|| Arc::clone(field))).collect();
        Self::start(builder, table, header, fields)
    }

    /// Starts a table of columns of which those are given that its header found to be known.
    pub(crate) fn start(
        builder: &'b mut DatasetBuilder,
        table: &'b str,
        header: Header,
        fields: Vec<Option<FieldRef>>,
    ) -> Result<Self, ArrowInputError> {
        builder.london(london_day);
        Ok(Self { table, fields, builder: builder.begin(header)? })
    }

    /// The columns, of which each is there if the table knows it.
    #[cfg(feature = "ffi")]
    pub(crate) fn fields(&self) -> &[Option<FieldRef>] {
        &self.fields
    }

    /// Takes the rows of a batch: an array for each column, which need not be there if the table does not know
    /// the column. Rows that are not `valid` are null as a whole.
    pub(crate) fn take<'a>(
        &mut self,
        length: usize,
        arrays: impl Iterator<Item = Option<&'a ArrayRef>>,
        valid: Option<&NullBuffer>,
    ) -> Result<(), ArrowInputError> {
        let mut columns = Vec::with_capacity(self.fields.len());
        for (field, array) in self.fields.iter().zip(arrays) {
            let known = field.as_ref().zip(array);
            let column = known.map(|(field, array)| {
                ArrayColumn::of_field(field, array)
                    .map_err(|source| of_column(self.table, field.name(), source))
            });
            columns.push(column.transpose()?);
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
        let is_there = |row: usize| row < valid.len() && valid.is_valid(row);
        let mut masked = Rows::new(columns.len());
        for row in 0..length {
            masked.push(columns.iter().map(|column| match is_there(row) {
                true => column.value(row),
                false => Scalar::Null,
            }));
        }
        self.builder.chunk(&Chunk { rows: length, columns: &masked.columns(), bad_rows: &[] })?;
        Ok(())
    }
}

/// The error of a column.
pub(crate) fn of_column(table: &str, column: &str, source: ColumnError) -> ArrowInputError {
    ArrowInputError::Column { table: table.to_owned(), column: column.to_owned(), source }
}
