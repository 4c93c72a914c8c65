//! What the program reads: the data and the files beside them.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use csc_measures::{Dataset, MeasureId, Month, Options, Target};
use csc_measures_files::{IgnoredFile, ReadError, Source, SourceKind, SourceReader};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Stop;
use crate::args::{Ask, Format, Request};

/// The sample authority that comes with the project.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/sample-authority");

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
    /// Which tables came from where.
    pub(crate) sources: Vec<Source>,
    pub(crate) ignored: Vec<IgnoredFile>,
    pub(crate) options: Options,
    pub(crate) closures_file: Option<String>,
    /// The run of months; of an explanation or a date its month.
    pub(crate) months: (Month, Month),
}

impl Inputs {
    pub(crate) fn read(request: &Request) -> Result<Self, Stop> {
        // The small files first: a slip in one of them should not cost the reading of the tables.
        let mut options = Options::default();
        options.by = request.by;
        if let Some(path) = &request.policy {
            options.policy = read_json(path)?;
        }
        if let Some(path) = &request.targets {
            options.targets = read_targets(path)?;
        }
        if let Some(path) = &request.closures {
            options.closures = Some(read_json(path)?);
        }
        let is_sample = request.data.is_empty();
        let paths = if is_sample {
            let sample = Path::new(SAMPLE);
            vec![fs::canonicalize(sample).unwrap_or_else(|_| sample.to_owned())]
        } else {
            request.data.clone()
        };
        let months = months(&request.ask, &paths)?;
        let Data { dataset, sources, ignored } = Data::read(request, &paths)?;
        let closures_file = request.closures.as_deref().map(|path| path.display().to_string());
        Ok(Self { paths, is_sample, dataset, sources, ignored, options, closures_file, months })
    }

    /// Whether all of it are tables: the plain case, of which there is nothing to tell.
    pub(crate) fn are_tables(&self) -> bool {
        self.sources.iter().all(|source| source.kind == SourceKind::Tables)
    }
}

/// The run of months, as asked or else the last twelve of the sample authority.
fn months(ask: &Ask, paths: &[PathBuf]) -> Result<(Month, Month), Stop> {
    Ok(match *ask {
        Ask::Cases { month, .. } => (month, month),
        Ask::Due { as_at, .. } | Ask::Person { as_at, .. } => (Month::of(as_at), Month::of(as_at)),
        Ask::Months { from: Some(from), to: Some(to) } => (from, to),
        Ask::Months { from, to } => {
            let folder = paths.first().cloned().unwrap_or_default();
            let about: About = read_json(&folder.join("about.json"))?;
            let to = to.unwrap_or(about.to);
            (from.unwrap_or_else(|| to.plus(-11)), to)
        }
    })
}

/// The dataset, and what it was read from.
struct Data {
    dataset: Dataset,
    sources: Vec<Source>,
    ignored: Vec<IgnoredFile>,
}

impl Data {
    fn read(request: &Request, paths: &[PathBuf]) -> Result<Self, Stop> {
        let mut notes = Vec::new();
        let data = match Self::read_sources(request, paths) {
            Ok(data) => data,
            // Every measure is then `not_supplied`, which is an answer; but hardly the one that was hoped for.
            Err(ReadError::NoTable { path, ignored }) if paths.len() == 1 && path.is_dir() => {
                notes.push(ReadError::NoTable { path, ignored: ignored.clone() }.to_string());
                Self { dataset: Dataset::builder().build(), sources: Vec::new(), ignored }
            }
            Err(error) => return Err(Stop::unusable(told(&error))),
        };
        for source in data.sources.iter().filter(|source| source.kind != SourceKind::Tables) {
            notes.push(found(source));
        }
        // The table tells it in its footer.
        let is_told = request.format == Format::Table && matches!(request.ask, Ask::Months { .. });
        for file in data.ignored.iter().filter(|file| file.looks_like_table && !is_told) {
            notes.push(format!("`{}` is not read: {}", file.name, file.reason));
        }
        for note in notes {
            // A note that nobody can read is no reason to stop.
            let _ = writeln!(io::stderr(), "scorecard: {note}");
        }
        Ok(data)
    }

