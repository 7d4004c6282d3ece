//! Work in processes of their own: what no timer ends, and what takes all memory, ends with its process and with nothing
//! else.
//!
//! The process is the same binary. It is told on standard input what to do, and answers with a line of JSON for each
//! thing that happens; so the one that is at work when it ends is known.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The command that serves, which is not among those for people.
pub const COMMAND: &str = "apart";

/// How much longer than the time of a processor a job may take by the clock, on a machine that is busy.
const BUSY: u32 = 6;

/// A body larger than this is not handed to several processes at once.
const LARGE: usize = 32 << 20;

/// What is written to a process at once, as much as a pipe holds.
const PIPE: usize = 64 << 10;

/// How much of what a process says on standard error is kept.
const TALK: u64 = 16 << 10;

/// The binary that works apart, and what it may take for each job.
#[derive(Clone, Debug)]
pub struct Apart {
    /// The binary.
    pub program: PathBuf,
    /// The memory, in bytes, past that which it has when the first job starts. Linux only.
    pub memory: u64,
}

/// Writes what these jobs judge.
type Body<'a> = dyn Fn(&[usize], &mut dyn Write) -> io::Result<()> + Sync + 'a;

/// Jobs for processes of their own.
pub(crate) struct Work<'a> {
    /// What kind of jobs they are.
    pub(crate) kind: &'static str,
    /// What all of them need, as JSON.
    pub(crate) head: String,
    /// Writes what these of them judge, as lines.
    pub(crate) body: &'a Body<'a>,
    /// The jobs of each process that works at the same time, by their numbers from 0.
    pub(crate) shares: Vec<Vec<usize>>,
    /// The time of a processor that each may take.
    pub(crate) time: Duration,
    /// Whether the jobs after one that has no result are left out.
    pub(crate) only_to_first_end: bool,
}

/// Why a job has no result: how its process ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Why {
    /// It took too much memory.
    Memory,
    /// It took too long.
    Time,
    /// It calls itself too deep.
    Stack,
    /// Another way, in words.
    Other(String),
}

/// What a process is told first.
#[derive(Deserialize, Serialize)]
struct Task {
    kind: String,
    jobs: Vec<usize>,
    memory: u64,
    time: Duration,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Event<T> {
    Started(usize),
    Done(usize, T),
}

/// The jobs of processes that are each handed a body of so many bytes; there is one where each would hold much.
pub(crate) fn shares(jobs: usize, workers: NonZeroUsize, body: usize) -> Vec<Vec<usize>> {
    let workers = if body > LARGE { 1 } else { workers.get().min(jobs) };
    let share = |first| (first..jobs).step_by(workers).collect();
    (0..workers).map(share).collect()
}

/// The results of the jobs in their order.
pub(crate) fn run<T: DeserializeOwned + Send + 'static>(work: &Work, apart: &Apart) -> Vec<Result<T, Why>> {
    let jobs = work.shares.iter().map(Vec::len).sum();
    let mut results: Vec<Option<Result<T, Why>>> = (0..jobs).map(|_| None).collect();
    thread::scope(|scope| {
        let shares = work.shares.iter().map(|share| VecDeque::from(share.clone()));
        let threads: Vec<_> = shares
            .map(|share| scope.spawn(move || share_of(work, apart, share)))
            .collect();
        for thread in threads {
            for (job, result) in thread.join().unwrap_or_default() {
                results[job] = Some(result);
            }
        }
    });
    let lost = || Err(Why::Other("it was not started".to_owned()));
    results.into_iter().map(|result| result.unwrap_or_else(lost)).collect()
}

