# make run    install, take in corpus/, serve on http://127.0.0.1:8000
# make test   everything that must be green before a change lands (at most 15 minutes)
# make soak   the long runs
# make lock   pin the newest versions that pyproject.toml allows
PYTHON ?= python3
VENV   := .venv
HOST   ?= 127.0.0.1
PORT   ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test soak lock check lint browser clean

run: $(VENV)/.run
	$(VENV)/bin/kb ingest corpus
	$(VENV)/bin/kb serve --host $(HOST) --port $(PORT)

test: $(VENV)/.test browser lint
	$(VENV)/bin/pytest -n auto --dist loadgroup -m "not soak"

soak: $(VENV)/.test browser
	$(VENV)/bin/pytest -m soak
	$(VENV)/bin/kb bench search --units 1000000 --alone

lint: $(VENV)/.test
	$(VENV)/bin/ruff check kb tests benchmarks
	$(VENV)/bin/ruff format --check kb tests benchmarks
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# Says what is missing before anything is tried.
check:
	@command -v $(PYTHON) >/dev/null || { echo "missing: $(PYTHON). On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "missing: Python 3.11 or newer ($$($(PYTHON) --version) found)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "missing: the venv module. On Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/bin/python: | check
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/pip install -q --require-hashes -r requirements.lock
	$(VENV)/bin/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.run
	$(VENV)/bin/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

# Tests of pages need a Chromium and what its driver links to. Root on Debian gets both; elsewhere those tests say
# that they are skipped.
browser:
	@{ command -v chromium || command -v google-chrome; } >/dev/null && /sbin/ldconfig -p 2>/dev/null | grep -q libatomic.so.1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium libatomic1 fonts-dejavu-core; } >/dev/null \
	      || echo "no Chromium could be installed: tests in a browser are skipped" >&2; \
	  else echo "no Chromium or no libatomic1 found: tests in a browser are skipped (apt-get install chromium libatomic1)" >&2; fi; }

lock: $(VENV)/bin/python
	$(VENV)/bin/pip install -q uv
	$(VENV)/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml --group build -o requirements.lock
	$(VENV)/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
