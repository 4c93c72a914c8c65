//! Tables in and batches out by the [Arrow C data interface] and the [C stream interface], through which data
//! frames of any language hand over their columns without a copy.
//!
//! # Who releases what
//!
//! A function that is given a struct takes ownership of its contents, also if it fails: the struct is marked as
//! released when the function returns, and the producer's `release` is called exactly once,
//! at the latest when the last array that shares its buffers is dropped. That may be on another thread, as the
//! interface allows.
//!
//! # What is checked
//!
//! Everything that the interface can show is checked: NULL in every place, structs that are released, texts that are
//! not UTF-8, types that do not exist, numbers of children and buffers, lengths, offsets and counts of nulls. Then
//! arrow-rs checks what buffers say of one another: offsets, views, keys of dictionaries, ends of runs. What is wrong
//! is an error. Buffers may be at any address: those that are not aligned are copied, others never. An array with a
//! text that is not UTF-8 comes as one of bytes.
//!
//! What it cannot show is the producer's duty, and the condition of every `unsafe` here: a pointer that is not
//! NULL points to what the interface says; texts end in NUL; buffers are as long as the array says, or as the
//! last offset does, or the lengths of a view; nothing changes them before they are released; callbacks do not
//! unwind; a stream ends, and its rows are as many as can be held: nulls and runs cost a producer nothing, and
//! the dataset a row each.
//!
//! Of a column that the table does not know only the name is looked at.
//!
//! [Arrow C data interface]: https://arrow.apache.org/docs/format/CDataInterface.html
//! [C stream interface]: https://arrow.apache.org/docs/format/CStreamInterface.html
#![expect(unsafe_code, reason = "the structs of the interface are pointers; each block says why it may")]
#![deny(clippy::undocumented_unsafe_blocks, unsafe_op_in_unsafe_fn)]

mod array;
mod error;
mod export;
mod foreign;
mod schema;
mod structs;

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::Field;
use csc_measures::{DatasetBuilder, DatasetError};

pub use error::InterfaceError;
pub use export::export_stream;
pub use structs::{ArrowArray, ArrowArrayStream, ArrowSchema};

use self::foreign::{Node, Taken};
use crate::column::ColumnError;
use crate::input::{ArrowInputError, Input, of_column};

/// Takes a table from a stream of structs, one for each batch of rows. A stream without batches is an empty
/// table: supplied, and there were none. A row that is null as a whole has a null in every column.
///
/// `table` and the names of the columns are as for [`add_batches`](crate::add_batches).
///
/// # Examples
///
/// ## A stream from another library of the same process
///
/// ```
/// use csc_measures::Dataset;
/// use csc_measures_arrow::{add_batches, interface};
/// # use std::sync::Arc;
/// # use arrow_array::{Date32Array, RecordBatch, StringArray};
/// # let batch = RecordBatch::try_from_iter([
/// #     ("compliment_id", Arc::new(StringArray::from(vec!["C1"])) as _),
/// #     ("received_date", Arc::new(Date32Array::from(vec![17_169])) as _),
/// # ])?;
///
/// // as another library in the same process would
/// let mut stream = interface::export_stream(batch);
/// let mut builder = Dataset::builder();
/// // SAFETY: the stream is as the interface says
/// unsafe { interface::add_stream(&mut builder, "compliments", &raw mut stream) }?;
/// assert!(stream.release.is_none());
/// assert_eq!(builder.build().tables()[0].used, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ArrowInputError`]; the builder is then to be let go.
///
/// # Safety
/// `stream` is NULL, or to a stream that may be written to and is as the interface says: see the
/// [module](self#what-is-checked). Nobody else uses it meanwhile.
pub unsafe fn add_stream(
    builder: &mut DatasetBuilder,
    table: &str,
    stream: *mut ArrowArrayStream,
) -> Result<(), ArrowInputError> {
    let of_table = of_table(table);
    // SAFETY: the caller vouches for the stream, and with it for what it gives.
    let mut stream = unsafe { Taken::take(stream) }.map_err(of_table)?;
    let schema = stream.schema().map_err(of_table)?;
    add(builder, table, &schema, || stream.next())
}

