//! Reads one reply: finds the pack's phrases, weighs what speaks against them, and joins times to commitments.

use jiff::civil::DateTime;

use super::by_phrases::{ByPhrases, OpenTime, Ruling};
use super::lexicon::{Named, Subject};
use super::pack::Meaning;
use super::pack_format::{PhraseGroup, Role, Within};
use super::pattern::Hit;
use super::promise::{TimeFound, TimeKind, find_times};
use super::text::{Sentence, Text};
use super::vocabulary::{ClassId, UNKNOWN};
use super::{Act, Contact, FoundAct, FoundPromise, LanguagePack, Lexicon, Mention, Reading, Reason, Span};

/// How many words before a phrase a negation reaches.
const NEGATION_REACH: usize = 4;
/// How many words may lie between a commitment and its time.
const PROMISE_REACH: usize = 16;
/// Sentences of so few words name a remedy without a verb: "A full refund."
const FRAGMENT: usize = 6;
const QUESTION_CERTAINTY: u8 = 72;
const PROMISE_CERTAINTY: u8 = 86;
const REMEDY_CERTAINTY: u8 = 80;
/// How many words the evidence of an apology spans at most, and that of the other acts.
const APOLOGY_WORDS: usize = 12;
const EVIDENCE_WORDS: usize = 24;
/// A clause of so few words says nothing alone.
const STUMP: usize = 3;

/// What surrounds a reply.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The customer's line before; may be empty.
    pub customer: &'a str,
    /// The local moment of the reply, against which times are resolved.
    pub now: DateTime,
}

impl LanguagePack {
    /// What the reply does. The same reply in the same context always reads the same.
    #[must_use]
    pub fn read(&self, reply: &str, context: &Context, lexicon: &Lexicon) -> Reading {
        self.read_by_phrases(reply, context, lexicon).reading
    }

    /// What the reply does, and what the learned stage must know of its words beside that.
    pub(crate) fn read_by_phrases(&self, reply: &str, context: &Context, lexicon: &Lexicon) -> ByPhrases<'_> {
        let text = Text::read(reply, &self.writing, &self.vocabulary);
        let hits = self.automaton.find(&text, &self.vocabulary, self.negation);
        let named = lexicon.find(&text, self);
        let mut reading = Reading::default();
        let mut rulings = Vec::new();
        let mut open_times = Vec::new();
        let (mut hit_at, mut named_at) = (0, 0);
        // By act found: what else in the reply would take it back.
        let mut unless: Vec<&[Act]> = Vec::new();
        for sentence in &text.sentences {
            let hit_end = hit_at + hits[hit_at..].iter().take_while(|hit| hit.first < sentence.end).count();
            let named_end = named_at + named[named_at..].iter().take_while(|name| name.first < sentence.end).count();
            let mut scene = Scene::new(self, &text, *sentence, context.now);
            scene.named = &named[named_at..named_end];
            scene.sort_hits(&hits[hit_at..hit_end]);
            scene.read(&mut reading, &mut unless);
            open_times.append(&mut scene.open_times);
            rulings.extend(
                scene
                    .standing
                    .iter()
                    .filter(|one| one.phrase.own || !one.phrase.hides.is_empty() || !one.phrase.clears.is_empty())
                    .map(|one| Ruling {
                        span: text.span(one.first, one.end - 1),
                        sentence: sentence.span,
                        phrase: &self.phrases[one.group],
                    }),
            );
            (hit_at, named_at) = (hit_end, named_end);
        }
        let held: Vec<Act> = reading.acts.iter().map(|found| found.act).collect();
        let mut at = 0;
        reading.acts.retain(|_| {
            at += 1;
            !unless[at - 1].iter().any(|act| held.contains(act))
        });
        find_remedy_asked_about(&text, &mut reading);
        reading.acts.sort_by_key(|found| (found.span.start, found.act, found.span.end));
        ByPhrases { reading, rulings, open_times }
    }

    fn denies(&self, text: &Text, at: usize) -> bool {
        in_class(self, text, at, self.negation)
    }

    /// Whether a negation governs the word at `first`.
    fn negated(&self, text: &Text, first: usize) -> bool {
        let token = &text.tokens[first];
        if in_class(self, text, first, self.scope_ends) {
            return false;
        }
        for at in (0..first).rev().take(NEGATION_REACH) {
            if text.tokens[at].clause != token.clause || text.tokens[at].sentence != token.sentence {
                return false;
            }
            if self.denies(text, at) {
                return true;
            }
            if in_class(self, text, at, self.scope_ends) {
                return false;
            }
        }
        false
    }
}

