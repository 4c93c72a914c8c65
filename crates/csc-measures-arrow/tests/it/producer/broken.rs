//! A table by the Arrow C data interface that a test breaks in one place.

use std::ffi::c_void;
use std::sync::Arc;

use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::*;
use csc_measures::Dataset;
use csc_measures_arrow::ArrowInputError;
use csc_measures_arrow::interface::{ArrowArray, ArrowSchema, add_array, add_stream};

use super::{Releases, Script, Step, array_of_batch, schema_of};

pub(crate) const TABLE_SCHEMA: &str = "table `compliments`: the schema is not well formed: ";
pub(crate) const COLUMN_SCHEMA: &str =
    "table `compliments`, column `compliment_id`: the schema is not well formed: ";
pub(crate) const TABLE_ARRAY: &str = "table `compliments`: the array is not well formed: ";
pub(crate) const COLUMN_ARRAY: &str =
    "table `compliments`, column `compliment_id`: the array is not well formed: ";

/// Three compliments, whose ids are of any type.
pub(crate) fn compliments(ids: ArrayRef) -> RecordBatch {
    let dates = Date32Array::from(vec![17_169; ids.len()]);
    let columns = [("compliment_id", ids, true), ("received_date", Arc::new(dates) as _, true)];
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

pub(crate) fn texts() -> ArrayRef {
    Arc::new(StringArray::from(vec![Some("C1"), None, Some("C22")]))
}

/// Texts that are too long to be in their views.
pub(crate) fn views() -> ArrayRef {
    Arc::new(StringViewArray::from(vec![Some("a compliment of the first day"), None, Some("C22")]))
}

pub(crate) fn dictionary() -> ArrayRef {
    Arc::new([Some("C1"), None, Some("C22")].into_iter().collect::<DictionaryArray<Int8Type>>())
}

pub(crate) fn runs() -> ArrayRef {
    let ends = vec![1, 3].into();
    Arc::new(RunArray::<Int32Type>::try_new(&ends, &StringArray::from(vec!["C1", "C2"])).unwrap())
}

/// Every way to lay a column out.
pub(crate) fn layouts() -> Vec<ArrayRef> {
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

pub(crate) type Break<'a> = &'a dyn Fn(&mut ArrowSchema, &mut ArrowArray);

/// What becomes of the batch once it is broken, as an array and as a stream of one.
pub(crate) fn outcomes(batch: &RecordBatch, broken: Break<'_>) -> [Result<(), ArrowInputError>; 2] {
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
pub(crate) fn refused(ids: ArrayRef, expected: &str, broken: Break<'_>) {
    let batch = compliments(ids);
    for outcome in outcomes(&batch, &|_, _| {}) {
        outcome.unwrap();
    }
    for outcome in outcomes(&batch, broken) {
        assert_eq!(outcome.unwrap_err().to_string(), expected);
    }
}

pub(crate) fn child<'a>(array: &mut ArrowArray, place: usize) -> &'a mut ArrowArray {
    unsafe { &mut **array.children.add(place) }
}

pub(crate) fn child_schema<'a>(schema: &mut ArrowSchema, place: usize) -> &'a mut ArrowSchema {
    unsafe { &mut **schema.children.add(place) }
}

pub(crate) fn set_buffer(array: &mut ArrowArray, place: usize, buffer: *const c_void) {
    unsafe { *array.buffers.add(place) = buffer };
}

/// Lists that a test hangs into a schema, for as long as the test runs.
#[derive(Default)]
pub(crate) struct Kept(std::cell::RefCell<Vec<Box<[*mut ArrowSchema]>>>);

impl Kept {
    pub(crate) fn keep(&self, mut list: Box<[*mut ArrowSchema]>) -> *mut *mut ArrowSchema {
        let at = list.as_mut_ptr();
        self.0.borrow_mut().push(list);
        at
    }
}

thread_local! {
    pub(crate) static KEPT: Kept = Kept::default();
}
