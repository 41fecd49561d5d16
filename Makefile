# Every target does its own set-up; `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraints constraints.txt
# uv does not read pip's own list of wheel folders.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
export OMP_THREAD_LIMIT ?= 1
export DBOS__APPVERSION ?= bilag

.DEFAULT_GOAL := help
.PHONY: help system setup demo serve test test-fast lint check score dataset preview moto hooks clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 14

system: ## Install the Debian packages (needs root or sudo)
	@PACKAGES="$$(cat system-packages.txt)"; \
	if dpkg -s $$PACKAGES >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null; then \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$PACKAGES >/dev/null; \
	else echo "No apt-get here: install the equivalents of: $$PACKAGES"; fi

setup: system $(VENV)/.dev ## Install everything that development and the tests need

serve: $(VENV)/.serve ## Start the extraction service on port 3000
	BENTOML_HOME=$(CURDIR)/.cache/bentoml BENTOML_DO_NOT_TRACK=True \
	  $(BIN)/bentoml serve serving.app:service --host 127.0.0.1 --port 3000

demo: $(VENV)/.demo ## Watch a mailbox become posted, checked records in a real ERP
	$(BIN)/bilag demo

test: setup $(VENV)/.moto ## Run all tests, the fast ones first
	$(BIN)/pytest -n 2 --dist loadfile

test-fast: setup ## Run the tests that take no server and no OCR
	$(BIN)/pytest -m "not slow"

lint: $(VENV)/.dev ## Check style, types and import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## The one gate: what CI runs

score: $(VENV)/.dev ## Score the extractor on the labelled documents and write docs/baseline.md
	$(BIN)/python -m training.baseline

dataset: $(VENV)/.dev ## Make the training data: generated, collected and split (profile in params.yaml)
	PATH="$(CURDIR)/$(BIN):$$PATH" DVC_NO_ANALYTICS=1 $(BIN)/dvc repro split
	$(BIN)/python -m training.card

preview: $(VENV)/.dev ## Draw contact sheets of the training data with coloured boxes
	$(BIN)/python -m training.preview data/split/train*.parquet --out .cache/preview

moto: $(VENV)/.moto ## Install the S3 server that the archive is tested against

hooks: $(VENV)/.dev ## Run the linters before every commit
	$(BIN)/pre-commit install

clean: ## Remove environments and caches
	rm -rf $(VENV) $(VENV)-moto .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache bilag-workspace

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.demo: $(BIN)/uv pyproject.toml constraints.txt
	$(INSTALL) --editable '.[demo]'
	@touch $@

$(VENV)/.dev: $(BIN)/uv pyproject.toml constraints.txt
	$(INSTALL) --editable '.[dev]'
	@touch $@ $(VENV)/.demo $(VENV)/.serve

$(VENV)/.serve: $(BIN)/uv pyproject.toml constraints.txt
	$(INSTALL) --editable '.[serve]'
	@touch $@

# moto wants another python-dateutil than pandas: the test server lives in an environment of its own.
$(VENV)/.moto: $(BIN)/uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-moto
	$(BIN)/uv pip install --quiet --python $(VENV)-moto/bin/python 'moto[server]==5.2.1'
	@touch $@
