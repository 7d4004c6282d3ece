# METADATA
# title: Listener accepts plain HTTP or outdated TLS
# description: |
#   What goes over plain HTTP, passwords and session cookies included, can be read and changed by everyone on the way;
#   TLS 1.0 and 1.1 have known weaknesses, and no current browser needs them. Let port 80 do nothing but redirect to
#   HTTPS, and name a policy that starts at TLS 1.2: without one, AWS takes ELBSecurityPolicy-2016-08, which starts at
#   TLS 1.0.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_lb_listener, aws_alb_listener]
#   remediation: Redirect HTTP to HTTPS, and set ssl_policy to one that starts at TLS 1.2.
#   example: |
#     resource "aws_lb_listener" "https" {
#       port       = 443
#       protocol   = "HTTPS"
#       ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
#     }
#
#     resource "aws_lb_listener" "http" {
#       port     = 80
#       protocol = "HTTP"
#       default_action {
#         type = "redirect"
#         redirect {
#           protocol    = "HTTPS"
#           port        = "443"
#           status_code = "HTTP_301"
#         }
#       }
#     }
#   reports: [batch-financial 20]
#   controls: {nist_800_53: [AC-17(2), SC-8, SC-8(1), SC-13], pci_dss: ["4.2.1"], soc2: [CC6.7]}
package aws.lb.https

import data.lib.lb
import data.lib.tf

examined contains listener.address if {
	some listener in lb.listeners
	is_web(protocol(listener))
}

is_web(found) if found in {"HTTP", "HTTPS", "TLS"}

is_web(found) if tf.is_known(found) == false

# A listener of a Gateway Load Balancer has neither protocol nor port.
protocol(listener) := tf.get(listener, "protocol", "HTTP") if tf.get(listener, "port", null) != null

else := tf.get(listener, "protocol", "none")

# Listeners that take plain HTTP, with the doubts whether they serve it.
plain := [{"listener": listener, "doubts": doubts} |
	some listener in lb.listeners
	protocol(listener) == "HTTP"
	actions := tf.blocks(listener, "default_action")
	doubts := serves(actions)
]

# serves(actions): doubts whether they do anything but redirect to HTTPS.
serves(actions) := causes if {
	redirects := [doubts | some action in actions; doubts := to_https(action)]
	count([doubts | some doubts in redirects; doubts == []]) == 0
	causes := [text | some doubts in redirects; some text in doubts]
}

# to_https(action): doubts whether it is a redirect to HTTPS.
to_https(action) := causes if {
	type := tf.get(action, "type", "forward")
	is_or_may_be(type, "redirect")
	scheme := tf.get(action, ["redirect", 0, "protocol"], "#{protocol}")
	is_or_may_be(scheme, "HTTPS")
	causes := array.concat(tf.cause(type), tf.cause(scheme))
}

is_or_may_be(found, wanted) if found == wanted

is_or_may_be(found, _) if tf.is_known(found) == false

deny contains tf.finding_with(found.listener, message, details) if {
	some found in plain
	found.doubts == []
	message := "it serves plain HTTP, which anyone on the way can read and change"
	details := {"attribute": "protocol", "found": "HTTP", "expected": "HTTPS, or a redirect to HTTPS"}
}

unknown contains tf.finding_with(found.listener, message, details) if {
	some found in plain
	count(found.doubts) > 0
	message := "whether it redirects HTTP to HTTPS is known after apply"
	details := {"attribute": "default_action", "expected": "a redirect to HTTPS", "cause": found.doubts}
}

# Listeners with TLS, with their policy.
secure := [{"listener": listener, "policy": policy} |
	some listener in lb.listeners
	protocol(listener) in {"HTTPS", "TLS"}
	policy := tf.get(listener, "ssl_policy", data.aws.lb.https.default_policy)
]

starts_at_1_2(policy) if {
	some prefix in data.aws.lb.https.tls_1_2_prefixes
	startswith(policy, prefix)
}

deny contains tf.finding_with(found.listener, message, details) if {
	some found in secure
	is_string(found.policy)
	not starts_at_1_2(found.policy)
	message := sprintf("%s %s, which allows TLS older than 1.2", [which(found.listener), found.policy])
	details := {
		"attribute": "ssl_policy",
		"found": found.policy,
		"expected": "a policy that starts at TLS 1.2",
	}
}

which(listener) := "it takes AWS's default policy" if tf.get(listener, "ssl_policy", null) == null

else := "its policy is"

unknown contains tf.finding_with(found.listener, "its TLS policy is known after apply", details) if {
	some found in secure
	causes := tf.cause(found.policy)
	count(causes) > 0
	details := {"attribute": "ssl_policy", "expected": "a policy that starts at TLS 1.2", "cause": causes}
}

unknown contains tf.finding_with(listener, "its protocol is known after apply", details) if {
	some listener in lb.listeners
	causes := tf.cause(protocol(listener))
	count(causes) > 0
	details := {"attribute": "protocol", "cause": causes}
}
