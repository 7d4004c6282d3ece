//! Plans as `terraform show -json` prints them, of any size: about 2.55 KB a resource.
//!
//! A hundred resources are a team: a module that is called for two regions, with a module for its network in it. Most
//! are created, some stay, change, are replaced or deleted. Sections, members and their order are Terraform's
//! (<https://developer.hashicorp.com/terraform/internals/json-format>). The same size gives the same bytes.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::blocks::{BLOCKS, Block, Many, Place};
use super::random::Random;

const REGIONS: [&str; 2] = ["eu", "us"];

/// What apply does with an instance.
#[derive(Clone, Copy, PartialEq)]
enum Action {
    Create,
    Keep,
    Update,
    Replace,
    Delete,
}

impl Action {
    /// Of a hundred instances 70 are new.
    fn of(random: &mut Random) -> Self {
        match random.next() % 100 {
            0..70 => Action::Create,
            70..84 => Action::Keep,
            84..94 => Action::Update,
            94..98 => Action::Replace,
            _ => Action::Delete,
        }
    }

    fn words(self) -> &'static [&'static str] {
        match self {
            Action::Create => &["create"],
            Action::Keep => &["no-op"],
            Action::Update => &["update"],
            Action::Replace => &["delete", "create"],
            Action::Delete => &["delete"],
        }
    }
}

/// One instance: which it is, and what apply does with it.
struct Instance {
    place: Place,
    block: &'static Block,
    at: [usize; 3],
    action: Action,
}

/// The instances of a plan of that size, in its order.
fn instances(resources: usize) -> impl Iterator<Item = Instance> {
    let mut at = 0;
    let each = |team: usize| {
        REGIONS.into_iter().enumerate().flat_map(move |(region, name)| {
            BLOCKS.iter().enumerate().flat_map(move |(number, block)| {
                (0..block.many.instances()).map(move |nth| Instance {
                    place: Place {
                        team,
                        region: name,
                        nth,
                    },
                    block,
                    at: [team * 2 + region, number, nth],
                    action: Action::of(&mut Random::of([team * 2 + region, number, nth])),
                })
            })
        })
    };
    (0..).flat_map(each).take_while(move |_| {
        at += 1;
        at <= resources
    })
}

impl Instance {
    fn module(&self) -> String {
        let Place { team, region, .. } = self.place;
        let inner = if self.block.network { ".module.network" } else { "" };
        format!("module.team_{team:04}[\"{region}\"]{inner}")
    }

    fn index(&self) -> Option<Value> {
        match self.block.many {
            Many::One => None,
            Many::Count(_) => Some(json!(self.place.nth)),
            Many::Each(keys) => Some(json!(keys[self.place.nth])),
        }
    }

    /// The members that every section begins a resource with; changes name the module, too.
    fn head(&self, module: Option<String>) -> Members {
        let Block { kind, name, .. } = self.block;
        let index = self.index();
        let key = index.as_ref().map(|index| format!("[{index}]")).unwrap_or_default();
        let mut head = vec![("address", json!(format!("{}.{kind}.{name}{key}", self.module())))];
        head.extend(module.map(|module| ("module_address", json!(module))));
        head.extend([("mode", json!("managed")), ("type", json!(kind)), ("name", json!(name))]);
        head.extend(index.map(|index| ("index", index)));
        head.push(("provider_name", json!("registry.terraform.io/hashicorp/aws")));
        head
    }

    fn made(&self) -> super::blocks::Made {
        (self.block.make)(&self.place, &mut Random::of(self.at))
    }

    /// The values with what apply tells: as they are where the resource is there already.
    fn applied(&self) -> Value {
        let made = self.made();
        let mut values = made.known;
        for name in made.unknown {
            let text = format!(
                "{}-{}",
                name.replace('_', "-"),
                self.at.map(|part| part.to_string()).join("-")
            );
            values[*name] = json!(text);
        }
        values
    }

    fn before(&self) -> Value {
        let mut values = self.applied();
        if self.action == Action::Update {
            values["tags_all"] = json!({"team": "before"});
        }
        values
    }

    fn sensitive(&self) -> Value {
        Value::Object(
            self.made()
                .sensitive
                .iter()
                .map(|name| ((*name).to_owned(), json!(true)))
                .collect(),
        )
    }

    fn state(&self, values: Value) -> String {
        let mut state = self.head(None);
        state.extend([
            ("schema_version", json!(1)),
            ("values", values),
            ("sensitive_values", self.sensitive()),
        ]);
        object(&state)
    }

