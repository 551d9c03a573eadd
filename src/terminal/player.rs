//! The terminal player: reads lines, plays the session, says what happens.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use super::command::{Command, Wrong};
use super::print_debrief;
use super::screen::{Screen, Tone};
use crate::diagnostic::quote::{closest, list};
use crate::language::{Act, Reading, acts_named};
use crate::locale::{text, text_with};
use crate::progress::{ActError, DisputeError, Recording, Store, StoreError, disputed_replies, may_dispute};
use crate::report::{Debrief, hint_words, missing_words, rules_first_met};
use crate::session::{
    Event, Hint, Input, LineOpener, LineState, Mode, Refusal, SaidBecause, Session, State, counted, easy_pace, hint,
    still_missing,
};

/// Plays one session over lines of text.
#[derive(Debug)]
pub struct Player<'a, W: Write> {
    pub store: &'a mut Store,
    pub recording: Recording,
    pub screen: Screen<W>,
    /// A person types: prompts are shown and thinking takes real time. Otherwise each reply takes its easy pace.
    pub interactive: bool,
}

/// How a round of play ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The session is over; the debrief was printed.
    Over,
    /// The trainee goes on another day.
    Paused,
}

/// Why play stopped.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    #[error("The words could not be read or written: {0}. What was sent is stored; go on with `calmline resume`.")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<W: Write> Player<'_, W> {
    /// Plays until the session or the input ends. The end of the input ends the session.
    ///
    /// # Errors
    /// Where reading, writing or storing fails; what was stored stays.
    pub fn play(&mut self, mut lines: impl BufRead) -> Result<Start, PlayError> {
        self.introduce()?;
        let first = self.session().events().to_vec();
        let resumed = self.session().state().replies > 0;
        if resumed {
            self.recap()?
        } else {
            self.narrate(&first, None)?
        }
        let mut shown_at = Instant::now();
        loop {
            if self.recording.is_over() {
                if self.mode() == Mode::Assess || !self.tries_again(&mut lines)? {
                    break;
                }
                shown_at = Instant::now();
            }
            self.offer_choice()?;
            if self.interactive {
                let prompt = self.prompt();
                self.screen.prompt(&prompt)?;
            }
            let Some(line) = read_line(&mut lines)? else {
                self.act(Input::Leave)?;
                break;
            };
            let waited = u32::try_from(shown_at.elapsed().as_secs()).unwrap_or(u32::MAX);
            self.echo(&line)?;
            if self.obey(Command::parse(&line), waited)? == Start::Paused {
                self.screen.say(Tone::Soft, 0, &text("play-paused"))?;
                return Ok(Start::Paused);
            }
            shown_at = Instant::now();
        }
        self.recording.finish(self.store)?;
        let debrief = Debrief::of(&self.session().content, self.session().state());
        print_debrief(&mut self.screen, &debrief)?;
        self.screen.gap()?;
        let id = self.recording.attempt.short();
        self.screen.say(Tone::Soft, 0, &text_with("play-stored", [("attempt", id.into())]))?;
        self.hears_objections(&mut lines)?;
        Ok(Start::Over)
    }

    /// After the debrief a reading may still be marked as mistaken: the only way in an assessment.
    fn hears_objections(&mut self, lines: &mut impl BufRead) -> Result<(), PlayError> {
        if self.session().state().replies == 0 {
            return Ok(());
        }
        loop {
            if self.interactive {
                self.screen.say(Tone::Soft, 0, &text("play-objections"))?;
                self.screen.prompt("> ")?;
            }
            let Some(line) = read_line(lines)? else { return Ok(()) };
            match Command::parse(&line) {
                Command::Wrong(wrong) => {
                    self.echo(&line)?;
                    self.dispute(&wrong)?;
                }
                Command::Nothing if !self.interactive => {}
                _ => return Ok(()),
            }
        }
    }

    /// Says how a reply was read, or keeps what it should have been read as.
    fn dispute(&mut self, wrong: &Wrong) -> Result<(), PlayError> {
        let reply = wrong.reply.unwrap_or(self.session().state().replies);
        if !may_dispute(self.session()) {
            return self.cannot_dispute(DisputeError::NotYet);
        }
        let Some(acts) = &wrong.acts else { return self.explain_reading(reply) };
        let wanted = match acts_named(&by_id(acts)) {
            Ok(wanted) => wanted,
            Err(unknown) => {
                let ids = || Act::ALL.iter().map(|act| act.id());
                let near = closest(&unknown, ids()).map(|near| format!("`{near}`"));
                let said = match near {
                    Some(near) => text_with("play-no-act-near", [("word", unknown.into()), ("near", near.into())]),
                    None => text_with("play-no-act", [("word", unknown.into()), ("acts", list(ids(), "and").into())]),
                };
                return Ok(self.screen.say(Tone::Bad, 0, &said)?);
            }
        };
        match self.recording.dispute(self.store, reply, &wanted, wrong.note.as_deref()) {
            Ok(_) => {
                let said = text_with("play-disputed", [("reply", reply.into()), ("acts", named(&wanted).into())]);
                Ok(self.screen.labelled(Tone::Unsure, "  ? ", &said)?)
            }
            Err(error) => self.cannot_dispute(error),
        }
    }

    fn cannot_dispute(&mut self, error: DisputeError) -> Result<(), PlayError> {
        match (error.key(), error) {
            (_, DisputeError::Store(error)) => Err(error.into()),
            (key, _) => Ok(self.screen.say(Tone::Bad, 0, &text(key.unwrap_or_default()))?),
        }
    }

    /// How a reply was read, each act with its words, and how to say that it was read wrongly.
    fn explain_reading(&mut self, reply: usize) -> Result<(), PlayError> {
        let Some((_, found)) = self.session().state().exchange(reply) else {
            return self.cannot_dispute(DisputeError::NoSuchReply);
        };
        let (words, reading) = (found.text.clone(), found.reading.clone());
        self.screen.say(Tone::Soft, 0, &text_with("play-reading-of", [("reply", reply.into())]))?;
        self.screen.labelled(Tone::Plain, "  > ", &words)?;
        if reading.acts.is_empty() {
            let key = if reading.recognised { "play-reading-no-act" } else { "play-reading-not-recognised" };
            self.screen.labelled(Tone::Unsure, "  ? ", &text(key))?;
        }
        for act in &reading.acts {
            let (tone, label) = if act.act.hurts() { (Tone::Bad, "  - ") } else { (Tone::Good, "  + ") };
            let said = format!("{} “{}” ({}%)", act.act, act.span.of(&words), act.certainty);
            self.screen.labelled(tone, label, &said)?;
        }
        let disputed = disputed_replies(self.store, self.recording.attempt, self.recording.session())?;
        if let Some((_, dispute)) = disputed.iter().find(|(number, _)| *number == reply) {
            let said = text_with("play-disputed-before", [("acts", named(&dispute.made.wanted).into())]);
            self.screen.labelled(Tone::Unsure, "  ? ", &said)?;
        }
        let ids = Act::ALL.iter().map(|act| act.id()).collect::<Vec<_>>().join(" · ");
        self.screen.say(
            Tone::Soft,
            0,
            &text_with("play-wrong-how", [("reply", reply.into()), ("acts", ids.into())]),
        )?;
        Ok(())
    }

    /// A talk that is over may still be taken back: true where the next line rewinds it.
    fn tries_again(&mut self, lines: &mut impl BufRead) -> Result<bool, PlayError> {
        if self.interactive {
            self.screen.say(Tone::Soft, 0, &text("play-over"))?;
            self.screen.prompt("> ")?;
        }
        while let Some(line) = read_line(lines)? {
            let command = Command::parse(&line);
            match command {
                Command::Nothing if !self.interactive => {}
                Command::Wrong(wrong) => {
                    self.echo(&line)?;
                    self.dispute(&wrong)?;
                    if self.interactive {
                        self.screen.say(Tone::Soft, 0, &text("play-over"))?;
                        self.screen.prompt("> ")?;
                    }
                }
                Command::Rewind(_) => {
                    self.echo(&line)?;
                    self.obey(command, 0)?;
                    return Ok(!self.recording.is_over());
                }
                _ => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Shows a command that nobody has seen being typed. A reply is shown once it is stored.
    fn echo(&mut self, line: &str) -> Result<(), PlayError> {
        let stored_first = matches!(Command::parse(line), Command::Nothing | Command::Reply(_) | Command::Option(_));
        if !self.interactive && !stored_first {
            self.screen.say(Tone::Soft, 0, &format!("> {}", line.trim()))?;
        }
        Ok(())
    }

    #[must_use]
    pub fn session(&self) -> &Session {
        self.recording.session()
    }

    fn mode(&self) -> Mode {
        self.session().state().mode()
    }

    fn clock(&self) -> String {
        let session = self.session();
        session.content.clock().at(session.state().now).strftime("%H:%M").to_string()
    }

    /// The clock, the next promise and a mark to type behind.
    fn prompt(&self) -> String {
        let promise = self.session().state().open_promises().first().map(|promise| {
            let due = promise.due.strftime("%H:%M").to_string();
            format!(" ({})", text_with("play-next-promise", [("due", due.into())]))
        });
        format!("{}{} > ", self.clock(), promise.unwrap_or_default())
    }

    fn obey(&mut self, command: Command, waited: u32) -> Result<Start, PlayError> {
        match command {
            Command::Nothing => {}
            Command::Reply(reply) => self.reply(reply, None, waited)?,
            Command::Option(number) => {
                let beat = self.session().content.beat(&self.session().state().beat);
                let option =
                    number.checked_sub(1).and_then(|index| Some((index, beat?.options.get(index)?.text.clone())));
                match option {
                    Some((index, reply)) => self.reply(reply, Some(index), waited)?,
                    None => self.refuse(Refusal::NoSuchOption)?,
                }
            }
            Command::Options if self.mode() == Mode::Assess => self.refuse(Refusal::NotInThisMode)?,
            Command::Options => self.list_options()?,
            Command::Wait(words) => {
                let session = self.session();
                match session.content.clock().wait(session.state().now, &words) {
                    Some(seconds) => self.wait(seconds)?,
                    None => self.screen.say(Tone::Bad, 0, &text("play-bad-wait"))?,
                }
            }
            Command::Call => self.act(Input::CallBack)?,
            Command::Rewind(reply) => {
                let reply = reply.unwrap_or(self.session().state().replies);
                self.act(Input::Rewind { reply })?;
            }
            Command::Hint => self.act(Input::Hint)?,
            Command::Wrong(wrong) => self.dispute(&wrong)?,
            Command::Status => self.status()?,
            Command::Help => self.help()?,
            Command::Pause => return Ok(Start::Paused),
            Command::Quit => self.act(Input::Leave)?,
            Command::Unknown(line) => {
                self.screen.say(Tone::Bad, 0, &text_with("play-unknown", [("command", line.into())]))?;
            }
        }
        Ok(Start::Over)
    }

    fn reply(&mut self, reply: String, chosen: Option<usize>, waited: u32) -> Result<(), PlayError> {
        let channel = self.session().content.scenario.channel;
        let took =
            if self.interactive { counted(self.mode(), channel, &reply, waited) } else { easy_pace(channel, &reply) };
        self.act(Input::Reply { text: reply, took, chosen })
    }

    /// Waits, and says so where somebody did not let it be that long.
    fn wait(&mut self, seconds: u64) -> Result<(), PlayError> {
        let before = self.session().state().now;
        self.act(Input::Wait { seconds })?;
        if self.session().state().now < before.saturating_add(seconds) {
            self.screen.say(Tone::Soft, 2, &text("play-wait-cut-short"))?;
        }
        Ok(())
    }

    /// Does it, and says what happened or why it could not be.
    fn act(&mut self, input: Input) -> Result<(), PlayError> {
        let rewound = matches!(input, Input::Rewind { .. });
        let replies = matches!(input, Input::Reply { .. });
        let before = (replies && self.mode() == Mode::Learn).then(|| self.session().state().clone());
        match self.recording.act(self.store, input) {
            Ok(_) if rewound => self.recap(),
            Ok(events) => self.narrate(&events, before.as_ref()),
            Err(ActError::Refused(refusal)) => self.refuse(refusal),
            Err(ActError::Store(error)) => Err(error.into()),
        }
    }

    fn refuse(&mut self, refusal: Refusal) -> Result<(), PlayError> {
        Ok(self.screen.say(Tone::Bad, 0, &text(refusal.key()))?)
    }

    fn introduce(&mut self) -> Result<(), PlayError> {
        let session = self.recording.session();
        let (scenario, setup) = (&session.content.scenario, &session.setup);
        let screen = &mut self.screen;
        screen.say(Tone::Title, 0, &scenario.title)?;
        let channel = text(&format!("channel-{}", scenario.channel.id()));
        let mode = text(&format!("mode-{}", setup.mode.id()));
        let place = [scenario.company.name.as_str(), &channel, &mode].into_iter().filter(|part| !part.is_empty());
        let place = place.collect::<Vec<_>>().join(" · ");
        let who =
            text_with("play-who", [("trainee", (*setup.trainee).into()), ("seed", setup.seed.to_string().into())]);
        screen.say(Tone::Soft, 0, &format!("{place} · {who}"))?;
        if !scenario.summary.is_empty() {
            screen.gap()?;
            screen.say(Tone::Plain, 0, &scenario.summary)?;
        }
        if self.interactive {
            screen.gap()?;
            screen.say(Tone::Soft, 0, &text("play-how"))?;
        }
        Ok(screen.gap()?)
    }

    /// Where one stands, after a resume or a rewind.
    fn recap(&mut self) -> Result<(), PlayError> {
        let state = self.recording.session().state();
        let next = text_with("play-recap", [("number", (state.replies + 1).into())]);
        let words = state.customer_words();
        let mood = state.mood;
        let closed = matches!(state.line, LineState::Closed { .. });
        self.screen.say(Tone::Soft, 0, &next)?;
        self.customer_line(&words)?;
        self.screen.mood(mood)?;
        if closed { self.closed_line() } else { Ok(()) }
    }

    fn customer_line(&mut self, words: &str) -> Result<(), PlayError> {
        let name = self.recording.session().content.scenario.customer.name.clone();
        Ok(self.screen.labelled(Tone::Customer, &format!("{name}: "), words)?)
    }

    /// Says what happened, as much of it as the mode shows; `before` is where things stood before a reply that one learns from.
    fn narrate(&mut self, events: &[Event], before: Option<&State>) -> Result<(), PlayError> {
        let feedback = self.mode() != Mode::Assess;
        let mut moved = false;
        for event in events {
            match event {
                Event::Did { input: Input::Reply { text, chosen, .. }, .. }
                    if chosen.is_some() || !self.interactive =>
                {
                    self.screen.labelled(Tone::Soft, "> ", text)?;
                }
                Event::CustomerSaid { text, .. } => self.customer_line(&text.clone())?,
                Event::ReplyRead { reading } if feedback => {
                    self.mark(reading)?;
                    self.missed(reading, before)?;
                    self.explain()?;
                }
                // Not to be understood is no fault, and said in an assessment, too.
                Event::ReplyRead { reading } if !reading.recognised => self.mark(reading)?,
                Event::MoodMoved { .. } => moved = true,
                Event::HintShown { hint } => self.hint(hint)?,
                Event::PromiseMade { promise } => {
                    let due = promise.due.strftime("%a %H:%M").to_string();
                    self.screen.labelled(Tone::Soft, "  ", &text_with("play-promised", [("due", due.into())]))?;
                }
                Event::LineClosed { .. } => self.closed_line()?,
                Event::LineOpened { by: LineOpener::Customer, .. } => {
                    self.screen.say(Tone::Bad, 0, &text("play-calls-again"))?;
                }
                Event::Did { input: Input::Wait { .. }, .. } => {
                    let clock = self.clock();
                    self.screen.say(Tone::Soft, 2, &text_with("play-waited", [("clock", clock.into())]))?;
                }
                _ => {}
            }
        }
        let opening =
            events.iter().any(|event| matches!(event, Event::CustomerSaid { because: SaidBecause::Opening, .. }));
        if (feedback && moved) || opening {
            let mood = self.session().state().mood;
            self.screen.mood(mood)?;
        }
        Ok(())
    }

    /// What the reader found in the reply.
    fn mark(&mut self, reading: &Reading) -> Result<(), PlayError> {
        if !reading.recognised {
            let assess = self.mode() == Mode::Assess;
            let key = if assess { "play-not-recognised-in-assess" } else { "play-not-recognised" };
            return Ok(self.screen.labelled(Tone::Unsure, "  ? ", &text(key))?);
        }
        let reply = self.session().state().last_reply().map(|reply| reply.text.clone()).unwrap_or_default();
        let marks = |hurts: bool| {
            let mut marks: Vec<String> = Vec::new();
            for act in Act::ALL.iter().filter(|act| act.hurts() == hurts) {
                if let Some(found) = reading.find(*act) {
                    marks.push(format!("{} “{}”", text(&format!("act-{act}")), found.span.of(&reply)));
                }
            }
            marks.join(" · ")
        };
        for (tone, label, said) in [(Tone::Good, "  + ", marks(false)), (Tone::Bad, "  - ", marks(true))] {
            if !said.is_empty() {
                self.screen.labelled(tone, label, &said)?;
            }
        }
        Ok(())
    }

    /// In *learn*: what the reply could have done besides, two things at most.
    fn missed(&mut self, reading: &Reading, before: Option<&State>) -> Result<(), PlayError> {
        let Some(before) = before.filter(|_| reading.recognised) else { return Ok(()) };
        let missing = still_missing(&self.session().content, before, reading);
        let missing: Vec<String> = missing.into_iter().take(2).map(missing_words).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let said = text_with("play-missed", [("missing", missing.join(", ").into())]);
        Ok(self.screen.labelled(Tone::Unsure, "  ? ", &said)?)
    }

    fn hint(&mut self, hint: &Hint) -> Result<(), PlayError> {
        let hint = hint_words(hint, self.session().content.pack.language());
        self.screen.labelled(Tone::Unsure, "  ? ", &hint.words)?;
        if let Some(example) = hint.example {
            self.screen.say(Tone::Soft, 4, &text_with("play-for-example", [("example", example.into())]))?;
        }
        Ok(())
    }

    /// In *learn* each rule is explained when a reply first meets it.
    fn explain(&mut self) -> Result<(), PlayError> {
        if self.mode() != Mode::Learn {
            return Ok(());
        }
        for rule in rules_first_met(self.session().state()) {
            let title = text(&format!("rule-{}", rule.id));
            self.screen.labelled(Tone::Soft, "  § ", &format!("{title}: {}", rule.asks))?;
        }
        Ok(())
    }

    fn closed_line(&mut self) -> Result<(), PlayError> {
        self.screen.say(Tone::Soft, 0, &text("play-line-closed"))?;
        self.promises()
    }

    fn promises(&mut self) -> Result<(), PlayError> {
        let session = self.recording.session();
        let now = session.state().now;
        let lines: Vec<String> = session
            .state()
            .open_promises()
            .iter()
            .map(|promise| {
                let minutes = promise.due_at.saturating_sub(now).div_ceil(60);
                let due = promise.due.strftime("%a %H:%M").to_string();
                text_with(
                    "play-promise",
                    [("words", (*promise.text).into()), ("due", due.into()), ("minutes", minutes.into())],
                )
            })
            .collect();
        for line in lines {
            self.screen.labelled(Tone::Plain, "  * ", &line)?;
        }
        Ok(())
    }

    fn status(&mut self) -> Result<(), PlayError> {
        let clock = self.clock();
        let mood = self.session().state().mood;
        self.screen.say(Tone::Soft, 0, &clock)?;
        self.screen.mood(mood)?;
        self.promises()
    }

    fn help(&mut self) -> Result<(), PlayError> {
        Ok(self.screen.say(Tone::Soft, 0, &text("play-help"))?)
    }

    /// In *learn* a hint and the replies to choose from are always shown.
    fn offer_choice(&mut self) -> Result<(), PlayError> {
        if self.mode() != Mode::Learn || !self.interactive {
            return Ok(());
        }
        let session = self.recording.session();
        let hint = hint(&session.content, session.state());
        let open = session.state().line == LineState::Open;
        self.hint(&hint)?;
        if open { self.list_options() } else { Ok(()) }
    }

    fn list_options(&mut self) -> Result<(), PlayError> {
        let session = self.recording.session();
        let beat = session.content.beat(&session.state().beat);
        let options: Vec<String> = beat.into_iter().flat_map(|beat| &beat.options).map(|o| o.text.clone()).collect();
        if options.is_empty() {
            self.screen.say(Tone::Soft, 2, &text("play-no-options"))?;
        }
        for (index, option) in options.iter().enumerate() {
            self.screen.labelled(Tone::Plain, &format!("  /option {}  ", index + 1), option)?;
        }
        Ok(())
    }
}

/// Acts as a person types them.
fn named(acts: &[Act]) -> String {
    if acts.is_empty() {
        return text("play-none");
    }
    acts.iter().map(|act| act.id()).collect::<Vec<_>>().join(", ")
}

/// A line without its end; none at the end of the input. Bytes that are no UTF-8 are replaced.
fn read_line(lines: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if lines.read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// A list of acts in which those are named by their id that are named as the screen names them.
fn by_id(acts: &str) -> String {
    let id = |part: &str| {
        let shown = |act: &&Act| text(&format!("act-{act}")).eq_ignore_ascii_case(part.trim());
        Act::ALL.iter().find(shown).map_or_else(|| part.to_owned(), |act| act.id().to_owned())
    };
    acts.split(',').map(id).collect::<Vec<_>>().join(",")
}
