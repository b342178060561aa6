# Everything a developer runs. The first call makes .venv; a change of the dependencies brings it up to date.
# Another Python: make PYTHON=python3.13 test   (after rm -rf .venv)

PYTHON ?= python3
WORKERS ?= 2
# Where tests write. They test what is written and never the disk, whose durable commits would be most of their time.
SCRATCH ?= $(or $(wildcard /dev/shm),/tmp)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo tour test test-deep hunt test-browser test-hosting pictures docs registry bench bench-quick crash coverage format
.DELETE_ON_ERROR:

demo: $(READY) ## the real bot and an embedded stand-in for Discord, in the browser; no token, no network
	$(BIN)/peerbot demo

tour: $(READY) ## the demo as a guided tour
	$(BIN)/peerbot demo --tour

test test-deep test-hosting hunt crash: export TMPDIR := $(SCRATCH)

test: $(READY) ## lint, types, layers and the quick tier: what every commit passes
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

test-deep: $(READY) ## every crash point, thousands of cases, real kills
	HYPOTHESIS_PROFILE=deep $(BIN)/pytest -n $(WORKERS) --dist worksteal -m deep

hunt: $(READY) ## the deep tier's generated cases, other ones each time
	HYPOTHESIS_PROFILE=hunt $(BIN)/pytest -n $(WORKERS) --dist worksteal -m deep -k "laws"

test-browser: $(READY) ## the demo's page in a real Chromium
	$(BIN)/pytest -m browser

test-hosting: $(READY) ## the operator's guide on a machine of its own, with a real systemd; as root
	$(BIN)/pytest -m hosting

pictures: $(READY) ## the pictures in docs/images, taken anew from the demo's page
	PYTHONPATH=src:. $(BIN)/python -m tests.browser.pictures

docs: $(READY) ## what in docs/ comes from the program: the safeguarding guide whole, parts of the operator's
	PYTHONPATH=src:. $(BIN)/python -m bench.guide
	PYTHONPATH=src:. $(BIN)/python -m bench.operators

registry: $(READY) ## the crisis card's entries with their sources, and which want to be checked again
	PYTHONPATH=src:. $(BIN)/python -m bench.registry

bench: $(READY) ## how fast it is beside a bare bot; writes bench/results.json, docs/speed.md and its pictures
	PYTHONPATH=src:. $(BIN)/python -m bench.speed --write

bench-quick: $(READY) ## the same on a small scale, in a minute; writes nothing
	PYTHONPATH=src:. $(BIN)/python -m bench.speed --quick

RUNS ?= 100
SEED ?= 0

crash: $(READY) ## evenings over a real socket in which the bot's process is killed: make crash RUNS=10000 SEED=0
	PYTHONPATH=src:. $(BIN)/python -m bench.crash --runs $(RUNS) --seed $(SEED)

coverage: $(READY) ## which lines the quick tier never reaches
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

format: $(READY) ## let ruff mend what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@
