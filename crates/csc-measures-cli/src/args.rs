//! The command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use csc_measures::due::DueFilter;
use csc_measures::quality::QualityDays;
#[cfg(feature = "returns")]
use csc_measures::tables::Table;
use csc_measures::{
    Case, Clock, Dates, DatesError, Month, Outcome, Protection, PublishPeriod, Publishing, Rag, SectionBy,
    UnknownColumns,
};
#[cfg(feature = "returns")]
use csc_measures_files::{ParseSourceKindError, SourceKind};

use crate::flat::Texts;
use crate::signals_asked::{ChartsAsked, SignalsAsked};
use crate::stop::Stop;

/// What is asked most often.
const EXAMPLES: &str = include_str!("help/examples.txt");

/// What a program that calls this one looks at.
const EXIT_STATUS: &str = include_str!("help/exit_status.txt");

/// Every measure of a Service Improvement Plan over a folder of tables
///
/// The folder has one CSV or Parquet file a table, named by the table (cp_plans.csv) or by its name in the
/// Standard Safeguarding Dataset (ssd_cp_plans.parquet).
#[cfg_attr(
    feature = "returns",
    doc = "Returns are read as they are: SSDA903 (CSV files), the children in need census (XML), Annex A (Excel), \
           the children's social care API (JSON) and the social work workforce census (XML), as files or folders of them."
)]
/// Without --data the sample authority is read.
#[derive(Debug, Parser)]
#[command(name = crate::stop::NAME, version, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = EXAMPLES, after_long_help = [EXAMPLES, "\n", EXIT_STATUS].concat())]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    asked: Asked,
}

/// What is asked without a command, or of `scorecard`.
#[derive(Debug, Args)]
struct Asked {
    #[command(flatten)]
    reading: Reading,
    /// The first month, such as 2016-04
    #[arg(long, value_name = "MONTH")]
    from: Option<Month>,
    /// The last month, such as 2017-03
    #[arg(long, value_name = "MONTH")]
    to: Option<Month>,
    /// Sections by outcome, or by the recommendation that the measures answer
    #[arg(long, value_enum)]
    by: Option<Sections>,
    #[command(flatten)]
    published: PublishAsked,
    /// The groups of the results too, by sex, ethnicity, ethnic_group, disability, sen, area, age, team, worker or a
    /// dimension of the table person_groups, such as sex,age; the cases of --explain have a column for each; a breakdown by worker is not published
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',', conflicts_with = "due")]
    breakdown: Vec<String>,
    #[command(flatten)]
    signals: SignalsAsked,
    /// Says instead what somebody who knows the rules can tell of the figures that are hidden
    #[arg(long, requires = "publish", conflicts_with = "by")]
    audit: bool,
    /// The targets of measures: a JSON object by measure id
    #[arg(long, value_name = "FILE")]
    targets: Option<PathBuf>,
    /// How to write the result
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The file to write, such as measures.xlsx, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Of a workbook, leaves out the lists of children: cases, what is due, and issues of the data
    #[arg(long)]
    without_lists: bool,
    /// Of CSV, texts as they stand: a spreadsheet may run those that begin with = + - or @, which have a ' before them else
    #[arg(long)]
    raw_csv: bool,
    /// Lists the cases behind measures, such as O3.M4 or O3.M4,O3.M5, in a --month or from one month to another, instead
    #[arg(long, value_name = "MEASURE", value_delimiter = ',', conflicts_with_all = ["by", "targets", "publish"])]
    explain: Vec<String>,
    /// The month of the cases
    #[arg(long, value_name = "MONTH", requires = "explain", conflicts_with_all = ["from", "to"])]
    month: Option<Month>,
    /// Only cases that came out so, such as overdue,late
    #[arg(long, value_name = "OUTCOME", value_delimiter = ',', requires = "explain", value_parser = outcome)]
    outcome: Vec<Outcome>,
    /// Why the figure of a measure moved between the months --from and --to, instead
    #[arg(
        long, value_name = "MEASURE", requires = "from", requires = "to",
        conflicts_with_all = ["by", "targets", "publish", "explain"]
    )]
    change: Option<String>,
    /// The same data as they were before, a folder or a file: lists what --data say otherwise of the months, which cases
    /// were recorded late, put right or removed, instead; may be given several times
    #[arg(
        long, value_name = "PATH", requires = "data", requires = "from", requires = "to",
        conflicts_with_all = ["by", "targets", "publish", "explain", "change", "breakdown", "team"]
    )]
    compare: Vec<PathBuf>,
    /// Lists what is due as at a date, such as 2017-03-31, instead
    #[arg(
        long, value_name = "DATE",
        conflicts_with_all = ["from", "to", "by", "targets", "explain", "change", "compare", "publish"]
    )]
    due: Option<NaiveDate>,
    /// Due within so many working days after that date; everything overdue is in
    #[arg(long, value_name = "DAYS", requires = "due", conflicts_with = "person")]
    within: Option<u32>,
    /// Only these colours, such as red,amber
    #[arg(long, value_name = "RAG", value_delimiter = ',', requires = "due", conflicts_with = "person", value_parser = rag)]
    rag: Vec<Rag>,
    /// Only these clocks, such as cp_visit,cin_visit
    #[arg(long, value_name = "CLOCK", value_delimiter = ',', requires = "due", conflicts_with = "person", value_parser = Clock::by_id)]
    clock: Vec<Clock>,
    /// Only children whose lead worker is in this team, and only cases of it; may be given several times
    #[arg(long, value_name = "TEAM", conflicts_with_all = ["person", "change"])]
    team: Vec<String>,
    /// One child: the cohorts, and everything that is due
    #[arg(long, value_name = "ID", requires = "due")]
    person: Option<String>,
}

