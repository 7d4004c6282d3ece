//! Every lint: its name, why it matters, and what is wrong and right by it. `docs/lint.md` is made of this.

use std::fmt::Write as _;

use crate::pack::nearest::hint;

/// What a lint is about.
#[derive(Debug)]
pub struct Lint {
    /// How it is called.
    pub name: &'static str,
    /// Why it matters, in a sentence or two.
    pub why: &'static str,
    /// An example of what it finds.
    pub wrong: &'static str,
    /// The same as it should be.
    pub right: &'static str,
}

const fn lint(name: &'static str, why: &'static str, wrong: &'static str, right: &'static str) -> Lint {
    Lint {
        name,
        why,
        wrong,
        right,
    }
}

/// Every lint, sorted by name.
pub const LINTS: &[Lint] = &[
    lint(
        "array-membership",
        "`in` looks through an array from its begin, so in a loop the work grows with the square of the plan. A set is \
         asked at once.",
        "names := [vpc.values.cidr_block | some vpc in input.resources.aws_vpc]",
        "names := {vpc.values.cidr_block | some vpc in input.resources.aws_vpc}",
    ),
    lint(
        "astray",
        "A policy is run on plans that have what it examines. One that reads other types never runs for these.",
        "#   examines: [aws_s3_bucket]\n# ...\nsome vpc in input.resources.aws_vpc",
        "#   examines: [aws_vpc]\n# ...\nsome vpc in input.resources.aws_vpc",
    ),
    lint(
        "blank-lines",
        "One blank line parts two rules; `opa fmt` takes the others out.",
        "a := 1\n\n\nb := 2",
        "a := 1\n\nb := 2",
    ),
    lint(
        "indentation",
        "Rego is indented by tabs, as `opa fmt` does.",
        "deny contains x if {\n    some x in y\n}",
        "deny contains x if {\n\tsome x in y\n}",
    ),
    lint(
        "line-end",
        "Lines end in one line feed, the last one too, so that changes show only what changed.",
        "a := 1\\r\\n",
        "a := 1\\n",
    ),
    lint(
        "lint-ignore",
        "A comment that takes a lint back says which and why, and goes when there is nothing left to take back.",
        "# plangate:lint-ignore nested-loop",
        "# plangate:lint-ignore nested-loop a plan has few providers",
    ),
    lint(
        "load",
        "What `plangate check` would refuse: METADATA that is incomplete or ill-formed, a package that is not its folder, \
         an import, function, parameter or member of `input` that is not there, a built-in that is refused, recursion.",
        "import data.lib.tff",
        "import data.lib.tf",
    ),
    lint(
        "long-line",
        "A line of more than 120 columns is not read to its end.",
        "message := sprintf(\"a text of more than 120 columns\", [])",
        "message := sprintf(\n\t\"a text\",\n\t[],\n)",
    ),
    lint(
        "metadata",
        "`plangate explain` and the policy's page show METADATA to who has to put the fault right: why it matters, since \
         when, what to write, where to read on.",
        "# title: The bucket is public.",
        "# title: S3 bucket is public",
    ),
    lint(
        "missing-fixture",
        "A policy without a planned configuration has never seen what Terraform really prints.",
        "policies/aws/s3/lock/lock.rego",
        "policies/aws/s3/lock/lock.rego\npolicies/aws/s3/lock/main.tf",
    ),
    lint(
        "missing-plan",
        "A fixture is judged by its plan, which is what `terraform show -json` prints of it.",
        "policies/aws/s3/lock/main.tf",
        "policies/aws/s3/lock/main.tf\npolicies/aws/s3/lock/plan.json",
    ),
    lint(
        "missing-test",
        "Rego tests hold the edge cases that are tedious to plan.",
        "policies/aws/s3/lock/lock.rego",
        "policies/aws/s3/lock/lock.rego\npolicies/aws/s3/lock/lock_test.rego",
    ),
    lint(
        "negated-lookup",
        "`not` holds where an argument is false, where it is absent, and where only apply tells it: the policy fails what \
         may be right. `tf.is_false` and `tf.is_unknown` tell these apart.",
        "not bucket.values.force_destroy",
        "tf.is_false(tf.get(bucket, \"force_destroy\", false))",
    ),
    lint(
        "nested-loop",
        "Each resource of a type for each of another is the square of the plan: half a second at 10,000 resources, and \
         minutes at 100,000. References are worked out already.",
        "some bucket in input.resources.aws_s3_bucket\nsome acl in input.resources.aws_s3_bucket_acl\nacl.values.bucket == \
         bucket.values.bucket",
        "some bucket in input.resources.aws_s3_bucket\nsome acl in tf.attached(bucket, \"aws_s3_bucket_acl\", \"bucket\")",
    ),
    lint(
        "no-failing-fixture",
        "A policy that no fixture shows to fail may never fail.",
        "resource \"aws_s3_bucket\" \"pass_locked\" {}",
        "resource \"aws_s3_bucket\" \"pass_locked\" {}\nresource \"aws_s3_bucket\" \"fail_open\" {}",
    ),
    lint(
        "page",
        "The pages are made of METADATA: one that is out of date says what the policy no longer does. Run `plangate docs`.",
        "a README.md from before the severity was raised",
        "plangate docs policies",
    ),
    lint(
        "quadratic-union",
        "The engine makes the union of many sets anew for each of them. A comprehension with two `some` makes it once.",
        "union({names(vpc) | some vpc in vpcs})",
        "{name | some vpc in vpcs; some name in names(vpc)}",
    ),
    lint(
        "trailing-blanks",
        "Blanks at the end of a line are seen by nobody but version control.",
        "a := 1  ",
        "a := 1",
    ),
    lint(
        "unfilled",
        "`plangate new` leaves FILL IN and `fill_in` where only the author knows what to write.",
        "tf.get(resource, \"fill_in\", true)",
        "tf.get(resource, \"object_lock_enabled\", true)",
    ),
    lint(
        "unknown-argument",
        "An argument that the AWS provider does not have is never set, so a misspelt one passes or fails everything.",
        "tf.get(bucket, \"force_destory\", false)",
        "tf.get(bucket, \"force_destroy\", false)",
    ),
    lint(
        "unknown-differs",
        "A value that is known only after apply is a marker, which differs from every text: `!=` in `deny` fails what may \
         be right.",
        "acl.values.acl != \"private\"",
        "found := tf.get(acl, \"acl\", \"private\")\ntf.is_known(found)\nfound != \"private\"",
    ),
    lint(
        "unknown-member",
        "A member that no resource has is never there, so a misspelt one passes everything.",
        "some bucket in input.resources.aws_s3_bucket\nbucket.action == [\"create\"]",
        "some bucket in input.resources.aws_s3_bucket\nbucket.actions == [\"create\"]",
    ),
    lint(
        "unknown-type",
        "A type that the AWS provider does not have is in no plan, so the policy passes everything.",
        "input.resources.aws_s3_buckett",
        "input.resources.aws_s3_bucket",
    ),
    lint(
        "unused-import",
        "What nothing reads misleads who reads the policy.",
        "import data.lib.tf",
        "",
    ),
];

