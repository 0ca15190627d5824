//! A folder → entries, by worker threads that hand over each file as it is done.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use include_dir::{Dir, include_dir};
use walkdir::{DirEntry, WalkDir};

use super::halves::{Halves, Tables, Text};
use super::{Corpus, export, fault};
use crate::check::{self, Memory, Report, check_with};
use crate::error::{Error, ErrorKind};
use crate::model::Disclosure;
use crate::parse::{Lexicon, parse, parse_with};
use crate::source::{LARGEST_FILE, Source, Unreadable, is_document};

/// The samples that ship inside the program.
static SAMPLES: Dir = include_dir!("$CARGO_MANIFEST_DIR/assets/samples");

/// The most threads that read. More of them wait for the disk and for each other.
const MOST_THREADS: usize = 8;
/// How many messages may wait for the receiver. Readers that outrun it wait, so that no more than these disclosures are
/// in memory beside the corpus, where names are shared.
const MOST_WAITING: usize = 64;
/// After how many directory entries the walker says how far it is, and learns whether anyone still listens.
const REPORT_EVERY: usize = 256;
/// How many directory entries [`check`] looks at before it leaves the rest to the loader.
const CHECKED_ENTRIES: usize = 10_000;
/// A reading buffer larger than this is given back after the file that needed it.
const KEPT_BUFFER: usize = 4 << 20;

/// What to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The samples that ship with the program.
    Samples,
    /// Folders, read with everything in them, and single files.
    Paths(Vec<PathBuf>),
}

/// What the loader has to say.
#[derive(Debug)]
pub enum Loaded {
    /// How many files have been found so far, those already read included.
    Found(usize),
    /// One file was read.
    Entry {
        /// The file, relative to the folder that was opened.
        file: PathBuf,
        /// What it says.
        disclosure: Box<Disclosure>,
        /// What in it does not add up.
        report: Report,
    },
    /// One file or folder could not be read.
    Problem(Error),
    /// Everything was read; nothing comes after it.
    Done,
}

/// A file that waits to be read.
struct Job {
    /// Its name as shown.
    name: PathBuf,
    content: Content,
}

#[derive(Clone)]
pub(super) enum Content {
    OnDisk(PathBuf),
    Embedded(&'static [u8]),
}

impl Content {
    /// Returns the bytes, read into a buffer where they are on disk.
    fn bytes<'a>(&self, buffer: &'a mut Vec<u8>) -> Result<&'a [u8], ErrorKind> {
        match self {
            Self::Embedded(bytes) => Ok(bytes),
            Self::OnDisk(path) => {
                read_file(path, buffer)?;
                Ok(buffer.as_slice())
            }
        }
    }
}

/// Starts reading on threads of its own and returns what they say, in no particular order.
///
/// In a folder, only documents are read (see [`is_document`]), in all subfolders; hidden files and folders and the `~$`
/// files of office programs are left out, and links are not followed, wherever they lead. A file that is named is always
/// read. Files are named relative to the folder that was opened, or, where several paths were given, with the path in
/// front.
///
/// To cancel, drop the receiver: each thread stops after the file at hand, and nothing waits for it. Where not even one
/// thread could be had, the receiver is hung up at once.
pub fn start(input: Input) -> Receiver<Loaded> {
    fault::hush_readers();
    let (sender, receiver) = sync_channel(MOST_WAITING);
    // A failure hangs up the receiver, which says as much.
    drop(thread::Builder::new().name("loader".to_owned()).spawn(move || load(input, &sender)));
    receiver
}

/// Returns where a file of the input is on disk; the samples are nowhere.
pub fn locate(input: &Input, file: &Path) -> Option<PathBuf> {
    match input {
        Input::Samples => None,
        Input::Paths(paths) => Some(match paths.as_slice() {
            [folder] if folder.is_dir() => folder.join(file),
            _ => file.to_owned(),
        }),
    }
}

/// Returns whether there is something to read, without reading it, so that a wrong path is told before a screen opens.
pub fn check(input: &Input) -> Result<(), Error> {
    match input {
        Input::Samples => Ok(()),
        Input::Paths(paths) => paths.iter().try_for_each(|path| check_path(path)),
    }
}

