//! Damaged Parquet: whatever stands in a file, it is an error or other values, and takes no absurd memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fs;
use std::panic;
use std::sync::{Arc, Once};

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use csc_measures_files::read_folder;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};
use tempfile::TempDir;

/// The system's memory, and the largest piece of it that was asked for.
struct Watched;

thread_local! {
    static LARGEST: Cell<usize> = const { Cell::new(0) };
    /// Whether this thread reads a damaged file.
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

fn watch(size: usize) {
    // While a thread ends there is nothing to write to.
    let _ = LARGEST.try_with(|largest| largest.set(largest.get().max(size)));
}

#[expect(unsafe_code, reason = "an allocator is unsafe by its trait")]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        watch(layout.size());
        // SAFETY: the caller's promises are the system allocator's conditions.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        watch(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        watch(size);
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static MEMORY: Watched = Watched;

/// A small file with a column of each kind.
fn small(compression: Compression) -> Vec<u8> {
    small_as(WriterProperties::builder().set_compression(compression).build())
}

/// The same, with texts whose lengths or beginnings are packed as differences.
fn packed(encoding: Encoding) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_dictionary_enabled(false)
        .set_column_encoding("placement_id".into(), encoding)
        .set_column_encoding("cla_id".into(), encoding);
    small_as(properties.build())
}

fn small_as(properties: WriterProperties) -> Vec<u8> {
    let rows = 0..12_i32;
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("placement_id", Arc::new(StringArray::from_iter_values(rows.clone().map(|i| format!("PL{i}"))))),
        ("person_id", Arc::new(Int64Array::from_iter_values(rows.clone().map(i64::from)))),
        ("cla_id", Arc::new(StringArray::from_iter_values(rows.clone().map(|i| format!("L{}", i % 2))))),
        ("start_date", Arc::new(Date32Array::from_iter_values(rows.clone().map(|i| 17_000 + i)))),
        (
            "distance_miles",
            Arc::new(Float64Array::from_iter_values(rows.clone().map(|i| f64::from(i) / 2.0))),
        ),
        ("long_term", Arc::new(BooleanArray::from_iter(rows.map(|i| (i > 2).then_some(i % 2 == 0))))),
    ];
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, a)| (n, a, true))).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

/// Reads a file of damaged bytes and says whether that is an error; no piece of memory may be many times as large as
/// the file.
#[track_caller]
fn read_damaged(folder: &TempDir, bytes: &[u8]) -> bool {
    fs::write(folder.path().join("cla_placements.parquet"), bytes).unwrap();
    LARGEST.set(0);
    IS_READING.set(true);
    let read = panic::catch_unwind(|| read_folder(folder.path()));
    IS_READING.set(false);
    let largest = LARGEST.get();
    let is_error = match read.unwrap() {
        Ok(dataset) => {
            assert!(dataset.tables()[0].rows < 100_000);
            false
        }
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            true
        }
    };
    assert!(largest < 1 << 20, "{largest} bytes at once");
    is_error
}

/// Keeps the decoder's panics, of which the reader makes errors, from the tests' output. The panics of other tests,
/// which run at the same time, are reported as usual.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_READING.get() {
                usual(panic);
            }
        }));
    });
}

#[test]
fn any_byte_may_be_another() {
    keep_quiet();
    let folder = tempfile::tempdir().unwrap();
    for (compression, changes) in [
        (Compression::UNCOMPRESSED, &[0x01_u8, 0x80][..]),
        (Compression::SNAPPY, &[0x7f]),
        (Compression::ZSTD(ZstdLevel::default()), &[0xff]),
    ] {
        let good = small(compression);
        assert!(!read_damaged(&folder, &good));
        for place in 0..good.len() {
            for change in changes {
                let mut bad = good.clone();
                bad[place] ^= change;
                read_damaged(&folder, &bad);
            }
        }
    }
}

#[test]
fn any_byte_may_be_a_number_of_absurd_size() {
    keep_quiet();
    let folder = tempfile::tempdir().unwrap();
    // two to the power of 31 less one, that of 63 less one, and 268 million, as Thrift has them
    let numbers: [&[u8]; 3] =
        [b"\xfe\xff\xff\xff\x0f", b"\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01", b"\xfe\xff\xff\xff\x01"];
    for (compression, numbers) in [
        (Compression::UNCOMPRESSED, &numbers[..]),
        (Compression::SNAPPY, &numbers[..1]),
        (Compression::ZSTD(ZstdLevel::default()), &numbers[2..]),
    ] {
        let good = small(compression);
        let end = good.len() - 8;
        let footer = u32::from_le_bytes(good[end..end + 4].try_into().unwrap());
        for place in 0..good.len() {
            for number in numbers {
                let mut bad = good.clone();
                bad.splice(place..=place, number.iter().copied());
                if (end - footer as usize..end).contains(&place) {
                    let (at, more) = (bad.len() - 8, u32::try_from(number.len() - 1).unwrap());
                    bad[at..at + 4].copy_from_slice(&(footer + more).to_le_bytes());
                }
                read_damaged(&folder, &bad);
            }
        }
    }
}

#[test]
fn packed_lengths_may_say_that_they_are_any_number() {
    keep_quiet();
    let folder = tempfile::tempdir().unwrap();
    for encoding in [Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BYTE_ARRAY] {
        let good = packed(encoding);
        read_damaged(&folder, &good);
        assert!(read_folder(folder.path()).is_ok());
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 0x80;
            read_damaged(&folder, &bad);
        }
        // twelve numbers in blocks of 128 and parts of 32
        let heads: Vec<usize> =
            (0..good.len() - 4).filter(|place| good[*place..].starts_with(&[0x80, 1, 4, 12])).collect();
        assert!(heads.len() >= 2);
        for head in heads {
            let mut bad = good.clone();
            bad[head + 3..head + 7].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
            read_damaged(&folder, &bad);
            assert!(read_folder(folder.path()).is_err());
        }
    }
}

#[test]
fn a_file_may_end_anywhere() {
    keep_quiet();
    let folder = tempfile::tempdir().unwrap();
    let good = small(Compression::SNAPPY);
    for length in 0..good.len() {
        assert!(read_damaged(&folder, &good[..length]), "{length}");
    }
}