/// The lint of that name.
///
/// # Errors
///
/// Where there is none: what is wrong, with the nearest names.
pub fn lint_of(name: &str) -> Result<&'static Lint, String> {
    LINTS.iter().find(|lint| lint.name == name).ok_or_else(|| {
        let hint = hint(name, LINTS.iter().map(|lint| lint.name));
        format!("there is no lint `{name}`{hint}; docs/lint.md has them all")
    })
}

impl Lint {
    /// What there is to say of it, in Markdown.
    pub fn page(&self) -> String {
        let mut page = format!(
            "## {}\n\n{}\n\nWrong:\n\n```\n{}\n```\n",
            self.name, self.why, self.wrong
        );
        if !self.right.is_empty() {
            let _ = write!(page, "\nRight:\n\n```\n{}\n```\n", self.right);
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_lints_is_up_to_date() {
        let mut page = include_str!("page.md").to_owned();
        for lint in LINTS {
            page.push('\n');
            page.push_str(&lint.page());
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lint.md");
        if std::env::var_os("PLANGATE_WRITE").is_some() {
            assert!(std::fs::write(path, &page).is_ok());
        }
        assert!(LINTS.is_sorted_by_key(|lint| lint.name));
        assert_eq!(
            std::fs::read_to_string(path).unwrap_or_default(),
            page,
            "set PLANGATE_WRITE=1 to write it"
        );
    }
}
