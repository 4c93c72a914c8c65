//! A producer's stream, read to its end.

use std::ffi::{CStr, c_int};
use std::sync::Arc;

use super::InterfaceError;
use super::structs::{ArrowArray, ArrowArrayStream, ArrowSchema, Owned, Release};

/// As much of a producer's words as an error repeats.
const MOST_MESSAGE: usize = 1000;

/// A stream that is ours to read and release.
pub(super) struct Stream(Owned<ArrowArrayStream>);

impl Stream {
    /// # Safety
    /// The pointer is NULL, or to a stream that may be written to and is as the interface says.
    pub(super) unsafe fn take(stream: *mut ArrowArrayStream) -> Result<Self, InterfaceError> {
        // SAFETY: the caller vouches.
        unsafe { Owned::take(stream) }.map(Self)
    }

    pub(super) fn schema(&mut self) -> Result<Owned<ArrowSchema>, InterfaceError> {
        self.call("get_schema", self.0.get().get_schema).and_then(Owned::given)
    }

    /// The next array, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Arc<Owned<ArrowArray>>>, InterfaceError> {
        let array = self.call("get_next", self.0.get().get_next)?;
        if array.is_released() { Ok(None) } else { Owned::given(array).map(|array| Some(Arc::new(array))) }
    }

    fn call<S: Release>(
        &mut self,
        callback: &'static str,
        function: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut S) -> c_int>,
    ) -> Result<S, InterfaceError> {
        let function = function.ok_or(InterfaceError::MissingCallback { callback })?;
        let mut out = S::released();
        // SAFETY: the stream is live, and there is room for what the producer writes.
        match unsafe { function(self.0.as_mut_ptr(), &raw mut out) } {
            0 => Ok(out),
            // What was written is then not ours to release.
            code => Err(InterfaceError::Failed { callback, code, message: self.last_error() }),
        }
    }

    fn last_error(&mut self) -> Option<String> {
        let function = self.0.get().get_last_error?;
        // SAFETY: the stream is live, and its last call has failed.
        let message = unsafe { function(self.0.as_mut_ptr()) };
        if message.is_null() {
            return None;
        }
        // SAFETY: not NULL, and then it ends in NUL, as the stream's producer has promised.
        let message = unsafe { CStr::from_ptr(message) };
        let message: String = message.to_string_lossy().chars().take(MOST_MESSAGE).collect();
        Some(message).filter(|message| !message.is_empty())
    }
}
