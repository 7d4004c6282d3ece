# Launch templates, as the instances that start from them leave things to them.
package lib.launch_template

import data.lib.tf

# get(instance, ["metadata_options", 0, "http_tokens"], "optional")
#
# What the instance's launch template says; `fallback` where it has none, or one that leaves the argument out; unknown
# where the template is not in the plan.
get(instance, path, fallback) := tf.get(of(instance)[0], path, fallback) if count(of(instance)) > 0

else := {"unknown": true, "from": elsewhere(instance)} if count(elsewhere(instance)) > 0

else := fallback

# of(instance) -> [template]: the launch template of the plan that it certainly starts from
of(instance) := array.concat(
	tf.targets(instance, "launch_template.id", "aws_launch_template"),
	tf.targets(instance, "launch_template.name", "aws_launch_template"),
)

# elsewhere(instance) -> ["launch template lt-0a1b outside the plan"]: the names of its templates, and why they are
# not known
elsewhere(instance) := [text |
	some block in tf.blocks(instance, "launch_template")
	some argument in ["id", "name"]
	some text in named(tf.get(block, argument, null))
]

named(found) := [] if found == null

else := tf.cause(found) if tf.is_known(found) == false

else := [sprintf("launch template %s outside the plan", [found])]
