//! Versions

use std::ffi::c_char;

/// The version of the binary interface that this header describes. It is raised when a program built against
/// an older header could go wrong, and not when functions, constants and keys of JSON are added.
pub const CSC_ABI_VERSION: u32 = 2;

/// The version of the binary interface of the library that is loaded: compare it with `CSC_ABI_VERSION`.
#[unsafe(no_mangle)]
pub extern "C" fn csc_abi_version() -> u32 {
    CSC_ABI_VERSION
}

/// The version of the library, such as `"0.1.0"`. It is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn csc_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}