/// What of the figures anybody may read, if that is wanted.
#[derive(Clone, Copy, Debug, Args)]
struct PublishAsked {
    /// Shows what anybody may read: no figure of 1 to 5 cases, none that would tell one, and no issues of the data
    #[arg(long)]
    publish: bool,
    /// What keeps published figures safe: suppression (for one publication of a month), or rounding
    #[arg(long, value_enum, requires = "publish")]
    protection: Option<Safe>,
    /// Of rounded figures, the least denominator of which a percentage is shown
    #[arg(long, value_name = "CASES", requires = "publish")]
    rounding_least: Option<u32>,
    /// What a published figure is of: a month, a quarter, or a financial year
    #[arg(long, value_enum, value_name = "PERIOD", requires = "publish")]
    publish_period: Option<PeriodOf>,
}

/// What is read, and how.
#[derive(Debug, Args)]
struct Reading {
    #[cfg_attr(
        feature = "returns",
        doc = "A folder of tables or of returns, or a file of a return; may be given several times"
    )]
    #[cfg_attr(not(feature = "returns"), doc = "A folder of tables")]
    #[arg(long, value_name = "PATH")]
    data: Vec<PathBuf>,
    /// The source that a table is taken from, if several have it, such as persons=cin_census
    #[cfg(feature = "returns")]
    #[arg(long, value_name = "TABLE=SOURCE", value_delimiter = ',', requires = "data", value_parser = choice)]
    choose: Vec<(Table, SourceKind)>,
    /// The day that an Annex A workbook is as at; without, the latest on which anything in it happened
    #[cfg(feature = "returns")]
    #[arg(long, value_name = "DATE", requires = "data")]
    as_at: Option<NaiveDate>,
    /// The plan whose rows are worked out: worcestershire-2017 (the default), all-measures, or a JSON file
    #[arg(long, value_name = "NAME|FILE")]
    plan: Option<String>,
    /// The choices that the definitions leave open: a JSON object of policies
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Further days that are not worked: a JSON list of dates, or the bank holidays of GOV.UK
    #[arg(long, value_name = "FILE")]
    closures: Option<PathBuf>,
    /// How text dates are written: iso (YYYY-MM-DD) or uk (also DD/MM/YYYY), or by table, such as cp_visits=uk
    #[arg(long, value_name = "FORM", value_delimiter = ',', default_value = "iso")]
    dates: Vec<String>,
    /// The day on which tables of the Standard Safeguarding Dataset were extracted; else the latest recorded one
    #[arg(long, value_name = "DATE", requires = "data")]
    extract_day: Option<NaiveDate>,
    /// What happens to columns that a table does not know: a warning if they are nearly known, an error, or nothing
    #[arg(long, value_enum, default_value = "warn")]
    unknown_columns: Unknown,
    /// The columns that have other names than the library's: a JSON object by table
    #[arg(long, value_name = "FILE", requires = "data")]
    columns: Option<PathBuf>,
    /// How much memory what is read may take, such as 512MiB or 16GiB; more is an error that names the file
    #[arg(long, value_name = "SIZE", default_value = "4GiB", value_parser = size)]
    memory_limit: u64,
    /// Writes nothing to standard error but what stops the run: no progress, and no note on files or columns that are
    /// not read
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Works out the measures, as without a command
    Scorecard(Box<Asked>),
    /// Lists what is due as a team works through it, one line for each thing to be done
    ///
    /// What is overdue comes first: the children to be seen before the papers, and the oldest first. A visit that the
    /// local standard and the law both ask for is one line. Teams and workers have their counts. Without --data it is
    /// of the sample authority.
    Due(Due),
    /// Says what is wrong with the data, and which figures it touches
    ///
    /// By table and column: the rows, the nulls, what is not understood, the issues, the last date and its age; and
    /// for each kind of issue the measures and months that it touches, and by how many cases. Without --data the
    /// sample authority is checked, and without months the year up to the last date of the data.
    Check(Check),
    /// Writes a report for a board: one HTML file that needs no network and no script
    ///
    /// The first page says in words what has changed and what needs attention; then come the measures with figure,
    /// target, change, control chart and definition. It prints on A4. Without --data it is of the sample authority.
    Report(Report),
    /// Prints a plan as JSON: one that is built in, to start one of your own from, or your own, checked and completed
    ///
    /// Without a name it lists the plans that are built in.
    Plan {
        /// worcestershire-2017, all-measures, or a JSON file
        name: Option<String>,
    },
    /// Prints what a shell needs to complete the options of this program
    ///
    /// For bash: csc-measures completions bash > ~/.local/share/bash-completion/completions/csc-measures
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
}

