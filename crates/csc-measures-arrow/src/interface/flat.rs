//! Arrays without children, whose buffers are checked as far as can be and then handed over as they are.

use std::ffi::c_void;
use std::ptr;
use std::slice;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, from_ffi_and_data_type};
use arrow_array::{ArrayRef, BooleanArray, make_array, new_empty_array};
use arrow_schema::DataType;

use super::InterfaceError;
use super::nodes::ArrayNode;
use super::structs::{ArrowArray, Owned};
use crate::column::ColumnError;

/// Buffers in the form that Arrow's own reader takes, and what keeps them alive.
struct Flat {
    buffers: Vec<*const c_void>,
    copies: Vec<Box<[u64]>>,
    #[expect(dead_code, reason = "it is held, so that the buffers live")]
    owner: Arc<Owned<ArrowArray>>,
}

/// The values from a place in the buffers on.
pub(super) fn read(
    node: ArrayNode<'_>,
    data_type: &DataType,
    from: usize,
    length: usize,
) -> Result<ArrayRef, ColumnError> {
    let (least, or_more) = match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary => (3, false),
        DataType::Utf8View | DataType::BinaryView => (3, true),
        _ => (2, false),
    };
    let buffers = node.buffers(least, or_more)?;
    if buffers.first().is_none_or(|bitmap| bitmap.is_null()) && node.nulls()?.is_some_and(|count| count > 0) {
        return Err(InterfaceError::array("it has nulls, and no bitmap that says which").into());
    }
    if length == 0 {
        return Ok(new_empty_array(data_type));
    }
    let mut flat = Flat { buffers, copies: Vec::new(), owner: node.owner() };
    let end = from + length;
    match data_type {
        DataType::Utf8 | DataType::Binary => flat.check_offsets::<i32>(from, end)?,
        DataType::LargeUtf8 | DataType::LargeBinary => flat.check_offsets::<i64>(from, end)?,
        DataType::Utf8View | DataType::BinaryView => flat.check_views()?,
        DataType::FixedSizeBinary(size) => flat.check_values(end, usize::try_from(*size).ok())?,
        _ => flat.check_values(end, data_type.primitive_width().or(Some(1)))?,
    }
    flat.import(data_type, from, length)
}

/// Which rows of a struct are not null as a whole, if any is.
pub(super) fn validity(
    node: ArrayNode<'_>,
    buffers: &[*const c_void],
) -> Result<Option<BooleanArray>, ColumnError> {
    let (offset, length) = node.span()?;
    let said = node.nulls()?;
    let bitmap = buffers.first().copied().unwrap_or(ptr::null());
    if bitmap.is_null() {
        return match said {
            Some(1..) => Err(InterfaceError::array("it has nulls, and no bitmap that says which").into()),
            _ => Ok(None),
        };
    }
    if length == 0 {
        return Ok(None);
    }
    let flat = Flat { buffers: vec![ptr::null(), bitmap], copies: Vec::new(), owner: node.owner() };
    let valid = flat.import(&DataType::Boolean, offset, length)?.as_boolean().clone();
    let found = valid.false_count();
    match said {
        Some(said) if said != found => {
            Err(InterfaceError::array(format!("it says that it has {said} nulls, and has {found}")).into())
        }
        _ => Ok((found > 0).then_some(valid)),
    }
}

/// The place in the data where a text begins or ends.
trait Place: Copy {
    fn place(self) -> Option<usize>;
}

impl Place for i32 {
    fn place(self) -> Option<usize> {
        usize::try_from(self).ok()
    }
}

impl Place for i64 {
    fn place(self) -> Option<usize> {
        isize::try_from(self).ok().and_then(|place| usize::try_from(place).ok())
    }
}

impl Flat {
    fn buffer(&self, place: usize) -> *const c_void {
        self.buffers.get(place).copied().unwrap_or(ptr::null())
    }

    /// A buffer of values of one width.
    fn check_values(&self, end: usize, width: Option<usize>) -> Result<(), InterfaceError> {
        let bits = width.and_then(|width| width.checked_mul(8)?.checked_mul(end));
        if bits.is_none_or(|bits| isize::try_from(bits).is_err()) {
            return Err(InterfaceError::array("its values are more than this machine can hold"));
        }
        if self.buffer(1).is_null() && width != Some(0) {
            return Err(InterfaceError::array("its buffer of values is NULL"));
        }
        Ok(())
    }

