//! Every measure of a plan over a folder of tables or returns, for any run of months.
//!
//! ```text
//! csc-measures --data DIR --from 2016-04 --to 2017-03
//! csc-measures --data DIR --from 2016-04 --to 2017-03 --publish
//! csc-measures --data DIR --from 2016-04 --to 2017-03 --breakdown sex,age
//! csc-measures --data DIR --from 2014-04 --to 2017-03 --signals --rebase O3.M4=2016-07
//! csc-measures --data DIR --explain O3.M4 --month 2017-03
//! csc-measures --data DIR --explain O3.M4,O3.M5 --from 2017-01 --to 2017-03 --outcome overdue --team North
//! csc-measures --data DIR --change O3.M4 --from 2017-02 --to 2017-03
//! csc-measures --data DIR --compare DIR-OF-LAST-MONTH --from 2016-04 --to 2017-02
//! csc-measures --data DIR --due 2017-03-31 --within 10
//! csc-measures --data DIR --due 2017-03-31 --person P1
//! csc-measures --data DIR --from 2016-04 --to 2017-03 --plan council.json
//! csc-measures scorecard --data DIR --from 2015-04 --to 2017-03 --format xlsx --out measures.xlsx
//! csc-measures due --data DIR --day 2017-03-31 --within 10 --format html --out due.html
//! csc-measures check --data DIR --format html
//! csc-measures report --data DIR --from 2015-04 --to 2017-03 --out report.html
//! csc-measures plan all-measures
//! csc-measures completions bash
//! csc-measures --data ssda903/ --data census.xml --choose persons=cin_census --from 2016-04 --to 2017-03
//! ```
//!
//! Without a folder it reads the sample authority, and without months its last twelve. What cannot be used (a
//! folder that is not there, a table without a column that it needs, an unknown policy) is reported in one line
//! on standard error, with exit status 2. A bad row is not an error: it is listed, and the run goes on. `--quiet` leaves
//! standard error to what stops the run.

mod args;
mod audit_list;
mod board_report;
mod case_list;
mod change_list;
mod columns;
mod due_list;
mod flat;
mod footer;
mod group_list;
mod html;
mod inputs;
mod lines;
mod notes;
mod out_file;
mod policies;
mod progress;
mod quality_list;
mod quality_page;
mod report;
mod signal_list;
mod signals_asked;
mod sources;
mod stop;
mod text;
mod work_list;
mod work_page;
mod workbook;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use csc_measures::due::{DueError, DueFilter, DueList, PersonView};
use csc_measures::plan::Plan;
use csc_measures::quality::Quality;
use csc_measures::{Audit, Change, Explanation, Month, Options, Scorecard, ScorecardError, visible};
use serde::Serialize;

use args::{Ask, Call, CheckFormat, DueFormat, Format, Request};
use inputs::Inputs;
use lines::{groups, lines};
use sources::Sources;
use stop::{NAME, Stop};
use text::Page;

fn main() -> ExitCode {
    keep_quiet_about_damaged_files();
    let stop = match Call::from_command_line().and_then(|call| match call {
        Call::Help(help) => Ok(help.print().and_then(|()| io::stdout().flush())?),
        Call::Plan(Some(name)) => write_json(&inputs::read_plan(&name)?, io::stdout().lock()),
        Call::Plan(None) => list_plans(io::stdout().lock()),
        Call::Text(text) => Ok(io::stdout().write_all(&text).and_then(|()| io::stdout().flush())?),
        Call::Data(request) => run(&request),
    }) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(stop) => stop,
    };
    let message = match stop {
        // Whoever read the output has seen enough, as `head` does.
        Stop::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Stop::Output(error) => format!("cannot write the output: {error}"),
        Stop::Unusable(message) => message,
    };
    // If standard error is closed too, the exit status still tells.
    let _ = writeln!(io::stderr(), "{NAME}: {}", visible(&message));
    ExitCode::from(2)
}

/// The decoders of Parquet and of workbooks panic over some damaged files. The library makes an error of that, which is reported
/// as such: the panic's own report would only be noise before it.
fn keep_quiet_about_damaged_files() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_of = |names: &[&str]| {
            panic.location().is_some_and(|at| {
                at.file().split(['/', '\\']).any(|part| names.iter().any(|name| part.starts_with(name)))
            })
        };
        if !is_of(&["parquet-", "arrow-", "calamine-", "zip-"]) {
            report(panic);
        }
    }));
}

fn run(request: &Request) -> Result<(), Stop> {
    match &request.out {
        None => work(request, &Page::of_terminal(), BufWriter::new(io::stdout().lock())),
        Some(path) => {
            let mut bytes = Vec::new();
            work(request, &Page::of_file(), &mut bytes)?;
            out_file::write(path, &bytes)
        }
    }
}