/// What the check of the data looks at.
#[derive(Debug, Args)]
struct Check {
    #[command(flatten)]
    reading: Reading,
    /// The first month whose figures are looked at, such as 2016-04
    #[arg(long, value_name = "MONTH")]
    from: Option<Month>,
    /// The last month, such as 2017-03
    #[arg(long, value_name = "MONTH")]
    to: Option<Month>,
    /// The day from which the age of the data is counted; without, the last on which anything in them happened
    #[arg(long, value_name = "DATE")]
    day: Option<NaiveDate>,
    /// How to write the report
    #[arg(long, value_enum, default_value = "table")]
    format: CheckFormat,
}

/// What is listed of what is due.
#[derive(Debug, Args)]
struct Due {
    #[command(flatten)]
    reading: Reading,
    /// The day as at which things are due, such as 2017-03-31
    #[arg(long, value_name = "DATE")]
    day: Option<NaiveDate>,
    /// Due within so many working days after that day; everything overdue is in
    #[arg(long, value_name = "DAYS")]
    within: Option<u32>,
    /// Only these colours, such as red,amber
    #[arg(long, value_name = "RAG", value_delimiter = ',', value_parser = rag)]
    rag: Vec<Rag>,
    /// Only these clocks, such as cp_visit,cin_visit
    #[arg(long, value_name = "CLOCK", value_delimiter = ',', value_parser = Clock::by_id)]
    clock: Vec<Clock>,
    /// Only children whose lead worker is in this team; may be given several times
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// How to write the list
    #[arg(long, value_enum, default_value = "table")]
    format: DueFormat,
    /// The file to write, such as due.html, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Of a workbook, leaves out the lists of children: only the counts of teams are in
    #[arg(long)]
    without_lists: bool,
    /// Of CSV, texts as they stand: a spreadsheet may run those that begin with = + - or @, which have a ' before them else
    #[arg(long)]
    raw_csv: bool,
}

