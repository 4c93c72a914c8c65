//! The page as a tree: it is read as XML, which is stricter than what a browser does.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// A child of an element.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Reads a page; it panics if the page is not well formed.
pub(crate) fn parse(page: &str) -> Element {
    let page = with_ends(page.strip_prefix("<!DOCTYPE html>").unwrap());
    let mut reader = Reader::from_str(&page);
    let mut stack = vec![Element::default()];
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {}", reader.buffer_position())) {
            Event::Start(tag) => {
                let element = element(&tag);
                stack.push(element);
            }
            Event::Empty(tag) => {
                let element = element(&tag);
                stack.last_mut().unwrap().children.push(Node::Element(element));
            }
            Event::End(_) => {
                let element = stack.pop().unwrap();
                stack.last_mut().unwrap().children.push(Node::Element(element));
            }
            Event::Text(text) => push_text(&mut stack, text.as_ref()),
            Event::GeneralRef(entity) => {
                let text = match entity.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("an entity that XML does not have: {other}"),
                };
                push_text(&mut stack, text);
            }
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(stack.len(), 1, "the page ends before its elements do");
    let mut top = stack.pop().unwrap().children;
    match top.pop() {
        Some(Node::Element(html)) if top.is_empty() => html,
        other => panic!("{other:?}"),
    }
}

/// The page with an end for the elements that have none in HTML.
fn with_ends(page: &str) -> String {
    let mut parts = page.split("<meta ");
    let mut whole = parts.next().unwrap().to_owned();
    for part in parts {
        let (tag, rest) = part.split_once('>').unwrap();
        whole += &format!("<meta {tag}/>{rest}");
    }
    whole
}

fn push_text(stack: &mut [Element], text: &str) {
    let children = &mut stack.last_mut().unwrap().children;
    match children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => children.push(Node::Text(text.to_owned())),
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let unescaped = |text: &str| {
        text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    Element {
        name: tag.local_name().as_ref().to_owned(),
        attributes: tag
            .attributes()
            .map(Result::unwrap)
            .map(|attribute| {
                (attribute.key.local_name().as_ref().to_owned(), unescaped(attribute.value.as_ref()))
            })
            .collect(),
        children: Vec::new(),
    }
}

impl Element {
    /// An attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_of(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split(' ').any(|known| known == class))
    }

    /// The children that are elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The element and all below it that pass, in the order of the page.
    pub(crate) fn all<'a>(&'a self, passes: &dyn Fn(&Element) -> bool) -> Vec<&'a Element> {
        let mut found = Vec::new();
        if passes(self) {
            found.push(self);
        }
        for child in self.elements() {
            found.extend(child.all(passes));
        }
        found
    }

    /// Those of a name.
    pub(crate) fn named<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        self.all(&|element| element.name == name)
    }

    /// The one with an id.
    pub(crate) fn by_id<'a>(&'a self, id: &str) -> Option<&'a Element> {
        self.all(&|element| element.get("id") == Some(id)).into_iter().next()
    }

    /// All text in it, but for what an element that passes holds.
    pub(crate) fn text_without(&self, leaves_out: &dyn Fn(&Element) -> bool) -> String {
        let mut text = String::new();
        for child in &self.children {
            match child {
                Node::Text(more) => text.push_str(more),
                Node::Element(element) if leaves_out(element) => {}
                Node::Element(element) => {
                    text.push_str(&element.text_without(leaves_out));
                    if BLOCKS.contains(&element.name.as_str()) {
                        text.push('\n');
                    }
                }
            }
        }
        text
    }

    /// All text in it, each block on a line.
    pub(crate) fn text(&self) -> String {
        self.text_without(&|_| false)
    }
}

/// Elements that end a line.
const BLOCKS: [&str; 20] = [
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "caption",
    "figcaption",
    "summary",
    "div",
    "title",
    "desc",
    "text",
    "section",
    "header",
];
