//! Arrays that come over the interface, looked at before they are read, and shared rather than copied.

use std::ffi::c_void;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, from_ffi_and_data_type};
use arrow_array::{Array, ArrayRef, make_array};
use arrow_schema::DataType;

use super::abi::{ArrowArray, OwnedArray};

/// The longest array: its bits and bytes can be counted, whatever its values are.
const LONGEST: i64 = i64::MAX >> 10;

/// A batch: an array of structs with an array for each column.
pub(super) struct Batch {
    array: Arc<OwnedArray>,
    pub(super) rows: usize,
    offset: usize,
}

impl Batch {
    /// The batch of an array, of so many columns.
    pub(super) fn new(array: OwnedArray, columns: usize) -> Result<Self, String> {
        let (rows, offset) = size(&array.0)?;
        if usize::try_from(array.0.n_children) != Ok(columns) {
            return Err(format!("it has {} columns in place of {columns}", array.0.n_children));
        }
        if columns > 0 && (array.0.children.is_null() || !array.0.children.is_aligned()) {
            return Err("its columns are not there".to_owned());
        }
        Ok(Self { array: Arc::new(array), rows, offset })
    }

    /// Which rows are there, where some are null as a whole.
    pub(super) fn validity(&self) -> Result<Option<Vec<bool>>, String> {
        let array = &self.array.0;
        if array.n_buffers == 0 || array.null_count == 0 || self.rows == 0 {
            return Ok(None);
        }
        let bits = buffers(array, 1)?.first().copied().unwrap_or(std::ptr::null()).cast::<u8>();
        if bits.is_null() {
            return Ok(None);
        }
        let is_valid = |row: usize| {
            let bit = self.offset + row;
            // SAFETY: not NULL, so by the interface it has a bit for each value from the first of the buffer
            // to the last of the array.
            let byte = unsafe { *bits.add(bit / 8) };
            byte >> (bit % 8) & 1 == 1
        };
        Ok(Some((0..self.rows).map(is_valid).collect()))
    }

    /// The values of a column in the rows of the batch. They are the producer's, kept until the last of them
    /// is let go.
    pub(super) fn column(&self, place: usize, data_type: &DataType) -> Result<ArrayRef, String> {
        // SAFETY: not NULL, aligned, and by the interface there are as many as the batch has columns, of which
        // this is one.
        let column = live(unsafe { *self.array.0.children.add(place) })?;
        let (length, _) = check(column, data_type)?;
        if length < self.offset + self.rows {
            return Err(format!("it has {length} values for {} rows", self.offset + self.rows));
        }
        let shared = share(column, &self.array);
        // SAFETY: it was looked at to its depths. What else the interface asks, that the buffers are as long as
        // the lengths say, is the producer's duty.
        let data = unsafe { from_ffi_and_data_type(shared, data_type.clone()) }
            .map_err(|error| error.to_string())?;
        if matches!(data_type, DataType::RunEndEncoded(..)) {
            data.validate_full().map_err(|error| error.to_string())?;
        }
        Ok(make_array(data).slice(self.offset, self.rows))
    }
}

/// An array under another, as one of its own that keeps the other until it is released.
fn share(array: &ArrowArray, owner: &Arc<OwnedArray>) -> FFI_ArrowArray {
    unsafe extern "C" fn let_go(array: *mut ArrowArray) {
        // SAFETY: it is called once, by its owner, with the array made below.
        unsafe {
            drop(Arc::from_raw((*array).private_data.cast::<OwnedArray>()));
            (*array).release = None;
        }
    }
    let shared = ArrowArray {
        release: Some(let_go),
        private_data: Arc::into_raw(Arc::clone(owner)).cast_mut().cast::<c_void>(),
        ..*array
    };
    // SAFETY: the two are mirrors of one struct, and the array that is copied from lives as long as its owner.
    unsafe { std::mem::transmute::<ArrowArray, FFI_ArrowArray>(shared) }
}

/// The length and the offset of an array.
fn size(array: &ArrowArray) -> Result<(usize, usize), String> {
    let ArrowArray { length, offset, null_count, .. } = *array;
    let is_sound = (0..=LONGEST).contains(&length)
        && (0..=LONGEST).contains(&offset)
        && (-1..=length).contains(&null_count);
    match (usize::try_from(length), usize::try_from(offset)) {
        (Ok(length), Ok(offset)) if is_sound => Ok((length, offset)),
        _ => Err(format!("length {length}, offset {offset} and {null_count} nulls do not go together")),
    }
}

