//! The corpus as a tree of departments, disclosures and sections: ranges over the order, no boxes.