    /// Offsets ascend from 0 or more; where the last one points the data end, and nothing else tells.
    fn check_offsets<O: Place>(&mut self, from: usize, end: usize) -> Result<(), InterfaceError> {
        let offsets = self.align::<O>(1, end + 1)?;
        let mut last = 0;
        for offset in offsets.iter().skip(from) {
            let place = offset.place().filter(|place| *place >= last);
            last = place
                .ok_or_else(|| InterfaceError::array("the offsets of its values do not ascend from 0"))?;
        }
        if last > 0 && self.buffer(2).is_null() {
            return Err(InterfaceError::array("its buffer of texts is NULL"));
        }
        Ok(())
    }

    /// Views point into buffers whose lengths the last buffer says; where they point is checked when they
    /// are read.
    fn check_views(&mut self) -> Result<(), InterfaceError> {
        if self.buffer(1).is_null() {
            return Err(InterfaceError::array("its buffer of views is NULL"));
        }
        let texts = self.buffers.len().saturating_sub(3);
        if texts == 0 {
            return Ok(());
        }
        let lengths: Vec<i64> = self.align::<i64>(texts + 2, texts)?.to_vec();
        for (length, text) in lengths.into_iter().zip(self.buffers.iter().skip(2)) {
            match length.place() {
                None => return Err(InterfaceError::array("the length of a buffer of texts is negative")),
                Some(1..) if text.is_null() => {
                    return Err(InterfaceError::array("a buffer of its texts is NULL"));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// A buffer that is read as numbers before Arrow's reader would put it right: where the producer has put
    /// it at an odd place it is copied.
    fn align<T: Copy>(&mut self, place: usize, count: usize) -> Result<&[T], InterfaceError> {
        let missing = || InterfaceError::array("a buffer of its offsets or lengths is NULL");
        let buffer = self.buffers.get_mut(place).filter(|buffer| !buffer.is_null()).ok_or_else(missing)?;
        if !buffer.cast::<T>().is_aligned() {
            let bytes = count * size_of::<T>();
            let mut copy = vec![0_u64; bytes.div_ceil(size_of::<u64>())].into_boxed_slice();
            // SAFETY: the buffer holds as many numbers, by the root's promise, and so does the copy.
            unsafe { ptr::copy_nonoverlapping(buffer.cast::<u8>(), copy.as_mut_ptr().cast::<u8>(), bytes) };
            *buffer = copy.as_ptr().cast();
            self.copies.push(copy);
        }
        // SAFETY: not NULL, aligned by now, and holds as many numbers, by the root's promise; of the numbers
        // that are read so, any bits are one.
        Ok(unsafe { slice::from_raw_parts(buffer.cast::<T>(), count) })
    }

    fn import(self, data_type: &DataType, from: usize, length: usize) -> Result<ArrayRef, ColumnError> {
        let number = |place: usize| {
            i64::try_from(place).map_err(|_| InterfaceError::array("it is too long for this machine"))
        };
        let (offset, length, n_buffers) = (number(from)?, number(length)?, number(self.buffers.len())?);
        let mut flat = Box::new(self);
        let array = ArrowArray {
            length,
            // The bitmap says.
            null_count: -1,
            offset,
            n_buffers,
            n_children: 0,
            buffers: flat.buffers.as_mut_ptr(),
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: Some(release),
            private_data: Box::into_raw(flat).cast(),
        };
        // SAFETY: the structs are the same, and ours is moved.
        let array = unsafe { std::mem::transmute::<ArrowArray, FFI_ArrowArray>(array) };
        // SAFETY: the buffers are those that the type has, none is NULL that may not be, and they live as
        // long as the array; how long they are the producer has promised.
        let data = unsafe { from_ffi_and_data_type(array, data_type.clone()) };
        let data = data.map_err(|source| ColumnError::Malformed { source })?;
        Ok(make_array(data))
    }
}

unsafe extern "C" fn release(array: *mut ArrowArray) {
    // SAFETY: Arrow's reader calls it once, with the array that `import` made.
    let flat = unsafe {
        (*array).release = None;
        Box::from_raw((*array).private_data.cast::<Flat>())
    };
    drop(flat);
}