fn work(request: &Request, page: &Page, out: impl Write) -> Result<(), Stop> {
    let inputs = Inputs::read(request)?;
    match &request.ask {
        Ask::Months { .. } => {
            let (from, to) = inputs.months.ok_or_else(|| Stop::unusable("no months were asked for"))?;
            let card = scorecard(&inputs, from, to, &inputs.options)?;
            if let Some(report) = &request.report {
                return board_report::write(request, report, &inputs, &card);
            }
            write_scorecard(request, &inputs, &card, page, out)
        }
        Ask::Cases { measures, from, to, only } => {
            for team in &only.teams {
                inputs.dataset.check_team(team).map_err(Stop::unusable)?;
            }
            let mut options = inputs.options.clone();
            options.measures = Some(measures.clone());
            let card = scorecard(&inputs, *from, *to, &options)?;
            let mut explained = match measures.as_slice() {
                [measure] if from == to => vec![card.explain(measure, *from).map_err(Stop::unusable)?],
                _ => card.explain_all(measures, *from, *to).map_err(Stop::unusable)?,
            };
            for explanation in &mut explained {
                explanation.cases.retain(|case| only.keeps(case));
            }
            write_cases(request, &card, &explained, page, out)
        }
        Ask::Change { measure, from, to } => {
            let mut options = inputs.options.clone();
            options.measures = Some(vec![measure.clone()]);
            let (first, last) = ((*from).min(*to), (*from).max(*to));
            let card = scorecard(&inputs, first, last, &options)?;
            let change = card.change(measure, *from, *to).map_err(Stop::unusable)?;
            write_change(request, &card, &change, page, out)
        }
        Ask::Compare { from, to, .. } => {
            let before = inputs.before.as_ref().ok_or_else(|| Stop::unusable("no earlier data were read"))?;
            let was = before.scorecard(*from, *to, &inputs.options).map_err(Stop::unusable)?;
            let is = scorecard(&inputs, *from, *to, &inputs.options)?;
            let changes = was.compare(&is).map_err(Stop::unusable)?;
            write_comparison(request, &is, &changes, page, out)
        }
        Ask::Due { as_at, filter } => {
            let list = inputs.dataset.due_list(*as_at, &inputs.options, filter);
            write_due(request, filter, &list.map_err(|error| cannot_tell(&inputs, &error))?, page, out)
        }
        Ask::Morning { day, filter, format } => {
            let (_, last) = inputs.months.ok_or_else(|| Stop::unusable("no day was asked for"))?;
            let day = day.unwrap_or_else(|| last.last());
            let list = inputs.dataset.due_list(day, &inputs.options, filter);
            let list = list.map_err(|error| cannot_tell(&inputs, &error))?;
            write_morning(request, *format, filter, &list, page, out)
        }
        Ask::Person { as_at, id } => {
            let child = inputs.dataset.person(id, *as_at, &inputs.options);
            let child = child.map_err(|error| cannot_tell(&inputs, &error))?;
            write_person(request, &child, &inputs.options, page, out)
        }
        Ask::Check { days, format } => {
            let quality = inputs.dataset.quality(days, &inputs.options);
            let quality = quality.map_err(|error| cannot_compute(&inputs, &error))?;
            write_quality(&quality, *format, &inputs, page, out)
        }
    }
}

/// Writes the plans that are built in.
fn list_plans(mut out: impl Write) -> Result<(), Stop> {
    for plan in Plan::BUILT_IN.into_iter().filter_map(|id| Plan::by_id(id).ok()) {
        writeln!(out, "{:20}  {}", plan.id(), plan.title())?;
    }
    out.flush()?;
    Ok(())
}

fn scorecard(inputs: &Inputs, from: Month, to: Month, options: &Options) -> Result<Scorecard, Stop> {
    inputs.dataset.scorecard(from, to, options).map_err(|error| cannot_compute(inputs, &error))
}

fn cannot_compute(inputs: &Inputs, error: &ScorecardError) -> Stop {
    match (error, &inputs.closures_file) {
        (ScorecardError::Calendar(_), Some(file)) => Stop::unusable(format!("`{file}`: {error}")),
        _ => Stop::unusable(error),
    }
}

fn cannot_tell(inputs: &Inputs, error: &DueError) -> Stop {
    match (error, &inputs.closures_file) {
        (DueError::Calendar(_), Some(file)) => Stop::unusable(format!("`{file}`: {error}")),
        _ => Stop::unusable(error),
    }
}

