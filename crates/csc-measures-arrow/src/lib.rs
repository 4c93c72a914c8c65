//! Arrow record batches in and out of the `csc-measures` dataset.
