# Kinkeeper. `make` lists what there is; variables to set are in brackets.

.DEFAULT_GOAL := help
.PHONY: help run dev demo check test test-services browser test-long bench audit docs words lock clean environment

# The Python that .venv is made with; tools/bootstrap.py looks for a newer one if this is too old.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p && break; done)
BOOTSTRAP = $(or $(PYTHON),$(error Kinkeeper needs Python 3.11 or newer, and there is none on PATH \
	(Debian: apt install python3; macOS: brew install python))) tools/bootstrap.py

BIN := .venv/bin
GROUP ?= core
WORKERS ?= auto
POSTGRESQL := $(or $(KINKEEPER_TEST_DATABASE_URL),postgresql+psycopg://localhost/test)
HOUSE = exec env $(if $(PORT),KINKEEPER_PORT='$(PORT)') $(if $(DATA),KINKEEPER_DATA='$(DATA)') $(BIN)/kinkeeper
PYTEST = $(BIN)/pytest -n $(WORKERS)
ON_SQLITE = KINKEEPER_TEST_DATABASE_URL=
ON_POSTGRESQL = KINKEEPER_TEST_DATABASE_URL='$(POSTGRESQL)'
POSTGRESQL_ANSWERS = $(BIN)/python -c 'import sys, psycopg; \
	psycopg.connect(sys.argv[1].replace("+psycopg", ""), connect_timeout=5).close()' '$(POSTGRESQL)'

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: ## start Kinkeeper on http://127.0.0.1:8000 [PORT, DATA; GROUP=scale for PostgreSQL]
	@$(BOOTSTRAP) $(GROUP)
	@$(HOUSE) serve

demo: DATA := $(or $(DATA),data-demo)
demo: ## the same with an invented family to try things on, in ./data-demo [PORT, DATA]
	@$(BOOTSTRAP) $(GROUP)
	@$(HOUSE) serve --demo

dev: environment ## the same while you work on it: restarts when code changes, readable logs [PORT, DATA]
	@$(HOUSE) serve --reload

check: environment ## formatting, lint, types, imports, documents, lock files: all that runs no test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_docs.py
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/security_list.py --check
	$(BIN)/python tools/words.py --check
	$(BIN)/python tools/check_locks.py

test: environment ## all tests that need no server, on SQLite, with coverage [TESTS=path, ARGS, WORKERS]
	@echo 'Not among these: PostgreSQL (make test-services), journeys in a browser (make browser), oracles and'
	@echo 'long property tests (make test-long). What skips itself is listed at the end with its reason.'
	$(ON_SQLITE) $(PYTEST) $(if $(TESTS)$(ARGS),,--cov --cov-report=term) $(TESTS) $(ARGS)
	$(if $(TESTS)$(ARGS),,$(BIN)/python tools/check_coverage.py)

test-services: environment ## the same tests on PostgreSQL [KINKEEPER_TEST_DATABASE_URL, TESTS, ARGS]
	@$(POSTGRESQL_ANSWERS) || { echo 'No PostgreSQL at $(POSTGRESQL); set KINKEEPER_TEST_DATABASE_URL.'; exit 1; }
	$(ON_POSTGRESQL) $(PYTEST) $(TESTS) $(ARGS)

browser: environment ## journeys in Chromium, on SQLite, and on PostgreSQL if one answers [ARGS]
	@command -v chromium >/dev/null || { echo 'The journeys need Chromium: apt install chromium libatomic1'; exit 1; }
	@if $(POSTGRESQL_ANSWERS) 2>/dev/null; then url='$(POSTGRESQL)'; \
	else url=; echo 'On SQLite only: there is no PostgreSQL at $(POSTGRESQL).'; fi; \
	set -x; KINKEEPER_TEST_DATABASE_URL=$$url $(PYTEST) -m '' tests/browser $(ARGS)

test-long: environment ## oracles, long property tests; fuzzing, also on PostgreSQL if one answers [ARGS]
	$(ON_SQLITE) $(PYTEST) -m '' tests/proofs $(ARGS)
	@if $(POSTGRESQL_ANSWERS) 2>/dev/null; then set -x; $(ON_POSTGRESQL) $(PYTEST) -m '' tests/proofs/web $(ARGS); \
	else echo 'On SQLite only: there is no PostgreSQL at $(POSTGRESQL).'; fi

bench: ## every measurement in benchmarks/, as tables; fetches what the draw is held against [ARGS=draw peers …]
	@$(BOOTSTRAP) bench
	$(BIN)/python -m benchmarks $(ARGS)

audit: environment ## known vulnerabilities in what the lock files name; asks the package index
	@for lock in core scale dev build; do echo "requirements/$$lock.txt"; \
	$(BIN)/pip-audit --strict --progress-spinner off --require-hashes --disable-pip -r requirements/$$lock.txt || exit 1; done

docs: environment ## writes docs/settings.md, docs/problems.md and the list in SECURITY.md from code and tests
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/security_list.py

words: environment ## takes new sentences into the message catalogues, and compiles them
	$(BIN)/python tools/words.py

# Hashes are those of one index alone, and nothing of where they came from is written down.
COMPILE = env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS "$$uv" --no-config pip compile --quiet \
	$(if $(UPGRADE),--upgrade) --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock'

lock: ## makes the lock files anew from pyproject.toml, keeping versions that still fit [UPGRADE=1]
	@set -e; uv=$$($(BOOTSTRAP) --uv); set -x; \
	$(COMPILE) pyproject.toml -o requirements/core.txt; \
	$(COMPILE) pyproject.toml --extra scale -c requirements/core.txt -o requirements/scale.txt; \
	$(COMPILE) pyproject.toml --extra scale --group dev -c requirements/scale.txt -o requirements/dev.txt; \
	$(COMPILE) pyproject.toml --extra scale --group dev --group bench -c requirements/dev.txt -o requirements/bench.txt; \
	$(COMPILE) --group build -o requirements/build.txt; \
	$(COMPILE) --group installer -o requirements/installer.txt

clean: ## removes what can be made again; never data
	rm -rf .venv .venv-tools .coverage .coverage.* htmlcov dist build .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

environment:
	@$(BOOTSTRAP) dev
