//! The terminal: its state, what keys do to it, how it looks.
