# make site      the site, in site/
# make serve     the site, live: a saved file shows in the open page
# make check     the articles and notes, nothing written
# make offline   the copies without network: archive, one file, e-book, PDF, Markdown, in dist/
# make test      everything that must hold
# make bench     what the notes cost a build
# make bench-reading  how quickly the page answers: a key, the pointer, the filter, a tap; search and table of a large site
# make audit     Lighthouse and html-validate on the article; needs Node
# make shots     screenshots in every width, scheme and direction, in shots/
# make bench-anchoring  how well passages are found again after edits (CASES=a folder of cases)
# make wheel     the package, in dist/wheel/ (FILES=the address of the repository's files, for the pictures in README)
# make clean     as it was after the download

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING = 1
# Dates inside of the files of a build: those of the last commit, so that two builds are the same.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

.PHONY: site serve check offline test lint types fast browser bench bench-anchoring bench-reading audit shots wheel pins clean

site: $(VENV)/site
	@$(BIN)/postil build

serve: $(VENV)/site
	$(BIN)/mkdocs serve --livereload

check: $(VENV)/site
	@$(BIN)/postil check

offline: $(VENV)/site
	@$(BIN)/postil offline

test: $(VENV)/test lint types
	$(BIN)/python tests/find_browser.py
	$(BIN)/pytest -n 2

lint: $(VENV)/test
	$(BIN)/ruff check hooks tests tools
	$(BIN)/ruff format --check hooks tests tools

types: $(VENV)/test
	$(BIN)/mypy

fast: $(VENV)/test
	$(BIN)/pytest -n 2 -m "not browser"

bench: $(VENV)/test
	$(BIN)/python tools/bench.py $(if $(ARTICLES),--articles $(ARTICLES))
	$(BIN)/python tools/bench_warm.py $(if $(ARTICLES),--articles $(ARTICLES))

bench-reading: $(VENV)/test
	$(BIN)/python tools/bench_reading.py
	$(BIN)/python tools/bench_large.py $(if $(ARTICLES),--articles $(ARTICLES))

audit: $(VENV)/test
	$(BIN)/python tools/audit.py

shots: $(VENV)/test
	$(BIN)/python tools/shots.py

CASES ?=
bench-anchoring: $(VENV)/test
	$(BIN)/python tools/bench_anchoring.py $(CASES)

wheel: $(VENV)/test
	$(BIN)/python tools/wheel.py --files "$(FILES)"

# The newest versions of everything, pinned.
pins:
	$(PYTHON) tools/pins.py

clean:
	rm -rf $(VENV) site dist .pytest_cache .hypothesis .mypy_cache .ruff_cache hooks/*.egg-info
	find hooks tests tools -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/site: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Another one: make PYTHON=python3.12")'
	@echo "Making a virtual environment in $(VENV)/ …"
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing the packages of requirements.txt (about a minute) …"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off -r requirements.txt
	@touch $@

$(VENV)/test: $(VENV)/site requirements-dev.txt
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off -r requirements-dev.txt
	@touch $@
