//! A producer of the Arrow C data interface that is written by hand, so that a test can break it and count
//! what is released.
#![expect(unsafe_code, reason = "a producer hands over pointers")]
#![expect(clippy::undocumented_unsafe_blocks, reason = "a test that fails should panic")]

pub(crate) mod broken;

use std::any::Any;
use std::collections::VecDeque;
use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray, make_array};
use arrow_schema::{DataType, Field, Schema};
use csc_measures_arrow::interface::{ArrowArray, ArrowArrayStream, ArrowSchema};

type Kept = Vec<Box<dyn Any>>;

/// How often a struct was released.
#[derive(Clone, Default)]
pub(crate) struct Releases(Arc<AtomicUsize>);

impl Releases {
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

struct Root {
    releases: Releases,
    #[expect(dead_code, reason = "it owns what the pointers of the struct point to")]
    kept: Kept,
}

impl Root {
    fn make(releases: &Releases, kept: Kept) -> *mut c_void {
        Box::into_raw(Box::new(Self { releases: releases.clone(), kept })).cast()
    }

    /// # Safety
    /// The pointer is of `make`, and not used again.
    unsafe fn release(root: *mut c_void) {
        // SAFETY: as above
        let root = unsafe { Box::from_raw(root.cast::<Self>()) };
        root.releases.0.fetch_add(1, Ordering::SeqCst);
    }
}

macro_rules! releases {
    ($root:ident, $child:ident, $struct:ident) => {
        unsafe extern "C" fn $root(this: *mut $struct) {
            // SAFETY: a consumer releases what it was given
            unsafe {
                (*this).release = None;
                Root::release((*this).private_data);
            }
        }

        unsafe extern "C" fn $child(_: *mut $struct) {
            panic!("children are released with their parent");
        }
    };
}

releases!(release_schema, release_child_schema, ArrowSchema);
releases!(release_array, release_child_array, ArrowArray);

/// A schema whose parts may be changed before it is given away.
pub(crate) fn schema_of(schema: &Schema, releases: &Releases) -> ArrowSchema {
    root_schema(FFI_ArrowSchema::try_from(schema).unwrap(), releases)
}

pub(crate) fn schema_of_field(field: &Field, releases: &Releases) -> ArrowSchema {
    root_schema(FFI_ArrowSchema::try_from(field).unwrap(), releases)
}

fn root_schema(exported: FFI_ArrowSchema, releases: &Releases) -> ArrowSchema {
    let exported = Box::new(exported);
    let mut kept: Kept = Vec::new();
    // SAFETY: the structs are the same
    let mut schema = unsafe { copy_schema((&raw const *exported).cast(), &mut kept) };
    kept.push(exported);
    schema.release = Some(release_schema);
    schema.private_data = Root::make(releases, kept);
    schema
}

unsafe fn copy_schema(from: *const ArrowSchema, kept: &mut Kept) -> ArrowSchema {
    // SAFETY: the caller's schema is whole
    unsafe {
        let from = &*from;
        let mut children: Vec<*mut ArrowSchema> = (0..usize::try_from(from.n_children).unwrap())
            .map(|place| keep(copy_schema(*from.children.add(place), kept), kept))
            .collect();
        let list = children.as_mut_ptr();
        kept.push(Box::new(children));
        let dictionary = match from.dictionary.is_null() {
            true => ptr::null_mut(),
            false => keep(copy_schema(from.dictionary, kept), kept),
        };
        ArrowSchema {
            children: list,
            dictionary,
            release: Some(release_child_schema),
            private_data: ptr::null_mut(),
            ..*from
        }
    }
}

fn keep<T: 'static>(part: T, kept: &mut Kept) -> *mut T {
    let mut part = Box::new(part);
    let at = &raw mut *part;
    kept.push(part);
    at
}

/// An array whose parts may be changed before it is given away. Each buffer is exactly as long as it must be,
/// and begins `shift` bytes after a place that would be right for its type.
pub(crate) fn array_of(array: &dyn Array, shift: usize, releases: &Releases) -> ArrowArray {
    let mut kept: Kept = Vec::new();
    let exported = Box::new(FFI_ArrowArray::new(&array.to_data()));
    let lengths = Lengths::of(array);
    // SAFETY: the structs are the same
    let mut array = unsafe { copy_array((&raw const *exported).cast(), &lengths, shift, &mut kept) };
    // the buffers are copies, so that what is read beyond them shows
    drop(exported);
    array.release = Some(release_array);
    array.private_data = Root::make(releases, kept);
    array
}

pub(crate) fn array_of_batch(batch: &RecordBatch, shift: usize, releases: &Releases) -> ArrowArray {
    array_of(&StructArray::from(batch.clone()), shift, releases)
}

