//! Batches without lists, for forms that have none.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};

/// What stands between two texts of a list.
const BETWEEN: &str = ";";

/// A batch with a text in the place of each list of texts, its items with `;` between them, as in the program's CSV. The
/// other columns, and what the schema carries, stay as they are. A list of nothing is an empty text, and a null stays a
/// null.
///
/// # Examples
///
/// ## Warnings of a result as one text
///
/// ```
/// use arrow_schema::DataType;
/// use csc_measures::{Dataset, Options};
/// use csc_measures_arrow::{flat_batch, results_batch};
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let batch = flat_batch(&results_batch(&card)?)?;
/// let schema = batch.schema();
/// let warnings = schema.field_with_name("warnings")?;
/// assert_eq!(*warnings.data_type(), DataType::Utf8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A list of what is not text; more than two gigabytes of text in a column.
pub fn flat_batch(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns());
    let flat = columns.map(|(field, array)| match (array.as_list_opt::<i32>(), array.data_type()) {
        (Some(lists), DataType::List(_)) => {
            let field = Field::new(field.name(), DataType::Utf8, field.is_nullable());
            Ok((Arc::new(field), texts(lists)?))
        }
        _ => Ok((Arc::clone(field), Arc::clone(array))),
    });
    let (fields, arrays): (Vec<Arc<Field>>, Vec<ArrayRef>) =
        flat.collect::<Result<Vec<_>, ArrowError>>()?.into_iter().unzip();
    RecordBatch::try_new(Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone())), arrays)
}

fn texts(lists: &ListArray) -> Result<ArrayRef, ArrowError> {
    let mut builder = StringBuilder::new();
    let mut bytes = 0_usize;
    for list in lists.iter() {
        let Some(list) = list else {
            builder.append_null();
            continue;
        };
        let Some(items) = list.as_string_opt::<i32>() else {
            return Err(ArrowError::CastError(format!("a list of {} is not one of texts", list.data_type())));
        };
        let text = items.iter().flatten().collect::<Vec<_>>().join(BETWEEN);
        bytes += text.len();
        if i32::try_from(bytes).is_err() {
            return Err(ArrowError::OffsetOverflowError(bytes));
        }
        builder.append_value(text);
    }
    Ok(Arc::new(builder.finish()))
}
