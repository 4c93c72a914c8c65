//! The structs of the interface, as its specification declares them, and who releases them.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;

use super::InterfaceError;

/// As much of a producer's words as an error repeats.
const MOST_MESSAGE: usize = 1000;
/// More columns than any table has, and few enough to look at each.
pub(super) const MOST_CHILDREN: usize = 1 << 16;

/// A type, its name and its children: `struct ArrowSchema` of the C data interface.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowSchema {
    /// The type, as text.
    pub format: *const c_char,
    /// The name, or NULL.
    pub name: *const c_char,
    /// Keys and values, each after its length, or NULL.
    pub metadata: *const c_char,
    /// Whether dictionaries are ordered (1), nulls occur (2) and keys of maps are sorted (4).
    pub flags: i64,
    /// The number of children.
    pub n_children: i64,
    /// The children.
    pub children: *mut *mut ArrowSchema,
    /// The type of a dictionary's values, or NULL.
    pub dictionary: *mut ArrowSchema,
    /// Frees what the struct owns; NULL in a struct that is released.
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// Values: `struct ArrowArray` of the C data interface.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowArray {
    /// The number of values.
    pub length: i64,
    /// The number of nulls, -1 = not counted.
    pub null_count: i64,
    /// The values in the buffers before the first of the array.
    pub offset: i64,
    /// The number of buffers.
    pub n_buffers: i64,
    /// The number of children.
    pub n_children: i64,
    /// The buffers.
    pub buffers: *mut *const c_void,
    /// The children.
    pub children: *mut *mut ArrowArray,
    /// A dictionary's values, or NULL.
    pub dictionary: *mut ArrowArray,
    /// Frees what the struct owns; NULL in a struct that is released.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// Arrays one after the other: `struct ArrowArrayStream` of the C stream interface.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowArrayStream {
    /// Gives the type of the arrays; 0, or the number of an error.
    pub get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    /// Gives the next array, a released one at the end; 0, or the number of an error.
    pub get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    /// What went wrong with the last call, in words, or NULL.
    pub get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    /// Frees what the struct owns; NULL in a struct that is released.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// A struct of the interface, and the same struct as arrow-rs declares it: with private fields, and released
/// when it is dropped.
pub(super) trait Struct: Sized {
    /// What it is called in errors.
    const NAME: &'static str;
    type Arrow;

    fn empty() -> Self::Arrow;
    fn is_released(&self) -> bool;
    /// The number of children, where they are, and where the dictionary is.
    fn parts(&self) -> (i64, *mut *mut Self, *mut Self);
}

macro_rules! structs {
    ($($name:literal: $struct:ident as $arrow:ident, $parts:expr;)+) => {$(
        const _: () = assert!(size_of::<$struct>() == size_of::<$arrow>());
        const _: () = assert!(align_of::<$struct>() == align_of::<$arrow>());

        impl Struct for $struct {
            const NAME: &'static str = $name;
            type Arrow = $arrow;

            fn empty() -> $arrow {
                $arrow::empty()
            }

            fn is_released(&self) -> bool {
                self.release.is_none()
            }

            fn parts(&self) -> (i64, *mut *mut Self, *mut Self) {
                let parts: fn(&Self) -> (i64, *mut *mut Self, *mut Self) = $parts;
                parts(self)
            }
        }
    )+};
}

structs! {
    "schema": ArrowSchema as FFI_ArrowSchema, |schema| (schema.n_children, schema.children, schema.dictionary);
    "array": ArrowArray as FFI_ArrowArray, |array| (array.n_children, array.children, array.dictionary);
    "stream": ArrowArrayStream as FFI_ArrowArrayStream, |_| (0, ptr::null_mut(), ptr::null_mut());
}

/// A live struct that is ours to release, whose producer has promised that it is as the interface says.
pub(super) struct Taken<S: Struct>(S::Arrow);

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
        Self(unsafe { ptr::replace(from.cast(), S::empty()) }).live()
    }

    fn live(self) -> Result<Self, InterfaceError> {
        if self.is_released() { Err(InterfaceError::Released { what: S::NAME }) } else { Ok(self) }
    }

    pub(super) fn node(&self) -> Node<'_, S> {
        Node(self)
    }
}

