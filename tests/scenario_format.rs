//! The table of format 1 and the types behind it are one: the same fields, the same names, the same things required.
#![allow(clippy::panic, reason = "a test fails by panicking")]

use calmline::check::load;
use calmline::scenario::shape::{self, Choice, Shape, Struct};
use calmline::scenario::{
    Beat, CallBack, CannotHelp, Company, Condition, Customer, Ending, Exit, Fact, Line, Look, Offer, ReplyOption,
    Scenario, Temper,
};
use serde::de::DeserializeOwned;

fn read<T: DeserializeOwned>(text: &str) -> Result<T, ron::Error> {
    let options = ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_recursion_limit(512);
    options.from_str(text).map_err(|error| error.code)
}

/// A legal value of a shape, with every field and every variant of it when `full`.
fn sample(shape: &Shape, full: bool) -> String {
    match shape {
        Shape::Text(_) => "\"words\"".into(),
        Shape::Id => "\"ring\"".into(),
        Shape::Bool => "true".into(),
        Shape::Whole(_, max) => max.to_string(),
        Shape::Decimal(_, max) => max.to_string(),
        Shape::Choice(choice) => variant(choice, 0),
        Shape::Struct(of) => sample_struct(of, full),
        Shape::Optional(inner) => sample(inner, full),
        Shape::List { of, .. } => match of {
            Shape::Choice(choice) if full => {
                let flat = choice.variants.iter().enumerate();
                let all: Vec<String> = flat.map(|(n, _)| variant(choice, n)).collect();
                format!("[{}]", all.join(", "))
            }
            _ => format!("[{}]", sample(of, full)),
        },
        Shape::Map { of, .. } => format!("{{\"name\": {}}}", sample(of, full)),
        Shape::TextOr(_, of) if full => sample_struct(of, full),
        Shape::TextOr(text, _) => sample(text, full),
    }
}

fn variant(choice: &Choice, number: usize) -> String {
    let variant = &choice.variants[number];
    match variant.holds {
        None => variant.name.into(),
        // The last plain one ends the recursion of conditions that hold conditions.
        Some(Shape::Choice(inner)) if std::ptr::eq(*inner, choice) => format!("{}(Accepted)", variant.name),
        Some(Shape::List { of: Shape::Choice(inner), .. }) if std::ptr::eq(*inner, choice) => {
            format!("{}([Accepted])", variant.name)
        }
        Some(shape) => format!("{}({})", variant.name, sample(shape, false)),
    }
}

fn sample_struct(of: &Struct, full: bool) -> String {
    let fields = of.fields.iter().filter(|field| full || field.required);
    let fields: Vec<String> = fields.map(|field| format!("{}: {}", field.name, sample(field.shape, full))).collect();
    format!("({})", fields.join(", "))
}

/// The table's fields are the type's fields, and what it requires is what the type requires.
fn agree<T: DeserializeOwned>(of: &Struct) {
    let names: Vec<&str> = of.fields.iter().map(|field| field.name).collect();
    let minimal = sample_struct(of, false);
    let full = sample_struct(of, true);
    read::<T>(&minimal).unwrap_or_else(|error| panic!("{}: minimal {minimal}: {error}", of.name));
    read::<T>(&full).unwrap_or_else(|error| panic!("{}: full {full}: {error}", of.name));
    let inner = minimal.trim_start_matches('(').trim_end_matches(')');
    let unknown = if inner.is_empty() { "(zzz: 1)".to_owned() } else { format!("(zzz: 1, {inner})") };
    match read::<T>(&unknown) {
        Err(ron::Error::NoSuchStructField { expected, .. }) => assert_eq!(expected, names, "{}", of.name),
        Err(other) => panic!("{}: {other}", of.name),
        Ok(_) => panic!("{} accepts unknown fields", of.name),
    }
    for left_out in of.fields.iter().filter(|field| field.required) {
        // An optional field is kept too: `()` could be anything.
        let optional = of.fields.iter().find(|field| !field.required);
        let others = of.fields.iter().filter(|field| field.required && field.name != left_out.name).chain(optional);
        let others: Vec<String> =
            others.map(|field| format!("{}: {}", field.name, sample(field.shape, false))).collect();
        let found = read::<T>(&format!("({})", others.join(", "))).map(|_| ());
        assert!(
            matches!(&found, Err(ron::Error::MissingStructField { field, .. }) if *field == left_out.name),
            "{} without {}: {found:?}",
            of.name,
            left_out.name
        );
    }
    for field in of.fields {
        choices_agree::<T>(of, field);
    }
}

