package lib.log_delivery_test

import data.lib.log_delivery as delivery

unknown := {"unknown": true, "from": ["var.a"]}

statement(members) := {name: object.get(members, name, usual) | some name, usual in let_in}

let_in := {
	"Sid": "", "Effect": "Allow", "Action": ["s3:PutObject"], "NotAction": [], "Resource": ["arn:aws:s3:::logs/*"],
	"NotResource": [], "Principal": {"Service": ["a.amazonaws.com"]}, "NotPrincipal": {}, "Condition": {},
}

bucket(policy) := {"address": "b", "values": {"bucket": "logs", "policy": policy}}

document(members) := {"Version": "2012-10-17", "Statement": [statement(members)]}

wanted := {"Service": {"a.amazonaws.com", "b.amazonaws.com"}, "AWS": {"127311923021"}}

refuses(members) := doubts if {
	doubts := delivery.refuses(bucket(document(members)), wanted) with input as {}
}

lets(members) if not refuses(members)

test_statements_that_let_in if {
	every members in [
		{},
		{"Principal": {"Service": ["x.amazonaws.com", "b.amazonaws.com"]}},
		{"Principal": {"AWS": ["127311923021"]}},
		{"Principal": {"AWS": [127311923021]}},
		{"Principal": {"AWS": ["arn:aws-us-gov:iam::127311923021:root"]}},
		{"Principal": {"*": ["*"]}},
		{"Principal": {"AWS": ["*"]}},
		{"Principal": {}, "NotPrincipal": {"AWS": ["arn:aws:iam::123456789012:root"]}},
		{"Action": ["S3:PUTOBJECT"]},
		{"Action": ["s3:Put*"]},
		{"Action": ["*"]},
		{"Action": ["s3:GetObject", "s3:*Object"]},
		{"Action": [], "NotAction": ["s3:DeleteObject"]},
		{"Resource": ["*"]},
		{"Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/AWSLogs/123456789012/*"]},
		{"Resource": ["arn:aws:s3:::logs*"]},
		{"Resource": ["arn:aws:s3:::*/*"]},
		{"Resource": ["arn:aws:s3:::logs/AWSLogs/*/key"]},
		{"Resource": [unknown]},
		{"Resource": unknown},
		{"Resource": [], "NotResource": ["arn:aws:s3:::logs/private/*"]},
		{"Condition": {"StringEquals": {"aws:SourceAccount": ["123456789012"]}}},
	] {
		lets(members)
	}
}

test_statements_that_let_nobody_in if {
	every members in [
		{"Effect": "Deny"},
		{"Principal": {"Service": ["x.amazonaws.com"]}},
		{"Principal": {"AWS": ["a.amazonaws.com"]}},
		{"Principal": {"AWS": ["arn:aws:iam::123456789012:root"]}},
		{"Principal": {"AWS": ["arn:aws:iam::elb-account-id:root", "arn:none"]}},
		{"Principal": {"Service": ["arn:aws:iam::127311923021:root", 7]}},
		{"Principal": {"CanonicalUser": [unknown]}},
		{"Action": ["s3:GetObject"]},
		{"Action": ["s3:Get*"]},
		{"Action": ["s3:*Acl"]},
		{"Action": ["s3:putobjects"]},
		{"Action": [], "NotAction": ["s3:Put*"]},
		{"Action": [], "NotAction": ["s3:Put*", unknown]},
		{"Action": []},
		{"Resource": ["arn:aws:s3:::logs"]},
		{"Resource": ["arn:aws:s3:::others/*"]},
		{"Resource": ["logs/*"]},
		{"Resource": []},
	] {
		refuses(members) == []
	}
}

test_statements_that_may_let_in if {
	every members in [
		{"Effect": unknown},
		{"Principal": unknown},
		{"Principal": {"Service": [unknown]}},
		{"Principal": {"AWS": [unknown]}},
		{"Action": [unknown]},
		{"Action": unknown},
		{"Action": [], "NotAction": [unknown]},
	] {
		refuses(members) == ["var.a"]
	}
}

test_any_object_where_the_bucket_has_no_name_yet if {
	nameless := {"address": "b", "values": {"policy": document({"Resource": ["arn:aws:s3:::others/*"]})}}
	not delivery.refuses(nameless, wanted) with input as {}
	itself := {"address": "b", "values": {"policy": document({"Resource": ["arn:aws:s3:::others"]})}}
	delivery.refuses(itself, wanted) == [] with input as {}
	later := {"address": "b", "values": {"bucket": unknown, "policy": document({})}}
	not delivery.refuses(later, wanted) with input as {}
}

test_a_name_is_compared_whole if {
	longer := {"address": "b", "values": {"bucket": "logs-of-logs", "policy": document({})}}
	delivery.refuses(longer, wanted) == [] with input as {}
}

test_documents if {
	delivery.refuses({"address": "b", "values": {}}, wanted) == [] with input as {}
	delivery.refuses(bucket(unknown), wanted) == ["var.a"] with input as {}
	mixed := {"Version": "2012-10-17", "Statement": [unknown, statement({"Effect": "Deny"})]}
	delivery.refuses(bucket(mixed), wanted) == ["var.a"] with input as {}
	certain := {"Version": "2012-10-17", "Statement": [unknown, statement({"Effect": unknown}), statement({})]}
	not delivery.refuses(bucket(certain), wanted) with input as {}
}

test_attached_policies if {
	planned := {"resources": {"aws_s3_bucket_policy": [
		{"address": "p.0", "values": {"policy": document({})}},
		{"address": "p.1", "values": {"policy": document({"Effect": "Deny"})}},
	]}}
	referrer := {"address": "p.0", "argument": "bucket", "attribute": "id", "certain": true, "position": 0}
	with_policy := {"address": "b", "values": {}, "referrers": {"aws_s3_bucket_policy": [referrer]}}
	not delivery.refuses(with_policy, wanted) with input as planned
	denied := object.union(referrer, {"address": "p.1", "position": 1})
	with_deny := {"address": "b", "values": {}, "referrers": {"aws_s3_bucket_policy": [denied]}}
	delivery.refuses(with_deny, wanted) == [] with input as planned
	perhaps := object.union(referrer, {"certain": false, "cause": "local.bucket"})
	with_doubt := {"address": "b", "values": {}, "referrers": {"aws_s3_bucket_policy": [perhaps]}}
	delivery.refuses(with_doubt, wanted) == ["local.bucket"] with input as planned
}
