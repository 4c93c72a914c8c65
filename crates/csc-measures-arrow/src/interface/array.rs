//! A producer's arrays as arrays, whose buffers they share: each column is handed to the reader of arrow-rs with
//! its structs copied, for what that reader believes is checked here first, and what it finds is validated.

use std::any::Any;
use std::ffi::c_void;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::slice;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, from_ffi_and_data_type};
use arrow_array::{ArrayRef, BooleanArray, make_array, new_empty_array};
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType};

use super::InterfaceError;
use super::structs::{ArrowArray, MOST_CHILDREN, Node, Taken};
use crate::column::ColumnError;

/// Where an array begins in its buffers, and how long it is.
#[derive(Clone, Copy)]
pub(super) struct Span {
    offset: usize,
    pub(super) length: usize,
}

/// The rows of a struct, and where there are some that are null as a whole: which are not.
pub(super) fn rows(array: &Arc<Taken<ArrowArray>>) -> Result<(Span, Option<BooleanArray>), InterfaceError> {
    let node = array.node();
    let (span, said) = (node.span()?, node.nulls()?);
    let bitmap = node.buffers(1..=1)?.first().copied().unwrap_or(ptr::null());
    let mut valid = None;
    if !bitmap.is_null() && span.length > 0 {
        let mut copy = Copied::of(array);
        let bits = copy.array(vec![ptr::null(), bitmap], Vec::new(), span)?;
        let bits = copy.import(bits, &DataType::Boolean);
        let bits = bits.map_err(|fault| InterfaceError::array(fault.to_string()))?;
        valid = Some(bits.as_boolean().clone());
    }
    let found = valid.as_ref().map_or(0, BooleanArray::false_count);
    as_said(said, found)?;
    Ok((span, valid.filter(|_| found > 0)))
}

/// The whole of an array of single values.
pub(super) fn column(array: Taken<ArrowArray>, data_type: &DataType) -> Result<ArrayRef, ColumnError> {
    let array = Arc::new(array);
    part(&array, array.node(), data_type, None)
}

