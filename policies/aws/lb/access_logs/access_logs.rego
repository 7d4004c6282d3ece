# METADATA
# title: Load balancer does not log requests
# description: |
#   The load balancer sees every request: who sent it, what was asked for, and what it was answered. Without its
#   access logs an attack or an outage leaves no trace to follow, and no audit can be answered. They go to a bucket,
#   cost only its storage, and are off until you switch them on. Gateway Load Balancers have none, and Network Load
#   Balancers log what their TLS listeners take, and nothing else.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-5
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_lb, aws_alb, aws_elb]
#   remediation: Switch on access_logs, to a bucket whose policy lets Elastic Load Balancing write.
#   example: |
#     resource "aws_lb" "web" {
#       access_logs {
#         bucket  = aws_s3_bucket.load_balancer_logs.id
#         enabled = true
#       }
#     }
#   reports: [online-education 11]
#   controls: {nist_800_53: [AU-2, AU-3, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.lb.access_logs

import data.lib.lb
import data.lib.tf

examined contains balancer.address if some balancer in lb.loggers

deny contains tf.finding_with(balancer, message, details) if {
	some balancer in lb.loggers
	not lb.access_logs(balancer)
	message := "its access logs are off, so nobody can tell who asked it for what"
	details := {"attribute": "access_logs.enabled", "found": false, "expected": true}
}

unknown contains tf.finding_with(balancer, "whether its access logs are on is known after apply", details) if {
	some balancer in lb.loggers
	doubts := lb.access_logs(balancer)
	count(doubts) > 0
	details := {"attribute": "access_logs.enabled", "expected": true, "cause": doubts}
}
