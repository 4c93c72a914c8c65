//! What the program reads: the data and the files beside them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use csc_measures::calendar::{Calendar, Closures};
use csc_measures::plan::UnknownId;
use csc_measures::{ColumnNames, Dataset, Month, Options, Plan};
use csc_measures_files::IgnoredFile;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::args::{Ask, Request};
use crate::notes;
use crate::sources::{self, Data, Sources};
use crate::stop::Stop;

/// The sample authority that comes with the project.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/sample-authority");

/// The bytes that a file of policies, targets or the like may have.
const MOST_BYTES: u64 = 16 << 20;

/// What the sample authority says of itself.
#[derive(Deserialize)]
struct About {
    to: Month,
}

/// Everything that was read.
pub(crate) struct Inputs {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) is_sample: bool,
    pub(crate) dataset: Dataset,
    /// The data as they were before, of a comparison.
    pub(crate) before: Option<Dataset>,
    /// Which tables came from where.
    pub(crate) sources: Sources,
    pub(crate) ignored: Vec<IgnoredFile>,
    pub(crate) options: Options,
    pub(crate) closures_file: Option<String>,
    /// The run of months; of an explanation or a date its month, and of a check none.
    pub(crate) months: Option<(Month, Month)>,
}

impl Inputs {
    pub(crate) fn read(request: &Request) -> Result<Self, Stop> {
        // The small files first: a slip in one of them should not cost the reading of the tables.
        let mut options = Options::default();
        options.by = request.by;
        options.breakdown.clone_from(&request.breakdown);
        if let Some(plan) = &request.plan {
            options.plan = read_plan(plan)?;
        }
        if let Some(path) = &request.policy {
            options.policy = read_json(path)?;
        }
        if let Some(path) = &request.targets {
            options.targets = read_json(path)?;
            options.validate().map_err(|error| in_file(path, &error))?;
        }
        if request.signals.are_wanted() {
            request.signals.set(&mut options)?;
            options.validate().map_err(Stop::unusable)?;
        }
        if let Some(path) = &request.closures {
            let closures: Closures = read_json(path)?;
            warn_of_closures(request, path, &closures, &options);
            options.closures = Some(closures);
        }
        let names: ColumnNames = request.columns.as_deref().map(read_json).transpose()?.unwrap_or_default();
        let is_sample = request.data.is_empty();
        let paths = if is_sample { vec![sample(Path::new(SAMPLE))?] } else { request.data.clone() };
        let months = months(&request.ask, &paths)?;
        let Data { dataset, sources, ignored } = sources::read(request, &names, &paths)?;
        let before = match &request.ask {
            Ask::Compare { before, .. } => Some(sources::read(request, &names, before)?.dataset),
            _ => None,
        };
        let closures_file = request.closures.as_deref().map(|path| path.display().to_string());
        Ok(Self { paths, is_sample, dataset, before, sources, ignored, options, closures_file, months })
    }
}

/// Says of closures that close most of a year that they do: they are hardly meant, and move every date that is due.
fn warn_of_closures(request: &Request, path: &Path, closures: &Closures, options: &Options) {
    // A list that the calendar does not take is an error later.
    let calendar = Calendar::for_nation(options.policy.calendar).with(closures);
    for year in calendar.map(|calendar| calendar.mostly_closed_years()).unwrap_or_default() {
        let file = path.display().to_string();
        notes::write(request, &format!("`{file}` closes more than half of the working days of {year}"));
    }
}

/// The folder of the sample authority, which stays where the program was built.
fn sample(folder: &Path) -> Result<PathBuf, Stop> {
    fs::canonicalize(folder).map_err(|_| {
        Stop::unusable(format!(
            "the sample authority is not at `{}`, where this program was built: read a folder of your own, as \
             in --data DIR --from 2016-04 --to 2017-03, or install the program again from the project's folder",
            folder.display()
        ))
    })
}

/// The run of months, as asked or else the last twelve of the sample authority.
fn months(ask: &Ask, paths: &[PathBuf]) -> Result<Option<(Month, Month)>, Stop> {
    Ok(Some(match *ask {
        Ask::Check { .. } => return Ok(None),
        Ask::Cases { from, to, .. } | Ask::Change { from, to, .. } | Ask::Compare { from, to, .. } => {
            (from, to)
        }
        Ask::Due { as_at, .. } | Ask::Person { as_at, .. } | Ask::Morning { day: Some(as_at), .. } => {
            (Month::of(as_at), Month::of(as_at))
        }
        Ask::Morning { day: None, .. } => {
            let about = about(paths)?;
            (about.to, about.to)
        }
        Ask::Months { from: Some(from), to: Some(to) } => (from, to),
        Ask::Months { from, to } => {
            let to = match to {
                Some(to) => to,
                None => about(paths)?.to,
            };
            (from.unwrap_or_else(|| to.plus(-11)), to)
        }
    }))
}

/// What the sample authority says of itself.
fn about(paths: &[PathBuf]) -> Result<About, Stop> {
    let folder = paths.first().cloned().unwrap_or_default();
    read_json(&folder.join("about.json"))
}

fn read_text(path: &Path) -> Result<String, Stop> {
    let unusable = |reason: &dyn std::fmt::Display| {
        Stop::unusable(format!("cannot read `{}`: {reason}", path.display()))
    };
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => unusable(&"it does not exist"),
        io::ErrorKind::PermissionDenied => unusable(&"permission denied"),
        _ => unusable(&error),
    };
    // A pipe or a device may have no end, and a pipe not even a beginning.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(unusable(&"it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(unusable(&"it is larger than 16 MiB, which no such file is"));
    }
    let text = String::from_utf8(bytes).map_err(|_| unusable(&"it is not UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Stop> {
    serde_json::from_str(&read_text(path)?).map_err(|error| in_file(path, &error))
}

/// A plan that is built in, by its id, or else the plan of a file.
pub(crate) fn read_plan(name: &str) -> Result<Plan, Stop> {
    let unknown: UnknownId = match Plan::by_id(name) {
        Ok(plan) => return Ok(plan),
        Err(unknown) => unknown,
    };
    let path = Path::new(name);
    if !path.exists() {
        return Err(Stop::unusable(format!("{unknown} The file `{name}` does not exist")));
    }
    Plan::from_json(&read_text(path)?).map_err(|error| in_file(path, &error))
}

fn in_file(path: &Path, reason: &dyn std::fmt::Display) -> Stop {
    Stop::unusable(format!("`{}`: {reason}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_sample_authority_the_program_says_what_to_do() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("no-such-folder");
        let message = match sample(&folder) {
            Err(Stop::Unusable(message)) => message,
            _ => String::new(),
        };
        assert!(message.contains(&format!("`{}`", folder.display())), "{message}");
        assert!(message.contains("--data DIR --from 2016-04 --to 2017-03"), "{message}");
        assert!(sample(Path::new(SAMPLE)).is_ok_and(|sample| sample.join("about.json").is_file()));
    }
}
