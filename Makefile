.DEFAULT_GOAL := help
.PHONY: help run dev test bench release e2e lint fmt

help: ## Say what there is
	@echo "make <target>:"; grep -E '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## (.*)/  \1\t\2/' | expand -t 12

run: ## Install what is missing, build, start the server with a demo shop
	@scripts/run

dev: ## The same with a quick build, and again after every change
	@scripts/dev

test: ## Every check and test, as CI runs them
	@scripts/test

bench: ## Measure speed, memory and sizes; print a table
	@scripts/bench

release: ## Leave target/release/tradepost with its site beside it
	@scripts/release

e2e: ## Only the browser tests
	@scripts/test e2e

lint: ## Only formatting, lints, documentation links, dependencies, shell scripts
	@scripts/test lint

fmt: ## Format the Rust code
	@cargo fmt --all
