# METADATA
# title: Auto-scaling group has no lifecycle hook
# description: |
#   When a group scales in, it ends instances at once: requests that are under way break off, and logs that were not
#   shipped yet are lost. A hook holds an instance back until it has drained, or until a new one has warmed up. Hooks
#   may be resources of their own, or initial_lifecycle_hook blocks, which the first instances meet too.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
# custom:
#   severity: info
#   since: 0.1.0
#   examines: [aws_autoscaling_group]
#   remediation: Add an aws_autoscaling_lifecycle_hook for the group.
#   example: |
#     resource "aws_autoscaling_lifecycle_hook" "drain" {
#       name                   = "drain"
#       autoscaling_group_name = aws_autoscaling_group.app.name
#       lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
#       heartbeat_timeout      = 300
#       default_result         = "CONTINUE"
#     }
#   reports: [online-education 23]
#   controls: {soc2: [A1.2]}
package aws.autoscaling.lifecycle_hooks

import data.lib.tf

# Groups that certainly have no hook, or may have none, with the doubts about it.
bare := [{"group": group, "doubts": doubts} |
	some group in input.resources.aws_autoscaling_group
	blocks := tf.blocks(group, "initial_lifecycle_hook")
	tf.known(blocks) == []
	doubts := array.concat(
		tf.causes(blocks),
		tf.lacks(group, "aws_autoscaling_lifecycle_hook", "autoscaling_group_name"),
	)
]

deny contains tf.finding_with(entry.group, "no lifecycle hook holds its instances back while they drain", details) if {
	some entry in bare
	entry.doubts == []
	details := {"expected": "an aws_autoscaling_lifecycle_hook"}
}

unknown contains tf.finding_with(entry.group, "whether it has a lifecycle hook is known after apply", details) if {
	some entry in bare
	count(entry.doubts) > 0
	details := {"expected": "an aws_autoscaling_lifecycle_hook", "cause": entry.doubts}
}
