//! A producer's structs: taken, looked into, and released with the last that needs them. All that the other files
//! see of a pointer is what it points to.

use std::ffi::{c_char, c_int, c_void};
use std::mem::ManuallyDrop;
use std::ops::RangeInclusive;
use std::ptr::{self, NonNull};
use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_buffer::Buffer;

use super::InterfaceError;
use super::structs::{ArrowArray, ArrowArrayStream, ArrowSchema, Struct};

/// As much of a producer's words as an error repeats.
const MOST_MESSAGE: usize = 1000;
/// More columns than any table has, and few enough to look at each.
pub(super) const MOST_CHILDREN: usize = 1 << 16;
/// More than any producer says about a column: pandas describes a whole frame in less.
const MOST_METADATA: usize = 1 << 24;

/// A live struct that is ours to release, whose producer has promised that it is as the interface says.
pub(super) struct Taken<S: Struct> {
    /// What the struct says; it owns nothing.
    said: S,
    owner: S::Arrow,
}

impl<S: Struct> Taken<S> {
    /// Moves a struct here, and marks the one that it was in as released.
    ///
    /// # Safety
    /// The pointer is NULL, or to a struct that may be written to and is as the interface says.
    pub(super) unsafe fn take(from: *mut S) -> Result<Self, InterfaceError> {
        if from.is_null() {
            return Err(InterfaceError::Null { what: S::NAME });
        }
        if !from.is_aligned() {
            return Err(InterfaceError::Unaligned { what: S::NAME });
        }
        // SAFETY: not NULL and aligned; the caller vouches that it is a struct, whose two declarations agree.
        let (said, owner) = unsafe { (from.read(), ptr::replace(from.cast(), S::empty())) };
        if said.is_released() {
            return Err(InterfaceError::Released { what: S::NAME });
        }
        Ok(Self { said, owner })
    }

    pub(super) fn node(self) -> Node<S> {
        Node { said: self.said, owner: Arc::new(self.owner) }
    }
}

impl Taken<ArrowArrayStream> {
    pub(super) fn schema(&mut self) -> Result<Node<ArrowSchema>, InterfaceError> {
        self.call("get_schema", self.said.get_schema)
    }

    /// The next array, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Node<ArrowArray>>, InterfaceError> {
        match self.call("get_next", self.said.get_next) {
            Err(InterfaceError::Released { .. }) => Ok(None),
            array => array.map(Some),
        }
    }

    fn call<S: Struct>(
        &mut self,
        callback: &'static str,
        function: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut S) -> c_int>,
    ) -> Result<Node<S>, InterfaceError> {
        let function = function.ok_or(InterfaceError::MissingCallback { callback })?;
        let stream = (&raw mut self.owner).cast();
        // What is written by a call that fails is not ours to release.
        let mut out = ManuallyDrop::new(S::empty());
        let out = (&raw mut out).cast();
        // SAFETY: the function is the stream's own, the stream is live, and `out` may be written to.
        let code = unsafe { function(stream, out) };
        if code == 0 {
            // SAFETY: what a call that succeeded has written is as the interface says.
            return unsafe { Taken::take(out) }.map(Taken::node);
        }
        let message = self.said.get_last_error.and_then(|function| {
            // SAFETY: the function is the stream's own, the stream is live, and the call that failed was the last.
            let message = unsafe { function(stream) };
            // SAFETY: the message is NULL or ends in NUL, and it is there until the next call.
            unsafe { text(message) }
        });
        let message = message.unwrap_or_default();
        let message: String = String::from_utf8_lossy(&message).chars().take(MOST_MESSAGE).collect();
        Err(InterfaceError::Failed { callback, code, message: Some(message).filter(|it| !it.is_empty()) })
    }
}

/// A value in memory of a producer, at whatever address.
///
/// # Safety
/// The pointer is not NULL, and `place` is within what it points to, which nobody changes meanwhile. What is read is
/// a `T` for whoever reads it: a struct is not released by it.
unsafe fn at<T>(list: *const T, place: usize) -> T {
    // SAFETY: the caller vouches for the place; no alignment is needed.
    unsafe { list.wrapping_add(place).read_unaligned() }
}

/// A text that ends in NUL; none at NULL.
///
/// # Safety
/// The pointer is NULL, or to bytes of which one is NUL, which nobody changes meanwhile.
unsafe fn text(text: *const c_char) -> Option<Vec<u8>> {
    let text = text.cast::<u8>();
    if text.is_null() {
        return None;
    }
    // SAFETY: it is not NULL, and each byte is asked for only if no byte before it was NUL.
    let bytes = (0..).map(|place| unsafe { at(text, place) });
    Some(bytes.take_while(|byte| *byte != 0).collect())
}

/// A struct, or a part of one, and what keeps it live.
pub(super) struct Node<S: Struct> {
    said: S,
    owner: Arc<S::Arrow>,
}

