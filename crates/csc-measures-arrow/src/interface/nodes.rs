//! Schemas and arrays of a producer, read part by part, each checked before it is touched.

use std::ffi::{CStr, c_char, c_void};
use std::slice;
use std::sync::Arc;

use super::InterfaceError;
use super::structs::{ArrowArray, ArrowSchema, Owned, Release};

/// More columns than any table has, and few enough to look at each.
const MOST_CHILDREN: usize = 1 << 16;
/// More than any producer says about a column: pandas describes a whole frame in less.
const MOST_METADATA: usize = 1 << 24;
const EXTENSION_NAME: &[u8] = b"ARROW:extension:name";

/// A schema, or a child of one.
#[derive(Clone, Copy)]
pub(super) struct SchemaNode<'a>(&'a ArrowSchema);

impl<'a> SchemaNode<'a> {
    /// # Safety
    /// What the schema points to is as the interface says, wherever it is neither NULL nor released.
    pub(super) unsafe fn root(schema: &'a Owned<ArrowSchema>) -> Self {
        Self(schema.get())
    }

    pub(super) fn format(self) -> Result<&'a str, InterfaceError> {
        // SAFETY: a format is a text that ends in NUL, by the root's promise.
        unsafe { text(self.0.format) }
            .map_err(|NotUtf8| InterfaceError::schema("a format is not UTF-8"))?
            .ok_or_else(|| InterfaceError::schema("a format is NULL"))
    }

    /// The name; a column without one has an empty name.
    pub(super) fn name(self) -> Result<&'a str, InterfaceError> {
        // SAFETY: a name is a text that ends in NUL, by the root's promise.
        let name = unsafe { text(self.0.name) };
        Ok(name.map_err(|NotUtf8| InterfaceError::schema("a name is not UTF-8"))?.unwrap_or_default())
    }

    pub(super) fn is_nullable(self) -> bool {
        self.0.flags & 2 != 0
    }

    pub(super) fn are_keys_sorted(self) -> bool {
        self.0.flags & 4 != 0
    }

    pub(super) fn children(self) -> Result<Vec<Self>, InterfaceError> {
        // SAFETY: the children are as the interface says, by the root's promise.
        let children = unsafe { children(self.0.n_children, self.0.children) };
        Ok(children.map_err(InterfaceError::schema)?.into_iter().map(Self).collect())
    }

    pub(super) fn dictionary(self) -> Result<Option<Self>, InterfaceError> {
        if self.0.dictionary.is_null() {
            return Ok(None);
        }
        // SAFETY: the dictionary is as the interface says, by the root's promise.
        let dictionary = unsafe { live(self.0.dictionary.cast_const()) };
        dictionary
            .map(|dictionary| Some(Self(dictionary)))
            .map_err(|fault| InterfaceError::schema(format!("the dictionary {fault}")))
    }

    /// The name of the type that the producer makes of the type, as `arrow.uuid`.
    pub(super) fn extension(self) -> Result<Option<&'a str>, InterfaceError> {
        if self.0.metadata.is_null() {
            return Ok(None);
        }
        let mut metadata = Metadata { at: self.0.metadata.cast(), taken: 0 };
        let mut extension = None;
        for _ in 0..metadata.length()? {
            let key = metadata.bytes()?;
            let value = metadata.bytes()?;
            if key == EXTENSION_NAME {
                let name = str::from_utf8(value)
                    .map_err(|_| InterfaceError::schema("the name of an extension is not UTF-8"))?;
                extension = Some(name);
            }
        }
        return Ok(extension);

        /// Lengths as 32-bit numbers, each before its bytes.
        struct Metadata {
            at: *const u8,
            taken: usize,
        }

        impl Metadata {
            fn length(&mut self) -> Result<usize, InterfaceError> {
                let bytes = self.take(size_of::<i32>())?;
                let length = bytes.try_into().map(i32::from_ne_bytes).unwrap_or(-1);
                usize::try_from(length)
                    .map_err(|_| InterfaceError::schema("a length in the metadata is negative"))
            }

            fn bytes<'m>(&mut self) -> Result<&'m [u8], InterfaceError> {
                let length = self.length()?;
                self.take(length)
            }

            fn take<'m>(&mut self, length: usize) -> Result<&'m [u8], InterfaceError> {
                let from = self.taken;
                self.taken = from.saturating_add(length);
                if self.taken > MOST_METADATA {
                    return Err(InterfaceError::schema("the metadata is of more than 16 megabytes"));
                }
                // SAFETY: metadata goes on as its lengths say, by the root's promise.
                Ok(unsafe { slice::from_raw_parts(self.at.add(from), length) })
            }
        }
    }
}

/// An array, or a part of one, and the array that owns it.
#[derive(Clone, Copy)]
pub(super) struct ArrayNode<'a> {
    array: &'a ArrowArray,
    owner: &'a Arc<Owned<ArrowArray>>,
}

