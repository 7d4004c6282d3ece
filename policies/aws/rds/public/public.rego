# METADATA
# title: Database has a public address
# description: |
#   A publicly accessible database has a name that resolves to a public address: a security group that is opened once
#   too far is all that then stands between the internet and the data. Applications reach a database by its private
#   address; people reach it through a bastion, a VPN or Session Manager's port forwarding.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   severity: critical
#   since: 0.1.0
#   examines: [aws_db_instance, aws_rds_cluster_instance]
#   remediation: Set publicly_accessible to false, and put the database in private subnets.
#   example: |
#     resource "aws_db_instance" "main" {
#       engine               = "postgres"
#       instance_class       = "db.t4g.medium"
#       publicly_accessible  = false
#       db_subnet_group_name = aws_db_subnet_group.private.name
#       # ...
#     }
#   reports: [tapstack]
#   controls: {cis_aws: ["2.3.3"], nist_800_53: [AC-3, AC-4, SC-7], pci_dss: ["1.4.4"], soc2: [CC6.1, CC6.6]}
package aws.rds.public

import data.lib.tf

instances := array.concat(
	object.get(input.resources, "aws_db_instance", []),
	object.get(input.resources, "aws_rds_cluster_instance", []),
)

deny contains tf.finding_with(instance, "it is publicly accessible, by an address on the internet", details) if {
	some instance in instances
	tf.is_true(tf.get(instance, "publicly_accessible", false))
	details := {"attribute": "publicly_accessible", "found": true, "expected": false}
}

unknown contains tf.finding_with(instance, "whether it is publicly accessible is known after apply", details) if {
	some instance in instances
	causes := tf.cause(tf.get(instance, "publicly_accessible", false))
	count(causes) > 0
	details := {"attribute": "publicly_accessible", "expected": false, "cause": causes}
}
