# Words for the rules: titles, verdicts, critical failings, and one sentence for everything that a rule can find.

rule-acknowledge = Acknowledge
rule-adapt = Adapt
rule-answer-promptly = Answer promptly
rule-apologise = Apologise
rule-be-personal = Be personal
rule-call-back = Call back
rule-cannot-help = When you cannot help
rule-clarify = Clarify
rule-courtesy = Courtesy
rule-next-steps = Next steps
rule-no-arguing = No arguing
rule-no-blame-shifting = No blame-shifting
rule-offer-solutions = Offer solutions
rule-own-it = Own it
rule-plain-language = Plain language
rule-stay-calm = Stay calm

verdict-kept = kept
verdict-partly-kept = partly kept
verdict-broken = broken
verdict-not-called-for = not called for

critical-rudeness = You were rude.
critical-promise-forgotten = You promised to be in touch and forgot.
critical-hung-up = The customer hung up because of how it went with you.
critical-went-public = The customer went public because of how it went with you.

apologise-early = You said sorry early and plainly.
apologise-late = You said sorry, but late. The first or second reply is the place for it.
apologise-fresh = You said sorry again after a broken promise. That was right.
apologise-none = You never said sorry.
apologise-reproachful = This sorry came with a reproach, which takes it back.
apologise-too-often = One sorry too many. From here on, solving helps more.
apologise-not-again = A promise was broken, and you didn't say sorry for it.

call-back-called = You got in touch as you had promised.
call-back-early = You were in touch too early. Keep to the minute you named.
call-back-late = You were in touch too late. The customer had been waiting.
call-back-forgotten = You didn't get in touch when you had promised it, nor soon after.
call-back-vague = “Soon” can't be checked. Name a time.

clarify-asked = You asked for what you needed to know before you offered anything.
clarify-question = You asked about the case.
clarify-said-back = You said back what you had understood.
clarify-said-back-late = You said back what you had understood, but only after the remedy.
clarify-none = You asked nothing and said nothing back.
clarify-remedy-first = You offered a remedy before you knew what was needed.
clarify-asked-again = The customer had told you this already.

next-steps-timed = You said what happens next, and by when.
next-steps-timed-early = You named a step with a time, but none once the remedy was on the table.
next-steps-untimed = You said what happens next, but not by when.
next-steps-none = The talk ended and the customer doesn't know what happens next.
next-steps-vague = “Soon” and “shortly” are no times.

no-arguing-held = You didn't argue.
no-arguing-pushed-away = No argument, but this pushes the customer away.
no-arguing-argued = This argues with the customer.
no-arguing-argued-angry = This argues with a customer who is angry already.
no-arguing-in-kind = This pays the customer back in kind.

offer-solutions-fits = You offered a way out that fits.
offer-solutions-offered = You offered a way out.
offer-solutions-too-early = You offered a way out, but didn't know enough yet to tell whether it fits.
offer-solutions-choice = You gave the customer a choice.
offer-solutions-checked = You asked whether it suits or has worked.
offer-solutions-agreed = The customer took it.
offer-solutions-beyond = You did a little more than was owed.
offer-solutions-none = You offered no way out.
offer-solutions-unprepared = You offered this before showing that you had understood.
offer-solutions-ruled-out = What you knew by then rules this out.
offer-solutions-beyond-authority = This is more than you may give.
offer-solutions-unreasonable = You gave in to a demand that isn't fair.

acknowledge-early = You showed early that you see what it is like for them.
acknowledge-late = You showed that you see what it is like for them, but late.
acknowledge-again = And you stayed with it.
acknowledge-none = Nothing showed that you see what it is like for them.

adapt-fitting = Length and tone fitted the moment.
adapt-hurt = What hurts fits no moment.
adapt-too-long = Too long for this moment.
adapt-curt = Too curt for somebody in distress.
adapt-jolly = Too jolly for somebody so angry.

answer-promptly-prompt = You answered promptly.
answer-promptly-slow = You took a while to answer.
answer-promptly-late = You took too long to answer.

be-personal-named = You called the customer by name.
be-personal-identified = You said who you are, or gave the case a number.
be-personal-none = Nobody has a name in this talk.

cannot-help-regret = You were sorry that it can't be done.
cannot-help-reason = You gave the reason.
cannot-help-alternative = You offered something in its place.
cannot-help-bare-no = A bare no, with nothing to hold on to.
cannot-help-false-hope = You held out what can't be given.

courtesy-first = You said please or thank you.
courtesy-again = And again.
courtesy-none = Not one please or thank you.

no-blame-shifting-shifted = This puts the fault on somebody else.

own-it-took-on = You took something on.
own-it-brushed-off = This brushes the customer off.

plain-language-jargon = The customer may not know this word.

stay-calm-rude = This is rude.
