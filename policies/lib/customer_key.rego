# Keys of one's own: whether an argument names a KMS key that the account's owner controls, as policies ask about them.
package lib.customer_key

import data.lib.tf

# lacks(tf.get(table, ["server_side_encryption", 0, "kms_key_arn"], null)): doubts whether no customer key is named; []
# where none is, or one of AWS's own (alias/aws/...), undefined where one certainly is.
lacks(found) := [] if found == null

else := [] if is_aws_managed(found)

else := tf.cause(found) if {
	tf.is_unknown(found)
	not comes_from_a_key(found)
}

# names_aws_managed(table, "server_side_encryption.kms_key_arn"): it refers to a data source of AWS's own key
names_aws_managed(resource, argument) if {
	some alias in tf.targets(resource, argument, "aws_kms_alias")
	is_aws_managed(tf.get(alias, "name", null))
}

names_aws_managed(resource, argument) if {
	some key in tf.targets(resource, argument, "aws_kms_key")
	is_aws_managed(tf.get(key, "key_id", null))
}

is_aws_managed(found) if {
	is_string(found)
	startswith(found, "alias/aws/")
}

is_aws_managed(found) if {
	is_string(found)
	contains(found, ":alias/aws/")
}

comes_from_a_key(found) if {
	some source in found.from
	contains(concat("", [".", source]), ".aws_kms_")
}
