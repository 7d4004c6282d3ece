# The vocabulary of a policy: what a resource has, what refers to it, and how sure the plan is of either.
#
# Certainty is a list of doubts. A function that may be unsure gives [] where the plan is certain, the causes where
# it cannot tell yet, and is undefined where the answer is no. Joined, they make a policy's verdict:
#
#     doubts := array.concat(sg.open(rule), sg.passes(rule, "tcp", 22))
#     count(doubts) == 0       # deny
#     count(doubts) > 0        # unknown, with the doubts as its cause
package lib.tf

# What a finding about the whole plan is reported at: tf.finding(tf.plan, "no trail records the account").
plan := {"address": "plan"}

# gaps: why a resource may be missing from the plan; [] where it covers everything.
gaps := array.concat(
	["planning stopped at an error" | input.terraform.errored == true],
	["the plan covers only a part" | input.terraform.complete == false],
)

# finding(bucket, "versioning is Suspended"): what `deny` and `unknown` consist of.
finding(resource, message) := {"address": resource.address, "message": message}

# finding_with(bucket, "versioning is Suspended", {"attribute": "versioning", "found": "Suspended"})
#
# details: key, attribute, expected, found, cause, fix. A null is left out; causes may be a list.
finding_with(resource, message, details) := object.union(
	{name: detail | some name, detail in details; name != "cause"; detail != null},
	object.union(finding(resource, message), caused(object.get(details, "cause", null))),
)

caused(why) := {} if why == null

else := {"cause": why} if is_string(why)

else := {"cause": concat(", ", {text | some text in why})} if {
	is_array(why)
	count(why) > 0
}

else := {} if why == []

# get(bucket, "acl", "private"), get(bucket, ["versioning", 0, "enabled"], false), get(rule, "status", "Disabled")
#
# The argument's value, of a resource or of a block within one; or `fallback`, which is AWS's default, where the
# configuration leaves it unset or sets it to null, "" or []. What lies within something unknown is unknown.
#
# A call costs as much as many conditions, and most calls are of the first two forms.
get(resource, path, fallback) := with_default(object.get(resource.values, path, null), fallback) if {
	is_string(path)
	is_string(resource.address)
	is_object(resource.values)
	not resource.values.unknown
	not resource.values.sensitive
}

else := with_default(object.get(resource, path, null), fallback) if {
	is_string(path)
	is_object(resource)
	not is_object(resource.values)
	not resource.unknown
	not resource.sensitive
}

else := with_default(member(arguments(resource), path), fallback)

arguments(resource) := resource.values if {
	is_string(resource.address)
	is_object(resource.values)
}

else := resource

with_default(found, fallback) := fallback if like_unset[found]

else := fallback if {
	found.unset == true
	found.unknown == true
}

else := found

like_unset := {null, "", []}

member(block, path) := block if is_marker(block)

else := object.get(block, path, null) if {
	is_string(path)
	is_object(block)
}

else := array.concat(markers, [steps[count(path) - 1]])[0] if {
	is_array(path)
	steps := [object.get(block, array.slice(path, 0, length), null) | some length in numbers.range(1, count(path))]
	markers := [step | some step in steps; is_marker(step)]
}

else := null

# is_unknown(get(bucket, "policy", null)): apply will tell it, from a reference or a function.
is_unknown(found) if {
	found.unknown == true
	is_array(found.from)
}

# is_left_out(instance, "subnet_id"): the configuration leaves it out of what is there, whatever AWS then chose;
# undefined where there is no configuration. What is yet to be made has a value from the configuration only.
is_left_out(resource, argument) if {
	count(object.get(resource, "config", {})) > 0
	count([action | some action in object.get(resource, "actions", []); action == "create"]) == 0
	not resource.config[argument]
}

# is_unset(bucket.values.acl): the configuration leaves it to the provider. `get` takes it for AWS's default.
is_unset(found) if {
	found.unknown == true
	found.unset == true
}

# is_sensitive(get(instance, "password", null)): it is set, and no policy may see it.
is_sensitive(found) if {
	found.sensitive == true
	count(found) == 1
}

# is_known(get(bucket, "acl", "private")): it is in the plan, whole; a list may hold unknown elements.
is_known(found) if {
	not found.unknown
	not found.sensitive
}

else := false if is_marker(found)

else := true

is_marker(found) if found.unknown == true

else if {
	found.sensitive == true
	count(found) == 1
}

# mentions(bucket.values, "arn:"): whether the text stands in a string or a name within the value, those of markers
# included. What is unknown or sensitive does not tell: ask `causes` of it, too.
mentions(value, text) := count([part |
	walk(value, [path, found])
	some part in array.concat(array.slice(path, count(path) - 1, count(path)), [found])
	is_string(part)
	contains(part, text)
]) > 0

# is_true("true"): a boolean may be a string.
is_true(found) if found == true

is_true(text) if {
	is_string(text)
	lower(text) == "true"
}