/// What a report for a board is of.
#[derive(Debug, Args)]
struct Report {
    #[command(flatten)]
    reading: Reading,
    /// The first month, such as 2015-04: control charts need twelve months, and are better of twenty-four
    #[arg(long, value_name = "MONTH")]
    from: Option<Month>,
    /// The last month, such as 2017-03
    #[arg(long, value_name = "MONTH")]
    to: Option<Month>,
    /// The file to write, such as report.html
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Sections by outcome, or by the recommendation that the measures answer
    #[arg(long, value_enum)]
    by: Option<Sections>,
    /// Whose report it is, above the title
    #[arg(long, value_name = "NAME")]
    authority: Option<String>,
    #[command(flatten)]
    published: PublishAsked,
    /// The groups of the results too, by sex, age, team and so on, as without `report`
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    breakdown: Vec<String>,
    #[command(flatten)]
    charts: ChartsAsked,
    /// The targets of measures: a JSON object by measure id
    #[arg(long, value_name = "FILE")]
    targets: Option<PathBuf>,
}

/// Where a report for a board goes, and what it says besides the figures.
#[derive(Debug)]
pub(crate) struct ReportTo {
    pub(crate) out: PathBuf,
    pub(crate) authority: Option<String>,
}

/// How to write the report of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// To be read
    Table,
    /// One object
    Json,
    /// A page for a browser
    Html,
}

/// How to write what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DueFormat {
    /// To be read
    Table,
    /// One object, with every obligation for itself
    Json,
    /// One row a line
    Csv,
    /// A page for a browser, to be printed
    Html,
    /// A workbook of Excel, which needs --out
    Xlsx,
}

#[cfg(feature = "returns")]
fn choice(text: &str) -> Result<(Table, SourceKind), String> {
    let (table, source) =
        text.split_once('=').ok_or("write it as TABLE=SOURCE, such as persons=cin_census")?;
    let table = Table::by_name(table).map_err(|error| error.to_string())?;
    let source = source.parse().map_err(|error: ParseSourceKindError| error.to_string())?;
    Ok((table, source))
}

fn outcome(name: &str) -> Result<Outcome, String> {
    let found = Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == name);
    found.ok_or_else(|| {
        let known = Outcome::ALL.map(Outcome::as_str).join(", ");
        format!("unknown outcome `{name}`; expected one of {known}")
    })
}

/// A number of bytes, or of KiB, MiB or GiB.
fn size(text: &str) -> Result<u64, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let times = match unit.trim() {
        "" | "B" => Some(1),
        "KiB" => Some(1 << 10),
        "MiB" => Some(1 << 20),
        "GiB" => Some(1 << 30),
        _ => None,
    };
    let bytes = number.parse::<u64>().ok().zip(times).and_then(|(number, times)| number.checked_mul(times));
    bytes.ok_or_else(|| "expected a number of bytes, KiB, MiB or GiB, such as 512MiB".to_owned())
}

fn rag(name: &str) -> Result<Rag, String> {
    let found = Rag::ALL.into_iter().find(|rag| rag.as_str() == name);
    found.ok_or_else(|| format!("unknown colour `{name}`; expected red, amber or green"))
}

/// What the sections are.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sections {
    /// The outcomes of the plan
    Outcome,
    /// The recommendations that the plan answers
    Recommendation,
}

/// What keeps published figures safe.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Safe {
    /// Figures of 1 to 5 cases are hidden, and those that would tell them
    Suppression,
    /// Every figure is rounded
    Rounding,
}

/// What a published figure is of.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PeriodOf {
    /// A month
    Month,
    /// A quarter
    Quarter,
    /// A financial year
    Year,
}

/// What is published, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Publish {
    pub(crate) publishing: Publishing,
    /// Whether it is the audit that is wanted.
    pub(crate) audit: bool,
}

impl Publish {
    fn new(asked: PublishAsked, audit: bool) -> Option<Self> {
        let mut publishing = Publishing::default();
        match asked.protection {
            Some(Safe::Suppression) | None => {}
            Some(Safe::Rounding) => publishing.protection = Protection::Rounding,
        }
        publishing.publish_period = match asked.publish_period {
            Some(PeriodOf::Month) | None => PublishPeriod::Month,
            Some(PeriodOf::Quarter) => PublishPeriod::Quarter,
            Some(PeriodOf::Year) => PublishPeriod::Year,
        };
        if let Some(least) = asked.rounding_least {
            publishing.rounding_least = least;
        }
        asked.publish.then_some(Self { publishing, audit })
    }
}

