package lib.customer_key_test

import data.lib.customer_key

unknown(source) := {"unknown": true, "from": [source]}

test_none_is_named if {
	customer_key.lacks(null) == []
	customer_key.lacks("alias/aws/dynamodb") == []
	customer_key.lacks("arn:aws:kms:us-east-1:123456789012:alias/aws/dynamodb") == []
}

test_one_is_named if {
	not customer_key.lacks("alias/orders")
	not customer_key.lacks("arn:aws:kms:us-east-1:123456789012:alias/orders")
	not customer_key.lacks({"sensitive": true})
	not customer_key.lacks(unknown("aws_kms_key.main.arn"))
	not customer_key.lacks(unknown("module.key.aws_kms_replica_key.this[0].arn"))
	not customer_key.lacks(unknown("data.aws_kms_alias.main.target_key_arn"))
}

test_it_is_unknown if {
	customer_key.lacks(unknown("terraform_data.key.output")) == ["terraform_data.key.output"]
	customer_key.lacks(unknown("terraform_data.my_aws_kms_key.output")) == ["terraform_data.my_aws_kms_key.output"]
	customer_key.lacks({"unknown": true, "from": []}) == ["a value that apply computes"]
}

model := {"resources": {}, "data": {
	"aws_kms_alias": [
		{"address": "data.aws_kms_alias.aws", "values": {"name": "alias/aws/dynamodb"}},
		{"address": "data.aws_kms_alias.own", "values": {"name": "alias/orders"}},
	],
	"aws_kms_key": [
		{"address": "data.aws_kms_key.aws", "values": {"key_id": "alias/aws/dynamodb"}},
		{"address": "data.aws_kms_key.own", "values": {"key_id": {"unknown": true, "from": ["var.key"]}}},
	],
}}

table(type, position) := {"address": "t", "references": {"key": [{
	"address": "k", "type": type, "mode": "data", "attribute": "arn", "certain": true, "position": position,
}]}}

test_data_sources_of_a_key_that_aws_manages if {
	customer_key.names_aws_managed(table("aws_kms_alias", 0), "key") with input as model
	customer_key.names_aws_managed(table("aws_kms_key", 0), "key") with input as model
	not customer_key.names_aws_managed(table("aws_kms_alias", 1), "key") with input as model
	not customer_key.names_aws_managed(table("aws_kms_key", 1), "key") with input as model
	not customer_key.names_aws_managed(table("aws_kms_key", 0), "other") with input as model
}
