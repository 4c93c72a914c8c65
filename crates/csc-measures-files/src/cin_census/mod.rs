//! The children in need census: an XML file a year, from 2021 on, with dates as `YYYY-MM-DD`.

mod bounded;
mod census;
mod tables;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use csc_measures::{Dataset, DateForm};

use crate::ReadError;
use crate::derived::{self, Derived};
use crate::input::{self, Watched};
use census::{Census, Child, Referral};

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Iso;

/// The children of one census or of several.
#[derive(Debug, Default)]
pub(crate) struct Children {
    /// By id: the child of each file that has one, the latest census last.
    by_id: BTreeMap<String, Vec<Child>>,
}

/// Reads the children in need census of one year or of several, in whatever order they are given.
///
/// Referrals, assessments, enquiries under section 47, initial conferences, children in need plans, child
/// protection plans and their reviews are read. Where several censuses have the referral of a child on a day, all
/// that the latest says of it stands. An initial conference that is told of the referral itself, as of a
/// child who came with a plan from another authority, has no enquiry: its time is not known. What a file says beyond
/// that feeds no measure. A document type with entities, or anything but UTF-8, is an error.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// let census = "<Message><Header><CollectionDetails><Year>2017</Year></CollectionDetails></Header><Children><Child>
///     <ChildIdentifiers><LAchildID>C1</LAchildID><PersonBirthDate>2010-02-01</PersonBirthDate></ChildIdentifiers>
///     <CINdetails><CINreferralDate>2017-01-03</CINreferralDate><Assessments>
///         <AssessmentActualStartDate>2017-01-04</AssessmentActualStartDate>
///         <AssessmentAuthorisationDate>2017-03-09</AssessmentAuthorisationDate>
///     </Assessments></CINdetails>
/// </Child></Children></Message>";
/// let path = folder.path().join("census.xml");
/// std::fs::write(&path, census)?;
///
/// let march = "2017-03".parse()?;
/// let dataset = csc_measures_files::read_cin_census([path])?;
/// let card = dataset.scorecard(march, march, &Default::default())?;
/// // 46 working days
/// assert_eq!(card.result("O2.M3", march).unwrap().value.unwrap().to_string(), "0.0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A file that cannot be read, or is no census; no file at all.
pub fn read_cin_census(paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Dataset, ReadError> {
    let mut files: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_owned()).collect();
    files.dedup();
    if files.is_empty() {
        return Err(ReadError::Xml { file: "CIN census".to_owned(), message: "no file is given".to_owned() });
    }
    let children = Children::read(&files, &mut |_, _| ())?;
    derived::dataset(FORM, &children.tables(), "CIN census")
}

impl Children {
    /// Reads files of one census or of several. `tell` hears how many bytes of which file were read.
    pub(crate) fn read(paths: &[PathBuf], tell: &mut dyn FnMut(&str, u64)) -> Result<Self, ReadError> {
        let mut files: Vec<Census> = Vec::new();
        for path in paths {
            let (name, input) = input::open(path)?;
            files.push(census::read(Watched::new(input, &mut |bytes| tell(&name, bytes)), &name)?);
        }
        files.sort_by(|a, b| (&a.year, &a.name).cmp(&(&b.year, &b.name)));
        let mut children = Self::default();
        for child in files.into_iter().flat_map(|file| file.children) {
            children.add(child);
        }
        Ok(children)
    }

    /// The tables that are made of them.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        tables::tables(self)
    }

    fn add(&mut self, child: Child) {
        let same = self.by_id.entry(child.id.text().to_owned()).or_default();
        // A later census tells a referral anew.
        for earlier in same.iter_mut().filter(|earlier| earlier.id.source != child.id.source) {
            earlier
                .referrals
                .retain(|referral| !child.referrals.iter().any(|other| is_same(referral, other)));
        }
        same.push(child);
    }

    fn iter(&self) -> impl Iterator<Item = &Child> {
        self.by_id.values().flatten()
    }
}

fn is_same(a: &Referral, b: &Referral) -> bool {
    a.date.text() == b.date.text()
}
