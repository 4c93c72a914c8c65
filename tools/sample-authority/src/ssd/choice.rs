//! Whose dataset it is, and in which of the ways that councils have it.

use csc_measures::tables::Table;

use super::forms::{DateForm, Style};

/// A case system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum System {
    /// SystemC, formerly Liquidlogic.
    Systemc,
    /// Mosaic.
    Mosaic,
    /// Eclipse.
    Eclipse,
}

impl System {
    /// The name on the command line and in `about.json`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Systemc => "systemc",
            Self::Mosaic => "mosaic",
            Self::Eclipse => "eclipse",
        }
    }
}

/// A way in which some councils have the dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Variant {
    /// Mosaic: the scripts of Essex, with their names of columns, texts of reasons and distances.
    Essex,
    /// Mosaic: the scripts that fill a data warehouse, with a care plan for each step of review.
    Mp,
    /// Mosaic: the scripts of Blackpool, whose involvements have the person and a description of the role.
    Blackpool,
    /// SystemC until 1.4.4: descriptions of roles in place of their codes.
    RoleDescriptions,
    /// Mosaic: visits whose plan bears the name of the visit's id.
    ColumnTwice,
    /// Tables that hold nothing but rows of nulls.
    TableOfNulls,
    /// Files with a byte order mark and the line ends of Windows.
    BomCrlf,
    /// The word NULL in all files.
    NullWords,
    /// Dates day first in all files.
    UkDates,
    /// The tables of activities and pathway plans are left out.
    NoOwnTables,
}

impl Variant {
    /// The system that alone has it, if one does.
    const fn only(self) -> Option<System> {
        match self {
            Self::Essex | Self::Mp | Self::Blackpool | Self::ColumnTwice => Some(System::Mosaic),
            Self::RoleDescriptions => Some(System::Systemc),
            Self::TableOfNulls | Self::BomCrlf | Self::NullWords | Self::UkDates | Self::NoOwnTables => None,
        }
    }
}

/// What is written of the authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dataset {
    /// The dataset of a system.
    Ssd,
    /// The library's own tables, cut down to what the dataset of the system holds.
    Held,
}

/// A dataset that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) dataset: Dataset,
    pub(crate) system: System,
    /// Whether what the scripts leave out is gone.
    pub(crate) losses: bool,
    variants: Vec<Variant>,
}

impl Choice {
    /// The dataset of a system, or why there is none such.
    pub(crate) fn new(
        dataset: Dataset,
        system: System,
        losses: bool,
        variants: &[Variant],
    ) -> Result<Self, String> {
        let foreign = variants.iter().find(|variant| variant.only().is_some_and(|only| only != system));
        if let Some(variant) = foreign {
            let name = variant_name(*variant);
            return Err(format!("{} has no variant {name}", system.name()));
        }
        let scripts = [Variant::Essex, Variant::Mp];
        if scripts.iter().all(|variant| variants.contains(variant)) {
            return Err("essex and mp are two sets of scripts: a dataset is made by one".to_owned());
        }
        Ok(Self { dataset, system, losses, variants: variants.to_vec() })
    }

    /// Whether the dataset is of the variant.
    pub(super) fn is(&self, variant: Variant) -> bool {
        self.variants.contains(&variant)
    }

    /// Whether one of the authority's own tables is left out.
    pub(super) fn leaves_out(&self, table: Table) -> bool {
        self.is(Variant::NoOwnTables) && matches!(table, Table::Activities | Table::PathwayPlans)
    }

    /// Whether the dataset is of the system.
    pub(super) fn of(&self, system: System) -> bool {
        self.system == system
    }

    /// Whether the dataset is of Mosaic's first scripts, which lack most.
    pub(super) fn is_tag(&self) -> bool {
        self.of(System::Mosaic) && !self.is(Variant::Mp) && !self.is(Variant::Essex)
    }

    /// What `about.json` says of it.
    pub(crate) fn about(&self) -> serde_json::Value {
        serde_json::json!({
            "system": self.system.name(),
            "is_ssd": self.dataset == Dataset::Ssd,
            "losses": self.losses,
            "variants": self.variants.iter().map(|variant| variant_name(*variant)).collect::<Vec<_>>(),
        })
    }

    /// How the values of a file are written.
    pub(super) fn style(&self, file: &str) -> Style {
        // A council's files come from several hands: one has dates as people write them, one the word for null.
        let is_day_first = file == "ssd_cp_reviews" || self.is(Variant::UkDates);
        let is_bare = matches!(file, "ssd_person" | "ssd_cla_placement");
        let date = match self.system {
            _ if is_day_first => DateForm::DayFirst,
            System::Systemc => DateForm::Thousandths,
            System::Mosaic | System::Eclipse if is_bare => DateForm::Bare,
            System::Mosaic | System::Eclipse => DateForm::Midnight,
        };
        let is_null_word = file == "ssd_cin_plans" || self.is(Variant::NullWords);
        let is_padded = self.of(System::Systemc) && matches!(file, "ssd_cp_visits" | "ssd_cla_visits");
        Style {
            date,
            null: if is_null_word { "NULL" } else { "" },
            is_padded,
            is_windows: self.is(Variant::BomCrlf),
        }
    }
}

/// The name of a variant on the command line.
fn variant_name(variant: Variant) -> String {
    use clap::ValueEnum;
    variant.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}
