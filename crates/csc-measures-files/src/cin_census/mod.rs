//! The children in need census: an XML file a year, from 2021 on, with dates as `YYYY-MM-DD`.

mod bounded;
mod census;
mod tables;
mod years;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use csc_measures::{Dataset, DateForm};

use crate::ReadError;
use census::{Census, Child};

/// The children of one census or of several.
#[derive(Debug, Default)]
struct Children {
    /// By id: the child of each file that has one, the latest census last.
    by_id: BTreeMap<String, Vec<Child>>,
}

/// Reads the children in need census of one year or of several, in whatever order they are given.
///
/// Referrals, assessments, enquiries under section 47, initial conferences, children in need plans, child
/// protection plans and their reviews are read. A census tells what is of its year. Where
/// several have the referral of a child on a day, its closing is that of the latest; of its assessments, enquiries
/// and plans each is known by the day it began, and stands as the latest has it that tells it. An initial conference that is told of the referral itself, as of a
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
    let mut files: Vec<Census> = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let failed = |error| ReadError::File { file: name.clone(), error };
        files.push(census::read(File::open(path).map_err(failed)?, &name)?);
    }
    if files.is_empty() {
        return Err(ReadError::Xml { file: "CIN census".to_owned(), message: "no file is given".to_owned() });
    }
    files.sort_by(|a, b| (&a.year, &a.name).cmp(&(&b.year, &b.name)));

    let mut children = Children::default();
    for child in files.into_iter().flat_map(|file| file.children) {
        children.add(child);
    }
    let mut builder = Dataset::builder();
    builder.date_form(DateForm::Iso);
    for table in tables::tables(&children) {
        let error = |error| ReadError::Table { file: "CIN census".to_owned(), error };
        table.add_to(&mut builder).map_err(error)?;
    }
    Ok(builder.build())
}

impl Children {
    fn add(&mut self, mut child: Child) {
        let same = self.by_id.entry(child.id.text().to_owned()).or_default();
        // A later census tells a referral anew, with what is of its own year.
        for earlier in same.iter_mut().filter(|earlier| earlier.id.source != child.id.source) {
            let told_before = std::mem::take(&mut earlier.referrals);
            for referral in told_before {
                match child.referrals.iter_mut().find(|later| later.date.text() == referral.date.text()) {
                    Some(later) => later.follow(referral),
                    None => earlier.referrals.push(referral),
                }
            }
        }
        same.push(child);
    }

    fn iter(&self) -> impl Iterator<Item = &Child> {
        self.by_id.values().flatten()
    }
}
