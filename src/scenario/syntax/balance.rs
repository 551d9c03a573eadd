//! Brackets made to pair up, so that the parser can rely on it; every one that did not is reported.

use super::lex::{Bracket, Lexeme, Token};
use crate::diagnostic::{Diagnostic, Findings};

/// The same tokens with every bracket paired, and the first byte from which the nesting is a guess.
pub(super) fn balance(lexemes: Vec<Lexeme>, end: usize, findings: &mut Findings) -> (Vec<Lexeme>, Option<usize>) {
    // How many more of each kind are opened than closed tells a mistyped bracket from a missing one.
    let mut surplus = [0i64; 3];
    for lexeme in &lexemes {
        match lexeme.token {
            Token::Open(bracket) => surplus[bracket as usize] += 1,
            Token::Close(bracket) => surplus[bracket as usize] -= 1,
            _ => {}
        }
    }
    let mut out: Vec<Lexeme> = Vec::with_capacity(lexemes.len());
    let mut open: Vec<(Bracket, usize)> = Vec::new();
    // How many of each kind are open.
    let mut depth = [0usize; 3];
    let mut doubt: Option<usize> = None;
    let mut doubtful = |at: usize| doubt = Some(doubt.map_or(at, |d: usize| d.min(at)));
    for mut lexeme in lexemes {
        let Token::Close(close) = lexeme.token else {
            if let Token::Open(bracket) = lexeme.token {
                open.push((bracket, lexeme.span.start));
                depth[bracket as usize] += 1;
            }
            out.push(lexeme);
            continue;
        };
        let at = lexeme.span.start;
        match open.last().copied() {
            Some((bracket, _)) if bracket == close => {
                open.pop();
                depth[bracket as usize] -= 1;
                out.push(lexeme);
            }
            Some((bracket, opened)) if surplus[bracket as usize] > 0 && surplus[close as usize] < 0 => {
                surplus[bracket as usize] -= 1;
                surplus[close as usize] += 1;
                doubtful(opened);
                findings.push(
                    Diagnostic::error(lexeme.span.clone(), format!("`{}` closes `{}`", close.close(), bracket.open()))
                        .related(opened..opened + 1, "opened here")
                        .why("Brackets close in pairs: `()`, `[]`, `{}`.")
                        .help(format!(
                            "Write `{}` here, or find the bracket that is missing between the two.",
                            bracket.close()
                        )),
                );
                open.pop();
                depth[bracket as usize] -= 1;
                lexeme.token = Token::Close(bracket);
                out.push(lexeme);
            }
            Some(_) if depth[close as usize] > 0 => {
                while let Some((bracket, opened)) = open.pop() {
                    depth[bracket as usize] -= 1;
                    if bracket == close {
                        break;
                    }
                    surplus[bracket as usize] -= 1;
                    doubtful(opened);
                    findings.push(
                        Diagnostic::error(opened..opened + 1, format!("this `{}` is not closed", bracket.open()))
                            .related(lexeme.span.clone(), "what is around it ends here")
                            .why("Every bracket that opens must close before the one around it does.")
                            .help(format!("Write `{}` where it should end.", bracket.close())),
                    );
                    out.push(Lexeme { token: Token::Close(bracket), span: at..at });
                }
                out.push(lexeme);
            }
            _ => {
                surplus[close as usize] += 1;
                doubtful(at);
                findings.push(
                    Diagnostic::error(lexeme.span, format!("this `{}` closes nothing", close.close()))
                        .why("There is no open bracket of its kind before it.")
                        .help("Delete it, or find the opening bracket that is missing."),
                );
            }
        }
    }
    if let Some((_, innermost)) = open.last() {
        doubtful(*innermost);
        let closers: String = open.iter().rev().map(|(bracket, _)| bracket.close()).take(20).collect();
        let count = open.len();
        findings.push(
            Diagnostic::error(end..end, "the file ends too early")
                .label(if count == 1 {
                    "a bracket is still open".into()
                } else {
                    format!("{count} brackets are still open")
                })
                .related(
                    *innermost..*innermost + 1,
                    if count == 1 { "opened here" } else { "the innermost, opened here" },
                )
                .why("The file may have been cut off, or a closing bracket is missing.")
                .help(format!("Close what is open; with nothing else missing that is `{closers}`.")),
        );
        for (bracket, _) in open.iter().rev() {
            out.push(Lexeme { token: Token::Close(*bracket), span: end..end });
        }
    }
    (out, doubt)
}
