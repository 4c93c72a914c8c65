//! Chance that is the same on every machine: SplitMix64, one stream a child, a family or a service.

/// A stream of chances.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Whose chances they are: no stream takes from another, so a child stays the same whoever comes before.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stream {
    Family(u64),
    Child(u64),
    /// Who a child is, and what is on record of it beside its journey.
    Person(u64),
    /// Who a family is, and where it lives.
    Household(u64),
    Workforce,
    Quality,
    Faults,
}

impl Chance {
    pub(crate) fn new(seed: u64, stream: Stream) -> Self {
        let (kind, number) = match stream {
            Stream::Family(number) => (1, number),
            Stream::Child(number) => (2, number),
            Stream::Workforce => (3, 0),
            Stream::Quality => (4, 0),
            Stream::Faults => (5, 0),
            Stream::Person(number) => (6, number),
            Stream::Household(number) => (7, number),
        };
        let seeded = mix(seed.wrapping_add(GOLDEN));
        Self(mix(seeded ^ mix(number.wrapping_mul(8).wrapping_add(kind))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A whole number from 0 to below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// True so many times in a thousand.
    pub(crate) fn happens(&mut self, per_mille: u32) -> bool {
        self.below(1000) < u64::from(per_mille)
    }

    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several, each so many times in a thousand, and `rest` otherwise.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[(u32, T)], rest: T) -> T {
        let mut left = self.below(1000);
        for &(per_mille, choice) in choices {
            match left.checked_sub(u64::from(per_mille)) {
                None => return choice,
                Some(more) => left = more,
            }
        }
        rest
    }

    /// A whole number whose mean is `thousandths` / 1000: the whole part, and one more in the right share.
    pub(crate) fn about(&mut self, thousandths: u64) -> u64 {
        // Between half and one and a half times the mean, so that months differ.
        let spread = thousandths / 2 + self.below(thousandths + 1);
        spread / 1000 + u64::from(self.below(1000) < spread % 1000)
    }

    /// Yes or no, and so many times in a thousand not recorded.
    pub(crate) fn recorded(&mut self, yes: u32, not_recorded: u32) -> Option<bool> {
        let answer = self.happens(yes);
        (!self.happens(not_recorded)).then_some(answer)
    }
}

/// Every number to another, no two to the same.
pub(crate) fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}
