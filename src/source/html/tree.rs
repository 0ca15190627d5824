//! Text of a page → its elements as a tree in one vector, as the HTML standard says, within limits of work and depth.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::{StrTendril, SubtendrilError};
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, QualName};

use super::super::Unreadable;

/// The most elements and texts of a page.
const MOST_NODES: usize = 4_000_000;
/// The deepest that elements may stand in each other.
const DEEPEST: u16 = 1000;
/// How many looks at open elements a page may cost for each of its bytes, and at most: the standard asks for one at every
/// open element on many tags, so that a page of nothing but open elements would take the square of its length.
const LOOKS_PER_BYTE: u64 = 20;
const MOST_LOOKS: u64 = 150_000_000;
/// How many looks every page may cost.
const FREE_LOOKS: u64 = 2_000_000;
/// How many bytes are parsed before the limits are looked at.
const STEP: usize = 16 << 10;

/// A page as elements and texts.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    nothing: Node,
}

/// An element or a text in its place.
#[derive(Debug)]
pub(super) struct Node {
    parent: u32,
    first: u32,
    last: u32,
    before: u32,
    next: u32,
    depth: u16,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a [`Node`] is.
#[derive(Debug)]
pub(super) enum Kind {
    /// An element with its name and its attributes.
    Element(QualName, Vec<Attribute>),
    /// A text.
    Text(StrTendril),
    /// Something that shows nothing.
    Other,
}

/// No node: the root is nobody's child.
const NONE: u32 = 0;

impl Node {
    fn new(kind: Kind) -> Self {
        Self { parent: NONE, first: NONE, last: NONE, before: NONE, next: NONE, depth: 0, kind }
    }

    /// Returns the name of an element in lower case; empty for anything else.
    pub(super) fn name(&self) -> &str {
        match &self.kind {
            Kind::Element(name, _) => &name.local,
            Kind::Text(_) | Kind::Other => "",
        }
    }

    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let Kind::Element(_, attributes) = &self.kind else { return None };
        attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
    }
}

impl Tree {
    /// Returns a node; one that shows nothing where there is none of this number.
    pub(super) fn node(&self, id: u32) -> &Node {
        self.nodes.get(id as usize).unwrap_or(&self.nothing)
    }

    /// Returns the children of a node in order.
    pub(super) fn children(&self, id: u32) -> impl Iterator<Item = u32> {
        let first = Some(self.node(id).first).filter(|first| *first != NONE);
        std::iter::successors(first, |id| Some(self.node(*id).next).filter(|next| *next != NONE))
    }

    /// Returns the elements that a node stands in, innermost first.
    pub(super) fn ancestors(&self, id: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(id), |id| Some(self.node(*id).parent).filter(|above| *above != NONE))
            .skip(1)
    }

    /// Returns how many nodes there are; their numbers are smaller, and a child's is not always greater than its parent's.
    pub(super) fn len(&self) -> u32 {
        self.nodes.len() as u32
    }

    /// Returns the first element of this name, in the order in which the page names them.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        (0..self.len()).find(|id| self.node(*id).name() == name)
    }
}

/// Returns the page as a tree, or why it is none.
pub(super) fn parse(text: String) -> Result<Tree, Unreadable> {
    let sink =
        Sink { nodes: RefCell::new(vec![Node::new(Kind::Other)]), depth: Cell::new(0), looks: Cell::new(0) };
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let tokenizer = Tokenizer::new(TreeBuilder::new(sink, options), TokenizerOpts::default());
    let most_looks = (FREE_LOOKS + LOOKS_PER_BYTE * text.len() as u64).min(MOST_LOOKS);
    let text = StrTendril::from(text);
    let input = BufferQueue::default();
    let mut start = 0;
    while start < text.len() {
        let end = text.ceil_char_boundary((start + STEP).min(text.len()));
        match text.try_subtendril(start as u32, (end - start) as u32) {
            Ok(part) => input.push_back(part),
            Err(SubtendrilError::OutOfBounds | SubtendrilError::ValidationFailed) => break,
        }
        // A script that has ended hands over to whoever runs it.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.sink.sink.within_limits(most_looks)?;
        start = end;
    }
    tokenizer.end();
    let sink = tokenizer.sink.sink;
    sink.within_limits(most_looks)?;
    Ok(Tree { nodes: sink.nodes.into_inner(), nothing: Node::new(Kind::Other) })
}

