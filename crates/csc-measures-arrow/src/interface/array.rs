//! A producer's arrays as arrays, whose buffers they share. How long a buffer is follows from what the array says;
//! what the buffers say of one another is validated by arrow-rs before anybody reads it.

use std::sync::Arc;

use arrow_array::{ArrayRef, make_array};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer};
use arrow_data::{ArrayData, BufferSpec, layout};
use arrow_schema::DataType;

use super::InterfaceError;
use super::foreign::{Buffers, MOST_CHILDREN, Node};
use super::structs::ArrowArray;
use crate::column::ColumnError;

/// Where an array begins in its buffers, and how long it is.
#[derive(Clone, Copy)]
pub(super) struct Span {
    offset: usize,
    pub(super) length: usize,
}

impl Span {
    const NONE: Self = Self { offset: 0, length: 0 };

    fn end(self) -> usize {
        self.offset + self.length
    }
}

/// The rows of a struct and, if some are null as a whole, which are not.
pub(super) fn rows(node: &Node<ArrowArray>) -> Result<(Span, Option<NullBuffer>), InterfaceError> {
    let (span, said) = (node.span()?, node.nulls()?);
    let valid = nulls(&node.buffers(1..=1)?, span)?;
    let found = valid.as_ref().map_or(0, NullBuffer::null_count);
    as_said(said, found)?;
    Ok((span, valid.filter(|_| found > 0)))
}

/// The rows of a column, which may be longer than the struct that it is in; all of a column by itself.
pub(super) fn column(
    node: &Node<ArrowArray>,
    data_type: &DataType,
    rows: Option<Span>,
) -> Result<ArrayRef, ColumnError> {
    let whole = node.span()?;
    let rows = rows.unwrap_or(Span { offset: 0, ..whole });
    if rows.end() > whole.length {
        let (from, to) = (rows.offset, rows.end());
        let fault = format!("it has {} values for the rows {from} to {to}", whole.length);
        return Err(InterfaceError::array(fault).into());
    }
    read(node, data_type, Span { offset: whole.offset + rows.offset, ..rows }).map(make_array)
}

/// A null that is read as a value, or the other way round, would be a wrong figure.
fn as_said(said: Option<usize>, found: usize) -> Result<(), InterfaceError> {
    match said {
        Some(said) if said != found => {
            Err(InterfaceError::array(format!("it declares {said} nulls and has {found}")))
        }
        _ => Ok(()),
    }
}

impl Node<ArrowArray> {
    fn span(&self) -> Result<Span, InterfaceError> {
        let (offset, length) = (self.said().offset, self.said().length);
        if offset < 0 || length < 0 {
            return Err(InterfaceError::array(format!("its offset is {offset} and its length {length}")));
        }
        let most = i64::from(u32::MAX);
        if offset.checked_add(length).is_none_or(|end| end > most) {
            return Err(InterfaceError::array(format!(
                "its offset is {offset} and its length {length}: more rows than the {most} that can be read"
            )));
        }
        let place = |place| usize::try_from(place).map_err(|_| InterfaceError::too_long());
        Ok(Span { offset: place(offset)?, length: place(length)? })
    }

    /// The number of nulls, if they were counted.
    fn nulls(&self) -> Result<Option<usize>, InterfaceError> {
        let (count, length) = (self.said().null_count, self.said().length);
        match count {
            -1 => Ok(None),
            count if (0..=length).contains(&count) => Ok(usize::try_from(count).ok()),
            count => Err(InterfaceError::array(format!("{count} of its {length} values are null"))),
        }
    }

    /// The children, of which there must be as many as the type has.
    pub(super) fn exactly(&self, expected: usize) -> Result<Vec<Self>, InterfaceError> {
        let found = self.said().n_children;
        if usize::try_from(found) != Ok(expected) {
            return Err(InterfaceError::array(format!("expected {expected} children, found {found}")));
        }
        self.children().map_err(InterfaceError::array)
    }
}

