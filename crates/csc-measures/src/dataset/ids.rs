//! Interned ids: each distinct text once, known by a small number.

use std::cmp::Ordering;
use std::hash::{BuildHasher, RandomState};

/// The distinct ids of one kind, numbered in the order in which they were first met.
///
/// Open addressing over one arena of text: an id costs its bytes and sixteen more, and no allocation of its
/// own. The hash is seeded at random, so that no file can be made to collide.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    text: String,
    /// Where each id ends in `text`.
    ends: Vec<usize>,
    /// The upper half of each id's hash, and its number + 1; 0 = free. The length is a power of two.
    slots: Vec<(u32, u32)>,
    hasher: RandomState,
}

impl Default for Ids {
    fn default() -> Self {
        Self { text: String::new(), ends: Vec::new(), slots: vec![(0, 0); 16], hasher: RandomState::new() }
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

    /// The number of an id, if it was met.
    pub(crate) fn get(&self, id: &str) -> Option<u32> {
        self.find(id).0
    }

    /// The number of an id, met now or before.
    pub(crate) fn intern(&mut self, id: &str) -> u32 {
        let (found, slot, tag) = self.find(id);
        if let Some(number) = found {
            return number;
        }
        // Four thousand million ids do not fit in memory; the last number would stand for those beyond.
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX - 1);
        self.text.push_str(id);
        self.ends.push(self.text.len());
        if let Some(free) = self.slots.get_mut(slot) {
            *free = (tag, number + 1);
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The number of the id if it is there, else the free slot it belongs in; and its tag.
    fn find(&self, id: &str) -> (Option<u32>, usize, u32) {
        let hash = self.hasher.hash_one(id);
        let tag = (hash >> 32) as u32;
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits are all a mask takes")]
        let mut slot = hash as usize & mask;
        loop {
            match self.slots.get(slot) {
                Some(&(there, number)) if number > 0 => {
                    if there == tag && self.text(number - 1) == id {
                        return (Some(number - 1), slot, tag);
                    }
                }
                _ => return (None, slot, tag),
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![(0, 0); mask + 1];
        for number in 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX) {
            let hash = self.hasher.hash_one(self.text(number));
            #[expect(clippy::cast_possible_truncation, reason = "the low bits are all a mask takes")]
            let mut slot = hash as usize & mask;
            while let Some(taken) = slots.get_mut(slot) {
                if taken.1 == 0 {
                    *taken = ((hash >> 32) as u32, number + 1);
                    break;
                }
                slot = (slot + 1) & mask;
            }
        }
        self.slots = slots;
    }
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
            assert_eq!(ids.get(&format!("P{i}")), Some(i));
            assert_eq!(ids.text(i), format!("P{i}"));
        }
        assert_eq!(ids.get("P10000"), None);
        assert_eq!(ids.intern(""), 10_000);
        assert_eq!(ids.len(), 10_001);
    }
}