/// Does jobs one after another; where a process ends before its time, the next one goes on after the job that it was at.
fn share_of<T: DeserializeOwned + Send + 'static>(
    work: &Work,
    apart: &Apart,
    mut left: VecDeque<usize>,
) -> Vec<(usize, Result<T, Why>)> {
    let mut results = Vec::new();
    while !left.is_empty() {
        let mut process = match Process::start(work, apart, left.iter().copied().collect()) {
            Ok(process) => process,
            Err(error) => {
                let why = Why::Other(format!("no process of its own can be started: {error}"));
                results.extend(left.drain(..).map(|job| (job, Err(why.clone()))));
                break;
            }
        };
        let mut running = None;
        let mut late = false;
        thread::scope(|scope| {
            process.feed(work, scope);
            let events = process.events::<T>(scope);
            loop {
                match events.recv_timeout(work.time.saturating_mul(BUSY)) {
                    Ok(Event::Started(job)) => running = Some(job),
                    Ok(Event::Done(job, result)) => {
                        running = None;
                        left.retain(|open| *open != job);
                        results.push((job, Ok(result)));
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        late = true;
                        process.kill();
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
        });
        if left.is_empty() && running.is_none() {
            process.dismiss();
            break;
        }
        let why = process.why(late);
        match running {
            Some(job) => {
                left.retain(|open| *open != job);
                results.push((job, Err(why)));
                if work.only_to_first_end {
                    break;
                }
            }
            None => {
                // It ended before a job: the next process would, too.
                results.extend(left.drain(..).map(|job| (job, Err(why.clone()))));
            }
        }
    }
    results
}

struct Process {
    child: Child,
    task: String,
    jobs: Vec<usize>,
    said: mpsc::Receiver<String>,
}

impl Process {
    fn start(work: &Work, apart: &Apart, jobs: Vec<usize>) -> io::Result<Self> {
        let task = Task {
            kind: work.kind.to_owned(),
            jobs: jobs.clone(),
            memory: apart.memory,
            time: work.time,
        };
        let task = serde_json::to_string(&task)?;
        let mut child = Command::new(&apart.program)
            .arg(COMMAND)
            .env_remove("RUST_BACKTRACE")
            // Memory that the allocator takes ahead of need would count as the policy's, and where it has taken only
            // the addresses, it breaks at a limit instead of saying so.
            .env("MIMALLOC_DISALLOW_ARENA_ALLOC", "1")
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .env("MIMALLOC_EAGER_COMMIT_DELAY", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, said) = mpsc::channel();
        let talk = child.stderr.take();
        thread::spawn(move || {
            let mut kept = Vec::new();
            if let Some(mut talk) = talk {
                let _ = talk.by_ref().take(TALK).read_to_end(&mut kept);
                let _ = io::copy(&mut talk, &mut io::sink());
            }
            let _ = sender.send(String::from_utf8_lossy(&kept).into_owned());
        });
        Ok(Process {
            child,
            task,
            jobs,
            said,
        })
    }

    /// Tells it what to do. One that has ended does not listen, and its end is seen elsewhere.
    fn feed<'s>(&mut self, work: &'s Work, scope: &'s thread::Scope<'s, '_>) {
        let Some(stdin) = self.child.stdin.take() else {
            return;
        };
        let (task, jobs) = (std::mem::take(&mut self.task), std::mem::take(&mut self.jobs));
        scope.spawn(move || -> io::Result<()> {
            let mut stdin = BufWriter::with_capacity(PIPE, stdin);
            writeln!(stdin, "{task}\n{}", work.head)?;
            (work.body)(&jobs, &mut stdin)?;
            stdin.flush()
        });
    }

    fn events<'s, T: DeserializeOwned + Send + 'static>(
        &mut self,
        scope: &'s thread::Scope<'s, '_>,
    ) -> mpsc::Receiver<Event<T>> {
        let (sender, events) = mpsc::channel();
        if let Some(stdout) = self.child.stdout.take() {
            scope.spawn(move || {
                let lines = BufReader::new(stdout).lines().map_while(Result::ok);
                for event in lines.map_while(|line| serde_json::from_str(&line).ok()) {
                    if sender.send(event).is_err() {
                        return;
                    }
                }
            });
        }
        events
    }

    fn kill(&mut self) {
        // It may have ended by itself meanwhile.
        let _ = self.child.kill();
    }

    /// Lets it end, which nobody waits for: it has said all.
    fn dismiss(mut self) {
        self.kill();
        // Where there is no thread, it is waited for when this process ends.
        let wait = thread::Builder::new();
        drop(wait.spawn(move || self.child.wait()));
    }

    /// How it ended.
    fn why(mut self, late: bool) -> Why {
        self.kill_where_deaf();
        let status = self.child.wait();
        let said = self.said.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
        if late || status.as_ref().is_ok_and(is_out_of_time) {
            return Why::Time;
        }
        if said.contains("memory allocation of") || said.contains("capacity overflow") {
            return Why::Memory;
        }
        if said.contains("overflowed its stack") {
            return Why::Stack;
        }
        let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Why::Other(match status {
            Ok(status) => format!("its process ended with {status} {line}").trim_end().to_owned(),
            Err(error) => format!("its process cannot be waited for: {error}"),
        })
    }

    /// One that has closed its standard output and goes on has nothing more to say.
    fn kill_where_deaf(&mut self) {
        // Each wait is longer than the one before, and all together are about a second.
        for wait in 0..1_400 {
            match self.child.try_wait() {
                // Mostly it is about to end.
                Ok(None) => thread::sleep(Duration::from_micros(wait)),
                _ => return,
            }
        }
        self.kill();
    }
}

#[cfg(unix)]
fn is_out_of_time(status: &ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    /// The signal of a process that has used up its time.
    const XCPU: i32 = 24;
    status.signal() == Some(XCPU)
}

#[cfg(not(unix))]
fn is_out_of_time(_: &ExitStatus) -> bool {
    false
}

/// What a process that works apart was told, and its way to answer.
pub struct Served {
    task: Task,
    head: String,
    input: Option<Box<dyn BufRead>>,
    confine: Box<dyn FnMut(u64, Duration)>,
}

impl Served {
    /// Reads what is to be done. `confine` holds this process to so many bytes of memory past those that it has, and so
    /// much more time of a processor; it is called whenever something starts that has these limits.
    ///
    /// # Errors
    ///
    /// Where standard input does not say what to do.
    pub fn read(input: impl Read + 'static, confine: Box<dyn FnMut(u64, Duration)>) -> io::Result<Self> {
        let mut input = BufReader::with_capacity(PIPE, input);
        let (mut task, mut head) = (String::new(), String::new());
        input.read_line(&mut task)?;
        input.read_line(&mut head)?;
        let task = serde_json::from_str(&task)?;
        Ok(Served {
            task,
            head,
            input: Some(Box::new(input)),
            confine,
        })
    }

    /// What kind of jobs are to be done.
    pub(crate) fn kind(&self) -> &str {
        &self.task.kind
    }

    /// The numbers of the jobs.
    pub(crate) fn jobs(&self) -> Vec<usize> {
        self.task.jobs.clone()
    }

    /// What all of them need.
    pub(crate) fn head<'a, T: Deserialize<'a>>(&'a self) -> io::Result<T> {
        Ok(serde_json::from_str(&self.head)?)
    }

    /// What they judge, as text; it is handed on once.
    pub(crate) fn take_text(&mut self) -> io::Result<String> {
        let mut text = String::new();
        self.take_body()?.read_to_string(&mut text)?;
        Ok(text)
    }

    /// What they judge, as lines; it is handed on once.
    pub(crate) fn take_body(&mut self) -> io::Result<impl BufRead + use<>> {
        self.input.take().ok_or_else(|| io::Error::other("it was read before"))
    }

    /// Says that a job starts.
    pub(crate) fn started(&mut self, job: usize) -> io::Result<()> {
        (self.confine)(self.task.memory, self.task.time);
        say(&Event::<()>::Started(job))
    }

    /// Says what came of a job.
    pub(crate) fn done<T: Serialize>(&mut self, job: usize, result: T) -> io::Result<()> {
        say(&Event::Done(job, result))
    }
}

fn say<T: Serialize>(event: &Event<T>) -> io::Result<()> {
    let mut line = serde_json::to_vec(event)?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}
