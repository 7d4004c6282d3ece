package lib.iam_test

import data.lib.iam

unknown := {"unknown": true, "from": ["var.a"]}

statement(members) := object.union(
	{
		"Sid": "", "Effect": "Allow", "Action": [], "NotAction": [], "Resource": [], "NotResource": [],
		"Principal": {}, "NotPrincipal": {}, "Condition": {},
	},
	members,
)

document(statements) := {"Version": "2012-10-17", "Statement": statements}

test_documents if {
	iam.is_document(document([]))
	not iam.is_document(unknown)
	not iam.is_document(null)
	not iam.is_document("{}")
	not iam.is_document({"invalid": "no JSON"})
}

test_statements_are_numbered_with_the_unknown_ones if {
	places := [known.place |
		some known in iam.statements(document([
			statement({"Sid": "A"}),
			unknown,
			statement({}),
			statement({"Sid": unknown}),
		]))
	]
	places == ["A", "2", "3"]
	iam.statements(unknown) == []
}

test_unknown_causes if {
	iam.unknown_causes(document([statement({})])) == []
	iam.unknown_causes(document([unknown])) == ["var.a"]
	iam.unknown_causes(unknown) == ["var.a"]
	iam.unknown_causes(null) == []
	iam.unknown_causes({"sensitive": true}) == ["a sensitive value"]
	iam.unknown_causes({"invalid": "no JSON"}) == ["the document is not valid: no JSON"]
	iam.unknown_causes("text") == ["the document is not valid"]
}

test_effects if {
	mixed := document([
		statement({"Sid": "A"}),
		statement({"Sid": "D", "Effect": "Deny"}),
		statement({"Sid": "U", "Effect": unknown}),
	])
	[allow.place | some allow in iam.allows(mixed)] == ["A"]
	[deny.place | some deny in iam.denies(mixed)] == ["D"]
	[[may.place, may.causes] | some may in iam.may_allow(mixed)] == [["U", ["var.a"]]]
}

test_actions_in_any_case if {
	iam.actions(statement({"Action": ["S3:GetObject", unknown]})) == {"s3:getobject"}
	iam.actions(statement({"Action": unknown})) == set()
	iam.resources(statement({"Resource": ["*", unknown]})) == {"*"}
}

test_anyone if {
	iam.is_anyone(statement({"Principal": {"*": ["*"]}}))
	iam.is_anyone(statement({"Principal": {"AWS": ["arn:aws:iam::123456789012:root", "*"]}}))
	not iam.is_anyone(statement({"Principal": {"AWS": ["arn:aws:iam::123456789012:root"]}}))
	not iam.is_anyone(statement({"Principal": {"Service": ["*"]}}))
	not iam.is_anyone(statement({"Principal": unknown}))
	iam.anyone(statement({"Principal": {"AWS": ["*", unknown]}})) == []
	iam.anyone(statement({"Principal": {"AWS": [unknown]}})) == ["var.a"]
	iam.anyone(statement({"Principal": unknown})) == ["var.a"]
	not iam.anyone(statement({"Principal": {"Service": [unknown]}}))
	not iam.anyone(statement({}))
}

test_conditions if {
	condition := {"ForAnyValue:StringLikeIfExists": {"aws:PrincipalOrgPaths": ["o-1/*"]}}
	iam.conditions(statement({"Condition": condition})) == [{
		"operator": "stringlike", "if_exists": true, "set": "foranyvalue",
		"key": "aws:principalorgpaths", "values": ["o-1/*"],
	}]
	iam.conditions(statement({"Condition": unknown})) == []
}

limited(condition) if iam.is_limited(statement({"Condition": condition}))

