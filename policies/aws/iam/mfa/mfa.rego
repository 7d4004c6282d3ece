# METADATA
# title: IAM role can be assumed without MFA
# description: |
#   People assume this role with a password or an access key alone: one that leaks is enough to act with the role's
#   permissions. Let the trust policy demand aws:MultiFactorAuthPresent. Ask with Bool, not with BoolIfExists, which
#   also lets those in whose session knows nothing of MFA, as with access keys. Roles that only services, identity
#   providers, other roles, or third parties with an external id assume are not examined: they have no second factor.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_iam_role]
#   remediation: Add the condition Bool aws:MultiFactorAuthPresent = true to the trust policy's statement.
#   example: |
#     data "aws_iam_policy_document" "trust" {
#       statement {
#         actions = ["sts:AssumeRole"]
#         principals {
#           type        = "AWS"
#           identifiers = ["arn:aws:iam::123456789012:root"]
#         }
#         condition {
#           test     = "Bool"
#           variable = "aws:MultiFactorAuthPresent"
#           values   = ["true"]
#         }
#       }
#     }
#   reports: [tapstack 2]
#   controls: {nist_800_53: [IA-2(1)], soc2: [CC6.1]}
package aws.iam.mfa

import data.lib.iam
import data.lib.tf

roles := [{"resource": role, "document": tf.get(role, "assume_role_policy", null)} |
	some role in object.get(input.resources, "aws_iam_role", [])
]

# The statements by which people assume a role, or may, with the doubts whether they do.
entries := [{"role": role.resource, "document": role.document, "statement": statement, "doubts": doubts} |
	some role in roles
	some statement in iam.statements(role.document)
	not is_for_roles(statement)
	not is_for_a_third_party(statement)
	doubts := array.concat(
		array.concat(iam.allowing(statement), people(statement)),
		iam.includes(statement, "sts:AssumeRole"),
	)
]

examined contains entry.role.address if some entry in entries

examined contains role.resource.address if {
	some role in roles
	count(iam.unknown_causes(role.document)) > 0
}

# Of these, the ones that do not demand MFA, or may not.
lax := [object.union(entry, {"doubts": array.concat(entry.doubts, doubts)}) |
	some entry in entries
	doubts := undemanded(entry)
]

deny contains tf.finding_with(entry.role, message, details) if {
	some entry in lax
	entry.doubts == []
	message := sprintf("statement %s lets people assume it without MFA", [entry.statement.place])
	details := {"key": entry.statement.place, "attribute": "assume_role_policy", "expected": expected}
}

unknown contains tf.finding_with(entry.role, message, details) if {
	some entry in lax
	count(entry.doubts) > 0
	place := entry.statement.place
	message := sprintf("whether statement %s lets people assume it without MFA is known after apply", [place])
	details := {
		"key": place,
		"attribute": "assume_role_policy",
		"expected": expected,
		"cause": entry.doubts,
	}
}

unknown contains tf.finding_with(role.resource, message, details) if {
	some role in roles
	causes := iam.unknown_causes(role.document)
	count(causes) > 0
	message := "whether people assume it, and without MFA, is known after apply"
	details := {"attribute": "assume_role_policy", "expected": expected, "cause": causes}
}

expected := "the condition Bool aws:MultiFactorAuthPresent = true"

# Doubts whether there are people among the principals: those of AWS that are not roles.
people(statement) := [] if iam.is_anyone(statement)

else := [] if {
	some principal in tf.known(aws_principals(statement))
	not is_role(principal)
}

else := causes if {
	causes := [cause |
		some cause in array.concat(tf.cause(statement.Principal), tf.causes(aws_principals(statement)))
		not comes_from_role(cause)
	]
	count(causes) > 0
}

aws_principals(statement) := object.get(statement.Principal, "AWS", [])

is_role(principal) if {
	is_string(principal)
	regex.match(`:(role|assumed-role)/|^AROA`, principal)
}

# A service of somebody else's names the external id that it was given.
is_for_a_third_party(statement) if {
	conditions := iam.conditions(statement)
	some condition in conditions
	condition.key == "sts:externalid"
	condition.operator in {"stringequals", "stringlike"}
	is_strict(condition)
	count([other | some other in conditions; startswith(other.key, "aws:multifactorauth")]) == 0
}

# A condition limits it to roles.
is_for_roles(statement) if {
	some condition in iam.conditions(statement)
	condition.key == "aws:principalarn"
	condition.operator in {"arnequals", "arnlike", "stringequals", "stringlike"}
	is_strict(condition)
	every principal in condition.values {
		is_role(principal)
	}
}

comes_from_role(cause) if regex.match(`(^|\.)aws_iam_role\.`, cause)

# Doubts whether neither the statement nor one that denies asks for MFA.
undemanded(entry) := array.concat(doubts, iam.unknown_causes(entry.document)) if {
	not is_denied_without(entry.document)
	demands := [condition | some condition in iam.conditions(entry.statement); demands_mfa(condition)]
	every condition in demands {
		count(tf.causes(condition.values)) > 0
	}
	doubts := array.concat(
		tf.cause(entry.statement.Condition),
		[cause | some condition in demands; some cause in tf.causes(condition.values)],
	)
}

# It holds with MFA only, as far as its values are known.
demands_mfa(condition) if {
	condition.key == "aws:multifactorauthpresent"
	condition.operator == "bool"
	is_strict(condition)
	every found in tf.known(condition.values) {
		tf.is_true(found)
	}
}

# The age is there only with MFA.
demands_mfa(condition) if {
	condition.key == "aws:multifactorauthage"
	startswith(condition.operator, "numericlessthan")
	is_strict(condition)
}

is_strict(condition) if {
	condition.if_exists == false
	condition.set != "forallvalues"
}

# Whoever has no MFA, or does not say so, is denied.
is_denied_without(document) if {
	some statement in iam.denies(document)
	iam.is_anyone(statement)
	iam.includes(statement, "sts:AssumeRole") == []
	[condition] = iam.conditions(statement)
	condition.key == "aws:multifactorauthpresent"
	condition.operator == "bool"
	condition.if_exists == true
	every found in condition.values {
		tf.is_false(found)
	}
}
