//! Who the children are besides their age: sex, ethnicity, disability, special educational needs, and the area in which
//! they live.

use chrono::NaiveDate;

use crate::chance::{Chance, Stream};
use crate::diary::{EXTRACT, days_between};

/// What a family is known for when its first journey starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    InNeed,
    Disabled,
    InCare,
    /// A child who came alone to seek asylum.
    Alone,
}

/// The areas of the council, by how many in a thousand of its families live there.
const AREAS: [(u32, &str); 5] =
    [(270, "Castle Hill"), (230, "Northmoor"), (190, "Riverside"), (150, "Eastholme"), (105, "Southfields")];
const LAST_AREA: &str = "Westbrook";
const AREA_NOT_RECORDED: u32 = 12;

const ETHNICITIES: [(u32, &str); 19] = [
    (672, "WBRI"),
    (52, "WOTH"),
    (8, "WROM"),
    (6, "WIRI"),
    (4, "WIRT"),
    (31, "MOTH"),
    (28, "MWBC"),
    (14, "MWAS"),
    (12, "MWBA"),
    (28, "APKN"),
    (15, "AOTH"),
    (11, "ABAN"),
    (10, "AIND"),
    (3, "CHNE"),
    (36, "BAFR"),
    (18, "BOTH"),
    (17, "BCRB"),
    (20, "OOTH"),
    (4, "REFU"),
];
const ETHNICITIES_IN_CARE: [(u32, &str); 18] = [
    (690, "WBRI"),
    (40, "WOTH"),
    (6, "WROM"),
    (6, "WIRI"),
    (3, "WIRT"),
    (44, "MWBC"),
    (40, "MOTH"),
    (14, "MWAS"),
    (10, "MWBA"),
    (18, "APKN"),
    (22, "AOTH"),
    (6, "ABAN"),
    (4, "AIND"),
    (2, "CHNE"),
    (26, "BAFR"),
    (18, "BCRB"),
    (16, "BOTH"),
    (26, "OOTH"),
];
const ETHNICITIES_ALONE: [(u32, &str); 7] =
    [(290, "BAFR"), (250, "AOTH"), (200, "OOTH"), (190, "WOTH"), (20, "BOTH"), (15, "APKN"), (10, "MOTH")];
/// Ethnicity that has not been obtained yet.
const NOT_OBTAINED: &str = "NOBT";
/// Children with another father than their brothers and sisters, whose ethnicity may be another.
const HALF_SIBLINGS: u64 = 14;
const ETHNICITY_NOT_RECORDED: u32 = 8;

const DISABILITY_NOT_RECORDED: u32 = 20;
const NEEDS_NOT_RECORDED: u32 = 40;
/// Special educational needs are seldom known before a child goes to school.
const SCHOOL_DAYS: i64 = 4 * 365;
const NEEDS_BEFORE_SCHOOL: u32 = 50;
const NEEDS_OF_THE_DISABLED: u32 = 820;

impl Known {
    const fn boys(self) -> u32 {
        match self {
            Self::InNeed => 518,
            Self::Disabled => 680,
            Self::InCare => 552,
            Self::Alone => 920,
        }
    }

    const fn disabled(self) -> u32 {
        match self {
            Self::InNeed => 102,
            Self::Disabled => 1000,
            Self::InCare => 130,
            Self::Alone => 20,
        }
    }

    const fn needs(self) -> u32 {
        match self {
            Self::InNeed => 420,
            Self::Disabled => NEEDS_OF_THE_DISABLED,
            Self::InCare => 600,
            Self::Alone => 150,
        }
    }

    fn ethnicity(self, chance: &mut Chance) -> &'static str {
        let choices = match self {
            Self::InNeed | Self::Disabled => &ETHNICITIES[..],
            Self::InCare => &ETHNICITIES_IN_CARE,
            Self::Alone => &ETHNICITIES_ALONE,
        };
        chance.pick(choices, NOT_OBTAINED)
    }
}

/// What brothers and sisters have in common.
pub(crate) struct Household {
    known: Known,
    ethnicity: &'static str,
    area: Option<&'static str>,
}

impl Household {
    pub(crate) fn new(seed: u64, number: u64, known: Known) -> Self {
        let chance = &mut Chance::new(seed, Stream::Household(number));
        let ethnicity = known.ethnicity(chance);
        let area = chance.pick(&AREAS, LAST_AREA);
        Self { known, ethnicity, area: Some(area).filter(|_| !chance.happens(AREA_NOT_RECORDED)) }
    }

    /// The child of the family that was or will be born on that day; nobody knows the sex of one whose birth is not
    /// on record.
    pub(crate) fn describe(
        &self,
        chance: &mut Chance,
        born: NaiveDate,
        is_recorded: bool,
    ) -> Characteristics {
        let sex = if chance.happens(self.known.boys()) { "M" } else { "F" };
        let is_half = chance.one_in(HALF_SIBLINGS);
        let other = self.known.ethnicity(chance);
        let ethnicity = if is_half { other } else { self.ethnicity };
        let is_disabled = chance.happens(self.known.disabled());
        let needs = match days_between(born, EXTRACT) {
            ..SCHOOL_DAYS => NEEDS_BEFORE_SCHOOL,
            _ if is_disabled => NEEDS_OF_THE_DISABLED,
            _ => self.known.needs(),
        };
        let has_needs = chance.happens(needs);
        Characteristics {
            sex: if is_recorded { sex } else { "U" },
            ethnicity: Some(ethnicity).filter(|_| !chance.happens(ETHNICITY_NOT_RECORDED)),
            disability: Some(is_disabled).filter(|_| !chance.happens(DISABILITY_NOT_RECORDED)),
            sen: Some(has_needs).filter(|_| !chance.happens(NEEDS_NOT_RECORDED)),
            area: self.area,
        }
    }
}

/// What is on record of who a child is.
pub(crate) struct Characteristics {
    pub(crate) sex: &'static str,
    pub(crate) ethnicity: Option<&'static str>,
    pub(crate) disability: Option<bool>,
    pub(crate) sen: Option<bool>,
    pub(crate) area: Option<&'static str>,
}