# is_false("false")
is_false(found) if found == false

is_false(text) if {
	is_string(text)
	lower(text) == "false"
}

# blocks(bucket, "versioning") -> [{"enabled": true}]
#
# The nested blocks, also where there is one that is no list. Blocks that are not known yet are one unknown block,
# of which every argument is unknown.
blocks(resource, path) := elements(get(resource, path, []))

# elements(["a", null]) -> ["a"], elements("a") -> ["a"], elements(null) -> []
elements(found) := [element | some element in found; element != null] if is_array(found)

else := [] if found == null

else := [found]

# known(["a", {"unknown": true, "from": ["var.b"]}]) -> ["a"]
known(found) := [element | some element in elements(found); is_known(element)]

# causes(["a", {"unknown": true, "from": ["var.b"]}]) -> ["var.b"]: why it, or an element of it, is not known
causes(found) := [text | some element in elements(found); some text in cause(element)]

# cause({"unknown": true, "from": ["var.b"]}) -> ["var.b"]; never empty for what is unknown, empty for what is known
cause(found) := [] if {
	not found.unknown
	not found.sensitive
}

else := ["a value that apply computes"] if {
	is_unknown(found)
	count(found.from) == 0
}

else := found.from if is_unknown(found)

else := ["a sensitive value"] if is_sensitive(found)

else := []

# attached(bucket, "aws_s3_bucket_versioning", "bucket") -> [resource, ...]
#
# The resources of that type whose argument certainly refers to this one.
attached(resource, type, argument) := [input.resources[type][position] |
	some position in {referrer.position |
		some referrer in referrers(resource, type, argument)
		referrer.certain == true
		input.resources[type][referrer.position].address == referrer.address
	}
]

# is_set_apart(bucket, "policy", "aws_s3_bucket_policy", "bucket"): the configuration leaves the argument to a resource
# of that type, which names it by `bucket`, or the plan deletes the one that set it: what it shows is how it was before.
is_set_apart(resource, argument, type, by) if {
	is_left_out(resource, argument)
	count(attached(resource, type, by)) > 0
}

is_set_apart(resource, argument, type, by) if {
	is_left_out(resource, argument)
	some gone in object.get(input, ["removed", type], [])
	gone.actions == ["delete"]
	some name in ["id", "arn"]
	is_string(gone.values[by])
	gone.values[by] == resource.values[name]
}

# own_blocks(bucket, "versioning", "aws_s3_bucket_versioning"): its blocks, unless they are set apart
own_blocks(bucket, path, type) := [] if is_set_apart(bucket, path, type, "bucket")

else := blocks(bucket, path)

# may_be_attached(bucket, "aws_s3_bucket_versioning", "bucket") -> ["local.name"]
#
# Why the plan cannot rule out that one more of that type refers to this resource; [] where it can.
may_be_attached(resource, type, argument) := sort({text |
	some referrer in referrers(resource, type, argument)
	referrer.certain == false
	text := object.get(referrer, "cause", referrer.address)
} | {text |
	some text in object.get(input, ["unresolved", type, argument], [])
})

# may_yet_be_attached(bucket, "aws_s3_bucket_versioning", "bucket") -> ["local.name"]
#
# As `may_be_attached`, for what a resource can have only one of: [] where one certainly refers to it, too.
may_yet_be_attached(resource, type, argument) := [] if count(attached(resource, type, argument)) > 0

else := may_be_attached(resource, type, argument)

# lacks(bucket, "aws_s3_bucket_versioning", "bucket"): doubts whether none of that type refers to it; [] where none
# does, undefined where one certainly does.
lacks(resource, type, argument) := may_be_attached(resource, type, argument) if {
	count(attached(resource, type, argument)) == 0
}

referrers(resource, type, argument) := [referrer |
	some referrer in object.get(resource, ["referrers", type], [])
	referrer.argument == argument
]

# targets(association, "vpc_endpoint_id", "aws_vpc_endpoint") -> [resource, ...]
#
# The resources (or data sources) of that type that the argument certainly refers to.
targets(resource, argument, type) := [target |
	some reference in references(resource, argument)
	reference.type == type
	target := section(reference.mode)[type][reference.position]
]

# references(endpoint, "route_table_ids") -> [{"address": "aws_route_table.main", "attribute": "id", ...}]
#
# What the argument certainly refers to, of any type.
references(resource, argument) := [reference |
	some reference in candidates(resource, argument)
	reference.certain == true
]

# candidates(endpoint, "route_table_ids"): what the argument certainly refers to, and what it may refer to instead
candidates(resource, argument) := object.get(resource, ["references", argument], [])

# may_refer(endpoint, "route_table_ids") -> ["local.tables"]: why the plan cannot tell all that the argument refers to
may_refer(resource, argument) := sort({text |
	some reference in candidates(resource, argument)
	reference.certain == false
	text := object.get(reference, "cause", reference.address)
})

section("managed") := input.resources

section("data") := input.data