/// What happens to columns that a table does not know.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Unknown {
    /// They are not read, and those that nearly have the name of an absent one are listed on standard error
    Warn,
    /// The table is refused
    Error,
    /// They are not read
    Ignore,
}

/// How to write the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// To be read
    Table,
    /// One object
    Json,
    /// One row a result, or a case
    Csv,
    /// A workbook of Excel, which needs --out
    Xlsx,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    /// The scorecard of a run of months; of the sample authority they may be left out.
    Months { from: Option<Month>, to: Option<Month> },
    /// The cases of measures in a run of months.
    Cases { measures: Vec<String>, from: Month, to: Month, only: Only },
    /// Why a figure moved between two months.
    Change { measure: String, from: Month, to: Month },
    /// What earlier data said otherwise of a run of months.
    Compare { before: Vec<PathBuf>, from: Month, to: Month },
    /// What is due as at a date.
    Due { as_at: NaiveDate, filter: DueFilter },
    /// The same as a team works through it; of the sample authority the day may be left out.
    Morning { day: Option<NaiveDate>, filter: DueFilter, format: DueFormat },
    /// What is due to one child as at a date.
    Person { as_at: NaiveDate, id: String },
    /// What is wrong with the data.
    Check { days: QualityDays, format: CheckFormat },
}

/// The cases that are listed; empty lists leave none out.
#[derive(Clone, Debug)]
pub(crate) struct Only {
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) teams: Vec<String>,
}

impl Only {
    /// Whether a case is one of those that are listed.
    pub(crate) fn keeps(&self, case: &Case) -> bool {
        (self.outcomes.is_empty() || self.outcomes.contains(&case.outcome))
            && (self.teams.is_empty() || self.teams.iter().any(|team| case.is_of_team(team)))
    }
}

/// What the program is called for.
#[derive(Debug)]
pub(crate) enum Call {
    /// For help, or its version.
    Help(clap::Error),
    /// To print a plan, by its id or the file that it is in; without either, to list those that are built in.
    Plan(Option<String>),
    /// To print a text that is made of the options themselves.
    Text(Vec<u8>),
    /// To work something out.
    Data(Box<Request>),
}

/// What is to be worked out, and how it is to be written.
#[derive(Debug)]
pub(crate) struct Request {
    /// Empty: the sample authority.
    pub(crate) data: Vec<PathBuf>,
    #[cfg(feature = "returns")]
    pub(crate) choices: Vec<(Table, SourceKind)>,
    /// The day of an Annex A workbook.
    #[cfg(feature = "returns")]
    pub(crate) data_as_at: Option<NaiveDate>,
    pub(crate) ask: Ask,
    pub(crate) by: Option<SectionBy>,
    /// `None`: everything is for the council itself.
    pub(crate) publish: Option<Publish>,
    pub(crate) breakdown: Vec<String>,
    pub(crate) signals: SignalsAsked,
    /// A report for a board instead of what is printed.
    pub(crate) report: Option<ReportTo>,
    /// A plan by its id, or the file of one.
    pub(crate) plan: Option<String>,
    pub(crate) targets: Option<PathBuf>,
    pub(crate) policy: Option<PathBuf>,
    pub(crate) closures: Option<PathBuf>,
    pub(crate) dates: Dates,
    pub(crate) extract_day: Option<NaiveDate>,
    pub(crate) unknown_columns: UnknownColumns,
    pub(crate) columns: Option<PathBuf>,
    pub(crate) format: Format,
    /// The file to write; `None`: standard output.
    pub(crate) out: Option<PathBuf>,
    /// Whether a workbook has its lists of children.
    pub(crate) lists: bool,
    /// How texts are written as CSV.
    pub(crate) texts: Texts,
    pub(crate) memory_limit: u64,
    /// Whether standard error has nothing but what stops the run.
    pub(crate) is_quiet: bool,
}

