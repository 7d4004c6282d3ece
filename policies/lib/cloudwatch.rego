# CloudWatch alarms, and the compute that they and log groups are about.
package lib.cloudwatch

import data.lib.tf

# alarms: the alarms on metrics.
alarms := object.get(input.resources, "aws_cloudwatch_metric_alarm", [])

# metrics(alarm) -> [{"namespace": "AWS/EC2", "metric_name": "CPUUtilization", "dimensions": {...}, "argument":
# "dimensions"}]
#
# Its own metric and those of its queries. Each member may be unknown; `argument` is the path of the dimensions.
metrics(alarm) := [{
	"namespace": tf.get(source.block, "namespace", ""),
	"metric_name": tf.get(source.block, "metric_name", ""),
	"dimensions": tf.get(source.block, "dimensions", {}),
	"argument": source.argument,
} |
	some source in array.concat(
		[{"block": alarm.values, "argument": "dimensions"}],
		[{"block": metric, "argument": "metric_query.metric.dimensions"} |
			some query in tf.blocks(alarm, "metric_query")
			some metric in tf.elements(tf.get(query, "metric", []))
		],
	)
]

# compute: what runs code of one's own, and so logs and measures.
compute := [resource |
	some type in {
		"aws_apprunner_service", "aws_autoscaling_group", "aws_batch_compute_environment", "aws_batch_job_definition",
		"aws_ecs_service", "aws_ecs_task_definition", "aws_eks_cluster", "aws_elastic_beanstalk_environment",
		"aws_instance", "aws_lambda_function", "aws_launch_configuration", "aws_launch_template",
		"aws_spot_instance_request",
	}
	some resource in object.get(input.resources, type, [])
]