fn write_due(
    request: &Request,
    filter: &DueFilter,
    list: &DueList,
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    match request.format {
        Format::Json => write_json(list, &mut out)?,
        Format::Csv => due_list::write_csv(&list.obligations, &list.definitions, request.texts, &mut out)?,
        Format::Xlsx => return Err(no_workbook()),
        Format::Table => due_list::write(list, filter, page, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

fn write_morning(
    request: &Request,
    format: DueFormat,
    filter: &DueFilter,
    list: &DueList,
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    match format {
        DueFormat::Json => write_json(list, &mut out)?,
        DueFormat::Csv => work_list::write_csv(list, request.texts, &mut out)?,
        DueFormat::Html => work_page::write(list, filter, &mut out)?,
        DueFormat::Xlsx => out.write_all(&workbook::of_due_list(request, list)?)?,
        DueFormat::Table => work_list::write(list, filter, page, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

/// The command line refuses a workbook of anything but a scorecard.
fn no_workbook() -> Stop {
    Stop::unusable("a workbook is of a scorecard or of what is due")
}

fn write_person(
    request: &Request,
    child: &PersonView,
    options: &Options,
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    match request.format {
        Format::Json => write_json(child, &mut out)?,
        Format::Csv => due_list::write_csv(&child.obligations, &child.definitions, request.texts, &mut out)?,
        Format::Xlsx => return Err(no_workbook()),
        Format::Table => due_list::write_person(child, options, page, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

fn write_quality(
    quality: &Quality,
    format: CheckFormat,
    inputs: &Inputs,
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    match format {
        CheckFormat::Json => write_json(quality, &mut out)?,
        CheckFormat::Html => quality_page::write(quality, &inputs.options.plan, &mut out)?,
        CheckFormat::Table => quality_list::write(quality, &inputs.options.plan, page, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

fn write_scorecard(
    request: &Request,
    inputs: &Inputs,
    card: &Scorecard,
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    let sections = card.sections();
    let published = match request.publish {
        Some(publish) => Some(card.published_as(publish.publishing).map_err(Stop::unusable)?),
        None => None,
    };
    if let (Some(publish), Some(published)) = (&request.publish, &published)
        && publish.audit
    {
        return write_audit(request, &published.audit(), page, out);
    }
    let lines = lines(card, published.as_ref());
    let groups = groups(card, published.as_ref());
    // What is shown to people says that something improved only if its chart does, whether or not charts are asked for.
    let of_all = match &published {
        Some(published) => published.signals().to_vec(),
        None => card.signals(),
    };
    let signals = request.signals.are_wanted().then_some(of_all.as_slice());
    match request.format {
        Format::Json => match &published {
            Some(published) => write_json(published, &mut out)?,
            None => write_json(&WithSources::new(card, inputs), &mut out)?,
        },
        Format::Csv => {
            let of = flat::Results { titles: &card.titles(), lines: &lines, groups: &groups, signals };
            flat::write_results(&of, sections.as_deref(), request.texts, &mut out)?;
        }
        Format::Xlsx => out.write_all(&workbook::of_scorecard(request, card, published.as_ref())?)?,
        Format::Table => {
            let sections = sections.unwrap_or_else(|| card.by_outcome());
            report::write(card, &lines, &of_all, &sections, page, &mut out)?;
            group_list::write(card, &groups, page, &mut out)?;
            if let Some(signals) = signals {
                signal_list::write(card, signals, &lines, page, &mut out)?;
            }
            match published {
                Some(published) => footer::write_published(inputs, card, &published, page, &mut out)?,
                None => footer::write(inputs, card, page, &mut out)?,
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn write_audit(request: &Request, audit: &Audit, page: &Page, mut out: impl Write) -> Result<(), Stop> {
    match request.format {
        Format::Json => write_json(audit, &mut out)?,
        Format::Csv => audit_list::write_csv(audit, request.texts, &mut out)?,
        Format::Xlsx => return Err(no_workbook()),
        Format::Table => audit_list::write(audit, page, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

/// A scorecard and, if returns are among the data, where each table came from.
#[derive(Serialize)]
struct WithSources<'a> {
    #[serde(flatten)]
    card: &'a Scorecard,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<&'a Sources>,
}

impl<'a> WithSources<'a> {
    fn new(card: &'a Scorecard, inputs: &'a Inputs) -> Self {
        Self { card, sources: (!inputs.sources.are_tables()).then_some(&inputs.sources) }
    }
}

fn write_cases(
    request: &Request,
    card: &Scorecard,
    explained: &[Explanation],
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    match (request.format, explained) {
        (Format::Json, [one]) => write_json(one, &mut out)?,
        (Format::Json, _) => write_json(&explained, &mut out)?,
        (Format::Csv, _) => flat::write_cases(explained, request.texts, &mut out)?,
        (Format::Xlsx, _) => return Err(no_workbook()),
        (Format::Table, _) => {
            for (place, explanation) in explained.iter().enumerate() {
                if place > 0 {
                    writeln!(out)?;
                }
                case_list::write(card, explanation, page, &mut out)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn write_change(
    request: &Request,
    card: &Scorecard,
    change: &Change,
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    match request.format {
        Format::Json => write_json(change, &mut out)?,
        Format::Csv => flat::write_changes(std::slice::from_ref(change), request.texts, &mut out)?,
        Format::Xlsx => return Err(no_workbook()),
        Format::Table => change_list::write(card, change, page, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

fn write_comparison(
    request: &Request,
    card: &Scorecard,
    changes: &[Change],
    page: &Page,
    mut out: impl Write,
) -> Result<(), Stop> {
    match request.format {
        Format::Json => write_json(&changes, &mut out)?,
        Format::Csv => flat::write_changes(changes, request.texts, &mut out)?,
        Format::Xlsx => return Err(no_workbook()),
        Format::Table => change_list::write_all(card, changes, page, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

fn write_json(value: &impl Serialize, mut out: impl Write) -> Result<(), Stop> {
    serde_json::to_writer_pretty(&mut out, value).map_err(|error| Stop::Output(error.into()))?;
    writeln!(out)?;
    Ok(())
}