/// An array under another, where it is there and not released.
fn live<'a>(array: *const ArrowArray) -> Result<&'a ArrowArray, String> {
    if array.is_null() || !array.is_aligned() {
        return Err("an array is not there".to_owned());
    }
    // SAFETY: not NULL and aligned, so by the interface it is one.
    let array = unsafe { &*array };
    match array.release {
        Some(_) => Ok(array),
        None => Err("an array is released already".to_owned()),
    }
}

/// The buffers of an array, which has at least so many.
fn buffers(array: &ArrowArray, needed: usize) -> Result<&[*const c_void], String> {
    let found = usize::try_from(array.n_buffers).ok().filter(|found| *found >= needed && *found <= 1 << 32);
    let found = found.ok_or_else(|| format!("it has {} buffers, and needs {needed}", array.n_buffers))?;
    if found == 0 {
        return Ok(&[]);
    }
    if array.buffers.is_null() || !array.buffers.is_aligned() {
        return Err(format!("its {found} buffers are not there"));
    }
    // SAFETY: not NULL and aligned, and by the interface there are so many.
    Ok(unsafe { std::slice::from_raw_parts(array.buffers, found) })
}

/// What an array's buffers must be for its type; its length and offset.
fn check(array: &ArrowArray, data_type: &DataType) -> Result<(usize, usize), String> {
    let (length, offset) = size(array)?;
    let is_empty = length + offset == 0;
    match data_type {
        DataType::Null => {}
        DataType::Dictionary(keys, values) => {
            // The keys are an array like any other, but for the dictionary.
            let of_keys = ArrowArray { dictionary: std::ptr::null_mut(), ..*array };
            check(&of_keys, keys)?;
            check(live(array.dictionary)?, values)?;
            return Ok((length, offset));
        }
        DataType::RunEndEncoded(ends, values) => {
            if array.n_children != 2 || array.children.is_null() || !array.children.is_aligned() {
                return Err("it has no ends of runs, or no values".to_owned());
            }
            for (place, field) in [ends, values].into_iter().enumerate() {
                // SAFETY: not NULL, aligned, and by the interface there are two.
                check(live(unsafe { *array.children.add(place) })?, field.data_type())?;
            }
        }
        DataType::Utf8 | DataType::Binary => ends::<i32>(array, is_empty, length + offset)?,
        DataType::LargeUtf8 | DataType::LargeBinary => ends::<i64>(array, is_empty, length + offset)?,
        DataType::Utf8View | DataType::BinaryView => views(array)?,
        // All others have the validity and the values, one buffer each.
        _ => {
            let found = buffers(array, 2)?;
            if found.len() != 2 {
                return Err(format!("it has {} buffers in place of 2", found.len()));
            }
        }
    }
    if !array.dictionary.is_null() {
        return Err(format!("it has a dictionary, and is of type {data_type}"));
    }
    Ok((length, offset))
}

/// The ends of texts: where there are any, the buffer of their bytes is as long as the last says.
fn ends<O: Copy + Default + PartialOrd>(
    array: &ArrowArray,
    is_empty: bool,
    last: usize,
) -> Result<(), String> {
    let found = buffers(array, 3)?;
    if found.len() != 3 {
        return Err(format!("it has {} buffers in place of 3", found.len()));
    }
    if is_empty {
        return Ok(());
    }
    let ends = found.get(1).copied().unwrap_or(std::ptr::null()).cast::<O>();
    if ends.is_null() || !ends.is_aligned() {
        return Err("the offsets of its texts are not there, or not aligned".to_owned());
    }
    // SAFETY: not NULL and aligned, and by the interface there is one more than there are values.
    if unsafe { *ends.add(last) } < O::default() {
        return Err("an offset of its texts is below 0".to_owned());
    }
    Ok(())
}

/// The buffers that views point into: each is as long as the last buffer says.
fn views(array: &ArrowArray) -> Result<(), String> {
    let found = buffers(array, 3)?;
    let Some(([_, _, bytes @ ..], lengths)) = found.split_last().map(|(last, rest)| (rest, last)) else {
        return Err("it has too few buffers for its views".to_owned());
    };
    if bytes.is_empty() {
        return Ok(());
    }
    let lengths = lengths.cast::<i64>();
    if lengths.is_null() || !lengths.is_aligned() {
        return Err("the lengths of its texts are not there, or not aligned".to_owned());
    }
    for (place, buffer) in bytes.iter().enumerate() {
        // SAFETY: not NULL and aligned, and by the interface there is one for each buffer.
        let length = unsafe { *lengths.add(place) };
        if !(0..=LONGEST).contains(&length) || (buffer.is_null() && length > 0) {
            return Err("a buffer of its texts is not there, or shorter than none".to_owned());
        }
    }
    Ok(())
}
