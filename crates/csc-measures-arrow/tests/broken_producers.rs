//! What a careless or broken producer hands over by the Arrow C data interface is an error that says what is
//! wrong, never a crash; and each struct is released once all the same.
#![expect(unsafe_code, reason = "the interface is of pointers")]
#![expect(
    clippy::unwrap_used,
    clippy::undocumented_unsafe_blocks,
    reason = "a test that fails should panic; what is not NULL here is whole"
)]

mod producer;

use std::ffi::{CString, c_void};
use std::ptr;
use std::sync::Arc;

use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::*;
use arrow_schema::{DataType, Field, Schema};
use csc_measures::Dataset;
use csc_measures_arrow::interface::{
    ArrowArray, ArrowArrayStream, ArrowSchema, InterfaceError, add_array, add_stream, take_chunks,
    take_column,
};
use csc_measures_arrow::{ArrowInputError, ColumnError};
use producer::{Releases, Script, Step, array_of_batch, schema_of};

/// Three compliments, whose ids are of any type.
fn compliments(ids: ArrayRef) -> RecordBatch {
    let dates = Date32Array::from(vec![17_169; ids.len()]);
    let columns = [("compliment_id", ids, true), ("received_date", Arc::new(dates) as _, true)];
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn texts() -> ArrayRef {
    Arc::new(StringArray::from(vec![Some("C1"), None, Some("C22")]))
}

/// Texts that are too long to be in their views.
fn views() -> ArrayRef {
    Arc::new(StringViewArray::from(vec![Some("a compliment of the first day"), None, Some("C22")]))
}

fn dictionary() -> ArrayRef {
    Arc::new([Some("C1"), None, Some("C22")].into_iter().collect::<DictionaryArray<Int8Type>>())
}

fn runs() -> ArrayRef {
    let ends = vec![1, 3].into();
    Arc::new(RunArray::<Int32Type>::try_new(&ends, &StringArray::from(vec!["C1", "C2"])).unwrap())
}

/// Every way to lay a column out.
fn layouts() -> Vec<ArrayRef> {
    vec![
        texts(),
        views(),
        dictionary(),
        runs(),
        Arc::new(LargeStringArray::from(vec![Some("C1"), None, Some("C22")])),
        Arc::new(BinaryArray::from(vec![Some(b"C1".as_ref()), None, Some(b"C22")])),
        Arc::new(Int64Array::from(vec![Some(1), None, Some(3)])),
        Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)])),
        Arc::new(Decimal128Array::from(vec![Some(1), None, Some(3)])),
        Arc::new(FixedSizeBinaryArray::try_from_iter([b"C1", b"C2", b"C3"].iter()).unwrap()),
        Arc::new(NullArray::new(3)),
    ]
}

type Break<'a> = &'a dyn Fn(&mut ArrowSchema, &mut ArrowArray);

/// What becomes of the batch once it is broken, as an array and as a stream of one.
fn outcomes(batch: &RecordBatch, broken: Break<'_>) -> [Result<(), ArrowInputError>; 2] {
    let make = || {
        let releases: [Releases; 2] = Default::default();
        let mut schema = schema_of(&batch.schema(), &releases[0]);
        let mut array = array_of_batch(batch, 0, &releases[1]);
        broken(&mut schema, &mut array);
        (schema, array, releases)
    };
    let (mut schema, mut array, [of_schema, of_array]) = make();
    let mut builder = Dataset::builder();
    let by_array = unsafe { add_array(&mut builder, "compliments", &raw mut schema, &raw mut array) };
    assert!(schema.release.is_none() && array.release.is_none());
    assert_eq!((of_schema.count(), of_array.count()), (1, 1));

    let (schema, array, [of_schema, of_array]) = make();
    let of_stream = Releases::default();
    let script = Script {
        schema: Ok(schema),
        steps: [Step::Give(array)].into(),
        message: None,
        releases: of_stream.clone(),
    };
    let mut stream = script.stream();
    let mut builder = Dataset::builder();
    let by_stream = unsafe { add_stream(&mut builder, "compliments", &raw mut stream) };
    assert!(stream.release.is_none());
    assert_eq!((of_schema.count(), of_array.count(), of_stream.count()), (1, 1, 1));
    [by_array, by_stream]
}

