//! The structs of the interface, as its specification declares them, and who releases them.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;

use super::InterfaceError;

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

const _: () = {
    assert!(size_of::<ArrowSchema>() == size_of::<FFI_ArrowSchema>());
    assert!(align_of::<ArrowSchema>() == align_of::<FFI_ArrowSchema>());
    assert!(size_of::<ArrowArray>() == size_of::<FFI_ArrowArray>());
    assert!(align_of::<ArrowArray>() == align_of::<FFI_ArrowArray>());
    assert!(size_of::<ArrowArrayStream>() == size_of::<FFI_ArrowArrayStream>());
    assert!(align_of::<ArrowArrayStream>() == align_of::<FFI_ArrowArrayStream>());
};

/// A struct that is released once.
pub(super) trait Release: Sized {
    /// What it is called in errors.
    const NAME: &'static str;

    /// A released struct.
    fn released() -> Self;

    fn is_released(&self) -> bool;

    fn release(&mut self) -> &mut Option<unsafe extern "C" fn(*mut Self)>;
}

macro_rules! releases {
    ($struct:ident, $name:literal, { $($field:ident: $empty:expr),* $(,)? }) => {
        impl Release for $struct {
            const NAME: &'static str = $name;

            fn released() -> Self {
                Self { $($field: $empty,)* release: None, private_data: ptr::null_mut() }
            }

            fn is_released(&self) -> bool {
                self.release.is_none()
            }

            fn release(&mut self) -> &mut Option<unsafe extern "C" fn(*mut Self)> {
                &mut self.release
            }
        }
    };
}

releases!(ArrowSchema, "schema", {
    format: ptr::null(),
    name: ptr::null(),
    metadata: ptr::null(),
    flags: 0,
    n_children: 0,
    children: ptr::null_mut(),
    dictionary: ptr::null_mut(),
});
releases!(ArrowArray, "array", {
    length: 0,
    null_count: 0,
    offset: 0,
    n_buffers: 0,
    n_children: 0,
    buffers: ptr::null_mut(),
    children: ptr::null_mut(),
    dictionary: ptr::null_mut(),
});
releases!(ArrowArrayStream, "stream", { get_schema: None, get_next: None, get_last_error: None });

/// A struct that is ours to release.
#[derive(Debug)]
pub(super) struct Owned<S: Release>(S);

impl<S: Release> Owned<S> {
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
        // SAFETY: not NULL and aligned, and for the rest the caller vouches.
        let taken = Self(unsafe { ptr::replace(from, S::released()) });
        taken.live()
    }

    /// A struct that a producer's callback has just written.
    pub(super) fn given(given: S) -> Result<Self, InterfaceError> {
        Self(given).live()
    }

    fn live(self) -> Result<Self, InterfaceError> {
        if self.0.is_released() { Err(InterfaceError::Released { what: S::NAME }) } else { Ok(self) }
    }

    pub(super) fn get(&self) -> &S {
        &self.0
    }

    pub(super) fn as_mut_ptr(&mut self) -> *mut S {
        &raw mut self.0
    }
}

// SAFETY: nothing writes to an array until it is released, and the interface lets any thread release it.
unsafe impl Send for Owned<ArrowArray> {}
// SAFETY: as above; all that can be done with a shared one is reading.
unsafe impl Sync for Owned<ArrowArray> {}

impl<S: Release> Drop for Owned<S> {
    fn drop(&mut self) {
        if let Some(release) = self.0.release().take() {
            // The callback finds the struct as it was given.
            *self.0.release() = Some(release);
            // SAFETY: the struct is live and nobody else's; a producer's callback may be called once.
            unsafe { release(&raw mut self.0) };
            *self.0.release() = None;
        }
    }
}