/// Takes a table from one array of structs and its schema, as which a record batch is handed over.
///
/// # Errors
/// As [`add_stream`].
///
/// # Safety
/// `schema` and `array` are each NULL, or to a struct that may be written to and is as the interface says: see
/// the [module](self#what-is-checked). Nobody else uses them meanwhile.
pub unsafe fn add_array(
    builder: &mut DatasetBuilder,
    table: &str,
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
) -> Result<(), ArrowInputError> {
    let of_table = of_table(table);
    // SAFETY: the caller vouches for each. Both are taken before either can fail.
    let (schema, array) = unsafe { (Taken::take(schema), Taken::take(array)) };
    let (schema, array) = (schema.map_err(of_table)?.node(), array.map_err(of_table)?.node());
    let mut array = Some(array);
    add(builder, table, &schema, || Ok(array.take()))
}

/// Takes one array of single values: a column by itself. Its field has the name and the extension type of the
/// schema, and no other metadata. Texts that are not all UTF-8 come as an array of bytes, whatever the field says.
///
/// # Errors
/// [`ColumnError`]: an array that is not as the interface says, or of a nested type.
///
/// # Safety
/// As [`add_array`].
pub unsafe fn take_column(
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
) -> Result<(Field, ArrayRef), ColumnError> {
    // SAFETY: the caller vouches for each. Both are taken before either can fail.
    let (schema, array) = unsafe { (Taken::take(schema), Taken::take(array)) };
    let (schema, array) = (schema?.node(), array?.node());
    let field = schema.field()?;
    let array = array::column(&array, field.data_type(), None)?;
    Ok((field, array))
}

/// Takes a column by itself from a stream of its chunks, of which there may be none.
///
/// # Errors
/// As [`take_column`].
///
/// # Safety
/// As [`add_stream`].
pub unsafe fn take_chunks(stream: *mut ArrowArrayStream) -> Result<(Field, Vec<ArrayRef>), ColumnError> {
    // SAFETY: the caller vouches for the stream, and with it for what it gives.
    let mut stream = unsafe { Taken::take(stream) }?;
    let field = stream.schema()?.field()?;
    let mut chunks = Vec::new();
    while let Some(array) = stream.next()? {
        chunks.push(array::column(&array, field.data_type(), None)?);
    }
    Ok((field, chunks))
}

/// Takes a table from its schema and its arrays, of which the next is given at each call.
fn add(
    builder: &mut DatasetBuilder,
    table: &str,
    schema: &Node<ArrowSchema>,
    mut next: impl FnMut() -> Result<Option<Node<ArrowArray>>, InterfaceError>,
) -> Result<(), ArrowInputError> {
    let of_table = of_table(table);
    if schema.format().map_err(of_table)? != "+s" {
        let data_type = schema.data_type().map_err(of_table)?;
        return Err(ArrowInputError::NotAStruct { table: table.to_owned(), data_type });
    }
    let mut header = builder.header(table).map_err(DatasetError::from)?;
    let columns = schema.children().map_err(InterfaceError::schema).map_err(of_table)?;
    let fields = columns.iter().map(|column| {
        let name = column.name().map_err(of_table)?;
        let field = header.push(&name).then(|| column.field().map(Arc::new)).transpose();
        field.map_err(|fault| of_column(table, &name, fault.into()))
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let mut input = Input::start(builder, table, header, fields)?;
    while let Some(array) = next().map_err(of_table)? {
        let (rows, valid) = array::rows(&array).map_err(of_table)?;
        let columns = array.exactly(input.fields().len()).map_err(of_table)?;
        let arrays = input.fields().iter().zip(&columns).map(|(field, column)| {
            let array = field.as_ref().map(|field| {
                array::column(column, field.data_type(), Some(rows))
                    .map_err(|source| of_column(table, field.name(), source))
            });
            array.transpose()
        });
        let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
        input.take(rows.length, arrays.iter().map(Option::as_ref), valid.as_ref())?;
    }
    Ok(())
}

/// The error of a fault that is in no column of its table.
fn of_table(table: &str) -> impl Fn(InterfaceError) -> ArrowInputError + Copy {
    move |source| ArrowInputError::Interface { table: table.to_owned(), source }
}
