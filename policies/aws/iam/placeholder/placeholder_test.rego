package aws.iam.placeholder_test

import data.aws.iam.placeholder as policy

later := {"unknown": true, "from": ["terraform_data.a.output"]}

of(type, values) := {"resources": {type: [{"address": "x", "values": values}]}}

topic(arn) := of("aws_cloudwatch_metric_alarm", {"alarm_actions": [arn]})

document(members) := {"Version": "2012-10-17", "Statement": [object.union({"Effect": "Allow", "Sid": ""}, members)]}

denied(plan) := texts if {
	texts := [finding.found | some finding in policy.deny] with input as plan
}

unsure(plan) := causes if {
	causes := [finding.cause | some finding in policy.unknown] with input as plan
}

test_findings if {
	policy.deny == {{
		"address": "x",
		"message": "arn:aws:iam::elb-account-id:root holds a placeholder where the id of an account belongs",
		"key": "policy arn:aws:iam::elb-account-id:root",
		"attribute": "policy",
		"found": "arn:aws:iam::elb-account-id:root",
		"expected": "twelve digits",
	}} with input as of(
		"aws_s3_bucket_policy",
		{"policy": document({"Principal": {"AWS": ["arn:aws:iam::elb-account-id:root"]}})},
	)
	queue := of("aws_sqs_queue", {"policy": document({"Principal": {"AWS": ["ACCOUNT_ID"]}})})
	words := policy.deny with input as queue
	{finding.message | some finding in words} == {"ACCOUNT_ID stands where the id of an account belongs"}
	policy.deny == {{
		"address": "x",
		"message": "arn:aws:s3:::<bucket>/* holds a placeholder",
		"key": "policy arn:aws:s3:::<bucket>/*",
		"attribute": "policy",
		"found": "arn:aws:s3:::<bucket>/*",
		"expected": "the ARN of a resource",
	}} with input as of("aws_iam_policy", {"policy": document({"Resource": ["arn:aws:s3:::<bucket>/*"]})})
}

test_arns_with_a_placeholder if {
	every account in [
		"ACCOUNT_ID", "account", "<account-id>", "<ACCOUNT ID>", "000000000000", "12345678901x", "{{account}}",
		"${account_id}", "${AWS::AccountId}", "$ACCOUNT", "XXXXXXXXXXXX", "Aws",
	] {
		arn := sprintf("arn:aws:sns:us-east-1:%s:alerts", [account])
		denied(topic(arn)) == [arn]
	}
}

test_an_arn_that_is_a_name if {
	arn := "arn:aws:iam::ACCOUNT_ID:role/reader"
	denied(of("aws_cognito_identity_pool_roles_attachment", {"roles": {arn: "reader"}})) == [arn]
}

test_arns_without_one if {
	every arn in [
		"arn:aws:sns:us-east-1:123456789012:alerts",
		"arn:aws:sns:us-east-1:111111111111:alerts",
		"arn:aws:sns:*:*:alerts",
		"arn:aws:sns:us-east-1:1234*:alerts",
		"arn:aws:s3:::bucket",
		"arn:aws:s3:::account",
		"arn:aws:iam::aws:policy/ReadOnlyAccess",
		"arn:aws-cn:iam::aws:policy/ReadOnlyAccess",
		"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
		"arn:aws:iam::${aws:PrincipalAccount}:role/${aws:PrincipalTag/team}",
		"arn:aws:automate:us-east-1:ec2:recover",
		"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
		"arn:short",
	] {
		denied(topic(arn)) == []
		examined := policy.examined with input as topic(arn)
		examined == {"x"}
	}
}

test_principals if {
	every found in ["ACCOUNT_ID", "<account>", "000000000000"] {
		denied(of("aws_sqs_queue", {"policy": document({"Principal": {"AWS": [found]}})})) == [found]
		denied(of("aws_sqs_queue", {"policy": document({"NotPrincipal": {"AWS": [found]}})})) == [found]
	}
	every found in ["*", "123456789012", "AROA0123456789ABCDEF0", "arn:aws:iam::123456789012:root"] {
		denied(of("aws_sqs_queue", {"policy": document({"Principal": {"AWS": [found]}})})) == []
	}
	denied(of("aws_sqs_queue", {"policy": document({"Principal": {"AWS": [later]}})})) == []
	denied(of("aws_sqs_queue", {"policy": document({"Principal": {"Service": ["sns.amazonaws.com"]}})})) == []
}

test_an_arn_in_place_of_an_account_is_judged_as_one if {
	arn := "arn:aws:iam::123456789012:root"
	denied(of("aws_sqs_queue", {"policy": document({"Condition": {"StringEquals": {"aws:SourceAccount": [arn]}}})})) == []
	denied(of("aws_lambda_permission", {"source_account": arn})) == []
}

test_conditions if {
	every key in [
		"aws:SourceAccount", "aws:PrincipalAccount", "aws:ResourceAccount", "AWS:SourceOwner", "kms:CallerAccount",
		"s3:DataAccessPointAccount", "s3:ResourceAccount",
	] {
		condition := {"Condition": {"StringEquals": {key: ["ACCOUNT_ID"]}}}
		denied(of("aws_sns_topic_policy", {"policy": document(condition)})) == ["ACCOUNT_ID"]
	}
	denied(of("aws_sns_topic_policy", {"policy": document({"Condition": later})})) == []
	other := {"Condition": {"StringEquals": {"aws:PrincipalOrgID": ["ORG_ID"]}}}
	denied(of("aws_sns_topic_policy", {"policy": document(other)})) == []
}

