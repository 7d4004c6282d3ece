package aws.tags.required_test

import data.aws.tags.required as policy

later := {"unknown": true, "from": ["terraform_data.later.output"]}

unset := {"unknown": true, "unset": true}

all := {"Environment": "production", "CostCenter": "education", "Project": "shop"}

parameters := {"required": ["Environment", "CostCenter", "Project"], "allowed": {}}

aws := {
	"address": "provider.aws", "name": "aws", "default_tags": {},
	"full_name": "registry.terraform.io/hashicorp/aws",
}

vpc(values) := {
	"address": "aws_vpc.a", "type": "aws_vpc", "actions": ["create"], "values": values,
	"provider": "registry.terraform.io/hashicorp/aws", "provider_config": "provider.aws",
}

plan(resources, providers, given) := {
	"resources": {type: of_type |
		some type in {resource.type | some resource in resources}
		of_type := [resource | some resource in resources; resource.type == type]
	},
	"providers": providers,
	"params": {"aws.tags.required": given},
}

verdict_of(resources, providers, given) := "na" if {
	policy.examined == set() with input as plan(resources, providers, given)
}

else := "fail" if count(policy.deny) > 0 with input as plan(resources, providers, given)

else := "unknown" if count(policy.unknown) > 0 with input as plan(resources, providers, given)

else := "pass"

verdict(values) := verdict_of([vpc(values)], [aws], parameters)

with_defaults(values, tags) := verdict_of([vpc(values)], [object.union(aws, {"default_tags": tags})], parameters)

messages(values, given) := found if {
	found := {finding.message | some finding in policy.deny} with input as plan([vpc(values)], [aws], given)
}

test_tags_all_count if {
	verdict({"tags": null, "tags_all": all}) == "pass"
	verdict({"tags": all, "tags_all": {}}) == "fail"
	with_defaults({"tags": null, "tags_all": {}}, all) == "fail"
}

test_tags_count_where_tags_all_are_not_known if {
	verdict({"tags": all, "tags_all": later}) == "pass"
	verdict({"tags": all, "tags_all": unset}) == "pass"
	verdict({"tags": null, "tags_all": unset}) == "fail"
	verdict({"tags": {}, "tags_all": unset}) == "fail"
	verdict({"tags": later, "tags_all": later}) == "unknown"
	with_defaults({"tags": later, "tags_all": later}, all) == "unknown"
}

test_a_plan_before_there_were_default_tags if {
	verdict({"tags": all}) == "pass"
	verdict({"tags": null}) == "fail"
	verdict({"tags_all": all}) == "pass"
	verdict_of([vpc({"tags": null})], [], parameters) == "fail"
}

# Where a plan has no changes, it leaves out what is not known.
test_a_plan_without_changes if {
	resource := object.union(vpc({"tags": null}), {"actions": []})
	verdict_of([resource], [], parameters) == "unknown"
	verdict_of([resource], [object.union(aws, {"default_tags": all})], parameters) == "pass"
}

test_default_tags if {
	with_defaults({"tags": null, "tags_all": unset}, all) == "pass"
	with_defaults({"tags": {"Project": ""}, "tags_all": unset}, all) == "fail"
	with_defaults({"tags": {"Project": "x"}, "tags_all": unset}, {"Environment": "e", "CostCenter": "c"}) == "pass"
	with_defaults({"tags": null, "tags_all": unset}, later) == "unknown"
	with_defaults({"tags": all, "tags_all": unset}, later) == "pass"
	with_defaults({"tags": null, "tags_all": unset}, object.union(all, {"Project": later})) == "unknown"
	with_defaults({"tags": null, "tags_all": unset}, {"Project": later}) == "fail"
	with_defaults({"tags": null, "tags_all": unset}, {"sensitive": true}) == "unknown"
}

test_a_provider_that_the_plan_does_not_tell if {
	resource := object.union(vpc({"tags": null, "tags_all": unset}), {"provider_config": null})
	west := object.union(aws, {"address": "provider.aws.west"})
	tagged := object.union(west, {"default_tags": all})
	other := object.union(tagged, {"full_name": "registry.terraform.io/hashicorp/other"})
	old := object.union(tagged, {"full_name": null})
	verdict_of([resource], [], parameters) == "unknown"
	verdict_of([resource], [aws, west], parameters) == "fail"
	verdict_of([resource], [aws, tagged], parameters) == "unknown"
	verdict_of([resource], [aws, other], parameters) == "fail"
	verdict_of([resource], [aws, old], parameters) == "unknown"
	verdict_of([resource], [aws, object.union(old, {"name": "other"})], parameters) == "fail"
	verdict_of([object.union(resource, {"provider_config": "provider.aws"})], [aws, tagged], parameters) == "fail"
	verdict_of([object.union(resource, {"provider_config": "provider.aws.west"})], [aws, tagged], parameters) == "pass"
}

test_a_tag_that_is_not_known if {
	verdict({"tags_all": object.union(all, {"Project": later})}) == "unknown"
	verdict({"tags_all": object.union(all, {"Project": {"sensitive": true}})}) == "pass"
	verdict({"tags_all": {"sensitive": true}, "tags": {"sensitive": true}}) == "unknown"
	verdict({"tags_all": object.union(all, {"Owner": later})}) == "pass"
	verdict({"tags_all": {"Project": later}}) == "fail"
	cause := {finding.cause | some finding in policy.unknown} with input as plan(
		[vpc({"tags_all": object.union(all, {"Project": later})})],
		[aws],
		parameters,
	)
	cause == {"terraform_data.later.output"}
}

