# « make demo » montre le produit, « make test » le prouve. Il faut Python 3.11, git et make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
CORES ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
PORT ?= 8000
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# One line for each package brought, nothing for those already here.
TELL := awk '/^Collecting/ {n++; printf "  %d %s\n", n, $$2; fflush()} /^Installing/ {print "  mise en place…"; fflush()}'
UV_VERSION := 0.13.8
# The numeric libraries must not open more threads than there are cores.
export OMP_NUM_THREADS ?= $(CORES)

.PHONY: demo serve test check bench drills lock messages clean help

help:
	@echo "make demo      installe, charge et analyse la concertation de référence, puis la sert"
	@echo "make test      apporte ce qui manque (navigateur compris) et lance tous les tests"
	@echo "make check     types, style, contrats d’architecture et gabarits seulement"
	@echo "make drills    casse exprès le serveur, le disque et la base, et compte ce qui manque"
	@echo "make serve     sert votre propre installation"
	@echo "make lock      recalcule les dépendances verrouillées"
	@echo "make messages  relève les phrases des habitants et dit celles qui restent à traduire"

demo: $(ENVIRONMENT)/.installed
	@$(BIN)/python -m consult demo --serve --port $(PORT)

serve: $(ENVIRONMENT)/.installed
	@$(BIN)/python -m consult serve --port $(PORT)

test: $(ENVIRONMENT)/.tested
	@$(BIN)/python -m tests.bring
	@echo "Tests sur $(CORES) cœurs…"
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(CORES) --dist loadfile --no-loadscope-reorder

check: $(ENVIRONMENT)/.tested
	@$(BIN)/python -m pytest tests/test_architecture.py

bench: $(ENVIRONMENT)/.installed
	@$(BIN)/python -m benchmarks

drills: $(ENVIRONMENT)/.installed
	@$(BIN)/python -m benchmarks drills

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
	  || { echo "Il faut Python 3.11 : installez-le, ou indiquez-le par « make PYTHON=/chemin/python3.11 »." >&2; exit 2; }
	@echo "Création de l’environnement…"
	@$(PYTHON) -m venv $(ENVIRONMENT)

# The stamps are younger than the locks they installed: a changed lock installs again, a warm start does nothing.
$(ENVIRONMENT)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installation des dépendances verrouillées (une à trois minutes la première fois)…"
	@$(PIP) install --require-hashes --no-deps --progress-bar off -r requirements.txt | $(TELL) \
	  || { echo "L’installation a échoué : vérifiez la connexion, puis relancez la même commande." >&2; exit 2; }
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(ENVIRONMENT)/.tested: tests/requirements.txt $(ENVIRONMENT)/.installed
	@echo "Installation des outils de test verrouillés…"
	@$(PIP) install --require-hashes --no-deps --progress-bar off -r tests/requirements.txt | $(TELL) \
	  || { echo "L’installation a échoué : vérifiez la connexion, puis relancez la même commande." >&2; exit 2; }
	@touch $@

lock: | $(BIN)/python
	@$(PIP) install --quiet uv==$(UV_VERSION)
	@$(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --python-version 3.11 -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --quiet --extra test --generate-hashes --python-version 3.11 \
	  -c requirements.txt -o tests/requirements.txt

messages: $(ENVIRONMENT)/.installed
	@$(BIN)/pybabel -q compile -d consult/translations -l fr
	@$(BIN)/python -m consult.translations

clean:
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
