# Judging transcripts: the command and its page.

outcome-not-shown = A transcript does not show how it ended for the customer, so the ending does not count.
promise-not-shown = the transcript does not show what became of it

page-heading = Debrief of a transcript
page-language = Language
page-channel = Channel
page-starts = Began
page-starts-unknown = not said
page-rubric = Rubric
page-critical = What caps the score
page-transcript = Transcript
page-legend = Underlined: what helped (a plain line), what hurt (a wavy one), where the reader is unsure (dots).
page-customer = Customer
page-agent = Agent
page-not-recognised = not recognised: earns and costs nothing
page-jargon = jargon
page-points = { $score } of 100, weight { $weight }
page-weight = weight { $weight }
page-footer = Made by Calmline. The same transcript, rubric and language always get the same score.

score-other-language = { $file }: no language pack knows what the agent says, so it was read as English. There are packs for { $known }; name one with --lang.
score-undated = { $count ->
    [one] { $file }: one promise names a time of day or a date, so nobody can tell whether it was kept. Say when the talk began: --starts 2026-03-02T10:00
   *[other] { $file }: { $count } promises name a time of day or a date, so nobody can tell whether they were kept. Say when the talk began: --starts 2026-03-02T10:00
}
score-stdin = standard input
score-no-file = There is no file { $file }. Check the name and the folder.
score-unreadable = { $file } cannot be read: { $why }. Check the name, and whether you may read it.
score-stdin-twice = Standard input (-) can be read only once. Name it once, or name files.
score-one-page = --json and --html make the debrief of one transcript. Name one file, or make one sheet of all with --csv.
score-no-language = Calmline has no language pack for “{ $language }”. Choose one of: { $known }.
score-no-start = this is no date and time; write the moment of 00:00 like 2026-03-02T10:00
score-bad-rubric = { $problems }
    Mend the rubric, or leave --rubric away to use the standard one.
score-no-room = { $file } cannot be written: { $why }. Choose another place for --out.
score-no-folder = There is no folder for { $file }. Make it first, or choose another place for --out.
score-out-is-input = { $file } is one of the transcripts. Choose another name for --out, so that nothing is lost.
score-out-no-file = { $file } is no plain file. Choose another name for --out, or leave it away to print.
score-broken = { $count ->
    [one] The transcript cannot be judged; nothing was written.
   *[other] { $count } of the files cannot be judged; nothing was written.
}
