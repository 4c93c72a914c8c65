//! The first sheet: whose figures these are, whether anybody may read them, and what is where.

use csc_measures::due::DueList;
use csc_measures::plan::{Definitions, Plan};
use csc_measures::{Policy, Protection, Published, Scorecard};

use crate::book::Book;
use crate::cell::Cell;
use crate::error::WorkbookError;
use crate::figures::Figures;
use crate::options::WorkbookOptions;
use crate::words::day;

/// What is said of each sheet.
const SHEETS: [(&str, &str); 10] = [
    (
        "Results",
        "a row for each measure and month; the change is from the period before, and a signal says that it is more than the measure's own ups and downs",
    ),
    ("By month", "a row for each measure, a column for each month"),
    (
        "Groups",
        "the groups of the breakdown, each with its 95 % interval and its place in the funnel of the whole",
    ),
    (
        "Cases",
        "the cases behind the last figure of each measure, by team and measure; of a case that is not done, the last date is that of the time before",
    ),
    (
        "Due",
        "a line for each thing to be done: what is overdue first, the children to be seen before papers, the oldest first; then what is to come",
    ),
    ("Due by team", "how much there is to be done, by team"),
    ("Due by worker", "how much there is to be done, by worker"),
    (
        "Data quality",
        "what is wrong with the data, with the measures that it touches and how many cases of the last month in which it does",
    ),
    ("Tables", "what became of the rows of each table"),
    ("Issues", "each issue of the data, with its row"),
];

/// What the first sheet says.
pub(crate) struct About {
    title: String,
    lines: Vec<(String, Cell)>,
}

impl About {
    /// Of a scorecard, for the council itself.
    pub(crate) fn of_scorecard(
        card: &Scorecard,
        figures: &Figures<'_>,
        options: &WorkbookOptions,
        has_cases: bool,
    ) -> Self {
        let standing = match (has_cases, options.lists) {
            (true, true) => {
                "Internal: not for publication. It lists children by their ids, and has figures of any number of cases."
            }
            (true, false) => {
                "Internal: not for publication. It has figures of any number of cases; the lists of children are left out."
            }
            (false, _) => {
                "Internal: not for publication. It has figures of any number of cases; its parts were put together \
                 without their cases, and so it lists neither those nor what is due."
            }
        };
        let mut about = Self::new(figures.plan.title(), options, standing);
        about.months(figures);
        about.policies(card.policy(), Some(card.plan()));
        about.definitions(&card.definitions());
        about
    }

    /// Of what anybody may read.
    pub(crate) fn of_published(
        figures: &Figures<'_>,
        published: &Published,
        options: &WorkbookOptions,
    ) -> Self {
        let standing = match published.publishing().protection {
            Protection::Rounding => "Published: figures rounded, small numbers hidden.",
            _ => "Published: small numbers hidden.",
        };
        let mut about = Self::new(figures.plan.title(), options, standing);
        about.months(figures);
        about.add("Hidden", Cell::count(published.hidden()));
        for note in published.notes() {
            about.add("Note", Cell::text(*note));
        }
        about.policies(published.policy(), Some(published.plan()));
        about.definitions(&published.definitions());
        about
    }

    /// Of a due list.
    pub(crate) fn of_due_list(list: &DueList, options: &WorkbookOptions) -> Self {
        let standing = if options.lists {
            "Internal: not for publication. It lists children by their ids."
        } else {
            "Internal: not for publication. It has sums of any number of children; the lists are left out."
        };
        let mut about = Self::new(&format!("What is due as at {}", day(list.as_at)), options, standing);
        about.due(list);
        about.policies(&list.policy, list.plan_definition.as_ref());
        about.definitions(&list.definitions);
        about
    }

    fn new(title: &str, options: &WorkbookOptions, standing: &str) -> Self {
        let mut about = Self { title: title.to_owned(), lines: Vec::new() };
        if let Some(authority) = &options.authority {
            about.add("Authority", Cell::text(authority.as_str()));
        }
        about.add("Standing", Cell::text(standing));
        about
    }

    /// The policies that are not the defaults: of the call, and of rows of the plan.
    fn policies(&mut self, policy: &Policy, plan: Option<&Plan>) {
        let changes = policy.changes();
        if changes.is_empty() {
            self.add("Policies", Cell::text("the defaults"));
        }
        for (key, value) in changes {
            self.add("Policy", Cell::text(format!("{key} = {value}")));
        }
        let rows = plan.into_iter().flat_map(Plan::rows).filter(|row| row.is_printed());
        for row in rows {
            for (key, value) in row.own_policies() {
                self.add("Policy", Cell::text(format!("of {}: {key} = {value}", row.id())));
            }
        }
    }

    fn add(&mut self, name: &str, cell: Cell) {
        self.lines.push((name.to_owned(), cell));
    }

    fn months(&mut self, figures: &Figures<'_>) {
        self.add("From", Cell::Month(figures.from));
        self.add("To", Cell::Month(figures.to));
    }

    /// The day of what is due, and what of it cannot be said.
    pub(crate) fn due(&mut self, list: &DueList) {
        self.add("Due as at", Cell::Day(list.as_at));
        for gap in &list.not_supplied {
            let needs = gap.missing_tables.join(", ");
            self.add("Not looked at", Cell::text(format!("{}: it needs {needs}", gap.measure)));
        }
        if !list.warnings.is_empty() {
            self.add("Warnings", Cell::text(list.warnings.join("; ")));
        }
    }

    fn definitions(&mut self, definitions: &Definitions) {
        let plan = definitions.plan();
        let plan = format!("{}, edition {}", plan.id(), plan.edition());
        self.add("Plan", Cell::text(plan));
    }

    /// Writes it in front of the sheets, each of which it names.
    pub(crate) fn write(mut self, book: &mut Book) -> Result<(), WorkbookError> {
        for name in book.names() {
            let about = SHEETS.iter().find(|(sheet, _)| *sheet == name);
            let about = about.map_or("goes on from the sheet before", |(_, about)| about);
            self.lines.push((format!("Sheet {name}"), Cell::text(about)));
        }
        book.page("About", &self.title, &self.lines)
    }
}
