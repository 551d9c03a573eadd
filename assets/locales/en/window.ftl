# The words of the window. Sentence case; plain and warm.

# Opening
window-no-display = There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set.
window-no-answer = The display does not answer.
window-no-adapter = There is a display, but nothing to draw with: no graphics adapter was found. A software one will do, such as Mesa's (mesa-vulkan-drivers).
window-no-trainee = Say who you are first, then start.
window-notice-title = That did not work
window-notice-close = Close

# Getting about
window-nav-home = Home
window-nav-scenarios = Scenarios
window-nav-progress = Progress
window-nav-keys = Keys (F1)
window-nav-dark = Dark
window-nav-light = Light

# Home
window-home-welcome = Welcome to Calmline
window-home-what = Meet angry customers where nothing can go wrong, answer in your own words, and see why it went as it did.
window-home-who = Who is playing?
window-home-name-why = Your progress is kept under this name, on this computer and nowhere else.
window-home-name-hint = Your name
window-home-start = Start
window-home-hello = Hello, { $name }
window-home-other-person = Someone else?
window-home-unfinished = You left this open
window-home-continue = Continue
window-home-next = What to play next
window-home-play = { $mode } now
window-home-all = All scenarios
window-home-recent = Lately
window-home-progress = All progress
window-home-no-results-title = Nothing here yet
window-home-no-results = Your results appear here after the first conversation.
window-home-nothing-title = There is nothing to play
window-home-nothing = Put scenario files into a folder named scenarios, or start with --scenarios and the folder.
window-open-debrief = Debrief

# Scenarios
window-scenarios-title = Scenarios
window-scenarios-search = Search
window-scenarios-any-channel = Any channel
window-scenarios-easy = Easy
window-scenarios-medium = Up to medium
window-scenarios-new = Not played
window-scenarios-played = Played
window-scenarios-count = { $count ->
    [one] 1 scenario
   *[other] { $count } scenarios
}
window-scenarios-none-title = No scenario fits
window-scenarios-none = Loosen the filters above to see more.
window-scenarios-play = { $mode }
window-scenarios-play-full = { $mode }: { $title }
window-scenarios-standing = Best { $best }, last { $last } · { $count ->
    [one] played once
   *[other] played { $count } times
}
window-scenarios-not-played = Not played yet
window-scenarios-broken = { $count ->
    [one] One file cannot be played
   *[other] { $count } files cannot be played
}
window-scenarios-broken-why = Open a name to see what to mend.
window-difficulty = Difficulty { $level } of 5
window-score = Score { $score } of 100
window-mode-learn-tip = Hints and suggestions are shown all along.
window-mode-practise-tip = Type or choose, see after each reply what it did, and go back to try another one.
window-mode-assess-tip = Typed and timed, with no help before the end.


window-meter-tip = { $name }: { $value } of 100

# The conversation
window-talk-leave = ‹ Leave
window-talk-clock-tip = The time in this story
window-talk-reply-hint = Your reply to { $name }
window-talk-reply-label = Your reply
window-talk-send = Send
window-talk-send-tip = Ctrl+Enter
window-talk-hint = Hint
window-talk-another-hint = Another hint
window-talk-hint-title = Hint:
window-talk-example = For example: “{ $words }”
window-talk-rule-met = · a rule you just met
window-lamp-yet = not yet
window-lamp-no-arguing = No arguing
window-lamp-apologise = Apologise
window-lamp-clarify = Clarify
window-lamp-offer-solutions = Offer
window-lamp-next-steps = Next steps
window-lamp-call-back = Call back
window-talk-show-options = Suggestions
window-talk-hide-options = Hide suggestions
window-talk-not-recognised = I could not place this reply. It costs nothing; other words may help.
window-talk-rewind = Try again from here
window-talk-rewind-last = Try this reply again
window-talk-rewind-tip = Goes back to just before this reply; what came after it no longer counts.
window-talk-assess-quiet = Feedback comes at the end.
window-talk-over = The conversation is over
window-talk-to-debrief = See the debrief
window-talk-last-again = Try the last reply again
window-leave-title = Leave this conversation?
window-leave-words = You can keep it for later and go on where you left off, or end it and see the debrief.
window-leave-promise = You gave a promise that is still open. Keep the conversation for later, or end it: the promise then counts as forgotten.
window-leave-keep = Keep for later
window-leave-end = End now
window-leave-stay = Stay


window-refusal-line-closed = The customer is not on the line. Wait, or call back.
window-refusal-line-open = The customer is on the line already.

