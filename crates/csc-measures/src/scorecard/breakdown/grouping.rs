//! The groups of each dimension that a breakdown asks for, and where each value of the data belongs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::ages::AGES;
use super::dimension::{Dimension, refuse_taken};
use super::group_no::{GroupNo, NOT_RECORDED};
use crate::dataset::{Data, Standing};
use crate::scorecard::error::ScorecardError;
use crate::value::index::{Indexed, LabelNo, PersonIx, Position, TeamNo, WorkerNo};
use crate::value::names::{fold, fold_alike};

/// By place the names of the groups; the first is of what is not recorded.
pub(super) type GroupNames = Arc<[Option<Box<str>>]>;

/// What a breakdown asks for, and where the values of some data belong. Other data of the same whole have the same groups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groupings(Vec<Grouping>);

/// One dimension with its groups.
#[derive(Clone, Debug)]
pub(super) struct Grouping {
    pub(super) dimension: Dimension,
    pub(super) names: GroupNames,
    /// Of a dimension of texts the group of each by its folded text.
    spellings: Arc<HashMap<String, GroupNo>>,
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
    Worker(Indexed<WorkerNo, GroupNo>),
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
    /// The groups of dimensions, with where the values of the whole belong.
    ///
    /// # Errors
    /// A dimension of the table `person_groups` with the name of a built-in one.
    pub(crate) fn new(dimensions: &[Dimension], standing: &Standing<'_>) -> Result<Self, ScorecardError> {
        if !dimensions.is_empty() {
            refuse_taken(standing)?;
        }
        Ok(Self(dimensions.iter().map(|dimension| Grouping::new(dimension.clone(), standing)).collect()))
    }

    /// The same groups, with where the values of other data belong.
    pub(crate) fn over(&self, data: &Data) -> Self {
        Self(self.iter().map(|grouping| grouping.over(data)).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &Grouping> {
        self.0.iter()
    }
}

impl Grouping {
    fn new<'a>(dimension: Dimension, standing: &Standing<'a>) -> Self {
        let names = match &dimension {
            Dimension::Sex => group_names(SEXES.into_iter()),
            Dimension::Ethnicity => group_names(ETHNICITIES.into_iter()),
            Dimension::EthnicGroup => group_names(ETHNIC_GROUPS.into_iter()),
            Dimension::Disability | Dimension::Sen => group_names(FLAGS.into_iter()),
            Dimension::Age => group_names(AGES.into_iter()),
            Dimension::Area | Dimension::Own(_) => {
                return Self::of_spellings(
                    Spellings::new(labels(&dimension, standing)),
                    dimension,
                    standing.whole(),
                );
            }
            Dimension::Team => {
                return Self::of_spellings(
                    Spellings::new(standing.team_names()),
                    dimension,
                    standing.whole(),
                );
            }
            Dimension::Worker => {
                let whole = standing.whole();
                let ids = |data: &'a Data| data.workers.iter().map(|(worker, _)| data.worker_id(worker));
                let known: HashSet<&str> =
                    if standing.is_live() { ids(whole).collect() } else { HashSet::new() };
                // Of workers whom the whole does not name.
                let others: BTreeSet<&str> =
                    standing.children().flat_map(ids).filter(|id| !known.contains(id)).collect();
                group_names(ids(whole).chain(others))
            }
        };
        Self { dimension, names, spellings: Arc::default(), by: By::Name }.over(standing.whole())
    }

    fn of_spellings(spellings: Spellings<'_>, dimension: Dimension, whole: &Data) -> Self {
        let (names, spellings) = (spellings.names(), Arc::new(spellings.groups()));
        Self { dimension, names, spellings, by: By::Name }.over(whole)
    }

    /// The same groups, with where the values of other data belong.
    fn over(&self, data: &Data) -> Self {
        let group = |text: &str| self.spellings.get(&fold(text)).copied().unwrap_or(NOT_RECORDED);
        let by = match &self.dimension {
            Dimension::Area => By::Area(data.labels().map(|label| group(data.label(label))).collect()),
            Dimension::Team => By::Team {
                groups: data.teams().map(|team| group(data.team(team))).collect(),
                is_of_workers: Dimension::knows_teams_of_workers(data.supplied()),
            },
            Dimension::Worker => By::Worker(self.workers(data)),
            Dimension::Own(name) => By::Own {
                dimension: data.labels().map(|label| fold_alike(data.label(label), name)).collect(),
                groups: data.labels().map(|label| group(data.label(label))).collect(),
            },
            Dimension::Sex
            | Dimension::Ethnicity
            | Dimension::EthnicGroup
            | Dimension::Disability
            | Dimension::Sen
            | Dimension::Age => By::Name,
        };
        Self {
            dimension: self.dimension.clone(),
            names: self.names.clone(),
            spellings: Arc::clone(&self.spellings),
            by,
        }
    }

    /// The groups of the workers of some data.
    fn workers(&self, data: &Data) -> Indexed<WorkerNo, GroupNo> {
        // Of the whole they lie as its workers do, and of other data there are few.
        let mut groups = Indexed::filled(data.workers.len(), NOT_RECORDED);
        let mut by_id: Option<HashMap<&str, GroupNo>> = None;
        for (worker, _) in data.workers.iter() {
            let id = data.worker_id(worker);
            let own = worker.place() + 1;
            groups[worker] = match self.names.get(own) {
                Some(Some(name)) if **name == *id => own,
                _ => {
                    let by_id = by_id.get_or_insert_with(|| {
                        let names = self.names.iter().enumerate();
                        names.filter_map(|(group, name)| Some((name.as_deref()?, group))).collect()
                    });
                    by_id.get(id).copied().unwrap_or(NOT_RECORDED)
                }
            };
        }
        groups
    }

    /// The group of a name that the dimension has, whatever the data hold.
    pub(super) fn named(&self, name: Option<&str>) -> GroupNo {
        let found = name.and_then(|name| self.names.iter().position(|known| known.as_deref() == Some(name)));
        found.unwrap_or(NOT_RECORDED)
    }
}

fn group_names<'a>(names: impl Iterator<Item = &'a str>) -> GroupNames {
    std::iter::once(None).chain(names.map(|name| Some(name.into()))).collect()
}

