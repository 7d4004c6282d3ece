use std::sync::Arc;

use super::{Folder, module};
use crate::source::{Mode, Source, SourceError, Step, json, parse};

/// What real configurations are made of and a parser may trip over.
#[test]
fn reads_real_world_syntax() {
    let texts = [
        "locals {\n a = <<EOT\n  x ${var.y} %{ for a in b ~}\n ${a}\n%{ endfor ~}\nEOT\n}",
        "locals {\n a = <<-EOT\n    x\n      y\n    EOT\n b = 1\n}",
        "locals {\r\n  a = {\r\n    b = 1 # c\r\n    c = 2\r\n  }\r\n  d = [\r\n    for x in y : x\r\n  ]\r\n}\r\n",
        "\u{feff}locals { a = 1 }",
        "# c\n// c\n/* c\n */ locals { a = 1 /* c */ } // c",
        "locals { a = { for k, v in { for i in var.x : i => { for j in i : j => j... } } : k => v if v != null } }",
        "locals { a = var.b ? \"x\" : (var.c ? \"y\" : null) }",
        "locals {\n  a = (\n    var.b\n    ? 1\n    : 2\n  )\n}",
        "locals { a = aws_x.y[*].z[0].w.*.v }",
        "locals { a = aws_x.y.0.z }",
        "locals { a = { (var.k) = 1, \"${var.k}-x\" : 2, \"a/b\" = 3, true = 4 } }",
        "locals { größe = \"ünï\\u00e9 🚀\" }",
        "locals { a = \"$${x} %%{y} $ % \\\"q\\\" ${ \"${\"n\"}\" }\" }",
        "locals { a = \"%{ if var.b }yes%{ else }no%{ endif }\" }",
        "locals { a = provider::aws::arn_parse(\"x\").b }",
        "locals { a = max(local.b...) }",
        "locals { a = -1 + !true == 3 % 2 && 1 <= 2 || false }",
        "locals { a = [1, 2,\n 3,\n] }",
        "locals { a = f(\n  1,\n  2,\n) }",
        "locals { a = {} }\nlocals { b = [] }\nlocals {}\n",
        "resource aws_x y {\n  a = 1\n  b {}\n  c { d = 1 }\n}",
        "variable \"v\" {\n  type = object({ a = optional(list(string), [\"x\"]), b = any })\n}",
        "moved {\n  from = a.b\n  to   = c.d[\"e\"]\n}\nimport {\n  to = a.b\n  id = \"x\"\n}\n",
        "terraform {\n  required_providers {\n    aws = { source = \"hashicorp/aws\", configuration_aliases = [aws.x] }\n  }\n}",
        "",
    ];
    for text in texts {
        if let Err(error) = parse::parse(&Arc::from("main.tf"), text) {
            panic!("{error}\n{text}");
        }
    }
}

