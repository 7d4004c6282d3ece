//! The commands of the page on bundles do what it says, in its order.

use std::fs;

use super::{Desk, PLAN, key};

const PAGE: &str = include_str!("../../../docs/bundles.md");

#[test]
fn commands_of_the_page_run() {
    let desk = Desk::new("bundle-page");
    let at = |name: &str| desk.folder.path(name);
    fs::copy(key("rsa.pem"), at("key.pem")).unwrap();
    fs::copy(key("rsa.pub.pem"), at("key.pub.pem")).unwrap();
    let mut run = 0;
    let blocks = PAGE
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split_once("```").unwrap().0);
    for line in blocks.flat_map(str::lines) {
        let command = line.split('#').next().unwrap();
        let words = command.split_whitespace().skip(1).map(|word| match word {
            "our-policies" => desk.policies.clone(),
            "plan.json" => PLAN.to_owned(),
            file if file.ends_with(".gz") || file.ends_with(".pem") => at(file),
            word => word.to_owned(),
        });
        let words: Vec<String> = words.collect();
        let result = desk.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let expected = i32::from(words[0] == "check");
        assert_eq!(result.code, expected, "{line}: {}", result.stderr);
        run += 1;
    }
    assert_eq!(run, 9);
}