#[track_caller]
fn refused(ids: ArrayRef, expected: &str, broken: Break<'_>) {
    let batch = compliments(ids);
    for outcome in outcomes(&batch, &|_, _| {}) {
        outcome.unwrap();
    }
    for outcome in outcomes(&batch, broken) {
        assert_eq!(outcome.unwrap_err().to_string(), expected);
    }
}

fn child<'a>(array: &mut ArrowArray, place: usize) -> &'a mut ArrowArray {
    unsafe { &mut **array.children.add(place) }
}

fn child_schema<'a>(schema: &mut ArrowSchema, place: usize) -> &'a mut ArrowSchema {
    unsafe { &mut **schema.children.add(place) }
}

fn set_buffer(array: &mut ArrowArray, place: usize, buffer: *const c_void) {
    unsafe { *array.buffers.add(place) = buffer };
}

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
    let released = "table `compliments`: the schema is released: each can be read once";
    assert_eq!(add(&raw mut schema, &raw mut array), released);
    let mut schema = schema_of(&batch.schema(), &releases);
    let released = "table `compliments`: the array is released: each can be read once";
    assert_eq!(add(&raw mut schema, &raw mut array), released);
    assert_eq!(releases.count(), 3);
    let odd = (&raw mut array).cast::<u8>().wrapping_add(1).cast();
    let mut schema = schema_of(&batch.schema(), &releases);
    let unaligned =
        "table `compliments`: the pointer to the array is not aligned as a pointer to a struct is";
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
    assert_eq!(again.to_string(), "table `compliments`: the stream is released: each can be read once");
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
    let nothing = "table `compliments`: the schema is released: each can be read once";
    assert_eq!(stream(script, |_| {}), nothing);
}

const TABLE_SCHEMA: &str = "table `compliments`: the schema is not well formed: ";
const COLUMN_SCHEMA: &str = "table `compliments`, column `compliment_id`: the schema is not well formed: ";
const TABLE_ARRAY: &str = "table `compliments`: the array is not well formed: ";
const COLUMN_ARRAY: &str = "table `compliments`, column `compliment_id`: the array is not well formed: ";

#[test]
fn formats_that_are_none() {
    for format in [
        "",
        "x",
        "+",
        "+w:-3",
        "+w:",
        "+w:one",
        "w:-1",
        "w:",
        "w:99999999999",
        "d:999,0",
        "d:0,0",
        "d:39,2",
        "d:10,2,32",
        "d:10",
        "d:",
        "d:10,2,128,1",
        "d:10,99",
        "d:5,2,48",
        "tsx:",
        "tss",
        "+ud:1,x",
        "+us:1000",
        "tdX",
        "c:",
        "n\u{e9}",
    ] {
        let fault = format!("{COLUMN_SCHEMA}there is no type of the format `{format}`");
        let text = CString::new(format).unwrap();
        refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = text.as_ptr());
    }
    let long = CString::new("y".repeat(5000)).unwrap();
    let fault = format!("{COLUMN_SCHEMA}there is no type of the format `{}`", "y".repeat(40));
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = long.as_ptr());
    let fault = format!("{COLUMN_SCHEMA}a format is NULL");
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = ptr::null());
    let fault = format!("{COLUMN_SCHEMA}a format is not UTF-8");
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = c"\xff".as_ptr());
    refused(texts(), &format!("{TABLE_SCHEMA}a format is NULL"), &|schema, _| schema.format = ptr::null());
    let fault = "table `compliments` came as an array of type Utf8, not as a struct of columns";
    refused(texts(), fault, &|schema, _| (schema.format, schema.n_children) = (c"u".as_ptr(), 0));
}

