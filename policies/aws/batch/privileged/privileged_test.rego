package aws.batch.privileged_test

import data.aws.batch.privileged

unknown := {"unknown": true, "from": ["var.a"]}

model(values) := {"resources": {"aws_batch_job_definition": [{"address": "x", "values": values}]}}

container(text) := model({"container_properties": text})

pod(containers) := model({"eks_properties": [{"pod_properties": [containers]}]})

verdict(found) := key if {
	some finding in privileged.deny with input as found
	key := finding.key
} else := cause if {
	some finding in privileged.unknown with input as found
	cause := finding.cause
} else := "pass"

test_container if {
	verdict(container(`{"privileged": true}`)) == "container_properties"
	verdict(container(`{"Privileged": true}`)) == "container_properties"
	verdict(container(`{"privileged": "true"}`)) == "container_properties"
	verdict(container(`{"privileged": false}`)) == "pass"
	verdict(container(`{"image": "privileged", "environment": [{"name": "privileged", "value": "true"}]}`)) == "pass"
	verdict(container(`{}`)) == "pass"
	verdict(container(`true`)) == "pass"
	verdict(container(`[true]`)) == "pass"
	verdict(container(`{"privileged": `)) == "pass"
	verdict(container(null)) == "pass"
	verdict(container({"unknown": true, "unset": true})) == "pass"
}

test_other_documents if {
	nodes := `{"nodeRangeProperties": [{"container": {}}, {"container": {"privileged": true}}]}`
	verdict(model({"node_properties": nodes})) == "node_properties"
	tasks := `{"taskProperties": [{"containers": [{"privileged": true}]}]}`
	verdict(model({"ecs_properties": tasks})) == "ecs_properties"
}

test_pods if {
	every containers in ["containers", "init_containers"] {
		verdict(pod({containers: [{}, {"security_context": [{"privileged": true}]}]})) == "eks_properties"
		verdict(pod({containers: [{"security_context": [{"privileged": "true"}]}]})) == "eks_properties"
		verdict(pod({containers: [{"security_context": [{"privileged": false}]}]})) == "pass"
		verdict(pod({containers: [{"security_context": []}]})) == "pass"
		verdict(pod({containers: [{"image": unknown}]})) == "pass"
		verdict(pod({containers: [{"security_context": [{"privileged": unknown}]}]})) == "var.a"
		verdict(pod({containers: unknown})) == "var.a"
	}
	verdict(model({"eks_properties": unknown})) == "var.a"
}

test_unknown if {
	every argument in ["container_properties", "node_properties", "ecs_properties"] {
		verdict(model({argument: unknown})) == "var.a"
		verdict(model({argument: {"sensitive": true}})) == "a sensitive value"
	}
}

test_fargate_has_no_privileges if {
	verdict(model({"container_properties": unknown, "platform_capabilities": ["FARGATE"]})) == "pass"
	verdict(model({"container_properties": unknown, "platform_capabilities": ["EC2"]})) == "var.a"
	verdict(model({"container_properties": unknown, "platform_capabilities": ["EC2", "FARGATE"]})) == "var.a"
}

test_one_finding_for_each_document if {
	privileged.deny == {{
		"address": "x",
		"key": "node_properties",
		"message": "it runs a privileged container, which has root's powers over its host",
		"attribute": "node_properties",
		"found": "privileged: true",
		"expected": "privileged: false",
	}} with input as model({
		"node_properties": `[{"container": {"privileged": true}}, {"container": {"privileged": true}}]`,
		"container_properties": `{"privileged": false}`,
	})
}
