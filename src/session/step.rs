//! One step of a session: an input and where things stand go in, events come out. Pure and seeded.

use rand::SeedableRng;
use rand::prelude::IndexedRandom;
use rand::rngs::ChaCha8Rng;

use super::{Cause, Content, Event, Hint, Input, LineOpener, LineState, Missing, Mode, Promise, SaidBecause, State};
use crate::language::{Act, Contact, FoundPromise, Reading};
use crate::rules::{OfferVerdict, PromiseStatus};
use crate::scenario::{Beat, Channel, Line, Offer, Outcome, Style};

/// The longest reply that is taken, in bytes.
pub const LONGEST_REPLY: usize = 20_000;

/// Promised moments closer than this are one promise said twice, in seconds.
const SAME_PROMISE: u64 = 300;

/// Why an input cannot be taken now. Nothing has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The session is over.
    Over,
    /// The customer has not been answered yet.
    NotStarted,
    /// The customer is not on the line: wait, or call.
    LineClosed,
    /// The customer is on the line already.
    LineOpen,
    /// This mode does not allow it.
    NotInThisMode,
    /// There is no such reply to go back to.
    NoSuchReply,
    /// There is no such option here.
    NoSuchOption,
    /// There is nothing in the reply.
    EmptyReply,
    TooLong,
}

impl Refusal {
    /// The key of its words in the locale.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Refusal::Over => "refusal-over",
            Refusal::NotStarted => "refusal-not-started",
            Refusal::LineClosed => "refusal-line-closed",
            Refusal::LineOpen => "refusal-line-open",
            Refusal::NotInThisMode => "refusal-not-in-this-mode",
            Refusal::NoSuchReply => "refusal-no-such-reply",
            Refusal::NoSuchOption => "refusal-no-such-option",
            Refusal::EmptyReply => "refusal-empty-reply",
            Refusal::TooLong => "refusal-too-long",
        }
    }
}

/// What happens when the trainee does this.
///
/// # Errors
/// A [`Refusal`] where it cannot be done now; nothing has happened then.
pub fn step(content: &Content, state: &State, input: Input) -> Result<Vec<Event>, Refusal> {
    if state.ended.is_some() && !matches!(input, Input::Rewind { .. }) {
        return Err(Refusal::Over);
    }
    let mut step = Step { content, state: state.clone(), events: Vec::new(), rng: rng(state) };
    match &input {
        Input::Open if state.line == LineState::Quiet => step.open(input),
        Input::Open => return Err(Refusal::LineOpen),
        _ if state.line == LineState::Quiet && input != Input::Leave => return Err(Refusal::NotStarted),
        Input::Reply { text, took, chosen } => {
            let (text, took, chosen) = (text.clone(), *took, *chosen);
            step.check_reply(&text, chosen)?;
            step.reply(input, &text, took);
        }
        Input::Wait { seconds } => step.wait(*seconds),
        Input::CallBack if state.line == LineState::Open => return Err(Refusal::LineOpen),
        Input::CallBack => step.call_back(),
        Input::Rewind { reply } => {
            if state.mode() == Mode::Assess {
                return Err(Refusal::NotInThisMode);
            }
            if *reply == 0 || *reply > state.replies {
                return Err(Refusal::NoSuchReply);
            }
            return Ok(vec![Event::Did { at: state.now, input }]);
        }
        Input::Hint if state.mode() == Mode::Assess => return Err(Refusal::NotInThisMode),
        Input::Hint => {
            let hint = hint(content, state);
            step.did(input);
            step.push(Event::HintShown { hint });
        }
        Input::Leave => step.leave(),
    }
    Ok(step.events)
}

/// What would help most now.
#[must_use]
pub fn hint(content: &Content, state: &State) -> Hint {
    if matches!(state.line, LineState::Closed { .. }) {
        return Hint::Missing(Missing::CallBack);
    }
    if let Some(words) = content.beat(&state.beat).and_then(|beat| beat.hint.clone())
        && state.hints.last() != Some(&Hint::Beat(words.clone()))
    {
        return Hint::Beat(words);
    }
    Hint::Missing(missing(content, state))
}

