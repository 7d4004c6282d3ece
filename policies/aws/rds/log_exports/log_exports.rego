# METADATA
# title: Database exports none of its logs
# description: |
#   What a database logs stays on its own disk, for a few days at most, and goes when the instance goes. Exported to
#   CloudWatch Logs it is kept as long as you say, can be searched beside the application's logs, and can raise alarms.
#   The parameter group must have the logs written in the first place.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_db_instance]
#   remediation: Name the engine's logs in enabled_cloudwatch_logs_exports.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine                          = "mysql"
#       instance_class                  = "db.t4g.medium"
#       enabled_cloudwatch_logs_exports = ["error", "slowquery"]
#       # ...
#     }
#   reports: [online-education 15]
#   controls: {nist_800_53: [AU-2, AU-6, AU-12], pci_dss: ["10.3.3"], soc2: [CC7.2]}
package aws.rds.log_exports

import data.lib.tf

deny contains tf.finding_with(instance, "it exports none of its logs, which go when it goes", details) if {
	some instance in input.resources.aws_db_instance
	tf.get(instance, "enabled_cloudwatch_logs_exports", []) == []
	details := {"attribute": "enabled_cloudwatch_logs_exports", "found": [], "expected": expected}
}

unknown contains tf.finding_with(instance, "which of its logs it exports is known after apply", details) if {
	some instance in input.resources.aws_db_instance
	causes := tf.cause(tf.get(instance, "enabled_cloudwatch_logs_exports", []))
	count(causes) > 0
	details := {"attribute": "enabled_cloudwatch_logs_exports", "expected": expected, "cause": causes}
}

expected := "at least one log"
