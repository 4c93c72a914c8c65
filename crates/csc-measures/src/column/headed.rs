//! Ids with what tells them apart at a glance.

/// The longest id that its head says all of.
pub(crate) const HEAD: usize = 15;

/// An id with its head, by which two ids are mostly told apart without a look at their texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Headed<'a> {
    /// The first fifteen bytes, the first of them the lowest, and above them the length as far as a byte can say it.
    pub(super) head: u128,
    pub(crate) id: &'a [u8],
}

impl<'a> Headed<'a> {
    pub(crate) const EMPTY: Self = Self { head: 0, id: &[] };

    #[inline]
    pub(crate) fn new(id: &'a [u8]) -> Self {
        Self { head: head(id), id }
    }

    /// The two halves of the head, the lower first.
    #[inline]
    fn halves(&self) -> [u64; 2] {
        [self.head as u64, (self.head >> 64) as u64]
    }

    /// Whether the head is the whole id.
    #[inline]
    pub(crate) fn is_short(&self) -> bool {
        self.id.len() <= HEAD
    }

    /// Whether it is what nearly every id is: short, of ASCII, without a point, a letter or digit first that no null
    /// begins with, and no space last. Such an id is read as it stands.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGHS: u64 = ONES << 7;
        const POINTS: u64 = ONES * b'.' as u64;
        // A byte that is a point becomes a zero, and the lowest zero of a word borrows.
        let point_of = |word: u64| {
            let word = word ^ POINTS;
            word.wrapping_sub(ONES) & !word
        };
        let [low, high] = self.halves();
        let first = low as u8;
        self.is_short()
            && (low | high | point_of(low) | point_of(high)) & HIGHS == 0
            && first.is_ascii_alphanumeric()
            && !matches!(first, b'n' | b'N')
            && self.id.last().is_some_and(|last| *last > b' ')
    }
}

impl PartialEq for Headed<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && (self.is_short() || self.id == other.id)
    }
}

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

/// What ids are hashed with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key(pub(super) u64, pub(super) u64);

impl Key {
    /// For hashes that only sort: nothing is the slower for ids of one hash but that they are compared.
    pub(super) const FIXED: Self = Self(0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03);

    /// Multiply and fold: one multiplication for a short id, whose head has its length.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "both halves are taken, and 32 bits are plenty for one place"
    )]
    pub(super) fn hash(self, id: &Headed<'_>) -> u32 {
        let fold = |a: u64, b: u64| {
            let product = u128::from(a ^ self.0) * u128::from(b ^ self.1);
            (product as u64) ^ ((product >> 64) as u64)
        };
        let [low, high] = id.halves();
        let mut state = fold(low, high);
        if !id.is_short() {
            let (words, rest) = id.id.as_chunks::<8>();
            state = words.iter().fold(state, |state, word| fold(state, u64::from_le_bytes(*word)));
            state = fold(fold(state, few(rest)), id.id.len() as u64);
        }
        (state ^ (state >> 32)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::read::{Read, read_id_text};

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
    fn a_plain_id_is_read_as_it_stands() {
        for text in ["7", "P1", "CV00000010", "A-1/2", "abcdefghijklmno", "a b", "a\0b"] {
            assert!(Headed::new(text.as_bytes()).is_plain(), "{text:?}");
        }
        // Every byte in every place of an id of every length.
        let mut plain = 0;
        for length in 0..=HEAD + 1 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    for last in [b'1', b'0'] {
                        let mut text = vec![b'2'; length];
                        text[length - 1] = last;
                        text[place] = byte;
                        if Headed::new(&text).is_plain() {
                            assert_eq!(read_id_text(Some(&text)), Read::Value(&text[..]), "{text:?}");
                            plain += 1;
                        }
                    }
                }
            }
        }
        assert!(plain > 20_000, "{plain}");
        for text in
            ["", "nan", "NULL", "<na>", "#N/A", "12.0", "1.5", " 1", "1 ", "\u{e9}", "abcdefghijklmnop"]
        {
            assert!(!Headed::new(text.as_bytes()).is_plain(), "{text:?}");
        }
    }
}
