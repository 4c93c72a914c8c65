//! Ids of rows that nothing refers to.
#![allow(
    clippy::indexing_slicing,
    reason = "every position was made here: one that is not there must not pass"
)]

use super::headed::{HEAD, Headed, Key};
use crate::value::index::broken;

/// Ids of rows that nothing refers to, by row: kept in order, and searched for doubles once at the end.
///
/// A table of ten million visits would pay a miss of the cache for each id; sorted into small buckets the
/// doubles cost a fraction of that, and ids that ascend have none. Short ids are kept in groups, and of each only
/// what those of its group do not share: memory that is written for the first time costs more than to find out what
/// that is.
#[derive(Clone, Debug, Default)]
pub(crate) struct UniqueIds {
    /// The groups, one after the other. One of short ids has what they share, and then so many bytes of each
    /// ([`Shape`]). One with a long id begins with `LONG`, and then has of each its length, seven bits a byte, and all
    /// its bytes.
    text: Vec<u8>,
    /// Where each begins.
    groups: Vec<usize>,
    /// The heads of the ids after those of the last group.
    open: Vec<u128>,
    /// How many ids the last group has room for, if it is one with a long id.
    room: usize,
    count: usize,
    /// The head of the last id before those that are open.
    last: Option<u128>,
    /// Where the text of the last id of a group with a long one begins.
    last_text: usize,
    /// Whether an id is not greater than the one before it, as far as they are in groups.
    is_unsorted: bool,
}

/// How many ids a group has; only the last may have fewer.
const GROUP: usize = 64;

/// The first byte of a group with a long id, in place of how many bytes its ids share.
const LONG: u8 = u8::MAX;

/// What the ids of a group of short ones have in common.
#[derive(Clone, Copy)]
struct Shape {
    /// How many bytes, from the first on.
    shared: usize,
    /// How many bytes of each come after those.
    own: usize,
    /// The length, if it is the same; otherwise each has its own after its bytes.
    length: Option<u8>,
}

impl Shape {
    fn of(heads: &[u128]) -> Self {
        let first = heads.first().copied().unwrap_or_default();
        let differences = heads.iter().fold(0, |differences, head| differences | (head ^ first));
        let longest = heads.iter().map(|head| length_of(*head)).max().unwrap_or_default();
        let shared = ((differences << 8 >> 8).trailing_zeros() as usize / 8).min(longest.into());
        let is_alike = differences >> 120 == 0;
        Self { shared, own: usize::from(longest) - shared, length: is_alike.then_some(longest) }
    }

    /// The bytes of each id.
    fn width(self) -> usize {
        self.own + usize::from(self.length.is_none())
    }
}

/// The length of a short id.
fn length_of(head: u128) -> u8 {
    head.to_le_bytes()[HEAD]
}

impl UniqueIds {
    /// The bytes that they are held in.
    pub(crate) fn held(&self) -> usize {
        self.text.capacity() + size_of_val(self.groups.as_slice()) + size_of_val(self.open.as_slice())
    }

    #[inline]
    pub(crate) fn push(&mut self, id: Headed<'_>) {
        self.count += 1;
        if id.is_short() && self.room == 0 {
            self.open.push(id.head);
            if self.open.len() == GROUP {
                self.close();
            }
        } else {
            self.push_text(id);
        }
    }

    /// Makes a group of the open ids, which are short. Apart, so that a loop that takes ids has not all of it.
    #[inline(never)]
    fn close(&mut self) {
        self.is_unsorted = self.is_unsorted();
        self.last = self.open.last().copied();
        let shape = Shape::of(&self.open);
        let first = self.open.first().copied().unwrap_or_default().to_le_bytes();
        self.groups.push(self.text.len());
        self.text.extend([shape.shared as u8, shape.own as u8, shape.length.unwrap_or(LONG)]);
        self.text.extend_from_slice(&first[..shape.shared]);
        let (start, width) = (self.text.len(), shape.width());
        let end = start + width * self.open.len();
        // A copy of a known length is a store, and one of any length is a call: each id overwrites what is too much
        // of the one before.
        self.text.resize(end + size_of::<u128>(), 0);
        for (place, head) in self.open.iter().enumerate() {
            let to = &mut self.text[start + place * width..];
            to[..size_of::<u128>()].copy_from_slice(&(head >> (shape.shared * 8)).to_le_bytes());
            if shape.length.is_none() {
                to[shape.own] = length_of(*head);
            }
        }
        self.text.truncate(end);
        self.open.clear();
    }

