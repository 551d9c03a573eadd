//! A session: a log of events, the state folded from it, and the step that adds to it. Pure, seeded, without a clock of its own.

mod clock;
mod condition;
mod content;
mod event;
mod judge;
mod ledger;
mod mood;
mod pace;
mod play;
mod replay;
mod state;
mod step;
mod vocabulary;

pub use clock::Clock;
pub use content::{Content, ContentError, Hashes, OptionReading};
pub use event::{Event, Hint, Input, LineOpener, Missing, Mode, Promise, SaidBecause, Setup};
pub use judge::{conversation, judge, judge_state};
pub use ledger::{Made, Window};
pub use mood::{Cause, Limits, Mood, MoodTable, MoodTableError, Shift, Silence};
pub use pace::{counted, easy_pace};
pub use play::Session;
pub use replay::{Divergence, replay};
pub use state::{Ended, LineState, OfferOnTable, Reply, Said, State, Tracked, effective};
pub use step::{LONGEST_REPLY, Refusal, hint, hint_while_writing, step, still_missing};
pub use vocabulary::vocabulary;