impl<S: Struct> Node<S> {
    /// The children, and what is wrong if they cannot be.
    pub(super) fn children(&self) -> Result<Vec<Self>, String> {
        let (count, list, _) = self.said.parts();
        let count = usize::try_from(count).ok().filter(|count| *count <= MOST_CHILDREN);
        let count = count.ok_or("it has more than 65,536 columns, or a negative number")?;
        if count > 0 && list.is_null() {
            return Err("its list of children is NULL".to_owned());
        }
        let children = (0..count).map(|place| {
            // SAFETY: the list is not NULL, the struct is live, and its list has as many pointers as it says.
            let child = unsafe { at(list, place) };
            let child = self.part(child).and_then(|child| child.ok_or("is NULL"));
            child.map_err(|fault| format!("child {} {fault}", place + 1))
        });
        children.collect()
    }

    pub(super) fn dictionary(&self) -> Result<Option<Self>, String> {
        let (_, _, dictionary) = self.said.parts();
        self.part(dictionary).map_err(|fault| format!("the dictionary {fault}"))
    }

    /// A part at a pointer of this struct.
    fn part(&self, part: *const S) -> Result<Option<Self>, &'static str> {
        if part.is_null() {
            return Ok(None);
        }
        if !part.is_aligned() {
            return Err("is not aligned for a struct");
        }
        // SAFETY: it is not NULL, and a struct that is live has live parts. Reading one does not own it.
        let said = unsafe { at(part, 0) };
        if said.is_released() {
            return Err("has been released");
        }
        Ok(Some(Self { said, owner: Arc::clone(&self.owner) }))
    }
}

impl Node<ArrowSchema> {
    pub(super) fn flags(&self) -> i64 {
        self.said.flags
    }

    pub(super) fn format(&self) -> Result<String, InterfaceError> {
        // SAFETY: the struct is live, and its format is NULL or ends in NUL.
        let format =
            unsafe { text(self.said.format) }.ok_or_else(|| InterfaceError::schema("a format is NULL"))?;
        String::from_utf8(format).map_err(|_| InterfaceError::schema("a format is not UTF-8"))
    }

    /// The name; a column without one has an empty name.
    pub(super) fn name(&self) -> Result<String, InterfaceError> {
        // SAFETY: the struct is live, and its name is NULL or ends in NUL.
        let name = unsafe { text(self.said.name) }.unwrap_or_default();
        String::from_utf8(name).map_err(|_| InterfaceError::schema("a name is not UTF-8"))
    }

    /// What the metadata say about a key. They are lengths of 32 bits, each before its bytes, after the number of
    /// pairs of key and value.
    pub(super) fn metadata(&self, wanted: &str) -> Result<Option<Vec<u8>>, InterfaceError> {
        let list = self.said.metadata.cast::<u8>();
        if list.is_null() {
            return Ok(None);
        }
        let mut taken = 0_usize;
        let mut take = |length: usize| {
            let from = taken;
            taken = from.saturating_add(length);
            if taken > MOST_METADATA {
                return Err(InterfaceError::schema("the metadata is larger than 16 megabytes"));
            }
            // SAFETY: the list is not NULL, the struct is live, and what was read so far says that these bytes follow.
            Ok((from..taken).map(|place| unsafe { at(list, place) }).collect::<Vec<u8>>())
        };
        let number = |bytes: Vec<u8>| {
            let number = bytes.try_into().map_or(-1, i32::from_ne_bytes);
            usize::try_from(number)
                .map_err(|_| InterfaceError::schema("a length in the metadata is negative"))
        };
        let mut found = None;
        for _ in 0..number(take(4)?)? {
            let mut part = || number(take(4)?).and_then(&mut take);
            let (key, value) = (part()?, part()?);
            if key == wanted.as_bytes() {
                found = Some(value);
            }
        }
        Ok(found)
    }
}

impl Node<ArrowArray> {
    pub(super) fn said(&self) -> &ArrowArray {
        &self.said
    }

    /// The buffers, of which there must be as many as the type has.
    pub(super) fn buffers(&self, expected: RangeInclusive<usize>) -> Result<Buffers, InterfaceError> {
        let (found, list) = (self.said.n_buffers, self.said.buffers);
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
        // SAFETY: the list is not NULL, the struct is live, and its list has as many pointers as it says.
        let list = (0..count).map(|place| unsafe { at(list, place) }).collect();
        Ok(Buffers { list, owner: Arc::clone(&self.owner) })
    }
}

/// The buffers of an array, whose lengths are found out one by one.
pub(super) struct Buffers {
    list: Vec<*const c_void>,
    owner: Arc<FFI_ArrowArray>,
}

impl Buffers {
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The buffer of so many values of so many bytes, which lives as long as it is used; none at NULL.
    pub(super) fn get(
        &self,
        place: usize,
        count: usize,
        width: usize,
    ) -> Result<Option<Buffer>, InterfaceError> {
        let bytes = count.checked_mul(width).ok_or_else(InterfaceError::too_long)?;
        if bytes == 0 {
            // Nothing need be there, and not even an address.
            return Ok(Some(Buffer::default()));
        }
        let buffer = self.list.get(place).and_then(|buffer| NonNull::new(buffer.cast_mut().cast()));
        let owner = || Arc::<FFI_ArrowArray>::clone(&self.owner);
        // SAFETY: the producer has promised that a buffer is as long as the array says, as the last offset does,
        // or the lengths of a view, and that nothing changes it before the owner is released.
        Ok(buffer.map(|buffer| unsafe { Buffer::from_custom_allocation(buffer, bytes, owner()) }))
    }
}
