# Load balancers and their listeners, under all of Terraform's names for them.
package lib.lb

import data.lib.tf

# Application, Network and Gateway Load Balancers, and the classic ones before them.
balancers := array.concat(of_type("aws_lb"), of_type("aws_alb"))

classic := of_type("aws_elb")

listeners := array.concat(of_type("aws_lb_listener"), of_type("aws_alb_listener"))

of_type(type) := object.get(input.resources, type, [])

# kind(balancer) -> "application", "network", "gateway" or "classic"; may be unknown
kind(balancer) := "classic" if balancer.type == "aws_elb"

else := tf.get(balancer, "load_balancer_type", "application")

# loggers: the load balancers that can log their requests, which a Gateway Load Balancer cannot, nor a Network Load
# Balancer without a TLS listener.
loggers := [balancer |
	some balancer in array.concat(balancers, classic)
	kind(balancer) != "gateway"
	not has_nothing_to_log(balancer)
]

# A Network Load Balancer whose listeners are in the plan, none of them for TLS: others it may have elsewhere.
has_nothing_to_log(balancer) if {
	kind(balancer) == "network"
	types := ["aws_lb_listener", "aws_alb_listener"]
	own := [listener | some type in types; some listener in tf.attached(balancer, type, "load_balancer_arn")]
	count(own) > 0
	[text | some type in types; some text in tf.may_be_attached(balancer, type, "load_balancer_arn")] == []
	every listener in own {
		protocol := tf.get(listener, "protocol", "TLS")
		tf.is_known(protocol)
		protocol != "TLS"
	}
}

# access_logs(balancer): doubts whether it logs its requests.
access_logs(balancer) := [text |
	some enabled in switches(balancer)
	some text in tf.cause(enabled)
] if {
	count([enabled | some enabled in switches(balancer); is_or_may_be_true(enabled)]) > 0
}

# A classic load balancer logs where it has the block at all.
switches(balancer) := [tf.get(block, "enabled", kind(balancer) == "classic") |
	some block in tf.blocks(balancer, "access_logs")
]

is_or_may_be_true(found) if tf.is_true(found)

is_or_may_be_true(found) if tf.is_known(found) == false

# of_listener(listener) -> [balancer, ...]: the load balancer of the plan that it certainly belongs to
of_listener(listener) := [balancer |
	some type in ["aws_lb", "aws_alb"]
	some balancer in tf.targets(listener, "load_balancer_arn", type)
	balancer.mode == "managed"
]
