terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_batch_job_definition" "fail_container" {
  name                 = "fail_container"
  type                 = "container"
  container_properties = jsonencode({ image = "app:1.0.0", vcpus = 1, memory = 512, privileged = true })
}

resource "aws_batch_job_definition" "fail_heredoc" {
  name                 = "fail_heredoc"
  type                 = "container"
  container_properties = <<-END
    {
      "image": "app:1.0.0",
      "vcpus": 1,
      "memory": 512,
      "privileged": true
    }
  END
}

resource "aws_batch_job_definition" "fail_nodes" {
  name = "fail_nodes"
  type = "multinode"
  node_properties = jsonencode({
    mainNode = 0
    numNodes = 2
    nodeRangeProperties = [
      { targetNodes = "0:0", container = { image = "app:1.0.0", vcpus = 1, memory = 512 } },
      { targetNodes = "1:", container = { image = "app:1.0.0", vcpus = 1, memory = 512, privileged = true } },
    ]
  })
}

resource "aws_batch_job_definition" "fail_task" {
  name = "fail_task"
  type = "container"
  ecs_properties = jsonencode({
    taskProperties = [{ containers = [{
      name                 = "app"
      image                = "app:1.0.0"
      privileged           = true
      resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "512" }]
    }] }]
  })
}

resource "aws_batch_job_definition" "fail_pod" {
  name = "fail_pod"
  type = "container"
  eks_properties {
    pod_properties {
      containers {
        image = "app:1.0.0"
        resources {
          limits = { cpu = "1", memory = "512Mi" }
        }
        security_context {
          privileged = true
        }
      }
    }
  }
}

resource "aws_batch_job_definition" "fail_init" {
  name = "fail_init"
  type = "container"
  eks_properties {
    pod_properties {
      init_containers {
        image = "init:1.0.0"
        security_context {
          privileged = true
        }
      }
      containers {
        image = "app:1.0.0"
        resources {
          limits = { cpu = "1", memory = "512Mi" }
        }
      }
    }
  }
}

resource "aws_batch_job_definition" "pass_left_out" {
  name                 = "pass_left_out"
  type                 = "container"
  container_properties = jsonencode({ image = "app:1.0.0", vcpus = 1, memory = 512 })
}

resource "aws_batch_job_definition" "pass_false" {
  name                 = "pass_false"
  type                 = "container"
  container_properties = jsonencode({ image = "app:1.0.0", vcpus = 1, memory = 512, privileged = false })
}

resource "aws_batch_job_definition" "pass_pod" {
  name = "pass_pod"
  type = "container"
  eks_properties {
    pod_properties {
      containers {
        image = "app:1.0.0"
        resources {
          limits = { cpu = "1", memory = "512Mi" }
        }
        security_context {
          privileged = false
        }
      }
    }
  }
}

# What only apply tells: with its role's ARN, the whole document.
resource "aws_iam_role" "job" {
  name               = "job"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_batch_job_definition" "unknown_role" {
  name = "unknown_role"
  type = "container"
  container_properties = jsonencode({
    image = "app:1.0.0", vcpus = 1, memory = 512, jobRoleArn = aws_iam_role.job.arn
  })
}

# On Fargate it makes no difference.
resource "aws_batch_job_definition" "pass_fargate" {
  name                  = "pass_fargate"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties = jsonencode({
    image                = "app:1.0.0"
    executionRoleArn     = aws_iam_role.job.arn
    resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
  })
}

module "job" {
  source     = "./module"
  for_each   = { pass_plain = false, fail_privileged = true }
  name       = each.key
  privileged = each.value
}
