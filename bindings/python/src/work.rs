//! Long work: without the interpreter's lock, and so that Ctrl-C ends it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::error::Failure;

/// How often signals are looked for.
const PATIENCE: Duration = Duration::from_millis(50);

/// How far work has come: of what, how much of how much.
pub(crate) struct Step {
    pub(crate) what: String,
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// Tells the waiting thread of each step.
pub(crate) struct Steps<T>(SyncSender<News<T>>);

impl<T> Steps<T> {
    pub(crate) fn tell(&self, step: Step) {
        // Nobody may be waiting any more.
        let _ = self.0.send(News::Step(step));
    }
}

enum News<T> {
    Step(Step),
    Done(Result<T, Failure>),
}

/// Work for a thread.
type Job = Box<dyn FnOnce() + Send>;

/// A thread that does one piece of work after another, such as the tables of a dataset. It is started for the
/// first, and ends with its owner once it has nothing more to do.
#[derive(Default)]
pub(crate) struct Worker(Mutex<Option<Sender<Job>>>);

impl Worker {
    /// Does work while the calling thread waits for it and listens for signals. After Ctrl-C the caller is free at
    /// once, and the answer is thrown away.
    pub(crate) fn patiently<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> PyResult<T> {
        let (news, wait) = sync_channel(1);
        self.send(Box::new(move || {
            // Nobody may be waiting any more.
            let _ = news.send(News::Done(work()));
        }))?;
        wait_for(py, None, wait)
    }

    fn send(&self, job: Job) -> PyResult<()> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let job = match place.as_ref() {
            Some(worker) => match worker.send(job) {
                Ok(()) => return Ok(()),
                // The thread is gone after a panic.
                Err(SendError(job)) => job,
            },
            None => job,
        };
        let (jobs, given) = channel::<Job>();
        start(move || {
            job();
            given.into_iter().for_each(|job| job());
        })?;
        *place = Some(jobs);
        Ok(())
    }
}

/// Does work on a thread of its own while this one waits for it and listens for signals. After Ctrl-C the caller
/// is free at once; the thread ends by itself, and its answer is thrown away.
pub(crate) fn patiently<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    patiently_in_steps(py, None, |_| work())
}

/// Work that reports its steps: `progress` is called with each.
pub(crate) fn patiently_in_steps<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Steps<T>) -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    let (news, wait) = sync_channel(1);
    start(move || {
        let steps = Steps(news);
        let done = work(&steps);
        // Nobody may be waiting any more.
        let _ = steps.0.send(News::Done(done));
    })?;
    wait_for(py, progress, wait)
}

/// Does work that is over before anybody could interrupt it, on the calling thread.
pub(crate) fn at_once<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> PyResult<T> {
    match py.detach(|| catch_unwind(AssertUnwindSafe(work))) {
        Ok(answer) => answer.map_err(PyErr::from),
        Err(_) => Err(panicked()),
    }
}

/// Starts a thread.
fn start(job: impl FnOnce() + Send + 'static) -> PyResult<()> {
    thread::Builder::new().name("csc-measures".to_owned()).spawn(job)?;
    Ok(())
}

/// Waits for what a thread does.
fn wait_for<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    mut wait: Receiver<News<T>>,
) -> PyResult<T> {
    loop {
        let wait = &mut wait;
        match py.detach(move || wait.recv_timeout(PATIENCE)) {
            Ok(News::Done(answer)) => return answer.map_err(PyErr::from),
            Ok(News::Step(Step { what, done, total })) => {
                if let Some(progress) = progress {
                    progress.call1((what, done, total))?;
                }
            }
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Err(panicked()),
        }
    }
}

/// The work panicked: what a panic says is not for users, and may hold what a row says.
fn panicked() -> PyErr {
    PyRuntimeError::new_err("an internal error of csc_measures")
}

/// What to call with each step: what the caller gives, or a bar if that is `True`.
pub(crate) fn progress<'py>(given: Option<&Bound<'py, PyAny>>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(given) = given else { return Ok(None) };
    let progress = given.py().import("csc_measures._progress")?.call_method1("of", (given,))?;
    Ok((!progress.is_none()).then_some(progress))
}

/// Breaks an invariant of the core, on the calling thread or on another: tests see by it what a defect comes to.
#[pyfunction]
pub(crate) fn _break_an_invariant(py: Python<'_>, on_another_thread: bool) -> PyResult<()> {
    let broken = || {
        csc_measures::break_an_invariant();
        Ok(())
    };
    if on_another_thread { patiently(py, broken) } else { at_once(py, broken) }
}
