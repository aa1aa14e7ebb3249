# Everything a person needs: `make run` and `make test`; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
FRONTEND := service/frontend
BUILT := service/sorgenetz/web/static/built
CATALOGUES := $(wildcard service/sorgenetz/web/translations/*/LC_MESSAGES/messages.po)

# What one process compiles is there for all others, and nothing is compiled that none of them needs.
export PYTHONDONTWRITEBYTECODE :=
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

.DEFAULT_GOAL := help
.PHONY: help setup run build serve test check lint format bench bench-figures bench-peers fuzz package clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: $(VENV)/.ready $(BUILT)/manifest.json $(CATALOGUES:.po=.mo) ## Make the environment, install, build the front end

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=python3.11 make setup"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 1; }
	$(PIP) --upgrade pip
	$(PIP) --editable '.[dev]'
	@command -v npm >/dev/null || $(PIP) --editable '.[node]'
	@touch $@

$(FRONTEND)/node_modules/.ready: $(FRONTEND)/package.json $(FRONTEND)/package-lock.json $(VENV)/.ready
	cd $(FRONTEND) && PATH="$$PATH:$(abspath $(BIN))" npm ci --silent --no-audit --no-fund
	@touch $@

$(BUILT)/manifest.json: $(FRONTEND)/node_modules/.ready $(FRONTEND)/build.mjs $(shell find $(FRONTEND)/styles $(FRONTEND)/scripts -type f)
	cd $(FRONTEND) && PATH="$$PATH:$(abspath $(BIN))" node build.mjs
	@touch $@

%.mo: %.po $(VENV)/.ready
	$(BIN)/pybabel --quiet compile --use-fuzzy --input-file=$< --output-file=$@

build: setup ## Build, check and publish the data as a release
	$(BIN)/sorgenetz build

serve: setup ## Serve the current release
	HOST=$(HOST) PORT=$(PORT) $(BIN)/sorgenetz serve

run: setup ## Build the first release and serve it on http://127.0.0.1:8000 (HOST, PORT)
	$(BIN)/sorgenetz build
	HOST=$(HOST) PORT=$(PORT) exec $(BIN)/sorgenetz serve

test: setup ## Run the tests, two side by side (those in a browser where Chromium is there, those in R where R is)
	$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder

check: setup ## Show what the gate says of the data
	$(BIN)/sorgenetz check

lint: setup ## Check the style of the code
	$(BIN)/ruff check service tests
	$(BIN)/ruff format --check service tests

format: setup ## Put the code into its style
	$(BIN)/ruff check --fix service tests
	$(BIN)/ruff format service tests

bench: bench-figures bench-peers ## Measure all of tests/benchmarks, on this machine alone (half an hour; needs wrk)

bench-figures: setup ## Measure the promised figures (a minute)
	$(BIN)/python tests/benchmarks/figures.py

bench-peers: setup ## Compare with other servers (SIZES=statements, FUSEKI=jar adds Fuseki)
	$(BIN)/python tests/benchmarks/peers.py $(if $(SIZES),--sizes $(SIZES)) $(if $(FUSEKI),--fuseki $(FUSEKI))

fuzz: setup ## Ask a running service what its description allows, and what it does not (some minutes; HOST, PORT)
	$(BIN)/schemathesis run http://$(HOST):$(PORT)/api/openapi.json

package: setup ## Build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## Remove what was built (releases in var/ stay)
	rm -rf $(VENV) dist build $(BUILT) $(FRONTEND)/node_modules .pytest_cache .ruff_cache
	find service -name '*.mo' -delete
