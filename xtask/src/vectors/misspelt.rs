//! The vectors of the measures with one column misspelt at a time, and the answers of Rust, in which no figure
//! changes without a warning that names the column.

use std::collections::BTreeMap;

use csc_measures::{ColumnState, Dataset, ErrorKind, MeasureResult, Scorecard};
use serde_json::Value;

use crate::workspace;

use super::{DataFile, DataVector, Fallible, Script, files, read};

/// How far a name is from what it should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Misspelling {
    /// One letter is more.
    Near,
    /// No letter is as it was, and four are more.
    BeyondRecognition,
}

impl Misspelling {
    fn of(self, name: &str) -> String {
        match self {
            Self::Near => format!("{name}x"),
            Self::BeyondRecognition => name
                .chars()
                .map(|letter| if letter == '_' { '_' } else { 'q' })
                .chain("qqqq".chars())
                .collect(),
        }
    }
}

/// A column of a table under another name.
struct Misspelt<'a> {
    table: &'a str,
    column: &'a str,
    given_as: String,
    misspelling: Misspelling,
}

/// Of each file each column, in the vector where most rows have a value in it: there its loss shows best.
pub(crate) fn write(script: &mut Script) -> Fallible<()> {
    let folder = &workspace::root().join("tests/vectors/measures");
    let mut changed = 0;
    for path in files(folder)? {
        let file: DataFile = read(&path)?;
        for ((table, column), (_, vector)) in places(&file.vectors) {
            for misspelling in [Misspelling::Near, Misspelling::BeyondRecognition] {
                let misspelt = Misspelt { table, column, given_as: misspelling.of(column), misspelling };
                changed += misspelt
                    .write(vector, file.measure.as_deref(), script)
                    .map_err(|error| format!("{}, {}: {error}", path.display(), misspelt.name()))?;
            }
        }
    }
    if changed == 0 { Err("no column that is misspelt changes a figure".into()) } else { Ok(()) }
}

/// By table and column, the rows that have a value in it, and the vector where they are most.
fn places(vectors: &[DataVector]) -> BTreeMap<(&str, &str), (usize, &DataVector)> {
    let mut places: BTreeMap<(&str, &str), (usize, &DataVector)> = BTreeMap::new();
    for vector in vectors {
        // The names of the Standard Safeguarding Dataset are those of the same columns.
        for (table, rows) in vector.tables.iter().filter(|(table, _)| !table.starts_with("ssd_")) {
            for (column, count) in values(rows) {
                let place = places.entry((table, column)).or_insert((count, vector));
                if count > place.0 {
                    *place = (count, vector);
                }
            }
        }
    }
    places
}

/// Of each column that any row names, the rows that have a value in it.
fn values(rows: &Value) -> BTreeMap<&str, usize> {
    let mut values = BTreeMap::new();
    for (name, value) in rows.as_array().into_iter().flatten().filter_map(Value::as_object).flatten() {
        *values.entry(name.as_str()).or_default() += usize::from(!value.is_null());
    }
    values
}

