//! What the customer answers to questions, and short reactions.

use super::super::{Event, SaidBecause};
use super::Step;
use super::mood_moves::History;
use crate::language::{Act, Reading};
use crate::scenario::Style;

impl Step<'_> {
    /// The customer answers what was asked. True where something was said.
    pub(super) fn answer(&mut self, reading: &Reading) -> bool {
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

    /// A short reaction where the reply calls for one and the customer has not spoken yet.
    pub(super) fn react(&mut self, reading: &Reading, had: &History, said: bool) {
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
}
