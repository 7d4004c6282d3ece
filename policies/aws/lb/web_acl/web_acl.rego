# METADATA
# title: Public load balancer has no web application firewall
# description: |
#   Whatever the internet sends reaches the application unfiltered: injection attempts, known exploits, floods from
#   one address. A web ACL associated with the load balancer filters these before they cost anything; AWS's managed
#   rule groups are a start that needs no rules of your own. Where Firewall Manager associates one for you, waive
#   this. Network, gateway, classic and internal load balancers are left out.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_lb, aws_alb]
#   remediation: Associate a web ACL with the load balancer through an aws_wafv2_web_acl_association.
#   example: |
#     resource "aws_wafv2_web_acl_association" "web" {
#       resource_arn = aws_lb.web.arn
#       web_acl_arn  = aws_wafv2_web_acl.web.arn
#     }
#   controls: {nist_800_53: [AC-4(21)], pci_dss: ["6.4.2"], soc2: [CC6.6]}
package aws.lb.web_acl

import data.lib.lb
import data.lib.tf

examined contains front.balancer.address if some front in fronts

# Load balancers that stand, or may stand, on the internet and take HTTP.
fronts := [{"balancer": balancer, "doubts": doubts} |
	some balancer in lb.balancers
	kind := lb.kind(balancer)
	is_or_may_be(kind, "application")
	internal := tf.get(balancer, "internal", false)
	not tf.is_true(internal)
	doubts := array.concat(tf.cause(kind), tf.cause(internal))
]

is_or_may_be(found, wanted) if found == wanted

is_or_may_be(found, _) if tf.is_known(found) == false

# Those that nothing is associated with, with the doubts about it.
bare := [{"balancer": front.balancer, "doubts": doubts} |
	some front in fronts
	doubts := array.concat(front.doubts, array.concat(
		tf.lacks(front.balancer, "aws_wafv2_web_acl_association", "resource_arn"),
		tf.lacks(front.balancer, "aws_wafregional_web_acl_association", "resource_arn"),
	))
]

expected := "an aws_wafv2_web_acl_association"

deny contains tf.finding_with(found.balancer, "no web ACL filters what the internet sends it", details) if {
	some found in bare
	found.doubts == []
	details := {"expected": expected}
}

unknown contains tf.finding_with(found.balancer, message, details) if {
	some found in bare
	count(found.doubts) > 0
	message := "whether it needs and lacks a web ACL is known after apply"
	details := {"expected": expected, "cause": found.doubts}
}
