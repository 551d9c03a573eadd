//! `calmline learn`: learns the heads of the reader from labelled replies, and says how well they read.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::failure::{colour, print};
use super::{Failure, output};
use crate::content::Library;
use crate::diagnostic::{Problems, decode_file};
use crate::language::marked::parse;
use crate::language::meaning::example::Example;
use crate::language::meaning::learning::{Figures, Learned, Origin, Progress, Schooling, learn_heads, weigh_heads};
use crate::language::meaning::{Heads, MadeFrom, TensorError, bundled_encoder, digest};
use crate::language::measure::FEWEST;
use crate::language::{Act, LanguagePack, Reading, Span, Tally};
use crate::locale::{text, text_with};
use crate::rules::Rubric;
use crate::session::{Content, MoodTable};

/// The file of each language whose replies are kept back to measure on.
const KEPT_BACK: &str = "kept-back";

const EXAMPLES: &str = "\
Examples:
  calmline learn                                  learn anew from assets/languages/examples
  calmline learn --weigh                          weigh what was learned anew, after a change of a language pack or of kept-back.txt
  calmline learn my/examples --out my-heads.bin   from other replies, into another file

DIR holds a folder for each language, such as en/, and in it .txt files in the marked text form (see `calmline read --help`).
The replies of kept-back.txt are not learned from: on them the phrases and what was learned are weighed and measured. The same
replies give the same file on the same kind of machine. Learning takes about an hour on two cores; build it optimised: `cargo run --release --features training -- learn`.

Exit codes: 0 done · 65 an example file has problems · 66 a folder is not there or holds no examples · 74 reading or writing failed";

/// What `calmline learn` is asked for.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct LearnArgs {
    /// Where the labelled replies are
    #[arg(value_name = "DIR", default_value = "assets/languages/examples")]
    examples: PathBuf,
    /// Where the published blocks are, from which learning starts
    #[arg(long, value_name = "FILE", default_value = "assets/encoder/blocks.bin")]
    blocks: PathBuf,
    /// Keep what was learned, in the file of --out, and weigh it anew against the phrases: enough after a change of a language pack or of kept-back.txt
    #[arg(long, conflicts_with_all = ["blocks", "rounds"])]
    weigh: bool,
    /// How often each reply is learned from
    #[arg(long, value_name = "COUNT", default_value_t = Schooling::default().rounds as u64, value_parser = clap::value_parser!(u64).range(1..=100))]
    rounds: u64,
    /// Where what was learned is written
    #[arg(long, value_name = "FILE", default_value = "assets/encoder/heads.bin")]
    out: PathBuf,
    /// Where the figures are written
    #[arg(long, value_name = "FILE", default_value = "assets/encoder/figures.txt")]
    figures: PathBuf,
}

/// Learns, measures, writes.
pub fn learn(args: &LearnArgs) -> Result<(), Failure> {
    if !args.weigh {
        output::check_out(&args.out, &[])?;
    }
    output::check_out(&args.figures, &[])?;
    let encoder = bundled_encoder().ok_or_else(|| Failure::not_there(text("learn-no-encoder")))?;
    let (examples, [learned, kept_back]) = load(&args.examples)?;
    let packs = LanguagePack::bundled_languages().filter_map(LanguagePack::bundled);
    let packs = packs.map(LanguagePack::source_hash).collect::<Vec<_>>().join("+");
    let made_from = MadeFrom { examples: learned, kept_back, packs };
    let settled = settled();
    let taught = (&examples[..], &settled[..]);
    let bar = progress_bar();
    let show = |progress| {
        let (what, (done, all)) = match progress {
            Progress::Learning(done, all) => ("learn-learning", (done, all)),
            Progress::Measuring(done, all) => ("learn-measuring", (done, all)),
        };
        bar.set_message(text(what));
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let Learned { heads, figures } = if args.weigh {
        let mut heads = open(&args.out, Heads::open)?;
        if heads.made_from.examples != made_from.examples {
            return Err(Failure::bad_file(text_with(
                "learn-other-examples",
                [
                    ("file", args.out.display().to_string().into()),
                    ("folder", args.examples.display().to_string().into()),
                ],
            )));
        }
        heads.made_from = made_from;
        weigh_heads(encoder, heads, taught, show)
    } else {
        let origin = open(&args.blocks, Origin::open)?;
        let schooling = Schooling { rounds: args.rounds as usize, ..Schooling::default() };
        learn_heads(encoder, &origin, taught, made_from, &schooling, show)
    };
    bar.finish_and_clear();
    let bytes = heads.to_bytes();
    let table = table(&figures, &bytes);
    output::deliver(&bytes, Some(&args.out))?;
    output::deliver(table.as_bytes(), Some(&args.figures))?;
    print(&table)
}

fn progress_bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(1).with_style(style)
}

/// A file of numbers, read from disk.
fn open<T>(path: &Path, of: impl Fn(&[u8]) -> Result<T, TensorError>) -> Result<T, Failure> {
    let named =
        |why: String| text_with("learn-unreadable", [("file", path.display().to_string().into()), ("why", why.into())]);
    let file = std::fs::read(path).map_err(|error| {
        let words = named(error.to_string());
        if error.kind() == io::ErrorKind::NotFound { Failure::not_there(words) } else { Failure::io(words) }
    })?;
    of(&file).map_err(|error| Failure::bad_file(named(error.to_string())))
}

