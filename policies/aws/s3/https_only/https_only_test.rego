package aws.s3.https_only_test

import data.aws.s3.https_only as policy

unknown := {"unknown": true, "from": ["var.a"]}

later(texts) := {"unknown": true, "from": texts}

bucket := {
	"address": "aws_s3_bucket.x",
	"name": "x",
	"values": {"bucket": "logs"},
	"referrers": {"aws_s3_bucket_policy": [{
		"address": "policy", "argument": "bucket", "attribute": "id", "certain": true, "position": 0,
	}]},
}

reference := {
	"address": "aws_s3_bucket.x", "type": "aws_s3_bucket", "mode": "managed",
	"attribute": "arn", "certain": true, "position": 0,
}

model(document, references) := {"unresolved": {}, "data": {}, "resources": {
	"aws_s3_bucket": [bucket],
	"aws_s3_bucket_policy": [{"address": "policy", "values": {"policy": document}, "references": references}],
}}

denial := {
	"Sid": "", "Effect": "Deny", "Action": ["s3:*"], "NotAction": [],
	"Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"], "NotResource": [],
	"Principal": {"*": ["*"]}, "NotPrincipal": {},
	"Condition": {"Bool": {"aws:SecureTransport": ["false"]}},
}

changed(members) := object.union(object.remove(denial, object.keys(members)), members)

document(statements) := {"Version": "2012-10-17", "Statement": statements}

passes(statements) if {
	plan := model(document(statements), {})
	policy.deny == set() with input as plan
	policy.unknown == set() with input as plan
}

fails(statements) if {
	plan := model(document(statements), {})
	count(policy.deny) == 1 with input as plan
	policy.unknown == set() with input as plan
}

unsure(statements, references) := cause if {
	plan := model(document(statements), references)
	policy.deny == set() with input as plan
	some finding in policy.unknown with input as plan
	cause := finding.cause
}

test_no_policy if {
	plan := {"unresolved": {}, "resources": {"aws_s3_bucket": [object.remove(bucket, ["referrers"])]}}
	some finding in policy.deny with input as plan
	finding.message == "it has no policy, so it answers over plain HTTP"
}

test_forms_that_deny if {
	every members in [
		{},
		{"Principal": {"AWS": ["*"]}},
		{"Action": ["*"]},
		{"Action": ["S3:*", "s3:GetObject"]},
		{"Resource": ["*"]},
		{"Resource": ["arn:aws:s3:::*"]},
		{"Resource": ["arn:aws:s3:::logs*"]},
		{"Resource": ["arn:aws-us-gov:s3:::logs", "arn:aws-us-gov:s3:::logs/*"]},
		{"Condition": {"BoolIfExists": {"AWS:SecureTransport": ["False"]}}},
	] {
		passes([changed(members)])
	}
}

test_forms_that_do_not_deny if {
	every members in [
		{"Effect": "Allow"},
		{"Principal": {"AWS": ["123456789012"]}},
		{"Principal": {}, "NotPrincipal": {"AWS": ["arn:aws:iam::123456789012:root"]}},
		{"Action": ["s3:GetObject", "s3:PutObject"]},
		{"Action": [], "NotAction": ["s3:DeleteBucket"]},
		{"Resource": ["arn:aws:s3:::logs"]},
		{"Resource": ["arn:aws:s3:::logs/*"]},
		{"Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/a/*"]},
		{"Resource": ["arn:aws:s3:::log", "arn:aws:s3:::log/*"]},
		{"Resource": ["arn:aws:s3:::[logs", "arn:aws:s3:::{logs/*"]},
		{"Resource": ["arn:aws:sqs:::logs", "arn:aws:sqs:::logs/*"]},
		{"Resource": ["arn:aws:s3:::logs]*", "arn:aws:s3:::logs}*", "arn:aws:s3:::\\logs", "arn:aws:s3:::\\logs/*"]},
		{"Resource": ["arn:aws:s3:::lo]gs*"]},
		{"Resource": ["arn:aws:s3", "logs"]},
		{"Resource": ["arn:aws:s3:::logs:x", "arn:aws:s3:::logs*:x"]},
		{"Condition": {}},
		{"Condition": {"Bool": {"aws:SecureTransport": ["true"]}}},
		{"Condition": {"StringEquals": {"aws:SecureTransport": ["false"]}}},
		{"Condition": {"Bool": {"aws:MultiFactorAuthPresent": ["false"]}}},
		{"Condition": {"Bool": {"aws:SecureTransport": ["false"], "aws:ViaAWSService": ["false"]}}},
		{"Condition": {"Bool": {"aws:SecureTransport": ["false"]}, "StringEquals": {"aws:SourceAccount": ["1"]}}},
	] {
		fails([changed(members)])
	}
}

test_what_is_missing_is_named if {
	some finding in policy.deny with input as model(document([changed({"Resource": ["arn:aws:s3:::logs"]})]), {})
	finding.message == "its policy does not deny plain HTTP on its objects"
}

test_two_statements_may_share_it if {
	passes([changed({"Resource": ["arn:aws:s3:::logs"]}), changed({"Resource": ["arn:aws:s3:::logs/*"]})])
	passes([changed({"Effect": "Allow"}), denial])
}

test_the_old_argument if {
	own := object.union(object.remove(bucket, ["referrers"]), {"values": {"policy": document([denial])}})
	policy.deny == set() with input as {"unresolved": {}, "resources": {"aws_s3_bucket": [own]}}
}

