use std::collections::BTreeMap;

use super::module;
use crate::model::Value;
use crate::source::{Locals, Mode, Part, Scope, address, body_value, evaluate, evaluate_document};

/// Answers by address.
#[derive(Default)]
struct Known {
    values: BTreeMap<String, Value>,
    locals: Locals,
}

impl Known {
    fn of(values: &[(&str, &str)]) -> Self {
        let values = values
            .iter()
            .map(|(address, json)| ((*address).to_owned(), value(json)));
        Known {
            values: values.collect(),
            locals: Locals::default(),
        }
    }
}

impl Scope for Known {
    fn resolve(&self, traversal: &[Part]) -> Option<Value> {
        self.values.get(&address(traversal)).cloned()
    }

    fn locals(&self) -> Option<&Locals> {
        Some(&self.locals)
    }
}

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn scope() -> Known {
    Known::of(&[
        ("var.name", r#""logs""#),
        ("var.secret", r#"{"sensitive":true}"#),
        ("var.list", r#"["a","b"]"#),
        ("var.deep", r#"{"a":{"b":[1,2]}}"#),
        ("var.input", r#"{"unknown":true,"from":["aws_s3_bucket.a"]}"#),
        ("each.key", r#""a""#),
        ("count.index", "1"),
        (
            "aws_s3_bucket.one",
            r#"{"bucket":"one","arn":{"unknown":true,"from":["aws_s3_bucket.one.arn"]},"region":{"unknown":true,"unset":true}}"#,
        ),
        (
            "aws_subnet.x",
            r#"[{"id":{"unknown":true,"from":["aws_subnet.x[0].id"]}},{"unknown":true,"from":["aws_subnet.x[1]"]}]"#,
        ),
        ("aws_subnet.none", "[]"),
        (
            "aws_kms_key.k",
            r#"{"a":{"unknown":true,"from":["aws_kms_key.k[\"a\"]"]},"b":{"unknown":true,"from":["aws_kms_key.k[\"b\"]"]}}"#,
        ),
        ("aws_kms_key.k[\"a\"].arn", r#""arn:a""#),
        (
            "module.net.subnet_ids",
            r#"{"unknown":true,"from":["module.net.aws_subnet.x[0].id"]}"#,
        ),
        ("data.aws_region.here", r#"{"name":"eu-west-1"}"#),
    ])
}

#[test]
fn evaluates_as_far_as_it_goes() {
    let unknown = |from: &str| format!(r#"{{"unknown":true,"from":[{from}]}}"#);
    let cases = [
        ("var.name", r#""logs""#.to_owned()),
        ("var.deep.a.b[1]", "2".into()),
        ("var.deep[\"a\"].b", "[1,2]".into()),
        ("var.gone", unknown(r#""var.gone""#)),
        ("aws_x.gone[each.key].id", unknown(r#""aws_x.gone[\"a\"].id""#)),
        ("aws_x.gone[count.index].id", unknown(r#""aws_x.gone[1].id""#)),
        ("aws_x.gone[count.index + 1].id", unknown(r#""aws_x.gone[2].id""#)),
        ("aws_x.gone[local.k].id", unknown(r#""aws_x.gone[\"a\"].id""#)),
        ("aws_x.gone[var.gone].id", unknown(r#""aws_x.gone","var.gone""#)),
        ("aws_x.gone[*].id", unknown(r#""aws_x.gone""#)),
        ("aws_s3_bucket.one.bucket", r#""one""#.into()),
        ("aws_s3_bucket.one.arn", unknown(r#""aws_s3_bucket.one.arn""#)),
        ("aws_s3_bucket.one.region", unknown(r#""aws_s3_bucket.one.region""#)),
        (
            "aws_s3_bucket.one.other[0].x",
            unknown(r#""aws_s3_bucket.one.other[0].x""#),
        ),
        ("aws_subnet.x[0].id", unknown(r#""aws_subnet.x[0].id""#)),
        ("aws_subnet.x[1].id", unknown(r#""aws_subnet.x[1].id""#)),
        (
            "aws_subnet.x[*].id",
            format!(
                "[{},{}]",
                unknown(r#""aws_subnet.x[0].id""#),
                unknown(r#""aws_subnet.x[1].id""#)
            ),
        ),
        (
            "aws_subnet.x.*.id",
            format!(
                "[{},{}]",
                unknown(r#""aws_subnet.x[0].id""#),
                unknown(r#""aws_subnet.x[1].id""#)
            ),
        ),
        (
            "[for s in aws_subnet.x : s.id]",
            format!(
                "[{},{}]",
                unknown(r#""aws_subnet.x[0].id""#),
                unknown(r#""aws_subnet.x[1].id""#)
            ),
        ),
        ("length(aws_subnet.x)", "2".into()),
        ("one(aws_subnet.none[*].id)", "null".into()),
        ("try(aws_subnet.none[0].id, \"none\")", r#""none""#.into()),
        (
            "{ for k, v in aws_kms_key.k : k => v.arn }",
            format!(
                r#"{{"a":{},"b":{}}}"#,
                unknown(r#""aws_kms_key.k[\"a\"].arn""#),
                unknown(r#""aws_kms_key.k[\"b\"].arn""#)
            ),
        ),
        (
            "values(aws_kms_key.k)[*].arn",
            format!(
                "[{},{}]",
                unknown(r#""aws_kms_key.k[\"a\"].arn""#),
                unknown(r#""aws_kms_key.k[\"b\"].arn""#)
            ),
        ),
        ("aws_kms_key.k[each.key].arn", r#""arn:a""#.into()),
        ("keys(aws_kms_key.k)", r#"["a","b"]"#.into()),
        ("var.input.id", unknown(r#""aws_s3_bucket.a.id""#)),
        (
            "module.net.subnet_ids[0]",
            unknown(r#""module.net.aws_subnet.x[0].id""#),
        ),
        ("data.aws_region.here.name", r#""eu-west-1""#.into()),
        (
            "\"${var.name}-${aws_s3_bucket.one.arn}-${var.gone}\"",
            unknown(r#""aws_s3_bucket.one.arn","var.gone""#),
        ),
        (
            "[var.name, aws_s3_bucket.one.arn]",
            format!(r#"["logs",{}]"#, unknown(r#""aws_s3_bucket.one.arn""#)),
        ),
        (
            "{ a = var.gone, b = 1 }",
            format!(r#"{{"a":{},"b":1}}"#, unknown(r#""var.gone""#)),
        ),
        (
            "{ (var.gone) = aws_s3_bucket.one.arn }",
            unknown(r#""aws_s3_bucket.one.arn","var.gone""#),
        ),
        ("var.gone ? \"a\" : \"a\"", r#""a""#.into()),
        (
            "var.gone ? \"a\" : aws_s3_bucket.one.arn",
            unknown(r#""aws_s3_bucket.one.arn","var.gone""#),
        ),
        ("var.name == \"logs\" ? 1 : var.gone", "1".into()),
        ("var.gone == null", unknown(r#""var.gone""#)),
        ("var.gone && false", "false".into()),
        ("var.gone || true", "true".into()),
        ("var.gone && true", unknown(r#""var.gone""#)),
        ("[1, var.gone] == [2, var.gone]", "false".into()),
        ("contains([\"a\", var.gone], \"a\")", "true".into()),
        ("contains([\"a\", var.gone], \"b\")", unknown(r#""var.gone""#)),
        ("[for x in var.list : x if var.gone == x]", unknown(r#""var.gone""#)),
        (
            "merge({ a = 1 }, { b = var.gone })",
            format!(r#"{{"a":1,"b":{}}}"#, unknown(r#""var.gone""#)),
        ),
        ("merge({ a = 1 }, var.gone)", unknown(r#""var.gone""#)),
        ("concat([1], [var.gone])", format!("[1,{}]", unknown(r#""var.gone""#))),
        (
            "flatten([[\"a\", var.gone], \"b\"])",
            format!(r#"["a",{},"b"]"#, unknown(r#""var.gone""#)),
        ),
        (
            "toset([\"b\", var.gone, \"a\"])",
            format!(r#"["a","b",{}]"#, unknown(r#""var.gone""#)),
        ),
        (
            "formatlist(\"%s/*\", [\"a\", var.gone])",
            format!(r#"["a/*",{}]"#, unknown(r#""var.gone""#)),
        ),
        ("coalesce(null, var.gone, \"x\")", unknown(r#""var.gone""#)),
        ("lookup({ a = 1 }, \"a\", var.gone)", "1".into()),
        ("join(\",\", [var.gone, \"a\"])", unknown(r#""var.gone""#)),
        ("jsonencode({ a = var.gone })", unknown(r#""var.gone""#)),
        ("sha256(var.gone)", unknown(r#""var.gone""#)),
        ("timestamp()", unknown("")),
        ("file(\"/etc/passwd\")", unknown("")),
        ("provider::aws::arn_parse(var.gone)", unknown(r#""var.gone""#)),
        ("var.secret", r#"{"sensitive":true}"#.into()),
        ("\"x${var.secret}${var.gone}\"", r#"{"sensitive":true}"#.into()),
        ("{ a = var.secret, b = 1 }", r#"{"a":{"sensitive":true},"b":1}"#.into()),
        ("var.secret == \"x\" ? 1 : 1", r#"{"sensitive":true}"#.into()),
        ("sensitive(\"x\")", r#"{"sensitive":true}"#.into()),
        ("nonsensitive(sensitive(\"x\"))", r#"{"sensitive":true}"#.into()),
        ("var.secret.password", r#"{"sensitive":true}"#.into()),
        ("local.chain", r#""a-b""#.into()),
        ("local.cycle", unknown("")),
        ("local.none", unknown("")),
        ("[for local in [1] : local]", "[1]".into()),
        ("1 / 0", unknown("")),
        ("{}.a", unknown("")),
        ("[1][5]", unknown("")),
        ("[1][-1]", unknown("")),
        ("[1][0.5]", unknown("")),
        ("null.a", unknown("")),
        ("\"${null}\"", "null".into()),
        ("\"x${null}\"", unknown("")),
        ("\"x${[1]}\"", unknown("")),
        ("max()", unknown("")),
        ("[for x in 5 : x]", unknown("")),
    ];
    for (expression, expected) in cases {
        let module = module(&format!(
            "locals {{\n it = {expression}\n k = \"a\"\n chain = \"${{local.k}}-b\"\n cycle = local.back\n back = local.cycle\n}}"
        ));
        let found = evaluate(module.local("it").unwrap(), &scope(), &module);
        assert_eq!(found, value(&expected), "{expression}");
    }
}

#[test]
fn rebuilds_documents() {
    let text = r#"
locals {
  encoded = jsonencode({ Statement = [{ Resource = "${aws_s3_bucket.one.arn}/*", Action = ["s3:*"] }] })
  through = (local.encoded)
  chosen  = var.name == "logs" ? local.through : "{}"
  written = <<-EOT
    {"Statement": [{"Resource": ["${aws_s3_bucket.one.arn}/*", "${var.name}"],
      "Secret": "${var.secret}",
      %{~ for x in var.list ~}
      "${x}": 1,
      %{~ endfor ~}
      "n": ${1 + 1}}]}
  EOT
  broken  = "{${aws_s3_bucket.one.arn}: 1}"
  key     = "{\"${aws_s3_bucket.one.arn}\": 1}"
  known   = jsonencode([1])
  plain   = "[1, ${1 + 1}]"
}
"#;
    let module = module(text);
    let arn = r#"{"unknown":true,"from":["aws_s3_bucket.one.arn"]}"#;
    let statement = format!(r#"{{"Statement":[{{"Resource":{arn},"Action":["s3:*"]}}]}}"#);
    let written =
        format!(r#"{{"Statement":[{{"Resource":[{arn},"logs"],"Secret":{{"sensitive":true}},"a":1,"b":1,"n":2}}]}}"#);
    let cases = [
        ("encoded", statement.as_str()),
        ("through", &statement),
        ("chosen", &statement),
        ("written", &written),
        ("broken", arn),
        ("key", arn),
        ("known", "[1]"),
        ("plain", r#""[1, 2]""#),
    ];
    for (name, expected) in cases {
        let found = evaluate_document(module.local(name).unwrap(), &scope(), &module);
        assert_eq!(found, value(expected), "{name}");
    }
}

#[test]
fn expands_dynamic_blocks() {
    let text = r#"
resource "aws_x" "y" {
  for_each = var.gone
  name     = var.name
  bad      = [1][7]
  ingress {
    port = 1
  }
  dynamic "ingress" {
    for_each = { http = 80, https = 443 }
    content {
      name = ingress.key
      port = ingress.value
      dynamic "cidr" {
        for_each = toset(["b", "a"])
        iterator = it
        content {
          label = "${ingress.key}-${it.key}-${it.value}"
        }
      }
    }
  }
  dynamic "egress" {
    for_each = var.gone
    content {
      port = egress.value
    }
  }
  dynamic "egress" {
    for_each = [aws_s3_bucket.one.arn]
    content {
      port = "${egress.key}"
      arn  = egress.value
    }
  }
  dynamic "none" {
    for_each = []
    content {}
  }
  lifecycle {
    prevent_destroy = true
  }
}
"#;
    let module = module(text);
    let block = module.resource(Mode::Managed, "aws_x", "y").unwrap();
    let expected = value(
        r#"{
        "name": "logs", "bad": {"unknown":true,"from":[]},
        "ingress": [{"port":1},
          {"name":"http","port":80,"cidr":[{"label":"http-a-a"},{"label":"http-b-b"}]},
          {"name":"https","port":443,"cidr":[{"label":"https-a-a"},{"label":"https-b-b"}]}],
        "egress": [{"unknown":true,"from":["var.gone"]},
          {"port":0,"arn":{"unknown":true,"from":["aws_s3_bucket.one.arn"]}}],
        "none": []}"#,
    );
    assert_eq!(body_value(block, &scope(), &module), expected);
    assert!(block.for_each().is_some() && block.count().is_none());
}

/// Whatever is written, an evaluation ends, soon and without much memory.
#[test]
fn stays_within_limits() {
    let doubling: String = (1..64)
        .map(|at| {
            format!(
                "t{at} = \"${{local.t{0}}}${{local.t{0}}}\"\nl{at} = [local.l{0}, local.l{0}]\n",
                at - 1
            )
        })
        .collect();
    let chain: String = (1..1000).map(|at| format!("c{at} = local.c{}\n", at - 1)).collect();
    let prelude = format!("t0 = \"0123456789abcdef\"\nl0 = []\nc0 = 1\n{doubling}{chain}");
    let nested = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : [a, b, c]]]]";
    let many = format!("[{}]", vec!["local.l20"; 200].join(","));
    for expression in [
        "range(1000000000)",
        "range(0, 1, 0.0000001)",
        "local.t63",
        "local.l63",
        "local.c999",
        nested,
        &many,
        "setproduct(range(1000), range(1000), range(1000))",
        "format(\"%999999999d\", 1)",
        "format(\"%.999999999f\", 1)",
        "indent(999999999, \"\\n\\n\")",
        "replace(local.t12, \"a\", local.t12)",
        "replace(local.t12, \"/(.*)/\", \"$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1\")",
        "join(local.t14, range(1000))",
        "regex(\"(a{1000}){1000}\", \"a\")",
        "substr(\"a\", -9223372036854775807, 9223372036854775807)",
        "cidrsubnet(\"::/0\", 128, 1)",
        "cidrsubnet(\"10.0.0.0/8\", 99999, 1)",
        "cidrhost(\"::/0\", -1)",
        "cidrhost(\"10.0.0.0/32\", -9223372036854775807)",
        "cidrsubnets(\"::/0\", 1, 1, 1)",
        "-9223372036854775807 - 9223372036854775807",
        "9223372036854775807 * 9223372036854775807",
        "pow(10, 400)",
        "parseint(\"zzzzzzzzzzzzzzzzzzzz\", 36)",
        "base64decode(\"====\")",
        "base64decode(\"a===\")",
        "slice([1], 1, 0)",
        "slice([1], -1, 5)",
        "chunklist([1], 0)",
        "element([], 0)",
        "jsondecode(\"[[[[\")",
        "[for k, v in local.l1 : k...]",
    ] {
        if let Ok(blocks) = super::parse::parse(
            &std::sync::Arc::from("x.tf"),
            &format!("locals {{\n it = {expression}\n{prelude}\n}}"),
        ) {
            let mut module = super::Module::default();
            module.declare(blocks);
            let start = std::time::Instant::now();
            evaluate(module.local("it").unwrap(), &scope(), &module);
            evaluate_document(module.local("it").unwrap(), &scope(), &module);
            assert!(start.elapsed().as_secs() < 5, "{expression}");
        }
    }
}

#[test]
fn an_expression_mentions_what_it_refers_to() {
    for (text, mentions) in [
        ("1", &[] as &[&str]),
        ("var.a.b", &["var.a.b"]),
        ("local.list[0].x", &["local.list[0].x"]),
        ("aws_x.y[\"k\"].id", &["aws_x.y[\"k\"].id"]),
        ("aws_x.y[count.index].id", &["aws_x.y", "count.index"]),
        ("aws_x.y[*].id", &["aws_x.y"]),
        (
            "\"a-${var.a}-%{ if var.b }${var.c}%{ else }${var.d}%{ endif }\"",
            &["var.a", "var.b", "var.c", "var.d"],
        ),
        (
            "\"%{ for k, v in var.a }${k}${v}${var.b}%{ endfor }\"",
            &["var.a", "var.b"],
        ),
        ("[var.a, !var.b, -var.c]", &["var.a", "var.b", "var.c"]),
        ("{ a = var.a, (var.b) = 1, c = c }", &["var.a", "var.b"]),
        ("merge(var.a, var.b).c[var.d]", &["var.a", "var.b", "var.d"]),
        ("var.a ? var.b : var.c + var.d", &["var.a", "var.b", "var.c", "var.d"]),
        (
            "[for k, v in var.a : v.x + k.y + var.b if v.z == var.c]",
            &["var.a", "var.b", "var.c"],
        ),
        (
            "{ for v in var.a : v.key => [for w in v.list : [v.x, w.x, local.x]] }",
            &["local.x", "var.a"],
        ),
        ("var.a == var.a", &["var.a"]),
    ] {
        let module = module(&format!("locals {{\n  x = {text}\n}}\n"));
        assert_eq!(module.local("x").unwrap().mentions(), mentions, "{text}");
    }
}
