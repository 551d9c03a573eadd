//! Whether a tree has the shape of a scenario. Every place where it has not is reported.

use std::collections::BTreeMap;

use super::shape::{COMPANY_PACK, Choice, Empty, SCENARIO, Shape, Struct, TextRule};
use super::syntax::{Field, Kind, Name, Node};
use crate::diagnostic::quote::{closest, list, quote};
use crate::diagnostic::{Diagnostic, Findings, Span};

/// The longest id, in characters.
const MAX_ID: usize = 64;

/// Checks a whole file's tree. Unless the tree is `whole`, fields are not missed: they may be somewhere else in the file.
pub fn fit(root: &Node, whole: bool, findings: &mut Findings) {
    if let Kind::Map(_) = root.kind {
        findings.push(
            Diagnostic::error(root.span.start..root.span.start + 1, "a scenario stands in round brackets, not in `{}`")
                .why("Curly brackets make this look like JSON; scenarios are written in RON.")
                .help("Write `Scenario(title: \"…\", beats: […], endings: […])`, field names without quotes."),
        );
        return;
    }
    Fit { whole, findings }.strukt(root, &SCENARIO, "the file");
}

/// Checks the tree of a company pack's file.
pub fn fit_company_pack(root: &Node, whole: bool, findings: &mut Findings) {
    Fit { whole, findings }.strukt(root, &COMPANY_PACK, "the file");
}

struct Fit<'a> {
    whole: bool,
    findings: &'a mut Findings,
}