/// The next thing in the order apology, understanding, solution, next step.
#[must_use]
pub fn missing(content: &Content, state: &State) -> Missing {
    let did = |act| state.acts.contains_key(&act);
    let lacks_facts = content.scenario.facts.iter().any(|fact| fact.needed && !state.facts.contains(&fact.id));
    if !did(Act::Apology) {
        Missing::Apology
    } else if lacks_facts {
        Missing::Question
    } else if !did(Act::Empathy) && !did(Act::Paraphrase) {
        Missing::Empathy
    } else if !did(Act::Offer) {
        Missing::Offer
    } else if !state.accepted() {
        Missing::CheckBack
    } else {
        Missing::NextStep
    }
}

/// Each step draws from its own stream, so that the same turn of the same seed always sounds the same, rewound or not.
fn rng(state: &State) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(state.setup.seed);
    rng.set_stream(state.transcript.len() as u64);
    rng
}

struct Step<'a> {
    content: &'a Content,
    state: State,
    events: Vec<Event>,
    rng: ChaCha8Rng,
}

impl Step<'_> {
    fn push(&mut self, event: Event) {
        self.state.apply(&event);
        self.events.push(event);
    }

    fn did(&mut self, input: Input) {
        self.push(Event::Did { at: self.state.now, input });
    }

    fn check_reply(&self, text: &str, chosen: Option<usize>) -> Result<(), Refusal> {
        if self.state.line != LineState::Open {
            return Err(Refusal::LineClosed);
        }
        if text.trim().is_empty() {
            return Err(Refusal::EmptyReply);
        }
        if text.len() > LONGEST_REPLY {
            return Err(Refusal::TooLong);
        }
        let Some(index) = chosen else { return Ok(()) };
        if self.state.mode() == Mode::Assess {
            return Err(Refusal::NotInThisMode);
        }
        let option = self.content.beat(&self.state.beat).and_then(|beat| beat.options.get(index));
        if option.is_some_and(|option| option.text == text) { Ok(()) } else { Err(Refusal::NoSuchOption) }
    }

    fn open(&mut self, input: Input) {
        self.did(input);
        let Some(first) = self.content.scenario.beats.first() else { return };
        self.enter(&first.id, SaidBecause::Opening);
    }

    fn reply(&mut self, input: Input, text: &str, took: u32) {
        let customer = self.state.customer_words();
        let since = self.state.now;
        let at = since.saturating_add(u64::from(took));
        self.push(Event::Did { at, input });
        self.silence(since);
        self.forget_overdue_on_the_line();
        self.keep_on_the_line();
        let reading = self.content.read(text, &customer, self.state.now);
        let had = History::of(&self.state);
        self.push(Event::ReplyRead { reading: reading.clone() });
        self.judge_mood(&reading, &had);
        self.make_promises(&reading);
        let mut said = self.answer(&reading);
        said |= self.consider_offers(&reading);
        if self.walks_away() {
            return;
        }
        self.react(&reading, &had, said);
        self.move_on();
    }

    fn move_by(&mut self, cause: Cause) {
        let customer = &self.content.scenario.customer;
        let mood = self.content.moods.moved(self.state.mood, cause, &customer.temper, customer.style);
        self.push(Event::MoodMoved { cause: cause.id(), mood });
    }

    /// Silence beyond what the channel forgives, unless the trainee asked for that time.
    fn silence(&mut self, since: u64) {
        let forgiven = self.forgiven_silence();
        let agreed = self.state.open_promises().iter().map(|promise| promise.closes).max().unwrap_or(0);
        let silent = self.state.now.saturating_sub(since.max(agreed)).saturating_sub(forgiven);
        for _ in 0..silent.div_ceil(60).min(10) {
            self.move_by(Cause::Silence);
        }
    }

    /// Seconds of silence that the channel forgives.
    fn forgiven_silence(&self) -> u64 {
        let silence = self.content.moods.limits.silence;
        match self.content.scenario.channel {
            Channel::Phone => silence.phone,
            Channel::Chat => silence.chat,
            Channel::Email => silence.email,
            Channel::Counter => silence.counter,
            Channel::Review => silence.review,
        }
    }

    fn judge_mood(&mut self, reading: &Reading, had: &History) {
        self.move_by(Cause::Turn);
        if !reading.recognised {
            self.move_by(Cause::NotRecognised);
            return;
        }
        for act in Act::ALL.iter().filter(|act| reading.has(**act)) {
            for cause in self.causes_of(*act, reading, had) {
                self.move_by(cause);
            }
        }
        if reading.names_customer.is_some() && !had.named {
            self.move_by(Cause::NamesCustomer);
        }
        if reading.gives_reason.is_some() && self.content.scenario.cannot_help.is_some() && !had.gave_reason {
            self.move_by(Cause::ReasonGiven);
        }
        if !reading.jargon.is_empty() {
            self.move_by(Cause::Jargon);
        }
        if reading.acts.iter().all(|found| found.act == Act::Courtesy) && reading.gives_reason.is_none() {
            self.move_by(Cause::NothingDone);
        }
    }

    fn causes_of(&self, act: Act, reading: &Reading, had: &History) -> Vec<Cause> {
        let limits = &self.content.moods.limits;
        match act {
            Act::Apology => vec![match had.count(Act::Apology) {
                0 if had.replies < limits.early_replies => Cause::ApologyEarly,
                0 => Cause::ApologyLate,
                1 => Cause::ApologyAgain,
                _ => Cause::ApologyTooOften,
            }],
            Act::Empathy => vec![if had.count(act) == 0 { Cause::Empathy } else { Cause::EmpathyAgain }],
            Act::Paraphrase => vec![Cause::Paraphrase],
            Act::Question if reading.asks.is_empty() => vec![Cause::QuestionOther],
            Act::Question => {
                let fresh = |id: &str| !self.state.facts.contains(id);
                let needed = |id: &str| self.content.fact(id).is_some_and(|fact| fact.needed);
                if reading.asks.iter().any(|ask| fresh(&ask.id) && needed(&ask.id)) {
                    vec![Cause::QuestionNeeded]
                } else if reading.asks.iter().any(|ask| fresh(&ask.id)) {
                    vec![Cause::QuestionOther]
                } else if reading.has(Act::Paraphrase) {
                    // Saying back what was told, to check it, is no deaf question.
                    vec![]
                } else {
                    vec![Cause::QuestionTold]
                }
            }
            Act::Offer if reading.proposes.is_empty() => vec![Cause::OfferOther],
            Act::Offer => {
                let fresh = reading.proposes.iter().filter(|offer| !self.state.offers.iter().any(|o| o.id == offer.id));
                let offers = fresh.filter_map(|offer| self.content.offer(&offer.id));
                let mut causes: Vec<Cause> =
                    offers.map(|offer| self.offer_cause(offer, had.understanding(reading))).collect();
                causes.sort_unstable();
                causes.dedup();
                causes
            }
            Act::NextStep if had.count(act) < 3 => vec![Cause::NextStep],
            Act::NextStep => vec![],
            Act::TimedPromise if had.count(act) < 3 => vec![Cause::TimedPromise],
            Act::TimedPromise => vec![],
            Act::VaguePromise if reading.has(Act::TimedPromise) => vec![],
            Act::VaguePromise => vec![Cause::VaguePromise],
            Act::Courtesy if had.count(act) == 0 => vec![Cause::Courtesy],
            Act::Courtesy => vec![],
            Act::CheckBack => vec![Cause::CheckBack],
            Act::Identify if had.count(act) == 0 => vec![Cause::Identify],
            Act::Identify => vec![],
            Act::Arguing => vec![Cause::Arguing],
            Act::BlameShift => vec![Cause::BlameShift],
            Act::BrushOff => vec![Cause::BrushOff],
            Act::Rudeness => vec![Cause::Rudeness],
        }
    }

    fn offer_cause(&self, offer: &Offer, understanding: bool) -> Cause {
        match self.verdict(offer) {
            OfferVerdict::Fits if understanding => Cause::OfferFits,
            OfferVerdict::Fits => Cause::OfferCold,
            OfferVerdict::TooEarly => Cause::OfferTooEarly,
            OfferVerdict::RuledOut => Cause::OfferRuledOut,
            OfferVerdict::BeyondAuthority => Cause::OfferBeyondAuthority,
            OfferVerdict::Unreasonable => Cause::OfferUnreasonable,
        }
    }

    /// How an offer fits what is known now.
    fn verdict(&self, offer: &Offer) -> OfferVerdict {
        let knows = |id: &String| self.state.facts.contains(id);
        if offer.unreasonable {
            OfferVerdict::Unreasonable
        } else if offer.beyond_authority {
            OfferVerdict::BeyondAuthority
        } else if offer.ruled_out_by.iter().any(knows) {
            OfferVerdict::RuledOut
        } else if offer.needs.iter().all(knows) {
            OfferVerdict::Fits
        } else {
            OfferVerdict::TooEarly
        }
    }

    /// The customer answers what was asked. True where something was said.
    fn answer(&mut self, reading: &Reading) -> bool {
        let scenario = &self.content.scenario;
        let mut wanted: Vec<String> = Vec::new();
        for ask in &reading.asks {
            if !self.state.facts.contains(&ask.id) && !wanted.contains(&ask.id) {
                wanted.push(ask.id.clone());
            }
        }
        let open_question = reading.has(Act::Question) && reading.asks.is_empty() && !reading.has(Act::Rudeness);
        if open_question && (scenario.customer.style != Style::Vague || self.state.open_questions > 1) {
            let next = scenario.facts.iter().find(|fact| fact.needed && !self.state.facts.contains(&fact.id));
            wanted.extend(next.map(|fact| fact.id.clone()));
        }
        let holds_back = scenario.customer.style == Style::Vague
            || self.state.mood.anger >= self.content.moods.limits.holds_back_at_anger;
        wanted.truncate(if holds_back { 1 } else { wanted.len() });
        let mut said = false;
        for id in wanted {
            let Some(fact) = self.content.fact(&id) else { continue };
            let answer = self.pick_text(&fact.answer);
            self.push(Event::FactLearned { id });
            if let Some(answer) = answer {
                self.say(answer, SaidBecause::Answer);
                said = true;
            }
        }
        said
    }

    /// Puts proposed offers on the table; the customer takes the best one that fits when the mood allows. True where something was said.
    fn consider_offers(&mut self, reading: &Reading) -> bool {
        let before = self.state.accepted();
        let mut proposed: Vec<&Offer> = Vec::new();
        for mention in &reading.proposes {
            if let Some(offer) = self.content.offer(&mention.id)
                && !proposed.iter().any(|known| known.id == offer.id)
            {
                let verdict = self.verdict(offer);
                self.push(Event::OfferMade { id: offer.id.clone(), verdict, span: mention.span });
                proposed.push(offer);
            }
        }
        let goodwill = |id: &str| self.content.offer(id).is_some_and(|offer| offer.goodwill);
        let taken =
            |wanted: bool| self.state.offers.iter().any(|offer| offer.accepted && goodwill(&offer.id) == wanted);
        let on_table: Vec<&Offer> = self
            .state
            .offers
            .iter()
            .filter(|offer| !offer.accepted)
            .filter_map(|offer| self.content.offer(&offer.id))
            .filter(|offer| self.verdict(offer) == OfferVerdict::Fits && !taken(offer.goodwill))
            .collect();
        // The remedy first: a goodwill gesture is taken on top of it, or where there is nothing else.
        let Some(best) = on_table.iter().max_by_key(|offer| (!offer.goodwill, offer.heals)).copied() else {
            return !before && self.turn_down(&proposed);
        };
        let fitting = self.state.offers.iter().filter_map(|offer| self.content.offer(&offer.id));
        let heals =
            fitting.filter(|offer| self.verdict(offer) == OfferVerdict::Fits).map(|offer| i32::from(offer.heals));
        let limits = &self.content.moods.limits;
        let pushes = match self.content.scenario.customer.style {
            Style::Manipulative => limits.manipulative_wants_more,
            _ => 0,
        };
        let mood = self.state.mood;
        let willing = heals.sum::<i32>().min(100) + i32::from(mood.trust) / 2 - i32::from(mood.anger) / 2;
        if willing < limits.accepts_from + pushes {
            return self.turn_down(&proposed);
        }
        self.push(Event::OfferAccepted { id: best.id.clone() });
        let customer = &self.content.scenario.customer;
        let mood = self.content.moods.relieved(self.state.mood, best.heals, &customer.temper, customer.style);
        self.push(Event::MoodMoved { cause: Cause::Accepted.id(), mood });
        let stock = self.content.pack.customer_lines().offer_accepted.clone();
        let line = self.pick_text(&best.accepted).or_else(|| self.pick_text(&stock));
        self.say_some(line, SaidBecause::Reaction)
    }

    fn turn_down(&mut self, proposed: &[&Offer]) -> bool {
        let Some(offer) = proposed.first() else { return false };
        let verdict = self.verdict(offer);
        self.push(Event::OfferDeclined { id: offer.id.clone() });
        let lines = self.content.pack.customer_lines();
        let stock = match verdict {
            OfferVerdict::TooEarly => lines.offer_too_early.clone(),
            _ => lines.offer_declined.clone(),
        };
        let line = self.pick_text(&offer.declined).or_else(|| self.pick_text(&stock));
        self.say_some(line, SaidBecause::Reaction)
    }

    /// A short reaction where the reply calls for one and the customer has not spoken yet.
    fn react(&mut self, reading: &Reading, had: &History, said: bool) {
        if said {
            return;
        }
        let lines = self.content.pack.customer_lines();
        let asked_again = !reading.asks.is_empty()
            && !reading.has(Act::Paraphrase)
            && reading.asks.iter().all(|ask| had.facts.contains(&ask.id));
        let stock = if reading.has(Act::Rudeness) || reading.has(Act::Arguing) || reading.has(Act::BrushOff) {
            lines.provoked.clone()
        } else if asked_again {
            lines.already_told.clone()
        } else if !reading.recognised {
            lines.not_understood.clone()
        } else {
            return;
        };
        let line = self.pick_text(&stock);
        self.say_some(line, SaidBecause::Reaction);
    }

    fn make_promises(&mut self, reading: &Reading) {
        for found in reading.promises.iter().filter(|found| found.contact == Contact::Agent) {
            self.make_promise(found);
        }
    }

    fn make_promise(&mut self, found: &FoundPromise) {
        let Some(due) = found.due else { return };
        let clock = self.content.clock();
        let due_at = clock.seconds_to(due);
        let known = self.state.open_promises().iter().any(|open| open.due_at.abs_diff(due_at) <= SAME_PROMISE);
        if known || due_at < self.state.now {
            return;
        }
        let window = &self.content.scenario.call_back;
        let minutes = |count: u32| u64::from(count) * 60;
        let made_at = self.state.now;
        let opens = found
            .not_before
            .map_or(made_at, |from| clock.seconds_to(from).saturating_sub(minutes(window.early)).max(made_at));
        let text = self.state.last_reply().map(|reply| found.span.of(&reply.text).to_owned()).unwrap_or_default();
        let promise = Promise {
            id: self.state.promises.len(),
            reply: self.state.replies,
            span: found.span,
            text,
            made_at,
            due,
            opens,
            due_at,
            closes: due_at + minutes(window.late),
            forgotten: due_at + minutes(window.forgotten),
        };
        self.push(Event::PromiseMade { promise });
    }

    /// Coming back within the same call keeps a promise too ("give me five minutes").
    fn keep_on_the_line(&mut self) {
        let now = self.state.now;
        let early = u64::from(self.content.scenario.call_back.early) * 60;
        let due: Vec<Promise> =
            self.state.open_promises().into_iter().filter(|open| open.due_at <= now + early).cloned().collect();
        for promise in due {
            self.settle(&promise, now);
        }
    }

    fn forget_overdue_on_the_line(&mut self) {
        let now = self.state.now;
        let overdue: Vec<usize> =
            self.state.open_promises().iter().filter(|open| open.forgotten < now).map(|open| open.id).collect();
        for id in overdue {
            self.push(Event::PromiseSettled { id, status: PromiseStatus::Forgotten });
            self.move_by(Cause::PromiseForgotten);
        }
    }

    fn settle(&mut self, promise: &Promise, at: u64) {
        let (status, cause) = if at < promise.opens {
            (PromiseStatus::Early, Cause::PromiseEarly)
        } else if at <= promise.closes {
            (PromiseStatus::Kept, Cause::PromiseKept)
        } else {
            (PromiseStatus::Late, Cause::PromiseLate)
        };
        self.push(Event::PromiseSettled { id: promise.id, status });
        self.move_by(cause);
    }

    fn wait(&mut self, seconds: u64) {
        let until = self.state.now.saturating_add(seconds);
        match self.state.line.clone() {
            LineState::Closed { .. } => {
                let next_missed = self.state.open_promises().iter().map(|open| (open.forgotten, open.id)).min();
                match next_missed {
                    Some((moment, id)) if until >= moment => {
                        let seconds = moment.saturating_sub(self.state.now);
                        self.push(Event::Did { at: moment, input: Input::Wait { seconds } });
                        self.customer_calls_again(id);
                    }
                    _ => self.push(Event::Did { at: until, input: Input::Wait { seconds } }),
                }
            }
            LineState::Open | LineState::Quiet => self.wait_on_the_line(seconds),
        }
    }

    /// Nobody listens to silence for long: beyond what was agreed the customer speaks up, and the wait ends there.
    fn wait_on_the_line(&mut self, seconds: u64) {
        let since = self.state.now;
        let agreed = self.state.open_promises().iter().map(|open| open.closes).max().unwrap_or(0).max(since);
        let speaks_up = agreed.saturating_add(self.forgiven_silence()).saturating_add(60);
        let until = since.saturating_add(seconds).min(speaks_up);
        self.push(Event::Did { at: until, input: Input::Wait { seconds: until - since } });
        self.silence(since);
        self.forget_overdue_on_the_line();
        if !self.walks_away() && until > agreed + self.forgiven_silence() {
            let stock = self.content.pack.customer_lines().still_there.clone();
            let line = self.pick_text(&stock);
            self.say_some(line, SaidBecause::Reaction);
        }
    }

    fn customer_calls_again(&mut self, missed: usize) {
        self.push(Event::PromiseSettled { id: missed, status: PromiseStatus::Forgotten });
        self.move_by(Cause::PromiseForgotten);
        self.push(Event::LineOpened { at: self.state.now, by: LineOpener::Customer });
        if self.walks_away() {
            return;
        }
        match self.content.scenario.call_back.missed.clone() {
            Some(beat) => self.enter(&beat, SaidBecause::CallBack),
            None => {
                let stock = self.content.pack.customer_lines().calls_again.clone();
                let line = self.pick_text(&stock);
                self.say_some(line, SaidBecause::CallBack);
            }
        }
    }

    fn call_back(&mut self) {
        let pending = match &self.state.line {
            LineState::Closed { ending } => ending.clone(),
            LineState::Open | LineState::Quiet => None,
        };
        self.did(Input::CallBack);
        let now = self.state.now;
        let open: Vec<Promise> = self.state.open_promises().into_iter().cloned().collect();
        let ripe: Vec<&Promise> = open.iter().filter(|promise| promise.opens <= now).collect();
        let settled: Vec<&Promise> = if ripe.is_empty() { open.iter().take(1).collect() } else { ripe };
        let mut worst = PromiseStatus::Kept;
        for promise in settled {
            self.settle(promise, now);
            match self.state.promises.get(promise.id).map(|tracked| tracked.status) {
                Some(PromiseStatus::Late) => worst = PromiseStatus::Late,
                Some(PromiseStatus::Early) if worst == PromiseStatus::Kept => worst = PromiseStatus::Early,
                _ => {}
            }
        }
        self.push(Event::LineOpened { at: now, by: LineOpener::Trainee });
        let lines = self.content.pack.customer_lines();
        let kept_beat = self.content.scenario.call_back.kept.clone();
        let greeting = match worst {
            PromiseStatus::Late => lines.called_back_late.clone(),
            PromiseStatus::Early => lines.called_back_early.clone(),
            // The beat that follows has its own first words.
            _ if pending.is_none() && kept_beat.is_some() => Vec::new(),
            _ => lines.called_back_on_time.clone(),
        };
        let line = self.pick_text(&greeting);
        self.say_some(line, SaidBecause::CallBack);
        match (pending, kept_beat) {
            (Some(ending), _) if self.state.open_promises().is_empty() => self.finish(&ending),
            (Some(ending), _) => self.push(Event::LineClosed { at: now, ending: Some(ending) }),
            (None, Some(beat)) => self.enter(&beat, SaidBecause::Beat),
            (None, None) => {}
        }
    }

    fn leave(&mut self) {
        let pending = match &self.state.line {
            LineState::Closed { ending } => ending.clone(),
            LineState::Open | LineState::Quiet => None,
        };
        self.did(Input::Leave);
        let open: Vec<usize> = self.state.open_promises().iter().map(|open| open.id).collect();
        for id in open {
            self.push(Event::PromiseSettled { id, status: PromiseStatus::Forgotten });
            self.move_by(Cause::PromiseForgotten);
        }
        let outcome =
            pending.as_ref().and_then(|id| self.content.ending(id)).map_or(Outcome::Left, |ending| ending.outcome);
        self.push(Event::Ended { at: self.state.now, ending: pending, outcome });
    }

    /// Too angry or out of patience: the customer goes, by one of the scenario's bad endings where it has one.
    fn walks_away(&mut self) -> bool {
        let limits = &self.content.moods.limits;
        let furious = self.state.mood.anger >= limits.walks_away_at_anger;
        let weary = self.state.mood.patience <= limits.walks_away_at_patience;
        if !(furious || weary) {
            return false;
        }
        let bad = [Outcome::HungUp, Outcome::WentPublic, Outcome::Escalated];
        let endings: Vec<(String, Outcome)> = self
            .content
            .scenario
            .endings
            .iter()
            .filter(|ending| bad.contains(&ending.outcome))
            .map(|ending| (ending.id.clone(), ending.outcome))
            .collect();
        if let Some((ending, _)) = endings.choose(&mut self.rng).cloned() {
            self.finish(&ending);
        } else {
            let stock = self.content.pack.customer_lines().hang_up.clone();
            let line = self.pick_text(&stock);
            self.say_some(line, SaidBecause::Closing);
            self.push(Event::Ended { at: self.state.now, ending: None, outcome: Outcome::HungUp });
        }
        true
    }

    /// Endings with conditions first, then the beat's exits.
    fn move_on(&mut self) {
        let content = self.content;
        let ending = content.scenario.endings.iter().find(|e| !e.when.is_empty() && self.state.holds_all(&e.when));
        if let Some(ending) = ending {
            self.finish(&ending.id);
            return;
        }
        let Some(beat) = content.beat(&self.state.beat) else { return };
        let to = beat.exits.iter().find(|exit| self.state.holds_all(&exit.when)).map(|exit| exit.to.clone());
        match to {
            Some(to) if content.ending(&to).is_some() => self.finish(&to),
            Some(to) if to != beat.id => self.enter(&to, SaidBecause::Beat),
            _ => {
                if !self.spoke_last() {
                    self.say_beat_line(beat, SaidBecause::Beat);
                }
                self.close_line_if_waiting(beat);
            }
        }
    }

    fn spoke_last(&self) -> bool {
        matches!(self.events.last(), Some(Event::CustomerSaid { .. }))
    }

    fn enter(&mut self, id: &str, because: SaidBecause) {
        let Some(beat) = self.content.beat(id) else { return };
        self.push(Event::EnteredBeat { id: id.to_owned() });
        let untold: Vec<String> = beat.tells.iter().filter(|fact| !self.state.facts.contains(*fact)).cloned().collect();
        for id in untold {
            self.push(Event::FactLearned { id });
        }
        self.say_beat_line(beat, because);
        self.close_line_if_waiting(beat);
    }

    fn say_beat_line(&mut self, beat: &Beat, because: SaidBecause) {
        let line = self.pick_line(&beat.says);
        self.say_some(line, because);
    }

    fn close_line_if_waiting(&mut self, beat: &Beat) {
        if beat.waits_for_call && !self.state.open_promises().is_empty() {
            self.push(Event::LineClosed { at: self.state.now, ending: None });
        }
    }

    /// The last line is said; with a promise open the customer waits for the call before it is really over.
    fn finish(&mut self, id: &str) {
        let Some(ending) = self.content.ending(id) else { return };
        let happy = matches!(ending.outcome, Outcome::Resolved | Outcome::Settled);
        let returning = self.state.has_said_any(&ending.says);
        if !returning {
            let stock = self.stock_closing(ending.outcome);
            let line = self.pick_line(&ending.says).or_else(|| self.pick_text(&stock));
            self.say_some(line, SaidBecause::Closing);
        }
        if happy && !self.state.open_promises().is_empty() {
            self.push(Event::LineClosed { at: self.state.now, ending: Some(id.to_owned()) });
        } else {
            self.push(Event::Ended { at: self.state.now, ending: Some(id.to_owned()), outcome: ending.outcome });
        }
    }

    fn stock_closing(&self, outcome: Outcome) -> Vec<String> {
        let lines = self.content.pack.customer_lines();
        match outcome {
            Outcome::Resolved => lines.thanks.clone(),
            Outcome::Settled => lines.calmed.clone(),
            Outcome::Escalated => lines.escalate.clone(),
            Outcome::HungUp | Outcome::Unresolved | Outcome::Left => lines.hang_up.clone(),
            Outcome::WentPublic => lines.go_public.clone(),
        }
    }

    fn say(&mut self, text: String, because: SaidBecause) {
        self.push(Event::CustomerSaid { at: self.state.now, text, because });
    }

    fn say_some(&mut self, text: Option<String>, because: SaidBecause) -> bool {
        text.map(|text| self.say(text, because)).is_some()
    }

    fn pick_line(&mut self, lines: &[Line]) -> Option<String> {
        let fitting: Vec<String> =
            lines.iter().filter(|line| self.state.holds_all(&line.when)).map(|line| line.text.clone()).collect();
        self.pick_text(&fitting)
    }

    /// One of the texts by the seed, one that was not said before where there is one.
    fn pick_text(&mut self, texts: &[String]) -> Option<String> {
        let fresh: Vec<&String> = texts.iter().filter(|text| !self.state.has_said(text)).collect();
        if fresh.is_empty() {
            texts.choose(&mut self.rng).cloned()
        } else {
            fresh.choose(&mut self.rng).map(|t| (*t).clone())
        }
    }
}

/// What was so before the reply at hand.
struct History {
    replies: usize,
    acts: std::collections::BTreeMap<Act, usize>,
    facts: std::collections::BTreeSet<String>,
    named: bool,
    gave_reason: bool,
}

impl History {
    fn of(state: &State) -> Self {
        // The reply at hand is in the transcript already, unread.
        Self {
            replies: state.replies.saturating_sub(1),
            acts: state.acts.clone(),
            facts: state.facts.clone(),
            named: state.reply_list().any(|reply| reply.reading.names_customer.is_some()),
            gave_reason: state.reply_list().any(|reply| reply.reading.gives_reason.is_some()),
        }
    }

    fn count(&self, act: Act) -> usize {
        self.acts.get(&act).copied().unwrap_or(0)
    }

    fn understanding(&self, now: &Reading) -> bool {
        let shows = [Act::Apology, Act::Empathy, Act::Paraphrase, Act::Question];
        shows.iter().any(|act| self.count(*act) > 0 || now.has(*act))
    }
}
