package arch

import (
	"flag"
	"strings"
	"sync"
	"testing"
)

const root = "../.."

var writeDeps = flag.Bool("write-deps", false, "rewrite the deps.txt of every program")

var tree = sync.OnceValues(func() (Graph, error) { return Load(root, "corkboard") })

func TestTheHouseStands(t *testing.T) {
	g, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	if len(g.ours()) < 2 {
		t.Fatalf("found only %v: nothing was checked", g.ours())
	}
	calls, err := CheckCalls(g)
	if err != nil {
		t.Fatal(err)
	}
	for _, violation := range append(Check(g), calls...) {
		t.Error(violation)
	}
}

func TestDependenciesAreCommitted(t *testing.T) {
	g, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	programs := Programs(g)
	if len(programs) == 0 {
		t.Fatal("found no program")
	}
	for _, program := range programs {
		needs := Needs(g, program)
		if *writeDeps {
			if err := WriteDeps(root, program, needs); err != nil {
				t.Fatal(err)
			}
		}
		listed, err := ReadDeps(root, program)
		if err != nil {
			t.Fatal(err)
		}
		if lines := Differ(listed, needs); len(lines) > 0 {
			t.Errorf("deps.txt of %s is not what the program needs; look at the difference, then run make arch UPDATE=1:\n%s",
				program, strings.Join(lines, "\n"))
		}
	}
}
