# METADATA
# title: README is missing, or does not name a health check
# description: |
#   Who is called at night looks for two things: what this is, and how to see whether it is well. The README beside the
#   configuration says the first; the path that the load balancer asks, named in it, is the second. It is judged where
#   the folder of the configuration was given or found beside the plan. A path that is just `/` names nothing.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/modules/develop/structure
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
# custom:
#   severity: info
#   since: 0.1.0
#   examines: [plan]
#   remediation: Write a README.md in the root folder that says what this is, and names the path of each health check.
#   example: |
#     # Orders
#
#     The order service. `GET /health` on the load balancer answers 200 when an instance is fit to serve.
#   reports: [online-education 19, online-education 31, batch-financial 26]
package terraform.source.readme

import data.lib.lb
import data.lib.tf

examined contains tf.plan.address if input.source

text := trim_space(input.source.readme) if is_string(input.source.readme)

else := "" if input.source

deny contains tf.finding_with(tf.plan, "the folder of the configuration has no README, or an empty one", details) if {
	text == ""
	details := {"key": "readme", "expected": "README.md"}
}

# Of each target group that is asked for a path, this path.
paths contains {"group": group.address, "path": path} if {
	some group in array.concat(lb.of_type("aws_lb_target_group"), lb.of_type("aws_alb_target_group"))
	some check in tf.blocks(group, "health_check")
	not tf.is_false(tf.get(check, "enabled", true))
	path := tf.get(check, "path", "/")
	path != "/"
}

deny contains tf.finding_with(tf.plan, message, {"key": path, "expected": path}) if {
	text != ""
	some path in missing
	groups := {entry.group | some entry in paths; entry.path == path}
	message := sprintf("the README does not name %s, the health check path of %s", [path, concat(", ", groups)])
}

# The paths that the README does not name.
missing contains path if {
	some entry in paths
	path := entry.path
	is_string(path)
	not is_named(path)
}

is_named(path) if {
	some after in array.slice(split(text, path), 1, count(text) + 1)
	not goes_on(after)
}

# goes_on("/live and ready"): the path is only the start of another, as /health is of /healthz and /health/live.
goes_on(after) if regex.match(`^[./]?[A-Za-z0-9_~%-]`, after)

unknown contains tf.finding_with(tf.plan, message, {"key": group, "cause": causes}) if {
	text != ""
	some {"group": group, "path": path} in paths
	causes := tf.cause(path)
	count(causes) > 0
	message := sprintf("whether the README names the health check path of %s is known after apply", [group])
}
