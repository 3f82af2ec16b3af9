//! The tradepost program.

fn main() -> std::process::ExitCode {
    server::commands::run()
}