# Waiting for a promised call
window-wait-title = The line is free
window-wait-what = A minute passes in two seconds. Call when it is time.
window-wait-window = You said “{ $words }”: between { $from } and { $to } is on time.
window-wait-call = Call back now
window-wait-minutes = Wait { $count } min
window-wait-until = Wait until due
window-promise-in = Call due { $due } · in { $left }
window-promise-now = Call due { $due } · now is the time
window-promise-late = Call was due { $due } · { $left } late

# Marks
window-mark-certainty = The reader is { $percent } % sure
window-mark-phrase = A phrase that the reader knows for this
window-mark-construction = Seen by its form: { $name }
window-mark-example = Much like: “{ $example }”
window-mark-jargon = Jargon: a word that a customer need not know


window-cause-apology-early = An early apology
window-cause-apology-late = An apology, though late
window-cause-apology-again = Another apology
window-cause-apology-too-often = Too many apologies
window-cause-empathy = You saw what it is like for them
window-cause-paraphrase = You showed that you listened
window-cause-question-needed = A question that moves things on
window-cause-question-told = They had told you that already
window-cause-offer-fits = An offer that fits
window-cause-offer-cold = An offer before any understanding
window-cause-offer-too-early = An offer before you knew enough
window-cause-offer-ruled-out = An offer that cannot work for them
window-cause-offer-beyond-authority = An offer that is not yours to make
window-cause-offer-unreasonable = Giving in to a demand that is too much
window-cause-accepted = They took your offer
window-cause-next-step = They know what happens next
window-cause-timed-promise = A promise with a time
window-cause-vague-promise = A promise nobody can check
window-cause-check-back = You asked whether it suits
window-cause-identify = They know who they talk to
window-cause-names-customer = You used their name
window-cause-reason-given = You gave the reason
window-cause-jargon = Jargon
window-cause-arguing = You argued
window-cause-blame-shift = You blamed somebody else
window-cause-brush-off = You brushed them off
window-cause-rudeness = You were rude
window-cause-nothing-done = Kind words, but nothing happened
window-cause-silence = Silence on the line
window-cause-promise-kept = You kept your word
window-cause-promise-early = You called early
window-cause-promise-late = You called late
window-cause-promise-forgotten = You forgot your promise




# The debrief
window-debrief-title = Debrief
window-debrief-home = ‹ Home
window-debrief-again = Play again
window-debrief-again-tip = The same customer in the same mood, word for word
window-debrief-fresh = Play it afresh
window-debrief-fresh-tip = The same story, with other words from the customer
window-debrief-replies = { $count ->
    [one] 1 reply
   *[other] { $count } replies
}
window-debrief-next-time = One thing to do differently next time
window-debrief-not-called = Not called for this time: { $rules }
window-debrief-no-findings = Nothing in the talk gave or took points here.
window-debrief-better = Better: “{ $words }”
window-debrief-mood = The customer's mood
window-debrief-turning-point = A turning point
window-debrief-promises = What you promised
window-debrief-talk = The talk
window-debrief-legend = A line under your words: solid for what helped, wavy for what hurt, dotted where the reader is not sure. Point at it to see why.
window-promise-due = due { $due }


# Progress
window-progress-title = Progress
window-progress-rules = Rule by rule
window-progress-attempts = Conversations
window-progress-none-title = Nothing to show yet
window-progress-none = Finish one conversation, and your scores start to draw a line here.
window-progress-first = First score
window-progress-from = From { $first } over { $count } conversations
window-progress-newer = Newer
window-progress-older = Older
window-progress-page = Page { $page } of { $pages }
window-col-date = Date
window-col-scenario = Scenario
window-col-mode = Mode
window-col-score = Score
window-col-outcome = Outcome

# Times
window-seconds = { $count } s
window-minutes = { $count } min
window-hours = { $count } h
window-hours-minutes = { $hours } h { $minutes } min
window-just-now = just now
window-minutes-ago = { $count } minutes ago
window-hours-ago = { $count } hours ago
window-days-ago = { $count } days ago

# Keys
window-keys-title = Keys
window-keys-close = Close
window-key-send = Send the reply
window-key-choose = Choose a suggestion
window-key-skip = Show the whole line at once
window-key-hint = Ask for a hint
window-key-rewind = Try the last reply again
window-key-call = Call the customer back
window-key-back = Back; leave the conversation
window-key-home = Home
window-key-scenarios = Scenarios
window-key-progress = Progress
window-key-fullscreen = Full screen
window-key-larger = Larger
window-key-smaller = Smaller
window-key-usual = Usual size
window-less-motion = Less motion
window-less-motion-tip = The customer holds still and nothing fades or types itself out.
window-key-motion = Less motion
window-key-theme = Light or dark
window-key-keys = These keys
window-key-quit = Quit
