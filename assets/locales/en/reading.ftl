# Messages of `calmline read`.

read-typing = Type a reply and press Enter to see its acts. Ctrl+D ends.
read-progress = {"{"}human_pos{"}"} lines read, {"{"}per_sec{"}"}
read-malformed = { $malformed } of { $lines } lines could not be read; each says why in its place.
read-stopped = Reading stopped: { $why }.
read-line-refused = line { $line } could not be read: { $why }
read-not-utf8 = these bytes are not UTF-8
read-not-utf8-help = Save it again as UTF-8.
read-half-character = half a character stands in it, such as {"\\"}ud83d without its other half
read-other-kind = { $wanted } belongs here, not { $found }
read-kind-text = text in quotes
read-kind-list = a list
read-kind-object = an object
read-missing-field = the field { $field } is missing
read-ends-early = the line ends too early
read-no-act = { $word } is no act; the acts are { $acts }
read-no-act-near = { $word } is no act; perhaps `{ $near }` is meant
read-too-long = the line is longer than { $most } MiB
read-blank = the line is empty
read-no-object = the line is no JSON object
read-form = Write it like {"{"}"reply": "I'm sorry about that.", "lang": "en"{"}"}.
read-no-moment = { $words } is no moment
read-moment-form = Write a local date and time like 2026-03-02T10:00.
read-no-pack = there is no language pack for { $language }
read-packs = There are packs for { $languages }.

read-language = { $language }: { $count ->
    [one] 1 reply
   *[other] { $count } replies
}
read-act = act
read-precision = precision
read-recall = recall
read-labelled = labelled
read-found = found
read-macro = macro F1 { $f1 }, over the acts with at least { $fewest } labelled replies
read-due = promises due right: { $right } of { $all }
read-missed = missed { $act }
read-invented = invented { $act } in “{ $words }” ({ $because })
read-due-differs = due { $found }, labelled { $labelled }
read-no-due = at no certain time
