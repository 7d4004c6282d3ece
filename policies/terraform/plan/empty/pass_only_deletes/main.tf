# Planned from prior/: its queue is deleted.
provider "aws" {
  region = "us-east-1"
}
