# Every target builds with the same flags, so that all of them share one cache.
# The tag tells Fyne that all drawing happens on its own goroutine.
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-print-directory

export GOFLAGS := -buildvcs=false -tags=migrated_fynedo

BIN      := bin/corkboard
PROFILE  ?= ./.profile
T        ?= 5s
RUNS     ?= 1000
XVFB     := scripts/xvfb.sh

.PHONY: help setup build storage-peer run gallery test race fuzz e2e golden bench kill9 arch lint package engine-wasm
.PHONY: proof powercut ioerr bitflip sim engine-sim model jail soak load
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what building and testing need (Debian, Ubuntu)
	@scripts/setup.sh

build: ## build bin/corkboard
	@mkdir -p bin
	go build -o $(BIN) .

storage-peer: ## build bin/storage-peer, which keeps sealed boards, without C
	@mkdir -p bin
	CGO_ENABLED=0 go build -trimpath -o bin/storage-peer ./cmd/storage-peer

run: setup build ## build and open Corkboard; PROFILE=./.profile is where it keeps everything
	$(BIN) --profile "$(PROFILE)"

gallery: ## show every view with canned data
	go run ./cmd/gallery

test: setup ## run all tests that need no window
	go test ./...

race: ## run the packages below the window under the race detector, without the longest decodes
	packages=$$(scripts/packages.sh race); go test -race -short -timeout 12m $$packages

fuzz: ## fuzz every target for T=5s
	@scripts/fuzz.sh "$(T)"

e2e: ## drive the real program in a real window under Xvfb, and its clipper in a real browser
	@scripts/setup.sh e2e
	@mkdir -p e2e/artifacts
	packages=$$(scripts/packages.sh e2e); CORKBOARD_E2E=1 $(XVFB) go test -count=1 -p 1 -timeout 10m $$packages

golden: ## redraw the golden files; look at the difference before you commit it
	@scripts/golden.sh -update

bench: setup ## measure the budgets into bench/latest.json
	@if [ -d bench ]; then $(XVFB) go run ./bench; else echo "bench: there is no ./bench yet"; fi

kill9: ## kill the program RUNS=1000 times while it edits, count what is lost
	@if [ -d e2e/kill9 ]; then go test -count=1 -timeout 60m -v ./e2e/kill9 -runs $(RUNS); else echo "kill9: there is no ./e2e/kill9 yet"; fi

powercut: ## cut the power N=1000 times under a whole profile
	@scripts/setup.sh proof
	@scripts/proof.sh powercut "$(or $(N),1000)" "$(SEED)"

ioerr: ## fail reads, writes and syncs, one after the other, until a run is clean; N is the most
	@scripts/setup.sh proof
	@scripts/proof.sh ioerr "$(or $(N),1000)" "$(SEED)"

bitflip: ## flip N=2000 bits of a profile, one at a time
	@scripts/setup.sh proof
	@scripts/proof.sh bitflip "$(or $(N),2000)" "$(SEED)"

sim: ## play N=5000 worlds of sync and access in virtual time
	@scripts/setup.sh proof
	@scripts/proof.sh sim "$(or $(N),5000)" "$(SEED)"

engine-sim: ## play N=100 worlds over real Automerge
	@scripts/setup.sh proof
	@scripts/proof.sh engine-sim "$(or $(N),100)" "$(SEED)"

model: ## hold N=100000 sequences of board commands against a model
	@scripts/setup.sh proof
	@scripts/proof.sh model "$(or $(N),100000)" "$(SEED)"

jail: ## give 40 bombs and N=10000 spoilt files to the decoder's process
	@scripts/setup.sh proof
	@scripts/proof.sh jail "$(or $(N),10000)" "$(SEED)"

soak: ## run real programs for N=20 minutes, and a day of 8 people in virtual time
	@scripts/setup.sh proof
	@scripts/proof.sh soak "$(or $(N),20)" "$(SEED)"

load: ## a storage peer with N=250 people
	@scripts/setup.sh proof
	@scripts/proof.sh load "$(or $(N),250)" "$(SEED)"

proof: ## the short forms of all these harnesses
	@scripts/setup.sh proof
	@scripts/proof.sh short

arch: ## check who imports whom; UPDATE=1 rewrites the deps.txt files
	go test -count=1 ./internal/arch $(if $(UPDATE),-args -write-deps)

lint: ## check form: gofmt, go vet, length of files
	@scripts/lint.sh

package: setup build ## make dist/Corkboard.tar.xz and try its installation
	@scripts/package.sh $(BIN)

engine-wasm: ## make the sandboxed document engine again from npm and prove its hash
	@scripts/engine-wasm.sh