test_arguments if {
	denied(of("aws_lambda_permission", {"source_account": "ACCOUNT_ID"})) == ["ACCOUNT_ID"]
	denied(of("aws_vpc_peering_connection", {"peer_owner_id": "000000000000"})) == ["000000000000"]
	denied(of("aws_x", {"account_ids": ["123456789012", "ACCOUNT_ID", later]})) == ["ACCOUNT_ID"]
	denied(of("aws_x", {"aws_account_id": "A_ID", "account_id": "123456789012"})) == ["A_ID"]
	denied(of("aws_x", {"target_account_id": "A_ID", "name": "account"})) == ["A_ID"]
	denied(of("aws_x", {"account_id": later})) == []
	denied(of("aws_x", {"uuid": "00000000-0000-0000-0000-000000000000", "name": "account"})) == []
}

test_tags_and_texts_are_left_alone if {
	tags := {"a": "arn:aws:iam::ACCOUNT:root"}
	denied(of("aws_x", {"tags": tags, "tags_all": tags})) == []
	denied(of("aws_x", {"description": "as in \"arn:aws:iam::ACCOUNT:root\""})) == []
}

test_parts_of_an_arn_that_name_no_account if {
	every arn in ["arn:aws:sns:us-east-1", "arn:aws:x:y:", "arn:aws:sns:us-east-1:123456789012"] {
		denied(topic(arn)) == []
	}
	denied(topic("arn:aws:sns:us-east-1:ACCOUNT")) == ["arn:aws:sns:us-east-1:ACCOUNT"]
	denied(topic("arn:aws:sns:us-east-1:123~:a")) == ["arn:aws:sns:us-east-1:123~:a"]
}

test_a_text_before_an_arn_is_no_arn if {
	denied(topic("arn:aws:iam::ACCOUNT_ID:root")) == ["arn:aws:iam::ACCOUNT_ID:root"]
	denied(of("aws_x", {"a": "x arn:aws:iam::ACCOUNT_ID:root"})) == []
	denied(of("aws_x", {"a": "back\\slash", "b": "arn:aws:iam::ACCOUNT_ID:root"})) == ["arn:aws:iam::ACCOUNT_ID:root"]
}

test_principals_of_an_unknown_form if {
	every found in [null, "*", later] {
		denied(of("aws_sqs_queue", {"policy": document({"Principal": found})})) == []
	}
	arn := "see arn:ACCOUNT"
	denied(of("aws_sqs_queue", {"policy": document({"Principal": {"AWS": [arn]}})})) == [arn]
	denied(of("not_aws_x", {"account_id": "A_ID"})) == []
	denied(of("aws_x", {"account_id": 12})) == []
}

test_a_configuration_of_one_argument_is_one if {
	arn := "arn:aws:ec2:us-east-1:000000000000:vpc/vpc-1"
	vpc := {"resources": {"aws_vpc": [{"address": "x", "values": {"arn": arn}, "config": {"cidr_block": {}}}]}}
	policy.deny == set() with input as vpc
}

test_what_aws_returns_is_left_alone if {
	arn := "arn:aws:ec2:us-east-1:000000000000:vpc/vpc-1"
	vpc := object.union(of("aws_vpc", {"arn": arn}), {"resources": {"aws_vpc": [{
		"address": "x", "values": {"arn": arn, "role": arn, "tags": {"a": arn}},
		"config": {"role": {"references": []}, "tags": {"constant": {}}},
	}]}})
	{finding.attribute | some finding in policy.deny} == {"role"} with input as vpc
}

test_arns_of_other_providers if {
	arn := "arn:aws:iam::ACCOUNT_ID:role/app"
	denied(of("kubernetes_annotations", {"annotations": {"eks.amazonaws.com/role-arn": arn}})) == [arn]
}

test_accounts_of_other_providers_are_left_alone if {
	denied(of("google_service_account", {"account_id": "deploy"})) == []
}

test_json_arguments if {
	arn := "arn:aws:iam::ACCOUNT_ID:role/app"
	every argument in ["container_definitions", "container_properties"] {
		denied(of("aws_x", {argument: json.marshal([{"jobRoleArn": arn}])})) == [arn]
	}
	every argument in ["content", "inline_policy"] {
		denied(of("aws_x", {argument: json.marshal(document({"Resource": arn}))})) == [arn]
	}
	denied(of("aws_x", {"content": "\"arn:aws:iam::ACCOUNT_ID:root"})) == []
	denied(of("aws_x", {"content": null, "user_data": json.marshal({"a": arn})})) == []
}

test_not_examined if {
	policy.examined == set() with input as of("aws_vpc", {"cidr_block": "10.0.0.0/16"})
	policy.examined == set() with input as of("aws_x", {"name": "account"})
}

test_unknown if {
	every found in [later, {"Version": "2012-10-17", "Statement": [later]}] {
		unsure(of("aws_sqs_queue", {"policy": found})) == ["terraform_data.a.output"]
		policy.examined == {"x"} with input as of("aws_sqs_queue", {"policy": found})
	}
	every found in [document({"Resource": [later]}), {"invalid": "no JSON"}, "{}", {"unknown": true, "unset": true}] {
		unsure(of("aws_sqs_queue", {"policy": found})) == []
	}
	unsure(topic(later)) == []
}
