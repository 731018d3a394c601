PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export YUTANG_HOME ?= $(CURDIR)/var
unexport PYTHONDONTWRITEBYTECODE # else every process that a test starts would compile everything

# The longest first: two at a time, each says what it has to say when it is done, and all are run.
CHECKS := checked-console checked-types checked-console-style checked-floors checked-document checked-migrations checked-style
TWO := +$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target
.PHONY: install up demo sandbox test suite check fmt api lock bench clean $(CHECKS)

install: ## install everything into .venv and build the console
	@$(TWO) console/dist/.compressed
up: install ## run everything on this machine, on embedded engines
	@exec $(BIN)/yutang up
demo: install ## the same, with a brand that lives, in a WeCom that is none (PEOPLE=20000 SEED=7 SPEED=0.25 days a minute)
	@exec $(BIN)/yutang up --demo-people $(or $(PEOPLE),20000) --demo-seed $(or $(SEED),7) --demo-speed $(or $(SPEED),0.25)
sandbox: install ## run a WeCom that is none, with people in it (PEOPLE=20000 SEED=7; docs/how/sandbox.md)
	@exec $(BIN)/yutang-sandbox serve --home $(YUTANG_HOME)/sandbox --people $(or $(PEOPLE),20000) --seed $(or $(SEED),7)
test: check ## every check there is
	@+$(MAKE) --no-print-directory suite
suite: ## the tests alone, where everything is installed
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --randomly-seed=$(or $(ORDER),462408411) # ORDER=last or a number draws another order
check: ## style, types, floors, migrations, API document, console
	@$(TWO) console/dist/.compressed $(VENV)/.developing
	@$(TWO) $(CHECKS)
checked-console:
	cd console && npm run --silent test
checked-types:
	$(BIN)/mypy
checked-console-style:
	cd console && npm run --silent check
checked-floors:
	$(BIN)/lint-imports --no-cache
checked-document:
	$(BIN)/yutang export-openapi --check
checked-migrations:
	YUTANG_SECRET_KEY=checks $(BIN)/django-admin makemigrations --check --dry-run --settings yutang.config.settings
checked-style:
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
fmt: $(VENV)/.developing ## format everything
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; cd console && npm run --silent fmt
api: $(VENV)/.installed console/node_modules/.installed ## export the API document and make the console's client from it
	$(BIN)/yutang export-openapi && cd console && npm run --silent api
lock: $(VENV)/.developing ## pin what pyproject.toml asks for, with hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-header --generate-hashes --python-version 3.11 --group build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --no-header --generate-hashes --python-version 3.11 --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
bench: install ## all figures of benchmarks/README.md
	for name in ingest audience timeline search membership import gate journey dispatch dryrun population startup; do $(BIN)/yutang bench $$name --json; done

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check $(PIP_FLAGS) --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
$(VENV)/.developing: requirements-dev.lock $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check $(PIP_FLAGS) --require-hashes -r requirements-dev.lock
	touch $@
console/node_modules/.installed: console/package-lock.json
	cd console && npm ci --silent --no-audit --no-fund
	touch $@
console/dist/.built: console/node_modules/.installed console/index.html console/package.json $(shell find console/src console/public -type f 2>/dev/null)
	cd console && npm run --silent build
	touch $@
console/dist/.compressed: console/dist/.built $(VENV)/.installed
	$(BIN)/python -m whitenoise.compress --quiet console/dist
	touch $@