/// The values of an array in a span of its buffers, of which a part may be read, and with them all that its
/// dictionary or its runs consist of.
fn read(node: &Node<ArrowArray>, data_type: &DataType, span: Span) -> Result<ArrayData, ColumnError> {
    let (buffers, children) = match data_type {
        // Polars' has a buffer for the bitmap that it cannot have.
        DataType::Null => (0..=1, 0),
        DataType::RunEndEncoded(..) => (0..=0, 2),
        DataType::Dictionary(..) => (2..=2, 0),
        nested if nested.is_nested() => return Err(ColumnError::Nested { data_type: nested.clone() }),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary => (3..=3, 0),
        DataType::Utf8View | DataType::BinaryView => (3..=3 + MOST_CHILDREN, 0),
        _ => (2..=2, 0),
    };
    let (whole, said) = (node.span()?, node.nulls()?);
    let buffers = node.buffers(buffers)?;
    let children = node.exactly(children)?;
    let dictionary = node.dictionary().map_err(InterfaceError::array)?;
    // No values have nothing in their buffers, and in those of their parts.
    let is_empty = span.length == 0;
    let part = |part: &Node<ArrowArray>, data_type: &DataType| {
        let whole = part.span()?;
        read(part, data_type, if is_empty { Span::NONE } else { whole })
    };
    let (data_type, children) = match (data_type, children.as_slice(), dictionary) {
        (DataType::RunEndEncoded(ends, values), [of_ends, of_values], None) => {
            let (of_ends, of_values) =
                (part(of_ends, ends.data_type())?, part(of_values, values.data_type())?);
            // arrow-rs insists that ends are not nullable.
            let ends = ends.as_ref().clone().with_nullable(false);
            let values = values.as_ref().clone().with_data_type(of_values.data_type().clone());
            (DataType::RunEndEncoded(Arc::new(ends), Arc::new(values)), vec![of_ends, of_values])
        }
        (DataType::Dictionary(keys, values), _, Some(dictionary)) => {
            let values = part(&dictionary, values)?;
            (DataType::Dictionary(keys.clone(), Box::new(values.data_type().clone())), vec![values])
        }
        (_, _, Some(_)) => {
            let fault = "it has a dictionary, which its schema does not declare";
            return Err(InterfaceError::array(fault).into());
        }
        (DataType::Dictionary(..), _, None) if !is_empty => {
            return Err(InterfaceError::array("its dictionary is missing").into());
        }
        _ => (data_type.clone(), Vec::new()),
    };
    if is_empty {
        return Ok(ArrayData::new_empty(&data_type));
    }
    let has_nulls = layout(&data_type).can_contain_null_mask;
    let nulls = if has_nulls { nulls(&buffers, span)? } else { None };
    let buffers = contents(&buffers, &data_type, span.end())?;
    let build = |data_type: DataType| {
        let data = ArrayData::builder(data_type).len(span.length).offset(span.offset);
        let data = data.nulls(nulls.clone()).buffers(buffers.clone()).child_data(children.clone());
        data.align_buffers(true).build()
    };
    let data = build(data_type.clone()).or_else(|fault| match data_type {
        // Texts that are not all UTF-8 are bytes: those that are can still be read.
        DataType::Utf8 => build(DataType::Binary).map_err(|_| fault),
        DataType::LargeUtf8 => build(DataType::LargeBinary).map_err(|_| fault),
        DataType::Utf8View => build(DataType::BinaryView).map_err(|_| fault),
        _ => Err(fault),
    });
    let data = data.map_err(|source| ColumnError::Malformed { source })?;
    as_said(said.filter(|_| has_nulls && whole.length == span.length), data.null_count())?;
    Ok(data)
}

/// Which values are null, if the array has a bitmap that says so.
fn nulls(buffers: &Buffers, span: Span) -> Result<Option<NullBuffer>, InterfaceError> {
    let bits = buffers.get(0, span.end().div_ceil(8), 1)?.filter(|_| span.length > 0);
    Ok(bits.map(|bits| NullBuffer::new(BooleanBuffer::new(bits, span.offset, span.length))))
}

/// The buffers of an array of so many values, after the bitmap.
fn contents(buffers: &Buffers, data_type: &DataType, end: usize) -> Result<Vec<Buffer>, ColumnError> {
    let get = |place: usize, count: usize, width: usize| {
        let fault = || InterfaceError::array(format!("buffer {place} is NULL"));
        buffers.get(place, count, width)?.ok_or_else(fault)
    };
    // Offsets or lengths, which say how long another buffer is.
    let numbers = |place: usize, count: usize, width: usize| {
        let fault = || InterfaceError::array("a buffer of its offsets or lengths is NULL");
        buffers.get(place, count, width)?.ok_or_else(fault)
    };
    let texts = |width: usize| {
        let offsets = numbers(1, end.saturating_add(1), width)?;
        let last = offsets.chunks_exact(width).next_back().map_or(Ok(0), number)?;
        let bytes = get(2, last, 1)?;
        Ok(vec![offsets, bytes])
    };
    match data_type {
        DataType::Utf8 | DataType::Binary => texts(size_of::<i32>()),
        DataType::LargeUtf8 | DataType::LargeBinary => texts(size_of::<i64>()),
        DataType::Utf8View | DataType::BinaryView => {
            let count = buffers.len().saturating_sub(3);
            let lengths = numbers(count + 2, count, size_of::<i64>())?;
            let mut contents = vec![get(1, end, size_of::<u128>())?];
            for (place, length) in (2..).zip(lengths.chunks_exact(size_of::<i64>())) {
                contents.push(get(place, number(length)?, 1)?);
            }
            Ok(contents)
        }
        other => match layout(other).buffers.as_slice() {
            [BufferSpec::FixedWidth { byte_width, .. }] => Ok(vec![get(1, end, *byte_width)?]),
            [BufferSpec::BitMap] => Ok(vec![get(1, end.div_ceil(8), 1)?]),
            _ => Ok(Vec::new()),
        },
    }
}

/// An offset or a length, of 32 bits or 64.
fn number(bytes: &[u8]) -> Result<usize, InterfaceError> {
    let number = match (bytes.try_into(), bytes.try_into()) {
        (Ok(number), _) => i64::from(i32::from_ne_bytes(number)),
        (_, Ok(number)) => i64::from_ne_bytes(number),
        _ => -1,
    };
    let fault = "an offset or a length in its buffers is negative";
    usize::try_from(number).map_err(|_| InterfaceError::array(fault))
}
