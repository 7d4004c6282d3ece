# METADATA
# title: Load balancer can be deleted by mistake
# description: |
#   Deleting a load balancer takes the service off the internet at once, and a new one has another DNS name and other
#   addresses. With deletion protection, which is off until you switch it on, AWS refuses the deletion until somebody
#   switches it off on purpose. Classic load balancers do not have it.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_lb, aws_alb]
#   remediation: Set enable_deletion_protection to true.
#   example: |
#     resource "aws_lb" "web" {
#       enable_deletion_protection = true
#     }
#   reports: [online-education 14, tapstack]
#   controls: {nist_800_53: [CM-3, SC-5(2)]}
package aws.lb.deletion_protection

import data.lib.lb
import data.lib.tf

argument := "enable_deletion_protection"

deny contains tf.finding_with(balancer, "deletion protection is off, so one mistake can take it away", details) if {
	some balancer in lb.balancers
	tf.is_false(tf.get(balancer, argument, false))
	details := {"attribute": argument, "found": false, "expected": true}
}

unknown contains tf.finding_with(balancer, "whether deletion protection is on is known after apply", details) if {
	some balancer in lb.balancers
	causes := tf.cause(tf.get(balancer, argument, false))
	count(causes) > 0
	details := {"attribute": argument, "expected": true, "cause": causes}
}
