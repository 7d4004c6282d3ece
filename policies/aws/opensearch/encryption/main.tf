terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_opensearch_domain" "fail_left_out" {
  domain_name = "fail-left-out"
}

resource "aws_opensearch_domain" "fail_at_rest" {
  domain_name = "fail-at-rest"
  encrypt_at_rest {
    enabled = false
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "fail_nodes" {
  domain_name = "fail-nodes"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = false
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "fail_http" {
  domain_name = "fail-http"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "fail_no_options" {
  domain_name = "fail-no-options"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
}

resource "aws_opensearch_domain" "pass_all" {
  domain_name = "pass-all"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "pass_strings" {
  domain_name = "pass-strings"
  encrypt_at_rest {
    enabled = "true"
  }
  node_to_node_encryption {
    enabled = "true"
  }
  domain_endpoint_options {
    enforce_https       = "true"
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

# The provider's default within the block.
resource "aws_opensearch_domain" "pass_default_https" {
  domain_name = "pass-default-https"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

# Under its older name.
resource "aws_elasticsearch_domain" "fail_elastic_left_out" {
  domain_name = "fail-elastic-left-out"
}

resource "aws_elasticsearch_domain" "fail_elastic_at_rest" {
  domain_name = "fail-elastic-at-rest"
  encrypt_at_rest {
    enabled = false
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_elasticsearch_domain" "fail_elastic_http" {
  domain_name = "fail-elastic-http"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_elasticsearch_domain" "pass_elastic" {
  domain_name = "pass-elastic"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

# What only apply tells.
resource "terraform_data" "later" {
  input = true
}

resource "aws_opensearch_domain" "unknown_at_rest" {
  domain_name = "unknown-at-rest"
  encrypt_at_rest {
    enabled = terraform_data.later.output
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "unknown_nodes" {
  domain_name = "unknown-nodes"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = terraform_data.later.output
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "unknown_http" {
  domain_name = "unknown-http"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = terraform_data.later.output
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_elasticsearch_domain" "unknown_elastic" {
  domain_name = "unknown-elastic"
  encrypt_at_rest {
    enabled = terraform_data.later.output
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

module "domain" {
  source    = "./module"
  for_each  = { pass_encrypted = true, fail_plain = false }
  name      = replace(each.key, "_", "-")
  encrypted = each.value
}
