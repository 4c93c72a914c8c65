//! Interned ids: each distinct text once, known by a small number.
#![allow(
    clippy::indexing_slicing,
    reason = "every position was made here: one that is not there must not pass"
)]

use std::cmp::Ordering;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;

use crate::value::index::{IdNo, Indexed, Position, broken};

/// The distinct ids of one kind, numbered in the order in which they were first met.
///
/// Open addressing over one arena of text, without an allocation for each id. A slot of eight bytes has a hash
/// and a number, so that the slots of a hundred thousand ids stay in the cache; an id of up to fifteen bytes is
/// then compared with one look at memory. The hash is keyed at random, so that no file can be made to collide.
#[derive(Clone, Debug)]
pub(crate) struct Ids<P> {
    text: String,
    /// Where each id ends in `text`.
    ends: Vec<usize>,
    /// The first bytes of each id.
    heads: Vec<u128>,
    /// The length is a power of two.
    slots: Vec<Slot>,
    key: u64,
    by: PhantomData<P>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    /// Its low bits are the first place to look for the id.
    hash: u32,
    /// The id's place + 1; 0 = free.
    number: u32,
}

const FREE: Slot = Slot { hash: 0, number: 0 };

/// The longest id that its head says all of.
const HEAD: usize = 15;

/// How many ids are looked up side by side, so that their waits for memory overlap.
const BATCH: usize = 64;

/// An id with its head, by which two ids are mostly told apart without a look at their texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Headed<'a> {
    head: u128,
    id: &'a [u8],
}

impl<'a> Headed<'a> {
    #[inline]
    pub(crate) fn new(id: &'a [u8]) -> Self {
        Self { head: head(id), id }
    }
}

impl PartialEq for Headed<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && (self.id.len() <= HEAD || self.id == other.id)
    }
}

/// The first fifteen bytes, and the length as far as a byte can say it.
#[inline]
fn head(id: &[u8]) -> u128 {
    let length = u128::from(u8::try_from(id.len()).unwrap_or(u8::MAX)) << 120;
    let (words, rest) = id.as_chunks::<8>();
    match words {
        [] => u128::from(few(rest)) | length,
        [first] => u128::from(u64::from_le_bytes(*first)) | u128::from(few(rest)) << 64 | length,
        [first, second, ..] => {
            let second = u64::from_le_bytes(*second) << 8 >> 8;
            u128::from(u64::from_le_bytes(*first)) | u128::from(second) << 64 | length
        }
    }
}

/// Up to seven bytes as one number, read in two pieces that may overlap.
#[inline]
fn few(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let after = (bytes.len() - 4) * 8;
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << after;
    }
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl<P> Default for Ids<P> {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            heads: Vec::new(),
            slots: Vec::new(),
            key: RandomState::new().hash_one(0),
            by: PhantomData,
        }
    }
}