#[test]
fn names_and_metadata_that_are_none() {
    let fault = format!("{TABLE_SCHEMA}a name is not UTF-8");
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).name = c"caf\xe9".as_ptr());
    // a column without a name is none of the table's
    let fault = "table `compliments` has no column `compliment_id`, which it requires";
    let batch = compliments(texts());
    for outcome in outcomes(&batch, &|schema, _| child_schema(schema, 0).name = ptr::null()) {
        assert!(matches!(outcome.unwrap_err(), ArrowInputError::Dataset(_)), "{fault}");
    }
    let metadata = |parts: &[&[u8]]| parts.concat();
    let (name, one) = (b"ARROW:extension:name".as_ref(), 1_i32.to_ne_bytes());
    for (metadata, fault) in [
        (metadata(&[&(-1_i32).to_ne_bytes()]), "a length in the metadata is negative"),
        (metadata(&[&one, &(-5_i32).to_ne_bytes()]), "a length in the metadata is negative"),
        (metadata(&[&one, &one, b"k", &(-5_i32).to_ne_bytes()]), "a length in the metadata is negative"),
        (metadata(&[&one, &i32::MAX.to_ne_bytes()]), "the metadata is of more than 16 megabytes"),
        (
            metadata(&[&one, &20_i32.to_ne_bytes(), name, &one, b"\xff"]),
            "the name of an extension is not UTF-8",
        ),
    ] {
        let fault = format!("{COLUMN_SCHEMA}{fault}");
        refused(texts(), &fault, &|schema, _| child_schema(schema, 0).metadata = metadata.as_ptr().cast());
    }
    // what nobody reads may be any bytes
    let fine = metadata(&[&one, &one, b"\xff", &one, b"\xfe"]);
    for outcome in outcomes(&batch, &|schema, _| child_schema(schema, 0).metadata = fine.as_ptr().cast()) {
        outcome.unwrap();
    }
}

#[test]
fn children_that_are_none() {
    let none = "the number of its children is no possible one";
    refused(texts(), &format!("{TABLE_SCHEMA}{none}"), &|schema, _| schema.n_children = -1);
    refused(texts(), &format!("{TABLE_SCHEMA}{none}"), &|schema, _| schema.n_children = i64::MAX);
    let null = format!("{TABLE_SCHEMA}its list of children is NULL");
    refused(texts(), &null, &|schema, _| schema.children = ptr::null_mut());
    let null = format!("{TABLE_SCHEMA}child 2 is NULL");
    refused(texts(), &null, &|schema, _| unsafe { *schema.children.add(1) = ptr::null_mut() });
    let released = format!("{TABLE_SCHEMA}child 1 is released");
    refused(texts(), &released, &|schema, _| child_schema(schema, 0).release = None);
    let unaligned = format!("{TABLE_SCHEMA}child 1 is not aligned as a struct is");
    refused(texts(), &unaligned, &|schema, _| unsafe {
        *schema.children = (*schema.children).cast::<u8>().add(1).cast();
    });
    let many = format!("{COLUMN_SCHEMA}a type of the format `u` has 2 children in place of 0");
    refused(texts(), &many, &|schema, _| {
        (child_schema(schema, 0).n_children, child_schema(schema, 0).children) = (2, schema.children);
    });
    for (format, found, expected) in [(c"+l", 0, 1), (c"+r", 1, 2), (c"+m", 2, 1), (c"+ud:1,2", 1, 2)] {
        let text = format.to_str().unwrap();
        let fault = format!(
            "{COLUMN_SCHEMA}a type of the format `{text}` has {found} children in place of {expected}"
        );
        // a column that has its own children twice removed as its children
        refused(texts(), &fault, &|schema, _| {
            let dates = child_schema(schema, 1);
            let column = child_schema(schema, 0);
            (column.format, column.n_children) = (format.as_ptr(), found);
            let list: Box<[*mut ArrowSchema]> = vec![ptr::from_mut(dates); 2].into();
            column.children = KEPT.with(|kept| kept.keep(list));
        });
    }

    for count in [-1, 0, 1, 3, i64::MAX] {
        let fault = format!("{TABLE_ARRAY}it has {count} children in place of 2");
        refused(texts(), &fault, &|_, array| array.n_children = count);
    }
    let null = format!("{TABLE_ARRAY}its list of children is NULL");
    refused(texts(), &null, &|_, array| array.children = ptr::null_mut());
    let null = format!("{TABLE_ARRAY}child 1 is NULL");
    refused(texts(), &null, &|_, array| unsafe { *array.children = ptr::null_mut() });
    let released = format!("{TABLE_ARRAY}child 2 is released");
    refused(texts(), &released, &|_, array| child(array, 1).release = None);
    let many = format!("{COLUMN_ARRAY}it has 1 children in place of 0");
    refused(texts(), &many, &|_, array| child(array, 0).n_children = 1);
    let short = format!("{COLUMN_ARRAY}it has 2 values for the rows 0 to 3");
    refused(texts(), &short, &|_, array| (child(array, 0).length, child(array, 0).null_count) = (2, -1));
    let short = format!("{COLUMN_ARRAY}it has 3 values for the rows 1 to 4");
    refused(texts(), &short, &|_, array| array.offset = 1);
}

