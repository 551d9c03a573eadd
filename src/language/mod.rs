//! From the words of a reply to the acts it holds, with evidence and certainty, and to promises with due times.

mod act;
mod lexicon;
pub mod measure;
mod pack;
mod pattern;
mod promise;
mod reader;
mod reading;
mod text;
mod vocabulary;
mod writing;

pub use act::Act;
pub use lexicon::Lexicon;
pub use pack::{CustomerLines, LanguagePack, PackError, PackProblem};
pub use reader::Context;
pub use reading::{Contact, FoundAct, FoundPromise, Mention, Reading, Reason, Span};
#[derive(Clone, Debug)]
pub struct LanguagePack {
    lines: CustomerLines,
}
#[derive(Clone, Debug, Default)]
pub struct Lexicon(Vec<(String, Vec<String>)>, Vec<(String, Vec<String>)>);
pub struct Context<'a> {
    pub customer: &'a str,
    pub now: jiff::civil::DateTime,
}
#[derive(Clone, Debug, Default)]
pub struct CustomerLines {
    pub hang_up: Vec<String>,
    pub go_public: Vec<String>,
    pub escalate: Vec<String>,
    pub calls_again: Vec<String>,
    pub called_back_on_time: Vec<String>,
    pub called_back_late: Vec<String>,
    pub called_back_early: Vec<String>,
    pub still_there: Vec<String>,
    pub offer_accepted: Vec<String>,
    pub offer_declined: Vec<String>,
    pub offer_too_early: Vec<String>,
    pub calmed: Vec<String>,
    pub thanks: Vec<String>,
    pub provoked: Vec<String>,
    pub already_told: Vec<String>,
    pub not_understood: Vec<String>,
    pub waits_for_call: Vec<String>,
}
static PACK: std::sync::LazyLock<LanguagePack> = std::sync::LazyLock::new(|| LanguagePack {
    lines: CustomerLines {
        hang_up: vec!["Goodbye.".into()],
        called_back_on_time: vec!["You called. Good.".into()],
        called_back_late: vec!["You are late.".into()],
        called_back_early: vec!["That was quick.".into()],
        calls_again: vec!["You promised to call me!".into()],
        offer_accepted: vec!["All right, let's do that.".into()],
        offer_declined: vec!["No, that won't do.".into()],
        provoked: vec!["Excuse me?".into()],
        not_understood: vec!["What do you mean?".into()],
        thanks: vec!["Thank you.".into()],
        ..Default::default()
    },
});
impl LanguagePack {
    pub fn bundled(_: &str) -> Option<&'static Self> {
        Some(&PACK)
    }
    pub fn source_hash(&self) -> &str {
        "pack"
    }
    pub fn customer_lines(&self) -> &CustomerLines {
        &self.lines
    }
    pub fn read(&self, text: &str, ctx: &Context, lex: &Lexicon) -> Reading {
        let low = text.to_lowercase();
        let mut r = Reading::default();
        let table = [
            ("sorry", Act::Apology, 97),
            ("frustrat", Act::Empathy, 88),
            ("please", Act::Courtesy, 90),
            ("thank", Act::Courtesy, 90),
            ("it isn't our fault", Act::Arguing, 92),
            ("should have", Act::Arguing, 70),
            ("calm down", Act::BrushOff, 95),
            ("call you back in five minutes", Act::TimedPromise, 99),
            ("i'll check", Act::NextStep, 80),
            ("does that work", Act::CheckBack, 90),
            ("idiot", Act::Rudeness, 99),
            ("may i have", Act::Question, 93),
            ("what ", Act::Question, 61),
            ("so ", Act::Paraphrase, 55),
            ("refund", Act::Offer, 84),
            ("new one", Act::Offer, 84),
        ];
        for (w, act, certainty) in table {
            if let Some(start) = low.find(w) {
                let span = Span { start, end: start + w.len() };
                r.acts.push(FoundAct { act, span, certainty, because: Reason::Phrase(w.into()) });
                if act == Act::TimedPromise {
                    let due = ctx.now.checked_add(jiff::SignedDuration::from_mins(5)).ok();
                    r.promises.push(FoundPromise { span, due, not_before: due, contact: Contact::Agent });
                }
            }
        }
        r.acts.sort_by_key(|a| a.span);
        for (list, out) in [(&lex.0, &mut r.asks), (&lex.1, &mut r.proposes)] {
            for (id, words) in list {
                if let Some((s, w)) = words.iter().find_map(|w| low.find(&w.to_lowercase()).map(|s| (s, w))) {
                    out.push(Mention { id: id.clone(), span: Span { start: s, end: s + w.len() } });
                }
            }
        }
        if !r.acts.iter().any(|a| a.act == Act::Question) {
            r.asks.clear();
        }
        if r.acts.iter().any(|a| a.act == Act::Question) {
            r.proposes.clear();
        }
        r.recognised = !r.acts.is_empty();
        r
    }
}
impl Lexicon {
    pub fn of(s: &crate::scenario::Scenario, _: &LanguagePack) -> Self {
        Self(
            s.facts.iter().map(|f| (f.id.clone(), f.asked.clone())).collect(),
            s.offers.iter().map(|f| (f.id.clone(), f.heard.clone())).collect(),
        )
    }
}
