# Delivery of logs into a bucket: whom the bucket's policies let put objects into it.
package lib.log_delivery

import data.lib.iam
import data.lib.tf

# refuses(bucket, {"Service": {"cloudtrail.amazonaws.com"}}): doubts whether no policy of the bucket lets any of these
# principals put objects into it, conditions aside; [] where none does, undefined where one certainly does.
#
# "AWS" principals are account ids; in a policy they may be ARNs.
refuses(bucket, principals) := sort({text | some doubts in array.concat(all, others); some text in doubts}) if {
	all := grants(bucket, principals)
	count([doubts | some doubts in all; doubts == []]) == 0
	others := array.concat(
		[iam.unknown_causes(document) | some document in documents(bucket)],
		[tf.may_be_attached(bucket, "aws_s3_bucket_policy", "bucket")],
	)
}

# documents(bucket): the policies that it certainly has, inline or attached.
documents(bucket) := [document |
	some resource in array.concat(
		[bucket | not tf.is_set_apart(bucket, "policy", "aws_s3_bucket_policy", "bucket")],
		tf.attached(bucket, "aws_s3_bucket_policy", "bucket"),
	)
	document := tf.get(resource, "policy", null)
]

# Statements that let one of them in, or may, with the doubts about it.
grants(bucket, principals) := [doubts |
	some document in documents(bucket)
	some statement in array.concat(iam.allows(document), iam.may_allow(document))
	doubts := array.concat(
		object.get(statement, "causes", []),
		array.concat(puts(statement), lets(statement, principals)),
	)
	covers_objects(statement, name(bucket))
]

# name(bucket) -> "logs", or "" where the plan does not tell
name(bucket) := found if {
	found := tf.get(bucket, "bucket", "")
	is_string(found)
}

else := ""

# puts(statement): doubts whether its actions include s3:PutObject.
puts(statement) := [] if includes_put(iam.actions(statement))

else := tf.causes(statement.Action) if count(tf.causes(statement.Action)) > 0

else := tf.causes(statement.NotAction) if {
	count(tf.elements(statement.NotAction)) > 0
	not includes_put({lower(action) | some action in tf.known(statement.NotAction)})
}

includes_put(actions) if {
	some action in actions
	matches(action, "s3:putobject")
}

# matches("s3:put*", "s3:putobject"): a pattern of at most two parts, as AWS's wildcards are used.
matches(pattern, text) if pattern == text

matches(pattern, text) if {
	contains(pattern, "*")
	parts := split(pattern, "*")
	startswith(text, parts[0])
	endswith(text, parts[count(parts) - 1])
}

# lets(statement, principals): doubts whether one of them is among its principals.
lets(statement, principals) := [] if iam.everyone(statement) == []

else := [] if {
	some kind, wanted in principals
	some principal in tf.known(object.get(iam.principals(statement), kind, []))
	wanted[identity(sprintf("%v", [principal]))]
}

else := causes if {
	causes := array.concat(tf.cause(statement.Principal), [text |
		some kind, _ in principals
		some text in tf.causes(object.get(iam.principals(statement), kind, []))
	])
	count(causes) > 0
}

# identity("arn:aws:iam::127311923021:root") -> "127311923021"
identity(principal) := account if {
	account := split(principal, ":")[4]
}

else := principal

# A resource that is not known yet is the bucket's: its policy speaks of nothing else.
covers_objects(statement, _) if count(tf.elements(statement.NotResource)) > 0

covers_objects(statement, _) if count(tf.causes(statement.Resource)) > 0

covers_objects(statement, bucket_name) if {
	some resource in iam.resources(statement)
	is_within(resource, bucket_name)
}

is_within("*", _) := true

is_within(resource, bucket_name) if {
	parts := split(resource, ":::")
	names_bucket(split(parts[1], "/")[0], bucket_name)
	holds_objects(parts[1])
}

names_bucket(_, "") := true

names_bucket(pattern, bucket_name) if matches(pattern, bucket_name)

holds_objects(path) if contains(path, "/")

holds_objects(path) if endswith(path, "*")
