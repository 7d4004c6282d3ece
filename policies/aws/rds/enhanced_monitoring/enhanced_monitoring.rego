# METADATA
# title: Database has no enhanced monitoring
# description: |
#   CloudWatch sees a database from outside, once a minute. Enhanced monitoring looks from the operating system within,
#   every second if need be, and tells which process takes the memory, how long the disk queues are and what the
#   database waits for: what you want to know when it is slow. An instance of a cluster may leave it to its cluster.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_db_instance, aws_rds_cluster_instance]
#   remediation: Set monitoring_interval to 60 seconds or less, and monitoring_role_arn.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine              = "postgres"
#       instance_class      = "db.t4g.medium"
#       monitoring_interval = 60
#       monitoring_role_arn = aws_iam_role.monitoring.arn
#       # ...
#     }
#   reports: [online-education 0, online-education 26]
#   controls: {nist_800_53: [SI-4], soc2: [CC7.2]}
package aws.rds.enhanced_monitoring

import data.lib.tf

# Instances, with the seconds between two measurements.
instances := array.concat(
	[{"instance": instance, "interval": tf.get(instance, "monitoring_interval", 0)} |
		some instance in input.resources.aws_db_instance
	],
	[{"instance": instance, "interval": either(tf.get(instance, "monitoring_interval", 0), of_cluster(instance))} |
		some instance in input.resources.aws_rds_cluster_instance
	],
)

of_cluster(instance) := tf.get(cluster, "monitoring_interval", 0) if {
	some cluster in [tf.targets(instance, "cluster_identifier", "aws_rds_cluster")[0]]
}

else := 0

either(0, cluster) := cluster

either(own, _) := own if own != 0

deny contains tf.finding_with(entry.instance, message, details) if {
	some entry in instances
	entry.interval == 0
	message := "its monitoring_interval is 0, so nothing is measured within it"
	details := {"attribute": "monitoring_interval", "found": 0, "expected": expected}
}

unknown contains tf.finding_with(entry.instance, "whether it is monitored is known after apply", details) if {
	some entry in instances
	causes := tf.cause(entry.interval)
	count(causes) > 0
	details := {"attribute": "monitoring_interval", "expected": expected, "cause": causes}
}

expected := "1 to 60"
