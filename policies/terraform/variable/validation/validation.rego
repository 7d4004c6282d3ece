# METADATA
# title: Variable takes any value
# description: |
#   A typo in a variable, such as a region that does not exist or a CIDR without a mask, is found by AWS in the middle
#   of apply, when half of the stack is there already, or by nobody. A validation finds it before anything is planned.
#   A bool needs none. Where neither the plan nor the configuration beside it tells, as with Terraform before 1.6, it is
#   unknown.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/values/variables
# custom:
#   severity: info
#   since: 0.1.0
#   examines: [var]
#   remediation: Add a validation block to the variable that says which values it takes.
#   example: |
#     variable "environment" {
#       type = string
#       validation {
#         condition     = contains(["dev", "prod"], var.environment)
#         error_message = "It must be dev or prod."
#       }
#     }
#   reports: [online-education 32, batch-financial 28]
#   controls: {nist_800_53: [SI-10]}
package terraform.variable.validation

import data.lib.tf

# Of each variable that is not validated, as far as the plan tells, the doubts about that.
doubts[address] := causes if {
	some variable in input.variables
	address := variable.address
	causes := array.concat(unvalidated(variable), not_bool(variable))
}

deny contains tf.finding_with({"address": address}, "it takes any value: it has no validation", details) if {
	some address, causes in doubts
	count(causes) == 0
	details := {"attribute": "validation", "expected": "a validation block"}
}

unknown contains tf.finding_with({"address": address}, "the plan does not tell whether it is validated", details) if {
	some address, causes in doubts
	count(causes) > 0
	details := {"attribute": "validation", "cause": causes}
}

unvalidated(variable) := [] if variable.validated == false

else := ["a plan that does not list validations"] if variable.validated == null

# not_bool(variable): doubts whether its type is another than bool. Without the configuration its values tell.
not_bool(variable) := [] if {
	variable.type != "bool"
} else := ["its type"] if {
	not variable.type
	every found in [variable.value, variable.default] {
		tells_nothing(found)
	}
} else := [] if {
	not variable.type
	every found in [variable.value, variable.default] {
		not is_bool(found)
	}
}

tells_nothing(found) if found == null

tells_nothing(found) if tf.is_sensitive(found)

is_bool(found) if tf.is_true(found)

is_bool(found) if tf.is_false(found)