impl<P: Position> Ids<P> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes that they are held in.
    pub(crate) fn held(&self) -> usize {
        self.text.capacity()
            + size_of_val(self.ends.as_slice())
            + size_of_val(self.heads.as_slice())
            + size_of_val(self.slots.as_slice())
    }

    /// Every number, in order.
    pub(crate) fn numbers(&self) -> impl ExactSizeIterator<Item = P> + use<P> {
        (0..self.len()).map(P::at)
    }

    /// The id's text.
    pub(crate) fn text(&self, id: P) -> &str {
        let place = id.place();
        let Some(end) = self.ends.get(place) else {
            broken(format_args!("there is no {id:?} among {} ids", self.len()))
        };
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.text[start..*end]
    }

    /// Orders two ids as text by code point.
    pub(crate) fn compare(&self, a: P, b: P) -> Ordering {
        self.text(a).cmp(self.text(b))
    }

    /// The number of an id, met now or before.
    pub(crate) fn intern(&mut self, id: &[u8]) -> P {
        let head = head(id);
        self.intern_hashed(id, head, hash(self.key, head, id))
    }

    fn intern_hashed(&mut self, id: &[u8], head: u128, hash: u32) -> P {
        match self.find(id, head, hash) {
            Some(number) => number,
            None => self.add(id, head, hash),
        }
    }

    /// The numbers of several ids, in their order.
    pub(crate) fn intern_all(&mut self, ids: &[Headed<'_>], mut each: impl FnMut(P)) {
        for batch in ids.chunks(BATCH) {
            let (mut hashes, mut found, mut met) = ([0; BATCH], [FREE; BATCH], [0; BATCH]);
            // One loop for each look at memory: those of a loop do not wait for one another.
            for (hashed, Headed { head, id }) in hashes.iter_mut().zip(batch) {
                *hashed = hash(self.key, *head, id);
            }
            if let Some(mask) = self.slots.len().checked_sub(1) {
                for (slot, hash) in found.iter_mut().zip(&hashes) {
                    *slot = self.slots[*hash as usize & mask];
                }
                for (slot, hash) in found.iter_mut().zip(&hashes) {
                    let mut place = *hash as usize;
                    while slot.hash != *hash && slot.number > 0 {
                        place += 1;
                        *slot = self.slots[place & mask];
                    }
                }
                for (met, slot) in met.iter_mut().zip(&found) {
                    *met = slot.number.checked_sub(1).map_or(0, |place| self.heads[place as usize]);
                }
            }
            for (place, Headed { head, id }) in batch.iter().enumerate() {
                let number = found[place].number;
                each(if number > 0 && met[place] == *head && id.len() <= HEAD {
                    P::at(number as usize - 1)
                } else {
                    self.intern_hashed(id, *head, hashes[place])
                });
            }
        }
    }

    /// The number of an id that was met.
    pub(crate) fn number(&self, id: &str) -> Option<P> {
        let id = id.as_bytes();
        let head = head(id);
        self.find(id, head, hash(self.key, head, id))
    }

    /// Whether the id of a slot is this one.
    #[inline]
    fn is(&self, number: u32, head: u128, id: &[u8]) -> bool {
        let place = number as usize - 1;
        self.heads[place] == head && (id.len() <= HEAD || self.text(P::at(place)).as_bytes() == id)
    }

    fn find(&self, id: &[u8], head: u128, hash: u32) -> Option<P> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let slot = self.slots[place];
            if slot.number == 0 {
                return None;
            }
            if slot.hash == hash && self.is(slot.number, head, id) {
                return Some(P::at(slot.number as usize - 1));
            }
            place = (place + 1) & mask;
        }
    }

    /// Adds an id that was not met before.
    fn add(&mut self, id: &[u8], head: u128, hash: u32) -> P {
        let Ok(text) = std::str::from_utf8(id) else {
            broken(format_args!("a {} that is not text was read as one", P::OF))
        };
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let number = P::at(self.ends.len());
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.heads.push(head);
        let Ok(slot) = u32::try_from(self.ends.len()) else {
            broken(format_args!("there are more {}s than numbers", P::OF))
        };
        self.put(Slot { hash, number: slot });
        number
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut place = slot.hash as usize & mask;
        while self.slots[place].number > 0 {
            place = (place + 1) & mask;
        }
        self.slots[place] = slot;
    }

    /// Twice the room; the hashes are at hand, so no text is read.
    fn grow(&mut self) {
        let room = (self.slots.len() * 2).max(16);
        for slot in std::mem::replace(&mut self.slots, vec![FREE; room]) {
            if slot.number > 0 {
                self.put(slot);
            }
        }
    }
}

/// The ids of a table or of another kind of thing, and which of them have a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Namespace {
    pub(crate) ids: Ids<IdNo>,
    /// The place of each id's row among the table's good rows, + 1; 0 = none.
    rows: Indexed<IdNo, u32>,
}

impl Namespace {
    /// The bytes that the ids are held in.
    pub(crate) fn held(&self) -> usize {
        self.ids.held() + self.ids.len() * size_of::<u32>()
    }

    /// The number of a row's own id, and `None` if an earlier row has it.
    pub(crate) fn define(&mut self, id: &[u8], row: usize) -> Option<IdNo> {
        let number = self.ids.intern(id);
        self.rows.grow_to(self.ids.len(), 0);
        let defined = &mut self.rows[number];
        if *defined > 0 {
            return None;
        }
        *defined = u32::try_from(row + 1)
            .unwrap_or_else(|_| broken(format_args!("row {row} is beyond the rows of a table")));
        Some(number)
    }

    /// Notes that an id that was referred to has a row, wherever it is.
    pub(crate) fn note_row(&mut self, id: IdNo) {
        self.rows.grow_to(self.ids.len(), 0);
        self.rows[id] = self.rows[id].max(1);
    }