/// A node while the tree is built, with its name, which the builder asks for all the time.
#[derive(Debug, Clone)]
struct Handle {
    id: u32,
    name: Option<QualName>,
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    depth: Cell<u16>,
    looks: Cell<u64>,
}

impl Sink {
    fn within_limits(&self, most_looks: u64) -> Result<(), Unreadable> {
        if self.depth.get() > DEEPEST || self.looks.get() > most_looks {
            return Err(Unreadable::TooDeep);
        }
        if self.nodes.borrow().len() > MOST_NODES { Err(Unreadable::TooLarge) } else { Ok(()) }
    }

    fn add(&self, kind: Kind) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(kind));
        (nodes.len() - 1) as u32
    }

    fn edit(&self, id: u32, edit: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(id as usize) {
            edit(node);
        }
    }

    /// Returns the parent, the sibling before and the one after.
    fn around(&self, id: u32) -> (u32, u32, u32) {
        self.nodes
            .borrow()
            .get(id as usize)
            .map_or((NONE, NONE, NONE), |node| (node.parent, node.before, node.next))
    }

    fn last_child(&self, id: u32) -> u32 {
        self.nodes.borrow().get(id as usize).map_or(NONE, |node| node.last)
    }

    /// Adds text to a text that stands there already.
    fn extends(&self, id: u32, text: &StrTendril) -> bool {
        match self.nodes.borrow_mut().get_mut(id as usize).map(|node| &mut node.kind) {
            Some(Kind::Text(before)) if id != NONE => {
                before.push_tendril(text);
                true
            }
            _ => false,
        }
    }

    fn detach(&self, id: u32) {
        let (parent, before, next) = self.around(id);
        if before == NONE {
            self.edit(parent, |node| {
                if node.first == id {
                    node.first = next;
                }
            });
        } else {
            self.edit(before, |node| node.next = next);
        }
        if next == NONE {
            self.edit(parent, |node| {
                if node.last == id {
                    node.last = before;
                }
            });
        } else {
            self.edit(next, |node| node.before = before);
        }
        self.edit(id, |node| (node.parent, node.before, node.next) = (NONE, NONE, NONE));
    }

    /// Puts a node under a parent, before a sibling or at the end.
    fn insert(&self, parent: u32, sibling: u32, id: u32) {
        self.detach(id);
        let depth = self.nodes.borrow().get(parent as usize).map_or(0, |node| node.depth).saturating_add(1);
        self.depth.set(self.depth.get().max(depth));
        let before = if sibling == NONE { self.last_child(parent) } else { self.around(sibling).1 };
        self.edit(id, |node| {
            (node.parent, node.before, node.next, node.depth) = (parent, before, sibling, depth);
        });
        if before == NONE {
            self.edit(parent, |node| node.first = id);
        } else {
            self.edit(before, |node| node.next = id);
        }
        if sibling == NONE {
            self.edit(parent, |node| node.last = id);
        } else {
            self.edit(sibling, |node| node.before = id);
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        static NOTHING: std::sync::LazyLock<QualName> = std::sync::LazyLock::new(|| {
            QualName::new(None, html5ever::ns!(), html5ever::LocalName::default())
        });
        self.looks.set(self.looks.get() + 1);
        target.name.as_ref().unwrap_or(&NOTHING)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let id = self.add(Kind::Element(name.clone(), attributes));
        Handle { id, name: Some(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.add(Kind::Other), name: None }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle { id: self.add(Kind::Other), name: None }
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => self.insert(parent.id, NONE, node.id),
            NodeOrText::AppendText(text) => {
                if !self.extends(self.last_child(parent.id), &text) {
                    let id = self.add(Kind::Text(text));
                    self.insert(parent.id, NONE, id);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.around(element.id).0 == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        self.looks.set(self.looks.get() + 1);
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let (parent, before, _) = self.around(sibling.id);
        match child {
            NodeOrText::AppendNode(node) => self.insert(parent, sibling.id, node.id),
            NodeOrText::AppendText(text) => {
                if !self.extends(before, &text) {
                    let id = self.add(Kind::Text(text));
                    self.insert(parent, sibling.id, id);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        self.edit(target.id, |node| {
            if let Kind::Element(_, there) = &mut node.kind {
                for attribute in attributes {
                    if !there.iter().any(|known| known.name == attribute.name) {
                        there.push(attribute);
                    }
                }
            }
        });
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let child = self.nodes.borrow().get(node.id as usize).map_or(NONE, |node| node.first);
            if child == NONE {
                return;
            }
            self.insert(parent.id, NONE, child);
        }
    }
}