test_unknown_resources_that_come_from_the_bucket if {
	passes([changed({"Resource": [later(["aws_s3_bucket.x.arn"])]})])
	passes([changed({"Resource": [later(["aws_s3_bucket.x.arn", "data.aws_partition.here.partition"])]})])
}

test_unknown_resources_through_a_document if {
	of_bucket := changed({"Resource": [later(["var.bucket_arn"])]})
	read := {"policy": [{
		"address": "data.aws_iam_policy_document.x", "type": "aws_iam_policy_document", "mode": "data",
		"attribute": "json", "certain": true, "position": 0,
	}]}
	plan := object.union(model(document([of_bucket]), read), {"data": {"aws_iam_policy_document": [{
		"address": "data.aws_iam_policy_document.x",
		"references": {"statement.resources": [reference]},
	}]}})
	policy.deny == set() with input as plan
	policy.unknown == set() with input as plan
}

test_unknown_resources_that_come_from_elsewhere if {
	unsure([changed({"Resource": [later(["local.arn"])]})], {}) == "local.arn"
	unsure([changed({"Resource": [later(["aws_s3_bucket.y.arn"])]})], {"policy": [reference]}) == "aws_s3_bucket.y.arn"
	unsure([changed({"Resource": [later(["aws_s3_bucket.xy.arn"])]})], {"policy": [reference]}) == "aws_s3_bucket.xy.arn"
	both := later(["aws_s3_bucket.x.arn", "aws_s3_bucket.y.arn"])
	unsure([changed({"Resource": [both]})], {}) == "aws_s3_bucket.x.arn, aws_s3_bucket.y.arn"
	unsure([changed({"Resource": [later(["module.x.aws_s3_bucket.x.arn"])]})], {}) == "module.x.aws_s3_bucket.x.arn"
	maybe := object.union(reference, {"certain": false, "cause": "aws_s3_bucket.x"})
	unsure([changed({"Resource": [later(["aws_s3_bucket.x"])]})], {"policy": [maybe]}) == "aws_s3_bucket.x"
}

test_unknown_statements if {
	every members in [
		{"Effect": unknown},
		{"Principal": unknown},
		{"Principal": {"AWS": [unknown]}},
		{"Action": [unknown]},
		{"Condition": unknown},
		{"Condition": {"Bool": {"aws:SecureTransport": [unknown]}}},
	] {
		unsure([changed(members)], {}) == "var.a"
	}
	unsure([unknown], {}) == "var.a"
}

test_an_unknown_part_of_what_cannot_deny_is_no_doubt if {
	fails([changed({"Effect": "Allow", "Action": [unknown]})])
	fails([changed({"Action": ["s3:GetObject"], "Resource": [unknown]})])
	passes([denial, unknown])
}

test_unknown_documents if {
	every found in [unknown, {"sensitive": true}, {"invalid": "no JSON"}] {
		count(policy.unknown) == 1 with input as model(found, {})
		policy.deny == set() with input as model(found, {})
	}
}

# A bucket has one policy: another, whose bucket the plan does not tell, is not its.
test_a_policy_of_another_bucket if {
	elsewhere := {"unresolved": {"aws_s3_bucket_policy": {"bucket": ["local.b"]}}}
	open := object.union(model(document([]), {}), elsewhere)
	count(policy.deny) == 1 with input as open
	policy.unknown == set() with input as open
	none := object.union(
		{"resources": {"aws_s3_bucket": [object.remove(bucket, ["referrers"])]}},
		elsewhere,
	)
	policy.deny == set() with input as none
	{finding.cause | some finding in policy.unknown} == {"local.b"} with input as none
}

# What the bucket shows of the policy that the plan deletes.
test_a_policy_that_is_deleted if {
	planned := {
		"resources": {"aws_s3_bucket": [{
			"address": "b", "config": {"bucket": {"constant": "logs"}},
			"values": {"id": "logs", "bucket": "logs", "policy": {"Version": "2012-10-17", "Statement": [{
				"Sid": "", "Effect": "Deny", "Action": ["s3:*"], "NotAction": [], "Resource": ["*"], "NotResource": [],
				"Principal": {"*": ["*"]}, "NotPrincipal": {}, "Condition": {"Bool": {"aws:SecureTransport": ["false"]}},
			}]}},
		}]},
		"removed": {"aws_s3_bucket_policy": [{"actions": ["delete"], "values": {"bucket": "logs"}}]},
	}
	count(policy.deny) == 1 with input as planned
	policy.deny == set() with input as object.remove(planned, ["removed"])
}

test_unknown_resources_of_a_policy_that_names_the_bucket if {
	of_bucket := [changed({"Resource": [later(["local.arn"])]})]
	named := model(document(of_bucket), {"policy": [reference]})
	policy.deny == set() with input as named
	policy.unknown == set() with input as named
	other := object.union(reference, {"address": "aws_s3_bucket.y"})
	unsure(of_bucket, {"policy": [other]}) == "local.arn"
}

test_another_bucket_named_beside_a_reference_to_this_one if {
	other := changed({"Resource": ["arn:aws:s3:::other", "arn:aws:s3:::other/*"]})
	plan := model(document([other]), {"policy": [reference]})
	count(policy.deny) == 1 with input as plan
}
