# METADATA
# title: Provider has no version constraint
# description: |
#   Without a constraint `terraform init` takes the newest release of the provider, a new major one with removed
#   arguments included: the same configuration plans differently on another machine, or no longer at all. A constraint
#   in the root module holds for all of its modules. A lock file pins one working copy until someone upgrades it.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/providers/requirements
#   - ref: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [provider]
#   remediation: Give the provider a version in required_providers.
#   example: |
#     terraform {
#       required_providers {
#         aws = {
#           source  = "hashicorp/aws"
#           version = "~> 5.0"
#         }
#       }
#     }
#   reports: [online-education 33]
#   controls: {nist_800_53: [CM-2]}
package terraform.provider.version_constraint

import data.lib.tf

examined contains provider.address if {
	some provider in input.providers
	not built_in(provider)
}

built_in(provider) if startswith(full_name(provider), "terraform.io/builtin/")

# Old versions leave out the full name, and only Terraform's own data sources are of a provider called so.
built_in(provider) if full_name(provider) == "terraform"

full_name(provider) := provider.full_name if is_string(provider.full_name)

else := provider.name

# The providers that are constrained, by full name and module; "" is the root.
constraining contains {"name": full_name(provider), "module": within(provider)} if {
	some provider in input.providers
	not provider.version_constraint in {null, ""}
}

within(provider) := provider.module if is_string(provider.module)

else := ""

# A configuration is held by its own module's constraint, and by those of the modules around it.
constrained(provider) if {
	some constraint in constraining
	constraint.name == full_name(provider)
	around(constraint.module, within(provider))
}

around("", _) := true

around(module, inner) if startswith(concat("", [inner, "."]), concat("", [module, "."]))

# Early versions write only the constraints that stand in `provider` blocks into the plan.
silent if not is_string(input.terraform.version)

silent if {
	is_string(input.terraform.version)
	some pattern in data.terraform.provider.version_constraint.silent_versions
	regex.match(pattern, input.terraform.version)
}

unconstrained contains provider if {
	some provider in input.providers
	provider.address in examined
	not constrained(provider)
}

details := {"attribute": "version", "expected": "a constraint such as ~> 5.0"}

deny contains tf.finding_with(provider, "it has no version constraint, so any release of it is taken", details) if {
	some provider in unconstrained
	not silent
}

unknown contains tf.finding_with(provider, message, object.union(details, {"cause": cause})) if {
	some provider in unconstrained
	silent
	message := "whether its version is constrained is not in the plan"
	cause := "a version of Terraform that leaves required_providers out of the plan"
}
