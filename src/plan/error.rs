//! Why a file is no plan that can be judged, and what to do instead.

use super::raw::MAX_DEPTH;

/// The commands that make the file that plangate reads.
const SHOW: &str = "run `terraform plan -out=tfplan` and `terraform show -json tfplan >plan.json`, and give plangate \
                    plan.json";

/// Why a file cannot be judged as a plan.
///
/// Each message says what was found, where, and what to do, without naming the file and without quoting its content
/// but for names of keys: plans hold secrets. Lines and columns count from 1, columns in bytes; bytes count from 0.
/// All three refer to the decoded text, which for a file in UTF-8 is the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// There is nothing in the file but blanks.
    #[error("the file is empty: make sure that `terraform show` succeeded, then {SHOW}")]
    Empty,
    /// A binary plan file, as `terraform plan -out` writes it.
    #[error(
        "this is a binary plan file: run `terraform show -json <file> >plan.json` where the plan was made, and give \
         plangate plan.json"
    )]
    BinaryPlan,
    /// Gzip that cannot be unpacked.
    #[error("the gzip data cannot be unpacked ({reason}): compress or transfer plan.json again")]
    Gzip {
        /// What the decompressor says.
        reason: std::io::Error,
    },
    /// Gzip that unpacks to more than the limit.
    #[error("the gzip data unpacks to more than {limit} bytes: give plangate the unpacked plan.json if that is right")]
    TooLarge {
        /// The most bytes that are unpacked.
        limit: u64,
    },
    /// Bytes that are text in no encoding that is read.
    #[error("this is no {encoding} text from byte {byte} on: {SHOW}")]
    NotText {
        /// The encoding that the first bytes tell.
        encoding: &'static str,
        /// Where the first bytes are that cannot be decoded; the file's length where that is not known.
        byte: usize,
    },
    /// What `terraform plan` or `terraform show` prints for people.
    #[error("this is the text that Terraform prints for people, not JSON: {SHOW}")]
    HumanReadable,
    /// What `terraform plan -json` prints: a log of events, without the planned values.
    #[error("this is the log of `terraform plan -json`, which lacks the planned values: {SHOW}")]
    EventLog,
    /// Configuration.
    #[error("this is Terraform configuration (HCL), not a plan of it: {SHOW}")]
    Configuration,
    /// A CloudFormation template.
    #[error("this is a CloudFormation template, and plangate judges Terraform and OpenTofu plans: {SHOW}")]
    CloudFormation,
    /// A state instead of a plan.
    #[error("this is a Terraform state, not a plan, so it says nothing of what apply would do: {SHOW}")]
    State,
    /// Text without any JSON document.
    #[error("there is no JSON in this file: {SHOW}")]
    NoJson,
    /// JSON of another kind.
    #[error("this is {found}, not a plan: {SHOW}")]
    OtherJson {
        /// What it is, as far as its keys tell.
        found: String,
    },
    /// More than one document.
    #[error("a second JSON document begins at line {line}: give plangate one file for each plan")]
    SeveralDocuments {
        /// Where the second document begins.
        line: usize,
    },
    /// A document that ends before it is complete.
    #[error(
        "the JSON ends early, at byte {byte} (line {line}, column {column}): make sure that `terraform show` and the \
         transfer of its output succeeded, then {SHOW}"
    )]
    Truncated {
        /// The length of the text.
        byte: usize,
        /// The line of the end.
        line: usize,
        /// The column of the end.
        column: usize,
    },
    /// A document that is no JSON from some place on.
    #[error("this is no valid JSON at line {line}, column {column} ({reason}): {SHOW}")]
    Syntax {
        /// The line of the fault.
        line: usize,
        /// The column of the fault.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A document nested deeper than is read.
    #[error(
        "the JSON is nested more than {MAX_DEPTH} levels deep at line {line}, column {column}, which no plan is: {SHOW}"
    )]
    TooDeep {
        /// The line of the level that is one too many.
        line: usize,
        /// The column of the level that is one too many.
        column: usize,
    },
    /// A section that has another shape than Terraform gives it.
    #[error("this is no plan as Terraform writes it: line {line}, column {column}: {reason}; {SHOW}")]
    Shape {
        /// The line of the fault.
        line: usize,
        /// The column of the fault.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A plan without its version.
    #[error("the plan lacks its `format_version`, so another tool has cut or wrapped it: {SHOW}")]
    MissingVersion,
    /// A version that is none.
    #[error("the plan's `format_version` is not of the form \"1.2\": {SHOW}")]
    MalformedVersion,
    /// A version that this plangate cannot read.
    #[error("the plan's `format_version` is {major}.{minor}, and this plangate reads 0 and 1: upgrade plangate")]
    UnsupportedVersion {
        /// The version's first number.
        major: u64,
        /// The version's second number.
        minor: u64,
    },
    /// A plan that stopped at an error.
    #[error(
        "the plan is errored: Terraform stopped before it was through; correct the error that `terraform plan` prints, \
         then {SHOW}"
    )]
    Errored,
    /// A plan that leaves a part out.
    #[error(
        "the plan is incomplete: {}, then {SHOW}",
        if *deferred == 0 {
            "it was made with `-target` or `-exclude`; leave these options out".to_owned()
        } else {
            format!("Terraform deferred {deferred} of its changes; apply what they wait for and plan again")
        }
    )]
    Incomplete {
        /// How many changes Terraform deferred to a later plan.
        deferred: usize,
    },
}

impl PlanError {
    /// The error of a document that serde_json cannot read, wherever its message quotes nothing of the document.
    pub(super) fn of_json(text: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            serde_json::error::Category::Eof => PlanError::Truncated {
                byte: text.len(),
                line,
                column,
            },
            serde_json::error::Category::Data => PlanError::Shape {
                line,
                column,
                reason: expectation(error),
            },
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
                let reason = without_place(&error.to_string()).to_owned();
                match reason.as_str() {
                    "recursion limit exceeded" => PlanError::TooDeep { line, column },
                    _ => PlanError::Syntax { line, column, reason },
                }
            }
        }
    }
}

/// What a shape error says without the value that it found: that may be a secret.
fn expectation(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = without_place(&message);
    if message.starts_with("duplicate field `") {
        return message.to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "unexpected value".to_owned(),
    }
}

fn without_place(message: &str) -> &str {
    message.rsplit_once(" at line ").map_or(message, |(reason, _)| reason)
}