/// Lists that a test hangs into a schema, for as long as the test runs.
#[derive(Default)]
struct Kept(std::cell::RefCell<Vec<Box<[*mut ArrowSchema]>>>);

impl Kept {
    fn keep(&self, mut list: Box<[*mut ArrowSchema]>) -> *mut *mut ArrowSchema {
        let at = list.as_mut_ptr();
        self.0.borrow_mut().push(list);
        at
    }
}

thread_local! {
    static KEPT: Kept = Kept::default();
}

#[test]
fn types_that_are_nested_without_end() {
    for format in [c"+l", c"+s", c"+r", c"+vl"] {
        let fault = format!("{COLUMN_SCHEMA}a type is nested too deeply");
        refused(texts(), &fault, &|schema, _| {
            let column = child_schema(schema, 0);
            let children = if format == c"+r" { 2 } else { 1 };
            (column.format, column.n_children) = (format.as_ptr(), children);
            let list: Box<[*mut ArrowSchema]> = vec![ptr::from_mut(column); 2].into();
            column.children = KEPT.with(|kept| kept.keep(list));
        });
    }
    let fault = format!("{COLUMN_SCHEMA}a type is nested too deeply");
    refused(dictionary(), &fault, &|schema, _| {
        child_schema(schema, 0).dictionary = ptr::from_mut(child_schema(schema, 0));
    });
    // and one that fans out
    refused(texts(), &fault, &|schema, _| {
        let column = child_schema(schema, 0);
        (column.format, column.n_children) = (c"+s".as_ptr(), 9);
        column.children = KEPT.with(|kept| kept.keep(vec![ptr::from_mut(column); 9].into()));
    });
}

