//! Interned ids: each distinct text once, known by a small number.

use std::cmp::Ordering;
use std::hash::{BuildHasher, RandomState};

/// The distinct ids of one kind, numbered in the order in which they were first met.
///
/// Open addressing over one arena of text, without an allocation for each id. A slot holds the head of the id,
/// so that an id of up to fifteen bytes is found with one look at memory. The hash is keyed at random, so that
/// no file can be made to collide.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    text: String,
    /// Where each id ends in `text`.
    ends: Vec<usize>,
    /// The length is a power of two.
    slots: Vec<Slot>,
    key: u64,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    /// Its low bits are the first place to look for the id.
    hash: u32,
    /// The id's number + 1; 0 = free.
    number: u32,
    head: u128,
}

const FREE: Slot = Slot { hash: 0, number: 0, head: 0 };

/// The longest id that its head says all of.
const HEAD: usize = 15;

/// The first fifteen bytes, and the length as far as a byte can say it.
fn head(id: &str) -> u128 {
    let mut head = [0; HEAD + 1];
    for (slot, byte) in head.iter_mut().zip(id.bytes().take(HEAD)) {
        *slot = byte;
    }
    if let Some(length) = head.last_mut() {
        *length = u8::try_from(id.len()).unwrap_or(u8::MAX);
    }
    u128::from_le_bytes(head)
}

impl Default for Ids {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            slots: vec![FREE; 16],
            key: RandomState::new().hash_one(0),
        }
    }
}

impl Ids {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The id's text.
    pub(crate) fn text(&self, id: u32) -> &str {
        let index = id as usize;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(index).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// Orders two ids as text by code point.
    pub(crate) fn compare(&self, a: u32, b: u32) -> Ordering {
        self.text(a).cmp(self.text(b))
    }

    /// The number of an id, met now or before.
    pub(crate) fn intern(&mut self, id: &str) -> u32 {
        let hash = hash(self.key, id);
        let free = match self.find(id, hash) {
            Ok(number) => return number,
            Err(free) => free,
        };
        // Four thousand million ids do not fit in memory; the last number would stand for those beyond.
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX - 1);
        self.text.push_str(id);
        self.ends.push(self.text.len());
        if let Some(slot) = self.slots.get_mut(free) {
            *slot = Slot { hash, number: number + 1, head: head(id) };
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The number of an id that was met.
    pub(crate) fn number(&self, id: &str) -> Option<u32> {
        self.find(id, hash(self.key, id)).ok()
    }

    /// The number of the id, or the free slot where it belongs.
    fn find(&self, id: &str, hash: u32) -> Result<u32, usize> {
        let head = head(id);
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            match self.slots.get(place) {
                Some(slot) if slot.number > 0 => {
                    if slot.head == head && (id.len() <= HEAD || self.text(slot.number - 1) == id) {
                        return Ok(slot.number - 1);
                    }
                }
                _ => return Err(place),
            }
            place = (place + 1) & mask;
        }
    }

    /// Twice the room; the hashes are at hand, so no text is read.
    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![FREE; mask + 1];
        for old in self.slots.iter().filter(|slot| slot.number > 0) {
            let mut place = old.hash as usize & mask;
            while let Some(slot) = slots.get_mut(place) {
                if slot.number == 0 {
                    *slot = *old;
                    break;
                }
                place = (place + 1) & mask;
            }
        }
        self.slots = slots;
    }
}

/// Ids of rows that nothing refers to, by row: kept in order, and searched for doubles once at the end.
///
/// A table of ten million visits would pay a miss of the cache for each id; sorted into small buckets the
/// doubles cost a fraction of that.
#[derive(Clone, Debug, Default)]
pub(crate) struct UniqueIds {
    text: String,
    ends: Vec<usize>,
    hashes: Vec<u32>,
}

impl UniqueIds {
    pub(crate) fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
        self.hashes.push(hash(0, id));
    }

    pub(crate) fn text(&self, row: usize) -> &str {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// The rows whose id an earlier row has, ascending.
    pub(crate) fn doubles(&self) -> Vec<usize> {
        const BUCKETS: usize = 1 << 12;
        let bucket = |hash: u32| (hash >> 20) as usize;
        let mut starts = vec![0_usize; BUCKETS + 1];
        for hash in &self.hashes {
            if let Some(count) = starts.get_mut(bucket(*hash) + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut sorted = vec![(0_u32, 0_usize); self.hashes.len()];
        for (row, hash) in self.hashes.iter().enumerate() {
            if let Some(place) = next.get_mut(bucket(*hash))
                && let Some(slot) = sorted.get_mut(*place)
            {
                *slot = (*hash, row);
                *place += 1;
            }
        }
        let mut doubles = Vec::new();
        for bounds in starts.windows(2) {
            if let [from, to] = *bounds
                && let Some(bucket) = sorted.get_mut(from..to)
            {
                bucket.sort_unstable();
                for run in bucket.chunk_by(|(a, _), (b, _)| a == b).filter(|run| run.len() > 1) {
                    self.doubles_of_run(run, &mut doubles);
                }
            }
        }
        doubles.sort_unstable();
        doubles
    }

    /// Of rows of one hash, those whose id an earlier one has.
    fn doubles_of_run(&self, run: &[(u32, usize)], doubles: &mut Vec<usize>) {
        let mut rows: Vec<usize> = run.iter().map(|(_, row)| *row).collect();
        rows.sort_by(|a, b| self.text(*a).cmp(self.text(*b)).then(a.cmp(b)));
        for same in rows.chunk_by(|a, b| self.text(*a) == self.text(*b)) {
            doubles.extend(same.iter().skip(1));
        }
    }
}

/// Multiply and fold, eight bytes at a time: several times as fast as the standard hasher on short ids.
fn hash(key: u64, text: &str) -> u32 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let fold = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(PRIME ^ key.rotate_left(32));
        #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
        let folded = (product as u64) ^ ((product >> 64) as u64);
        folded
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let state =
        words.iter().fold(key ^ text.len() as u64, |state, word| fold(state, u64::from_le_bytes(*word)));
    let last = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let state = fold(fold(state, last), PRIME);
    #[expect(clippy::cast_possible_truncation, reason = "32 bits are plenty for one place in a table")]
    let hash = (state ^ (state >> 32)) as u32;
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_number_through_growth() {
        let mut ids = Ids::default();
        for i in 0..10_000_u32 {
            assert_eq!(ids.intern(&format!("P{i}")), i);
        }
        for i in 0..10_000_u32 {
            assert_eq!(ids.intern(&format!("P{i}")), i);
            assert_eq!(ids.text(i), format!("P{i}"));
        }
        assert_eq!(ids.intern(""), 10_000);
        assert_eq!(ids.len(), 10_001);
    }

    #[test]
    fn long_ids_that_begin_alike_are_told_apart() {
        let mut ids = Ids::default();
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
        let numbers: Vec<u32> = texts.iter().map(|text| ids.intern(text)).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6]);
        assert!(texts.iter().zip(numbers).all(|(text, number)| ids.intern(text) == number));
    }

    #[test]
    fn doubles_are_the_rows_after_the_first() {
        let mut ids = UniqueIds::default();
        for row in 0..50_000 {
            ids.push(&format!("V{row}"));
        }
        for row in [7, 49_999, 7] {
            ids.push(&format!("V{row}"));
        }
        assert_eq!(ids.doubles(), [50_000, 50_001, 50_002]);
        assert_eq!(ids.text(50_001), "V49999");
    }
}
