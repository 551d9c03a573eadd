# Words that every face shares.

mode-learn = Learn
mode-practise = Practise
mode-assess = Assess

channel-phone = phone
channel-chat = chat
channel-email = e-mail
channel-counter = counter
channel-review = public review

mood-anger = anger
mood-anger-0 = calm
mood-anger-1 = uneasy
mood-anger-2 = annoyed
mood-anger-3 = angry
mood-anger-4 = furious

mood-trust = trust
mood-trust-0 = none
mood-trust-1 = little
mood-trust-2 = some
mood-trust-3 = good
mood-trust-4 = full

mood-patience = patience
mood-patience-0 = gone
mood-patience-1 = thin
mood-patience-2 = some
mood-patience-3 = good
mood-patience-4 = plenty

act-apology = apology
act-question = question
act-paraphrase = saying back
act-empathy = empathy
act-offer = offer
act-next_step = next step
act-timed_promise = promise with a time
act-vague_promise = vague promise
act-courtesy = courtesy
act-check_back = checking that it suits
act-identify = name or number
act-arguing = arguing
act-blame_shift = shifting blame
act-brush_off = brushing off
act-rudeness = rudeness

act-apology-means = You say sorry for their trouble, or for not being able to help.
act-question-means = You ask for something you need to know.
act-paraphrase-means = You say back what happened, or what they want.
act-empathy-means = You name what they feel, or what the trouble costs them.
act-offer-means = You put a remedy on the table.
act-next_step-means = You name what you or the company will do next.
act-timed_promise-means = You commit to something with a time that can be checked.
act-vague_promise-means = You commit to something at a time nobody can check, such as “soon”.
act-courtesy-means = You say please or thank you.
act-check_back-means = You ask whether the remedy suits, or has worked.
act-identify-means = You give your name, a direct contact, or a number for the case.
act-arguing-means = You dispute what they say, blame, lecture or defend the company.
act-blame_shift-means = You put the fault on a colleague, another department or “the system”.
act-brush_off-means = You dismiss the complaint, or hide behind policy.
act-rudeness-means = You insult, mock, threaten or order about.

hint-apology = Say sorry once, early and plainly, whoever is at fault.
hint-apology_again = You broke a promise. Say sorry for that first.
hint-question = Ask for what you need to know before you offer a way out.
hint-empathy = Show that you see what this is like for them.
hint-reason = Say plainly why it can't be done, so that your no has a reason.
hint-offer = Put a way out on the table, or better two to choose from.
hint-check_back = Ask whether it suits them, and listen for what still hurts.
hint-next_step = Say what happens next, who does it and by when.
hint-step_time = Say by when. A step with a time lets them put it out of their mind.
hint-call_back_time = “Soon” can't be checked. Name a time that both of you can check.
hint-call_back = Your promise is running. Wait until it is due, then call.

missing-apology = an apology
missing-apology_again = a sorry for the broken promise
missing-question = a question about the case
missing-empathy = a word for what this is like for them
missing-reason = the reason why not
missing-offer = a way out
missing-check_back = asking whether it suits
missing-next_step = what happens next
missing-step_time = by when
missing-call_back_time = a time for the call
missing-call_back = your promised call

refusal-over = This conversation is over.
refusal-not-started = Nobody has been picked up yet.
refusal-line-closed = The customer is not on the line. Wait with /wait, or call with /call.
refusal-line-open = You are still talking to the customer.
refusal-not-in-this-mode = An assessment does not allow that.
refusal-no-such-reply = There is no such reply to go back to.
refusal-no-such-option = There is no such reply to choose here.
refusal-empty-reply = There is nothing in that reply yet.
refusal-too-long = That reply is too long to send: 20,000 characters at most.

dispute-not-yet = An assessment shows how your replies were read when it is over. Then you can mark what was read wrongly.
dispute-no-such-reply = There is no such reply.
dispute-same-as-read = That is how it was read.
dispute-note-too-long = That note is too long: 500 characters at most.