#[test]
fn says_where_each_thing_stands() {
    let module = module(
        r#"
resource "aws_s3_bucket" "logs" {
  bucket = "x"

  rule {
    status = "Enabled"
  }
  dynamic "rule" {
    for_each = var.rules
    content {
      status = rule.value
      tags = {
        a = 1
        b = [
          2,
        ]
      }
    }
  }
  lone { x = 1 }
}
variable "rules" {
  type        = list(string)
  default     = ["a"]
  description = "Rules"
  sensitive   = true
  validation {
    condition     = length(var.rules) > 0
    error_message = "None"
  }
}
output "id" { value = aws_s3_bucket.logs.id }
provider "aws" { alias = "west" }
check "c" {
  data "aws_y" "z" {}
}
"#,
    );
    let block = module.resource(Mode::Managed, "aws_s3_bucket", "logs").unwrap();
    assert_eq!((block.file(), block.line()), ("main.tf", 2));
    let cases: [(&[Step], Option<usize>); 12] = [
        (&["bucket".into()], Some(3)),
        (&["rule".into()], Some(5)),
        (&["rule".into(), 0.into()], Some(5)),
        (&["rule".into(), 0.into(), "status".into()], Some(6)),
        (&["rule".into(), 1.into()], Some(8)),
        (&["rule".into(), 7.into(), "status".into()], Some(11)),
        (
            &["rule".into(), 7.into(), "tags".into(), "b".into(), 0.into()],
            Some(15),
        ),
        (&["lone".into(), "x".into()], Some(20)),
        (&["lone".into(), 1.into()], None),
        (&["other".into()], None),
        (&["bucket".into(), "x".into()], None),
        (&[], None),
    ];
    for (path, line) in cases {
        assert_eq!(block.line_of(path), line, "{path:?}");
    }
    let variable = module.variable("rules").unwrap();
    assert_eq!(
        (variable.line(), variable.r#type(), variable.sensitive()),
        (22, Some("list(string)"), true)
    );
    assert_eq!(
        variable
            .validations()
            .map(|validation| validation.line)
            .collect::<Vec<_>>(),
        [27]
    );
    assert_eq!(variable.description().as_deref(), Some("Rules"));
    assert_eq!(module.output("id").unwrap().line(), 32);
    assert_eq!(module.provider("aws", Some("west")).unwrap().line(), 33);
    assert_eq!(module.resource(Mode::Data, "aws_y", "z").unwrap().line(), 35);
}

#[test]
fn reads_the_json_syntax() {
    let text = r#"{
  "//": "a comment",
  "resource": {
    "aws_x": {
      "y": {
        "name": "${var.n}-x",
        "rule": [{"status": "Enabled"},
                 {"status": "Off"}],
        "dynamic": {"setting": {"for_each": "${var.s}", "content": {"a": "${setting.value}"}}}
      }
    }
  },
  "variable": {"n": {"type": "string", "default": "d", "validation": {"condition": "${var.n != \"\"}"}}},
  "locals": [{"a": 1}, {"b": {"c": null}}]
}"#;
    let mut module = crate::source::module::Module::default();
    module.declare(json::parse(&Arc::from("main.tf.json"), text).unwrap());
    let block = module.resource(Mode::Managed, "aws_x", "y").unwrap();
    assert_eq!(block.line(), 5);
    assert_eq!(block.line_of(&["name".into()]), Some(6));
    assert_eq!(block.line_of(&["rule".into(), 1.into(), "status".into()]), Some(8));
    assert_eq!(block.line_of(&["setting".into(), 3.into(), "a".into()]), Some(9));
    assert_eq!(module.variable("n").unwrap().r#type(), Some("string"));
    assert_eq!(module.variable("n").unwrap().validations().count(), 1);
    assert!(module.local("a").is_some() && module.local("b").is_some());
    for wrong in [
        "[]",
        "{\"resource\": 1}",
        "{\"resource\": {\"a\": {\"b\": 1}}}",
        "{\"locals\": {\"a\": \"${\"}}",
        "{",
    ] {
        assert!(json::parse(&Arc::from("x.tf.json"), wrong).is_err(), "{wrong}");
    }
    let deep = format!("{{\"locals\": {{\"a\": {}1{}}}}}", "[".repeat(5000), "]".repeat(5000));
    assert!(json::parse(&Arc::from("x.tf.json"), &deep).is_err());
}

#[test]
fn merges_overrides_and_follows_local_modules() {
    let folder = Folder::new(
        "overrides",
        &[
            (
                "main.tf",
                "resource \"aws_x\" \"y\" {\n a = 1\n b = 2\n rule { x = 1 }\n rule { x = 2 }\n lifecycle {\n  prevent_destroy = true\n }\n}\nmodule \"net\" {\n source = \"./modules/net\"\n}\nmodule \"far\" {\n source = \"acme/far/aws\"\n}\nmodule \"gone\" {\n source = \"./gone\"\n}\nvariable \"v\" { default = 1 }\nlocals {\n l = 1\n m = 1\n}",
            ),
            (
                "a_override.tf",
                "resource \"aws_x\" \"y\" {\n b = 3\n rule { x = 3 }\n lifecycle {\n  ignore_changes = [a]\n }\n}\nvariable \"v\" { default = 2 }\nlocals { l = 2 }",
            ),
            ("modules/net/main.tf", "module \"sub\" {\n source = \"../sub\"\n}"),
            (
                "modules/sub/main.tf",
                "module \"self\" {\n source = \"./\"\n}\noutput \"o\" { value = 1 }",
            ),
            (
                ".terraform/modules/modules.json",
                r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"far","Source":"acme/far/aws","Dir":".terraform/modules/far"}]}"#,
            ),
            (".terraform/modules/far/main.tf", "output \"p\" { value = 1 }"),
            ("both.tf", "locals { from = \"tf\" }"),
            ("both.tofu", "locals { from = \"tofu\" }"),
            (".hidden.tf", "not hcl"),
            ("README.md", "x"),
            ("node_modules/x/y.js", "x"),
        ],
    );
    let source = Source::read(folder.path()).unwrap();
    let root = source.module(&[]).unwrap();
    let block = root.resource(Mode::Managed, "aws_x", "y").unwrap();
    assert_eq!(
        block.expression(&["b".into()]).unwrap().literal(),
        Some(&serde_json::from_str("3").unwrap())
    );
    assert_eq!(
        block
            .expression(&["rule".into(), 0.into(), "x".into()])
            .unwrap()
            .literal(),
        Some(&serde_json::from_str("3").unwrap())
    );
    assert!(block.expression(&["rule".into(), 1.into(), "x".into()]).is_none());
    assert!(
        block
            .line_of(&["lifecycle".into(), 0.into(), "prevent_destroy".into()])
            .is_some()
    );
    assert!(
        block
            .line_of(&["lifecycle".into(), 0.into(), "ignore_changes".into()])
            .is_some()
    );
    assert_eq!(
        root.variable("v").unwrap().default().unwrap().literal(),
        Some(&serde_json::from_str("2").unwrap())
    );
    assert_eq!(
        root.local("l").unwrap().literal(),
        Some(&serde_json::from_str("2").unwrap())
    );
    assert_eq!(
        root.local("m").unwrap().literal(),
        Some(&serde_json::from_str("1").unwrap())
    );
    assert_eq!(root.local("from").unwrap().literal(), Some(&"tofu".into()));
    assert_eq!(
        source.module(&["net", "sub"]).unwrap().output("o").unwrap().file(),
        "modules/sub/main.tf"
    );
    assert!(source.module(&["far"]).unwrap().output("p").is_some());
    assert!(source.module(&["gone"]).is_none() && source.module(&["net", "sub", "self"]).is_none());
    assert!(
        source.files().contains(&"README.md".to_owned())
            && !source.files().iter().any(|file| file.contains("node_modules"))
    );
    assert!(source.matches(["aws_x.y", "module.net", "module.far", "module.gone"].into_iter()));
    assert!(!source.matches(["aws_x.y"].into_iter()));
    assert!(!source.matches(std::iter::empty()));
}

#[test]
fn errors_say_where() {
    let folder = Folder::new("errors", &[("main.tf", "locals {\n  a = \n}\n")]);
    match Source::read(folder.path()) {
        Err(SourceError::Syntax { file, line, .. }) => {
            assert_eq!((file.as_str(), line), ("main.tf", 2))
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        Source::read(&folder.path().join("none")),
        Err(SourceError::Read { .. })
    ));
}
