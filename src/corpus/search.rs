//! A query → ranked figures, by fuzzy matching over the distinct names.
