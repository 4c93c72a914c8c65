//! The parts of a workbook before it is read: what they unpack to, and whether each cell that names a shared text
//! names one that is there. The decoder takes the first text for a number that it cannot read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The most that a part of a workbook may unpack to, and all of them: a list has some thousands of rows.
const MOST_BYTES: u64 = 256 << 20;
const MOST_BYTES_OF_ALL: u64 = 1 << 30;
/// The most parts that a workbook may have.
const MOST_PARTS: usize = 10_000;

const NO_WORKBOOK: &str = "it is not an Excel workbook (xlsx), or is damaged or encrypted";
const INVALID: &str = "it is not a valid Excel workbook (xlsx)";

/// Unpacks every part once: what a file says of its sizes need not be so.
pub(super) fn check(file: &File) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| NO_WORKBOOK.to_owned())?;
    if archive.len() > MOST_PARTS {
        return Err(format!("it has more than {MOST_PARTS} parts"));
    }
    let mut left = MOST_BYTES_OF_ALL;
    let mut shared = 0;
    let mut named: Vec<(String, Named)> = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| NO_WORKBOOK.to_owned())?;
        let name = part.name().map_err(|_| NO_WORKBOOK.to_owned())?.into_owned();
        let most = left.min(MOST_BYTES);
        let mut part = BufReader::new(part.take(most + 1));
        match read(&mut part)? {
            Some(Part::Texts(texts)) => shared = shared.max(texts),
            Some(Part::Sheet(greatest)) => named.extend(greatest.map(|greatest| (name, greatest))),
            None => {}
        }
        io::copy(&mut part, &mut io::sink()).map_err(|_| NO_WORKBOOK.to_owned())?;
        let size = (most + 1) - part.into_inner().limit();
        if size > most {
            return Err("it unpacks to more than any workbook of lists has".to_owned());
        }
        left -= size;
    }
    match named.into_iter().find(|(_, greatest)| greatest.text.is_none_or(|text| text >= shared)) {
        Some((part, Named { cell, .. })) => {
            Err(format!("part `{part}`: {cell} names a shared text that is not there"))
        }
        None => Ok(()),
    }
}

/// What a part is, if cells name texts by it.
enum Part {
    /// So many shared texts.
    Texts(u64),
    /// A sheet, with the greatest number of a shared text that it names.
    Sheet(Option<Named>),
}

/// A shared text that a cell names.
#[derive(Clone, Debug)]
struct Named {
    /// Its number; `None` if it is not a number.
    text: Option<u64>,
    cell: String,
}

/// Reads a part if it is the shared texts or a sheet, by its outermost element.
fn read(part: &mut impl BufRead) -> Result<Option<Part>, String> {
    loop {
        let begin = part.fill_buf().map_err(|_| NO_WORKBOOK.to_owned())?;
        let mark = if begin.starts_with("\u{feff}".as_bytes()) { "\u{feff}".len() } else { 0 };
        let rest = begin.get(mark..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_ascii_start().len();
        let (is_end, first) = (begin.is_empty(), rest.get(blanks).copied());
        part.consume(mark + blanks);
        match first {
            Some(b'<') => break,
            Some(_) => return Ok(None),
            None if is_end => return Ok(None),
            None => {}
        }
    }
    let mut xml = Reader::from_reader(part);
    let config = xml.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "sst" => {
                return texts(&mut xml).map(|texts| Some(Part::Texts(texts)));
            }
            Ok(Event::Start(element)) if element.local_name().as_ref() == "worksheet" => {
                return sheet(&mut xml).map(|greatest| Some(Part::Sheet(greatest)));
            }
            // Drawings and the like are not read, and need not be XML to their ends.
            Ok(Event::Start(_) | Event::Eof) | Err(_) => return Ok(None),
            Ok(_) => {}
        }
    }
}

fn texts(xml: &mut Reader<impl BufRead>) -> Result<u64, String> {
    let mut buffer = Vec::new();
    let mut count = 0;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| INVALID.to_owned())? {
            Event::Start(element) if element.local_name().as_ref() == "si" => count += 1,
            Event::Eof => return Ok(count),
            _ => {}
        }
    }
}

fn sheet(xml: &mut Reader<impl BufRead>) -> Result<Option<Named>, String> {
    let mut buffer = Vec::new();
    let mut greatest: Option<Named> = None;
    // The cell that is open, if it names a shared text, and the number as far as it was read.
    let mut cell: Option<String> = None;
    let mut number: Option<String> = None;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| INVALID.to_owned())? {
            Event::Start(element) => match element.local_name().as_ref() {
                "c" => cell = shared_cell(&element),
                "v" => number = cell.is_some().then(String::new),
                _ => {}
            },
            Event::Text(text) => {
                if let Some(number) = &mut number {
                    number.push_str(text.as_ref());
                }
            }
            Event::CData(_) | Event::GeneralRef(_) => {
                // Nobody writes a number so.
                if let Some(number) = &mut number {
                    number.push('?');
                }
            }
            Event::End(element) => match element.local_name().as_ref() {
                "v" => {
                    if let (Some(cell), Some(number)) = (&cell, number.take())
                        && !number.trim().is_empty()
                    {
                        let is_number = number.trim().bytes().all(|digit| digit.is_ascii_digit());
                        let text = number.trim().parse().ok().filter(|_| is_number);
                        let is_greater = |so_far: &Named| match (so_far.text, text) {
                            (None, _) => false,
                            (Some(_), None) => true,
                            (Some(so_far), Some(text)) => text > so_far,
                        };
                        if greatest.as_ref().is_none_or(is_greater) {
                            greatest = Some(Named { text, cell: cell.clone() });
                        }
                    }
                }
                "c" => cell = None,
                _ => {}
            },
            Event::Eof => return Ok(greatest),
            _ => {}
        }
    }
}

/// The place of a cell that names a shared text.
fn shared_cell(element: &BytesStart<'_>) -> Option<String> {
    let value = |name: &str| {
        let attribute = element.try_get_attribute(name).ok().flatten()?;
        Some(attribute.value.as_ref().to_owned())
    };
    if value("t")? != "s" {
        return None;
    }
    let place =
        value("r").filter(|place| place.len() <= 10 && place.bytes().all(|b| b.is_ascii_alphanumeric()));
    Some(place.map_or_else(|| "a cell".to_owned(), |place| format!("cell `{place}`")))
}