#[test]
fn lengths_and_counts_that_cannot_be() {
    for (offset, length) in [(0, -1), (-1, 3), (i64::MIN, 3), (0, i64::MIN)] {
        let said = format!("its offset is {offset} and its length {length}");
        let (of_table, of_column) = (format!("{TABLE_ARRAY}{said}"), format!("{COLUMN_ARRAY}{said}"));
        refused(texts(), &of_table, &|_, array| (array.offset, array.length) = (offset, length));
        refused(texts(), &of_column, &|_, array| {
            (child(array, 0).offset, child(array, 0).length) = (offset, length);
        });
    }
    for (offset, length) in [(i64::MAX, 3), (0, i64::MAX), (i64::MAX, i64::MAX), (0, 1 << 32)] {
        let said = format!(
            "its offset is {offset} and its length {length}: more rows than the 4294967295 that can be read"
        );
        let (of_table, of_column) = (format!("{TABLE_ARRAY}{said}"), format!("{COLUMN_ARRAY}{said}"));
        refused(texts(), &of_table, &|_, array| (array.offset, array.length) = (offset, length));
        refused(texts(), &of_column, &|_, array| {
            (child(array, 0).offset, child(array, 0).length) = (offset, length);
        });
    }
    for nulls in [-2, i64::MIN, 4, i64::MAX] {
        let said = format!("{nulls} of its 3 values are null");
        refused(texts(), &format!("{TABLE_ARRAY}{said}"), &|_, array| array.null_count = nulls);
        refused(texts(), &format!("{COLUMN_ARRAY}{said}"), &|_, array| child(array, 0).null_count = nulls);
    }
    for nulls in [0, 2, 3] {
        let said = format!("{COLUMN_ARRAY}it says that it has {nulls} nulls, and has 1");
        refused(texts(), &said, &|_, array| child(array, 0).null_count = nulls);
        refused(dictionary(), &said, &|_, array| child(array, 0).null_count = nulls);
    }
    let no_bitmap = "it has nulls, and no bitmap that says which";
    refused(texts(), &format!("{TABLE_ARRAY}{no_bitmap}"), &|_, array| array.null_count = 1);
    let no_bitmap = format!("{COLUMN_ARRAY}{no_bitmap}");
    refused(texts(), &no_bitmap, &|_, array| set_buffer(child(array, 0), 0, ptr::null()));
    let wrong = format!("{TABLE_ARRAY}it says that it has 0 nulls, and has 2");
    refused(texts(), &wrong, &|_, array| set_buffer(array, 0, [0b100_u8].as_ptr().cast()));
}

