# One command per chore; .ci/run calls the same ones.
.PHONY: help setup demo test run check fix bench lock messages clean

BIN := .venv/bin

help:           ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: .venv/.ready  ## make the environment (.venv), nothing else

.venv/.ready: requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh

demo: setup     ## build the town of Xiqiao on the embedded database and open the door
	@$(BIN)/redhouse demo

run: setup      ## serve the house as it is
	@$(BIN)/redhouse serve

test: setup     ## all tests, on the embedded database (or on DATABASE_URL)
	@sh tools/test-needs.sh
	@$(BIN)/python -m pytest $(ARGS)

check: setup    ## lint, format, types, floor plan
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy

fix: setup      ## mend what can be mended by machine
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: setup    ## measure; writes benchmarks/results.md
	@$(BIN)/python -m benchmarks $(ARGS)

messages: setup ## collect sentences into the English catalogue and compile it
	@$(BIN)/python tools/messages.py

lock:           ## pin every dependency by hash (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --upgrade -o requirements.lock

clean:          ## forget the environment and the caches; never the data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
