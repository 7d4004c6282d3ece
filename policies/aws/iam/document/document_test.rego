package aws.iam.document_test

import data.aws.iam.document as policy

later := {"unknown": true, "from": ["terraform_data.a.output"]}

model(type, argument, found) := {"resources": {type: [{"address": "x", "values": {argument: found}}]}}

faults(found) := texts if {
	texts := [finding.found | some finding in policy.deny] with input as model("aws_iam_policy", "policy", found)
}

unsure(found) := causes if {
	causes := [finding.cause | some finding in policy.unknown] with input as model("aws_iam_policy", "policy", found)
}

test_finding if {
	policy.deny == {{
		"address": "x",
		"message": "its assume_role_policy does nothing: it is no valid JSON, at line 1 column 2",
		"key": "assume_role_policy",
		"attribute": "assume_role_policy",
		"found": "it is no valid JSON, at line 1 column 2",
		"expected": "a JSON document with a Statement",
	}} with input as model(
		"aws_iam_role", "assume_role_policy",
		{"invalid": "it is no valid JSON, at line 1 column 2"},
	)
}

test_texts if {
	faults("ReadOnly") == ["it is no valid JSON"]
	every text in [`{}`, `[]`, `"Statement"`, `{"statement": []}`, `{"Version": "2012-10-17", "Statements": []}`] {
		faults(text) == ["it has no Statement"]
	}
	every text in [`{"Statement": []}`, `{"Statement": {}}`] {
		faults(text) == []
		unsure(text) == []
	}
}

test_documents if {
	every found in [{"Version": "2012-10-17", "Statement": []}, {"Version": "2012-10-17", "Statement": [later]}] {
		faults(found) == []
		unsure(found) == []
	}
}

test_unset_is_not_examined if {
	every found in [null, "", {"unknown": true, "unset": true}] {
		policy.examined == set() with input as model("aws_sqs_queue", "policy", found)
		faults(found) == []
	}
	policy.examined == {"x"} with input as model("aws_sqs_queue", "policy", later)
}

test_unknown if {
	unsure(later) == ["terraform_data.a.output"]
	unsure({"sensitive": true}) == ["a sensitive value"]
	faults(later) == []
}

test_unknown_finding if {
	found := policy.unknown with input as model("aws_iam_policy", "policy", later)
	found == {{
		"address": "x",
		"message": "whether its policy is valid is known after apply",
		"key": "policy",
		"attribute": "policy",
		"expected": "a JSON document with a Statement",
		"cause": "terraform_data.a.output",
	}}
}

test_inline_policies if {
	role := model("aws_iam_role", "inline_policy", [{"name": "a", "policy": "{}"}, {"name": "b", "policy": later}])
	found := {[finding.key, finding.attribute] | some finding in policy.deny} with input as role
	found == {["inline_policy a", "inline_policy"]}
	{finding.key | some finding in policy.unknown} == {"inline_policy b"} with input as role
}