    /// The ids that have a row.
    pub(crate) fn with_rows(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|(_, row)| **row > 0).map(|(id, _)| self.ids.text(id))
    }

    /// The place of the id's row among the table's good rows.
    pub(crate) fn row(&self, id: IdNo) -> Option<usize> {
        // Ids that were met after the last row have none.
        if id.place() < self.rows.len() { (self.rows[id] as usize).checked_sub(1) } else { None }
    }
}

/// Ids of rows that nothing refers to, by row: kept in order, and searched for doubles once at the end.
///
/// A table of ten million visits would pay a miss of the cache for each id; sorted into small buckets the
/// doubles cost a fraction of that, and ids that ascend have none. Of a short id only what it does not share with
/// the one before it is kept: memory that is written for the first time costs more than to find out what that is.
#[derive(Clone, Debug, Default)]
pub(crate) struct UniqueIds {
    /// Of a short id how many bytes it shares, and its length, in half a byte each, then its other bytes. Of a
    /// long one `LONG`, its length, and all its bytes.
    text: Vec<u8>,
    /// Where each group of ids begins, whose first shares nothing.
    groups: Vec<usize>,
    count: usize,
    /// The head of the last id.
    last: u128,
    /// Where the text of the last long id begins.
    last_long: usize,
    /// Whether an id is not greater than the one before it.
    is_unsorted: bool,
}

/// How many ids are read to find the last of a group.
const GROUP: usize = 64;

/// The longest short id.
const SHORT: usize = 14;

/// The mark of a long id, written in place of its length.
const LONG: u8 = 15;

impl UniqueIds {
    /// The bytes that they are held in.
    pub(crate) fn held(&self) -> usize {
        self.text.capacity() + size_of_val(self.groups.as_slice())
    }

    pub(crate) fn push(&mut self, id: &[u8]) {
        let head = head(id);
        let last_length = (self.last >> 120) as usize;
        if !self.is_unsorted && self.count > 0 {
            let is_alike = last_length > SHORT && id.len() > SHORT && (head ^ self.last) << 8 == 0;
            let is_after = if is_alike {
                self.text[self.last_long..] < *id
            } else {
                // The first byte of a text is the first of the number, and the length is the last.
                self.last.swap_bytes() < head.swap_bytes()
            };
            self.is_unsorted = !is_after;
        }
        let is_first = self.count.is_multiple_of(GROUP);
        if is_first {
            self.groups.push(self.text.len());
        }
        if id.len() <= SHORT {
            let shared = if is_first || last_length > SHORT {
                0
            } else {
                ((head ^ self.last).trailing_zeros() as usize / 8).min(id.len()).min(last_length)
            };
            let code = (shared << 4 | id.len()) as u128;
            let end = self.text.len() + 1 + id.len() - shared;
            // A copy of a known length is a store, and one of any length is a call.
            self.text.extend_from_slice(&(head >> (shared * 8) << 8 | code).to_le_bytes());
            self.text.truncate(end);
        } else {
            self.text.push(LONG);
            let mut length = id.len();
            while length >= 0x80 {
                self.text.push((length & 0x7F) as u8 | 0x80);
                length >>= 7;
            }
            self.text.push(length as u8);
            self.last_long = self.text.len();
            self.text.extend_from_slice(id);
        }
        self.last = head;
        self.count += 1;
    }

    /// The id of a row.
    pub(crate) fn text(&self, row: usize) -> String {
        String::from_utf8(self.bytes(row))
            .unwrap_or_else(|_| broken(format_args!("an id that is not text was read as one")))
    }

    fn bytes(&self, row: usize) -> Vec<u8> {
        let mut ids = Stored { text: &self.text[self.groups[row / GROUP]..], short: [0; SHORT] };
        (0..row % GROUP).for_each(|_| {
            ids.next();
        });
        ids.next().to_vec()
    }

    /// Every id, in order.
    fn each(&self, mut each: impl FnMut(usize, &[u8])) {
        let mut ids = Stored { text: &self.text, short: [0; SHORT] };
        (0..self.count).for_each(|row| each(row, ids.next()));
    }

    /// Takes the ids of some rows away, by their places, ascending.
    pub(crate) fn remove(&mut self, rows: &[usize]) {
        if rows.is_empty() {
            return;
        }
        let mut kept = Self::default();
        let mut out = rows.iter().copied().peekable();
        self.each(|row, id| {
            if out.next_if_eq(&row).is_none() {
                kept.push(id);
            }
        });
        *self = kept;
    }

