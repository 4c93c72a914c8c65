//! The structs of the interface, as its specification declares them.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;

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
    ($($name:literal: $struct:ident as $arrow:ident, |$this:ident| $parts:expr;)+) => {$(
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
                let $this = self;
                $parts
            }
        }
    )+};
}

structs! {
    "schema": ArrowSchema as FFI_ArrowSchema, |schema| (schema.n_children, schema.children, schema.dictionary);
    "array": ArrowArray as FFI_ArrowArray, |array| (array.n_children, array.children, array.dictionary);
    "stream": ArrowArrayStream as FFI_ArrowArrayStream, |_stream| (0, ptr::null_mut(), ptr::null_mut());
}