/// Reads everything and returns it as a corpus. `progress` is told how many files are done and how many were found.
pub fn load_all(input: Input, progress: &mut dyn FnMut(usize, usize)) -> Corpus {
    let mut corpus = Corpus::default();
    let (mut done, mut found) = (0, 0);
    for loaded in start(input) {
        match loaded {
            Loaded::Found(total) => found = total,
            Loaded::Entry { file, disclosure, report } => {
                corpus.add_checked(file, *disclosure, report);
                done += 1;
            }
            Loaded::Problem(problem) => {
                corpus.add_problem(problem);
                done += 1;
            }
            Loaded::Done => break,
        }
        progress(done, found.max(done));
    }
    corpus.compare_all();
    corpus
}

/// Finds the files and reads them, together with as many other threads as there are cores to spare.
fn load(input: Input, sender: &SyncSender<Loaded>) {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let (jobs, queue) = channel();
    let queue = Mutex::new(queue);
    let halves = Halves::default();
    thread::scope(|scope| {
        for _ in 1..cores.max(2) {
            // This thread reads too once it has found everything, so that fewer helpers only make it slower.
            let helper = thread::Builder::new().name("reader".to_owned());
            drop(helper.spawn_scoped(scope, || read_all(&queue, &halves, sender)));
        }
        find(input, jobs, sender);
        read_all(&queue, &halves, sender);
    });
    for (text, tables) in halves.matched() {
        if join(text, tables, sender).is_none() {
            return;
        }
    }
    // Whoever hung up does not want to know.
    let _ = sender.send(Loaded::Done);
}

/// Sends every file of the input to the readers. Dropping `jobs` at the end tells them that there are no more.
fn find(input: Input, jobs: Sender<Job>, sender: &SyncSender<Loaded>) {
    let mut finder = Finder { jobs, sender, found: 0, seen: 0 };
    let heard = match input {
        Input::Samples => finder.embedded(&SAMPLES),
        Input::Paths(paths) => {
            let several = paths.len() > 1;
            let mut distinct: Vec<PathBuf> = Vec::with_capacity(paths.len());
            for path in paths {
                if !distinct.contains(&path) {
                    distinct.push(path);
                }
            }
            distinct.iter().try_for_each(|path| finder.path(path, several))
        }
    };
    if heard.is_some() {
        let _ = finder.report();
    }
}

/// Where the search for files stands. Its functions return nothing once nobody listens.
struct Finder<'a> {
    jobs: Sender<Job>,
    sender: &'a SyncSender<Loaded>,
    found: usize,
    seen: usize,
}

impl Finder<'_> {
    fn path(&mut self, path: &Path, several: bool) -> Option<()> {
        if !path.is_dir() {
            return self.file(path.to_owned(), Content::OnDisk(path.to_owned()));
        }
        for entry in walk(path) {
            self.seen += 1;
            if self.seen.is_multiple_of(REPORT_EVERY) {
                self.report()?;
            }
            match entry {
                Ok(entry) if is_readable(&entry) => {
                    let name = if several { entry.path() } else { relative(entry.path(), path) };
                    self.file(name.to_owned(), Content::OnDisk(entry.path().to_owned()))?;
                }
                Ok(_) => {}
                Err(error) => {
                    let failed = error.path().unwrap_or(path);
                    let name = if several { failed } else { relative(failed, path) }.to_owned();
                    let kind = error.io_error().map_or_else(|| ErrorKind::Io(error.to_string()), io_kind);
                    self.found += 1;
                    self.sender.send(Loaded::Problem(Error { path: name, kind })).ok()?;
                }
            }
        }
        Some(())
    }

    fn embedded(&mut self, folder: &'static Dir) -> Option<()> {
        for file in folder.files().filter(|file| is_document(file.path())) {
            self.file(file.path().to_owned(), Content::Embedded(file.contents()))?;
        }
        folder.dirs().try_for_each(|folder| self.embedded(folder))
    }

    fn file(&mut self, name: PathBuf, content: Content) -> Option<()> {
        self.found += 1;
        self.jobs.send(Job { name, content }).ok()
    }

    fn report(&self) -> Option<()> {
        self.sender.send(Loaded::Found(self.found)).ok()
    }
}

