//! Tables over the C data interface: the same as batches, released once, and whatever is wrong an error.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should panic"
)]
#![allow(unsafe_code, reason = "the interface is made of raw pointers")]

mod common;

use std::ffi::{CString, c_char, c_int, c_void};
use std::mem::ManuallyDrop;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::ffi::{FFI_ArrowArray, to_ffi};
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::*;
use arrow_schema::ffi::FFI_ArrowSchema;
use common::{Batches, Dice, authority, batches, encodings, meant, told};
use csc_measures::{Dataset, DatasetBuilder, ErrorKind};
use csc_measures_arrow::interface::{ArrowArray, ArrowArrayStream, ArrowSchema, Stream, add_stream};
use csc_measures_arrow::{ArrowInputError, ColumnError};
use proptest::prelude::*;

/// What a stream of this test hands over, and how often it was released.
struct Producer {
    schema: Option<ArrowSchema>,
    arrays: Vec<ArrowArray>,
    error: Option<CString>,
    released: Arc<AtomicUsize>,
}

/// How a call of the stream ends where it has nothing to hand over.
const BROKEN: c_int = 5;

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    let producer = unsafe { &mut *(*stream).private_data.cast::<Producer>() };
    match producer.schema.take() {
        Some(schema) => {
            unsafe { out.write(schema) };
            0
        }
        None => BROKEN,
    }
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    let producer = unsafe { &mut *(*stream).private_data.cast::<Producer>() };
    match producer.arrays.is_empty() {
        true if producer.error.is_some() => BROKEN,
        true => {
            unsafe { (*out).release = None };
            0
        }
        false => {
            unsafe { out.write(producer.arrays.remove(0)) };
            0
        }
    }
}

unsafe extern "C" fn get_last_error(stream: *mut ArrowArrayStream) -> *const c_char {
    let producer = unsafe { &*(*stream).private_data.cast::<Producer>() };
    producer.error.as_ref().map_or(ptr::null(), |error| error.as_ptr())
}

unsafe extern "C" fn release(stream: *mut ArrowArrayStream) {
    unsafe {
        let producer = Box::from_raw((*stream).private_data.cast::<Producer>());
        producer.released.fetch_add(1, Ordering::Relaxed);
        for array in producer.arrays {
            drop(std::mem::transmute::<ArrowArray, FFI_ArrowArray>(array));
        }
        if let Some(schema) = producer.schema {
            drop(std::mem::transmute::<ArrowSchema, FFI_ArrowSchema>(schema));
        }
        (*stream).release = None;
    }
}

fn exported(batch: &RecordBatch) -> (ArrowSchema, ArrowArray) {
    let (array, schema) = to_ffi(&StructArray::from(batch.clone()).to_data()).unwrap();
    unsafe {
        (
            std::mem::transmute::<FFI_ArrowSchema, ArrowSchema>(schema),
            std::mem::transmute::<FFI_ArrowArray, ArrowArray>(array),
        )
    }
}

fn stream(
    schema: Option<ArrowSchema>,
    arrays: Vec<ArrowArray>,
    error: Option<&[u8]>,
) -> (ArrowArrayStream, Arc<AtomicUsize>) {
    let released = Arc::new(AtomicUsize::new(0));
    let error = error.map(|error| CString::new(error).unwrap());
    let producer = Producer { schema, arrays, error, released: Arc::clone(&released) };
    let stream = ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release),
        private_data: Box::into_raw(Box::new(producer)).cast::<c_void>(),
    };
    (stream, released)
}

/// Takes a table from a stream, which is released once, whatever comes of it.
fn take(
    builder: &mut DatasetBuilder,
    table: &str,
    (mut stream, released): (ArrowArrayStream, Arc<AtomicUsize>),
) -> Result<(), ArrowInputError> {
    let taken = unsafe { Stream::take(&raw mut stream) };
    assert!(stream.release.is_none(), "it is marked as released");
    let done = add_stream(builder, table, taken);
    assert_eq!(released.load(Ordering::Relaxed), 1, "it is released once");
    done
}