/// Every choice of a field has the names of the enum behind it, which serde tells when it meets another one.
fn choices_agree<T: DeserializeOwned>(of: &Struct, field: &shape::FieldShape) {
    let (choice, wrong) = match field.shape {
        Shape::Choice(choice) | Shape::Optional(Shape::Choice(choice)) => (choice, "Zzz".to_owned()),
        Shape::List { of: Shape::Choice(choice), .. }
        | Shape::Optional(Shape::List { of: Shape::Choice(choice), .. }) => (choice, "[Zzz]".to_owned()),
        _ => return,
    };
    let mut fields = vec![format!("{}: {wrong}", field.name)];
    let others = of.fields.iter().filter(|other| other.required && other.name != field.name);
    fields.extend(others.map(|other| format!("{}: {}", other.name, sample(other.shape, false))));
    let names: Vec<&str> = choice.variants.iter().map(|variant| variant.name).collect();
    match read::<T>(&format!("({})", fields.join(", "))).map(|_| ()) {
        Err(ron::Error::NoSuchEnumVariant { expected, .. }) => {
            assert_eq!(expected, names, "{}.{}", of.name, field.name)
        }
        other => panic!("{}.{}: {other:?}", of.name, field.name),
    }
}

#[test]
fn the_table_and_the_types_agree() {
    agree::<Scenario>(&shape::SCENARIO);
    agree::<Company>(&shape::COMPANY);
    agree::<Customer>(&shape::CUSTOMER);
    agree::<Temper>(&shape::TEMPER);
    agree::<Look>(&shape::LOOK);
    agree::<Fact>(&shape::FACT);
    agree::<Offer>(&shape::OFFER);
    agree::<CannotHelp>(&shape::CANNOT_HELP);
    agree::<CallBack>(&shape::CALL_BACK);
    agree::<Beat>(&shape::BEAT);
    agree::<Line>(&shape::LINE);
    agree::<ReplyOption>(&shape::OPTION);
    agree::<Exit>(&shape::EXIT);
    agree::<Ending>(&shape::ENDING);
}

#[test]
fn every_condition_is_read_as_the_table_says() {
    for (number, row) in shape::CONDITION.variants.iter().enumerate() {
        let written = variant(&shape::CONDITION, number);
        let condition: Condition = read(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert!(format!("{condition:?}").starts_with(row.name), "{written} became {condition:?}");
    }
}

/// Every field of every struct, all in one file, through the real loader.
#[test]
fn a_scenario_with_every_field_loads() {
    let text = include_str!("scenarios/every-field.ron");
    let loaded =
        load("every-field.ron", "every-field", text.as_bytes()).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(loaded.render_warnings(false), "");
    for of in [
        &shape::SCENARIO,
        &shape::COMPANY,
        &shape::CUSTOMER,
        &shape::TEMPER,
        &shape::LOOK,
        &shape::FACT,
        &shape::OFFER,
        &shape::CANNOT_HELP,
        &shape::CALL_BACK,
        &shape::BEAT,
        &shape::LINE,
        &shape::OPTION,
        &shape::EXIT,
        &shape::ENDING,
    ] {
        for field in of.fields {
            assert!(text.contains(&format!("{}:", field.name)), "{}.{} is not in the file", of.name, field.name);
        }
    }
    for variant in shape::CONDITION.variants {
        assert!(text.contains(variant.name), "{} is not in the file", variant.name);
    }
    insta::assert_json_snapshot!(loaded.scenario);
}
