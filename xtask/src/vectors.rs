//! The shared vectors as a script of calls for a program in another language, with the answers of Rust; for a program
//! that does not read their files also with what they expect.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use csc_measures::due::DueFilter;
use csc_measures::measures::Measure;
use csc_measures::quality::QualityDays;
use csc_measures::{
    Amount, Calendar, Clock, ClockKind, Dataset, MeasureRag, Month, Options, Plan, Scorecard, SectionBy,
    Target,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::workspace;

pub(crate) mod groups;
pub(crate) mod misspelt;
mod signals;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// What a script has besides the calls and the answers of Rust.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expectations {
    /// What each vector expects of the answers.
    Written,
    /// Nothing: the program reads the vectors itself.
    LeftOut,
}

/// A script under construction.
pub(crate) struct Script(String, Expectations);

impl Script {
    /// The script as it is written to a file.
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    fn line(&mut self, words: &[&str]) {
        self.0.push_str(&words.join(" "));
        self.0.push('\n');
    }

    fn text(&mut self, text: &str) {
        // Writing to a string does not fail.
        let _ = write!(self.0, "{}\n{text}\n", text.len());
    }

    /// A verb that compares an answer with what a vector expects, and its texts.
    fn expect(&mut self, words: &[&str], texts: &[&str]) {
        if self.1 == Expectations::Written {
            self.line(words);
            texts.iter().for_each(|text| self.text(text));
        }
    }
}

/// The whole script, but for the vectors of groups, and those with their columns misspelt.
pub(crate) fn script(expectations: Expectations) -> Fallible<Script> {
    let mut script = Script(String::new(), expectations);
    plan(&mut script)?;
    let folder = workspace::root().join("tests/vectors");
    let calendar: Vectors<CalendarVector> = read(&folder.join("calendar/working-days.json"))?;
    for vector in &calendar.vectors {
        vector.write(&mut script)?;
    }
    for file in files(&folder.join("clocks"))? {
        let clocks: Vectors<ClockVector> = read(&file)?;
        for vector in &clocks.vectors {
            vector.write(&mut script)?;
        }
    }
    for topic in ["measures", "due", "publishing"] {
        for file in files(&folder.join(topic))? {
            let file: DataFile = read(&file)?;
            for vector in &file.vectors {
                vector.write(file.measure.as_deref(), &mut script)?;
            }
        }
    }
    for file in files(&folder.join("signals"))? {
        let file: signals::SignalsFile = read(&file)?;
        for run in file.runs()? {
            write_signals(&run, &mut script)?;
        }
    }
    Ok(script)
}

#[derive(Deserialize)]
struct Vectors<T> {
    vectors: Vec<T>,
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Fallible<T> {
    let text = fs::read_to_string(path)?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn files(folder: &Path) -> Fallible<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    Ok(files)
}

/// A date as the C library has it, or `none`.
fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "none".to_owned(), |date| date.to_epoch_days().to_string())
}

fn nation(name: Option<&str>) -> &'static str {
    match name {
        Some("scotland") => "1",
        Some("northern-ireland") => "2",
        _ => "0",
    }
}

fn calendar_line(script: &mut Script, name: Option<&str>, closures: &[NaiveDate]) {
    let closures: Vec<String> = closures.iter().map(|date| day(Some(*date))).collect();
    let count = closures.len().to_string();
    let mut words = vec!["calendar", nation(name), &count];
    words.extend(closures.iter().map(String::as_str));
    script.line(&words);
}