fn by_stream(tables: &[common::MeantTable], chunk: usize, is_cut: bool, mut dice: Dice) -> Dataset {
    let mut builder = Dataset::builder();
    for table in tables {
        let Batches { schema, batches } = batches(table, chunk, is_cut, |kind| dice.pick(encodings(kind)));
        let (of_schema, empty) = exported(&RecordBatch::new_empty(schema));
        drop(unsafe { std::mem::transmute::<ArrowArray, FFI_ArrowArray>(empty) });
        let arrays = batches
            .iter()
            .map(|batch| {
                let (schema, array) = exported(batch);
                drop(unsafe { std::mem::transmute::<ArrowSchema, FFI_ArrowSchema>(schema) });
                array
            })
            .collect();
        take(&mut builder, table.table.name(), stream(Some(of_schema), arrays, None)).unwrap();
    }
    builder.build()
}

#[test]
fn every_type_gives_the_same_scorecard_and_issues() {
    let tables = authority(1, 100);
    let expected = told(&meant(&tables));
    for turn in 0..40 {
        let dataset =
            by_stream(&tables, if turn % 2 == 0 { usize::MAX } else { 7 }, turn % 3 == 0, Dice::new(turn));
        assert!(told(&dataset) == expected, "turn {turn}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_tables_in_any_types_and_chunks(
        seed in any::<u64>(), rows in 0_usize..30, chunk in 1_usize..40, is_cut in any::<bool>(),
    ) {
        let tables = authority(seed, rows);
        let dataset = by_stream(&tables, chunk, is_cut, Dice::new(seed ^ 1));
        prop_assert_eq!(told(&dataset), told(&meant(&tables)));
    }
}

/// Three persons: texts, dates, a dictionary and views.
fn persons(ids: ArrayRef) -> RecordBatch {
    let dates = Arc::new(Date32Array::from(vec![Some(14_000), None, Some(15_000)]));
    RecordBatch::try_from_iter([("person_id", ids), ("date_of_birth", dates as ArrayRef)]).unwrap()
}

fn texts() -> ArrayRef {
    Arc::new(StringArray::from(vec!["P1", "P2", "P3"]))
}

fn views() -> ArrayRef {
    Arc::new(StringViewArray::from(vec!["P1", "a person with an id that is longer than a view", "P3"]))
}

fn dictionary() -> ArrayRef {
    Arc::new(["P1", "P2", "P3"].into_iter().collect::<DictionaryArray<Int8Type>>())
}

fn runs() -> ArrayRef {
    let ends = Int32Array::from(vec![1, 2, 3]);
    Arc::new(RunArray::<Int32Type>::try_new(&ends, &StringArray::from(vec!["P1", "P2", "P3"])).unwrap())
}

#[test]
fn rows_that_are_null_as_a_whole_are_null_in_every_column() {
    let batch = persons(texts());
    let nulls = [false, true, false, true].into_iter().collect::<Vec<bool>>();
    let longer = arrow_array::RecordBatch::try_from_iter([(
        "person_id",
        Arc::new(StringArray::from(vec!["P0", "P1", "P2", "P3"])) as ArrayRef,
    )])
    .unwrap();
    let array =
        StructArray::new(longer.schema().fields().clone(), longer.columns().to_vec(), Some(nulls.into()));
    // and from the second row on, so that the bits are not at the start of their byte
    let (array, schema) = to_ffi(&array.slice(1, 3).to_data()).unwrap();
    let (schema, array) = unsafe {
        (
            std::mem::transmute::<FFI_ArrowSchema, ArrowSchema>(schema),
            std::mem::transmute::<FFI_ArrowArray, ArrowArray>(array),
        )
    };
    let mut builder = Dataset::builder();
    take(&mut builder, "persons", stream(Some(schema), vec![array], None)).unwrap();
    let dataset = builder.build();
    assert_eq!((dataset.tables()[0].rows, dataset.tables()[0].used), (3, 2));
    assert_eq!(dataset.issues()[0].row(), 2);
    drop(batch);
}

#[test]
fn buffers_that_are_not_aligned_are_read_all_the_same() {
    let batch = persons(texts());
    let (schema, mut array) = unowned(&batch);
    let days: Vec<u8> = [14_000_i32, 0, 15_000].iter().flat_map(|day| day.to_ne_bytes()).collect();
    let mut bytes = vec![0_u8; 64];
    let start = (0..16).find(|start| !bytes[*start..].as_ptr().cast::<i32>().is_aligned()).unwrap();
    bytes[start..start + days.len()].copy_from_slice(&days);
    let buffer = bytes[start..].as_ptr().cast::<c_void>();
    unsafe { *(**array.children.add(1)).buffers.add(1) = buffer };
    array.null_count = 0;
    let mut builder = Dataset::builder();
    take(&mut builder, "persons", stream(Some(schema), vec![array], None)).unwrap();
    assert!(builder.build().issues().is_empty());
}

#[test]
fn a_column_that_the_table_does_not_know_may_be_anything() {
    let (mut schema, array) =
        unowned(&RecordBatch::try_from_iter([("person_id", texts()), ("history", texts())]).unwrap());
    let strange = CString::new("+zz:what").unwrap();
    unsafe { (**schema.children.add(1)).format = strange.as_ptr() };
    schema.flags = -1;
    let mut builder = Dataset::builder();
    take(&mut builder, "persons", stream(Some(schema), vec![array], None)).unwrap();
    assert_eq!(builder.build().person_count(), 3);
}

unsafe extern "C" fn release_nothing_of_schema(schema: *mut ArrowSchema) {
    unsafe { (*schema).release = None };
}

unsafe extern "C" fn release_nothing_of_array(array: *mut ArrowArray) {
    unsafe { (*array).release = None };
}

/// A schema that may be spoilt: those who made it would free what they find in it, so it is never freed.
fn unowned_schema(schema: &ArrowSchema) -> ArrowSchema {
    let children = (0..usize::try_from(schema.n_children).unwrap()).map(|place| {
        ptr::from_mut(Box::leak(Box::new(unowned_schema(unsafe { &**schema.children.add(place) }))))
    });
    let children: Vec<*mut ArrowSchema> = children.collect();
    let dictionary = unsafe { schema.dictionary.as_ref() }
        .map_or(ptr::null_mut(), |values| Box::leak(Box::new(unowned_schema(values))));
    ArrowSchema {
        children: Vec::leak(children).as_mut_ptr(),
        dictionary,
        release: Some(release_nothing_of_schema),
        ..*schema
    }
}

fn unowned_array(array: &ArrowArray) -> ArrowArray {
    let children = (0..usize::try_from(array.n_children).unwrap()).map(|place| {
        ptr::from_mut(Box::leak(Box::new(unowned_array(unsafe { &**array.children.add(place) }))))
    });
    let children: Vec<*mut ArrowArray> = children.collect();
    let buffers: Vec<*const c_void> = (0..usize::try_from(array.n_buffers).unwrap())
        .map(|place| unsafe { *array.buffers.add(place) })
        .collect();
    let dictionary = unsafe { array.dictionary.as_ref() }
        .map_or(ptr::null_mut(), |values| Box::leak(Box::new(unowned_array(values))));
    ArrowArray {
        children: Vec::leak(children).as_mut_ptr(),
        buffers: Vec::leak(buffers).as_mut_ptr(),
        dictionary,
        release: Some(release_nothing_of_array),
        ..*array
    }
}

/// A batch that may be spoilt.
fn unowned(batch: &RecordBatch) -> (ArrowSchema, ArrowArray) {
    let (schema, array) = exported(batch);
    (unowned_schema(&schema), unowned_array(&array))
}

/// What is said of persons once something is wrong with them.
fn fault(ids: ArrayRef, spoil: impl FnOnce(&mut ArrowSchema, &mut ArrowArray)) -> String {
    let (mut schema, mut array) = unowned(&persons(ids));
    spoil(&mut schema, &mut array);
    let error =
        take(&mut Dataset::builder(), "persons", stream(Some(schema), vec![array], None)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    let text = error.to_string();
    let start = "table `persons` came in a form that cannot be read: ";
    text.strip_prefix(start).unwrap_or_else(|| panic!("{text}")).to_owned()
}

fn first(array: &mut ArrowArray) -> &mut ArrowArray {
    unsafe { &mut **array.children }
}

fn first_type(schema: &mut ArrowSchema) -> &mut ArrowSchema {
    unsafe { &mut **schema.children }
}

#[test]
fn a_schema_that_contradicts_itself_is_an_error() {
    let format = |text: &'static std::ffi::CStr| {
        fault(texts(), move |schema, _| first_type(schema).format = text.as_ptr())
    };
    for (found, expected) in [
        (fault(texts(), |schema, _| schema.format = ptr::null()), "its schema has no format"),
        (fault(texts(), |schema, _| schema.format = c"\xff".as_ptr()), "its schema has no format"),
        (fault(texts(), |schema, _| schema.format = c"u".as_ptr()), "it is no struct of columns"),
        (fault(texts(), |schema, _| schema.n_children = -1), "it has fewer children than none"),
        (
            fault(texts(), |schema, _| schema.n_children = i64::MAX),
            "9223372036854775807 children are more than it can have",
        ),
        (fault(texts(), |schema, _| schema.children = ptr::null_mut()), "its 2 children are not there"),
        (
            fault(texts(), |schema, _| first_type(schema).name = c"\xff".as_ptr()),
            "a column's name is not UTF-8",
        ),
        (
            fault(texts(), |schema, _| first_type(schema).format = ptr::null()),
            "column `person_id`: its type has no format",
        ),
        (format(c"\xff"), "column `person_id`: its type has no format"),
        (format(c"+l"), "column `person_id`: its type `+l` has 0 children"),
        (format(c"+r"), "column `person_id`: its type `+r` has 0 children"),
        (format(c"w:-3"), "column `person_id`: there are no values of type FixedSizeBinary(-3)"),
    ] {
        assert_eq!(found, expected);
    }
    for odd in [c"", c"what", c"w:", c"d:x", c"d:1,2,3", c"+ud:1", c"tss", c"w:99999999999"] {
        assert!(format(odd).starts_with("column `person_id`: "), "{odd:?}");
    }
    let keys = fault(dictionary(), |schema, _| first_type(schema).format = c"u".as_ptr());
    assert!(keys.starts_with("column `person_id`: there are no values of type Dictionary"), "{keys}");
    let ends = fault(runs(), |schema, _| unsafe {
        (**first_type(schema).children).format = c"g".as_ptr();
    });
    assert!(ends.starts_with("column `person_id`: there are no values of type RunEndEncoded"), "{ends}");
}

#[test]
fn an_array_that_contradicts_itself_is_an_error() {
    let sizes = "do not go together";
    let places = "batch 1, column `person_id`: ";
    for (found, expected) in [
        (fault(texts(), |_, array| array.length = -1), sizes),
        (fault(texts(), |_, array| array.length = i64::MAX), sizes),
        (fault(texts(), |_, array| array.offset = -1), sizes),
        (fault(texts(), |_, array| array.null_count = -2), sizes),
        (fault(texts(), |_, array| array.null_count = 4), sizes),
        (fault(texts(), |_, array| array.n_children = 1), "it has 1 columns in place of 2"),
        (fault(texts(), |_, array| array.n_children = -1), "it has -1 columns in place of 2"),
        (fault(texts(), |_, array| array.children = ptr::null_mut()), "its columns are not there"),
        (fault(texts(), |_, array| array.length = 4), "it has 3 values for 4 rows"),
        (fault(texts(), |_, array| array.offset = 1), "it has 3 values for 4 rows"),
        (fault(texts(), |_, array| first(array).length = i64::MIN), sizes),
        (fault(texts(), |_, array| first(array).n_buffers = 2), "it has 2 buffers, and needs 3"),
        (fault(texts(), |_, array| first(array).n_buffers = -1), "it has -1 buffers, and needs 3"),
        (
            fault(texts(), |_, array| first(array).n_buffers = i64::MAX),
            "it has 9223372036854775807 buffers, and needs 3",
        ),
        (fault(texts(), |_, array| first(array).buffers = ptr::null_mut()), "its 3 buffers are not there"),
        (
            fault(texts(), |_, array| unsafe { *first(array).buffers.add(1) = ptr::null() }),
            "the offsets of its texts are not there, or not aligned",
        ),
        (
            fault(texts(), |_, array| unsafe { *first(array).buffers.add(1) = ptr::without_provenance(3) }),
            "the offsets of its texts are not there, or not aligned",
        ),
        (
            fault(texts(), |_, array| unsafe {
                static BELOW: [i32; 4] = [0, 2, 4, -6];
                *first(array).buffers.add(1) = BELOW.as_ptr().cast();
            }),
            "an offset of its texts is below 0",
        ),
        (fault(views(), |_, array| first(array).n_buffers = 2), "it has 2 buffers, and needs 3"),
        (
            fault(views(), |_, array| unsafe {
                let last = first(array).n_buffers - 1;
                *first(array).buffers.add(usize::try_from(last).unwrap()) = ptr::null();
            }),
            "the lengths of its texts are not there, or not aligned",
        ),
        (
            fault(views(), |_, array| unsafe {
                static SHORT: [i64; 1] = [-1];
                let last = first(array).n_buffers - 1;
                *first(array).buffers.add(usize::try_from(last).unwrap()) = SHORT.as_ptr().cast();
            }),
            "a buffer of its texts is not there, or shorter than none",
        ),
        (fault(dictionary(), |_, array| first(array).dictionary = ptr::null_mut()), "an array is not there"),
        (fault(runs(), |_, array| first(array).n_children = 1), "it has no ends of runs, or no values"),
    ] {
        assert!(found.ends_with(expected), "{found}");
        assert!(found.starts_with(places) || !found.contains("buffers"), "{found}");
    }
    // a date needs its values
    let found = fault(texts(), |_, array| unsafe { *(**array.children.add(1)).buffers.add(1) = ptr::null() });
    assert_eq!(
        found,
        "batch 1, column `date_of_birth`: C Data interface error: The external buffer at position 1 is null."
    );
    // offsets that lie beyond the last one
    let (schema, mut array) = unowned(&persons(texts()));
    static BEYOND: [i32; 4] = [0, 900, 4, 6];
    unsafe { *first(&mut array).buffers.add(1) = BEYOND.as_ptr().cast() };
    let error =
        take(&mut Dataset::builder(), "persons", stream(Some(schema), vec![array], None)).unwrap_err();
    assert!(
        matches!(error, ArrowInputError::Column { source: ColumnError::Malformed { .. }, .. }),
        "{error}"
    );
    // runs that do not end one after the other
    let found = fault(runs(), |_, array| unsafe {
        static ENDS: [i32; 3] = [3, 2, 1];
        *(**first(array).children).buffers.add(1) = ENDS.as_ptr().cast();
    });
    assert!(found.contains("run_end"), "{found}");
}

#[test]
fn a_column_of_lists_is_told_by_its_name() {
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1)]), None, None]);
    let (schema, array) = exported(&persons(Arc::new(lists)));
    let error =
        take(&mut Dataset::builder(), "persons", stream(Some(schema), vec![array], None)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadTable);
    assert!(
        error.to_string().starts_with("table `persons`, column `person_id`: values of type List"),
        "{error}"
    );
}