    fn read_sources(request: &Request, paths: &[PathBuf]) -> Result<Self, ReadError> {
        let mut bar = Bar::default();
        let mut reader = SourceReader::open(paths)?
            .date_form(request.dates)
            .on_progress(|progress| bar.show(progress.file, progress.bytes, progress.total_bytes));
        for (table, source) in &request.choices {
            reader = reader.choose(*table, *source);
        }
        if let Some(day) = request.data_as_at {
            reader = reader.as_at(day);
        }
        let read = reader.read();
        let (sources, ignored) = (reader.sources().to_vec(), reader.ignored().to_vec());
        drop(reader);
        // Before the error, if there is one: its line should not begin at the end of a bar.
        bar.clear();
        Ok(Self { dataset: read?, sources, ignored })
    }
}

/// What was found, in a line.
fn found(source: &Source) -> String {
    let tables: Vec<&str> = source.tables.iter().map(|table| table.name()).collect();
    let tables = if tables.is_empty() { "no table".to_owned() } else { tables.join(", ") };
    let as_at = source.as_at.map(|day| format!(" as at {day}")).unwrap_or_default();
    format!("found {}{as_at} ({}): {tables}", source.kind.title(), source.files.join(", "))
}

/// What is wrong, with how to say which source is meant.
fn told(error: &ReadError) -> String {
    match error {
        ReadError::TableInSources { table, sources } => {
            let choices: Vec<String> =
                sources.iter().map(|source| format!("--choose {table}={source}")).collect();
            format!("{error}: {}", choices.join(" or "))
        }
        _ => error.to_string(),
    }
}

/// A progress bar on a terminal, once the reading takes long enough to wonder.
#[derive(Default)]
struct Bar {
    started: Option<Instant>,
    bar: Option<ProgressBar>,
}

impl Bar {
    fn show(&mut self, file: &str, bytes: u64, total: u64) {
        if self.started.get_or_insert_with(Instant::now).elapsed() < Duration::from_millis(400)
            || !io::stderr().is_terminal()
        {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(
                "{bar:30} {percent:>3} %  {decimal_bytes} of {decimal_total_bytes}  {msg}",
            ) {
                bar.set_style(style);
            }
            bar
        });
        bar.set_position(bytes);
        bar.set_message(file.to_owned());
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn read_text(path: &Path) -> Result<String, Stop> {
    let unusable = |reason: &dyn std::fmt::Display| {
        Stop::unusable(format!("cannot read `{}`: {reason}", path.display()))
    };
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unusable(&"it does not exist"),
        io::ErrorKind::PermissionDenied => unusable(&"permission denied"),
        _ => unusable(&error),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| unusable(&"it is not UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Stop> {
    serde_json::from_str(&read_text(path)?).map_err(|error| in_file(path, &error))
}

/// The targets; of one that cannot be used the message names the measure.
fn read_targets(path: &Path) -> Result<csc_measures::Targets, Stop> {
    let text = read_text(path)?;
    serde_json::from_str(&text).map_err(|error| {
        let targets = serde_json::from_str::<Map<String, Value>>(&text).unwrap_or_default();
        let culprit = targets.into_iter().find_map(|(id, target)| {
            let reason = match id.parse::<MeasureId>() {
                Err(unknown) => return Some(unknown.to_string()),
                Ok(_) => serde_json::from_value::<Target>(target).err()?,
            };
            Some(format!("target `{id}`: {reason}"))
        });
        in_file(path, &culprit.unwrap_or_else(|| error.to_string()))
    })
}

fn in_file(path: &Path, reason: &dyn std::fmt::Display) -> Stop {
    Stop::unusable(format!("`{}`: {reason}", path.display()))
}
