# The terminal player.

play-who = { $trainee } · seed { $seed }
play-how = Answer in your own words, one reply a line. /option 2 sends the second suggestion, /wait 5m lets time pass, /call calls the customer back, /hint helps, /help shows all commands.
play-help = Type a reply and press Enter. /options lists suggestions, /option N sends one. /wait 5m (or: until 16:30) lets time pass. /call calls the customer back. /rewind takes your last reply back, /rewind N goes back to your reply N. /hint helps. /status shows the clock, the mood and your promises. /wrong shows how your last reply was read, and tells a trainer where that is mistaken. /pause leaves it for later. /quit ends it and shows the debrief. A reply that starts with a slash: type two.
play-for-example = For example: “{ $example }”
play-next-promise = call at { $due }
play-over = It is over. Enter shows the debrief; /rewind takes your last reply back and tries again, /rewind N goes back to your reply N.
play-recap = Your reply { $number } is next. The customer has just said:
play-not-recognised = Not recognised: this reply could not be placed, and it costs you nothing. Try it in other words, or say how it was meant: /wrong
play-not-recognised-in-assess = Not recognised: this reply could not be placed, and it costs you nothing. Try it in other words if you like.
play-missed = Still missing: { $missing }.
play-promised = You promised a call: { $due }. Keep it.
play-promise = “{ $words }” is due { $due }, in { $minutes } min.
play-line-closed = The customer has gone and waits for your call. /wait lets time pass, /call calls.
play-calls-again = You did not call. The customer calls again.
play-waited = It is { $clock }.
play-wait-cut-short = You wanted to wait longer, but the customer did not.
play-bad-wait = How long? Write for example /wait 5m, /wait 1h30m or /wait until 16:30.
play-unknown = There is no command “{ $command }”. /help shows them all.
play-no-options = There is nothing to choose here: answer in your own words.
play-paused = Kept for later. Go on with: calmline resume
play-stored = Stored as attempt { $attempt }. Again: calmline play · your progress: calmline progress · every step: calmline replay { $attempt }

play-objections = Was a reply read wrongly? /wrong N shows how reply N was read. Enter ends.
play-reading-of = Your reply { $reply } was read like this:
play-reading-no-act = placed, but without any act
play-reading-not-recognised = not recognised: it cost you nothing
play-wrong-how = Read wrongly? Say what it should be, with a note if you like: /wrong { $reply } offer, question: I named a way out. It changes no score by itself; a trainer looks at it. Acts: { $acts } · none
play-disputed = Marked as read wrongly: reply { $reply } should be { $acts }. A trainer will look at it; your score stays as it is.
play-disputed-before = You marked this as read wrongly: it should be { $acts }.
play-no-act = No act is called “{ $word }”. The acts are { $acts }, or “none” alone.
play-no-act-near = No act is called “{ $word }”. Did you mean { $near }?
play-none = none
