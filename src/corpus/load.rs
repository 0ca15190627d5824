//! A folder → entries, by worker threads that hand over each file as it is done.
