# METADATA
# title: Distribution takes plain HTTP or outdated TLS, or has no log or firewall
# description: |
#   What viewers send over plain HTTP, passwords and session cookies included, can be read and changed by everyone on
#   the way; TLS 1.0 and 1.1 have known weaknesses. With CloudFront's own certificate the oldest version is always TLS
#   1.0, so choosing one takes a certificate of your own. Without a log nobody can tell who fetched what, and without a
#   web ACL the internet's attacks reach the origin unfiltered.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_cloudfront_distribution]
#   remediation: Redirect viewers to HTTPS, set minimum_protocol_version to TLSv1.2_2021, log, and set web_acl_id.
#   example: |
#     resource "aws_cloudfront_distribution" "site" {
#       web_acl_id = aws_wafv2_web_acl.site.arn
#       default_cache_behavior {
#         viewer_protocol_policy = "redirect-to-https"
#         # ...
#       }
#       viewer_certificate {
#         acm_certificate_arn      = aws_acm_certificate.site.arn
#         minimum_protocol_version = "TLSv1.2_2021"
#         ssl_support_method       = "sni-only"
#       }
#       logging_config {
#         bucket = aws_s3_bucket.logs.bucket_domain_name
#       }
#       # ...
#     }
#   controls: {nist_800_53: [AU-12, SC-8, SC-8(1), SC-13], pci_dss: ["4.2.1", "6.4.2", "10.2.1"], soc2: [CC6.6, CC6.7]}
package aws.cloudfront.https

import data.lib.tf

# How viewers may come to the paths of each behaviour.
behaviours := [{
	"distribution": distribution,
	"path": tf.get(block, "path_pattern", "*"),
	"key": concat(" ", ["viewers", sprintf("%v", [tf.get(block, "path_pattern", "*")])]),
	"attribute": concat(".", [argument, "viewer_protocol_policy"]),
	"policy": tf.get(block, "viewer_protocol_policy", "allow-all"),
} |
	some distribution in input.resources.aws_cloudfront_distribution
	some argument in ["default_cache_behavior", "ordered_cache_behavior"]
	some block in tf.blocks(distribution, argument)
]

secure := "redirect-to-https or https-only"

deny contains tf.finding_with(behaviour.distribution, message, details) if {
	some behaviour in behaviours
	behaviour.policy == "allow-all"
	message := sprintf("viewers may use plain HTTP for %v, which anyone on the way can read and change", [behaviour.path])
	details := {
		"key": behaviour.key,
		"attribute": behaviour.attribute,
		"found": behaviour.policy,
		"expected": secure,
	}
}

unknown contains tf.finding_with(behaviour.distribution, message, details) if {
	some behaviour in behaviours
	causes := tf.cause(behaviour.policy)
	count(causes) > 0
	message := "whether viewers may use plain HTTP is known after apply"
	details := {"key": behaviour.key, "attribute": behaviour.attribute, "expected": secure, "cause": causes}
}

certificate(distribution, argument, fallback) := tf.get(distribution, ["viewer_certificate", 0, argument], fallback)

# The oldest version of TLS that viewers may use: with CloudFront's own certificate, the distribution has no say.
version(distribution) := data.aws.cloudfront.https.default_version if tf.is_true(is_default(distribution))

else := is_default(distribution) if {
	tf.is_known(is_default(distribution)) == false
	not is_old(own_version(distribution))
}

else := own_version(distribution)

is_default(distribution) := certificate(distribution, "cloudfront_default_certificate", false)

own_version(distribution) := certificate(
	distribution, "minimum_protocol_version",
	data.aws.cloudfront.https.default_version,
)

is_old(found) if {
	is_string(found)
	count([prefix | some prefix in data.aws.cloudfront.https.tls_1_2_prefixes; startswith(found, prefix)]) == 0
}

deny contains tf.finding_with(distribution, message, details) if {
	some distribution in input.resources.aws_cloudfront_distribution
	found := version(distribution)
	is_old(found)
	message := sprintf("viewers may use %s, which is older than TLS 1.2", [found])
	details := {
		"key": "tls",
		"attribute": "viewer_certificate.minimum_protocol_version",
		"found": found,
		"expected": "TLSv1.2_2021",
	}
}

unknown contains tf.finding_with(distribution, "which TLS viewers may use is known after apply", details) if {
	some distribution in input.resources.aws_cloudfront_distribution
	causes := tf.cause(version(distribution))
	count(causes) > 0
	details := {
		"key": "tls",
		"attribute": "viewer_certificate.minimum_protocol_version",
		"expected": "TLSv1.2_2021",
		"cause": causes,
	}
}

# unlogged(distribution): doubts whether nothing logs its requests: to a bucket, by CloudWatch's delivery, or as they
# come.
unlogged(distribution) := array.concat(tf.causes(blocks), array.concat(delivered, streamed)) if {
	blocks := tf.blocks(distribution, "logging_config")
	count(tf.known(blocks)) == 0
	delivered := tf.lacks(distribution, "aws_cloudwatch_log_delivery_source", "resource_arn")
	streamed := left_out(distribution, ["default_cache_behavior", 0, "realtime_log_config_arn"])
}

deny contains tf.finding_with(distribution, "no log tells who fetched what from it", details) if {
	some distribution in input.resources.aws_cloudfront_distribution
	unlogged(distribution) == []
	details := {"key": "logs", "attribute": "logging_config", "expected": "a bucket for access logs"}
}

unknown contains tf.finding_with(distribution, "whether its requests are logged is known after apply", details) if {
	some distribution in input.resources.aws_cloudfront_distribution
	causes := unlogged(distribution)
	count(causes) > 0
	details := {
		"key": "logs",
		"attribute": "logging_config",
		"expected": "a bucket for access logs",
		"cause": causes,
	}
}

# left_out(distribution, path): doubts whether an argument is left out. What another resource of AWS's gives is not.
left_out(distribution, path) := [] if tf.get(distribution, path, null) == null

else := causes if {
	argument := concat(".", [step | some step in path; is_string(step)])
	count([target | some target in tf.candidates(distribution, argument); startswith(target.type, "aws_")]) == 0
	causes := tf.cause(tf.get(distribution, path, null))
	count(causes) > 0
}

deny contains tf.finding_with(distribution, "no web ACL filters what the internet sends it", details) if {
	some distribution in input.resources.aws_cloudfront_distribution
	left_out(distribution, ["web_acl_id"]) == []
	details := {"key": "firewall", "attribute": "web_acl_id", "expected": "the ARN of a web ACL"}
}

unknown contains tf.finding_with(distribution, "whether it has a web ACL is known after apply", details) if {
	some distribution in input.resources.aws_cloudfront_distribution
	causes := left_out(distribution, ["web_acl_id"])
	count(causes) > 0
	details := {"key": "firewall", "attribute": "web_acl_id", "expected": "the ARN of a web ACL", "cause": causes}
}
