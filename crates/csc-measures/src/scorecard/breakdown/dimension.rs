//! What cases can be grouped by.

use std::collections::BTreeSet;

use crate::dataset::{Data, Standing, Supplied};
use crate::measures::{Measure, Subject};
use crate::scorecard::error::ScorecardError;
use crate::tables::{TEAM_OF_WORKER, Table};
use crate::value::index::LabelNo;
use crate::value::names::{UnknownId, fold_alike};

/// What cases are grouped by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dimension {
    Sex,
    Ethnicity,
    EthnicGroup,
    Disability,
    Sen,
    Area,
    Age,
    Team,
    Worker,
    /// A dimension of the table `person_groups`, by its name.
    Own(String),
}

impl Dimension {
    /// Those that need no table of the caller's own.
    pub(crate) const BUILT_IN: [Self; 9] = [
        Self::Sex,
        Self::Ethnicity,
        Self::EthnicGroup,
        Self::Disability,
        Self::Sen,
        Self::Area,
        Self::Age,
        Self::Team,
        Self::Worker,
    ];

    /// The name by which a caller asks for it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Sex => "sex",
            Self::Ethnicity => "ethnicity",
            Self::EthnicGroup => "ethnic_group",
            Self::Disability => "disability",
            Self::Sen => "sen",
            Self::Area => "area",
            Self::Age => "age",
            Self::Team => "team",
            Self::Worker => "worker",
            Self::Own(name) => name,
        }
    }

    /// The dimension of a name, which is one of the caller's own if no built-in one has it.
    pub(crate) fn named(name: &str) -> Self {
        Self::BUILT_IN
            .into_iter()
            .find(|dimension| dimension.name() == name)
            .unwrap_or_else(|| Self::Own(name.to_owned()))
    }

    /// Whether every case of a measure is in one of its groups.
    pub(in crate::scorecard) fn groups_all(&self, measure: Measure) -> bool {
        match measure.definition().cases_are {
            Subject::Persons => true,
            Subject::Workers => matches!(self, Self::Worker),
            Subject::Others => false,
        }
    }

    /// Whether cases of a measure are in its groups if the data say in what team a worker is.
    pub(in crate::scorecard) fn groups_some(&self, measure: Measure) -> bool {
        measure.definition().cases_are == Subject::Workers && *self == Self::Team
    }

    /// Whether the data say in what team a worker is.
    pub(in crate::scorecard) fn knows_teams_of_workers(supplied: &Supplied) -> bool {
        supplied.has_column(Table::Workers, TEAM_OF_WORKER)
    }

    /// Whether its groups are codes that a person has for good.
    pub(in crate::scorecard) fn is_of_codes(&self) -> bool {
        matches!(self, Self::Sex | Self::Ethnicity | Self::EthnicGroup | Self::Disability | Self::Sen)
    }

    /// Whether its groups are texts of the council, of which those that fold alike are one.
    pub(super) fn is_of_texts(&self) -> bool {
        matches!(self, Self::Area | Self::Team | Self::Own(_))
    }
}

/// The dimensions of names, each asked for once.
///
/// # Errors
/// A name that is there twice.
pub(crate) fn dimensions(names: &[String]) -> Result<Vec<Dimension>, ScorecardError> {
    for (place, name) in names.iter().enumerate() {
        if names.iter().take(place).any(|before| fold_alike(before, name)) {
            return Err(ScorecardError::DimensionTwice { dimension: name.clone() });
        }
    }
    Ok(names.iter().map(|name| Dimension::named(name)).collect())
}

/// The dimensions of the caller's own that the data do not have.
pub(crate) fn unknown(standing: &Standing<'_>, dimensions: &[Dimension]) -> BTreeSet<String> {
    let own = own_names(standing);
    let is_there = |name: &str| own.iter().any(|own| fold_alike(own, name));
    let unknown = dimensions.iter().filter_map(|dimension| match dimension {
        Dimension::Own(name) if !is_there(name) => Some(name.clone()),
        _ => None,
    });
    unknown.collect()
}

/// Refuses dimensions that are not there, with the nearest that is.
///
/// # Errors
/// The first of them.
pub(in crate::scorecard) fn refuse_unknown<'a>(
    unknown: &BTreeSet<String>,
    own: impl IntoIterator<Item = &'a str>,
) -> Result<(), ScorecardError> {
    let Some(name) = unknown.first() else { return Ok(()) };
    let own: Vec<&str> = own.into_iter().collect();
    let built_in = Dimension::BUILT_IN;
    let known = built_in.iter().map(Dimension::name).chain(own);
    Err(UnknownId::new("dimension", name, known).into())
}

/// Refuses a dimension of the table `person_groups` that has the name of a built-in one: nobody could say which of the
/// two a breakdown means.
///
/// # Errors
/// The first of them.
pub(crate) fn refuse_taken(standing: &Standing<'_>) -> Result<(), ScorecardError> {
    let is_taken = |name: &&str| Dimension::BUILT_IN.iter().any(|taken| fold_alike(taken.name(), name));
    match own_names(standing).into_iter().find(is_taken) {
        Some(name) => Err(ScorecardError::DimensionTaken { dimension: name.to_owned() }),
        None => Ok(()),
    }
}

/// The dimensions of the table `person_groups`, as they are written there.
pub(crate) fn own_names<'a>(standing: &Standing<'a>) -> BTreeSet<&'a str> {
    let whole = standing.whole();
    let of_whole = standing.persons_of_whole().flat_map(|person| whole.kept.person_groups.of(person));
    let dimensions: BTreeSet<LabelNo> = of_whole.map(|group| group.dimension).collect();
    let of_child = |data: &'a Data| data.kept.person_groups.all().map(|group| data.label(group.dimension));
    let of_whole = dimensions.into_iter().map(|dimension| whole.label(dimension));
    of_whole.chain(standing.children().flat_map(of_child)).collect()
}