test_values if {
	verdict({"tags_all": object.union(all, {"Project": ""})}) == "fail"
	verdict({"tags_all": object.union(all, {"Project": " "})}) == "fail"
	verdict({"tags_all": object.union(all, {"Project": null})}) == "fail"
	several := {"of its required tags, Environment is empty, CostCenter is missing"}
	messages({"tags_all": {"Environment": "", "Project": "a"}}, parameters) == several
}

test_allowed_values if {
	given := {"required": ["Environment"], "allowed": {"Environment": ["dev", "prod"], "Team": ["a"]}}
	verdict_of([vpc({"tags_all": {"Environment": "dev", "Team": "b"}})], [aws], given) == "pass"
	verdict_of([vpc({"tags_all": {"Environment": later}})], [aws], given) == "unknown"
	verdict_of([vpc({"tags_all": {"Environment": {"sensitive": true}}})], [aws], given) == "unknown"
	verdict_of([vpc({"tags_all": {}})], [aws], given) == "fail"
	other := {"of its required tags, Environment is test, which is not one of dev, prod"}
	messages({"tags_all": {"Environment": "test"}}, given) == other
	every empty in ["", " "] {
		messages({"tags_all": {"Environment": empty}}, given) == {"of its required tags, Environment is empty"}
	}
	one := {"required": ["Environment"], "allowed": {"Environment": "prod"}}
	verdict_of([vpc({"tags_all": {"Environment": "prod"}})], [aws], one) == "pass"
}

test_no_tag_is_required if verdict_of([vpc({"tags_all": {}})], [aws], {"required": [], "allowed": {}}) == "pass"

test_what_has_no_tags if {
	verdict({"cidr_block": "10.0.0.0/16"}) == "na"
	verdict({"tags": [{"app_boundary_key": "a"}]}) == "na"
	verdict_of([object.union(vpc({"tags": {}}), {"type": "aws_inspector_resource_group"})], [aws], parameters) == "na"
	verdict_of([object.union(vpc({"tags": {}}), {"type": "azurerm_vnet"})], [aws], parameters) == "na"
	verdict_of([object.union(vpc({"tags": {}}), {"type": "my_aws_vpc"})], [aws], parameters) == "na"
}

group(values) := {"address": "aws_autoscaling_group.a", "type": "aws_autoscaling_group", "values": values}

tag(name, value, propagated) := {"key": name, "value": value, "propagate_at_launch": propagated}

of_group(values) := verdict_of([group(values)], [aws], {"required": ["Project"], "allowed": {}})

test_the_tags_of_a_group if {
	of_group({"tag": []}) == "fail"
	of_group({"tag": [], "tags": null, "tags_all": {"Project": "a"}}) == "fail"
	of_group({"tag": [tag("Project", "a", true)]}) == "pass"
	of_group({"tag": [tag("Project", "a", true)], "tags": null}) == "pass"
	of_group({"tag": [tag("Project", "a", "true")]}) == "pass"
	of_group({"tag": [tag("Project", "a", false)]}) == "fail"
	of_group({"tag": [tag("Project", "", true)]}) == "fail"
	of_group({"tag": [tag("Other", "a", true)]}) == "fail"
	of_group({"tag": [tag("Other", "a", true), tag("Project", "", true)]}) == "fail"
	of_group({"tag": [tag("Other", "", true), tag("Project", "a", true)]}) == "pass"
	of_group({"tag": [{"key": "Project", "value": "a"}]}) == "fail"
	of_group({"tag": [], "tags": [tag("Project", "a", "true")]}) == "pass"
	of_group({"tag": [tag("Project", later, true)]}) == "unknown"
	of_group({"tag": [tag(later, "a", true)]}) == "unknown"
	of_group({"tag": [tag("Project", "a", later)]}) == "unknown"
	of_group({"tag": [tag("Project", "a", true), tag(later, "a", true)]}) == "pass"
	of_group({"tag": later}) == "unknown"
}

test_a_tag_that_may_be_of_a_group if {
	doubtful := {"aws_autoscaling_group_tag": {"autoscaling_group_name": ["local.group"]}}
	given := object.union(
		plan([group({"tag": []})], [aws], {"required": ["Project"], "allowed": {}}),
		{"unresolved": doubtful},
	)
	policy.deny == set() with input as given
	{finding.cause | some finding in policy.unknown} == {"local.group"} with input as given
}

test_the_findings if {
	given := {"required": ["Environment", "Project"], "allowed": {}}
	half := vpc({"tags_all": {"Name": "a", "Environment": later}})
	nameless := group({"tag": [tag(null, "a", true)]})
	denied := policy.deny with input as plan([half, nameless], [aws], given)
	denied == {
		{
			"address": "aws_vpc.a",
			"attribute": "tags",
			"expected": ["Environment", "Project"],
			"found": ["Environment", "Name"],
			"message": "of its required tags, Project is missing",
		},
		{
			"address": "aws_autoscaling_group.a",
			"attribute": "tag",
			"expected": ["Environment", "Project"],
			"found": [],
			"message": "of its required tags, Environment is missing, Project is missing",
		},
	}
	policy.unknown == set() with input as plan([half], [aws], given)
	untold := policy.unknown with input as plan([vpc({"tags": null, "tags_all": unset})], [], given)
	untold == {{
		"address": "aws_vpc.a",
		"attribute": "tags",
		"expected": ["Environment", "Project"],
		"message": "whether it has its required tags cannot be told",
		"cause": "the default_tags of its provider",
	}}
}
