# `make run` starts everything, `make test` tests everything. Both need only python3 with venv, and make.
V := .venv
UV := $(V)/bin/uv
STAMP := $(V)/.stamp-$(shell sha256sum requirements.lock | cut -c1-16)
DEV_STAMP := $(V)/.stamp-dev-$(shell sha256sum requirements-dev.lock | cut -c1-16)
UV_VERSION := 0.13.9
PORT ?= 8000
DATA_DIR ?= var
COMPILE := $(UV) pip compile -q --system-certs --universal --generate-hashes --no-annotate --no-header --python-version 3.11
export PORT DATA_DIR

.PHONY: run test browser soak local-llm check lint types bench lock messages clean

run: $(if $(wildcard $(V)/.stamp-dev-*),$(DEV_STAMP),$(STAMP))
	@exec $(V)/bin/python manage.py up

test: export DATA_DIR :=
test: $(DEV_STAMP)
	@$(V)/bin/python -m pytest $(if $(only),-k "$(only)")

browser: $(DEV_STAMP)
	@$(V)/bin/python -m pytest tests/browser

soak: $(DEV_STAMP)
	@$(V)/bin/python -m pytest -m soak -n 0

# One test with a tiny real model (100 MB). What it needs is installed beside the rest, until the next change of a lock.
local-llm: $(DEV_STAMP)
	@$(UV) pip install -q --system-certs --python $(V)/bin/python --require-hashes --no-deps -r requirements-local-llm.lock
	@$(V)/bin/python -m pytest -m local_llm -n 0

check: lint types

lint: $(DEV_STAMP)
	@$(V)/bin/ruff check .
	@$(V)/bin/ruff format --check .
	@$(V)/bin/lint-imports

types: $(DEV_STAMP)
	@$(V)/bin/mypy .

bench: $(DEV_STAMP)
	@$(V)/bin/python -m benchmarks $(only)

# Both locks anew, after a change to requirements*.in. They hold hashes for all platforms and no address.
lock: $(V)/bin/uv
	$(COMPILE) requirements.in -o requirements.lock
	$(COMPILE) requirements-dev.in -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --no-deps requirements-local-llm.in -o requirements-local-llm.lock
	$(COMPILE) requirements-mem0.in -c requirements-dev.lock -o requirements-mem0.lock

# Gathers new words into the catalogues (needs gettext: apt install gettext); they are compiled by `manage.py prepare`.
messages: $(DEV_STAMP)
	$(V)/bin/python manage.py makemessages --all --no-location --no-obsolete --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'

$(V)/bin/uv:
	@command -v python3 >/dev/null || { echo "python3 (3.11 to 3.13, with venv) is needed."; exit 1; }
	@python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "Python 3.11, 3.12 or 3.13 is needed; this is $$(python3 -V)."; exit 1; }
	@test -x $(V)/bin/python || python3 -m venv $(V) || { echo "python3 has no venv module. On Debian: apt install python3-venv"; exit 1; }
	@$(V)/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

$(STAMP): requirements.lock | $(V)/bin/uv
	@echo "Installing what the product runs on (once)…"
	@$(UV) pip sync -q --system-certs --python $(V)/bin/python --require-hashes requirements.lock
	@rm -f $(V)/.stamp-*; touch $@

$(DEV_STAMP): requirements-dev.lock requirements.lock | $(V)/bin/uv
	@echo "Installing what the checks and tests need (once)…"
	@$(UV) pip sync -q --system-certs --python $(V)/bin/python --require-hashes requirements-dev.lock
	@rm -f $(V)/.stamp-*; touch $@

clean:
	rm -rf $(V) .mypy_cache .ruff_cache .pytest_cache
