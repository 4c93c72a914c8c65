//! What a producer can get wrong.

use std::ffi::c_int;

/// Why a struct of the Arrow C data interface cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InterfaceError {
    /// A pointer to nothing.
    #[error("the pointer to the {what} is NULL")]
    Null {
        /// Schema, array or stream.
        what: &'static str,
    },
    /// A struct whose `release` is NULL: it was read before, or never filled.
    #[error("the {what} has been released: each can be read once")]
    Released {
        /// Schema, array or stream.
        what: &'static str,
    },
    /// A pointer that no struct can have. Nothing is released, for nothing is there.
    #[error("the pointer to the {what} is not aligned for a struct")]
    Unaligned {
        /// Schema, array or stream.
        what: &'static str,
    },
    /// A stream without one of its functions.
    #[error("the stream has no `{callback}`")]
    MissingCallback {
        /// The function.
        callback: &'static str,
    },
    /// A stream that says that something went wrong.
    #[error("`{callback}` of the stream failed with error {code}{}", after_colon(message.as_deref()))]
    Failed {
        /// The function.
        callback: &'static str,
        /// What it returned.
        code: c_int,
        /// What the stream's `get_last_error` says.
        message: Option<String>,
    },
    /// A schema that is not as the interface says.
    #[error("the schema is not well formed: {fault}")]
    Schema {
        /// What is wrong.
        fault: String,
    },
    /// An array that is not as the interface and its schema say.
    #[error("the array is not well formed: {fault}")]
    Array {
        /// What is wrong.
        fault: String,
    },
}

impl InterfaceError {
    pub(super) fn schema(fault: impl Into<String>) -> Self {
        Self::Schema { fault: fault.into() }
    }

    pub(super) fn array(fault: impl Into<String>) -> Self {
        Self::Array { fault: fault.into() }
    }

    pub(super) fn too_long() -> Self {
        Self::array("it is too long for this machine")
    }
}

fn after_colon(message: Option<&str>) -> String {
    message.map(|message| format!(": {message}")).unwrap_or_default()
}