impl Call {
    /// Reads the command line.
    pub(crate) fn from_command_line() -> Result<Self, Stop> {
        let line = match CommandLine::try_parse() {
            Ok(line) => line,
            Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
                return Ok(Self::Help(error));
            }
            Err(error) => return Err(Stop::unusable(in_a_line(&error.to_string()))),
        };
        match line.command {
            Some(Command::Plan { name }) => Ok(Self::Plan(name)),
            Some(Command::Completions { shell }) => Ok(Self::Text(completions(shell))),
            Some(Command::Check(check)) => {
                let mut days = QualityDays::default();
                (days.from, days.to, days.as_at) = (check.from, check.to, check.day);
                let ask = Ask::Check { days, format: check.format };
                Ok(Self::Data(Box::new(check.reading.request(ask)?)))
            }
            Some(Command::Report(report)) => Ok(Self::Data(Box::new(report.request()?))),
            Some(Command::Due(due)) => Ok(Self::Data(Box::new(due.request()?))),
            Some(Command::Scorecard(asked)) => Ok(Self::Data(Box::new(asked.request()?))),
            None => Ok(Self::Data(Box::new(line.asked.request()?))),
        }
    }
}

impl Asked {
    fn request(self) -> Result<Request, Stop> {
        let publish = Publish::new(self.published, self.audit);
        let line = self;
        let Asked { reading, from, to, by, breakdown, signals, targets, format, out, without_lists, .. } =
            line;
        let texts = texts(line.raw_csv);
        let ask = match (line.due, line.person) {
            (Some(as_at), Some(id)) => Ask::Person { as_at, id },
            (Some(as_at), None) => {
                let filter = due_filter(line.within, line.rag, line.clock, line.team);
                Ask::Due { as_at, filter }
            }
            _ if !line.explain.is_empty() => {
                let (from, to) = line.month.map_or((from, to), |month| (Some(month), Some(month)));
                let (Some(from), Some(to)) = (from, to) else {
                    return Err(Stop::unusable(
                        "--explain needs a month, such as --month 2017-03, or a run of them, such as \
                         --from 2016-04 --to 2017-03",
                    ));
                };
                let only = Only { outcomes: line.outcome, teams: line.team };
                Ask::Cases { measures: line.explain, from, to, only }
            }
            _ if !line.team.is_empty() => {
                return Err(Stop::unusable("--team is of a due list or of cases: give --due or --explain"));
            }
            _ => match (line.change, from, to) {
                (Some(measure), Some(from), Some(to)) => Ask::Change { measure, from, to },
                (None, Some(from), Some(to)) if !line.compare.is_empty() => {
                    Ask::Compare { before: line.compare, from, to }
                }
                _ => Ask::Months { from, to },
            },
        };
        let has_dates = !matches!(ask, Ask::Months { from: None, .. } | Ask::Months { to: None, .. });
        if !reading.data.is_empty() && !has_dates {
            return Err(Stop::unusable(
                "--data needs a run of months, such as --from 2016-04 --to 2017-03, one measure and month, \
                 such as --explain O3.M4 --month 2017-03, or a date, such as --due 2017-03-31",
            ));
        }
        if format == Format::Xlsx {
            if !matches!(ask, Ask::Months { .. }) || line.audit {
                return Err(Stop::unusable(
                    "--format xlsx is of a scorecard, and has its cases and what is due: leave out --explain, --change, \
                     --compare, --due and --audit; `csc-measures due` writes a workbook of what is due alone",
                ));
            }
            workbook_goes(out.as_ref())?;
        } else if without_lists {
            return Err(Stop::unusable("--without-lists is of a workbook: give --format xlsx"));
        }
        Ok(Request {
            by: by.map(SectionBy::from),
            publish,
            breakdown,
            signals,
            targets,
            format,
            out,
            lists: !without_lists,
            texts,
            ..reading.request(ask)?
        })
    }
}

impl Due {
    fn request(self) -> Result<Request, Stop> {
        if !self.reading.data.is_empty() && self.day.is_none() {
            return Err(Stop::unusable("due: --data needs a day, such as --day 2017-03-31"));
        }
        if self.format == DueFormat::Xlsx {
            workbook_goes(self.out.as_ref())?;
        } else if self.without_lists {
            return Err(Stop::unusable("--without-lists is of a workbook: give --format xlsx"));
        }
        let filter = due_filter(self.within, self.rag, self.clock, self.team);
        let ask = Ask::Morning { day: self.day, filter, format: self.format };
        Ok(Request {
            out: self.out,
            lists: !self.without_lists,
            texts: texts(self.raw_csv),
            ..self.reading.request(ask)?
        })
    }
}