/// The rows of a column, which may be longer than the struct that it is in.
pub(super) fn part(
    owner: &Arc<Taken<ArrowArray>>,
    node: Node<'_, ArrowArray>,
    data_type: &DataType,
    rows: Option<Span>,
) -> Result<ArrayRef, ColumnError> {
    let whole = node.span()?;
    let rows = rows.unwrap_or(Span { offset: 0, length: whole.length });
    let end = rows.offset + rows.length;
    if end > whole.length {
        let fault = format!("it has {} values for the rows {} to {end}", whole.length, rows.offset);
        return Err(InterfaceError::array(fault).into());
    }
    let mut copy = Copied::of(owner);
    let root =
        copy.node(node, data_type, Span { offset: whole.offset + rows.offset, length: rows.length })?;
    if rows.length == 0 {
        return Ok(new_empty_array(&in_types(data_type, Clone::clone)));
    }
    copy.import(root, data_type)
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

impl<'a> Node<'a, ArrowArray> {
    fn span(self) -> Result<Span, InterfaceError> {
        let (offset, length) = (self.get().offset, self.get().length);
        if offset < 0 || length < 0 {
            return Err(InterfaceError::array(format!("its offset is {offset} and its length {length}")));
        }
        let most = i64::from(u32::MAX);
        if offset.checked_add(length).is_none_or(|end| end > most) {
            return Err(InterfaceError::array(format!(
                "its offset is {offset} and its length {length}: more rows than the {most} that can be read"
            )));
        }
        let place = |place: i64| {
            usize::try_from(place).map_err(|_| InterfaceError::array("it is too long for this machine"))
        };
        Ok(Span { offset: place(offset)?, length: place(length)? })
    }

    /// The number of nulls, if they were counted.
    fn nulls(self) -> Result<Option<usize>, InterfaceError> {
        let (count, length) = (self.get().null_count, self.get().length);
        match count {
            -1 => Ok(None),
            count if (0..=length).contains(&count) => Ok(usize::try_from(count).ok()),
            count => Err(InterfaceError::array(format!("{count} of its {length} values are null"))),
        }
    }

    /// The children, of which there must be as many as the type has.
    pub(super) fn exactly(self, expected: usize) -> Result<Vec<Self>, InterfaceError> {
        let found = self.get().n_children;
        if usize::try_from(found) != Ok(expected) {
            return Err(InterfaceError::array(format!("expected {expected} children, found {found}")));
        }
        self.children().map_err(InterfaceError::array)
    }

    /// The buffers, of which there must be as many as the type has.
    fn buffers(self, expected: RangeInclusive<usize>) -> Result<Vec<*const c_void>, InterfaceError> {
        let (found, list) = (self.get().n_buffers, self.get().buffers);
        let Some(count) = usize::try_from(found).ok().filter(|count| expected.contains(count)) else {
            let or = match expected.end() - expected.start() {
                0 => String::new(),
                1 => format!(" or {}", expected.end()),
                _ => " or more".to_owned(),
            };
            let fault = format!("expected {}{or} buffers, found {found}", expected.start());
            return Err(InterfaceError::array(fault));
        };
        if count > 0 && list.is_null() {
            return Err(InterfaceError::array("its list of buffers is NULL"));
        }
        // SAFETY: a list that is not NULL is as long as its struct says, at whatever address.
        Ok((0..count).map(|place| unsafe { list.add(place).read_unaligned() }).collect())
    }
}

/// What the structs of a copied array point to, for as long as an array of it lives.
struct Copied {
    kept: Vec<Box<dyn Any>>,
    /// The nulls that the array, and its children after it, say they have.
    said: Vec<Option<usize>>,
    #[expect(dead_code, reason = "it is held, so that the buffers live")]
    owner: Arc<Taken<ArrowArray>>,
}

impl Copied {
    fn of(owner: &Arc<Taken<ArrowArray>>) -> Self {
        Self { kept: Vec::new(), said: Vec::new(), owner: Arc::clone(owner) }
    }

    /// A list that stays where it is.
    fn keep<T: 'static>(&mut self, mut list: Vec<T>) -> *mut T {
        let at = list.as_mut_ptr();
        self.kept.push(Box::new(list));
        at
    }

    /// The struct of an array, whose parts are checked as far as can be.
    fn node(
        &mut self,
        node: Node<'_, ArrowArray>,
        data_type: &DataType,
        span: Span,
    ) -> Result<ArrowArray, ColumnError> {
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
        let (found, said) = (node.span()?, node.nulls()?);
        let has_bitmap = !matches!(data_type, DataType::Null | DataType::RunEndEncoded(..));
        self.said.push(said.filter(|_| has_bitmap && found.length == span.length));
        let mut buffers = node.buffers(buffers)?;
        let children = node.exactly(children)?;
        self.prepare(&mut buffers, data_type, span)?;
        let types = match data_type {
            DataType::RunEndEncoded(ends, values) => vec![ends.data_type(), values.data_type()],
            _ => Vec::new(),
        };
        let children = children.into_iter().zip(types);
        let children = children.map(|(child, data_type)| self.node(child, data_type, child.span()?));
        let children = children.collect::<Result<_, _>>()?;
        let mut copy = self.array(buffers, children, span)?;
        if let Some(dictionary) = node.dictionary().map_err(InterfaceError::array)? {
            let DataType::Dictionary(_, values) = data_type else {
                let fault = "it has a dictionary, which its schema does not declare";
                return Err(InterfaceError::array(fault).into());
            };
            let dictionary = self.node(dictionary, values, dictionary.span()?)?;
            copy.dictionary = self.keep(vec![dictionary]);
        }
        Ok(copy)
    }

    /// Puts right what arrow-rs reads before it looks at it: the offsets of texts, and the lengths of what views
    /// point into.
    fn prepare(
        &mut self,
        buffers: &mut Vec<*const c_void>,
        data_type: &DataType,
        span: Span,
    ) -> Result<(), InterfaceError> {
        let texts = buffers.len().saturating_sub(3);
        let end = span.offset + span.length;
        let (place, width, numbers) = match data_type {
            DataType::Null => {
                buffers.clear();
                return Ok(());
            }
            DataType::Utf8 | DataType::Binary => (1, 4, end..end + 1),
            DataType::LargeUtf8 | DataType::LargeBinary => (1, 8, end..end + 1),
            DataType::Utf8View | DataType::BinaryView => (texts + 2, 8, 0..texts),
            _ => return Ok(()),
        };
        let Some(buffer) = buffers.get_mut(place).filter(|_| !numbers.is_empty()) else { return Ok(()) };
        if span.length == 0 && place == 1 {
            // No texts need no offsets, but arrow-rs one.
            *buffer = self.keep(vec![0_u64]).cast_const().cast();
            return Ok(());
        }
        if buffer.is_null() {
            return Err(InterfaceError::array("a buffer of its offsets or lengths is NULL"));
        }
        // SAFETY: not NULL, and of as many numbers as its array says, each of `width` bytes.
        let bytes = unsafe { slice::from_raw_parts(buffer.cast::<u8>(), numbers.end * width) };
        let is_negative = |number: &[u8]| match (number.try_into(), number.try_into()) {
            (Ok(number), _) => i32::from_ne_bytes(number) < 0,
            (_, Ok(number)) => i64::from_ne_bytes(number) < 0,
            _ => false,
        };
        if bytes.chunks(width).skip(numbers.start).any(is_negative) {
            return Err(InterfaceError::array("an offset or a length in its buffers is negative"));
        }
        if buffer.align_offset(width) != 0 {
            let words = bytes.chunks(8).map(|bytes| {
                let mut word = [0; 8];
                word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
                u64::from_ne_bytes(word)
            });
            *buffer = self.keep(words.collect()).cast_const().cast();
        }
        Ok(())
    }

    /// A struct of these parts, which owns nothing.
    fn array(
        &mut self,
        buffers: Vec<*const c_void>,
        children: Vec<ArrowArray>,
        span: Span,
    ) -> Result<ArrowArray, InterfaceError> {
        let number = |place: usize| {
            i64::try_from(place).map_err(|_| InterfaceError::array("it is too long for this machine"))
        };
        let children: Vec<*mut ArrowArray> =
            children.into_iter().map(|child| self.keep(vec![child])).collect();
        Ok(ArrowArray {
            length: number(span.length)?,
            // The bitmap says.
            null_count: -1,
            // Nothing is in the buffers of no values.
            offset: if span.length == 0 { 0 } else { number(span.offset)? },
            n_buffers: number(buffers.len())?,
            n_children: number(children.len())?,
            buffers: self.keep(buffers),
            children: self.keep(children),
            dictionary: ptr::null_mut(),
            release: None,
            private_data: ptr::null_mut(),
        })
    }

    /// The array of a struct, by arrow-rs.
    fn import(mut self, root: ArrowArray, data_type: &DataType) -> Result<ArrayRef, ColumnError> {
        let said = std::mem::take(&mut self.said);
        let private_data = Box::into_raw(Box::new(self)).cast();
        let root = ArrowArray { release: Some(release), private_data, ..root };
        // SAFETY: the two declarations of the struct agree, and it is moved.
        let root = unsafe { std::mem::transmute::<ArrowArray, FFI_ArrowArray>(root) };
        let data_type = in_types(data_type, Clone::clone);
        // What arrow-rs finds wrong by an assertion is the producer's fault all the same.
        let read = catch_unwind(AssertUnwindSafe(|| {
            // SAFETY: lists, buffers and children are as many as the type has, lengths are not negative, what is
            // read at once is aligned, and all lives as long as `root`; how long a buffer is the producer has
            // promised. What the buffers say of one another is validated before anybody reads it.
            let data = unsafe { from_ffi_and_data_type(root, data_type) }?;
            match data.validate_full() {
                Ok(()) => Ok(data),
                Err(fault) => in_bytes(data).map_err(|_| fault),
            }
            .map(|data| (counts(&data), make_array(data)))
        }));
        let malformed = |source| ColumnError::Malformed { source };
        let (found, array) =
            read.map_err(|_| InterfaceError::array("arrow-rs cannot read it"))?.map_err(malformed)?;
        said.into_iter().zip(found).try_for_each(|(said, found)| as_said(said, found))?;
        Ok(array)
    }
}

