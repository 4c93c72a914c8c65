//! Long work: without the interpreter's lock, and so that Ctrl-C is heard.

use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::error::Failure;

/// How soon a signal is heard.
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

/// Does work on a thread of its own while this one waits for it and listens for signals. After Ctrl-C the caller
/// is free at once; the thread ends by itself, and its answer is thrown away.
pub(crate) fn patiently<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    patiently_in_steps(py, None, |_| work())
}

/// Work that tells of its steps: `progress` is called with each.
pub(crate) fn patiently_in_steps<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Steps<T>) -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    let (news, mut wait) = sync_channel(1);
    thread::Builder::new().name("csc-measures".to_owned()).spawn(move || {
        let steps = Steps(news);
        let done = work(&steps);
        // Nobody may be waiting any more.
        let _ = steps.0.send(News::Done(done));
    })?;
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
            // The work panicked: what a panic says is not for users, and may hold what a row says.
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("an internal error of csc_measures"));
            }
        }
    }
}

/// What to call with each step: what the caller gives, or a bar where that is `True`.
pub(crate) fn progress<'py>(given: Option<&Bound<'py, PyAny>>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(given) = given else { return Ok(None) };
    let progress = given.py().import("csc_measures._progress")?.call_method1("of", (given,))?;
    Ok((!progress.is_none()).then_some(progress))
}