/// Returns everything in a folder that is not hidden, in the order of the names.
fn walk(folder: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| !is_hidden(entry))
}

/// Returns whether an entry is to be left out with everything in it. The folder that was opened never is.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() > 0 && (name.starts_with(b".") || name.starts_with(b"~$"))
}

/// Returns whether an entry is a document. Links are none: what they lead to is either in the folder or none of it.
fn is_readable(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && is_document(entry.path())
}

fn relative<'a>(path: &'a Path, folder: &Path) -> &'a Path {
    match path.strip_prefix(folder) {
        Ok(rest) if !rest.as_os_str().is_empty() => rest,
        _ => path,
    }
}

/// What a reader keeps from one file to the next.
#[derive(Default)]
struct Desk {
    buffer: Vec<u8>,
    lexicon: Lexicon,
    memory: Memory,
}

/// Reads files until there are no more or nobody listens.
fn read_all(queue: &Mutex<Receiver<Job>>, halves: &Halves, sender: &SyncSender<Loaded>) {
    let mut desk = Desk::default();
    loop {
        let Some(job) = queue.lock().ok().and_then(|queue| queue.recv().ok()) else { return };
        let result = fault::catch(|| read(&job, halves, &mut desk)).unwrap_or_else(|said| {
            desk = Desk::default();
            Err(ErrorKind::ReaderStopped(said))
        });
        let loaded = match result {
            Ok(read) => read
                .into_iter()
                .map(|(file, disclosure, report)| Loaded::Entry {
                    file,
                    disclosure: Box::new(disclosure),
                    report,
                })
                .collect(),
            Err(kind) => vec![Loaded::Problem(Error { path: job.name, kind })],
        };
        for loaded in loaded {
            if sender.send(loaded).is_err() {
                return;
            }
        }
    }
}

/// Reads one file: one disclosure, or all those of an export.
fn read(
    job: &Job,
    halves: &Halves,
    Desk { buffer, lexicon, memory }: &mut Desk,
) -> Result<Vec<(PathBuf, Disclosure, Report)>, ErrorKind> {
    let bytes = job.content.bytes(buffer)?;
    if export::is_export(bytes) {
        let read = export::read(&job.name, bytes).map_err(ErrorKind::Unreadable)?;
        return if read.is_empty() { Err(ErrorKind::NoDisclosure) } else { Ok(read) };
    }
    let source = Source::read(&job.name, bytes).map_err(ErrorKind::Unreadable)?;
    let disclosure = parse_with(lexicon, &job.name, source);
    let header = &disclosure.header;
    if header.department.is_none() && header.year.is_none() && disclosure.items.is_empty() {
        return Err(ErrorKind::NoDisclosure);
    }
    let report = check_with(memory, &disclosure);
    let now = halves.meet((&job.name, &job.content), disclosure, report);
    Ok(now.map(|(disclosure, report)| (job.name.clone(), disclosure, report)).into_iter().collect())
}

/// Sends files of tables: with the text that they belong to as one disclosure, or each by itself. Returns nothing once nobody
/// listens.
fn join(text: Option<Text>, tables: Vec<Tables>, sender: &SyncSender<Loaded>) -> Option<()> {
    let whole = text.and_then(|text| {
        let read = fault::catch(|| {
            let mut buffer = Vec::new();
            let mut source = Source::read(&text.name, text.content.bytes(&mut buffer).ok()?).ok()?;
            for half in &tables {
                source.attach(half.name.clone(), half.disclosure.source.clone()).then_some(())?;
            }
            let disclosure = parse(&text.name, source);
            let report = check::check(&disclosure);
            Some((disclosure, report))
        });
        let (disclosure, report) = read.ok().flatten()?;
        Some(Loaded::Entry { file: text.name, disclosure: Box::new(disclosure), report })
    });
    let alone = |half: Tables| Loaded::Entry {
        file: half.name,
        disclosure: Box::new(half.disclosure),
        report: half.report,
    };
    match whole {
        Some(whole) => sender.send(whole).ok(),
        None => tables.into_iter().map(alone).try_for_each(|half| sender.send(half)).ok(),
    }
}