/// The texts of a dimension by which persons are grouped.
fn labels<'a>(dimension: &Dimension, standing: &Standing<'a>) -> BTreeSet<&'a str> {
    let of = |data: &'a Data, persons: &mut dyn Iterator<Item = PersonIx>| {
        let is_asked: Indexed<LabelNo, bool> = match dimension {
            Dimension::Own(name) => data.labels().map(|label| fold_alike(data.label(label), name)).collect(),
            _ => Indexed::filled(data.labels().len(), false),
        };
        let mut is_there = Indexed::filled(data.labels().len(), false);
        for person in persons {
            if *dimension == Dimension::Area {
                if let Some(area) = data.persons[person].area {
                    is_there[area] = true;
                }
                continue;
            }
            for group in data.kept.person_groups.of(person).iter().filter(|group| is_asked[group.dimension]) {
                is_there[group.value] = true;
            }
        }
        let there = data.labels().filter(|label| is_there[*label]);
        there.map(|label| data.label(label)).collect::<Vec<&'a str>>()
    };
    let of_whole = of(standing.whole(), &mut standing.persons_of_whole());
    let of_child = |data: &'a Data| of(data, &mut data.persons.iter().map(|(person, _)| person));
    of_whole.into_iter().chain(standing.children().flat_map(of_child)).collect()
}

/// Texts of which those that fold alike are one group, under the spelling that comes first by code point.
struct Spellings<'a>(BTreeMap<String, &'a str>);

impl<'a> Spellings<'a> {
    /// Texts in the order of code points.
    fn new(texts: BTreeSet<&'a str>) -> Self {
        let mut by_fold = BTreeMap::new();
        for text in texts {
            by_fold.entry(fold(text)).or_insert(text);
        }
        Self(by_fold)
    }

    fn names(&self) -> GroupNames {
        group_names(self.0.values().copied())
    }

    /// By folded text the group.
    fn groups(self) -> HashMap<String, GroupNo> {
        self.0.into_keys().enumerate().map(|(place, text)| (text, place + 1)).collect()
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
