//! A workforce census as it stands in its file: a worker at a time.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use csc_measures::DateForm;

use crate::input::{self, Watched};
use crate::memory::Memory;
use crate::misspelt::is_nearly;
use crate::xml_elements::{self, Elements};
use crate::{IgnoredFile, ReadError};

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Iso;

/// The element of a worker.
pub(super) const WORKER: &str = "CSWWWorker";
pub(super) const ID: &str = "SWENo";
pub(super) const AGENCY: &str = "AgencyWorker";
pub(super) const FTE: &str = "FTE";
pub(super) const FTE_30: &str = "FTE30";
pub(super) const START: &str = "RoleStartDate";
pub(super) const END: &str = "RoleEndDate";
pub(super) const CASES: &str = "Cases30";
pub(super) const ABSENT: &str = "Absat30Sept";
pub(super) const LEFT_FOR: &str = "ReasonLeave";

/// What is read of a worker.
const READ: [&str; 9] = [ID, AGENCY, FTE, FTE_30, START, END, CASES, ABSENT, LEFT_FOR];
/// What no measure reads.
const UNREAD: [&str; 14] = [
    "CFKSSstatus",
    "ContractWeeks",
    "Ethnicity",
    "FrontlineGrad",
    "GenderCurrent",
    "LeaverDestination",
    "OrgRole",
    "PersonBirthDate",
    "QualInst",
    "QualLevel",
    "ReasonAbsence",
    "StartOrigin",
    "StepUpGrad",
    "WorkingDaysLost",
];
/// How many other elements of workers are reported.
const MOST_UNREAD: usize = 20;

/// The workers of a census.
#[derive(Debug)]
pub(crate) struct Census {
    /// The file and the element of a worker.
    pub(super) source: String,
    pub(super) workers: Vec<Worker>,
    /// 30 September of its year.
    pub(crate) as_at: NaiveDate,
    /// The places of elements that are misplaced or misspelt: by the file and the element, how many there are.
    pub(super) faults: Vec<(String, u64)>,
    /// Elements of workers that are not read, and not known.
    pub(crate) ignored: Vec<IgnoredFile>,
}

/// The texts of a worker, by the elements that are read.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worker(BTreeMap<&'static str, Vec<String>>);

impl Worker {
    /// What stands in an element; several, if it stands there more than once.
    pub(super) fn texts(&self, element: &str) -> &[String] {
        self.0.get(element).map_or(&[], Vec::as_slice)
    }
}

impl Census {
    /// Reads a file. `tell` hears how many bytes of it were read.
    pub(crate) fn read(
        path: &Path,
        memory: &Memory,
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let (name, input) = input::open_text(path)?;
        let mut builder = Builder::default();
        let mut tell = |bytes| tell(&name, bytes);
        xml_elements::read(Watched::new(input, &mut tell), &name, memory, &mut builder)?;
        let failed = |message: &str| ReadError::Xml { file: name.clone(), message: message.to_owned() };
        if !builder.is_census {
            return Err(failed(
                "it is not a social work workforce census: it has no `CSWWWorker` in its `Message`",
            ));
        }
        let as_at = builder.as_at().ok_or_else(|| {
            failed("it does not say of which year it is: `Year` in `CollectionDetails` is not a year")
        })?;
        let unread = builder.unread.into_iter().map(|element| IgnoredFile {
            name: format!("{name}: {element}"),
            reason: "no measure reads the element".to_owned(),
            looks_like_table: false,
        });
        Ok(Self {
            faults: builder
                .faults
                .into_iter()
                .map(|(element, count)| (format!("{name}: {element}"), count))
                .collect(),
            source: format!("{name}: {WORKER}"),
            ignored: unread.collect(),
            workers: builder.workers,
            as_at,
        })
    }
}

/// Puts workers together from elements as they open and close.
#[derive(Debug, Default)]
struct Builder {
    /// The elements that are open.
    path: Vec<String>,
    /// The text of the innermost.
    text: String,
    years: Vec<String>,
    is_census: bool,
    workers: Vec<Worker>,
    unread: Vec<String>,
    /// Elements that are not in their place, or nearly called as one that is read: by name, and how many.
    faults: BTreeMap<String, u64>,
    held: u64,
}

impl Builder {
    /// 30 September of the year that the header tells; `None` if it tells none, or several.
    fn as_at(&self) -> Option<NaiveDate> {
        let [year] = self.years.as_slice() else { return None };
        let is_year = year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
        NaiveDate::from_ymd_opt(year.parse().ok().filter(|_| is_year)?, 9, 30)
    }

    fn fault(&mut self, element: &str) {
        // The names are those that are read, and few others are near them.
        *self.faults.entry(element.to_owned()).or_default() += 1;
    }

    fn outer(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

impl Elements for Builder {
    fn open(&mut self, element: String) {
        self.text.clear();
        let is_of_message = self.outer() == "Message";
        if is_of_message && element == WORKER {
            self.workers.push(Worker::default());
            // A map takes some memory of its own.
            self.held += 2 * size_of::<Worker>() as u64;
        }
        let is_worker = element == WORKER && !is_of_message;
        let is_nearly_worker = is_of_message && element != WORKER && is_nearly(&element, WORKER);
        let is_lost = self.outer() != WORKER && READ.contains(&element.as_str());
        if is_worker || is_nearly_worker || is_lost {
            self.fault(&element);
        }
        self.is_census |= is_of_message && (element == WORKER || element == "LALevelVacancies");
        self.path.push(element);
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn close(&mut self) {
        let Some(element) = self.path.pop() else { return };
        let text = std::mem::take(&mut self.text).trim().to_owned();
        match self.outer() {
            "CollectionDetails" if element == "Year" => self.years.push(text),
            WORKER => {
                let read = READ.into_iter().find(|read| *read == element);
                match (read, self.workers.last_mut()) {
                    (Some(read), Some(worker)) => {
                        self.held += (text.len() + 4 * size_of::<String>()) as u64;
                        worker.0.entry(read).or_default().push(text);
                    }
                    _ if READ.iter().any(|read| is_nearly(&element, read))
                        && !UNREAD.contains(&element.as_str()) =>
                    {
                        self.fault(&element);
                    }
                    _ if UNREAD.contains(&element.as_str()) || self.unread.contains(&element) => {}
                    _ if self.unread.len() < MOST_UNREAD => self.unread.push(element),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn held(&mut self) -> u64 {
        std::mem::take(&mut self.held)
    }
}
