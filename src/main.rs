//! The program.

use calmline::session::Mode;
use calmline::window::{Options, can_open, run};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let get = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    if let Err(why) = can_open() {
        eprintln!("{why}");
        std::process::exit(3);
    }
    let data = get("--data").unwrap_or_else(|| "/tmp/calmline-data".into());
    std::fs::create_dir_all(&data).ok();
    let store = calmline::progress::Store::open(data.as_ref()).expect("store");
    let mode = match get("--mode").as_deref() {
        Some("learn") => Mode::Learn,
        Some("assess") => Mode::Assess,
        _ => Mode::Practise,
    };
    let size = get("--size").and_then(|s| s.split_once('x').map(|(a, b)| (a.parse().unwrap_or(1280), b.parse().unwrap_or(720))));
    let options = Options {
        store,
        library: calmline::content::Library::open(get("--scenarios").as_deref().map(std::path::Path::new)),
        trainee: get("--trainee"),
        start: get("--play").map(|s| (s, mode, get("--seed").and_then(|s| s.parse().ok()))),
        autoplay: get("--autoplay").map(Into::into),
        screenshots: get("--screenshots").map(Into::into),
        size: size.unwrap_or((1280, 720)),
        dark: get("--theme").map(|t| t == "dark"),
    };
    if let Err(error) = run(options) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
