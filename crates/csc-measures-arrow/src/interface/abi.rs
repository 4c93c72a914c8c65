//! The three structs of the C data interface as it defines them, and who releases them.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_schema::ffi::FFI_ArrowSchema;

/// `struct ArrowSchema`: a type, and the types under it.
#[repr(C)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "the interface lays it down for ever")]
pub struct ArrowSchema {
    /// The type, as the interface writes it.
    pub format: *const c_char,
    /// The name of the field; may be NULL.
    pub name: *const c_char,
    /// Keys and values, as the interface packs them; may be NULL.
    pub metadata: *const c_char,
    /// Whether it is nullable, and so on.
    pub flags: i64,
    /// The number of types under it.
    pub n_children: i64,
    /// The types under it.
    pub children: *mut *mut ArrowSchema,
    /// The type of a dictionary's values; NULL where it is none.
    pub dictionary: *mut ArrowSchema,
    /// Releases it; `None` when it is.
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// `struct ArrowArray`: values, and the values under them.
#[repr(C)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "the interface lays it down for ever")]
pub struct ArrowArray {
    /// The number of values.
    pub length: i64,
    /// How many of them are null; -1 where it is not counted.
    pub null_count: i64,
    /// Where they begin in the buffers.
    pub offset: i64,
    /// The number of buffers.
    pub n_buffers: i64,
    /// The number of arrays under it.
    pub n_children: i64,
    /// The buffers.
    pub buffers: *mut *const c_void,
    /// The arrays under it.
    pub children: *mut *mut ArrowArray,
    /// A dictionary's values; NULL where it is none.
    pub dictionary: *mut ArrowArray,
    /// Releases it; `None` when it is.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// `struct ArrowArrayStream`: arrays of one type, one after the other.
#[repr(C)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "the interface lays it down for ever")]
pub struct ArrowArrayStream {
    /// Writes the type.
    pub get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    /// Writes the next array; a released one at the end.
    pub get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    /// What the last error was; may be NULL.
    pub get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    /// Releases it; `None` when it is.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

// What is passed on to `arrow-rs` is passed as its own mirrors of the same structs.
const _: () = {
    assert!(size_of::<ArrowSchema>() == size_of::<FFI_ArrowSchema>());
    assert!(align_of::<ArrowSchema>() == align_of::<FFI_ArrowSchema>());
    assert!(size_of::<ArrowArray>() == size_of::<FFI_ArrowArray>());
    assert!(align_of::<ArrowArray>() == align_of::<FFI_ArrowArray>());
    assert!(size_of::<ArrowArrayStream>() == size_of::<FFI_ArrowArrayStream>());
    assert!(align_of::<ArrowArrayStream>() == align_of::<FFI_ArrowArrayStream>());
};

impl ArrowSchema {
    pub(super) const EMPTY: Self = Self {
        format: ptr::null(),
        name: ptr::null(),
        metadata: ptr::null(),
        flags: 0,
        n_children: 0,
        children: ptr::null_mut(),
        dictionary: ptr::null_mut(),
        release: None,
        private_data: ptr::null_mut(),
    };
}

impl ArrowArray {
    pub(super) const EMPTY: Self = Self {
        length: 0,
        null_count: 0,
        offset: 0,
        n_buffers: 0,
        n_children: 0,
        buffers: ptr::null_mut(),
        children: ptr::null_mut(),
        dictionary: ptr::null_mut(),
        release: None,
        private_data: ptr::null_mut(),
    };
}

impl ArrowArrayStream {
    /// A stream that is released: a place for one to be written to.
    pub const EMPTY: Self = Self {
        get_schema: None,
        get_next: None,
        get_last_error: None,
        release: None,
        private_data: ptr::null_mut(),
    };
}

/// A struct that its owner releases.
macro_rules! released_on_drop {
    ($owned:ident of $raw:ident) => {
        /// The struct, which is released when this goes.
        #[derive(Debug)]
        pub(super) struct $owned(pub(super) $raw);

        impl Drop for $owned {
            fn drop(&mut self) {
                if let Some(release) = self.0.release {
                    // SAFETY: it is not released yet, and this is its only owner.
                    unsafe { release(&raw mut self.0) };
                    self.0.release = None;
                }
            }
        }
    };
}

released_on_drop!(OwnedSchema of ArrowSchema);
released_on_drop!(OwnedArray of ArrowArray);
released_on_drop!(OwnedStream of ArrowArrayStream);

impl OwnedStream {
    /// Moves a stream out: what is left behind is marked as released.
    ///
    /// # Safety
    /// The pointer is aligned, and good for reading and writing a stream of the interface.
    pub(super) unsafe fn take(raw: *mut ArrowArrayStream) -> Self {
        // SAFETY: as asked of the caller. The interface moves a struct by copying its bytes.
        Self(unsafe { ptr::replace(raw, ArrowArrayStream::EMPTY) })
    }
}

// SAFETY: the interface has its structs be used and released on any thread, one at a time; what is shared of
// an array is its buffers, which nobody changes.
unsafe impl Send for OwnedArray {}
// SAFETY: as above.
unsafe impl Sync for OwnedArray {}
