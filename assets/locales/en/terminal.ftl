# The terminal player.

play-who = { $trainee } · seed { $seed }
play-how = Answer in your own words, one reply a line. /option 2 sends the second suggestion, /wait 5m lets time pass, /call calls the customer back, /hint helps, /help shows all commands.
play-help = Type a reply and press Enter. /options lists suggestions, /option N sends one. /wait 5m (or: until 16:30) lets time pass. /call calls the customer back. /rewind N goes back to your reply N. /hint helps. /status shows the clock, the mood and your promises. /pause leaves it for later. /quit ends it and shows the debrief. A reply that starts with a slash: type two.
play-for-example = For example: “{ $example }”
play-next-promise = call at { $due }
play-over = It is over. Enter shows the debrief; /rewind N goes back to your reply N and tries again.
play-recap = Your reply { $number } is next. The customer has just said:
play-not-recognised = This reply could not be placed. It costs you nothing; try it in other words if you like.
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
