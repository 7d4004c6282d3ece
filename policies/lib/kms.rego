# KMS keys, as the resources that encrypt with them name them.
package lib.kms

import data.lib.tf

# no_key(topic, "kms_master_key_id"): doubts whether the argument names no key; undefined where it names one, also one
# that is yet to be created.
no_key(resource, argument) := [] if tf.get(resource, argument, null) == null

else := tf.cause(tf.get(resource, argument, null)) if {
	tf.is_unknown(tf.get(resource, argument, null))
	not refers_to_key(resource, argument)
}

refers_to_key(resource, argument) if {
	some reference in tf.candidates(resource, argument)
	reference.type in array.concat(["aws_kms_alias"], keys)
}

# keys: the types of keys, each of which has a policy.
keys := ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key"]

# documents(key) -> [{"Statement": [...]}, ...]: the policies attached to it, else its own. Without any, it has AWS's:
# whom the account allows.
documents(key) := [tf.get(policy, "policy", null) | some policy in attached(key)] if count(attached(key)) > 0

else := [document | document := tf.get(key, "policy", null); document != null]

attached(key) := tf.attached(key, "aws_kms_key_policy", "key_id")