    /// Takes an id into a group with a long one, which those that are open go to as well.
    #[cold]
    fn push_text(&mut self, id: Headed<'_>) {
        if self.room == 0 {
            self.is_unsorted = self.is_unsorted();
            self.last = self.open.last().copied().or(self.last);
            self.groups.push(self.text.len());
            self.text.push(LONG);
            for head in std::mem::take(&mut self.open) {
                self.write(&head.to_le_bytes()[..length_of(head).into()]);
                self.room += 1;
            }
            self.room = GROUP - self.room;
        }
        let is_after = match self.last {
            None => true,
            Some(last)
                if (last ^ id.head) << 8 == 0 && usize::from(length_of(last)) > HEAD && !id.is_short() =>
            {
                self.text[self.last_text..] < *id.id
            }
            Some(last) => is_before(last, id.head),
        };
        self.is_unsorted |= !is_after;
        self.write(id.id);
        self.last = Some(id.head);
        self.room -= 1;
    }

    /// Writes an id of a group with a long one.
    fn write(&mut self, id: &[u8]) {
        let mut length = id.len();
        while length >= 0x80 {
            self.text.push((length & 0x7F) as u8 | 0x80);
            length >>= 7;
        }
        self.text.push(length as u8);
        self.last_text = self.text.len();
        self.text.extend_from_slice(id);
    }

    /// Whether an id is not greater than the one before it.
    fn is_unsorted(&self) -> bool {
        let mut last = self.last;
        self.is_unsorted
            || self.open.iter().any(|head| last.replace(*head).is_some_and(|last| !is_before(last, *head)))
    }

    /// The id of a row.
    pub(crate) fn text(&self, row: usize) -> String {
        let mut bytes = Vec::new();
        self.each_of_group(row / GROUP, |at, id| {
            if at == row % GROUP {
                bytes.extend_from_slice(id.id);
            }
        });
        String::from_utf8(bytes)
            .unwrap_or_else(|_| broken(format_args!("an id that is not text was read as one")))
    }

    /// Calls with the place in its group of each id of a group, and the id.
    fn each_of_group(&self, group: usize, mut each: impl FnMut(usize, Headed<'_>)) {
        let mut short = |at: usize, bytes: [u8; 16]| {
            let id = &bytes[..bytes[HEAD].into()];
            each(at, Headed { head: u128::from_le_bytes(bytes), id });
        };
        let Some(start) = self.groups.get(group) else {
            for (at, head) in self.open.iter().enumerate() {
                short(at, head.to_le_bytes());
            }
            return;
        };
        let ids = GROUP.min(self.count - group * GROUP);
        let mut text = Rest(&self.text[*start..]);
        let shared = text.take(1)[0];
        if shared == LONG {
            for at in 0..ids {
                let length = text.length();
                each(at, Headed::new(text.take(length)));
            }
            return;
        }
        let (shared, own, length) = (usize::from(shared), usize::from(text.take(1)[0]), text.take(1)[0]);
        let mut bytes = [0; 16];
        bytes[..shared].copy_from_slice(text.take(shared));
        for at in 0..ids {
            bytes[shared..shared + own].copy_from_slice(text.take(own));
            bytes[HEAD] = if length == LONG { text.take(1)[0] } else { length };
            short(at, bytes);
        }
    }

    /// Every id, in order.
    fn each(&self, mut each: impl FnMut(usize, Headed<'_>)) {
        for group in 0..self.count.div_ceil(GROUP) {
            self.each_of_group(group, |at, id| each(group * GROUP + at, id));
        }
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
        if !self.is_unsorted() {
            return Vec::new();
        }
        // Some forty ids a bucket: few enough to sort where they lie, and not more buckets than ids need.
        let bits = (self.count / 40 + 1).ilog2().min(16);
        let bucket = |hash: u32| (u64::from(hash) >> (32 - bits)) as usize;
        let mut hashes = Vec::with_capacity(self.count);
        self.each(|_, id| hashes.push(Key::FIXED.hash(&id)));
        let mut next = vec![0_usize; (1 << bits) + 1];
        for hash in &hashes {
            next[bucket(*hash) + 1] += 1;
        }
        let mut total = 0;
        for start in &mut next {
            total += *start;
            *start = total;
        }
        // The hash, and below it the row, which has a number of 32 bits: half the memory of the two side by side.
        let mut sorted = vec![0_u64; hashes.len()];
        for (row, hash) in (0_u64..).zip(&hashes) {
            let place = &mut next[bucket(*hash)];
            sorted[*place] = u64::from(*hash) << 32 | row;
            *place += 1;
        }
        drop(hashes);
        // Each entry of `next` is now where its bucket ends.
        let mut doubles = Vec::new();
        let mut from = 0;
        for to in &next[..1 << bits] {
            let bucket = &mut sorted[from..*to];
            from = *to;
            bucket.sort_unstable();
            for run in bucket.chunk_by(|a, b| a >> 32 == b >> 32).filter(|run| run.len() > 1) {
                self.doubles_of_run(run, &mut doubles);
            }
        }
        doubles.sort_unstable();
        doubles
    }

    /// Of rows of one hash, those whose id an earlier one has.
    fn doubles_of_run(&self, run: &[u64], doubles: &mut Vec<usize>) {
        let rows = run.iter().map(|both| (both & u64::from(u32::MAX)) as usize);
        let mut rows: Vec<(String, usize)> = rows.map(|row| (self.text(row), row)).collect();
        rows.sort();
        for same in rows.chunk_by(|(a, _), (b, _)| a == b) {
            doubles.extend(same.iter().skip(1).map(|(_, row)| *row));
        }
    }
}

/// Whether one id comes before another, of which not both begin alike and go on.
#[inline]
fn is_before(a: u128, b: u128) -> bool {
    // The first byte of a text is the first of the number, and the length is the last.
    a.swap_bytes() < b.swap_bytes()
}

/// What is still to be read of a group.
struct Rest<'t>(&'t [u8]);

impl<'t> Rest<'t> {
    fn take(&mut self, bytes: usize) -> &'t [u8] {
        let (taken, rest) = self.0.split_at(bytes);
        self.0 = rest;
        taken
    }

