//! A dataset with other rows of one child, which shares everything else.

use std::sync::Arc;

use super::build::build_child;
use super::builder::DatasetBuilder;
use super::checked::Dataset;
use super::data::Data;
use super::issue::DataIssue;
use super::live::{Child, Live, text_of};
use super::loaded::Loaded;
use super::supplied::{Supplied, Supply};
use super::with_person_error::WithPersonError;
use crate::tables::{Space, Table};
use crate::value::index::{PersonIx, Position};

impl Dataset {
    /// A dataset in which one child has the rows of a builder in place of those before, and everybody else the rows of
    /// this dataset. A child who was not there is added. It costs no more in a dataset of many children: everything but
    /// the child's rows is shared. This dataset stays as it is, for whoever still reads it.
    ///
    /// The rows are all of the child, of every table that is kept by person, and the `cla_reviews` of the child's
    /// periods of care: what is not given is not there any more. They have the columns that this dataset has. Workers and
    /// court cases are looked up in this dataset; `workers`, `care_proceedings` and the other tables that are no child's
    /// stay as they are, and are not given.
    ///
    /// What the tables as a whole decide stays as it was when the dataset was built: which tables and columns there are
    /// and whether they can be used, how many rows they had ([`tables`](Self::tables), [`columns`](Self::columns)),
    /// their first and last dates, what facts are worked out. Figures, cases, groups, due lists and persons are those of
    /// the dataset built anew from all rows, if that decides the same. [`issues`](Self::issues) are those of the
    /// dataset that was built, and those of the new rows, with the person as their source; of the old rows they stay.
    ///
    /// The [quality](Self::quality) of the data and [parts](Self::part) are of a dataset as it was built, and are
    /// refused. A second row with an id of another child is refused as well, in the tables whose rows are cases or are
    /// referred to; in the others (visits, reviews, ratings) it goes unnoticed.
    ///
    /// # Examples
    ///
    /// ## A visit is recorded
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::tables::{CpPlan, CpVisit};
    /// use csc_measures::{Dataset, DatasetBuilder, DatasetError, Options};
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let rows = |persons: &[&str], visits: &[(&str, NaiveDate)]| -> Result<DatasetBuilder, DatasetError> {
    ///     let plan = |person: &&str| CpPlan {
    ///         cp_plan_id: format!("CP-{person}"),
    ///         person_id: (*person).into(),
    ///         start_date: day(2017, 1, 3),
    ///         end_date: None,
    ///         other_authority: None,
    ///         transfer_in: None,
    ///     };
    ///     let visit = |(person, date): &(&str, NaiveDate)| CpVisit {
    ///         cp_visit_id: format!("V-{person}-{date}"),
    ///         person_id: (*person).into(),
    ///         date: *date,
    ///         seen: Some(true),
    ///         seen_alone: None,
    ///     };
    ///     let mut builder = Dataset::builder();
    ///     builder.rows(&persons.iter().map(plan).collect::<Vec<_>>())?;
    ///     builder.rows(&visits.iter().map(visit).collect::<Vec<_>>())?;
    ///     Ok(builder)
    /// };
    /// let morning = rows(&["P1", "P2"], &[("P1", day(2017, 3, 1)), ("P2", day(2017, 3, 8))])?.build();
    /// let noon = morning.with_person(rows(&["P1"], &[("P1", day(2017, 3, 1)), ("P1", day(2017, 3, 30))])?)?;
    ///
    /// let due = |dataset: &Dataset| {
    ///     let child = dataset.person("P1", day(2017, 3, 30), &Options::default())?;
    ///     Ok::<_, csc_measures::due::DueError>(child.obligations[0].due)
    /// };
    /// assert_eq!(due(&morning)?, Some(day(2017, 3, 29)));
    /// assert_eq!(due(&noon)?, Some(day(2017, 5, 2)));
    ///
    /// // rows of two children
    /// let error = morning.with_person(rows(&["P1", "P2"], &[])?).unwrap_err();
    /// assert_eq!(error.to_string(), "the rows are of `P1` and of `P2`; give those of one child at a time");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`WithPersonError`]: rows of several persons or of none, other tables or columns than the dataset has, reviews of
    /// other periods than the child's, and rows that hang together with those of another person.
    pub fn with_person(&self, rows: DatasetBuilder) -> Result<Self, WithPersonError> {
        check_tables(rows.supplied(), self.whole.supplied())?;
        let loaded = rows.load();
        check_rows(&loaded)?;
        let mut data = build_child(loaded, &self.whole);
        let id = one_person(&data)?;
        let child = Child { in_whole: self.in_whole(&id)?, id, data: None };
        self.check_apart(&data, &child.id)?;
        let source: Arc<str> = format!("person {}", child.id).into();
        for issue in &mut data.issues {
            let DataIssue { source: known, .. } = issue;
            known.get_or_insert_with(|| Arc::clone(&source));
        }
        Ok(self.with(Child { data: Some(Arc::new(data)), ..child }))
    }

    /// A dataset without one child, which shares everything else with this one: as
    /// [`with_person`](Self::with_person) with no rows.
    ///
    /// # Examples
    ///
    /// ## The same child twice
    ///
    /// ```
    /// use csc_measures::Dataset;
    /// use csc_measures::tables::CpPlan;
    ///
    /// let mut builder = Dataset::builder();
    /// builder.rows(&[CpPlan {
    ///     cp_plan_id: "CP1".into(),
    ///     person_id: "P1".into(),
    ///     start_date: chrono::NaiveDate::from_ymd_opt(2017, 1, 3).unwrap(),
    ///     end_date: None,
    ///     other_authority: None,
    ///     transfer_in: None,
    /// }])?;
    /// let dataset = builder.build();
    /// let without = dataset.without_person("P1")?;
    /// assert_eq!((dataset.person_count(), without.person_count()), (1, 0));
    /// assert_eq!(without.without_person("P1").unwrap_err().to_string(), "person `P1` is in none of the tables");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`WithPersonError::UnknownPerson`]; [`WithPersonError::TiedToOthers`] if rows of another person refer to the
    /// child's, or the other way; [`WithPersonError::OfStandardDataset`].
    pub fn without_person(&self, id: &str) -> Result<Self, WithPersonError> {
        refuse_standard(self.whole.supplied())?;
        if self.person_in_data(id).is_none() {
            return Err(WithPersonError::UnknownPerson { id: id.to_owned() });
        }
        let id: Box<str> = id.trim().into();
        Ok(self.with(Child { in_whole: self.in_whole(&id)?, id, data: None }))
    }

    fn with(&self, child: Child) -> Self {
        let live = match &self.live {
            Some(live) => live.with(child, &self.whole),
            None => Live::default().with(child, &self.whole),
        };
        Self { whole: Arc::clone(&self.whole), live: Some(Arc::new(live)) }
    }

    /// The place of a person in the whole, whose rows can be passed over.
    fn in_whole(&self, id: &str) -> Result<Option<PersonIx>, WithPersonError> {
        let place = self.whole.person_index(id);
        match place.filter(|place| self.whole.owners.tied.contains(place)) {
            Some(_) => Err(WithPersonError::TiedToOthers { person: id.to_owned() }),
            None => Ok(place),
        }
    }

    /// Sees that no row of a child hangs together with one of somebody else.
    fn check_apart(&self, data: &Data, child: &str) -> Result<(), WithPersonError> {
        let (nobody, whole) = (Live::default(), &*self.whole);
        let live = self.live.as_deref().unwrap_or(&nobody);
        let refuse = |(table, id): (Table, &str)| WithPersonError::NamedByOthers { table, id: id.to_owned() };
        for named in data.owners.ids().map(|named| text_of(data, named)) {
            let (table, id) = named;
            if live.is_held_by_others(table, id, child, whole)
                || live.is_sought_by_others(table, id, child, whole)
            {
                return Err(refuse(named));
            }
        }
        let mut sought = data.owners.sought.iter().map(|(table, id, _)| text_of(data, (*table, *id)));
        match sought.find(|(table, id)| live.is_held_by_others(*table, id, child, whole)) {
            Some(named) => Err(refuse(named)),
            None => Ok(()),
        }
    }
}

/// The one person whose rows they are.
fn one_person(data: &Data) -> Result<Box<str>, WithPersonError> {
    let mut persons = (0..data.person_count()).map(|place| data.person_id(PersonIx::at(place)));
    match (persons.next(), persons.next()) {
        (None, _) => Err(WithPersonError::NoPerson),
        (Some(person), None) => Ok(person.into()),
        (Some(person), Some(other)) => {
            Err(WithPersonError::RowsOfOthers { person: person.to_owned(), other: other.to_owned() })
        }
    }
}

/// Sees that a table's rows can be one child's, and that the whole has the table and its columns.
fn check_tables(given: &Supplied, whole: &Supplied) -> Result<(), WithPersonError> {
    refuse_standard(whole)?;
    refuse_standard(given)?;
    for (table, ours) in given.iter() {
        if table != Table::Persons && table != Table::ClaReviews && table.person_column().is_none() {
            if ours.rows > 0 {
                return Err(WithPersonError::NotOfPersons { table });
            }
            continue;
        }
        let Some(theirs) = whole.get(table) else {
            if ours.rows > 0 {
                return Err(WithPersonError::TableNotThere { table });
            }
            continue;
        };
        let places = table.columns().iter().zip(ours.columns.iter().zip(&theirs.columns));
        let other = places.into_iter().find(|(_, (ours, theirs))| ours != theirs);
        if let Some((column, (is_given, _))) = other.filter(|_| ours.rows > 0) {
            return Err(WithPersonError::OtherColumns { table, column: column.name, is_given: *is_given });
        }
        let kind = |supply: &Supply| (supply.as_at, supply.is_snapshot, supply.lacks.clone());
        if kind(ours) != kind(theirs) {
            return Err(WithPersonError::OtherExtract { table });
        }
    }
    Ok(())
}

/// Refuses tables whose rows are read by what the whole of them holds.
fn refuse_standard(supplied: &Supplied) -> Result<(), WithPersonError> {
    match supplied.iter().find(|(_, supply)| supply.is_ssd) {
        Some((table, _)) => Err(WithPersonError::OfStandardDataset { table }),
        None => Ok(()),
    }
}

/// Sees that rows which need no person have one.
fn check_rows(loaded: &Loaded) -> Result<(), WithPersonError> {
    let store = &loaded.store;
    for (table, owners, numbers) in [
        (Table::Audits, &store.audits.owners, &store.audits.numbers),
        (
            Table::FinalOrderApplications,
            &store.final_order_applications.owners,
            &store.final_order_applications.numbers,
        ),
    ] {
        if let Some(place) = owners.iter().position(Option::is_none) {
            return Err(WithPersonError::RowOfNobody { table, row: numbers.get(place).into() });
        }
    }
    let periods = loaded.names.space(Space::Cla);
    match store.cla_reviews.records.iter().find(|review| periods.row(review.of.id()).is_none()) {
        Some(review) => {
            let cla_id = periods.ids.text(review.of.id()).to_owned();
            Err(WithPersonError::ReviewOfOthers { cla_id })
        }
        None => Ok(()),
    }
}
