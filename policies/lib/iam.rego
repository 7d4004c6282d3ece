# IAM documents: statements, actions, principals and conditions, as policies ask about them.
#
# What is not known yet is a doubt (see lib.tf): [] where the plan is certain, causes where it cannot tell, undefined
# where the answer is no.
package lib.iam

import data.lib.cidr
import data.lib.tf

# is_document(tf.get(policy, "policy", null)): its statements can be read; one or another may be unknown.
is_document(found) if {
	is_object(found)
	is_array(found.Statement)
}

# statements(document) -> [{"Sid": "Read", "place": "Read", "Effect": "Allow", ...}, ...]
#
# The known statements. `place` tells one from the document's others: its Sid, else its number from 0.
statements(document) := [object.union(statement, {"place": place(index, statement)}) |
	is_document(document)
	some index, statement in document.Statement
	tf.is_known(statement)
]

place(index, statement) := statement.Sid if {
	is_string(statement.Sid)
	statement.Sid != ""
}

else := sprintf("%d", [index])

# unknown_causes(document) -> ["data.aws_iam_policy_document.read"]: why the document, or a statement of it, is not
# known; [] where all statements are, or where there is no document.
unknown_causes(document) := tf.causes(document.Statement) if is_document(document)

else := [] if document == null

else := [sprintf("the document is not valid: %s", [document.invalid])] if is_string(document.invalid)

else := causes if {
	causes := tf.causes(document)
	count(causes) > 0
}

else := ["the document is not valid"]

# allows(document): its known statements that allow; denies(document): those that deny.
allows(document) := [statement | some statement in statements(document); statement.Effect == "Allow"]

denies(document) := [statement | some statement in statements(document); statement.Effect == "Deny"]

# may_allow(document) -> [{"place": "Read", "causes": ["var.effect"], ...}]: statements whose effect is not known
may_allow(document) := [object.union(statement, {"causes": causes}) |
	some statement in statements(document)
	causes := tf.cause(statement.Effect)
	count(causes) > 0
]

# actions(statement) -> {"s3:getobject"}: the known ones, in lower case as AWS compares them
actions(statement) := {lower(action) | some action in tf.known(statement.Action); is_string(action)}

# resources(statement) -> {"arn:aws:s3:::logs/*"}: the known ones
resources(statement) := {resource | some resource in tf.known(statement.Resource); is_string(resource)}

# is_anyone(statement): its principal is *, in any form.
is_anyone(statement) if {
	some kind in ["*", "AWS"]
	some principal in tf.known(object.get(principals(statement), kind, []))
	principal == "*"
}

# anyone(statement): doubts whether its principal is *.
anyone(statement) := [] if is_anyone(statement)

else := causes if {
	causes := array.concat(tf.cause(statement.Principal), [cause |
		some kind in ["*", "AWS"]
		some cause in tf.causes(object.get(principals(statement), kind, []))
	])
	count(causes) > 0
}

principals(statement) := object.get(statement, "Principal", {}) if is_object(statement.Principal)

else := {}

# conditions(statement) -> [{"operator": "stringlike", "if_exists": false, "set": "", "key": "aws:sourcearn",
# "values": ["arn:..."]}]
#
# In lower case; `set` is "foranyvalue" or "forallvalues" where the operator has one.
conditions(statement) := [object.union(operation(name), {"key": lower(condition_key), "values": tf.elements(values)}) |
	tf.is_known(statement.Condition)
	some name, tests in statement.Condition
	some condition_key, values in tests
]

operation(name) := {
	"operator": trim_suffix(operator, "ifexists"),
	"if_exists": endswith(operator, "ifexists"),
	"set": set,
} if {
	parts := array.concat([""], split(lower(name), ":"))
	operator := parts[count(parts) - 1]
	set := parts[count(parts) - 2]
}

# is_limited(statement): a condition limits who may use it. A wildcard in place of an account, a condition that also
# holds where the key is absent, and one that only excludes, limit nobody. A value that is not known yet is one certain
# thing.
is_limited(statement) if {
	some condition in conditions(statement)
	condition.if_exists == false
	condition.set != "forallvalues"
	limits(condition)
}

# open(statement): doubts whether anyone may use what the statement allows, unlimited by a condition.
open(statement) := array.concat(everyone(statement), tf.cause(statement.Condition)) if {
	not is_limited(statement)
}

# Whom "NotPrincipal" does not name, an Allow lets in.
everyone(statement) := [] if count(elements_of(object.get(statement, "NotPrincipal", {}))) > 0

else := anyone(statement)

elements_of(principals_by_kind) := [principal |
	tf.is_known(principals_by_kind)
	some principals_of_kind in principals_by_kind
	some principal in tf.elements(principals_of_kind)
]

