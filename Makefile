# Yizhan 驿站. Every target installs what is missing first (scripts/bootstrap); nothing else is needed beforehand.
.DEFAULT_GOAL := help
STEPS ?= 1000000
JOBS ?= 2
.PHONY: help bootstrap demo test check proof soak simulate bench clean
PY := .venv/bin/python
PYTEST := $(PY) -m pytest

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

bootstrap:
	@scripts/bootstrap

demo: bootstrap ## Play the kiosk: a window with a screen, a pictured tour without one
	@$(PY) -m kiosk.demo

test: bootstrap ## Every test that finishes within ten minutes on two cores; JOBS=1 for one after another
	@$(PYTEST) -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not proof and not soak"

check: bootstrap ## Format, lint, types, import contracts; nothing is run
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

proof: bootstrap ## The longer evidence, under twenty minutes
	@$(PYTEST) -n $(JOBS) --dist loadfile --no-loadscope-reorder -m proof

soak: bootstrap ## The longest evidence, by hand
	@$(PYTEST) -m soak

simulate: bootstrap ## Loss, crashes, old images in whole fleets: STEPS=N events, seeded; REPORT=FILE; exit 1 on any violation
	@$(PY) -m tests.fleet.run $(STEPS) $(if $(REPORT),--report $(REPORT))

bench: bootstrap ## Measure; QUICK=1 for under a minute. Results: build/bench.jsonl
	@$(PY) -m benchmarks $(if $(QUICK),--quick)

clean: ## Remove what was built; the virtual environment stays
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
