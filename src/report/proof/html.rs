//! What tests and fixtures covered, as a page for a browser that needs nothing but itself: a table, and each file's lines.

use std::fmt::Write;

use super::{Proof, share};
use crate::engine::Coverage;
use crate::report::text::safe;
use crate::report::xml::Escaped;

const STYLE: &str = concat!(include_str!("../html/page.css"), include_str!("page.css"));

/// The page. It is XML, too, has no script, and loads nothing: its policy of content forbids that.
pub fn html(proofs: &[Proof]) -> Vec<u8> {
    let covered = proofs
        .iter()
        .filter_map(|proof| Some((proof, proof.coverage.as_ref()?)));
    let all = share(covered.clone().map(|(_, coverage)| coverage));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width\"/>\n<title>plangate: {all:.1} % covered</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{all:.1} % of the lines covered</h1>\n\
         <table>\n<thead><tr><th>policy or library</th><th>lines</th><th>not covered</th><th>covered</th></tr></thead>\n\
         <tbody>\n"
    );
    for (index, (proof, coverage)) in covered.clone().enumerate() {
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#f{index}\">{}</a></td><td>{}</td><td>{}</td><td>{:.1} %</td></tr>",
            Escaped(&safe(&proof.name)),
            coverage.lines(),
            coverage.uncovered.len(),
            share([coverage])
        );
    }
    out.push_str("</tbody>\n</table>\n");
    for (index, (_, coverage)) in covered.enumerate() {
        of_file(&mut out, index, coverage);
    }
    out.push_str("</body>\n</html>\n");
    out.into_bytes()
}

/// The lines of a file; it is open where some are not covered.
fn of_file(out: &mut String, index: usize, coverage: &Coverage) {
    let open = match coverage.uncovered.is_empty() {
        true => "",
        false => " open=\"open\"",
    };
    let _ = writeln!(
        out,
        "<details id=\"f{index}\"{open}><summary><code>{}</code> {:.1} %</summary>\n<pre>",
        Escaped(&safe(&coverage.path)),
        share([coverage])
    );
    for (number, line) in (1..).zip(coverage.text.lines()) {
        let kind = match (coverage.covered.contains(&number), coverage.uncovered.contains(&number)) {
            (true, _) => "hit",
            (_, true) => "miss",
            _ => "none",
        };
        let line = line.replace('\t', "    ");
        let _ = writeln!(
            out,
            "<span class=\"{kind}\">{number:>4}  {}</span>",
            Escaped(&safe(&line))
        );
    }
    out.push_str("</pre></details>\n");
}
