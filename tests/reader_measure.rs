//! The reader against labelled replies of one's own: `CALMLINE_LABELLED=a.jsonl:b.jsonl cargo test --test reader_measure -- --nocapture --ignored`.

use calmline::language::LanguagePack;
use calmline::language::measure::{Labelled, Measure};

#[test]
#[ignore = "needs files of labelled replies, named in CALMLINE_LABELLED"]
fn reads_labelled_replies() {
    let files = std::env::var("CALMLINE_LABELLED").expect("CALMLINE_LABELLED names the files");
    for file in files.split(':') {
        let text = std::fs::read_to_string(file).expect("a readable file");
        let replies: Vec<Labelled> =
            text.lines().map(|line| serde_json::from_str(line).expect("a labelled reply")).collect();
        // A pack under work is read from its file, so that trying a pattern needs no build.
        let own = std::env::var("CALMLINE_PACK").ok().map(|path| {
            let source = std::fs::read_to_string(&path).expect("a readable pack");
            LanguagePack::from_ron(&path, &source).unwrap_or_else(|problems| panic!("{problems}"))
        });
        let pack = own
            .as_ref()
            .or_else(|| LanguagePack::bundled(&replies[0].lang))
            .or(LanguagePack::bundled("en"))
            .expect("a bundled pack");
        let measure = Measure::of(pack, &replies);
        println!(
            "{file}: {} replies, macro F1 {:?}, due {}/{}",
            measure.replies,
            measure.macro_f1(),
            measure.due_right,
            measure.due_all
        );
        for (act, tally) in &measure.acts {
            println!(
                "  {:14} right {:3} invented {:3} missed {:3}  P {:.2} R {:.2} F1 {:.2}",
                act.id(),
                tally.right,
                tally.invented,
                tally.missed,
                tally.precision().unwrap_or(1.0),
                tally.recall().unwrap_or(1.0),
                tally.f1()
            );
        }
        if std::env::var_os("CALMLINE_MISTAKES").is_some() {
            for mistake in &measure.mistakes {
                let reply = replies.iter().find(|reply| reply.id == mistake.id).expect("its reply");
                println!("{} | {}", mistake.id, reply.reply);
                println!("    missed {:?}, due {:?}", mistake.missed, mistake.due);
                let reading = reply.read(pack);
                for found in reading.acts.iter().filter(|found| mistake.invented.contains(&found.act)) {
                    println!("    invented {} «{}» {:?}", found.act, found.span.of(&reply.reply), found.because);
                }
            }
        }
        assert_eq!(measure.replies, replies.len());
    }
}
