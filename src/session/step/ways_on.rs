//! Where the conversation goes next: exits, endings, and customers who walk away.

use rand::prelude::IndexedRandom;

use super::super::{Cause, Event, Input, LineState, SaidBecause};
use super::Step;
use crate::rules::PromiseStatus;
use crate::scenario::{Beat, Outcome};

impl Step<'_> {
    /// Too angry or out of patience: the customer goes, by one of the scenario's bad endings where it has one.
    pub(super) fn walks_away(&mut self) -> bool {
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

    /// Endings with conditions first, then the scenario's exits, then the beat's own.
    pub(super) fn move_on(&mut self) {
        let content = self.content;
        let ending = content.scenario.endings.iter().find(|e| !e.when.is_empty() && self.state.holds_all(&e.when));
        if let Some(ending) = ending {
            self.finish(&ending.id);
            return;
        }
        let Some(beat) = content.beat(&self.state.beat) else { return };
        let everywhere = if beat.own_exits_only { &[][..] } else { &content.scenario.exits };
        let mut exits = everywhere.iter().filter(|exit| exit.to != beat.id).chain(&beat.exits);
        let to = exits.find(|exit| self.state.holds_all(&exit.when)).map(|exit| exit.to.clone());
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

    pub(super) fn spoke_last(&self) -> bool {
        matches!(self.events.last(), Some(Event::CustomerSaid { .. }))
    }

    pub(super) fn enter(&mut self, id: &str, because: SaidBecause) {
        let Some(beat) = self.content.beat(id) else { return };
        self.push(Event::EnteredBeat { id: id.to_owned() });
        let untold: Vec<String> = beat.tells.iter().filter(|fact| !self.state.facts.contains(*fact)).cloned().collect();
        for id in untold {
            self.push(Event::FactLearned { id });
        }
        self.say_beat_line(beat, because);
        self.close_line_if_waiting(beat);
    }

    pub(super) fn say_beat_line(&mut self, beat: &Beat, because: SaidBecause) {
        let line = self.pick_line(&beat.says);
        self.say_some(line, because);
    }

    pub(super) fn close_line_if_waiting(&mut self, beat: &Beat) {
        if beat.waits_for_call && !self.state.open_promises().is_empty() {
            self.push(Event::LineClosed { at: self.state.now, ending: None });
        }
    }

    /// The last line is said; with a promise open the customer waits for the call before it is really over.
    pub(super) fn finish(&mut self, id: &str) {
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

    pub(super) fn stock_closing(&self, outcome: Outcome) -> Vec<String> {
        let lines = self.content.pack.customer_lines();
        match outcome {
            Outcome::Resolved => lines.thanks.clone(),
            Outcome::Settled => lines.calmed.clone(),
            Outcome::Escalated => lines.escalate.clone(),
            Outcome::HungUp | Outcome::Unresolved | Outcome::Left => lines.hang_up.clone(),
            Outcome::WentPublic => lines.go_public.clone(),
        }
    }

    pub(super) fn leave(&mut self) {
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
}
