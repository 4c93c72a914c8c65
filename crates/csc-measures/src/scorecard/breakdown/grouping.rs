//! The groups of each dimension that a breakdown asks for, and where each value of the data belongs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ages::AGES;
use super::dimension::{Dimension, refuse_taken};
use super::group_no::{GroupNo, NOT_RECORDED};
use crate::dataset::Data;
use crate::scorecard::error::ScorecardError;
use crate::value::index::{Indexed, LabelNo, Position, TeamNo, WorkerNo};
use crate::value::names::{fold, fold_alike};

/// By place the names of the groups; the first is of what is not recorded.
pub(super) type GroupNames = Arc<[Option<Box<str>>]>;

/// What a breakdown asks for, of some data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groupings(Vec<Grouping>);

/// One dimension with its groups.
#[derive(Clone, Debug)]
pub(super) struct Grouping {
    pub(super) dimension: Dimension,
    pub(super) names: GroupNames,
    pub(super) by: By,
}

/// Where the values of a dimension belong.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// A code, a flag or an age: its name is that of the group.
    Name,
    Area(Indexed<LabelNo, GroupNo>),
    /// Whether the data say in what team a worker is.
    Team {
        groups: Indexed<TeamNo, GroupNo>,
        is_of_workers: bool,
    },
    Worker,
    /// For each label whether it is the dimension, and its group if it is one of its values.
    Own {
        dimension: Indexed<LabelNo, bool>,
        groups: Indexed<LabelNo, GroupNo>,
    },
}

const SEXES: [&str; 3] = ["M", "F", "U"];
const ETHNICITIES: [&str; 20] = [
    "WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH",
    "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
];
const ETHNIC_GROUPS: [&str; 6] = ["white", "mixed", "asian", "black", "other", "not known"];
const FLAGS: [&str; 2] = ["no", "yes"];

impl Groupings {
    /// The groups of dimensions.
    ///
    /// # Errors
    /// A dimension of the table `person_groups` with the name of a built-in one.
    pub(crate) fn new(dimensions: &[Dimension], data: &Data) -> Result<Self, ScorecardError> {
        if !dimensions.is_empty() {
            refuse_taken(data)?;
        }
        Ok(Self(dimensions.iter().map(|dimension| Grouping::new(dimension.clone(), data)).collect()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &Grouping> {
        self.0.iter()
    }
}

impl Grouping {
    fn new(dimension: Dimension, data: &Data) -> Self {
        let fixed = |names: &[&str]| (group_names(names.iter().copied()), By::Name);
        let (names, by) = match &dimension {
            Dimension::Sex => fixed(&SEXES),
            Dimension::Ethnicity => fixed(&ETHNICITIES),
            Dimension::EthnicGroup => fixed(&ETHNIC_GROUPS),
            Dimension::Disability | Dimension::Sen => fixed(&FLAGS),
            Dimension::Age => fixed(&AGES),
            Dimension::Area => {
                let areas = data.persons.iter().filter_map(|(_, person)| person.area);
                let texts = Texts::new(areas.map(|area| (area, data.label(area))));
                (texts.names(), By::Area(texts.groups(data.labels())))
            }
            Dimension::Team => {
                let texts = Texts::new(data.teams().map(|team| (team, data.team(team))));
                let is_of_workers = Dimension::knows_teams_of_workers(data.supplied());
                (texts.names(), By::Team { groups: texts.groups(data.teams()), is_of_workers })
            }
            Dimension::Worker => {
                let ids = data.workers.iter().map(|(worker, _)| data.worker_id(worker));
                (group_names(ids), By::Worker)
            }
            Dimension::Own(name) => {
                let is_asked: Indexed<LabelNo, bool> =
                    data.labels().map(|label| fold_alike(data.label(label), name)).collect();
                let of_it = data.kept.person_groups.all().filter(|group| is_asked[group.dimension]);
                let texts = Texts::new(of_it.map(|group| (group.value, data.label(group.value))));
                let groups = texts.groups(data.labels());
                (texts.names(), By::Own { dimension: is_asked, groups })
            }
        };
        Self { dimension, names, by }
    }

    /// The group of a name that the dimension has, whatever the data hold.
    pub(super) fn named(&self, name: Option<&str>) -> GroupNo {
        let found = name.and_then(|name| self.names.iter().position(|known| known.as_deref() == Some(name)));
        found.unwrap_or(NOT_RECORDED)
    }

    /// The group of a worker.
    pub(super) fn of_worker(worker: WorkerNo) -> GroupNo {
        worker.place() + 1
    }
}

fn group_names<'a>(names: impl Iterator<Item = &'a str>) -> GroupNames {
    std::iter::once(None).chain(names.map(|name| Some(name.into()))).collect()
}

/// Texts of which those that fold alike are one group, under the spelling that comes first by code point.
struct Texts<'a, P> {
    /// By folded text the spelling and the texts.
    by_fold: BTreeMap<String, (&'a str, Vec<P>)>,
}

impl<'a, P: Position> Texts<'a, P> {
    fn new(texts: impl Iterator<Item = (P, &'a str)>) -> Self {
        let mut by_fold: BTreeMap<String, (&str, Vec<P>)> = BTreeMap::new();
        for (number, text) in texts {
            let (spelling, numbers) = by_fold.entry(fold(text)).or_insert((text, Vec::new()));
            *spelling = text.min(spelling);
            numbers.push(number);
        }
        Self { by_fold }
    }

    fn names(&self) -> GroupNames {
        group_names(self.by_fold.values().map(|(spelling, _)| *spelling))
    }

    /// For each of all texts its group.
    fn groups(&self, all: impl ExactSizeIterator<Item = P>) -> Indexed<P, GroupNo> {
        let mut groups = Indexed::filled(all.len(), NOT_RECORDED);
        for (place, (_, numbers)) in self.by_fold.values().enumerate() {
            for number in numbers {
                groups[*number] = place + 1;
            }
        }
        groups
    }
}

/// The ethnic group of a code.
pub(super) fn ethnic_group(code: Option<&str>) -> &'static str {
    match code {
        Some("WBRI" | "WIRI" | "WIRT" | "WOTH" | "WROM") => "white",
        Some("MWBC" | "MWBA" | "MWAS" | "MOTH") => "mixed",
        Some("AIND" | "APKN" | "ABAN" | "AOTH" | "CHNE") => "asian",
        Some("BCRB" | "BAFR" | "BOTH") => "black",
        Some("OOTH") => "other",
        _ => "not known",
    }
}
