//! Gives the shared library the name by which a program built against it finds it again: one for each version
//! of the binary interface, so that an incompatible one is never loaded in its place.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // The number is `CSC_ABI_VERSION`; a test of the chores compares the two.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libcsc_measures.so.2");
    }
}
