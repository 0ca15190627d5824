//! Where one has been: back to it, and forward again.

use super::layout::Pane;
use crate::corpus::ItemRef;
use crate::corpus::tree::Node;

/// A place where one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// What was selected in the tree.
    pub node: Node,
    /// The pane that had the keys.
    pub focus: Pane,
    /// The figure of a table that was chosen.
    pub cell: Option<ItemRef>,
}

/// The places where one was, on either side of where one is.
#[derive(Debug, Default)]
pub struct Travel {
    back: Vec<Spot>,
    forward: Vec<Spot>,
}

/// How many places are remembered.
const MOST: usize = 200;

impl Travel {
    /// Notes where one leaves from. What lay ahead is forgotten.
    pub fn leave(&mut self, spot: Spot) {
        self.forward.clear();
        if self.back.last() != Some(&spot) {
            self.back.push(spot);
        }
        let over = self.back.len().saturating_sub(MOST);
        self.back.drain(..over);
    }

    /// Returns where one was before; `here` is where one goes forward to again.
    pub fn back(&mut self, here: Option<Spot>) -> Option<Spot> {
        Self::step(&mut self.back, &mut self.forward, here)
    }

    /// Returns where one was before going back.
    pub fn forward(&mut self, here: Option<Spot>) -> Option<Spot> {
        Self::step(&mut self.forward, &mut self.back, here)
    }

    fn step(from: &mut Vec<Spot>, to: &mut Vec<Spot>, here: Option<Spot>) -> Option<Spot> {
        let mut spot = from.pop();
        while spot.is_some() && spot == here {
            spot = from.pop();
        }
        if spot.is_some() {
            to.extend(here);
        }
        spot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::EntryId;

    #[test]
    fn one_goes_back_and_forward_as_one_came() {
        let spot = |number| Spot { node: Node::Disclosure(EntryId(number)), focus: Pane::Tree, cell: None };
        let mut travel = Travel::default();
        assert_eq!(travel.back(Some(spot(0))), None);
        travel.leave(spot(0));
        travel.leave(spot(1));
        travel.leave(spot(1));
        assert_eq!(travel.back(Some(spot(2))), Some(spot(1)));
        assert_eq!(travel.back(Some(spot(1))), Some(spot(0)));
        assert_eq!(travel.back(Some(spot(0))), None);
        assert_eq!(travel.forward(Some(spot(0))), Some(spot(1)));
        assert_eq!(travel.forward(Some(spot(1))), Some(spot(2)));
        assert_eq!(travel.forward(Some(spot(2))), None);
        assert_eq!(travel.back(Some(spot(2))), Some(spot(1)));
        travel.leave(spot(1));
        assert_eq!(travel.forward(Some(spot(5))), None, "another way was taken");
    }
}
