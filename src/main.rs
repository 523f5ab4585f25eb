//! `rinnalla`: the one program of the register of peer support. Its commands stand in [`cli`], one file each.

#![recursion_limit = "512"] // the schema's nested futures are deeper than the compiler's default

use std::process::ExitCode;

mod cli;

/// An answer is some thousand small values, made and dropped on any of the threads: the system's allocator took a fifth
/// of the time that the API needed for a caseload.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Two providers of TLS could be compiled in one day, and rustls refuses to choose: this one is the program's.
    let _ = rustls::crypto::ring::default_provider().install_default();
    cli::main()
}
