//! What *learn* and *practise* say while one plays: hints with an example, and the rule behind an act.

use crate::language::Act;
use crate::locale::text;
use crate::rules::{self, Rule};
use crate::session::{Hint, Missing, State};

/// A hint, and an example from the phrase book where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintWords {
    pub words: String,
    pub example: Option<&'static str>,
}

/// The words of a hint, with an example in the language that is being practised.
#[must_use]
pub fn hint_words(hint: &Hint, language: &str) -> HintWords {
    match hint {
        Hint::Beat(words) => HintWords { words: words.clone(), example: None },
        Hint::Missing(missing) => {
            let phrase = match missing {
                Missing::Apology => "apologise",
                Missing::ApologyAgain => "apologise-again",
                Missing::Question => "clarify",
                Missing::Empathy => "acknowledge",
                Missing::Reason => "cannot-help",
                Missing::Offer => "offer-choice",
                Missing::NextStep | Missing::StepTime => "next-step",
                Missing::CallBackTime => "call-back",
                Missing::CheckBack | Missing::CallBack => "",
            };
            let words = text(&format!("hint-{}", missing.id()));
            HintWords { words, example: rules::better_wording(language, phrase) }
        }
    }
}

/// What is missing, named in a few words: "an apology".
#[must_use]
pub fn missing_words(missing: Missing) -> String {
    text(&format!("missing-{}", missing.id()))
}

/// The rule that an act is about, to be explained when the act is first met.
#[must_use]
pub fn rule_behind(act: Act) -> Option<&'static Rule> {
    rules::rule(match act {
        Act::Apology => "apologise",
        Act::Question | Act::Paraphrase => "clarify",
        Act::Empathy => "acknowledge",
        Act::Offer | Act::CheckBack => "offer-solutions",
        Act::NextStep => "next-steps",
        Act::TimedPromise | Act::VaguePromise => "call-back",
        Act::Courtesy => "courtesy",
        Act::Identify => "be-personal",
        Act::Arguing => "no-arguing",
        Act::BlameShift => "no-blame-shifting",
        Act::BrushOff => "own-it",
        Act::Rudeness => "stay-calm",
    })
}

/// The rules that the latest reply met for the first time, in the order of the acts; in *learn* each is explained then.
#[must_use]
pub fn rules_first_met(state: &State) -> Vec<&'static Rule> {
    let Some(reply) = state.last_reply() else { return Vec::new() };
    let of_latest = |act: &Act| reply.reading.has(*act);
    let heard_before = |act: &Act| state.acts.get(act).copied().unwrap_or_default() > usize::from(of_latest(act));
    let known: Vec<&str> =
        Act::ALL.iter().filter(|act| heard_before(act)).filter_map(|act| Some(rule_behind(*act)?.id)).collect();
    let mut met: Vec<&'static Rule> = Vec::new();
    for rule in Act::ALL.iter().filter(|act| of_latest(act)).filter_map(|act| rule_behind(*act)) {
        if !known.contains(&rule.id) && met.iter().all(|other| other.id != rule.id) {
            met.push(rule);
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::has;

    #[test]
    fn every_act_has_its_rule() {
        for act in Act::ALL {
            assert!(rule_behind(*act).is_some(), "{act}");
        }
    }

    #[test]
    fn every_act_is_named_and_explained() {
        for act in Act::ALL {
            assert!(has(&format!("act-{act}")) && has(&format!("act-{act}-means")), "{act}");
        }
    }

    #[test]
    fn whatever_is_missing_has_its_words() {
        let every = [
            Missing::Apology,
            Missing::ApologyAgain,
            Missing::Question,
            Missing::Empathy,
            Missing::Reason,
            Missing::Offer,
            Missing::CheckBack,
            Missing::NextStep,
            Missing::StepTime,
            Missing::CallBackTime,
            Missing::CallBack,
        ];
        for missing in every {
            let id = missing.id();
            assert!(has(&format!("hint-{id}")) && has(&format!("missing-{id}")), "{id}");
        }
    }

    #[test]
    fn a_hint_for_what_is_missing_shows_how_it_could_sound() {
        let hint = hint_words(&Hint::Missing(Missing::Apology), "en");
        assert!(hint.example.is_some_and(|example| example.contains("sorry")));
    }
}