fn plan(script: &mut Script) -> Fallible<()> {
    script.line(&["plan"]);
    script.text("");
    script.text(&serde_json::to_string(&Plan::worcestershire_2017())?);
    script.line(&["plan"]);
    script.text("all-measures");
    script.text(&serde_json::to_string(&Plan::all_measures())?);
    script.line(&["measures"]);
    script.text(&serde_json::to_string(&Measure::all().map(Measure::definition).collect::<Vec<_>>())?);
    script.line(&["clocks"]);
    script.text(&serde_json::to_string(&Clock::all().collect::<Vec<_>>())?);
    let targets = [
        json!({ "better": "higher", "target": 90, "tolerance": 5 }),
        json!({ "better": "lower", "target": "12.5", "tolerance": 2.5 }),
        json!({ "better": "band", "low": 12, "high": 16, "tolerance": 2 }),
    ];
    for measure in Plan::worcestershire_2017().rows() {
        for target in &targets {
            let rated: Target = serde_json::from_value(target.clone())?;
            for (numerator, denominator) in [(2249, 2500), (0, 0), (9, 10), (27, 2), (90_000, 1000), (12, 1)]
            {
                let amount = |count: i64| Amount::from_thousandths(count * 1000).unwrap_or_default();
                let code = match rated.rag(measure.unit(), amount(numerator), amount(denominator)) {
                    MeasureRag::Green => "0",
                    MeasureRag::Amber => "1",
                    MeasureRag::Red => "2",
                    MeasureRag::NotRated => "-1",
                    _ => "-2",
                };
                let thousandths = [numerator * 1000, denominator * 1000].map(|count| count.to_string());
                let [numerator, denominator] = &thousandths;
                script.line(&["measure_rag", numerator, denominator, code]);
                script.text(measure.id());
                script.text(&target.to_string());
            }
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct CalendarVector {
    #[serde(default)]
    calendar: Option<String>,
    #[serde(default)]
    closures: Vec<NaiveDate>,
    op: String,
    #[serde(default)]
    start: Option<NaiveDate>,
    #[serde(default)]
    date: Option<NaiveDate>,
    #[serde(default)]
    end: Option<NaiveDate>,
    #[serde(default)]
    n: Option<u32>,
    #[serde(default)]
    expect: Option<Value>,
    #[serde(default)]
    error: Option<String>,
}

impl CalendarVector {
    fn write(&self, script: &mut Script) -> Fallible<()> {
        let is_outside = |date: &&NaiveDate| Calendar::default().is_working_day(**date).is_err();
        if let (Some(outside), Some(error)) = (self.closures.iter().find(is_outside), &self.error) {
            calendar_line(script, self.calendar.as_deref(), &[]);
            script.line(&["closure_fails", &day(Some(*outside))]);
            script.text(error);
            return Ok(());
        }
        calendar_line(script, self.calendar.as_deref(), &self.closures);
        let expected = match &self.expect {
            Some(Value::String(date)) => day(Some(date.parse()?)),
            Some(Value::Bool(works)) => u8::from(*works).to_string(),
            Some(number) => number.to_string(),
            None => String::new(),
        };
        let (start, end) = (day(self.start.or(self.date)), day(self.end));
        let n = self.n.unwrap_or_default().to_string();
        match (self.op.as_str(), &self.error) {
            ("working_days_between", None) => script.line(&["between", &start, &end, &expected]),
            ("working_days_between", Some(error)) => {
                script.line(&["between_fails", &start, &end]);
                script.text(error);
            }
            ("add_working_days", None) => script.line(&["add", &start, &n, &expected]),
            ("add_working_days", Some(error)) => {
                script.line(&["add_fails", &start, &n]);
                script.text(error);
            }
            ("is_working_day", None) => script.line(&["works", &start, &expected]),
            ("next_working_day", None) => script.line(&["next", &start, &expected]),
            ("previous_working_day", None) => script.line(&["previous", &start, &expected]),
            ("is_working_day", Some(error)) => {
                script.line(&["works_fails", &start]);
                script.text(error);
            }
            ("next_working_day", Some(error)) => {
                script.line(&["next_fails", &start]);
                script.text(error);
            }
            ("previous_working_day", Some(error)) => {
                script.line(&["previous_fails", &start]);
                script.text(error);
            }
            (other, _) => return Err(format!("no verb for `{other}`").into()),
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct ClockVector {
    clock: String,
    #[serde(default)]
    on: Option<NaiveDate>,
    #[serde(default)]
    calendar: Option<String>,
    #[serde(default)]
    closures: Vec<NaiveDate>,
    #[serde(default)]
    limit: Option<Map<String, Value>>,
    #[serde(default)]
    counting_start_day: Option<bool>,
    #[serde(default)]
    warning: Option<BTreeMap<String, u32>>,
    start: NaiveDate,
    #[serde(default)]
    done: Option<NaiveDate>,
    #[serde(default)]
    as_at: Option<NaiveDate>,
    #[serde(default)]
    expect: Map<String, Value>,
    #[serde(default)]
    error: Option<String>,
}

impl ClockVector {
    fn write(&self, script: &mut Script) -> Fallible<()> {
        calendar_line(script, self.calendar.as_deref(), &self.closures);
        let on = day(self.on);
        if let Some(error) = self.error.as_ref().filter(|error| error.contains("was not in force on")) {
            script.line(&["no_version", &on, "21"]);
            script.text(&self.clock);
            script.text(error);
            return Ok(());
        }
        let mut words = ["-"; 4].map(str::to_owned);
        let in_force =
            Clock::by_id(&self.clock).and_then(|clock| self.on.map_or(Ok(clock), |on| clock.at(on)));
        let mut kind = in_force.map_or(ClockKind::Days, |clock| clock.kind());
        if let Some((unit, limit)) = self.limit.as_ref().and_then(|limit| limit.iter().next()) {
            let (code, of) = match unit.as_str() {
                "working_days" => ("0", ClockKind::WorkingDays),
                "days" => ("1", ClockKind::Days),
                _ => ("2", ClockKind::Days),
            };
            words = [limit.to_string(), code.to_owned(), "-".to_owned(), "-".to_owned()];
            kind = of;
            // The warning of a clock in another unit is that unit's.
            let default = csc_measures::WarningWindow::default();
            words[3] = match kind {
                ClockKind::WorkingDays => default.working_days.to_string(),
                ClockKind::Days => default.days.to_string(),
            };
        }
        if self.counting_start_day == Some(true) {
            words[2] = "1".to_owned();
        }
        if let Some(warning) = &self.warning {
            let key = match kind {
                ClockKind::WorkingDays => "working_days",
                ClockKind::Days => "days",
            };
            if let Some(days) = warning.get(key) {
                words[3] = days.to_string();
            }
        }
        script.line(&["clock"]);
        script.text(&self.clock);
        let [limit, unit, counts, amber] = words.each_ref().map(String::as_str);
        script.line(&[if self.on.is_some() { &on } else { "-" }, limit, unit, counts, amber]);
        let (start, done, as_at) = (day(Some(self.start)), day(self.done), day(self.as_at));
        if let Some(error) = &self.error {
            let status = if error.contains("outside the calendar") || error.contains("can be written") {
                "22"
            } else if error.starts_with("unknown clock") {
                "20"
            } else {
                "21"
            };
            script.line(&["clock_fails", &start, &done, &as_at, status]);
            script.text(error);
            return Ok(());
        }
        let date = |key: &str| -> Fallible<String> {
            match self.expect.get(key) {
                Some(Value::String(text)) => Ok(day(Some(text.parse()?))),
                Some(Value::Null) => Ok("none".to_owned()),
                Some(Value::Number(number)) => Ok(number.to_string()),
                _ => Ok("-".to_owned()),
            }
        };
        let code = |key: &str, names: [&str; 4]| {
            let name = self.expect.get(key).and_then(Value::as_str);
            let place = name.and_then(|name| names.iter().position(|other| *other == name));
            place.map_or_else(|| "-".to_owned(), |place| place.to_string())
        };
        if self.expect.contains_key("due") {
            script.line(&["due", &start, &date("due")?]);
        }
        if let Some(in_time) = self.expect.get("in_time").and_then(Value::as_bool) {
            script.line(&["in_time", &start, &done, &u8::from(in_time).to_string()]);
        }
        if self.as_at.is_some() {
            script.line(&[
                "status",
                &start,
                &done,
                &as_at,
                &date("due")?,
                &date("first_late_day")?,
                &code("outcome", ["met", "late", "not_yet_due", "overdue"]),
                &date("days_left")?,
                &date("days_over")?,
                &code("rag", ["green", "amber", "red", ""]),
            ]);
        }
        Ok(())
    }
}

fn write_tables(tables: &BTreeMap<String, Value>, script: &mut Script) {
    script.line(&["dataset"]);
    for (name, rows) in tables {
        script.line(&["json"]);
        script.text(name);
        script.text(&rows.to_string());
    }
    script.line(&["build"]);
}

fn write_signals(run: &signals::SignalsRun, script: &mut Script) -> Fallible<()> {
    write_tables(&run.tables, script);
    let options: Options = serde_json::from_str(&run.options)?;
    let card = write_run(&dataset(&run.tables)?, run.months, &run.options, &options, script)?;
    script.line(&["signals"]);
    script.text(&serde_json::to_string(&card.signals())?);
    script.expect(&["expect_signals"], &[&run.expected]);
    Ok(())
}

fn dataset(tables: &BTreeMap<String, Value>) -> Fallible<Dataset> {
    let mut builder = Dataset::builder();
    for (name, rows) in tables {
        csc_measures_files::add_json(&mut builder, name, rows.to_string().as_bytes())?;
    }
    Ok(builder.build())
}

/// Writes a scorecard of the dataset, whole, from parts and as it is published.
fn write_run(
    dataset: &Dataset,
    [from, to]: [Month; 2],
    written: &str,
    options: &Options,
    script: &mut Script,
) -> Fallible<Scorecard> {
    let card = dataset.scorecard(from, to, options)?;
    script.line(&["run"]);
    script.text(&from.to_string());
    script.text(&to.to_string());
    script.text(written);
    script.line(&["results"]);
    script.text(&serde_json::to_string(&card)?);
    script.line(&["merged"]);
    script.text(&from.to_string());
    script.text(&to.to_string());
    script.text(written);
    // Rows under unlike policies are not published.
    if let Ok(published) = card.published() {
        script.line(&["published"]);
        script.text(&serde_json::to_string(&published)?);
    }
    Ok(card)
}

#[derive(Deserialize)]
struct DataFile {
    #[serde(default)]
    measure: Option<String>,
    vectors: Vec<DataVector>,
}

#[derive(Deserialize)]
struct DataVector {
    tables: BTreeMap<String, Value>,
    #[serde(default)]
    plan: Option<Value>,
    #[serde(default)]
    policy: Option<Value>,
    #[serde(default)]
    targets: Option<Value>,
    #[serde(default)]
    closures: Option<Value>,
    #[serde(default)]
    month: Option<Month>,
    #[serde(default)]
    from: Option<Month>,
    #[serde(default)]
    to: Option<Month>,
    #[serde(default)]
    as_at: Option<NaiveDate>,
    /// Of a measure's vector the fields of its result, or null; of one of publishing, by measure.
    #[serde(default)]
    expect: Value,
    #[serde(default)]
    cases: Option<Value>,
    #[serde(default)]
    data_issues: Option<Value>,
    #[serde(default)]
    due: Option<Value>,
}

impl DataVector {
    /// The options of a run, as they are written and as they are read.
    fn options(&self, measure: Option<&str>) -> Fallible<(String, Options)> {
        // Of a measure that the default plan does not show the key is its id in the plan of all measures.
        let elsewhere = measure.filter(|id| Plan::default().row(id).is_err()).map(|_| json!("all-measures"));
        let given = [
            ("plan", if elsewhere.is_some() { &elsewhere } else { &self.plan }),
            ("policy", &self.policy),
            ("targets", &self.targets),
            ("closures", &self.closures),
        ];
        let given = given.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?)));
        let written = Value::Object(given.collect()).to_string();
        let options = serde_json::from_str(&written)?;
        Ok((written, options))
    }

    fn dataset(&self) -> Fallible<Dataset> {
        dataset(&self.tables)
    }

    fn write(&self, measure: Option<&str>, script: &mut Script) -> Fallible<()> {
        let (written, options) = self.options(measure)?;
        write_tables(&self.tables, script);
        let dataset = self.dataset()?;

        if let Some(as_at) = self.as_at {
            let list = dataset.due_list(as_at, &options, &DueFilter::default())?;
            script.line(&["due_list", &day(Some(as_at))]);
            script.text(&written);
            script.text("{}");
            script.text(&serde_json::to_string(&list)?);
            let due = self.due.as_ref().ok_or("a vector of what is due that expects nothing")?;
            script.expect(&["expect_due", &day(Some(as_at))], &[&written, &due.to_string()]);
            for obligation in &list.obligations {
                script.line(&["person", &day(Some(as_at))]);
                script.text(&obligation.person);
                script.text(&written);
                script.text(&serde_json::to_string(&dataset.person(&obligation.person, as_at, &options)?)?);
            }
        }
        let (Some(from), Some(to)) = (self.from.or(self.month), self.to.or(self.month)) else {
            return Ok(());
        };
        let card = write_run(&dataset, [from, to], &written, &options, script)?;
        script.line(&["issues"]);
        script.text(&serde_json::to_string(card.issues())?);
        script.line(&["tables"]);
        script.text(&serde_json::to_string(&card.tables())?);
        let days = json!({ "from": from, "to": to }).to_string();
        let quality = dataset.quality(&serde_json::from_str::<QualityDays>(&days)?, &options)?;
        script.line(&["quality"]);
        script.text(&days);
        script.text(&written);
        script.text(&serde_json::to_string(&quality)?);
        script.line(&["sections"]);
        script.text(SectionBy::Recommendation.as_str());
        script.text(&serde_json::to_string(&card.by_recommendation())?);
        if let Some(measure) = measure {
            script.line(&["cases"]);
            script.text(measure);
            script.text(&to.to_string());
            script.text(&serde_json::to_string(&card.explain(measure, to)?)?);
        }
        self.write_expectations(measure, to, script)
    }

    fn write_expectations(&self, measure: Option<&str>, month: Month, script: &mut Script) -> Fallible<()> {
        // In the results a month is a text; to ask for the cases it is given without its marks.
        let (plain, month) = (month.to_string(), json!(month).to_string());
        let Some(measure) = measure else {
            let expected = self.expect.as_object().ok_or("a vector of publishing that expects nothing")?;
            for (measure, fields) in expected {
                let measure = json!(measure).to_string();
                script.expect(&["expect_published"], &[&measure, &month, &fields.to_string()]);
            }
            return Ok(());
        };
        script.expect(&["expect_result"], &[&json!(measure).to_string(), &month, &self.expect.to_string()]);
        if let Some(cases) = &self.cases {
            script.expect(&["expect_cases"], &[measure, &plain, &cases.to_string()]);
        }
        if let Some(issues) = &self.data_issues {
            script.expect(&["expect_issues"], &[&issues.to_string()]);
        }
        Ok(())
    }
}
