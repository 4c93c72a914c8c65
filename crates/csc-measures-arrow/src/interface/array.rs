//! A producer's arrays as arrays, whose buffers they share.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, RunEndIndexType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, DictionaryArray, NullArray, RunArray, new_empty_array};
use arrow_schema::{ArrowError, DataType, Fields};

use super::InterfaceError;
use super::flat;
use super::nodes::ArrayNode;
use super::schema::ColumnFault;
use crate::column::ColumnError;

/// A batch of rows.
pub(super) struct Rows {
    pub(super) length: usize,
    /// A column for each field; one of nulls where nobody wants to read it.
    pub(super) columns: Vec<ArrayRef>,
    /// Where there are rows that are null as a whole: which are not.
    pub(super) valid: Option<BooleanArray>,
}

/// The places of an array that are read: a child of a struct may be longer than its parent.
#[derive(Clone, Copy)]
struct Window {
    skip: usize,
    length: usize,
}

/// The rows of a struct.
pub(super) fn rows(node: ArrayNode<'_>, fields: &Fields, is_wanted: &[bool]) -> Result<Rows, ColumnFault> {
    let (offset, length) = node.span()?;
    let buffers = node.buffers(1, false)?;
    no_dictionary(node)?;
    let valid = flat::validity(node, &buffers)?;
    let children = node.children(fields.len())?;
    let columns = fields.iter().zip(children).zip(is_wanted).map(|((field, child), is_wanted)| {
        if !is_wanted {
            return Ok(Arc::new(NullArray::new(length)) as ArrayRef);
        }
        window(child, offset, length)
            .and_then(|window| part(child, field.data_type(), window))
            .map_err(|fault| ColumnFault::of(field.name(), fault))
    });
    Ok(Rows { length, columns: columns.collect::<Result<_, _>>()?, valid })
}

/// The whole of an array of single values.
pub(super) fn column(node: ArrayNode<'_>, data_type: &DataType) -> Result<ArrayRef, ColumnError> {
    let (_, length) = node.span()?;
    part(node, data_type, Window { skip: 0, length })
}

fn window(node: ArrayNode<'_>, skip: usize, length: usize) -> Result<Window, ColumnError> {
    let (_, found) = node.span()?;
    if skip.checked_add(length).is_none_or(|end| end > found) {
        let fault = format!("it has {found} values for the rows {skip} to {}", skip.saturating_add(length));
        return Err(InterfaceError::array(fault).into());
    }
    Ok(Window { skip, length })
}

fn part(node: ArrayNode<'_>, data_type: &DataType, window: Window) -> Result<ArrayRef, ColumnError> {
    match data_type {
        DataType::Dictionary(keys, values) => {
            let keys = leaf(node, keys, window)?;
            let dictionary = node.dictionary()?;
            let dictionary = dictionary.ok_or_else(|| InterfaceError::array("it has no dictionary"))?;
            of_keys(&keys, column(dictionary, values)?)
        }
        DataType::RunEndEncoded(ends, values) => {
            no_dictionary(node)?;
            node.buffers(0, false)?;
            node.nulls()?;
            let [ends_node, values_node] = two(node)?;
            let ends = column(ends_node, ends.data_type())?;
            let values = column(values_node, values.data_type())?;
            of_runs(node, &ends, &values, window)
        }
        DataType::Null => {
            no_dictionary(node)?;
            node.buffers(0, false)?;
            node.children(0)?;
            node.nulls()?;
            Ok(Arc::new(NullArray::new(window.length)))
        }
        nested if nested.is_nested() => Err(ColumnError::Nested { data_type: nested.clone() }),
        _ => {
            no_dictionary(node)?;
            leaf(node, data_type, window)
        }
    }
}

/// An array without children.
fn leaf(node: ArrayNode<'_>, data_type: &DataType, window: Window) -> Result<ArrayRef, ColumnError> {
    node.children(0)?;
    let (offset, length) = node.span()?;
    let nulls = node.nulls()?;
    let array = flat::read(node, data_type, offset + window.skip, window.length)?;
    let found = array.null_count();
    // A null that is read as a value, or the other way round, would be a wrong figure.
    let differs = |said: usize| if window.length == length { said != found } else { said < found };
    match nulls {
        Some(said) if differs(said) => {
            Err(InterfaceError::array(format!("it says that it has {said} nulls, and has {found}")).into())
        }
        _ => Ok(array),
    }
}

fn no_dictionary(node: ArrayNode<'_>) -> Result<(), InterfaceError> {
    match node.dictionary()? {
        Some(_) => Err(InterfaceError::array("it has a dictionary, of which its schema does not know")),
        None => Ok(()),
    }
}

fn two(node: ArrayNode<'_>) -> Result<[ArrayNode<'_>; 2], InterfaceError> {
    let children: Result<[ArrayNode<'_>; 2], _> = node.children(2)?.try_into();
    children.map_err(|_| InterfaceError::array("it has not two children"))
}

fn of_keys(keys: &ArrayRef, values: ArrayRef) -> Result<ArrayRef, ColumnError> {
    fn of<K: ArrowDictionaryKeyType>(keys: &ArrayRef, values: ArrayRef) -> Result<ArrayRef, ColumnError> {
        let keys = keys.as_primitive::<K>().clone();
        Ok(Arc::new(DictionaryArray::try_new(keys, values).map_err(malformed)?))
    }
    match keys.data_type() {
        DataType::Int8 => of::<Int8Type>(keys, values),
        DataType::Int16 => of::<Int16Type>(keys, values),
        DataType::Int32 => of::<Int32Type>(keys, values),
        DataType::Int64 => of::<Int64Type>(keys, values),
        DataType::UInt8 => of::<UInt8Type>(keys, values),
        DataType::UInt16 => of::<UInt16Type>(keys, values),
        DataType::UInt32 => of::<UInt32Type>(keys, values),
        _ => of::<UInt64Type>(keys, values),
    }
}

fn of_runs(
    node: ArrayNode<'_>,
    ends: &ArrayRef,
    values: &ArrayRef,
    window: Window,
) -> Result<ArrayRef, ColumnError> {
    fn of<R: RunEndIndexType>(
        ends: &ArrayRef,
        values: &ArrayRef,
        from: usize,
        length: usize,
    ) -> Result<ArrayRef, ColumnError> {
        let runs = RunArray::<R>::try_new(ends.as_primitive(), values).map_err(malformed)?;
        if length == 0 {
            return Ok(new_empty_array(runs.data_type()));
        }
        if runs.len() < from + length {
            let fault = format!("its runs end at {} in place of {}", runs.len(), from + length);
            return Err(InterfaceError::array(fault).into());
        }
        Ok(Arc::new(runs.slice(from, length)))
    }
    let (offset, _) = node.span()?;
    let from = offset + window.skip;
    match ends.data_type() {
        DataType::Int16 => of::<Int16Type>(ends, values, from, window.length),
        DataType::Int32 => of::<Int32Type>(ends, values, from, window.length),
        _ => of::<Int64Type>(ends, values, from, window.length),
    }
}

fn malformed(source: ArrowError) -> ColumnError {
    ColumnError::Malformed { source }
}