unsafe extern "C" fn release(array: *mut ArrowArray) {
    // SAFETY: arrow-rs calls it once, with the struct that `import` made.
    let copy = unsafe {
        (*array).release = None;
        Box::from_raw((*array).private_data.cast::<Copied>())
    };
    drop(copy);
}

/// The nulls in an array, and in its children after it.
fn counts(data: &ArrayData) -> Vec<usize> {
    let children = data.child_data().iter().flat_map(counts);
    std::iter::once(data.null_count()).chain(children).collect()
}

/// Texts that are not all UTF-8 as bytes: those that are can still be read.
fn in_bytes(data: ArrayData) -> Result<ArrayData, ArrowError> {
    let children = data.child_data().iter().cloned().map(in_bytes).collect::<Result<_, _>>()?;
    let data_type = in_types(data.data_type(), |data_type| match data_type {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::Utf8View => DataType::BinaryView,
        other => other.clone(),
    });
    data.into_builder().data_type(data_type).child_data(children).build()
}

/// A type whose single values are changed. The ends of runs are not nullable in any, which arrow-rs insists on.
fn in_types(data_type: &DataType, change: fn(&DataType) -> DataType) -> DataType {
    match data_type {
        DataType::Dictionary(keys, values) => {
            DataType::Dictionary(keys.clone(), Box::new(in_types(values, change)))
        }
        DataType::RunEndEncoded(ends, values) => {
            let ends = ends.as_ref().clone().with_nullable(false);
            let data_type = in_types(values.data_type(), change);
            let values = values.as_ref().clone().with_data_type(data_type);
            DataType::RunEndEncoded(Arc::new(ends), Arc::new(values))
        }
        single => change(single),
    }
}
