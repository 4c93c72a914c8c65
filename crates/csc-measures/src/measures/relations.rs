//! How figures of different measures depend on one another: by which what is published of one may tell another.
//!
//! Every relation holds by definition, between figures of one month under the same policies, of the whole and of each
//! group. It is declared in the row of the measure that it begins with.

use crate::policy::Policy;

/// A number of cases of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Quantity {
    /// Those in the numerator.
    Numerator,
    /// Those in the denominator.
    Denominator,
    /// Those in the denominator alone.
    Rest,
}

impl Quantity {
    pub(crate) const ALL: [Self; 3] = [Self::Numerator, Self::Denominator, Self::Rest];

    /// Its word in JSON.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Rest => "rest",
        }
    }
}

/// How the quantity of one measure is tied to that of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// The two show one thing in two ways, as a number and its percentage do: neither is published without the other.
    Same,
    /// The two are one number.
    Equal,
    /// The cases of the first are among those of the second, and to be outside is a fact about a child.
    Part,
    /// The same, but outside are records in which something is missing, or staff's contracts: how many they are may be
    /// told.
    Gap,
    /// The first is never more, though it is of other units or other children.
    AtMost,
    /// The first is of the cases of the second in all months of its window.
    Window,
}

/// One relation, from the measure in whose row it is declared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Relation {
    pub(crate) tie: Tie,
    pub(crate) own: Quantity,
    /// The key of the other measure.
    pub(crate) of: &'static str,
    pub(crate) theirs: Quantity,
    /// Under which policies it holds.
    pub(crate) under: fn(&Policy) -> bool,
}

/// Of what nobody publishes, and the figures of different months are sums of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    pub(crate) own: Quantity,
    /// How many of them add up to one figure.
    pub(crate) count: usize,
    /// How many months each is of.
    pub(crate) months: usize,
    pub(crate) under: fn(&Policy) -> bool,
}

use Quantity::{Denominator, Numerator, Rest};

impl Relation {
    const fn new(tie: Tie, own: Quantity, of: &'static str, theirs: Quantity) -> Self {
        Self { tie, own, of, theirs, under: |_| true }
    }

    /// The same relation, under some policies alone.
    pub(super) const fn under(self, under: fn(&Policy) -> bool) -> Self {
        Self { under, ..self }
    }
}

/// Neither is published without the other.
pub(super) const fn same(of: &'static str) -> Relation {
    Relation::new(Tie::Same, Numerator, of, Numerator)
}

/// The two numerators are one number.
pub(super) const fn equal_numerators(of: &'static str) -> Relation {
    Relation::new(Tie::Equal, Numerator, of, Numerator)
}

/// The two denominators are one number.
pub(super) const fn equal_denominators(of: &'static str) -> Relation {
    Relation::new(Tie::Equal, Denominator, of, Denominator)
}

/// The denominator is the number that the other measure counts.
pub(super) const fn denominator_equals_count(of: &'static str) -> Relation {
    Relation::new(Tie::Equal, Denominator, of, Numerator)
}

/// The denominator is a part of the other's.
pub(super) const fn part_of_denominator(of: &'static str) -> Relation {
    Relation::new(Tie::Part, Denominator, of, Denominator)
}

/// The denominator is a part of what the other counts.
pub(super) const fn part_of_count(of: &'static str) -> Relation {
    Relation::new(Tie::Part, Denominator, of, Numerator)
}

/// What is counted is a part of what the other counts.
pub(super) const fn count_part_of_count(of: &'static str) -> Relation {
    Relation::new(Tie::Part, Numerator, of, Numerator)
}

/// The rest of the denominator is a part of the rest of the other's.
pub(super) const fn rest_part_of_rest(of: &'static str) -> Relation {
    Relation::new(Tie::Part, Rest, of, Rest)
}

/// The denominator is what the other counts, but for records in which something is missing.
pub(super) const fn gap_to_count(of: &'static str) -> Relation {
    Relation::new(Tie::Gap, Denominator, of, Numerator)
}

/// The denominator is that of the other, but for records in which something is missing.
pub(super) const fn gap_to_denominator(of: &'static str) -> Relation {
    Relation::new(Tie::Gap, Denominator, of, Denominator)
}

/// The numerator is that of the other, but for records in which something is missing.
pub(super) const fn gap_of_numerators(of: &'static str) -> Relation {
    Relation::new(Tie::Gap, Numerator, of, Numerator)
}

/// The numerator is among those of the other's denominator, but for contracts.
pub(super) const fn gap_of_numerator_to_denominator(of: &'static str) -> Relation {
    Relation::new(Tie::Gap, Numerator, of, Denominator)
}

/// The numerator is never more than the other's.
pub(super) const fn numerator_at_most(of: &'static str) -> Relation {
    Relation::new(Tie::AtMost, Numerator, of, Numerator)
}

/// The numerator is never more than the other's denominator.
pub(super) const fn numerator_at_most_denominator(of: &'static str) -> Relation {
    Relation::new(Tie::AtMost, Numerator, of, Denominator)
}

/// The denominator is never more than what the other counts.
pub(super) const fn denominator_at_most_count(of: &'static str) -> Relation {
    Relation::new(Tie::AtMost, Denominator, of, Numerator)
}

/// The denominator is what the other counts in all months of the window.
pub(super) const fn window_of_counts(of: &'static str) -> Relation {
    Relation::new(Tie::Window, Denominator, of, Numerator)
}