#[test]
fn buffers_that_are_none() {
    for ids in layouts() {
        let expected = match ids.data_type() {
            DataType::Null | DataType::RunEndEncoded(..) => "0",
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary => "3",
            DataType::Utf8View => "3 or more",
            _ => "2",
        };
        for count in [-1, i64::MIN, i64::MAX, 1] {
            let fault = format!("{COLUMN_ARRAY}it has {count} buffers in place of {expected}");
            refused(Arc::clone(&ids), &fault, &|_, array| child(array, 0).n_buffers = count);
        }
        if expected != "0" {
            let fault = format!("{COLUMN_ARRAY}its list of buffers is NULL");
            refused(ids, &fault, &|_, array| child(array, 0).buffers = ptr::null_mut());
        }
    }
    let fault = format!("{TABLE_ARRAY}it has 0 buffers in place of 1");
    refused(texts(), &fault, &|_, array| array.n_buffers = 0);
    let fault = format!("{TABLE_ARRAY}its list of buffers is NULL");
    refused(texts(), &fault, &|_, array| array.buffers = ptr::null_mut());

    let no_values = format!("{COLUMN_ARRAY}its buffer of values is NULL");
    for ids in layouts() {
        if matches!(ids.data_type(), DataType::Int64 | DataType::Boolean | DataType::FixedSizeBinary(_)) {
            refused(ids, &no_values, &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
        }
    }
    refused(dictionary(), &no_values, &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
    let no_offsets = format!("{COLUMN_ARRAY}a buffer of its offsets or lengths is NULL");
    refused(texts(), &no_offsets, &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
    refused(views(), &no_offsets, &|_, array| set_buffer(child(array, 0), 3, ptr::null()));
    let no_texts = format!("{COLUMN_ARRAY}its buffer of texts is NULL");
    refused(texts(), &no_texts, &|_, array| set_buffer(child(array, 0), 2, ptr::null()));
    let no_texts = format!("{COLUMN_ARRAY}a buffer of its texts is NULL");
    refused(views(), &no_texts, &|_, array| set_buffer(child(array, 0), 2, ptr::null()));
    let no_views = format!("{COLUMN_ARRAY}its buffer of views is NULL");
    refused(views(), &no_views, &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
}

#[test]
fn offsets_and_views_that_point_elsewhere() {
    let fault = format!("{COLUMN_ARRAY}the offsets of its values do not ascend from 0");
    for offsets in [[0, 2, 1, 5], [-1, 2, 2, 5], [0, 2, 2, -1], [i32::MIN, 0, 0, 0], [9, 2, 2, 5]] {
        refused(texts(), &fault, &|_, array| set_buffer(child(array, 0), 1, offsets.as_ptr().cast()));
        let large = offsets.map(i64::from);
        let texts: ArrayRef = Arc::new(LargeStringArray::from(vec![Some("C1"), None, Some("C22")]));
        refused(texts, &fault, &|_, array| set_buffer(child(array, 0), 1, large.as_ptr().cast()));
    }
    let fault = format!("{COLUMN_ARRAY}the length of a buffer of texts is negative");
    refused(views(), &fault, &|_, array| set_buffer(child(array, 0), 3, [-1_i64].as_ptr().cast()));
    // a view of the 29 bytes, of which the buffer now has ten
    let batch = compliments(views());
    for outcome in outcomes(&batch, &|_, array| set_buffer(child(array, 0), 3, [10_i64].as_ptr().cast())) {
        let error = outcome.unwrap_err();
        assert!(
            matches!(error, ArrowInputError::Column { source: ColumnError::Malformed { .. }, .. }),
            "{error}"
        );
    }
    // texts that are none are issues of their rows
    let batch = compliments(texts());
    for outcome in
        outcomes(&batch, &|_, array| set_buffer(child(array, 0), 2, b"C\xff\xfeC2".as_ptr().cast()))
    {
        outcome.unwrap();
    }
}

#[test]
fn dictionaries_and_runs_that_contradict_themselves() {
    let fault = format!("{COLUMN_ARRAY}it has no dictionary");
    refused(dictionary(), &fault, &|_, array| child(array, 0).dictionary = ptr::null_mut());
    let fault = format!("{COLUMN_ARRAY}the dictionary is released");
    refused(dictionary(), &fault, &|_, array| unsafe { (*child(array, 0).dictionary).release = None });
    let fault = format!("{COLUMN_SCHEMA}the dictionary is released");
    refused(dictionary(), &fault, &|schema, _| unsafe {
        (*child_schema(schema, 0).dictionary).release = None
    });
    let fault = format!("{COLUMN_ARRAY}it has a dictionary, of which its schema does not know");
    refused(dictionary(), &fault, &|schema, _| child_schema(schema, 0).dictionary = ptr::null_mut());
    let fault = format!("{COLUMN_SCHEMA}the keys of a dictionary are of type Utf8");
    refused(dictionary(), &fault, &|schema, _| child_schema(schema, 0).format = c"u".as_ptr());
    let fault = format!("{COLUMN_SCHEMA}the ends of runs are of type Utf8");
    refused(runs(), &fault, &|schema, _| {
        let column = child_schema(schema, 0);
        child_schema(column, 0).format = c"u".as_ptr();
    });
    let fault = format!("{COLUMN_ARRAY}its runs end at 3 in place of 4");
    refused(runs(), &fault, &|_, array| child(array, 0).offset = 1);

    let malformed = |ids: ArrayRef, broken: Break<'_>| {
        for outcome in outcomes(&compliments(ids), broken) {
            let error = outcome.unwrap_err();
            let is_malformed =
                matches!(error, ArrowInputError::Column { source: ColumnError::Malformed { .. }, .. });
            assert!(is_malformed, "{error}");
        }
    };
    malformed(dictionary(), &|_, array| set_buffer(child(array, 0), 1, [0_i8, 0, 2].as_ptr().cast()));
    malformed(dictionary(), &|_, array| set_buffer(child(array, 0), 1, [0_i8, 0, -1].as_ptr().cast()));
    for ends in [[0, 3], [3, 3], [-1, 3], [3, 1]] {
        malformed(runs(), &|_, array| set_buffer(child(child(array, 0), 0), 1, ends.as_ptr().cast()));
    }
    malformed(runs(), &|_, array| child(child(array, 0), 0).length = 1);
    malformed(runs(), &|_, array| {
        let ends = child(child(array, 0), 0);
        (ends.null_count, _) = (1, set_buffer(ends, 0, [0b10_u8].as_ptr().cast()));
    });
}

/// Each number of each array that is out of all bounds, and each pointer that is NULL.
#[test]
fn every_number_and_every_pointer() {
    for ids in layouts() {
        let batch = compliments(ids);
        let mut sound = 0;
        for node in 0..5 {
            for field in 0..5 {
                for value in [i64::MIN, -2, i64::MAX - 1, i64::MAX] {
                    let is_there = std::cell::Cell::new(false);
                    let results = outcomes(&batch, &|_, array| {
                        if let Some(node) = nodes(array).get(node) {
                            let node = unsafe { &mut **node };
                            let numbers = [
                                &mut node.length,
                                &mut node.null_count,
                                &mut node.offset,
                                &mut node.n_buffers,
                                &mut node.n_children,
                            ];
                            *numbers.into_iter().nth(field).unwrap() = value;
                            is_there.set(true);
                        }
                    });
                    let is_refused = results.iter().all(Result::is_err);
                    assert_eq!(is_refused, is_there.get(), "node {node}, field {field}, {value}");
                    sound += usize::from(!is_refused);
                }
            }
            for pointer in 0..3 {
                // NULL may be right; it is never a crash, and what is wrong in the one way is in the other
                let [by_array, by_stream] = outcomes(&batch, &|_, array| {
                    if let Some(node) = nodes(array).get(node) {
                        let node = unsafe { &mut **node };
                        match pointer {
                            0 => node.buffers = ptr::null_mut(),
                            1 => node.children = ptr::null_mut(),
                            _ => node.dictionary = ptr::null_mut(),
                        }
                    }
                });
                assert_eq!(by_array.is_ok(), by_stream.is_ok());
            }
        }
        assert!(sound < 5 * 5 * 4);
    }
}

/// An array, its dictionary and its children, and theirs.
fn nodes(array: &mut ArrowArray) -> Vec<*mut ArrowArray> {
    let mut nodes = vec![ptr::from_mut(array)];
    for place in 0..usize::try_from(array.n_children).unwrap() {
        nodes.extend(self::nodes(child(array, place)));
    }
    if !array.dictionary.is_null() {
        nodes.push(array.dictionary);
    }
    nodes
}

#[test]
fn nested_columns_are_refused_before_their_values_are_looked_at() {
    let list: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int8Type, _, _>([Some([Some(1)]), None]));
    let schema = Schema::new(vec![
        Field::new("compliment_id", list.data_type().clone(), true),
        Field::new("received_date", DataType::Date32, true),
    ]);
    let dates = Date32Array::from(vec![1, 2]);
    let batch = RecordBatch::try_new(Arc::new(schema), vec![list, Arc::new(dates)]).unwrap();
    for outcome in outcomes(&batch, &|_, array| set_buffer(child(array, 0), 1, ptr::null())) {
        let error = outcome.unwrap_err();
        assert!(
            matches!(error, ArrowInputError::Column { source: ColumnError::Nested { .. }, .. }),
            "{error}"
        );
    }
}

/// The same bytes as numbers, dates and times of every kind and scale: values of no sense are issues.
#[test]
fn values_that_make_no_sense() {
    for byte in [0x00, 0x7f, 0x80, 0xff] {
        let bytes = [[byte; 32]; 3];
        let batch = compliments(Arc::new(FixedSizeBinaryArray::try_from_iter(bytes.iter()).unwrap()));
        for format in [
            "d:38,-38",
            "d:38,38",
            "d:1,38",
            "d:1,0",
            "d:76,-76,256",
            "d:76,76,256",
            "d:18,-18,64",
            "d:9,9,32",
            "c",
            "C",
            "L",
            "e",
            "f",
            "g",
            "tdD",
            "tdm",
            "tss:",
            "tsn:UTC",
            "tsm:Europe/London",
            "tsu:+99:99",
            "tss:nowhere",
            "ttn",
            "tDn",
            "tiM",
            "tiD",
            "tin",
            "b",
            "w:1",
        ] {
            let format = CString::new(format).unwrap();
            for outcome in outcomes(&batch, &|schema, _| child_schema(schema, 0).format = format.as_ptr()) {
                outcome.unwrap();
            }
        }
    }
}