impl<S: Struct> Deref for Taken<S> {
    type Target = S;

    fn deref(&self) -> &S {
        // SAFETY: the two declarations of the struct agree, in which any bits are a value but for NULL in a
        // function, which is the `None` of both.
        unsafe { &*(&raw const self.0).cast() }
    }
}

impl Taken<ArrowArrayStream> {
    pub(super) fn schema(&mut self) -> Result<Taken<ArrowSchema>, InterfaceError> {
        self.call("get_schema", self.get_schema)?.live()
    }

    /// The next array, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Taken<ArrowArray>>, InterfaceError> {
        let array = self.call("get_next", self.get_next)?;
        Ok((!array.is_released()).then_some(array))
    }

    fn call<S: Struct>(
        &mut self,
        callback: &'static str,
        function: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut S) -> c_int>,
    ) -> Result<Taken<S>, InterfaceError> {
        let function = function.ok_or(InterfaceError::MissingCallback { callback })?;
        let mut out = ManuallyDrop::new(S::empty());
        // SAFETY: the function is the stream's own, the stream is live, and `out` is a released struct of the
        // declared layout.
        match unsafe { function((&raw mut self.0).cast(), (&raw mut out).cast()) } {
            0 => Ok(Taken(ManuallyDrop::into_inner(out))),
            // What was written is then not ours to release.
            code => Err(InterfaceError::Failed { callback, code, message: self.last_error() }),
        }
    }

    fn last_error(&mut self) -> Option<String> {
        let function = self.get_last_error?;
        // SAFETY: the function is the stream's own, the stream is live, and its last call has failed; what the
        // function returns is NULL or ends in NUL, and lives until the next call.
        let message = unsafe { text(function((&raw mut self.0).cast())) }?.to_string_lossy();
        let message: String = message.chars().take(MOST_MESSAGE).collect();
        Some(message).filter(|message| !message.is_empty())
    }
}

/// A text that ends in NUL; none at NULL.
///
/// # Safety
/// Where the pointer is not NULL, such a text is there for as long as it is looked at.
pub(super) unsafe fn text<'a>(text: *const c_char) -> Option<&'a CStr> {
    // SAFETY: not NULL, and for the rest the caller vouches.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) })
}

/// A struct, or a part of one, whose producer has promised that what it points to is as the interface says,
/// wherever it is neither NULL nor released.
pub(super) struct Node<'a, S>(&'a S);

impl<S> Clone for Node<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Node<'_, S> {}

impl<'a, S: Struct> Node<'a, S> {
    pub(super) fn get(self) -> &'a S {
        self.0
    }

    pub(super) fn children(self) -> Result<Vec<Self>, String> {
        let (count, list, _) = self.0.parts();
        let count = usize::try_from(count).ok().filter(|count| *count <= MOST_CHILDREN);
        let count = count.ok_or("the number of its children is impossible")?;
        if count > 0 && list.is_null() {
            return Err("its list of children is NULL".to_owned());
        }
        let children = (0..count).map(|place| {
            // SAFETY: a list that is not NULL is as long as its struct says, at whatever address.
            let child = unsafe { list.add(place).read_unaligned() };
            let found = self.part(child).and_then(|child| child.ok_or("is NULL"));
            found.map_err(|fault| format!("child {} {fault}", place + 1))
        });
        children.collect()
    }

    pub(super) fn dictionary(self) -> Result<Option<Self>, String> {
        self.part(self.0.parts().2).map_err(|fault| format!("the dictionary {fault}"))
    }

    /// A part at a pointer of this struct.
    fn part(self, part: *mut S) -> Result<Option<Self>, &'static str> {
        if part.is_null() {
            return Ok(None);
        }
        if !part.is_aligned() {
            return Err("is not aligned for a struct");
        }
        // SAFETY: neither NULL nor unaligned, so that a struct is there, which lives as long as this one.
        let part = unsafe { &*part };
        if part.is_released() { Err("has been released") } else { Ok(Some(Self(part))) }
    }
}