unsafe fn copy_array(
    from: *const ArrowArray,
    lengths: &Lengths,
    shift: usize,
    kept: &mut Kept,
) -> ArrowArray {
    // SAFETY: the caller's array is whole
    unsafe {
        let from = &*from;
        let mut buffers: Vec<*const c_void> = (0..usize::try_from(from.n_buffers).unwrap())
            .map(|place| {
                let buffer = *from.buffers.add(place);
                if buffer.is_null() {
                    buffer
                } else {
                    copy_buffer(buffer, lengths.buffers[place], shift, kept)
                }
            })
            .collect();
        let list = buffers.as_mut_ptr();
        kept.push(Box::new(buffers));
        let mut children: Vec<*mut ArrowArray> = (0..usize::try_from(from.n_children).unwrap())
            .map(|place| {
                keep(copy_array(*from.children.add(place), &lengths.children[place], shift, kept), kept)
            })
            .collect();
        let list_of_children = children.as_mut_ptr();
        kept.push(Box::new(children));
        let dictionary = match from.dictionary.is_null() {
            true => ptr::null_mut(),
            false => keep(copy_array(from.dictionary, &lengths.children[0], shift, kept), kept),
        };
        ArrowArray {
            buffers: list,
            children: list_of_children,
            dictionary,
            release: Some(release_child_array),
            private_data: ptr::null_mut(),
            ..*from
        }
    }
}

unsafe fn copy_buffer(from: *const c_void, length: usize, shift: usize, kept: &mut Kept) -> *const c_void {
    let mut copy = vec![0_u64; (length + shift).div_ceil(8)];
    // SAFETY: the copy has room
    let at = unsafe {
        let at = copy.as_mut_ptr().cast::<u8>().add(shift);
        ptr::copy_nonoverlapping(from.cast::<u8>(), at, length);
        at
    };
    kept.push(Box::new(copy));
    at.cast()
}

/// The lengths of an array's buffers, as the interface counts them.
struct Lengths {
    buffers: Vec<usize>,
    children: Vec<Lengths>,
}

impl Lengths {
    fn of(array: &dyn Array) -> Self {
        let data = array.to_data();
        let mut buffers: Vec<usize> = data.buffers().iter().map(|buffer| buffer.len()).collect();
        if matches!(data.data_type(), DataType::Utf8View | DataType::BinaryView) {
            buffers.push((buffers.len() - 1) * 8);
        }
        buffers.insert(0, (data.offset() + data.len()).div_ceil(8));
        let children = data.child_data().iter().map(|child| Self::of(&make_array(child.clone())));
        Self { buffers, children: children.collect() }
    }
}

/// What a stream does next.
pub(crate) enum Step {
    Give(ArrowArray),
    Fail(c_int),
}

/// A stream whose steps a test lays down.
pub(crate) struct Script {
    pub(crate) schema: Result<ArrowSchema, c_int>,
    pub(crate) steps: VecDeque<Step>,
    pub(crate) message: Option<CString>,
    pub(crate) releases: Releases,
}

impl Script {
    pub(crate) fn stream(self) -> ArrowArrayStream {
        ArrowArrayStream {
            get_schema: Some(get_schema),
            get_next: Some(get_next),
            get_last_error: Some(get_last_error),
            release: Some(release_stream),
            private_data: Box::into_raw(Box::new(self)).cast(),
        }
    }
}

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: the consumer calls it with the stream, once
    unsafe {
        let script = &mut *(*stream).private_data.cast::<Script>();
        match std::mem::replace(&mut script.schema, Err(5)) {
            Ok(schema) => {
                out.write(schema);
                0
            }
            Err(code) => code,
        }
    }
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: the consumer calls it with the stream
    unsafe {
        let script = &mut *(*stream).private_data.cast::<Script>();
        match script.steps.pop_front() {
            Some(Step::Give(array)) => {
                out.write(array);
                0
            }
            Some(Step::Fail(code)) => code,
            None => {
                (*out).release = None;
                0
            }
        }
    }
}

unsafe extern "C" fn get_last_error(stream: *mut ArrowArrayStream) -> *const c_char {
    // SAFETY: the consumer calls it with the stream
    let script = unsafe { &*(*stream).private_data.cast::<Script>() };
    script.message.as_ref().map_or(ptr::null(), |message| message.as_ptr())
}

unsafe extern "C" fn release_stream(stream: *mut ArrowArrayStream) {
    // SAFETY: the consumer releases what it was given, once
    unsafe {
        (*stream).release = None;
        let mut script = Box::from_raw((*stream).private_data.cast::<Script>());
        script.releases.0.fetch_add(1, Ordering::SeqCst);
        // what was never asked for is the producer's to release
        if let Ok(schema) = &mut script.schema {
            release_schema(schema);
        }
        for step in &mut script.steps {
            if let Step::Give(array) = step {
                release_array(array);
            }
        }
    }
}

/// The batches as a stream, and the releases of the stream, of its schema and of all its arrays.
pub(crate) fn stream_of(
    schema: &Schema,
    batches: &[RecordBatch],
    shift: usize,
) -> (ArrowArrayStream, [Releases; 3]) {
    let releases: [Releases; 3] = Default::default();
    let steps = batches.iter().map(|batch| Step::Give(array_of_batch(batch, shift, &releases[2]))).collect();
    let schema = Ok(schema_of(schema, &releases[1]));
    let script = Script { schema, steps, message: None, releases: releases[0].clone() };
    (script.stream(), releases)
}

/// A column as an array and its schema.
pub(crate) fn column_of(field: &Field, array: &ArrayRef, shift: usize) -> (ArrowSchema, ArrowArray) {
    let releases = Releases::default();
    (schema_of_field(field, &releases), array_of(array, shift, &releases))
}
