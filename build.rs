//! In a release, functions that came out alike are kept once. The GraphQL schema brings thousands of them, and the memory of
//! a process is for the greater part its code.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name, value| std::env::var(name).is_ok_and(|it| it == value);
    // The linker that comes with Rust here.
    if is("PROFILE", "release") && is("TARGET", "x86_64-unknown-linux-gnu") {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
}
