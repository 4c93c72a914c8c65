//! Notes on standard error: what a person should know of a run that goes on all the same.

use std::io::{self, Write};

use csc_measures::visible;

use crate::args::Request;
use crate::stop::NAME;

/// Writes a note, unless the run is to be quiet.
pub(crate) fn write(request: &Request, note: &str) {
    if !request.is_quiet {
        // The run goes on even if nobody can read the note.
        let _ = writeln!(io::stderr(), "{NAME}: {}", visible(note));
    }
}
