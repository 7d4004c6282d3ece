package aws.secretsmanager.key_test

import data.aws.secretsmanager.key as policy

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

created := {"unknown": true, "from": ["aws_kms_key.main.arn"]}

arn := "arn:aws:kms:us-east-1:123456789012:key/1"

model(values, links) := {
	"resources": {
		"aws_secretsmanager_secret": [object.union({"address": "x", "values": values}, links)],
		"aws_secretsmanager_secret_rotation": [{"address": "rotation", "values": {}}],
	},
	"data": {"aws_kms_key": [{"address": "data.aws_kms_key.main", "values": {"key_id": "alias/aws/secretsmanager"}}]},
}

verdict(found, id) := message if {
	some finding in policy.deny with input as found
	finding.key == id
	message := finding.message
} else := cause if {
	some finding in policy.unknown with input as found
	finding.key == id
	cause := finding.cause
} else := "pass"

of(id) := verdict(model({"kms_key_id": id}, {}), "key")

keyless := "it is encrypted with a key of AWS's, not with one of your own"

test_key if {
	of(arn) == "pass"
	of(created) == "pass"
	of(unknown) == "var.a"
	every id in [null, "", unset, "alias/aws/secretsmanager"] {
		of(id) == keyless
	}
	verdict(model({}, {}), "key") == keyless
}

test_key_of_aws_by_reference if {
	links := {"references": {"kms_key_id": [{
		"address": "data.aws_kms_key.main", "type": "aws_kms_key", "mode": "data", "attribute": "arn",
		"certain": true, "position": 0,
	}]}}
	verdict(model({"kms_key_id": arn}, links), "key") == keyless
}

replica(id) := verdict(found, "key in eu-west-1") if {
	found := model({"kms_key_id": arn, "replica": [{"region": "eu-west-1", "kms_key_id": id}]}, {})
}

test_replicas if {
	replica(arn) == "pass"
	replica(created) == "pass"
	replica(unknown) == "var.a"
	every id in [null, "", unset, "alias/aws/secretsmanager"] {
		replica(id) == "its replica in eu-west-1 is encrypted with a key of AWS's, not with one of your own"
	}
	verdict(model({"kms_key_id": arn, "replica": [{"region": "eu-west-1"}]}, {}), "key") == "pass"
	every none in [null, [], unset] {
		count(policy.deny) == 1 with input as model({"kms_key_id": arn, "replica": none}, {})
	}
}

rotated(certain) := {"referrers": {"aws_secretsmanager_secret_rotation": [{
	"address": "rotation", "argument": "secret_id", "attribute": "id",
	"certain": certain, "cause": "local.secret", "position": 0,
}]}}

lasting := "nothing rotates it, so whoever has ever seen it can use it for ever"

test_rotation if {
	verdict(model({}, {}), "rotation") == lasting
	verdict(model({}, rotated(true)), "rotation") == "pass"
	verdict(model({}, rotated(false)), "rotation") == "local.secret"
	elsewhere := {"unresolved": {"aws_secretsmanager_secret_rotation": {"secret_id": ["var.secret"]}}}
	verdict(object.union(model({}, {}), elsewhere), "rotation") == "var.secret"
}

test_rotation_of_older_providers if {
	verdict(model({"rotation_lambda_arn": "arn:aws:lambda:us-east-1:123456789012:function:r"}, {}), "rotation") == "pass"
	verdict(model({"rotation_lambda_arn": unknown}, {}), "rotation") == "pass"
	verdict(model({"rotation_lambda_arn": null}, {}), "rotation") == lasting
}

test_what_fails_is_not_unknown if {
	count(policy.deny) > 0 with input as model({"replica": [{}]}, {})
	policy.unknown == set() with input as model({"replica": [{}]}, {})
}
