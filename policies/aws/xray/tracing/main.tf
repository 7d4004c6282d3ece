terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "traced" {
  input = true
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_api_gateway_stage" "fail_left_out" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = "fail_left_out"
}

resource "aws_api_gateway_stage" "fail_off" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "f6g7h8"
  stage_name           = "fail_off"
  xray_tracing_enabled = false
}

resource "aws_api_gateway_stage" "pass_on" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "f6g7h8"
  stage_name           = "pass_on"
  xray_tracing_enabled = true
}

resource "aws_api_gateway_stage" "unknown_traced" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "f6g7h8"
  stage_name           = "unknown_traced"
  xray_tracing_enabled = terraform_data.traced.output
}

resource "aws_ecs_task_definition" "fail_alone" {
  family                = "fail_alone"
  container_definitions = jsonencode([{ name = "app", image = "nginx:1.27", memory = 256 }])
}

resource "aws_ecs_task_definition" "pass_daemon" {
  family = "pass_daemon"
  container_definitions = jsonencode([
    { name = "app", image = "nginx:1.27", memory = 256 },
    { name = "xray", image = "public.ecr.aws/xray/aws-xray-daemon:3.x", memory = 32 },
  ])
}

resource "aws_ecs_task_definition" "unknown_containers" {
  family = "unknown_containers"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "nginx:1.27"
    memory      = 256
    environment = [{ name = "QUEUE", value = aws_sqs_queue.jobs.url }]
  }])
}

resource "aws_launch_template" "fail_unconfigured" {
  name = "fail_unconfigured"
  user_data = base64encode(<<-EOT
    #!/bin/bash
    yum install -y httpd aws-xray-daemon
    systemctl start httpd xray
  EOT
  )
}

resource "aws_launch_template" "pass_configured" {
  name = "pass_configured"
  user_data = base64encode(<<-EOT
    #!/bin/bash
    yum install -y httpd aws-xray-daemon
    printf 'Region: us-east-1\nVersion: 2\n' >/etc/amazon/xray/cfg.yaml
    systemctl start httpd xray
  EOT
  )
}

resource "aws_launch_template" "na_no_daemon" {
  name = "na_no_daemon"
  user_data = base64encode(<<-EOT
    #!/bin/bash
    systemctl start httpd
  EOT
  )
}

resource "aws_instance" "fail_instance" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    service xray start
  EOT
}

resource "aws_instance" "pass_instance" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    /usr/bin/xray --config /opt/xray.yaml &
  EOT
}

resource "aws_instance" "na_no_script" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "na_unknown_script" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#!/bin/bash\n/opt/start ${aws_sqs_queue.jobs.url}\n"
}

resource "aws_instance" "unknown_balanced" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#!/bin/bash\n/opt/start ${aws_sqs_queue.jobs.url}\n"
}

resource "aws_lb_target_group_attachment" "balanced" {
  target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/0123456789abcdef"
  target_id        = aws_instance.unknown_balanced.id
}

resource "aws_launch_configuration" "fail_old" {
  image_id         = "ami-0123456789abcdef0"
  instance_type    = "t3.micro"
  user_data_base64 = base64encode("#!/bin/bash\nsystemctl enable --now xray\n")
}

resource "aws_launch_template" "unknown_group" {
  name      = "unknown_group"
  user_data = base64encode("#!/bin/bash\n/opt/start ${aws_sqs_queue.jobs.url}\n")
}

resource "aws_autoscaling_group" "app" {
  name               = "app"
  availability_zones = ["us-east-1a"]
  min_size           = 1
  max_size           = 2
  target_group_arns  = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/0123456789abcdef"]
  launch_template {
    id = aws_launch_template.unknown_group.id
  }
}

# Batch is not ECS.
resource "aws_batch_job_definition" "na_batch" {
  name                 = "na_batch"
  type                 = "container"
  container_properties = jsonencode({ image = "nginx:1.27", vcpus = 1, memory = 256 })
}

module "stage" {
  source = "./module"
  stages = {
    fail_module = false
    pass_module = true
  }
}