    fn change(&self) -> String {
        let made = self.made();
        let exists = matches!(self.action, Action::Keep | Action::Update);
        let after = match self.action {
            Action::Delete => Value::Null,
            _ if exists => self.applied(),
            _ => made.known,
        };
        let unknown: Map<_, _> = match self.action {
            Action::Create | Action::Replace => made
                .unknown
                .iter()
                .map(|name| ((*name).to_owned(), json!(true)))
                .collect(),
            _ => Map::new(),
        };
        let created = self.action == Action::Create;
        let before = if created { Value::Null } else { self.before() };
        let marks = |exists: bool| if exists { self.sensitive() } else { json!(false) };
        let change = object(&[
            ("actions", json!(self.action.words())),
            ("before", before),
            ("after", after),
            ("after_unknown", Value::Object(unknown)),
            ("before_sensitive", marks(!created)),
            ("after_sensitive", marks(self.action != Action::Delete)),
        ]);
        let head = object(&self.head(Some(self.module())));
        let reason = match self.action {
            Action::Replace => r#","action_reason":"replace_because_cannot_update""#,
            _ => "",
        };
        format!(r#"{},"change":{change}{reason}}}"#, &head[..head.len() - 1])
    }
}

/// The members of an object in their order.
type Members = Vec<(&'static str, Value)>;

fn object(members: &[(&str, Value)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Writes a plan of that many resources.
pub(crate) fn write(resources: usize, mut out: impl Write) -> io::Result<()> {
    write!(
        out,
        r#"{{"format_version":"1.2","terraform_version":"1.11.4","variables":{{"environment":{{"value":"prod"}}}},"planned_values":"#
    )?;
    let planned = |instance: &Instance| match instance.action {
        Action::Delete => None,
        Action::Keep | Action::Update => Some(instance.state(instance.applied())),
        Action::Create | Action::Replace => Some(instance.state(instance.made().known)),
    };
    state(resources, &mut out, planned)?;
    write!(out, r#","resource_changes":["#)?;
    for (at, instance) in instances(resources).enumerate() {
        write!(out, "{}{}", if at == 0 { "" } else { "," }, instance.change())?;
    }
    write!(
        out,
        r#"],"output_changes":{{"region":{{"actions":["create"],"before":null,"after":"eu-central-1","after_unknown":false,"before_sensitive":false,"after_sensitive":false}}}},"prior_state":{{"format_version":"1.0","terraform_version":"1.11.4","values":"#
    )?;
    let prior = |instance: &Instance| (instance.action != Action::Create).then(|| instance.state(instance.before()));
    state(resources, &mut out, prior)?;
    write!(
        out,
        r#"}},"configuration":{{"provider_config":{{"aws":{{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws","version_constraint":"~> 5.0","expressions":{{"region":{{"constant_value":"eu-central-1"}}}}}}}},"root_module":{{"module_calls":{{"#
    )?;
    for team in 0..resources.div_ceil(team_size()) {
        let comma = if team == 0 { "" } else { "," };
        write!(out, r#"{comma}"team_{team:04}":{}"#, call())?;
    }
    writeln!(
        out,
        r#"}},"variables":{{"environment":{{"description":"Where it runs"}}}}}}}},"timestamp":"2026-11-22T10:00:00Z","applyable":true,"complete":true,"errored":false}}"#
    )
}

fn team_size() -> usize {
    REGIONS.len() * BLOCKS.iter().map(|block| block.many.instances()).sum::<usize>()
}

/// Writes a tree of modules with what `resource` makes of the instances.
fn state(resources: usize, out: &mut impl Write, resource: impl Fn(&Instance) -> Option<String>) -> io::Result<()> {
    write!(out, r#"{{"root_module":{{"child_modules":["#)?;
    let mut all = instances(resources).peekable();
    let mut first = true;
    while let Some(next) = all.peek() {
        let module = (next.place.team, next.place.region);
        let address = format!("module.team_{:04}[\"{}\"]", module.0, module.1);
        let [mut own, mut network] = [Vec::new(), Vec::new()];
        while let Some(instance) = all.next_if(|instance| (instance.place.team, instance.place.region) == module) {
            let list = if instance.block.network { &mut network } else { &mut own };
            list.extend(resource(&instance));
        }
        let [own, network] = [own.join(","), network.join(",")];
        let inner = json!(format!("{address}.module.network"));
        let inner = format!(r#"{{"resources":[{network}],"address":{inner}}}"#);
        let comma = if first { "" } else { "," };
        write!(
            out,
            r#"{comma}{{"resources":[{own}],"address":{},"child_modules":[{inner}]}}"#,
            json!(address)
        )?;
        first = false;
    }
    write!(out, "]}}}}")
}

/// The configuration of the call of a team's module.
fn call() -> Value {
    let configured = |network: bool| -> Value {
        let blocks = BLOCKS.iter().filter(|block| block.network == network);
        let resources = blocks.map(|block| {
            let Block { kind, name, .. } = block;
            let mut resource = json!({
                "address": format!("{kind}.{name}"),
                "mode": "managed",
                "type": kind,
                "name": name,
                "provider_config_key": "aws",
                "expressions": (block.expressions)(),
                "schema_version": 1,
            });
            match block.many {
                Many::One => {}
                Many::Count(_) => resource["count_expression"] = json!({"references": ["var.size"]}),
                Many::Each(keys) => resource["for_each_expression"] = json!({"constant_value": keys}),
            }
            resource
        });
        resources.collect()
    };
    let outputs = json!({
        "vpc_id": {"expression": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}},
        "subnet_ids": {"expression": {"references": ["aws_subnet.private"]}},
    });
    let network = json!({"outputs": outputs, "resources": configured(true), "variables": {"size": {"default": 3}}});
    let module = json!({
        "resources": configured(false),
        "module_calls": {"network": {"source": "./network", "module": network}},
        "variables": {"region": {}, "size": {"default": 3}, "environment": {}},
    });
    json!({
        "source": "./team",
        "expressions": {"region": {"references": ["each.key"]}, "environment": {"references": ["var.environment"]}},
        "for_each_expression": {"constant_value": REGIONS},
        "module": module,
    })
}