/// Every labelled reply below a folder, in the order of the files' names, and the digests of the files to learn from and of those
/// to weigh on.
fn load(folder: &Path) -> Result<(Vec<Example>, [String; 2]), Failure> {
    let unreadable = |path: &Path, error: io::Error| {
        let words = text_with(
            "learn-unreadable",
            [("file", path.display().to_string().into()), ("why", error.to_string().into())],
        );
        if error.kind() == io::ErrorKind::NotFound { Failure::not_there(words) } else { Failure::io(words) }
    };
    let list = |folder: &Path| -> Result<Vec<PathBuf>, Failure> {
        let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
        let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
        let mut paths = paths.map_err(|error| unreadable(folder, error))?;
        paths.sort();
        Ok(paths)
    };
    let mut examples = Vec::new();
    let mut broken: Vec<Problems> = Vec::new();
    let mut files: [Vec<(String, String)>; 2] = Default::default();
    for language in list(folder)?.into_iter().filter(|path| path.is_dir()) {
        for path in list(&language)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
            let name = path.to_string_lossy();
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
            let source = match decode_file(&name, &bytes) {
                Ok(source) => source,
                Err(problems) => {
                    broken.push(*problems);
                    continue;
                }
            };
            let kept_back = path.file_stem().is_some_and(|stem| stem == KEPT_BACK);
            match parse(&name, &source) {
                Ok(replies) => {
                    examples.extend(replies.into_iter().map(|reply| {
                        let pack = reply.language.as_deref().and_then(LanguagePack::bundled);
                        let example = match pack {
                            Some(pack) => pack.example(reply),
                            None => Example::of(reply, &Reading::default()),
                        };
                        Example { kept_back, ..example }
                    }));
                }
                Err(problems) => broken.push(problems),
            }
            files[usize::from(kept_back)].push((file_name(&language) + "/" + &file_name(&path), source));
        }
    }
    if !broken.is_empty() {
        return Err(Failure::bad_file(
            broken.iter().map(|problems| problems.render(colour())).collect::<Vec<_>>().join("\n"),
        ));
    }
    if examples.is_empty() {
        return Err(Failure::not_there(text_with("learn-nothing", [("folder", folder.display().to_string().into())])));
    }
    if !examples.iter().any(|example| example.kept_back) {
        let words = [("folder", folder.display().to_string().into()), ("file", format!("{KEPT_BACK}.txt").into())];
        return Err(Failure::not_there(text_with("learn-nothing-kept-back", words)));
    }
    let digests = files.map(|files| digest(files.iter().map(|(name, source)| (name.as_str(), source.as_str()))));
    Ok((examples, digests))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The options of the shipped scenarios whose acts their trainers have stated.
fn settled() -> Vec<Example> {
    let mut settled = Vec::new();
    let library = Library::bundled();
    for loaded in library.entries().filter_map(|entry| entry.loaded.as_ref().ok()) {
        let rubric = std::sync::Arc::new(Rubric::bundled().clone());
        let Ok(content) = Content::new(loaded.clone(), rubric, std::sync::Arc::new(MoodTable::bundled())) else {
            continue;
        };
        for beat in &content.scenario.beats {
            let customer = beat.says.first().map(|line| line.text.clone()).unwrap_or_default();
            for option in &beat.options {
                let Some(expect) = &option.expect else { continue };
                let span = Span { start: 0, end: option.text.len() };
                settled.push(Example {
                    language: content.pack.language().to_owned(),
                    matched: Example::surest(&content.read_phrases(&option.text, &customer)),
                    customer: customer.clone(),
                    reply: option.text.clone(),
                    clauses: vec![(span, expect.clone())],
                    kept_back: false,
                });
            }
        }
    }
    settled
}

/// The figures as a table, with what they were reached on.
fn table(figures: &Figures, heads: &[u8]) -> String {
    let mut out = String::new();
    let hash = crate::fingerprint::short_sha256(heads);
    let _ = writeln!(
        out,
        "Heads {hash}, learned from {} replies; weighed and measured on {} kept back, from which it did not learn.\n\
         Of {} options that scenarios label, {} are weighed as labelled.\n\
         By act and language: precision, recall and F1 of the phrases alone, and of both stages.",
        figures.learned_from, figures.kept_back, figures.settled.1, figures.settled.0
    );
    for (language, both) in &figures.both {
        let none = Vec::new();
        let patterns = figures.patterns.get(language).unwrap_or(&none);
        let _ = writeln!(out, "\n{language:<16}      phrases alone         both stages");
        for (act, (one, two)) in Act::ALL.iter().zip(patterns.iter().zip(both)) {
            let cell = |tally: &Tally| {
                let share = |share: Option<f64>| share.map_or("   –".into(), |share| format!("{share:.2}"));
                format!("{} {} {:.2}", share(tally.precision()), share(tally.recall()), tally.f1())
            };
            let _ =
                writeln!(out, "  {:<14} {:>4}   {}      {}", act.id(), two.right + two.missed, cell(one), cell(two));
        }
        let mean = |tallies: &[Tally]| {
            let counted: Vec<f64> =
                tallies.iter().filter(|tally| tally.right + tally.missed >= FEWEST).map(|tally| tally.f1()).collect();
            counted.iter().sum::<f64>() / counted.len().max(1) as f64
        };
        let _ =
            writeln!(out, "  macro F1                        {:.3}               {:.3}", mean(patterns), mean(both));
    }
    out
}