#[test]
fn a_stream_that_breaks_off_is_an_error_in_its_own_words() {
    let broken = |schema: bool, error: Option<&[u8]>| {
        let (of_schema, array) = exported(&persons(texts()));
        let arrays = if schema {
            vec![array]
        } else {
            drop(unsafe { std::mem::transmute::<ArrowArray, FFI_ArrowArray>(array) });
            Vec::new()
        };
        let of_schema = if schema {
            Some(of_schema)
        } else {
            drop(unsafe { std::mem::transmute::<ArrowSchema, FFI_ArrowSchema>(of_schema) });
            None
        };
        take(&mut Dataset::builder(), "persons", stream(of_schema, arrays, error)).unwrap_err().to_string()
    };
    let start = "table `persons` came in a form that cannot be read: the stream broke off";
    assert_eq!(broken(true, Some(b"disk full")), format!("{start}: disk full"));
    assert_eq!(broken(true, Some(b"\xff")), format!("{start}: \u{fffd}"));
    assert_eq!(broken(true, Some(b"")), format!("{start}, with error 5"));
    assert_eq!(broken(false, None), format!("{start}, with error 5"));
}

#[test]
fn a_stream_that_is_not_there_is_an_error() {
    let said = |stream: *mut ArrowArrayStream| {
        let stream = unsafe { Stream::take(stream) };
        add_stream(&mut Dataset::builder(), "persons", stream).unwrap_err().to_string()
    };
    let expected =
        "table `persons` came in a form that cannot be read: the stream is not there, or released already";
    assert_eq!(said(ptr::null_mut()), expected);
    assert_eq!(said(ptr::without_provenance_mut(1)), expected);
    let mut released = ManuallyDrop::new(ArrowArrayStream::EMPTY);
    assert_eq!(said(&raw mut *released), expected);
    // without callbacks
    for (spoil, expected) in [
        (
            (|stream: &mut ArrowArrayStream| stream.get_schema = None) as fn(&mut ArrowArrayStream),
            "no schema",
        ),
        (|stream| stream.get_next = None, "no batches"),
    ] {
        let (schema, array) = exported(&persons(texts()));
        let (mut stream, released) = stream(Some(schema), vec![array], None);
        spoil(&mut stream);
        let error = take(&mut Dataset::builder(), "persons", (stream, released)).unwrap_err().to_string();
        assert!(error.ends_with(expected), "{error}");
    }
    // and an unknown table
    let (schema, array) = exported(&persons(texts()));
    let error = take(&mut Dataset::builder(), "person", stream(Some(schema), vec![array], None)).unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string()),
        (ErrorKind::UnknownName, "unknown table `person`, did you mean `persons`?".to_owned())
    );
}
