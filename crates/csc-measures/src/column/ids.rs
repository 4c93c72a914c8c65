//! Interned ids: each distinct text once, known by a small number.
#![allow(
    clippy::indexing_slicing,
    reason = "every position was made here: one that is not there must not pass"
)]

use std::cmp::Ordering;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;

use super::headed::{Headed, Key};
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
    key: Key,
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

/// How many ids are looked up side by side, so that their waits for memory overlap.
const BATCH: usize = 64;

impl<P> Default for Ids<P> {
    fn default() -> Self {
        let random = RandomState::new();
        Self {
            text: String::new(),
            ends: Vec::new(),
            heads: Vec::new(),
            slots: Vec::new(),
            key: Key(random.hash_one(0), random.hash_one(1)),
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
        self.number_of(Headed::new(id))
    }

    /// The same of an id whose head is known.
    pub(crate) fn number_of(&mut self, id: Headed<'_>) -> P {
        self.intern_hashed(id, self.key.hash(&id))
    }

    fn intern_hashed(&mut self, id: Headed<'_>, hash: u32) -> P {
        match self.find(id, hash) {
            Some(number) => number,
            None => self.add(id, hash),
        }
    }

    /// The number of each of several ids; of a row that is out, none.
    pub(crate) fn number_all(
        &mut self,
        ids: &[Option<Headed<'_>>],
        are_out: &[bool],
        numbers: &mut [Option<P>],
    ) {
        let mut batch = [Headed::EMPTY; BATCH];
        let rows = ids.chunks(BATCH).zip(are_out.chunks(BATCH)).zip(numbers.chunks_mut(BATCH));
        for ((ids, are_out), numbers) in rows {
            // The place of each row's id in the batch + 1; 0 = none.
            let (mut places, mut met) = ([0_u8; BATCH], 0);
            for ((id, is_out), place) in ids.iter().zip(are_out).zip(&mut places) {
                if let Some(id) = id
                    && !is_out
                {
                    // Rows of one child often come together.
                    if met == 0 || batch[met - 1] != *id {
                        batch[met] = *id;
                        met += 1;
                    }
                    *place = met as u8;
                }
            }
            let found = self.number_batch(&batch[..met]);
            for (number, place) in numbers.iter_mut().zip(places) {
                *number = place.checked_sub(1).and_then(|place| found[usize::from(place)]);
            }
        }
    }

    fn number_batch(&mut self, batch: &[Headed<'_>]) -> [Option<P>; BATCH] {
        let (mut hashes, mut found, mut heads) = ([0; BATCH], [FREE; BATCH], [0; BATCH]);
        // One loop for each look at memory: those of a loop do not wait for one another.
        for (hash, id) in hashes.iter_mut().zip(batch) {
            *hash = self.key.hash(id);
        }
        if let Some(mask) = self.slots.len().checked_sub(1) {
            for ((slot, hash), _) in found.iter_mut().zip(&hashes).zip(batch) {
                *slot = self.slots[*hash as usize & mask];
            }
            for ((slot, hash), _) in found.iter_mut().zip(&hashes).zip(batch) {
                let mut place = *hash as usize;
                while slot.hash != *hash && slot.number > 0 {
                    place += 1;
                    *slot = self.slots[place & mask];
                }
            }
            for ((head, slot), _) in heads.iter_mut().zip(&found).zip(batch) {
                *head = slot.number.checked_sub(1).map_or(0, |place| self.heads[place as usize]);
            }
        }
        let mut numbers = [None; BATCH];
        let looked_up = hashes.into_iter().zip(found).zip(heads);
        for ((number, id), ((hash, slot), head)) in numbers.iter_mut().zip(batch).zip(looked_up) {
            *number = Some(match slot.number.checked_sub(1) {
                Some(place) if head == id.head && id.is_short() => P::at(place as usize),
                _ => self.intern_hashed(*id, hash),
            });
        }
        numbers
    }

    /// The number of an id that was met.
    pub(crate) fn number(&self, id: &str) -> Option<P> {
        let id = Headed::new(id.as_bytes());
        self.find(id, self.key.hash(&id))
    }

    /// Whether the id of a slot is this one.
    #[inline]
    fn is(&self, number: u32, id: Headed<'_>) -> bool {
        let place = number as usize - 1;
        self.heads[place] == id.head && (id.is_short() || self.text(P::at(place)).as_bytes() == id.id)
    }

    fn find(&self, id: Headed<'_>, hash: u32) -> Option<P> {
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
            if slot.hash == hash && self.is(slot.number, id) {
                return Some(P::at(slot.number as usize - 1));
            }
            place = (place + 1) & mask;
        }
    }

    /// Adds an id that was not met before.
    fn add(&mut self, id: Headed<'_>, hash: u32) -> P {
        let Ok(text) = std::str::from_utf8(id.id) else {
            broken(format_args!("a {} that is not text was read as one", P::OF))
        };
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let number = P::at(self.ends.len());
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.heads.push(id.head);
        let Ok(place) = u32::try_from(self.ends.len()) else {
            broken(format_args!("there are more {}s than numbers", P::OF))
        };
        self.put(Slot { hash, number: place });
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
    pub(crate) fn define(&mut self, id: Headed<'_>, row: usize) -> Option<IdNo> {
        let number = self.ids.number_of(id);
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
        let headed: Vec<_> = texts.iter().map(|text| Some(Headed::new(text.as_bytes()))).collect();
        let mut numbers = vec![None; headed.len()];
        ids.number_all(&headed, &vec![false; headed.len()], &mut numbers);
        assert!(numbers.iter().enumerate().all(|(place, number)| *number == Some(IdNo::at(place))));
        assert_eq!(ids.intern(b"").place(), 10_000);
        assert_eq!(ids.len(), 10_001);
    }

    #[test]
    fn ids_met_together_are_numbered_in_their_order() {
        let mut ids: Ids<IdNo> = Ids::default();
        let long = "a".repeat(20);
        let met = ["b", "b", "x", "a", "b", &long, "", "c", &long, &long];
        let met = met.map(|id| Some(Headed::new(id.as_bytes())).filter(|id| !id.id.is_empty()));
        let mut numbers = [Some(IdNo::at(9)); 10];
        ids.number_all(&met, &met.map(|id| id.is_some_and(|id| id.id == b"x")), &mut numbers);
        let places = numbers.map(|number| number.map(Position::place));
        let expected = [Some(0), Some(0), None, Some(1), Some(0), Some(2), None, Some(3), Some(2), Some(2)];
        assert_eq!(places, expected);
        assert_eq!(ids.number("x"), None);
        assert_eq!(ids.number("c"), Some(IdNo::at(3)));
        assert_eq!(ids.number("d"), None);
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
    #[should_panic(expected = "internal error: there is no row id 3 among 0 ids")]
    fn a_number_of_other_ids_refuses() {
        let _ = Ids::<IdNo>::default().text(IdNo::at(3));
    }
}