    /// The rows whose id an earlier row has, ascending.
    pub(crate) fn doubles(&self) -> Vec<usize> {
        if !self.is_unsorted {
            return Vec::new();
        }
        // Some forty ids a bucket: few enough to sort where they lie, and not more buckets than ids need.
        let bits = (self.count / 40 + 1).ilog2().min(16);
        let bucket = |hash: u32| (u64::from(hash) >> (32 - bits)) as usize;
        let mut hashes = Vec::with_capacity(self.count);
        self.each(|_, id| hashes.push(hash(0, head(id), id)));
        let mut next = vec![0_usize; (1 << bits) + 1];
        for hash in &hashes {
            next[bucket(*hash) + 1] += 1;
        }
        let mut total = 0;
        for start in &mut next {
            total += *start;
            *start = total;
        }
        let mut sorted = vec![(0_u32, 0_usize); hashes.len()];
        for (row, hash) in hashes.iter().enumerate() {
            let place = &mut next[bucket(*hash)];
            sorted[*place] = (*hash, row);
            *place += 1;
        }
        // Each entry of `next` is now where its bucket ends.
        let mut doubles = Vec::new();
        let mut from = 0;
        for to in &next[..1 << bits] {
            let bucket = &mut sorted[from..*to];
            from = *to;
            bucket.sort_unstable();
            for run in bucket.chunk_by(|(a, _), (b, _)| a == b).filter(|run| run.len() > 1) {
                self.doubles_of_run(run, &mut doubles);
            }
        }
        doubles.sort_unstable();
        doubles
    }

    /// Of rows of one hash, those whose id an earlier one has.
    fn doubles_of_run(&self, run: &[(u32, usize)], doubles: &mut Vec<usize>) {
        let mut rows: Vec<(Vec<u8>, usize)> = run.iter().map(|(_, row)| (self.bytes(*row), *row)).collect();
        rows.sort();
        for same in rows.chunk_by(|(a, _), (b, _)| a == b) {
            doubles.extend(same.iter().skip(1).map(|(_, row)| *row));
        }
    }
}

/// Ids as they are kept, one after the other from the first of a group.
struct Stored<'t> {
    text: &'t [u8],
    /// The last short id.
    short: [u8; SHORT],
}

impl Stored<'_> {
    fn next(&mut self) -> &[u8] {
        let code = self.take(1)[0];
        if code == LONG {
            let (mut length, mut bits) = (0, 0);
            loop {
                let byte = self.take(1)[0];
                length |= usize::from(byte & 0x7F) << bits;
                bits += 7;
                if byte < 0x80 {
                    return self.take(length);
                }
            }
        }
        let (shared, length) = (usize::from(code >> 4), usize::from(code & 0xF));
        let other = self.take(length - shared);
        self.short[shared..length].copy_from_slice(other);
        &self.short[..length]
    }
}

impl<'t> Stored<'t> {
    fn take(&mut self, bytes: usize) -> &'t [u8] {
        let (taken, rest) = self.text.split_at(bytes);
        self.text = rest;
        taken
    }
}