impl Fit<'_> {
    /// `role` names the place for messages: the field's name in backticks, or what the item is.
    fn value(&mut self, node: &Node, shape: &'static Shape, role: &str) {
        match shape {
            _ if matches!(node.kind, Kind::Broken) => {}
            Shape::Optional(inner) => self.optional(node, inner, role),
            Shape::Text(rule) => self.text(node, rule, role),
            Shape::Id => self.id(node, role),
            Shape::Bool => {
                if !matches!(node.kind, Kind::Bool(_)) {
                    self.wrong_type(node, role, "`true` or `false`");
                }
            }
            Shape::Whole(min, max) => self.whole(node, *min, *max, role),
            Shape::Decimal(min, max) => self.decimal(node, *min, *max, role),
            Shape::Choice(choice) => self.choice(node, choice, role),
            Shape::Struct(of) => self.strukt(node, of, role),
            Shape::List { of, min, max } => self.list(node, of, *min, *max, role),
            Shape::Map { of, max } => self.map(node, of, *max, role),
            Shape::TextOr(text, of) => match node.kind {
                Kind::Struct { .. } | Kind::Map(_) => self.strukt(node, of, role),
                Kind::Text(_) => self.value(node, text, role),
                _ => self.wrong_type(node, role, "a text, or `(text: \"…\", when: […])`"),
            },
        }
    }

    fn wrong_type(&mut self, node: &Node, role: &str, wanted: &str) {
        let found = describe(&node.kind);
        let mut problem = Diagnostic::error(mark(node), format!("{role} must be {wanted}, not {found}"))
            .label(format!("this is {found}"))
            .why("Every field has one type, and nothing is converted in silence.");
        problem = match &node.kind {
            Kind::Tuple { name: Some(name), .. } | Kind::Struct { name: Some(name), .. } if name.text == "Some" => {
                problem.help("Leave out `Some`: only fields that may be `None` can have it.")
            }
            Kind::Word(word) if word == "None" => problem.help("Leave the whole field out instead."),
            Kind::Char => problem.help("Texts stand in double quotes: `\"…\"`."),
            Kind::Bytes => problem.help("Delete the `b` before the quote."),
            Kind::Word(_) if wanted.contains("text") || wanted.contains("id") => {
                problem.help("Put it in double quotes.")
            }
            Kind::Text(text) if text.parse::<f64>().is_ok() || text == "true" || text == "false" => {
                problem.help("Write it without quotes.")
            }
            _ if wanted.contains("list") => problem.help("Put it in square brackets: `[…]`."),
            _ => problem.help(format!("Write {wanted} here.")),
        };
        self.findings.push(problem);
    }

    fn optional(&mut self, node: &Node, inner: &'static Shape, role: &str) {
        match &node.kind {
            Kind::Word(word) if word == "None" => {
                if role == "`beard`" {
                    self.findings.push(
                        Diagnostic::warning(node.span.clone(), "`beard: None` leaves the beard open")
                            .why("`None` means “not said”, and whatever is not said is drawn from the customer's name.")
                            .help("Write `Shaven` for a face without a beard, or leave the field out."),
                    );
                }
            }
            Kind::Tuple { name: Some(name), items } if name.text == "Some" => match items.as_slice() {
                [item] => self.value(item, inner, role),
                _ => self.wrong_payload(name, node, "Some", items.len()),
            },
            _ => self.value(node, inner, role),
        }
    }

    fn wrong_payload(&mut self, name: &Name, node: &Node, what: &str, count: usize) {
        self.findings.push(
            Diagnostic::error(mark(node), format!("{} holds one value, not {count}", quote(&name.text)))
                .why(format!("`{what}(…)` stands around exactly one value."))
                .help("Write one value between its brackets; several belong into a list: `[…]`."),
        );
    }

    fn text(&mut self, node: &Node, rule: &TextRule, role: &str) {
        let Kind::Text(text) = &node.kind else { return self.wrong_type(node, role, "a text") };
        let length = text.chars().count();
        if length > rule.max {
            self.findings.push(
                Diagnostic::error(mark(node), format!("{role} has {length} characters; {} is the most", rule.max))
                    .why("A longer text does not fit where it is shown.")
                    .help("Shorten it, or spread it over several texts."),
            );
        }
        if !text.trim().is_empty() {
            return;
        }
        self.findings.push(match rule.empty {
            Empty::Refused => Diagnostic::error(node.span.clone(), format!("{role} is empty"))
                .why("Nothing could be shown, heard or looked for there.")
                .help("Write the text, or delete its place."),
            Empty::Pointless => Diagnostic::warning(node.span.clone(), format!("{role} is empty"))
                .why("It is the same as leaving the field out.")
                .help("Write the text, or delete the field."),
        });
    }

    fn id(&mut self, node: &Node, role: &str) {
        let Kind::Text(id) = &node.kind else { return self.wrong_type(node, role, "an id in double quotes") };
        let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-');
        if id.is_empty() {
            self.findings.push(
                Diagnostic::error(node.span.clone(), format!("{role} is empty"))
                    .why("An id is a name that other parts of the file use.")
                    .help("Write a short name such as `\"order-number\"`."),
            );
        } else if !id.chars().all(allowed) {
            let mut tame: String = id.to_lowercase().chars().map(|c| if allowed(c) { c } else { '-' }).collect();
            tame.truncate(MAX_ID);
            let tame = tame.trim_matches('-');
            self.findings.push(
                Diagnostic::error(node.span.clone(), format!("{} is no id", quote(id)))
                    .why("An id is made of the small letters a to z, digits and `-`, so that it reads the same everywhere.")
                    .help(if tame.is_empty() {
                        "Write a short name such as `\"order-number\"`.".to_owned()
                    } else {
                        format!("Write `\"{tame}\"`, here and wherever it is used.")
                    }),
            );
        } else if id.len() > MAX_ID {
            self.findings.push(
                Diagnostic::error(mark(node), format!("{role} has {} characters; {MAX_ID} is the most", id.len()))
                    .why("An id is a short name, not a sentence.")
                    .help("Shorten it, here and wherever it is used."),
            );
        }
    }

    fn whole(&mut self, node: &Node, min: u64, max: u64, role: &str) {
        let wanted = if min == max { format!("{min}") } else { format!("a whole number from {min} to {max}") };
        let Kind::Number(written) = &node.kind else {
            return match &node.kind {
                Kind::Word(word) if is_not_finite(word) => self.not_finite(node, word, role, &wanted),
                _ => self.wrong_type(node, role, &wanted),
            };
        };
        let digits = written.strip_prefix(['+', '-']).unwrap_or(written);
        if is_not_finite(digits) {
            return self.not_finite(node, written, role, &wanted);
        }
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            let (why, help) = match decimal(written) {
                Some(_) => {
                    ("Only whole numbers make sense here.", format!("Write {wanted}, without a point or exponent."))
                }
                None => ("Numbers are written in plain digits, as people write them.", format!("Write {wanted}.")),
            };
            self.findings.push(
                Diagnostic::error(node.span.clone(), format!("{role} must be {wanted}, not {}", quote(written)))
                    .why(why)
                    .help(help),
            );
            return;
        }
        let value = digits.parse::<u64>().ok().filter(|value| *value == 0 || !written.starts_with('-'));
        if value.is_some_and(|value| (min..=max).contains(&value)) {
            return;
        }
        let newer = role == "`format`";
        self.findings.push(
            Diagnostic::error(node.span.clone(), format!("{role} must be {wanted}, not {}", quote(written)))
                .label("out of range")
                .why(if newer {
                    "Format 1 is the only one that this version of Calmline knows."
                } else {
                    "The number has no meaning beyond that."
                })
                .help(if newer {
                    "Write `format: 1`, or get a newer Calmline.".to_owned()
                } else {
                    format!("Write {wanted}.")
                }),
        );
    }

    fn decimal(&mut self, node: &Node, min: f64, max: f64, role: &str) {
        let wanted = format!("a number from {min} to {max}");
        let written = match &node.kind {
            Kind::Number(written) => written,
            Kind::Word(word) if is_not_finite(word) => return self.not_finite(node, word, role, &wanted),
            _ => return self.wrong_type(node, role, &wanted),
        };
        match decimal(written) {
            Some(value) if (min..=max).contains(&value) => {}
            _ if is_not_finite(written.trim_start_matches(['+', '-'])) => self.not_finite(node, written, role, &wanted),
            Some(value) => {
                let why = if value.is_finite() {
                    "The number has no meaning beyond that."
                } else {
                    "The number is too large to be one."
                };
                self.findings.push(
                    Diagnostic::error(node.span.clone(), format!("{role} must be {wanted}, not {}", quote(written)))
                        .label("out of range")
                        .why(why)
                        .help(format!("Write {wanted}, such as `0.5`.")),
                );
            }
            None => self.findings.push(
                Diagnostic::error(node.span.clone(), format!("{} is no number", quote(written)))
                    .why("Numbers are written in plain digits with at most one point.")
                    .help(format!("Write {wanted}, such as `0.5`.")),
            ),
        }
    }

    fn not_finite(&mut self, node: &Node, written: &str, role: &str, wanted: &str) {
        self.findings.push(
            Diagnostic::error(node.span.clone(), format!("{role} must be {wanted}, not {}", quote(written)))
                .label("not a finite number")
                .why("Nothing can be counted with infinity or “not a number”.")
                .help(format!("Write {wanted}.")),
        );
    }

    fn choice(&mut self, node: &Node, choice: &'static Choice, role: &str) {
        let (name, span, payload) = match &node.kind {
            Kind::Word(word) => (word, node.span.clone(), None),
            Kind::Tuple { name: Some(name), items } => (&name.text, name.span.clone(), Some(items.as_slice())),
            Kind::Struct { name: Some(name), .. } => (&name.text, name.span.clone(), None),
            Kind::Text(text) if choice.variant(text).is_some() => {
                self.findings.push(
                    Diagnostic::error(node.span.clone(), format!("{} stands in quotes", quote(text)))
                        .why(format!("{} is a bare word, not a text.", capital(choice.what)))
                        .help(format!("Write `{text}` without quotes.")),
                );
                return;
            }
            _ => return self.wrong_type(node, role, choice.what),
        };
        let Some(variant) = choice.variant(name) else {
            let names = || choice.variants.iter().map(|variant| variant.name);
            let near = closest(name, names());
            let mut problem = Diagnostic::error(span, format!("{} is not {}", quote(name), choice.what)).why(format!(
                "{} is one of {}.",
                capital(choice.what),
                list(names(), "or")
            ));
            if let Some(near) = near {
                problem = problem.label(format!("did you mean `{near}`?"));
            }
            problem = problem
                .help(near.map_or_else(|| "Choose one of these names.".to_owned(), |near| format!("Write `{near}`.")));
            self.findings.push(problem);
            return;
        };
        match (variant.holds, payload) {
            (None, None) if !matches!(node.kind, Kind::Struct { .. }) => {}
            (None, _) => self.findings.push(
                Diagnostic::error(mark(node), format!("{} holds nothing", quote(name)))
                    .why("It says all by its name.")
                    .help(format!("Write `{name}` without brackets.")),
            ),
            (Some(shape), Some([item])) => self.value(item, shape, &format!("what `{name}` holds")),
            (Some(shape), _) => {
                let example = example(name, shape);
                self.findings.push(
                    Diagnostic::error(mark(node), format!("{} must hold one value", quote(name)))
                        .why(format!(
                            "{} named `{name}` says in round brackets what it is about.",
                            capital(choice.what)
                        ))
                        .help(format!("Write it like `{example}`.")),
                );
                // What is there may be wrong on its own as well.
                if let (Shape::List { of, .. }, Some(items)) = (shape, payload) {
                    for item in items {
                        self.value(item, of, &format!("what `{name}` holds"));
                    }
                }
            }
        }
    }

    fn list(&mut self, node: &Node, of: &'static Shape, min: usize, max: usize, role: &str) {
        let Kind::List(items) = &node.kind else {
            self.wrong_type(node, role, "a list in square brackets");
            // A single item without its brackets is still looked at.
            if let (Shape::Struct(shape), Kind::Struct { .. }) = (of, &node.kind) {
                self.strukt(node, shape, role);
            }
            return;
        };
        if items.len() < min {
            self.findings.push(
                Diagnostic::error(mark(node), format!("{role} is empty"))
                    .why("There must be at least one entry: without it there is nothing to play or to check.")
                    .help("Write an entry between the brackets."),
            );
        }
        if items.len() > max {
            self.findings.push(
                Diagnostic::error(mark(&items[max]), format!("{role} has {} entries; {max} is the most", items.len()))
                    .label("the first one too many")
                    .why("Nobody could write or test that many with care; entries beyond this one were not looked at.")
                    .help("Delete some, or split the scenario."),
            );
        }
        let item_role = format!("an entry of {role}");
        for item in items.iter().take(max) {
            self.value(item, of, &item_role);
        }
    }

    fn map(&mut self, node: &Node, of: &'static Shape, max: usize, role: &str) {
        let Kind::Map(entries) = &node.kind else {
            return self.wrong_type(node, role, "names in curly brackets, such as `{\"name\": …}`");
        };
        if let Some((key, _)) = entries.get(max) {
            self.findings.push(
                Diagnostic::error(mark(key), format!("{role} has {} entries; {max} is the most", entries.len()))
                    .label("the first one too many")
                    .why("Nobody could write or test that many with care; entries beyond this one were not looked at.")
                    .help("Delete some."),
            );
        }
        let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
        for (key, value) in entries.iter().take(max) {
            let Kind::Text(name) = &key.kind else {
                self.wrong_type(key, &format!("a name in {role}"), "a text");
                continue;
            };
            if let Some(first) = seen.insert(name, &key.span) {
                self.findings.push(
                    Diagnostic::error(key.span.clone(), format!("{} is given twice", quote(name)))
                        .related(first.clone(), "first here")
                        .why("Only one of them could count.")
                        .help("Put them together, or delete one of them."),
                );
            }
            self.value(value, of, &format!("{} in {role}", quote(name)));
        }
    }

    fn strukt(&mut self, node: &Node, shape: &'static Struct, role: &str) {
        match &node.kind {
            Kind::Struct { name, fields, torn } => {
                self.name(name.as_ref(), shape);
                self.fields(node, fields, shape, *torn);
            }
            Kind::Tuple { name, items } if items.is_empty() => {
                self.name(name.as_ref(), shape);
                self.fields(node, &[], shape, false);
            }
            Kind::Tuple { name, items } => {
                self.name(name.as_ref(), shape);
                if items.iter().all(|item| matches!(item.kind, Kind::Broken)) {
                    return;
                }
                self.findings.push(
                    Diagnostic::error(mark(node), format!("the fields of {} need their names", shape.what))
                        .why("Without names nobody can know which value is for which field.")
                        .help(format!("Write them like `{}`.", form(shape))),
                );
            }
            Kind::Map(entries) => {
                self.findings.push(
                    Diagnostic::error(node.span.start..node.span.start + 1, format!("{} stands in round brackets, not in `{{}}`", shape.what))
                        .why("Curly brackets are how JSON does it; here fields stand in round brackets, their names without quotes.")
                        .help(format!("Write it like `{}`.", form(shape))),
                );
                self.entries(entries, shape);
            }
            Kind::Broken => {}
            _ => {
                let found = describe(&node.kind);
                self.findings.push(
                    Diagnostic::error(mark(node), format!("{role} must be {}, not {found}", shape.what))
                        .label(format!("this is {found}"))
                        .why(format!("{} is made of fields in round brackets.", capital(shape.what)))
                        .help(format!("Write it like `{}`.", form(shape))),
                );
            }
        }
    }

    fn name(&mut self, name: Option<&Name>, shape: &Struct) {
        let Some(name) = name.filter(|name| name.text != shape.name) else { return };
        let (why, help) = if name.text == "Some" {
            ("`Some(…)` stands around a whole value.".to_owned(), "Leave out `Some`, or write `Some((…))`.".to_owned())
        } else {
            (
                format!("What stands here is {}.", shape.what),
                format!("Write `{}(`, or leave the name out: `(`.", shape.name),
            )
        };
        self.findings.push(
            Diagnostic::error(name.span.clone(), format!("{} is the wrong name for {}", quote(&name.text), shape.what))
                .why(why)
                .help(help),
        );
    }

    fn fields(&mut self, node: &Node, fields: &[Field], shape: &'static Struct, torn: bool) {
        let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
        for Field { name, value } in fields {
            if self.findings.is_full() {
                return;
            }
            let Some(field) = shape.field(&name.text) else {
                self.unknown_field(name, fields, shape);
                continue;
            };
            if let Some(first) = seen.get(field.name) {
                self.findings.push(
                    Diagnostic::error(name.span.clone(), format!("`{}` is given twice", field.name))
                        .related((*first).clone(), "first here")
                        .why("Only one of them could count.")
                        .help("Delete one of them."),
                );
            } else {
                seen.insert(field.name, &name.span);
            }
            self.value(value, field.shape, &format!("`{}`", field.name));
        }
        if self.whole && !torn {
            self.missing_fields(node, |name| seen.contains_key(name), fields, shape);
        }
    }

    fn entries(&mut self, entries: &[(Node, Node)], shape: &'static Struct) {
        for (key, value) in entries {
            if self.findings.is_full() {
                return;
            }
            if let Kind::Text(name) | Kind::Word(name) = &key.kind {
                match shape.field(name) {
                    Some(field) => self.value(value, field.shape, &format!("`{}`", field.name)),
                    None => self.unknown_field(&Name { text: name.clone(), span: key.span.clone() }, &[], shape),
                }
            }
        }
    }

    fn unknown_field(&mut self, name: &Name, fields: &[Field], shape: &Struct) {
        // A name that is there already is hardly the one that was meant.
        let free = shape.fields.iter().filter(|known| fields.iter().all(|field| field.name.text != known.name));
        let near = closest(&name.text, free.map(|field| field.name));
        let mut problem =
            Diagnostic::error(name.span.clone(), format!("{} has no field {}", shape.what, quote(&name.text)));
        if let Some(near) = near {
            problem = problem.label(format!("did you mean `{near}`?"));
        }
        let known = list(shape.fields.iter().map(|field| field.name), "and");
        self.findings.push(
            problem
                .why(format!("{} has the fields {known}.", capital(shape.what)))
                .help(near.map_or_else(|| "Delete it.".to_owned(), |near| format!("Write `{near}`, or delete it."))),
        );
    }

    fn missing_fields(&mut self, node: &Node, given: impl Fn(&str) -> bool, fields: &[Field], shape: &'static Struct) {
        for field in shape.fields.iter().filter(|field| field.required && !given(field.name)) {
            // A misspelt field was reported as unknown, with the right name beside it.
            let misspelt = fields
                .iter()
                .any(|f| shape.field(&f.name.text).is_none() && closest(&f.name.text, [field.name]).is_some());
            if !misspelt {
                self.findings.push(
                    Diagnostic::error(mark(node), format!("{} needs `{}`", shape.what, field.name))
                        .why("There is no sensible default for it.")
                        .help(format!("Add `{}: …`.", field.name)),
                );
            }
        }
    }
}

