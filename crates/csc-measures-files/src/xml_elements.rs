//! XML element by element, as returns are written: in UTF-8, without document types and entities of their own.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use csc_measures::visible;

use crate::ReadError;
use crate::bounded::{Allowance, Bounded};
use crate::memory::Memory;

/// The longest element or text.
const LONGEST: usize = 1 << 20;
/// How deep elements lie in one another: a census needs seven.
const DEEPEST: usize = 32;

/// Takes elements as they open and close.
pub(crate) trait Elements {
    fn open(&mut self, element: String);

    /// The text of an element, in pieces.
    fn text(&mut self, text: &str);

    fn close(&mut self);

    /// The bytes of what was kept since it was asked last.
    fn held(&mut self) -> u64;
}

/// Reads a file.
pub(crate) fn read(
    input: impl Read,
    name: &str,
    memory: &Memory,
    elements: &mut impl Elements,
) -> Result<(), ReadError> {
    let failed = |message: String| ReadError::Xml { file: name.to_owned(), message };
    let allowance = Allowance::new(LONGEST);
    let mut reader = Reader::from_reader(Bounded::new(BufReader::new(input), allowance.clone()));
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        allowance.reset();
        let place = reader.buffer_position();
        let event = reader.read_event_into(&mut buffer).map_err(|error| failed(told(&error, place)))?;
        match event {
            Event::Start(tag) => {
                if depth >= DEEPEST {
                    return Err(failed(format!("its elements are nested more than {DEEPEST} deep")));
                }
                depth += 1;
                elements.open(visible(tag.local_name().as_ref()).into_owned());
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                elements.close();
                memory.hold(elements.held(), name)?;
            }
            Event::Text(text) => elements.text(text.as_ref()),
            Event::CData(text) => elements.text(text.as_ref()),
            Event::GeneralRef(entity) => elements.text(&entity_text(&entity).map_err(failed)?),
            Event::DocType(_) => {
                return Err(failed("it has a document type, which no census has".to_owned()));
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok).unwrap_or_default();
                if !(encoding.is_empty() || encoding.eq_ignore_ascii_case("utf-8")) {
                    return Err(failed(format!("it is written in {encoding}; save it as UTF-8")));
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
            Event::Eof => break,
        }
    }
    if depth > 0 {
        return Err(failed("it ends before its elements do".to_owned()));
    }
    Ok(())
}

/// What is wrong with the XML, without what stands in it.
fn told(error: &quick_xml::Error, place: u64) -> String {
    match error {
        quick_xml::Error::Io(error) => format!("from byte {place}: {error}"),
        quick_xml::Error::Encoding(_) => format!("from byte {place}: not UTF-8"),
        _ => format!("from byte {place}: not well-formed XML"),
    }
}

/// The character that a reference means: of those that XML has itself, and by number.
fn entity_text(entity: &BytesRef<'_>) -> Result<String, String> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Ok(character.to_string());
    }
    match entity.as_ref() {
        "amp" => Ok("&".to_owned()),
        "lt" => Ok("<".to_owned()),
        "gt" => Ok(">".to_owned()),
        "quot" => Ok("\"".to_owned()),
        "apos" => Ok("'".to_owned()),
        _ => Err("it refers to an entity, which no census has".to_owned()),
    }
}
