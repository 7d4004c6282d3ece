# METADATA
# title: Lambda function's role may do nothing, or everything
# description: |
#   A role without a policy cannot even write the function's log, so a function that fails does so in silence. One
#   with AdministratorAccess, or with a policy that allows * on *, hands the whole account to whoever finds a flaw in
#   the function's code or its dependencies. Grant the actions that the code calls, on the resources that it uses. A
#   role that is not in the plan cannot be judged, and its functions are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Attach a policy to the role that allows what the function calls and writing its log, and no more.
#   example: |
#     resource "aws_iam_role_policy" "api" {
#       role = aws_iam_role.api.id
#       policy = jsonencode({
#         Version = "2012-10-17"
#         Statement = [
#           {
#             Effect   = "Allow"
#             Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
#             Resource = "${aws_cloudwatch_log_group.api.arn}:*"
#           },
#           {
#             Effect   = "Allow"
#             Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
#             Resource = aws_dynamodb_table.orders.arn
#           },
#         ]
#       })
#     }
#   reports: [tapstack]
#   controls: {nist_800_53: [AC-2, AC-3, AC-6], pci_dss: ["7.2.1", "7.2.2"], soc2: [CC6.3]}
package aws.lambda.execution_role

import data.lib.iam
import data.lib.tf

# Functions whose role, or what may be it, is in the plan.
functions := [function |
	some function in object.get(input.resources, "aws_lambda_function", [])
	count(roles(function)) > 0
]

examined := {function.address | some function in functions}

# {role, doubts}
roles(function) := [{"role": input.resources.aws_iam_role[reference.position], "doubts": uncertainty(reference)} |
	some reference in object.get(function, ["references", "role"], [])
	reference.type == "aws_iam_role"
	reference.mode == "managed"
]

uncertainty(reference) := [] if reference.certain == true

else := [object.get(reference, "cause", reference.address)]

# What gives a role policies, and the argument that names it.
carriers := {
	"aws_iam_policy_attachment": "roles",
	"aws_iam_role_policy": "role",
	"aws_iam_role_policy_attachment": "role",
	"aws_iam_role_policy_attachments_exclusive": "role_name",
}

carriers_of(role) := [carrier |
	some type, argument in carriers
	some carrier in tf.attached(role, type, argument)
]

# The names of roles that have policies, and of those that AdministratorAccess is attached to.
named := {name |
	some type, argument in carriers
	some carrier in object.get(input.resources, type, [])
	some name in names(carrier, argument)
}

named_administrators := {name |
	some type, argument in carriers
	some carrier in object.get(input.resources, type, [])
	some arn in arns(carrier)
	is_administrator(arn)
	some name in names(carrier, argument)
}

names(carrier, argument) := {name | some name in tf.known(tf.get(carrier, argument, [])); is_string(name)}

# Doubts whether a role has no policy; undefined where it has one.
idle(role) := sort({cause |
	some type, argument in carriers
	some cause in tf.may_be_attached(role, type, argument)
}) if {
	carriers_of(role) == []
	not named[tf.get(role, "name", "")]
	tf.get(role, "managed_policy_arns", []) == []
	inline_documents(role) == []
}

# Doubts whether a role is an administrator's; undefined where it is not.
almighty(role) := [] if named_administrators[role.values.name]

else := [] if {
	some arn in attached_arns(role)
	is_administrator(arn)
}

else := [] if {
	some grant in grants(role)
	grant == []
}

else := causes if {
	causes := array.concat(
		[cause | some grant in grants(role); some cause in grant],
		[cause | some arn in attached_arns(role); some cause in tf.cause(arn)],
	)
	count(causes) > 0
}

is_administrator(arn) if {
	is_string(arn)
	some suffix in data.aws.lambda.execution_role.administrators
	endswith(arn, suffix)
}

# The arguments that attach managed policies by their ARN.
arn_arguments := ["policy_arn", "policy_arns", "managed_policy_arns"]

arns(resource) := [arn | some argument in arn_arguments; some arn in tf.elements(tf.get(resource, argument, []))]

# Those that are known, and those whose policy is not in the plan.
attached_arns(role) := [arn |
	some resource in array.concat([role], carriers_of(role))
	some argument in arn_arguments
	policies(resource, argument) == []
	some arn in tf.elements(tf.get(resource, argument, []))
]

# The doubts of each statement, or document, of the role's that allows everything or may do so.
grants(role) := [grant |
	some entry in documents(role)
	some grant in document_grants(entry.document, entry.doubts)
]

documents(role) := array.concat(
	[{"document": document, "doubts": []} | some document in inline_documents(role)],
	[{"document": tf.get(entry.policy, "policy", null), "doubts": entry.doubts} |
		some resource in array.concat([role], carriers_of(role))
		some argument in arn_arguments
		some entry in policies(resource, argument)
	],
)

policies(resource, argument) := [{"policy": policy, "doubts": uncertainty(reference)} |
	some reference in object.get(resource, ["references", argument], [])
	reference.type == "aws_iam_policy"
	reference.mode == "managed"
	policy := input.resources.aws_iam_policy[reference.position]
]

# Those of inline_policy blocks, and of aws_iam_role_policy.
inline_documents(role) := [document |
	some document in array.concat(
		[tf.get(block, "policy", null) | some block in tf.blocks(role, "inline_policy")],
		[tf.get(policy, "policy", null) | some policy in tf.attached(role, "aws_iam_role_policy", "role")],
	)
	document != null
]

document_grants(document, doubts) := [array.concat(doubts, grant) |
	some grant in array.concat(
		[grant |
			some statement in iam.allows(document)
			"*" in iam.resources(statement)
			grant := everything(statement)
		],
		[causes | causes := iam.unknown_causes(document); count(causes) > 0],
	)
]

# Doubts whether a statement is about all actions.
everything(statement) := [] if count({"*", "*:*"} & iam.actions(statement)) > 0

else := causes if {
	causes := tf.causes(statement.Action)
	count(causes) > 0
}

# {doubts, message}: what is, or may be, wrong with the roles of a function.
faults(function) := [{"doubts": array.concat(entry.doubts, fault.doubts), "message": message} |
	some entry in roles(function)
	some fault in array.concat(
		[{"doubts": doubts, "is": "has no policy, so it cannot even write its log"} | doubts := idle(entry.role)],
		[{"doubts": doubts, "is": "is an administrator's, so a flaw in it lays the account open"} |
			doubts := almighty(entry.role)
		],
	)
	message := sprintf("its role %s %s", [entry.role.address, fault.is])
]

judged := [{"function": function, "faults": faults(function)} | some function in functions]

deny contains tf.finding_with(entry.function, fault.message, details) if {
	some entry in judged
	some fault in entry.faults
	fault.doubts == []
	details := {"attribute": "role", "expected": expected}
}

unknown contains tf.finding_with(entry.function, message, details) if {
	some entry in judged
	causes := [cause | some fault in entry.faults; some cause in fault.doubts]
	count(causes) > 0
	message := "whether its role has a policy, and is not an administrator's, is known after apply"
	details := {"attribute": "role", "expected": expected, "cause": causes}
}

expected := "a role with a policy of its own, short of an administrator's"
