//! Promises against the clock: made, kept, late, forgotten; waiting and calling back.

use super::super::{Cause, Event, Input, LineOpener, LineState, Made, Promise, SaidBecause, Window};
use super::Step;
use crate::language::{Contact, FoundPromise, Reading};
use crate::rules::PromiseStatus;

impl Step<'_> {
    pub(super) fn make_promises(&mut self, reading: &Reading) {
        for found in reading.promises.iter().filter(|found| found.contact == Contact::Agent) {
            self.make_promise(found);
        }
    }

    pub(super) fn make_promise(&mut self, found: &FoundPromise) {
        let reply = self.state.last_reply().map(|reply| reply.text.clone()).unwrap_or_default();
        let made = Made { id: self.state.promises.len(), reply: self.state.replies, text: &reply, at: self.state.now };
        let window = Window::of(&self.content.scenario.call_back);
        let Some(promise) = Promise::of(found, &made, self.content.clock(), window) else { return };
        if self.state.open_promises().iter().any(|open| open.repeats(&promise)) {
            return;
        }
        self.push(Event::PromiseMade { promise });
    }

    /// Coming back within the same call keeps a promise too ("give me five minutes").
    pub(super) fn keep_on_the_line(&mut self) {
        let now = self.state.now;
        let early = u64::from(self.content.scenario.call_back.early) * 60;
        let due: Vec<Promise> =
            self.state.open_promises().into_iter().filter(|open| open.due_at <= now + early).cloned().collect();
        for promise in due {
            self.settle(&promise, now);
        }
    }

    pub(super) fn forget_overdue_on_the_line(&mut self) {
        let now = self.state.now;
        let overdue: Vec<usize> =
            self.state.open_promises().iter().filter(|open| open.forgotten < now).map(|open| open.id).collect();
        for id in overdue {
            self.push(Event::PromiseSettled { id, status: PromiseStatus::Forgotten });
            self.move_by(Cause::PromiseForgotten);
        }
    }

    pub(super) fn settle(&mut self, promise: &Promise, at: u64) {
        let status = promise.met_at(at);
        let cause = match status {
            PromiseStatus::Early => Cause::PromiseEarly,
            PromiseStatus::Late => Cause::PromiseLate,
            _ => Cause::PromiseKept,
        };
        self.push(Event::PromiseSettled { id: promise.id, status });
        self.move_by(cause);
    }

    pub(super) fn wait(&mut self, seconds: u64) {
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
    pub(super) fn wait_on_the_line(&mut self, seconds: u64) {
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

    pub(super) fn customer_calls_again(&mut self, missed: usize) {
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

    pub(super) fn call_back(&mut self) {
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
            // Too early there is no news to give yet.
            (None, Some(beat)) if worst != PromiseStatus::Early => self.enter(&beat, SaidBecause::Beat),
            (None, _) => {}
        }
    }
}
