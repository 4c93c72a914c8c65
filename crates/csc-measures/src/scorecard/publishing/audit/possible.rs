//! The whole numbers that a quantity may be.

/// Sets of so many numbers are kept number by number, wider ones by their ends.
const MOST: u64 = 24;

/// No count of a council is near it: a bound that is not one.
pub(super) const UNBOUNDED: u64 = u64::MAX >> 8;

/// The whole numbers that a quantity may be: those from `low` to `high`, or if there are few the listed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scorecard::publishing) struct Possible {
    low: u64,
    high: u64,
    /// Whether 1 to 5 are out, while the set is wide.
    is_never_few: bool,
    /// All of them, in order, if they are few and not one.
    listed: Option<Box<[u64]>>,
}

impl Possible {
    /// Any number.
    pub(in crate::scorecard::publishing) fn any() -> Self {
        Self::between(0, UNBOUNDED)
    }

    pub(in crate::scorecard::publishing) fn one(number: u64) -> Self {
        Self { low: number, high: number, is_never_few: false, listed: None }
    }

    pub(in crate::scorecard::publishing) fn between(low: u64, high: u64) -> Self {
        Self { low, high, is_never_few: false, listed: None }.in_form()
    }

    /// Any number but 1 to 5.
    pub(in crate::scorecard::publishing) fn never_few() -> Self {
        Self { low: 0, high: UNBOUNDED, is_never_few: true, listed: None }
    }

    pub(in crate::scorecard::publishing) fn low(&self) -> u64 {
        self.low
    }

    /// The greatest; `None` if nothing bounds it.
    pub(in crate::scorecard::publishing) fn high(&self) -> Option<u64> {
        (self.high < UNBOUNDED).then_some(self.high)
    }

    pub(super) fn ends(&self) -> (u64, u64) {
        (self.low, self.high)
    }

    /// The one number that it is.
    pub(in crate::scorecard::publishing) fn only(&self) -> Option<u64> {
        (self.low == self.high).then_some(self.low)
    }

    /// Every number, if they are few.
    pub(in crate::scorecard::publishing) fn each(&self) -> Option<Vec<u64>> {
        match (&self.listed, self.only()) {
            (Some(listed), _) => Some(listed.to_vec()),
            (None, Some(only)) => Some(vec![only]),
            (None, None) => None,
        }
    }

    /// Whether it is known number by number.
    pub(super) fn is_listed(&self) -> bool {
        self.listed.is_some()
    }

    pub(in crate::scorecard::publishing) fn has(&self, number: u64) -> bool {
        match &self.listed {
            Some(listed) => listed.contains(&number),
            None => {
                self.low <= number && number <= self.high && !(self.is_never_few && (1..=5).contains(&number))
            }
        }
    }

    /// Whether 1, 2, 3, 4 or 5 is among them.
    pub(super) fn may_be_few(&self) -> bool {
        (1..=5).any(|number| self.has(number))
    }

    /// Leaves the numbers between two; whether any went. Nothing changes if none would be left: what contradicts itself
    /// tells nothing.
    pub(in crate::scorecard::publishing) fn keep(&mut self, low: u64, high: u64) -> bool {
        if low <= self.low && high >= self.high {
            return false;
        }
        let kept = match &self.listed {
            Some(listed) => {
                let kept = listed.iter().copied().filter(|number| (low..=high).contains(number));
                Self::of(kept.collect())
            }
            None => {
                let narrowed = Self { low: low.max(self.low), high: high.min(self.high), ..self.clone() };
                (narrowed.low <= narrowed.high).then(|| narrowed.in_form()).filter(Self::has_any)
            }
        };
        self.become_one_of(kept)
    }

    /// Leaves the numbers that a test wants, of those that are known one by one.
    pub(super) fn keep_where(&mut self, wanted: impl Fn(u64) -> bool) -> bool {
        let Some(listed) = &self.listed else { return false };
        let kept: Vec<u64> = listed.iter().copied().filter(|number| wanted(*number)).collect();
        self.become_one_of(Self::of(kept))
    }

    fn become_one_of(&mut self, kept: Option<Self>) -> bool {
        match kept {
            Some(kept) if kept != *self => {
                *self = kept;
                true
            }
            _ => false,
        }
    }

    fn has_any(&self) -> bool {
        self.low <= self.high
    }

    fn of(numbers: Vec<u64>) -> Option<Self> {
        let (low, high) = (*numbers.first()?, *numbers.last()?);
        let listed = (low < high).then(|| numbers.into());
        Some(Self { low, high, is_never_few: false, listed })
    }

    /// A wide set without the ends that it cannot have; one of few numbers as a list.
    fn in_form(self) -> Self {
        let Self { mut low, mut high, is_never_few, .. } = self;
        if is_never_few {
            if (1..=5).contains(&low) {
                low = 6;
            }
            if (1..=5).contains(&high) {
                high = 0;
            }
        }
        let span = high.saturating_sub(low);
        let gap = if is_never_few && low == 0 && high > 5 { 5 } else { 0 };
        if low < high && span + 1 - gap <= MOST {
            let numbers = (low..=high).filter(|number| !(is_never_few && (1..=5).contains(number)));
            if let Some(set) = Self::of(numbers.collect()) {
                return set;
            }
        }
        Self { low, high, is_never_few, listed: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_numbers_are_listed_and_wide_sets_go_by_their_ends() {
        let mut set = Possible::never_few();
        assert!(set.has(0) && !set.has(3) && set.has(6) && set.high().is_none());
        assert!(set.keep(0, 29) && !set.is_listed());
        assert!(set.keep(0, 28) && set.is_listed());
        assert!(set.keep(3, 7));
        assert_eq!(set.each(), Some(vec![6, 7]));
        assert!(set.keep_where(|number| number == 7));
        assert_eq!(set.only(), Some(7));
        // What contradicts itself tells nothing.
        assert!(!set.keep(8, 9));
        assert_eq!(set.only(), Some(7));
    }

    #[test]
    fn what_is_never_few_and_at_most_five_is_none() {
        let mut set = Possible::never_few();
        assert!(set.keep(0, 4));
        assert_eq!(set.only(), Some(0));
    }
}
