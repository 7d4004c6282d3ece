package aws.kms.rotation_test

import data.aws.kms.rotation as policy

unknown := {"unknown": true, "from": ["var.a"]}

model(values) := {"resources": {"aws_kms_key": [{"address": "x", "values": values}]}}

test_off if {
	policy.deny == {{
		"address": "x",
		"message": "its rotation is off, so one key guards ever more data",
		"attribute": "enable_key_rotation",
		"found": false,
		"expected": true,
	}} with input as model({"enable_key_rotation": false})
	count(policy.deny) == 1 with input as model({})
	count(policy.deny) == 1 with input as model({"enable_key_rotation": "false"})
}

test_on if {
	every found in [true, "true"] {
		policy.deny == set() with input as model({"enable_key_rotation": found})
		policy.unknown == set() with input as model({"enable_key_rotation": found})
	}
}

test_only_keys_that_kms_can_rotate_are_examined if {
	every values in [{}, {"customer_master_key_spec": "SYMMETRIC_DEFAULT"}, {"key_usage": "ENCRYPT_DECRYPT"}] {
		policy.examined == {"x"} with input as model(values)
	}
	every values in [
		{"customer_master_key_spec": "RSA_4096"},
		{"key_usage": "GENERATE_VERIFY_MAC"},
		{"custom_key_store_id": "cks-1"},
		{"custom_key_store_id": unknown},
	] {
		policy.examined == set() with input as model(values)
		policy.deny == set() with input as model(values)
	}
}

test_unknown if {
	every values in [
		{"enable_key_rotation": unknown},
		{"customer_master_key_spec": unknown},
		{"key_usage": unknown, "enable_key_rotation": false},
	] {
		policy.deny == set() with input as model(values)
		{finding.cause | some finding in policy.unknown} == {"var.a"} with input as model(values)
	}
	policy.unknown == set() with input as model({"key_usage": unknown, "enable_key_rotation": true})
}

test_what_fails_is_not_unknown_too if policy.unknown == set() with input as model({})
