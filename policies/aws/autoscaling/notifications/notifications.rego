# METADATA
# title: Auto-scaling group tells nobody what it does
# description: |
#   A group that replaces its instances again and again, or that cannot start any, looks healthy from outside until the
#   last one is gone. Notifications to an SNS topic say when it launches or terminates an instance, and, what matters
#   most, when it fails to.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html
# custom:
#   severity: info
#   since: 0.1.0
#   examines: [aws_autoscaling_group]
#   remediation: Add an aws_autoscaling_notification that names the group.
#   example: |
#     resource "aws_autoscaling_notification" "app" {
#       group_names = [aws_autoscaling_group.app.name]
#       topic_arn   = aws_sns_topic.alerts.arn
#       notifications = [
#         "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
#         "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
#       ]
#     }
#   reports: [online-education 22]
#   controls: {nist_800_53: [SI-4], soc2: [CC7.2]}
package aws.autoscaling.notifications

import data.lib.tf

# Groups that no notification certainly names, with the doubts about it.
silent := [{"group": group, "doubts": doubts} |
	some group in input.resources.aws_autoscaling_group
	doubts := tf.lacks(group, "aws_autoscaling_notification", "group_names")
]

deny contains tf.finding_with(entry.group, "no notification tells what it launches and terminates", details) if {
	some entry in silent
	entry.doubts == []
	details := {"expected": "an aws_autoscaling_notification"}
}

unknown contains tf.finding_with(entry.group, "whether a notification names it is known after apply", details) if {
	some entry in silent
	count(entry.doubts) > 0
	details := {"expected": "an aws_autoscaling_notification", "cause": entry.doubts}
}
