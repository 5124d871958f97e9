# make demo: set up, play the demonstration day, print its summary and where the report is.
# make serve: set up, open the same expo as a site on this machine; its logins are printed.
# make test: set up, check style, types and contracts, pass all tests. make test-all: the slow ones too.

SHELL := bash
BIN := .venv/bin

.PHONY: demo serve test test-all lint bench validate screenshots lock clean

demo:
	@tools/setup.sh run
	@$(BIN)/hostcity rehearse examples/ciie2019 --out build/ciie2019

serve:
	@tools/setup.sh run
	@exec $(BIN)/hostcity serve --demo

# Tests start hundreds of processes, which would each compile all sources where the surroundings keep no bytecode.
test test-all: export PYTHONDONTWRITEBYTECODE :=

# The engines are compiled while the pages are built and the checks run: their tests wait for it.
test:
	@tools/setup.sh dev packages
	@$(BIN)/python tools/warm.py > /dev/null 2>&1 & \
	$(MAKE) --no-print-directory lint && wait && $(BIN)/python tools/run_tests.py

test-all: lint
	@$(BIN)/python tools/warm.py > /dev/null
	@$(BIN)/python tools/run_tests.py --all

lint:
	@tools/setup.sh dev
	@$(BIN)/ruff format --check --quiet . || { echo "run: .venv/bin/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tools/npm.py run --silent check

bench:
	@tools/setup.sh bench
	@$(BIN)/python -m benchmarks

# The engine beside theory and standards, into docs/explanation/validation.md.
validate:
	@tools/setup.sh bench
	@$(BIN)/python -m benchmarks.validation

# Pictures of the site for the documents.
screenshots:
	@tools/setup.sh dev
	@$(BIN)/python tools/screenshots.py

# Needs uv. The locks carry hashes and no addresses, so that any mirror serves.
lock:
	for set in run dev bench; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --overrides requirements/left-out.in \
	    --custom-compile-command "make lock" requirements/$$set.in -o requirements/$$set.txt; done

clean:
	rm -rf .venv build dist src/hostcity/report/assets src/hostcity/core/static src/hostcity/core/fonts frontend/node_modules frontend/dist
