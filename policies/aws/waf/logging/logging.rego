# METADATA
# title: Web ACL does not log requests
# description: |
#   The firewall lets a request through or blocks it, and without a log nobody can tell which, or why: not during an
#   attack, not when customers are locked out by a rule. The samples in the console are gone after three hours. Send
#   the log to a CloudWatch log group, a bucket or a Firehose stream whose name begins with aws-waf-logs-.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/waf/latest/developerguide/logging.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_wafv2_web_acl, aws_waf_web_acl, aws_wafregional_web_acl]
#   remediation: Add an aws_wafv2_web_acl_logging_configuration for the web ACL.
#   example: |
#     resource "aws_wafv2_web_acl_logging_configuration" "main" {
#       resource_arn            = aws_wafv2_web_acl.main.arn
#       log_destination_configs = [aws_cloudwatch_log_group.waf.arn] # named aws-waf-logs-...
#     }
#   reports: [online-education 0, online-education 17]
#   controls: {nist_800_53: [AU-2, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.waf.logging

import data.lib.tf

classic := array.concat(
	object.get(input.resources, "aws_waf_web_acl", []),
	object.get(input.resources, "aws_wafregional_web_acl", []),
)

# Web ACLs that do not log, with the doubts about it: today's by a resource of its own, classic ones by a block.
gaps := array.concat(
	[{"acl": acl, "doubts": doubts} |
		some acl in input.resources.aws_wafv2_web_acl
		doubts := tf.lacks(acl, "aws_wafv2_web_acl_logging_configuration", "resource_arn")
	],
	[{"acl": acl, "doubts": tf.causes(blocks)} |
		some acl in classic
		blocks := tf.blocks(acl, "logging_configuration")
		count(tf.known(blocks)) == 0
	],
)

deny contains tf.finding_with(gap.acl, "nothing logs the requests that it judges", details) if {
	some gap in gaps
	gap.doubts == []
	details := {"expected": "a logging configuration"}
}

unknown contains tf.finding_with(gap.acl, message, {"expected": "a logging configuration", "cause": gap.doubts}) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := "whether anything logs the requests that it judges is known after apply"
}
