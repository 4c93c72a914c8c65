//! Whether a person is a child, alive and born on a day, and how old.

use crate::tables::records::Person;
use crate::time::Day;

/// Whether a person is born on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Birth {
    Born,
    Unborn,
    /// Expected more than 28 days ago, and no birth recorded.
    NotRecorded,
}

/// The dates of a person's life that the measures ask for again and again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    pub(crate) born: Option<Day>,
    expected: Option<Day>,
    pub(crate) died: Option<Day>,
    /// Known ahead.
    pub(crate) eighteenth_birthday: Option<Day>,
}

impl Life {
    pub(crate) fn new(person: &Person) -> Self {
        Self {
            born: person.born,
            expected: person.expected,
            died: person.died,
            eighteenth_birthday: person.born.map(|born| born.birthday(18)),
        }
    }

    /// Before the eighteenth birthday, or of unknown age.
    pub(crate) fn is_child(&self, day: Day) -> bool {
        self.eighteenth_birthday.is_none_or(|birthday| day < birthday)
    }

    pub(crate) fn is_alive(&self, day: Day) -> bool {
        self.died.is_none_or(|died| died > day)
    }

    pub(crate) fn birth(&self, day: Day) -> Birth {
        match (self.born, self.expected) {
            (Some(born), _) if born <= day => Birth::Born,
            (None, None) => Birth::Born,
            (None, Some(expected)) if day.since(expected) > 28 => Birth::NotRecorded,
            _ => Birth::Unborn,
        }
    }

    pub(crate) fn is_born(&self, day: Day) -> bool {
        self.birth(day) == Birth::Born
    }

    /// Whole years of age, zero before birth; `None` if it is not known.
    pub(crate) fn age(&self, day: Day) -> Option<u32> {
        Some(self.born?.age_on(day).unwrap_or(0))
    }
}