impl Misspelt<'_> {
    fn name(&self) -> String {
        format!("`{}.{}` as `{}`", self.table, self.column, self.given_as)
    }

    /// The rows of a table, with the column under its other name.
    fn rows(&self, table: &str, rows: &Value) -> Value {
        let mut rows = rows.clone();
        if table == self.table {
            for row in rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
                if let Some(value) = row.remove(self.column) {
                    row.insert(self.given_as.clone(), value);
                }
            }
        }
        rows
    }

    /// How many figures are otherwise than with the column.
    fn write(&self, vector: &DataVector, measure: Option<&str>, script: &mut Script) -> Fallible<usize> {
        let (written, options) = vector.options(measure)?;
        let month = vector.month.ok_or("a vector of a measure without a month")?;
        let mut builder = Dataset::builder();
        script.line(&["dataset"]);
        for (name, rows) in &vector.tables {
            let rows = self.rows(name, rows).to_string();
            match csc_measures_files::add_json(&mut builder, name, rows.as_bytes()) {
                Ok(_) => {
                    script.line(&["json"]);
                    script.text(name);
                    script.text(&rows);
                }
                Err(error) => {
                    self.check_refusal(&error.to_string())?;
                    if error.kind() != ErrorKind::BadTable {
                        return Err("it is refused, and not as a table that cannot be taken".into());
                    }
                    script.line(&["refused"]);
                    script.text(name);
                    script.text(&rows);
                    script.text(&error.to_string());
                    return Ok(0);
                }
            }
        }
        script.line(&["build"]);
        let dataset = builder.build();
        self.check_columns(&dataset)?;
        script.line(&["columns"]);
        script.text(&serde_json::to_string(&dataset.columns())?);
        let card = dataset.scorecard(month, month, &options)?;
        let changed = self.check_results(&vector.dataset()?.scorecard(month, month, &options)?, &card)?;
        script.line(&["run"]);
        script.text(&month.to_string());
        script.text(&month.to_string());
        script.text(&written);
        script.line(&["results"]);
        script.text(&serde_json::to_string(&card)?);
        Ok(changed)
    }

    /// A table that is refused is so for the want of the column, and it names what nearly has the name.
    fn check_refusal(&self, message: &str) -> Fallible<()> {
        let names = |name: &str| message.contains(&format!("`{name}`"));
        let is_told = names(self.column) && (self.misspelling != Misspelling::Near || names(&self.given_as));
        if is_told { Ok(()) } else { Err(format!("it is refused, and not named: {message}").into()) }
    }

    /// The column is listed as one that is not known, with the one that has nearly its name.
    fn check_columns(&self, dataset: &Dataset) -> Fallible<()> {
        let reports = dataset.columns();
        let is_it = |given_as: &Option<String>| given_as.as_deref() == Some(&self.given_as);
        let report = reports.iter().find(|report| is_it(&report.given_as)).ok_or("it is not listed")?;
        let nearest = (self.misspelling == Misspelling::Near).then_some(self.column);
        if report.state == ColumnState::Unknown && report.nearest.as_deref() == nearest {
            Ok(())
        } else {
            Err(format!("it is listed as {}", serde_json::to_string(report)?).into())
        }
    }

    /// Each figure is as it was, or its result says that the column is not there.
    fn check_results(&self, before: &Scorecard, after: &Scorecard) -> Fallible<usize> {
        let mut changed = 0;
        for (was, is) in before.results().iter().zip(after.results()) {
            if figure(was) == figure(is) {
                continue;
            }
            changed += 1;
            if !self.is_told_by(is) {
                return Err(
                    format!("{} changes in silence: {}", is.measure, serde_json::to_string(is)?).into()
                );
            }
        }
        Ok(changed)
    }

    fn is_told_by(&self, result: &MeasureResult) -> bool {
        let name = format!("{}.{}", self.table, self.column);
        let lack = match self.column {
            "end_date" => format!("no_end_dates:{}", self.table),
            "seen" => format!("seen_not_recorded:{}", self.table),
            _ => format!("no_column:{name}"),
        };
        let told = [lack, format!("without:{name}"), format!("derived:{}", self.column)];
        result.missing_tables.contains(&name) || told.iter().any(|told| result.warnings.contains(told))
    }
}

/// What a result says of the data, its warnings left out.
fn figure(result: &MeasureResult) -> MeasureResult {
    let mut result = result.clone();
    result.warnings.clear();
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::Expectations;

    #[test]
    fn no_figure_changes_in_silence() {
        let mut script = Script(String::new(), Expectations::Written);
        write(&mut script).unwrap();
        for verb in ["\nrefused\n", "\ncolumns\n", "\nresults\n"] {
            assert!(script.0.contains(verb));
        }
    }

    #[test]
    fn a_change_in_silence_is_found() {
        let path = workspace::root().join("tests/vectors/measures/O3.M2.json");
        let file: DataFile = read(&path).unwrap();
        let vector = file.vectors.first().unwrap();
        let month = vector.month.unwrap();
        let (_, options) = vector.options(file.measure.as_deref()).unwrap();
        let before = vector.dataset().unwrap().scorecard(month, month, &options).unwrap();
        let without_tables = Dataset::builder().build().scorecard(month, month, &options).unwrap();
        let misspelling = Misspelling::Near;
        let given_as = misspelling.of("transfer_in");
        let misspelt =
            Misspelt { table: "initial_conferences", column: "transfer_in", given_as, misspelling };
        assert_eq!(misspelt.check_results(&before, &before).unwrap(), 0);
        let error = misspelt.check_results(&before, &without_tables).unwrap_err().to_string();
        assert!(error.contains("changes in silence"), "{error}");
        assert!(misspelt.check_columns(&vector.dataset().unwrap()).is_err());
        assert!(misspelt.check_refusal("table `initial_conferences` has no column `transfer_in`").is_err());
    }
}