limits(condition) if {
	who[condition.key]
	matches[condition.operator]
	every found in condition.values {
		is_specific(found)
	}
}

limits(condition) if {
	condition.key == "aws:sourceip"
	condition.operator == "ipaddress"
	every found in condition.values {
		is_narrow(found)
	}
}

limits(condition) if {
	condition.key == "aws:principalisawsservice"
	condition.operator == "bool"
	every found in condition.values {
		tf.is_true(found)
	}
}

# Condition keys whose value says who calls, or for what.
who := {
	"aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths",
	"aws:sourcevpc", "aws:sourcevpce", "aws:principalarn", "aws:principalaccount", "aws:principalorgid",
	"aws:principalorgpaths", "aws:principalservicename", "aws:userid", "kms:calleraccount",
	"s3:dataaccesspointaccount", "s3:dataaccesspointarn",
}

matches := {
	"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike",
}

is_specific(found) if tf.is_known(found) == false

is_specific(found) if {
	is_string(found)
	trim(found, "*?") != ""
	is_specific_arn(split(found, ":"))
}

# Nobody is meant by an ARN whose account is a wildcard, or which has no account and names no resource.
is_specific_arn(parts) if count(parts) < 6

is_specific_arn(parts) if {
	count(parts) >= 6
	account := parts[4]
	trim(account, "*?") != ""
}

is_specific_arn(parts) if {
	count(parts) >= 6
	parts[4] == ""
	trim(parts[5], "*?") != ""
}

is_narrow(found) if tf.is_known(found) == false

is_narrow(found) if {
	is_string(found)
	count(cidr.internet([found])) == 0
}

# key(policy, statement) -> "Read", "inline/Read": tells the statement from its resource's others
key(policy, statement) := statement.place if policy.name == ""

else := sprintf("%s/%s", [policy.name, statement.place])

# identity_policies: {resource, name, attribute, document} of every policy that grants an identity something: managed
# ones, those of roles, users, groups and permission sets, and a role's inline_policy blocks, whose name tells them
# apart, unless they are resources of their own.
identity_policies := array.concat(
	[{"resource": resource, "name": "", "attribute": argument, "document": document} |
		some type, argument in {
			"aws_iam_policy": "policy",
			"aws_iam_role_policy": "policy",
			"aws_iam_user_policy": "policy",
			"aws_iam_group_policy": "policy",
			"aws_ssoadmin_permission_set_inline_policy": "inline_policy",
		}
		some resource in object.get(input.resources, type, [])
		document := tf.get(resource, argument, null)
	],
	[{
		"resource": resource,
		"name": sprintf("%v", [tf.get(block, "name", "")]),
		"attribute": "inline_policy",
		"document": document,
	} |
		some resource in object.get(input.resources, "aws_iam_role", [])
		not tf.is_set_apart(resource, "inline_policy", "aws_iam_role_policy", "role")
		some block in tf.blocks(resource, "inline_policy")
		document := tf.get(block, "policy", null)
		document != null
	],
)

# covers("kms:Generate*", "kms:GenerateDataKey"): the pattern of an action stands for that action.
covers(pattern, action) if {
	is_string(pattern)
	stands_for(lower(pattern), lower(action))
}

stands_for(pattern, action) if pattern == action

stands_for(pattern, action) if {
	prefix := trim_suffix(pattern, "*")
	prefix != pattern
	startswith(action, prefix)
}

# Making a regular expression costs more than all the rest.
stands_for(pattern, action) if {
	is_wild(trim_suffix(pattern, "*"))
	regex.match(`^[a-z0-9:*?-]+$`, pattern)
	regex.match(sprintf("^%s$", [replace(replace(pattern, "*", ".*"), "?", ".")]), action)
}

is_wild(text) if contains(text, "*")

is_wild(text) if contains(text, "?")

# includes(statement, "sts:AssumeRole"): doubts whether the action is among those that the statement is about.
includes(statement, action) := [] if named(statement, action)

else := causes if {
	causes := tf.causes(statement.Action)
	count(causes) > 0
}

else := tf.causes(statement.NotAction) if {
	count(tf.elements(statement.NotAction)) > 0
	every pattern in tf.known(statement.NotAction) {
		not covers(pattern, action)
	}
}

named(statement, action) if {
	some pattern in actions(statement)
	covers(pattern, action)
}

# allowing(statement): doubts whether its effect is to allow.
allowing(statement) := [] if statement.Effect == "Allow"

else := causes if {
	causes := tf.cause(statement.Effect)
	count(causes) > 0
}

# public(document) -> [{"place": "Read", "doubts": [], ...}, ...]: the statements that let anyone in, unlimited by a
# condition, with the doubts about it.
public(document) := [object.union(statement, {"doubts": doubts}) |
	some statement in statements(document)
	doubts := array.concat(allowing(statement), open(statement))
]
