//! `rinnalla`: the one program of the register of peer support. Its commands stand in [`cli`], one file each.

#![recursion_limit = "256"] // the schema's nested futures are deeper than the compiler's default

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    // Two providers of TLS could be compiled in one day, and rustls refuses to choose: this one is the program's.
    let _ = rustls::crypto::ring::default_provider().install_default();
    cli::main()
}
