//! Folders of CSV and Parquet files read into the `csc-measures` dataset.