impl<'a> ArrayNode<'a> {
    /// # Safety
    /// What the array points to is as the interface says, wherever it is neither NULL nor released.
    pub(super) unsafe fn root(owner: &'a Arc<Owned<ArrowArray>>) -> Self {
        Self { array: owner.get(), owner }
    }

    pub(super) fn owner(self) -> Arc<Owned<ArrowArray>> {
        Arc::clone(self.owner)
    }

    /// Where in its buffers the array begins, and how long it is.
    pub(super) fn span(self) -> Result<(usize, usize), InterfaceError> {
        let (offset, length) = (self.array.offset, self.array.length);
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
        Ok((place(offset)?, place(length)?))
    }

    /// The number of nulls, if they were counted.
    pub(super) fn nulls(self) -> Result<Option<usize>, InterfaceError> {
        match self.array.null_count {
            -1 => Ok(None),
            count if (0..=self.array.length).contains(&count) => Ok(usize::try_from(count).ok()),
            count => {
                Err(InterfaceError::array(format!("{count} of its {} values are null", self.array.length)))
            }
        }
    }

    /// The children, of which there must be as many as the type has.
    pub(super) fn children(self, expected: usize) -> Result<Vec<Self>, InterfaceError> {
        if usize::try_from(self.array.n_children) != Ok(expected) {
            return Err(InterfaceError::array(format!(
                "it has {} children in place of {expected}",
                self.array.n_children
            )));
        }
        // SAFETY: the children are as the interface says, by the root's promise.
        let children = unsafe { children(self.array.n_children, self.array.children) };
        let node = |array| Self { array, owner: self.owner };
        Ok(children.map_err(InterfaceError::array)?.into_iter().map(node).collect())
    }

    pub(super) fn dictionary(self) -> Result<Option<Self>, InterfaceError> {
        if self.array.dictionary.is_null() {
            return Ok(None);
        }
        // SAFETY: the dictionary is as the interface says, by the root's promise.
        let array = unsafe { live(self.array.dictionary.cast_const()) }
            .map_err(|fault| InterfaceError::array(format!("the dictionary {fault}")))?;
        Ok(Some(Self { array, owner: self.owner }))
    }

    /// The buffers, of which there must be `least`, or with `or_more` at least as many.
    pub(super) fn buffers(self, least: usize, or_more: bool) -> Result<Vec<*const c_void>, InterfaceError> {
        let count = usize::try_from(self.array.n_buffers).ok();
        let count = count
            .filter(|count| *count == least || (or_more && (least..=least + MOST_CHILDREN).contains(count)));
        let Some(count) = count else {
            let found = self.array.n_buffers;
            let or_more = if or_more { " or more" } else { "" };
            return Err(InterfaceError::array(format!(
                "it has {found} buffers in place of {least}{or_more}"
            )));
        };
        if count == 0 {
            return Ok(Vec::new());
        }
        if self.array.buffers.is_null() {
            return Err(InterfaceError::array("its list of buffers is NULL"));
        }
        // SAFETY: the list is not NULL and as long as it says, by the root's promise.
        Ok((0..count).map(|place| unsafe { self.array.buffers.add(place).read_unaligned() }).collect())
    }
}

struct NotUtf8;

/// A text that ends in NUL; none at NULL.
///
/// # Safety
/// Where the pointer is not NULL, such a text is there.
unsafe fn text<'a>(text: *const c_char) -> Result<Option<&'a str>, NotUtf8> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: not NULL, and for the rest the caller vouches.
    unsafe { CStr::from_ptr(text) }.to_str().map(Some).map_err(|_| NotUtf8)
}

/// # Safety
/// The list is NULL or as long as it says, and the pointers in it are NULL or to structs.
unsafe fn children<'a, S: Release + 'a>(count: i64, list: *mut *mut S) -> Result<Vec<&'a S>, String> {
    let count = usize::try_from(count).ok().filter(|count| *count <= MOST_CHILDREN);
    let count = count.ok_or("the number of its children is no possible one")?;
    if count == 0 {
        return Ok(Vec::new());
    }
    if list.is_null() {
        return Err("its list of children is NULL".to_owned());
    }
    (0..count)
        .map(|place| {
            // SAFETY: the place is in the list, by the caller's promise.
            let child = unsafe { list.add(place).read_unaligned() };
            // SAFETY: NULL or a struct, by the caller's promise.
            unsafe { live(child.cast_const()) }.map_err(|fault| format!("child {} {fault}", place + 1))
        })
        .collect()
}

/// # Safety
/// The pointer is NULL or to a struct.
unsafe fn live<'a, S: Release + 'a>(part: *const S) -> Result<&'a S, &'static str> {
    if part.is_null() {
        return Err("is NULL");
    }
    if !part.is_aligned() {
        return Err("is not aligned as a struct is");
    }
    // SAFETY: not NULL and aligned, and for the rest the caller vouches.
    let part = unsafe { &*part };
    if part.is_released() { Err("is released") } else { Ok(part) }
}