    fn length(&mut self) -> usize {
        let (mut length, mut bits) = (0, 0);
        loop {
            let byte = self.take(1)[0];
            length |= usize::from(byte & 0x7F) << bits;
            bits += 7;
            if byte < 0x80 {
                return length;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_the_rows_after_the_first() {
        let mut ids = UniqueIds::default();
        for row in 0..50_000 {
            ids.push(Headed::new(format!("V{row}").as_bytes()));
        }
        for row in [7, 49_999, 7] {
            ids.push(Headed::new(format!("V{row}").as_bytes()));
        }
        assert_eq!(ids.doubles(), [50_000, 50_001, 50_002]);
        assert_eq!(ids.text(50_001), "V49999");
        let mut few = UniqueIds::default();
        for id in ["a", "b", "b", "c"] {
            few.push(Headed::new(id.as_bytes()));
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
                    ids.push(Headed::new(id.as_bytes()));
                    all.push(Headed::new(id.as_bytes()));
                    kept.push(*id);
                }
                assert_eq!(ids.is_unsorted(), place >= other, "{a:?} {b:?}");
            }
        }
        assert!(kept.iter().enumerate().all(|(row, id)| all.text(row) == *id));
        all.remove(&[0, 70, kept.len() - 1]);
        assert_eq!((all.count, all.text(69).as_str()), (kept.len() - 3, kept[71]));
    }

    #[test]
    fn groups_of_every_shape_keep_their_ids_and_know_their_order() {
        let mut state = 1_u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for round in 0..200 {
            // Ids of some lengths that share some bytes; in some rounds a few are long.
            let (shared, longest) = ("CVabcdefghijklmno", 1 + random(15) as usize);
            let texts: Vec<String> = (0..random(300))
                .map(|_| {
                    let long =
                        if round % 3 == 0 && random(50) == 0 { "x".repeat(200) } else { String::new() };
                    let text = format!("{}{:x}", &shared[..longest], random(1 << (4 * (round % 8))));
                    text[..text.len().min(HEAD)].to_owned() + &long
                })
                .collect();
            let sorted = {
                let mut sorted = texts.clone();
                sorted.sort();
                sorted.dedup();
                sorted
            };
            for (texts, is_sorted) in [(&texts, texts.is_sorted_by(|a, b| a < b)), (&sorted, true)] {
                let mut ids = UniqueIds::default();
                texts.iter().for_each(|text| ids.push(Headed::new(text.as_bytes())));
                assert!(texts.iter().enumerate().all(|(row, text)| ids.text(row) == *text), "{texts:?}");
                assert_eq!(ids.is_unsorted(), !is_sorted, "{texts:?}");
                let mut seen = std::collections::HashSet::new();
                let doubles = texts.iter().enumerate().filter(|(_, text)| !seen.insert(*text));
                assert_eq!(ids.doubles(), doubles.map(|(row, _)| row).collect::<Vec<_>>());
            }
        }
    }
}
