# METADATA
# title: KMS key is never rotated
# description: |
#   A key that stays the same for years guards ever more data, and all of it is lost with the key. With rotation on,
#   KMS makes new key material every year and keeps the old for what it encrypted, so that nothing has to be encrypted
#   again. It can rotate symmetric encryption keys whose material KMS made and keeps; others are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_kms_key]
#   remediation: Set enable_key_rotation to true.
#   example: |
#     resource "aws_kms_key" "data" {
#       description         = "Data at rest"
#       enable_key_rotation = true
#     }
#   reports: [tapstack 8]
#   controls: {cis_aws: ["3.6"], nist_800_53: [SC-12, SC-12(2), SC-28(3)], pci_dss: ["3.7.4"], soc2: [CC6.1]}
package aws.kms.rotation

import data.lib.tf

# Keys that KMS can rotate, with the doubts about it.
keys := [{"key": key, "doubts": doubts} |
	some key in input.resources.aws_kms_key
	tf.get(key, "custom_key_store_id", "none") == "none"
	doubts := array.concat(
		is_or_may_be(tf.get(key, "customer_master_key_spec", "SYMMETRIC_DEFAULT"), "SYMMETRIC_DEFAULT"),
		is_or_may_be(tf.get(key, "key_usage", "ENCRYPT_DECRYPT"), "ENCRYPT_DECRYPT"),
	)
]

is_or_may_be(found, wanted) := [] if found == wanted

else := tf.cause(found) if tf.is_unknown(found)

examined contains entry.key.address if some entry in keys

# Keys whose rotation is not certainly on, with the doubts about that too.
unrotated := [object.union(entry, {"doubts": doubts}) |
	some entry in keys
	rotation := tf.get(entry.key, "enable_key_rotation", false)
	doubts := array.concat(entry.doubts, off(rotation))
]

off(rotation) := [] if tf.is_false(rotation)

else := tf.cause(rotation) if tf.is_known(rotation) == false

deny contains tf.finding_with(entry.key, message, details) if {
	some entry in unrotated
	entry.doubts == []
	message := "its rotation is off, so one key guards ever more data"
	details := {"attribute": "enable_key_rotation", "found": false, "expected": true}
}

unknown contains tf.finding_with(entry.key, "whether it is rotated is known after apply", details) if {
	some entry in unrotated
	count(entry.doubts) > 0
	details := {"attribute": "enable_key_rotation", "expected": true, "cause": entry.doubts}
}
