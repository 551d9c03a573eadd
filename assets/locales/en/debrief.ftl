# The debrief, in every face.

score-excellent = Excellent
score-good = Good
score-fair = Fair: the parts are there
score-weak = Weak: the customer would not come back
score-none = Not judged: there was no reply that the reader could place
score-poor = Poor: start again with the first rule

outcome-resolved = The customer got a way out that suits them.
outcome-settled = The wish could not be met in full, and the customer can live with it.
outcome-unresolved = Nothing was solved.
outcome-escalated = The customer asked for a supervisor.
outcome-hung-up = The customer hung up.
outcome-went-public = The customer takes it to the public.
outcome-left = You left before it was over.
outcome-none = It is not over yet.

critical-cap = However good the rest was, the score stops at { $cap }.

promise-open = no longer needed
promise-kept = kept on time
promise-early = { $minutes } min too early
promise-late = { $minutes } min late
promise-forgotten = forgotten

debrief-heading = Debrief
debrief-next-time = One thing to do differently
debrief-better = Better
debrief-headline = The six rules
debrief-supporting = Supporting rules
debrief-promises = Promises
debrief-turning-points = Turning points
debrief-not-recognised = { $count ->
    [one] One of your replies could not be placed ({ $replies }). It cost you nothing.
   *[other] { $count } of your replies could not be placed ({ $replies }). They cost you nothing.
}
debrief-reply = reply { $number }
debrief-replies = replies { $numbers }
debrief-starts-at = Every talk starts with this.
debrief-source = Source: { $source }
debrief-anger-rose = anger rose by { $points }
debrief-anger-fell = anger fell by { $points }

next-time-no-arguing = Let the complaint stand. Don't contradict, justify or lecture; ask what you need and help.
next-time-apologise = Say sorry once, in your first reply, plainly and without a "but".
next-time-clarify = Ask for what you need and say back what you understood before you offer a way out.
next-time-offer-solutions = Put a way out on the table that fits what you know, or two to choose from, and ask whether it suits.
next-time-next-steps = Before you part, say what happens next, who does it and by when.
next-time-call-back = Promise a moment that you can keep, and call exactly then.
next-time-stay-calm = Whatever they call you, it is not about you. Answer the trouble, never the tone.
next-time-no-blame-shifting = To the customer you are the company. Leave colleagues and couriers out of it.
next-time-own-it = Make it yours: say what you can do rather than what you can't.
next-time-acknowledge = Say in your own words what this is like for them.
next-time-plain-language = Use words that your grandmother would know.
next-time-be-personal = Use their name, give yours, and give the case a number.
next-time-courtesy = A "please" and a "thank you" cost nothing.
next-time-answer-promptly = Answer sooner, if only to say that you are looking.
next-time-cannot-help = Where it can't be done, say that you are sorry, say why, and offer something instead.
next-time-adapt = Match their pace: short and calm when they are hot, never breezy.