/// A terminal cannot show a workbook: it needs a file.
fn workbook_goes(out: Option<&PathBuf>) -> Result<(), Stop> {
    match out {
        Some(_) => Ok(()),
        None => Err(Stop::unusable("--format xlsx needs a file to write, such as --out measures.xlsx")),
    }
}

fn texts(is_raw: bool) -> Texts {
    if is_raw { Texts::Raw } else { Texts::Guarded }
}

/// What is listed of what is due; what was not given lets everything through.
fn due_filter(within: Option<u32>, rag: Vec<Rag>, clock: Vec<Clock>, team: Vec<String>) -> DueFilter {
    let mut filter = DueFilter::default();
    filter.within = within;
    filter.rag = (!rag.is_empty()).then_some(rag);
    filter.clocks = (!clock.is_empty()).then_some(clock);
    filter.teams = (!team.is_empty()).then(|| team.into_iter().map(Some).collect());
    filter
}

impl From<Sections> for SectionBy {
    fn from(sections: Sections) -> Self {
        match sections {
            Sections::Outcome => Self::Outcome,
            Sections::Recommendation => Self::Recommendation,
        }
    }
}

impl Report {
    fn request(self) -> Result<Request, Stop> {
        let Some(out) = self.out else {
            return Err(Stop::unusable("report needs a file to write, such as --out report.html"));
        };
        if !self.reading.data.is_empty() && (self.from.is_none() || self.to.is_none()) {
            return Err(Stop::unusable(
                "report: --data needs a run of months, such as --from 2015-04 --to 2017-03",
            ));
        }
        let ask = Ask::Months { from: self.from, to: self.to };
        Ok(Request {
            by: self.by.map(SectionBy::from),
            publish: Publish::new(self.published, false),
            breakdown: self.breakdown,
            signals: self.charts.into(),
            targets: self.targets,
            report: Some(ReportTo { out, authority: self.authority }),
            ..self.reading.request(ask)?
        })
    }
}

impl Reading {
    /// What is asked of the data, with nothing besides.
    fn request(self, ask: Ask) -> Result<Request, Stop> {
        if cfg!(not(feature = "returns")) && self.data.len() > 1 {
            return Err(Stop::unusable(
                "this program was built without the feature `returns`, and reads one folder: give --data once",
            ));
        }
        let dates = self
            .dates
            .join(",")
            .parse()
            .map_err(|error: DatesError| Stop::unusable(format!("--dates: {error}")))?;
        let unknown_columns = match self.unknown_columns {
            Unknown::Warn => UnknownColumns::Warn,
            Unknown::Error => UnknownColumns::Error,
            Unknown::Ignore => UnknownColumns::Ignore,
        };
        Ok(Request {
            data: self.data,
            #[cfg(feature = "returns")]
            choices: self.choose,
            #[cfg(feature = "returns")]
            data_as_at: self.as_at,
            ask,
            by: None,
            publish: None,
            breakdown: Vec::new(),
            signals: SignalsAsked::NONE,
            report: None,
            plan: self.plan,
            targets: None,
            policy: self.policy,
            closures: self.closures,
            dates,
            extract_day: self.extract_day,
            unknown_columns,
            columns: self.columns,
            format: Format::Table,
            out: None,
            lists: true,
            texts: Texts::Guarded,
            memory_limit: self.memory_limit,
            is_quiet: self.quiet,
        })
    }
}

/// What is wrong with the command line, without the usage that follows after a blank line.
fn in_a_line(message: &str) -> String {
    let first = message.lines().take_while(|line| !line.trim().is_empty());
    let line = first.map(str::trim).collect::<Vec<_>>().join(" ");
    format!("{}; see --help", line.strip_prefix("error: ").unwrap_or(&line))
}

/// What a shell completes. It is made before it is written: what cannot be written is an error here, and not there.
fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CommandLine::command(), crate::stop::NAME, &mut script);
    script
}
