package aws.efs.encryption_test

import data.aws.efs.encryption

model(encrypted) := {"resources": {"aws_efs_file_system": [{"address": "x", "values": {"encrypted": encrypted}}]}}

verdict(found) := "fail" if {
	count(encryption.deny) == 1 with input as model(found)
} else := cause if {
	some finding in encryption.unknown with input as model(found)
	cause := finding.cause
} else := "pass"

test_encrypted if {
	verdict(true) == "pass"
	verdict("true") == "pass"
}

test_not_encrypted if {
	every found in [false, "false", null, {"unknown": true, "unset": true}] {
		verdict(found) == "fail"
	}
	encryption.deny == {{
		"address": "x",
		"message": "its files and backups are not encrypted",
		"attribute": "encrypted",
		"found": false,
		"expected": true,
	}} with input as {"resources": {"aws_efs_file_system": [{"address": "x", "values": {}}]}}
}

test_unknown if {
	verdict({"unknown": true, "from": ["var.a"]}) == "var.a"
}