/// "A driver brings the right one on Monday. Does that suit?": whoever asks whether it suits has just offered something,
/// whatever the words. So the statement right before the question is the offer, where nothing else in it is.
fn find_remedy_asked_about(text: &Text, reading: &mut Reading) {
    let Some(asked) = reading.acts.iter().find(|found| found.act == Act::CheckBack) else { return };
    if reading.has(Act::Offer) {
        return;
    }
    let at = text.sentences.iter().position(|sentence| asked.span.start < sentence.span.end).unwrap_or(0);
    let Some(before) = at.checked_sub(1).map(|at| text.sentences[at]) else { return };
    let commits = |act| matches!(act, Act::NextStep | Act::TimedPromise | Act::VaguePromise);
    let taken = reading
        .acts
        .iter()
        .any(|found| found.span.start < before.span.end && before.span.start < found.span.end && !commits(found.act));
    if before.asks || taken || before.end - before.first <= STUMP {
        return;
    }
    reading.acts.push(FoundAct {
        act: Act::Offer,
        span: before.span,
        certainty: QUESTION_CERTAINTY,
        because: Reason::Construction("what the customer is asked to agree to".into()),
    });
}

fn in_class(pack: &LanguagePack, text: &Text, at: usize, class: ClassId) -> bool {
    let token = &text.tokens[at];
    let classes = if token.id == UNKNOWN { &*token.classes } else { pack.vocabulary.classes(token.id) };
    classes.binary_search(&class).is_ok()
}

/// An act that a phrase or a construction stands for, before it is weighed against the others.
#[derive(Clone, Debug)]
struct Candidate {
    act: Act,
    first: usize,
    end: usize,
    certainty: u8,
    /// The phrase group; none for a construction.
    group: Option<usize>,
    because: Because,
}

#[derive(Clone, Copy, Debug)]
enum Because {
    Pattern(usize),
    Construction(&'static str),
}

/// A phrase of the sentence that stands: right kind of sentence, not quoted, not taken back.
#[derive(Clone, Copy, Debug)]
struct Standing<'a> {
    first: usize,
    end: usize,
    group: usize,
    phrase: &'a PhraseGroup,
}

struct Scene<'a> {
    pack: &'a LanguagePack,
    text: &'a Text,
    sentence: Sentence,
    now: DateTime,
    named: &'a [Named],
    standing: Vec<Standing<'a>>,
    candidates: Vec<Candidate>,
    times: Vec<(usize, usize, TimeKind)>,
    jargon: Vec<Span>,
    open_times: Vec<OpenTime>,
}

impl<'a> Scene<'a> {
    fn new(pack: &'a LanguagePack, text: &'a Text, sentence: Sentence, now: DateTime) -> Self {
        Scene {
            pack,
            text,
            sentence,
            now,
            named: &[],
            standing: Vec::new(),
            candidates: Vec::new(),
            times: Vec::new(),
            jargon: Vec::new(),
            open_times: Vec::new(),
        }
    }

    fn sort_hits(&mut self, hits: &[Hit]) {
        let pack = self.pack;
        for hit in hits {
            match pack.patterns[hit.pattern as usize].1 {
                Meaning::Time(number) => self.times.push((hit.first, hit.end, pack.times[number])),
                Meaning::Jargon => self.jargon.push(self.text.span(hit.first, hit.end - 1)),
                Meaning::Phrase(number) => self.weigh(hit, number),
            }
        }
    }

