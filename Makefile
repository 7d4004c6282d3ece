# Everything that a contributor does, by name. `make ci` is what continuous integration runs.

CARGO := cargo
PLANGATE := $(CARGO) run --quiet --locked --

.DEFAULT_GOAL := help
.PHONY: help build install test fmt fmt-check clippy doc policies mutants lint pages provider-schema ci bench conformance stacks

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build the release binary, target/release/plangate
	$(CARGO) build --locked --release

install: ## Install the binary for this user
	$(CARGO) install --locked --path .

test: ## Run the tests
	$(CARGO) test --locked

fmt: ## Format the Rust code
	$(CARGO) fmt

fmt-check: ## Say where the Rust code is not formatted
	$(CARGO) fmt --check

clippy: ## Lint the Rust code, warnings denied
	$(CARGO) clippy --locked --all-targets -- --deny warnings
	$(CARGO) clippy --locked --lib --no-default-features -- --deny warnings

doc: ## Build the documentation, warnings denied
	RUSTDOCFLAGS="--deny warnings" $(CARGO) doc --locked --no-deps

policies: ## Judge every policy's fixtures and run its Rego tests
	$(PLANGATE) test policies

mutants: ## Say which mistakes in policies neither fixtures nor tests would notice
	$(CARGO) run --quiet --locked --release -- test policies --mutate --max-survivors 5

lint: ## Say what a policy's folder lacks, and which generated pages are stale
	$(PLANGATE) lint policies

pages: ## Write the generated pages of the policies
	$(PLANGATE) docs policies

provider-schema: ## Make the table of the AWS provider's arguments anew, from the provider in TF_PLUGIN_DIR or the registry
	.ci/provider-schema

ci: test fmt-check clippy doc policies lint ## Run all that continuous integration runs
	@echo "ci: all of these passed: $^"

bench: ## Compare what a check costs with other tools, and measure its stages
	$(CARGO) bench --locked --bench compare
	$(CARGO) bench --locked --bench stages

conformance: ## Compare every finding with that of opa, where opa is installed
	$(CARGO) test --locked --release --test cli conformance -- --ignored --nocapture

stacks: build ## Judge the stacks beside the project, where they are present
	@if [ -x ../shared/stacks/check ]; then ../shared/stacks/check target/release/plangate; else echo "stacks: skipped, they are not here"; fi