/// Multiply and fold, eight bytes at a time: several times as fast as the standard hasher on short ids. `head` is
/// that of the id, and all of one of up to fifteen bytes.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "both halves are taken, and 32 bits are plenty for one place"
)]
fn hash(key: u64, head: u128, id: &[u8]) -> u32 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let fold = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(PRIME ^ key.rotate_left(32));
        (product as u64) ^ ((product >> 64) as u64)
    };
    let mut state = fold(fold(key ^ id.len() as u64, head as u64), (head >> 64) as u64);
    if id.len() > HEAD {
        let (words, rest) = id.as_chunks::<8>();
        state = words.iter().fold(state, |state, word| fold(state, u64::from_le_bytes(*word)));
        state = fold(state, few(rest));
    }
    let state = fold(state, PRIME);
    (state ^ (state >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_number_through_growth() {
        let mut ids: Ids<IdNo> = Ids::default();
        for i in 0..10_000 {
            assert_eq!(ids.intern(format!("P{i}").as_bytes()).place(), i);
        }
        let texts: Vec<String> = (0..10_000).map(|i| format!("P{i}")).collect();
        let headed: Vec<Headed<'_>> = texts.iter().map(|text| Headed::new(text.as_bytes())).collect();
        let mut met = Vec::new();
        ids.intern_all(&headed, |number| met.push(number.place()));
        assert_eq!(met, (0..10_000).collect::<Vec<_>>());
        assert_eq!(ids.intern(b"").place(), 10_000);
        assert_eq!(ids.len(), 10_001);
    }

    #[test]
    fn ids_met_together_are_numbered_in_their_order() {
        let mut ids: Ids<IdNo> = Ids::default();
        let mut numbers = Vec::new();
        let long = "a".repeat(20);
        let met = ["b", "a", "b", &long, "c", &long].map(|id| Headed::new(id.as_bytes()));
        ids.intern_all(&met, |number| numbers.push(number.place()));
        assert_eq!(numbers, [0, 1, 0, 2, 3, 2]);
        assert_eq!(ids.number("c"), Some(IdNo::at(3)));
        assert_eq!(ids.number("d"), None);
    }

    #[test]
    fn a_head_says_all_of_a_short_id() {
        let text = b"abcdefghijklmnopqrst";
        for length in 0..=HEAD {
            let mut bytes = [0; 16];
            bytes[..length].copy_from_slice(&text[..length]);
            bytes[HEAD] = u8::try_from(length).unwrap();
            assert_eq!(head(&text[..length]), u128::from_le_bytes(bytes), "{length}");
        }
        assert_ne!(head(&text[..16]), head(&text[..17]));
        assert_eq!(head(&text[..18]).to_le_bytes()[..HEAD], text[..HEAD]);
    }

    #[test]
    fn long_ids_that_begin_alike_are_told_apart() {
        let mut ids: Ids<IdNo> = Ids::default();
        let long = "a".repeat(300);
        let texts = [
            "aaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaab",
            &long,
            &format!("{long}a"),
            "a\0",
            "a",
        ];
        let numbers: Vec<usize> = texts.iter().map(|text| ids.intern(text.as_bytes()).place()).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6]);
        assert!(
            texts.iter().zip(numbers).all(|(text, number)| ids.intern(text.as_bytes()).place() == number)
        );
    }

    #[test]
    fn doubles_are_the_rows_after_the_first() {
        let mut ids = UniqueIds::default();
        for row in 0..50_000 {
            ids.push(format!("V{row}").as_bytes());
        }
        for row in [7, 49_999, 7] {
            ids.push(format!("V{row}").as_bytes());
        }
        assert_eq!(ids.doubles(), [50_000, 50_001, 50_002]);
        assert_eq!(ids.text(50_001), "V49999");
        let mut few = UniqueIds::default();
        for id in ["a", "b", "b", "c"] {
            few.push(id.as_bytes());
        }
        assert_eq!(few.doubles(), [2]);
    }

    #[test]
    fn ids_are_kept_and_in_order_as_texts_are() {
        let long = |end: &str| format!("{}{end}", "a".repeat(14));
        let texts = [
            "",
            "\0",
            "\0\0",
            "A",
            "Aa",
            "B",
            "a",
            "a\0",
            "aa",
            &long(""),
            &long("a"),
            &long("aa"),
            &long("ab"),
            &long(&"b".repeat(100)),
            &long(&"b".repeat(40_000)),
            "b",
            "\u{e9}",
        ];
        let mut all = UniqueIds::default();
        let mut kept = Vec::new();
        for (place, a) in texts.iter().enumerate() {
            for (other, b) in texts.iter().enumerate() {
                let mut ids = UniqueIds::default();
                for id in [a, b] {
                    ids.push(id.as_bytes());
                    all.push(id.as_bytes());
                    kept.push(*id);
                }
                assert_eq!(ids.is_unsorted, place >= other, "{a:?} {b:?}");
            }
        }
        assert!(kept.iter().enumerate().all(|(row, id)| all.text(row) == *id));
        all.remove(&[0, 70, kept.len() - 1]);
        assert_eq!((all.count, all.text(69).as_str()), (kept.len() - 3, kept[71]));
    }

    #[test]
    #[should_panic(expected = "internal error: there is no row id 3 among 0 ids")]
    fn a_number_of_other_ids_refuses() {
        let _ = Ids::<IdNo>::default().text(IdNo::at(3));
    }
}
