# Messages of the command line.

window-cannot = The window cannot be opened: { $why } Play in the terminal instead: calmline play SCENARIO --terminal
window-falls-back = No window here ({ $why }), so this is the terminal player.
window-not-built = this Calmline was built without its window.
choose-scenario = Which one? Number or id:
scenario-broken = This file cannot be played:
resume-question = You left “{ $title }” before it was over. Go on with it? [Y/n]
resume-nothing = There is nothing to go on with: no session was left unfinished.
resume-over = That session is over. Play again with: calmline play
check-fine = { $file }: fine
check-broken = { $count } of { $files } files cannot be used.
check-nothing = { $folder }: there is nothing directly in it to check, no .ron file and no labelled replies such as en.txt.
check-unreadable = The folder { $folder } cannot be read: { $why }
check-differs = the reader sees other acts in this option than you expect
check-differs-why = In “{ $words }” it sees [{ $read }].
check-differs-help = Change the words, or the acts that you expect. Trainees who choose it are judged by what the reader sees.
replay-changed = Note: the language pack or the mood table has changed since this attempt was played.
replay-scenario-changed = Note: the scenario file has changed since this attempt was played. It is replayed with the text of that day.
replay-differs = The replay parts from what was stored at event { $event }.
    stored:   { $stored }
    replayed: { $replayed }
    The content or the program has changed since; the stored score stays valid for its day.
replay-score-differs = The events are the same, but the score comes out at { $replayed } instead of { $stored }: the rules have changed since.
replay-same = Replayed: { $events } events and the score of { $score } are the same, bit for bit.
progress-of = Progress of { $trainee }
progress-none = Nothing played yet. Start with: calmline scenarios
progress-open = left
progress-abandoned = given up
progress-rules = Score of each rule, oldest first
play-paused-json = Kept for later, so there is no debrief yet. Go on with: calmline resume --json

readings-none = Nothing is open: no trainee says that a reply was read wrongly.
readings-count = { $open ->
    [0] Nothing open.
    [one] 1 open
   *[other] { $open } open
    }{ $right ->
    [0] {""}
    [one] , 1 of them read as the trainee wants by now
   *[other] , { $right } of them read as the trainee wants by now
    }
readings-acts = read as: { $read } → should be: { $wanted }
readings-acts-rejected = read as: { $read } · the trainee had said: { $wanted }
readings-no-act = no act
readings-not-recognised = not recognised
readings-right-now = read so by now
readings-state-open = open
readings-state-settled = settled
readings-state-rejected = rejected
readings-settled = Settled { $id }. Added to { $file }:
readings-rejected = Rejected { $id }. The reading stays as it was.
readings-state-superseded = disputed again since
readings-trainer = trainer
readings-because = Say why, in 1 to 500 characters: --because "A sigh is no apology."
readings-by = A trainer's name has 1 to 80 characters and no control characters: --by Tom
readings-no-pack = No language pack reads “{ $language }”, so this reading cannot be settled here.
readings-origin = { $id }: disputed by { $trainee }, settled by { $by } on { $day }
readings-settled-as = settled as
readings-rejected-as = rejected
readings-how = The trainee is right: calmline readings settle { $id } --acts { $acts }{ $places }
    The reading is right: calmline readings reject { $id } --because "…"{ $places }
readings-show-who = by
readings-show-where = in
readings-show-place = “{ $title }”, attempt { $attempt }, reply { $reply }
readings-show-customer = customer
readings-show-reply = reply
readings-show-read = was read as
readings-show-wanted = should be
readings-show-note = note
readings-show-like = like “{ $example }”
readings-show-now = read now as
readings-show-ruling = ruling

learn-no-encoder = The encoder's files are missing or broken, so nothing can be learned. Build from a whole copy of the source.
learn-learning = learning
learn-other-examples = { $file } was learned from other replies than those in { $folder }. Learn anew: leave out --weigh.
learn-measuring = reading the replies kept back
learn-unreadable = { $file } cannot be read: { $why }.
learn-nothing-kept-back = No replies are kept back in the folders of { $folder }: on them what was learned is weighed and measured. Put some into { $file }, about one in ten of each language.
learn-nothing = There are no .txt files of labelled replies in the folders of { $folder }. `calmline learn --help` says how they are written.