/// What to mark of a value: all of it when it is small, else its beginning.
fn mark(node: &Node) -> Span {
    let start = node.span.start;
    match &node.kind {
        Kind::Struct { name: Some(name), .. } | Kind::Tuple { name: Some(name), .. } => name.span.clone(),
        Kind::Struct { .. } | Kind::Tuple { .. } | Kind::List(_) | Kind::Map(_) => {
            start..(start + 1).min(node.span.end)
        }
        _ => node.span.clone(),
    }
}

fn describe(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "a text",
        Kind::Number(_) => "a number",
        Kind::Bool(_) => "`true` or `false`",
        Kind::Char => "a single-quoted character",
        Kind::Bytes => "a byte string",
        Kind::Word(_) => "a bare word",
        Kind::Struct { .. } | Kind::Tuple { .. } => "something in round brackets",
        Kind::List(_) => "a list",
        Kind::Map(_) => "something in curly brackets",
        Kind::Broken => "unreadable",
    }
}

/// A struct as it is written: its required fields, or its first.
fn form(shape: &Struct) -> String {
    let needed: Vec<&str> = shape.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let shown = if needed.is_empty() { vec![shape.fields[0].name] } else { needed };
    format!("({}: …)", shown.join(": …, "))
}

fn capital(what: &str) -> String {
    let mut chars = what.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn example(name: &str, shape: &Shape) -> String {
    match shape {
        Shape::Id => format!("{name}(\"some-id\")"),
        Shape::Whole(..) => format!("{name}(50)"),
        Shape::List { of: Shape::Id, .. } => format!("{name}([\"some-id\", \"another-id\"])"),
        Shape::List { .. } => format!("{name}([Accepted, Promised])"),
        Shape::Choice(choice) => {
            format!("{name}({})", choice.variants.iter().find(|v| v.holds.is_none()).map_or("…", |v| v.name))
        }
        _ => format!("{name}(…)"),
    }
}

fn is_not_finite(word: &str) -> bool {
    let word = word.strip_suffix("f32").or(word.strip_suffix("f64")).unwrap_or(word);
    matches!(word.to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity")
}

/// A number in plain digits with a point and an exponent at most; infinite when it is too large.
fn decimal(written: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e' | 'E');
    if written.chars().all(plain) { written.parse().ok() } else { None }
}
