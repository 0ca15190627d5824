//! What of a page belongs to the site and not to the document: told by structure, never by a site's own names.

use super::tree::{Kind, Node, Tree};

/// How many links make a menu.
const MENU_LINKS: u32 = 3;
/// The longest text that may stand beside the document without belonging to it, in characters.
const LONGEST_ASIDE: u32 = 400;

/// What stands in an element and below it.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Characters that show something.
    text: u32,
    /// Those of them in links to other pages.
    linked: u32,
    /// Links to other pages.
    links: u32,
    /// Full stops.
    sentences: u32,
    /// Headings that HTML marks.
    headings: u32,
    /// Cells of tables.
    cells: u32,
}

/// Which nodes are dropped with everything in them.
#[derive(Debug)]
pub(super) struct Chrome {
    dropped: Vec<bool>,
}

impl Chrome {
    /// Returns what is to be dropped of a page.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut chrome = Self { dropped: vec![false; tree.len() as usize] };
        let weights = weigh(tree, &mut chrome.dropped);
        let weight = |id: u32| weights.get(id as usize).copied().unwrap_or_default();
        for id in 1..tree.len() {
            if is_menu(tree.node(id), weight(id)) {
                chrome.drop(id);
            }
        }
        let weights = weigh(tree, &mut chrome.dropped);
        chrome.leave_the_document(tree, &weights);
        chrome
    }

    /// Returns whether a node is not shown as part of the document.
    pub(super) fn drops(&self, id: u32) -> bool {
        self.dropped.get(id as usize).copied().unwrap_or_default()
    }

    fn drop(&mut self, id: u32) {
        if let Some(place) = self.dropped.get_mut(id as usize) {
            *place = true;
        }
    }

    /// Goes down to the element that holds nearly all of the text, and drops what is small beside it on the way: lines
    /// without a heading, a table or a date before it, and without a table or a sentence after it.
    fn leave_the_document(&mut self, tree: &Tree, weights: &[Weight]) {
        let weight = |id: u32| weights.get(id as usize).copied().unwrap_or_default();
        let mut at = tree.find("body").unwrap_or(0);
        loop {
            let whole = weight(at).text;
            let children: Vec<u32> = tree.children(at).filter(|id| !self.drops(*id)).collect();
            let heaviest = children.iter().copied().max_by_key(|id| weight(*id).text);
            let Some(heaviest) = heaviest.filter(|id| weight(*id).text * 5 > whole * 4) else { return };
            if matches!(tree.node(heaviest).kind, Kind::Text(_)) || tree.node(heaviest).name() == "table" {
                return;
            }
            let mut before = true;
            for child in children {
                if child == heaviest {
                    before = false;
                    continue;
                }
                let beside = weight(child);
                let small = beside.text <= LONGEST_ASIDE && beside.text * 20 < whole && beside.cells == 0;
                let kept =
                    if before { beside.headings > 0 || beside.links == 0 } else { beside.sentences > 0 };
                if small && !kept {
                    self.drop(child);
                }
            }
            at = heaviest;
        }
    }
}

/// Adds up what every element holds, children before parents, leaving out what is dropped or never shown.
fn weigh(tree: &Tree, dropped: &mut [bool]) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.len() as usize];
    // Each entry is a node and whether its children are done.
    let mut open: Vec<(u32, bool)> = vec![(0, false)];
    while let Some((id, done)) = open.pop() {
        let node = tree.node(id);
        if !done {
            if (is_hidden(node) || is_page_header(tree, id))
                && let Some(place) = dropped.get_mut(id as usize)
            {
                *place = true;
            }
            if dropped.get(id as usize).copied().unwrap_or_default() {
                continue;
            }
            open.push((id, true));
            open.extend(tree.children(id).map(|child| (child, false)));
            continue;
        }
        let mut sum = own(node);
        for child in tree.children(id) {
            let child = weights.get(child as usize).copied().unwrap_or_default();
            sum.text += child.text;
            sum.linked += child.linked;
            sum.links += child.links;
            sum.sentences += child.sentences;
            sum.headings += child.headings;
            sum.cells += child.cells;
        }
        if is_link(node) {
            sum.linked = sum.text;
        }
        if let Some(place) = weights.get_mut(id as usize) {
            *place = sum;
        }
    }
    weights
}

fn own(node: &Node) -> Weight {
    match &node.kind {
        Kind::Text(text) => Weight {
            text: text.chars().filter(|c| !super::span::is_blank(*c)).count() as u32,
            sentences: text.chars().filter(|c| *c == '。').count() as u32,
            ..Weight::default()
        },
        Kind::Element(..) => Weight {
            links: u32::from(is_link(node)),
            headings: u32::from(matches!(node.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")),
            cells: u32::from(matches!(node.name(), "td" | "th")),
            ..Weight::default()
        },
        Kind::Other => Weight::default(),
    }
}

/// A link that leaves the page; one inside it may stand on a contents page.
fn is_link(node: &Node) -> bool {
    node.name() == "a" && node.attribute("href").is_some_and(|to| !to.trim_start().starts_with('#'))
}

/// Whether nearly all of the text is links to other pages: a menu, a path to the page, a list of other pages.
fn is_menu(node: &Node, weight: Weight) -> bool {
    !matches!(node.name(), "html" | "body" | "" | "tbody" | "tr")
        && weight.links >= MENU_LINKS
        && weight.linked * 3 > weight.text * 2
        && weight.sentences == 0
}

/// Whether an element is never part of a document: code, controls, what the page hides, and what it calls its frame.
fn is_hidden(node: &Node) -> bool {
    const NEVER: &[&str] = &[
        "head", "script", "style", "noscript", "template", "nav", "footer", "aside", "button", "select",
        "option", "input", "textarea", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
        "dialog", "menu", "map", "del",
    ];
    const ROLES: &[&str] = &[
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "menu",
        "menubar",
        "dialog",
        "toolbar",
    ];
    let Kind::Element(..) = &node.kind else { return false };
    let name = node.name();
    if name == "body" || name == "html" {
        return false;
    }
    NEVER.contains(&name)
        || node.attribute("role").is_some_and(|role| ROLES.contains(&role.trim()))
        || node.attribute("hidden").is_some()
        || node.attribute("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || node.attribute("style").is_some_and(hides)
}

/// Whether an element is the head of a page and not that of an article.
fn is_page_header(tree: &Tree, id: u32) -> bool {
    let inside = |name: &str| matches!(name, "article" | "main" | "section");
    tree.node(id).name() == "header" && !tree.ancestors(id).any(|above| inside(tree.node(above).name()))
}

/// Whether a style says that an element is not shown.
fn hides(style: &str) -> bool {
    let style: String =
        style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains("display:none") || style.contains("visibility:hidden") || style.contains("mso-hide:all")
}