test_conditions_that_limit if {
	every condition in [
		{"StringEquals": {"aws:SourceAccount": ["123456789012"]}},
		{"StringEquals": {"AWS:PrincipalOrgID": ["o-1"]}},
		{"ArnLike": {"aws:SourceArn": ["arn:aws:s3:::logs"]}},
		{"ArnLike": {"aws:SourceArn": ["arn:aws:sns:*:123456789012:*"]}},
		{"StringEquals": {"aws:SourceVpce": [unknown]}},
		{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}},
		{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-1/r-1/*"]}},
		{"Bool": {"aws:PrincipalIsAWSService": ["true"]}},
		{
			"Bool": {"aws:SecureTransport": ["true"]},
			"StringEquals": {"aws:PrincipalArn": ["arn:aws:iam::123456789012:role/a"]},
		},
	] {
		limited(condition)
	}
}

test_conditions_that_limit_nobody if {
	every condition in [
		{},
		unknown,
		{"Bool": {"aws:SecureTransport": ["true"]}},
		{"StringLike": {"aws:SourceAccount": ["*"]}},
		{"StringEquals": {"aws:SourceAccount": ["123456789012", "*"]}},
		{"ArnLike": {"aws:SourceArn": ["arn:aws:sns:*:*:*"]}},
		{"ArnLike": {"aws:SourceArn": ["arn:aws:s3:::*"]}},
		{"StringLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/admin"]}},
		{"StringNotEquals": {"aws:SourceVpce": ["vpce-1"]}},
		{"StringEqualsIfExists": {"aws:SourceAccount": ["123456789012"]}},
		{"ForAllValues:StringEquals": {"aws:PrincipalOrgID": ["o-1"]}},
		{"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "0.0.0.0/0"]}},
		{"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}},
		{"Bool": {"aws:PrincipalIsAWSService": ["false"]}},
	] {
		not limited(condition)
	}
}

test_open if {
	all := {"Principal": {"*": ["*"]}}
	iam.open(statement(all)) == []
	iam.open(statement(object.union(all, {"Condition": unknown}))) == ["var.a"]
	iam.open(statement({"NotPrincipal": {"AWS": ["arn:aws:iam::123456789012:root"]}})) == []
	not iam.open(statement(object.union(all, {"Condition": {"StringEquals": {"aws:SourceAccount": ["123456789012"]}}})))
	not iam.open(statement({"Principal": {"Service": ["sns.amazonaws.com"]}}))
}

test_identity_policies if {
	policies := iam.identity_policies with input as {"resources": {
		"aws_iam_policy": [{"address": "managed", "values": {"policy": document([])}}],
		"aws_iam_group_policy": [{"address": "group", "values": {"policy": unknown}}],
		"aws_iam_role": [{"address": "role", "values": {"inline_policy": [{"name": "a", "policy": document([])}]}}],
		"aws_ssoadmin_permission_set_inline_policy": [{"address": "set", "values": {"inline_policy": document([])}}],
	}}
	{[policy.resource.address, policy.name, policy.attribute] | some policy in policies} == {
		["managed", "", "policy"],
		["group", "", "policy"],
		["role", "a", "inline_policy"],
		["set", "", "inline_policy"],
	}
	[policy.document | some policy in policies; policy.resource.address == "group"] == [unknown]
}

test_key if {
	iam.key({"name": ""}, {"place": "Read"}) == "Read"
	iam.key({"name": "inline"}, {"place": "0"}) == "inline/0"
}

test_covers if {
	iam.covers("kms:Generate*", "kms:GenerateDataKey")
	iam.covers("KMS:decrypt", "kms:Decrypt")
	iam.covers("kms:Decryp?", "kms:Decrypt")
	iam.covers("*", "kms:Decrypt")
	iam.covers("k*:*crypt", "kms:Decrypt")
	iam.covers("kms:*crypt*", "kms:Decrypt")
	not iam.covers("kms:*cryp", "kms:Decrypt")
	not iam.covers("ms:*crypt", "kms:Decrypt")
	not iam.covers("kms:Decryp.?", "kms:Decrypts")
	not iam.covers("kms:Decrypt", "kms:DecryptAll")
	not iam.covers("s3:*", "kms:Decrypt")
	not iam.covers("kms:(", "kms:Decrypt")
	not iam.covers(1, "kms:Decrypt")
}

test_includes if {
	iam.includes(statement({"Action": ["s3:*", "sts:Assume*"]}), "sts:AssumeRole") == []
	iam.includes(statement({"Action": ["s3:*", unknown]}), "sts:AssumeRole") == ["var.a"]
	not iam.includes(statement({"Action": ["s3:*"]}), "sts:AssumeRole")
	iam.includes(statement({"NotAction": ["s3:*"]}), "sts:AssumeRole") == []
	iam.includes(statement({"NotAction": ["s3:*", unknown]}), "sts:AssumeRole") == ["var.a"]
	not iam.includes(statement({"NotAction": ["s3:*", "sts:*"]}), "sts:AssumeRole")
	not iam.includes(statement({}), "sts:AssumeRole")
}

test_allowing if {
	iam.allowing(statement({})) == []
	iam.allowing(statement({"Effect": unknown})) == ["var.a"]
	not iam.allowing(statement({"Effect": "Deny"}))
}

test_public if {
	all := {"Principal": {"*": ["*"]}}
	found := iam.public(document([
		statement(object.union(all, {"Sid": "A"})),
		statement(object.union(all, {"Sid": "B", "Effect": unknown})),
		statement(object.union(all, {"Sid": "C", "Condition": {"StringEquals": {"aws:SourceAccount": ["123456789012"]}}})),
		statement(object.union(all, {"Sid": "D", "Effect": "Deny"})),
		statement({"Sid": "E"}),
	]))
	[[open.place, open.doubts] | some open in found] == [["A", []], ["B", ["var.a"]]]
	iam.public(unknown) == []
}
