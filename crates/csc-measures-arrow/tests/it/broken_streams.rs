//! What a careless or broken producer hands over by the Arrow C data interface is an error that says what is
//! wrong, never a crash: here structs that are none, and streams that fail.
#![expect(unsafe_code, reason = "the interface is of pointers")]
#![expect(clippy::undocumented_unsafe_blocks, reason = "what is not NULL is whole")]

use std::ffi::CString;
use std::ptr;

use crate::producer::broken::{compliments, texts};
use crate::producer::{Releases, Script, Step, array_of_batch, schema_of};
use csc_measures::Dataset;
use csc_measures_arrow::ColumnError;
use csc_measures_arrow::interface::{
    ArrowArray, ArrowArrayStream, ArrowSchema, InterfaceError, add_array, add_stream, take_chunks,
    take_column,
};

#[test]
fn pointers_to_nothing_and_structs_that_are_released() {
    let releases = Releases::default();
    let batch = compliments(texts());
    let mut builder = Dataset::builder();
    let mut add = |schema: *mut ArrowSchema, array: *mut ArrowArray| {
        unsafe { add_array(&mut builder, "compliments", schema, array) }.unwrap_err().to_string()
    };
    let no_schema = "table `compliments`: the pointer to the schema is NULL";
    assert_eq!(add(ptr::null_mut(), ptr::null_mut()), no_schema);
    let mut array = array_of_batch(&batch, 0, &releases);
    assert_eq!(add(ptr::null_mut(), &raw mut array), no_schema);
    assert_eq!(releases.count(), 1);
    let mut schema = schema_of(&batch.schema(), &releases);
    let no_array = "table `compliments`: the pointer to the array is NULL";
    assert_eq!(add(&raw mut schema, ptr::null_mut()), no_array);
    assert_eq!(releases.count(), 2);
    let released = "table `compliments`: the schema has been released: each can be read once";
    assert_eq!(add(&raw mut schema, &raw mut array), released);
    let mut schema = schema_of(&batch.schema(), &releases);
    let released = "table `compliments`: the array has been released: each can be read once";
    assert_eq!(add(&raw mut schema, &raw mut array), released);
    assert_eq!(releases.count(), 3);
    let odd = (&raw mut array).cast::<u8>().wrapping_add(1).cast();
    let mut schema = schema_of(&batch.schema(), &releases);
    let unaligned = "table `compliments`: the pointer to the array is not aligned for a struct";
    assert_eq!(add(&raw mut schema, odd), unaligned);

    let (schema, array) = (ptr::null_mut(), ptr::null_mut());
    let fault = unsafe { take_column(schema, array) }.unwrap_err();
    assert!(matches!(fault, ColumnError::Interface(InterfaceError::Null { what: "schema" })));
    let fault = unsafe { take_chunks(ptr::null_mut()) }.unwrap_err();
    assert!(matches!(fault, ColumnError::Interface(InterfaceError::Null { what: "stream" })));
}

fn stream(script: Script, broken: impl Fn(&mut ArrowArrayStream)) -> String {
    let releases = script.releases.clone();
    let mut stream = script.stream();
    broken(&mut stream);
    let mut builder = Dataset::builder();
    let error = unsafe { add_stream(&mut builder, "compliments", &raw mut stream) }.unwrap_err();
    assert!(stream.release.is_none());
    assert_eq!(releases.count(), 1);
    // and it cannot be read again
    let again = unsafe { add_stream(&mut builder, "compliments", &raw mut stream) }.unwrap_err();
    assert_eq!(again.to_string(), "table `compliments`: the stream has been released: each can be read once");
    error.to_string()
}

#[test]
fn streams_without_functions_and_streams_that_fail() {
    let batch = compliments(texts());
    let of_parts = Releases::default();
    let script = |message: Option<&[u8]>| Script {
        schema: Ok(schema_of(&batch.schema(), &of_parts)),
        steps: [Step::Give(array_of_batch(&batch, 0, &of_parts)), Step::Fail(5)].into(),
        message: message.map(|message| CString::new(message).unwrap()),
        releases: Releases::default(),
    };
    let null = unsafe { add_stream(&mut Dataset::builder(), "compliments", ptr::null_mut()) }.unwrap_err();
    assert_eq!(null.to_string(), "table `compliments`: the pointer to the stream is NULL");
    let no_schema = stream(script(None), |stream| stream.get_schema = None);
    assert_eq!(no_schema, "table `compliments`: the stream has no `get_schema`");
    let no_next = stream(script(None), |stream| stream.get_next = None);
    assert_eq!(no_next, "table `compliments`: the stream has no `get_next`");
    let failed = "table `compliments`: `get_next` of the stream failed with error 5";
    assert_eq!(stream(script(None), |stream| stream.get_last_error = None), failed);
    assert_eq!(stream(script(None), |_| {}), failed);
    assert_eq!(stream(script(Some(b"")), |_| {}), failed);
    assert_eq!(stream(script(Some(b"the tape tore")), |_| {}), format!("{failed}: the tape tore"));
    assert_eq!(stream(script(Some(b"caf\xe9")), |_| {}), format!("{failed}: caf\u{fffd}"));
    let long = stream(script(Some(&[b'x'; 5000])), |_| {});
    assert_eq!(long, format!("{failed}: {}", "x".repeat(1000)));
    assert_eq!(of_parts.count(), 8 * 2);

    let script = Script {
        schema: Err(12),
        steps: [].into(),
        message: Some(CString::new("no room").unwrap()),
        releases: Releases::default(),
    };
    let failed = "table `compliments`: `get_schema` of the stream failed with error 12: no room";
    assert_eq!(stream(script, |_| {}), failed);
    // a producer that says that all is well, and gives nothing
    let releases = Releases::default();
    let mut released = schema_of(&batch.schema(), &releases);
    unsafe { released.release.unwrap()(&raw mut released) };
    let script =
        Script { schema: Ok(released), steps: [].into(), message: None, releases: Releases::default() };
    let nothing = "table `compliments`: the schema has been released: each can be read once";
    assert_eq!(stream(script, |_| {}), nothing);
}
