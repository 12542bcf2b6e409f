# Everything one does with a checkout. `make demo` needs python3 (3.11 or newer, with venv) alone.
#
#   make demo            the site on this machine; PORT=8001 DOCUMENT=draft.docx DATA=folder SIZE=large
#   make install         the command .venv/bin/sutarta
#   make test            all tests: browser journeys too, and the database ones on PostgreSQL again; WORKERS=3
#   make test-fast       the tests without browser and PostgreSQL
#   make core            the tests of the pure core alone
#   make crash           kill -9 of every part, over and over: nothing acknowledged is lost; ROUNDS=200
#   make check           everything a machine can judge without running the product
#   make fix             what a machine can mend
#   make assets          styles, font and scripts, built anew from npm (developers only)
#   make pictures        the pictures of the coordinator's guide, taken anew
#   make axe-all         axe on every page of the demo; PICTURES=folder keeps pictures of them
#   make demo-files      the Word files of the demo, written anew from tools/demo
#   make messages        collect the strings to translate, compile the translations
#   make locks           lock the requirements anew
#   make bench           what pages cost, the log's tree, shipping, a rush of submissions, anchors, like texts; PART=intake for one
#   make journeys        the browser journeys alone
#   make wheel           a wheel in dist/
#   make clean           remove what these targets made, but never sutarta-data

.DEFAULT_GOAL := demo
.PHONY: demo install test test-fast core crash check fix assets pictures demo-files axe-all messages locks bench journeys wheel clean programs

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python
CHECK := SUTARTA_DATA=.venv/check SUTARTA_SECRET_KEY=check $(RUN)

# A stamp is named after what it stands for: the lock it installed, and the folder it lies in.
stamp = .venv/$(1)-$(shell { cat requirements/$(1).txt Makefile; pwd; } | cksum | tr ' ' '-')
RUNTIME := $(call stamp,runtime)
DEV := $(call stamp,dev)

demo: $(RUNTIME)
	@$(BIN)/sutarta demo $(if $(PORT),--port $(PORT)) $(if $(DATA),--data "$(DATA)") \
	    $(if $(DOCUMENT),--document "$(DOCUMENT)") $(if $(SIZE),--size $(SIZE))

install: $(RUNTIME)

# Each process keeps to a stretch of the files, so that what one file makes is made but once.
AT_ONCE := -n $(or $(WORKERS),2) --dist worksteal

test: $(DEV) programs
	$(RUN) -m pytest $(AT_ONCE) -m "not postgres"
	$(RUN) tests/postgres.py $(AT_ONCE)

test-fast: $(DEV)
	$(RUN) -m pytest $(AT_ONCE) -m "not journey and not postgres and not crash"

core: $(DEV)
	$(RUN) -m pytest tests/core src/sutarta/core

crash: $(DEV)
	$(RUN) -m tests.crash --rounds $(or $(ROUNDS),200) $(if $(SEED),--seed $(SEED))

journeys: $(DEV) programs
	$(RUN) -m pytest -m journey -rP

check: $(DEV) programs
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src --check --quiet
	$(BIN)/djlint src --lint --quiet
	$(CHECK) -m django makemigrations --check --dry-run --settings tests.settings
	$(CHECK) tools/check/translations.py
	$(CHECK) tools/check/locks.py
	$(CHECK) tools/check/documented.py
	$(CHECK) tools/assets/check.py

fix: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint src --reformat --quiet

assets:
	npm ci --no-audit --no-fund
	node tools/assets/build.mjs

pictures: $(DEV) programs
	$(RUN) tools/pictures/take.py

axe-all: $(DEV) programs
	$(RUN) tools/pictures/axe_all.py

demo-files: $(DEV)
	$(RUN) tools/demo/build.py
	$(RUN) tools/demo/reasons.py

messages: $(DEV) programs
	$(CHECK) tools/check/translations.py --collect

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make locks"
locks: $(DEV)
	$(LOCK) $(UPGRADE) requirements/runtime.in --output-file requirements/runtime.txt
	$(LOCK) $(UPGRADE) requirements/dev.in --output-file requirements/dev.txt

bench: $(DEV)
	$(RUN) -m bench $(PART)

wheel: $(DEV)
	rm -rf build && $(BIN)/uv build --wheel --quiet --out-dir dist && rm -rf build

clean:
	rm -rf .venv build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

programs:
	@sh tools/check/programs.sh chromium:chromium xgettext:gettext strace:strace dovecot:dovecot-imapd postfix:postfix

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	    { echo "Sutarta needs Python 3.11 or newer as $(PYTHON); with another name: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "This Python cannot make a virtual environment: run apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

# The checkout itself is not installed: a .pth file points to it, so nothing has to be built.
define install
@echo "Installing what stands in requirements/$(1).txt into .venv ..."
@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
@echo "$(CURDIR)/src" > "$$($(RUN) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/sutarta.pth"
@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m sutarta.cli.main "$$@"\n' > $(BIN)/sutarta
@chmod +x $(BIN)/sutarta
@rm -f .venv/$(1)-* && touch $@
endef

$(RUNTIME): | .venv/bin/python
	$(call install,runtime)

$(DEV): | .venv/bin/python
	$(call install,dev)