/// Reads a file into a buffer that is used again, because fresh memory costs more than reading does.
fn read_file(path: &Path, buffer: &mut Vec<u8>) -> Result<(), ErrorKind> {
    buffer.clear();
    buffer.shrink_to(KEPT_BUFFER);
    let file = File::open(path).map_err(|error| io_kind(&error))?;
    let mut size = file.metadata().map_err(|error| io_kind(&error))?.len();
    if size <= LARGEST_FILE {
        // A device or a pipe has no size, so there is a limit on what is read too.
        size = file.take(LARGEST_FILE + 1).read_to_end(buffer).map_err(|error| io_kind(&error))? as u64;
    }
    if size > LARGEST_FILE { Err(ErrorKind::Unreadable(Unreadable::TooLarge)) } else { Ok(()) }
}

fn check_path(path: &Path) -> Result<(), Error> {
    let error = |kind| Error { path: path.to_owned(), kind };
    let metadata = fs::metadata(path).map_err(|failure| error(io_kind(&failure)))?;
    if metadata.is_file() {
        return File::open(path).map(drop).map_err(|failure| error(io_kind(&failure)));
    }
    if !metadata.is_dir() {
        // Opening a pipe takes it from its writer.
        return Ok(());
    }
    fs::read_dir(path).map_err(|failure| error(io_kind(&failure)))?;
    let mut seen = 0;
    // What cannot be read counts as something: the loader says why.
    let found = walk(path).inspect(|_| seen += 1).take(CHECKED_ENTRIES).any(|entry| match entry {
        Ok(entry) => is_readable(&entry),
        Err(_) => true,
    });
    if found || seen == CHECKED_ENTRIES { Ok(()) } else { Err(error(ErrorKind::NothingReadable)) }
}

fn io_kind(error: &io::Error) -> ErrorKind {
    match error.kind() {
        io::ErrorKind::NotFound => ErrorKind::NotFound,
        _ => ErrorKind::Io(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More files than may wait, so that a loader that does not notice would never end.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for number in 0..MOST_WAITING * 3 {
            fs::write(folder.path().join(format!("{number}.txt")), "2024年").expect("a file can be written");
        }
        folder
    }

    #[test]
    fn a_loader_that_nobody_listens_to_ends() {
        let folder = folder();
        let (sender, receiver) = sync_channel(1);
        drop(receiver);
        load(Input::Paths(vec![folder.path().to_owned()]), &sender);
    }

    #[test]
    fn readers_stop_after_the_file_at_hand() {
        let (sender, receiver) = sync_channel(1);
        let (jobs, queue) = channel();
        for _ in 0..10 {
            let job = Job { name: "a.txt".into(), content: Content::Embedded(b"") };
            jobs.send(job).expect("the queue is there");
        }
        drop((jobs, receiver));
        let queue = Mutex::new(queue);
        read_all(&queue, &Halves::default(), &sender);
        let left = queue.into_inner().expect("no reader panicked");
        assert_eq!(left.iter().count(), 9);
    }

    #[test]
    fn a_receiver_may_hang_up_at_any_time() {
        let folder = folder();
        for heard in [0, 1, MOST_WAITING] {
            let receiver = start(Input::Paths(vec![folder.path().to_owned()]));
            assert_eq!(receiver.iter().take(heard).count(), heard);
        }
    }

    #[test]
    fn a_large_buffer_is_given_back() {
        let folder = folder();
        let mut buffer = Vec::with_capacity(KEPT_BUFFER * 2);
        read_file(&folder.path().join("0.txt"), &mut buffer).expect("it is there");
        assert_eq!(buffer, "2024年".as_bytes());
        assert!(buffer.capacity() <= KEPT_BUFFER);
    }

    #[test]
    fn no_more_of_a_file_is_read_than_is_allowed() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("large.txt");
        // A file with a hole takes no space.
        File::create(&path).and_then(|file| file.set_len(LARGEST_FILE + 5)).expect("a file can be made");
        let failed = read_file(&path, &mut Vec::new());
        assert_eq!(failed, Err(ErrorKind::Unreadable(Unreadable::TooLarge)));
    }
}