    fn weigh(&mut self, hit: &Hit, number: usize) {
        let pack = self.pack;
        let phrase = &pack.phrases[number];
        let fits = match phrase.within {
            Within::Any => true,
            Within::Questions => self.sentence.asks,
            Within::Statements => !self.sentence.asks,
        };
        if !fits || self.text.tokens[hit.first].quoted {
            return;
        }
        let helps = phrase.acts.iter().any(|act| !act.hurts())
            || matches!(phrase.role, Some(Role::Commits(_) | Role::Proposes));
        if phrase.deniable.unwrap_or(helps) && (hit.negated_inside || pack.negated(self.text, hit.first)) {
            return;
        }
        for &act in &phrase.acts {
            self.candidates.push(Candidate {
                act,
                first: hit.first,
                end: hit.end,
                certainty: phrase.certainty,
                group: Some(number),
                because: Because::Pattern(hit.pattern as usize),
            });
        }
        self.standing.push(Standing { first: hit.first, end: hit.end, group: number, phrase });
    }

    fn read(&mut self, reading: &mut Reading, unless: &mut Vec<&'a [Act]>) {
        self.drop_hidden();
        self.find_question();
        self.find_promises(reading);
        self.find_remedies(reading);
        self.find_asked(reading);
        for act in Act::ALL {
            let best = self
                .candidates
                .iter()
                .filter(|candidate| candidate.act == *act)
                .max_by_key(|found| (found.certainty, found.end - found.first, std::cmp::Reverse(found.first)));
            if let Some(best) = best {
                unless.push(best.group.map_or(&[], |group| &self.pack.phrases[group].unless));
                reading.acts.push(FoundAct {
                    act: *act,
                    span: self.span(best),
                    certainty: best.certainty,
                    because: match best.because {
                        Because::Pattern(number) => Reason::Phrase(self.pack.patterns[number].0.clone()),
                        Because::Construction(name) => Reason::Construction(name.into()),
                    },
                });
            }
        }
        for name in self.named {
            match name.of {
                Subject::Reason if reading.gives_reason.is_none() => reading.gives_reason = Some(name.span),
                Subject::Customer if reading.names_customer.is_none_or(|span| span.start == name.span.start) => {
                    let longest = reading.names_customer.map_or(0, |span| span.end).max(name.span.end);
                    reading.names_customer = Some(Span { start: name.span.start, end: longest });
                }
                Subject::Jargon => self.jargon.push(name.span),
                _ => {}
            }
        }
        self.jargon.sort_unstable();
        for span in &self.jargon {
            match reading.jargon.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => reading.jargon.push(*span),
            }
        }
        let placed = !self.candidates.is_empty()
            || self.standing.iter().any(|standing| matches!(standing.phrase.role, Some(Role::Known | Role::Refuses)));
        reading.recognised |= placed;
    }

    /// The words a person is shown as evidence: the clause or sentence around the match, wide enough to make sense alone.
    fn span(&self, found: &Candidate) -> Span {
        let (first, end) = match found.act {
            Act::Courtesy | Act::Identify => (found.first, found.end),
            Act::Question | Act::Paraphrase | Act::CheckBack
                if self.sentence.asks && self.sentence.end - self.sentence.first <= EVIDENCE_WORDS =>
            {
                return self.sentence.span;
            }
            Act::Apology => self.clause_around(found.first, found.end, APOLOGY_WORDS),
            _ => self.clause_around(found.first, found.end, EVIDENCE_WORDS),
        };
        self.text.span(first, end - 1)
    }

    /// Widens a match to the edges of its clause, `most` words in all; a stump before it ("I'm | so sorry") comes along.
    fn clause_around(&self, mut first: usize, mut end: usize, most: usize) -> (usize, usize) {
        let tokens = &self.text.tokens;
        let joined = |at: usize| tokens[at - 1].span.end + 1 >= tokens[at].span.start;
        while end < self.sentence.end && end - first < most && tokens[end].clause == tokens[end - 1].clause {
            end += 1;
        }
        let start = |mut at: usize| {
            while at > self.sentence.first && end - at < most && tokens[at - 1].clause == tokens[at].clause {
                at -= 1;
            }
            at
        };
        first = start(first);
        if first > self.sentence.first && joined(first) && end - first < most {
            let stump = start(first - 1);
            if first - stump <= STUMP {
                first = stump;
            }
        }
        (first, end)
    }

    fn drop_hidden(&mut self) {
        let standing = &self.standing;
        self.candidates.retain(|found| {
            !standing.iter().any(|other| {
                let overlaps = other.first < found.end && found.first < other.end;
                let hides = overlaps && other.phrase.hides.contains(&found.act);
                let clears = other.phrase.clears.contains(&found.act) && found.certainty <= other.phrase.certainty;
                Some(other.group) != found.group && (hides || clears)
            })
        });
        // A commitment that was hidden commits to nothing.
        let hidden = |one: &Standing| {
            matches!(one.phrase.role, Some(Role::Commits(_) | Role::Vague))
                && standing.iter().any(|other| {
                    other.group != one.group
                        && other.first < one.end
                        && one.first < other.end
                        && other.phrase.hides.contains(&Act::NextStep)
                })
        };
        let kept: Vec<Standing> = standing.iter().filter(|one| !hidden(one)).copied().collect();
        self.standing = kept;
    }

    fn find_question(&mut self) {
        let cleared = self.standing.iter().any(|other| other.phrase.clears.contains(&Act::Question));
        // A question that also insults, disputes or dismisses wants no answer.
        let hostile = self.candidates.iter().any(|found| found.act.hurts());
        let quoted = (self.sentence.first..self.sentence.end).all(|at| self.text.tokens[at].quoted);
        if self.sentence.asks && !cleared && !hostile && !quoted {
            self.candidates.push(Candidate {
                act: Act::Question,
                first: self.sentence.first,
                end: self.sentence.end,
                certainty: QUESTION_CERTAINTY,
                group: None,
                because: Because::Construction("question about the case"),
            });
        }
    }

    fn find_promises(&mut self, reading: &mut Reading) {
        let times = find_times(self.text, &self.times, &self.pack.time_words, self.now);
        let mut commitments: Vec<(Standing, Contact)> = self
            .standing
            .iter()
            .filter_map(|one| match one.phrase.role {
                Some(Role::Commits(contact)) => Some((*one, contact)),
                _ => None,
            })
            .collect();
        // "I'll get back to you": words of a contact are not also those of some other action.
        let contacts: Vec<Standing> =
            commitments.iter().filter(|(_, contact)| *contact != Contact::Action).map(|(one, _)| *one).collect();
        commitments.retain(|(one, contact)| {
            *contact != Contact::Action || !contacts.iter().any(|other| other.first < one.end && one.first < other.end)
        });
        let mut timed = false;
        for time in &times {
            if let Some((first, end, contact)) = self.commitment_for(time, &commitments) {
                timed = true;
                let (first, end) = (first.min(time.first), end.max(time.end));
                let span = self.text.span(first, end - 1);
                reading.promises.push(FoundPromise { span, due: Some(time.due), not_before: time.not_before, contact });
                self.promise(Act::TimedPromise, first, end, "commitment with a time");
            } else if !self.is_unbound(time, &commitments) {
                let span = self.text.span(time.first, time.end - 1);
                let (due, not_before) = (Some(time.due), time.not_before);
                let promise = FoundPromise { span, due, not_before, contact: Contact::Action };
                self.open_times.push(OpenTime { promise, sentence: self.sentence.span });
            }
        }
        if timed {
            return;
        }
        let vague: Vec<(usize, usize)> = self
            .standing
            .iter()
            .filter(|one| one.phrase.role == Some(Role::Vague))
            .map(|one| (one.first, one.end))
            .collect();
        for (first, end) in vague {
            let time = TimeFound { first, end, due: self.now, not_before: None };
            if let Some((from, to, contact)) = self.commitment_for(&time, &commitments) {
                let (first, end) = (from.min(first), to.max(end));
                let span = self.text.span(first, end - 1);
                reading.promises.push(FoundPromise { span, due: None, not_before: None, contact });
                self.promise(Act::VaguePromise, first, end, "commitment without a checkable time");
                return;
            }
        }
    }

    fn promise(&mut self, act: Act, first: usize, end: usize, because: &'static str) {
        for act in [act, Act::NextStep] {
            self.candidates.push(Candidate {
                act,
                first,
                end,
                certainty: PROMISE_CERTAINTY,
                group: None,
                because: Because::Construction(because),
            });
        }
    }

    /// Whether something says of a time that it binds nobody.
    fn is_unbound(&self, time: &TimeFound, commitments: &[(Standing, Contact)]) -> bool {
        let clause = |at: usize| self.text.tokens[at].clause;
        // "I'll check and call you back": what looks like an order to call is the second half of the commitment.
        let committed = |at: usize| {
            self.text.tokens[at].starts_clause && commitments.iter().any(|(one, _)| one.first < at && at < one.end)
        };
        self.text.tokens[time.end - 1].quoted
            || self.standing.iter().any(|one| {
                one.phrase.role == Some(Role::Unbinds)
                    && !committed(one.first)
                    && !(time.first <= one.first && one.end <= time.end && one.end - one.first < time.end - time.first)
                    && (clause(one.end - 1) == clause(time.first)
                        || clause(one.first) == clause(time.end - 1)
                        || (one.first < time.end && time.first < one.end))
            })
    }

    /// The commitment that a time belongs to: the nearest one that nothing unbinds.
    fn commitment_for(&self, time: &TimeFound, commitments: &[(Standing, Contact)]) -> Option<(usize, usize, Contact)> {
        if self.is_unbound(time, commitments) {
            return None;
        }
        let clause = |at: usize| self.text.tokens[at].clause;
        let distance = |one: &Standing| {
            let words = if one.end <= time.first { time.first - one.end } else { one.first.saturating_sub(time.end) };
            let clauses =
                clause(one.first).abs_diff(clause(time.first)).min(clause(one.end - 1).abs_diff(clause(time.first)));
            (words + 4 * clauses as usize, words)
        };
        commitments
            .iter()
            .filter(|(one, _)| distance(one).1 <= PROMISE_REACH)
            .min_by_key(|(one, contact)| {
                (distance(one).0, *contact != Contact::Agent, *contact == Contact::Action, std::cmp::Reverse(one.end))
            })
            .map(|(one, contact)| (one.first, one.end, *contact))
    }

    fn find_remedies(&mut self, reading: &mut Reading) {
        let proposing = self.sentence.end - self.sentence.first <= FRAGMENT
            || self.candidates.iter().any(|found| matches!(found.act, Act::Offer | Act::NextStep | Act::TimedPromise))
            || self.standing.iter().any(|one| matches!(one.phrase.role, Some(Role::Proposes | Role::Commits(_))));
        if !proposing {
            return;
        }
        let pack = self.pack;
        for name in self.named.iter().filter(|name| name.of == Subject::Offer) {
            let clause = self.text.tokens[name.first].clause;
            let refused = self.standing.iter().any(|one| {
                one.phrase.role == Some(Role::Refuses)
                    && one.first < name.end
                    && (self.text.tokens[one.end - 1].clause == clause || name.first < one.end)
            });
            let negated = pack.negated(self.text, name.first)
                || (name.first..name.end).any(|at| pack.denies(self.text, at))
                || (self.sentence.first..name.first)
                    .rev()
                    .take(7)
                    .take_while(|at| self.text.tokens[*at].clause == clause)
                    .any(|at| pack.denies(self.text, at))
                || (name.end..self.sentence.end)
                    .take(5)
                    .take_while(|at| self.text.tokens[*at].clause == clause)
                    .any(|at| pack.denies(self.text, at));
            if refused || negated || self.text.tokens[name.first].quoted {
                continue;
            }
            if !reading.proposes.iter().any(|mention| mention.id == name.id) {
                reading.proposes.push(Mention { id: name.id.clone(), span: name.span });
            }
            self.candidates.push(Candidate {
                act: Act::Offer,
                first: name.first,
                end: name.end,
                certainty: REMEDY_CERTAINTY,
                group: None,
                because: Because::Construction("remedy of the scenario"),
            });
        }
    }

    fn find_asked(&self, reading: &mut Reading) {
        if !self.candidates.iter().any(|found| found.act == Act::Question) {
            return;
        }
        for name in self.named.iter().filter(|name| name.of == Subject::Fact) {
            if !reading.asks.iter().any(|mention| mention.id == name.id) {
                reading.asks.push(Mention { id: name.id.clone(), span: name.span });
            }
        }
    }
}
