package arch

import (
	"slices"
	"testing"
)

func TestNeedsLeavesTheStandardLibraryOut(t *testing.T) {
	g := graph("./main -> ./app example.org/b fmt C", "./app -> example.org/a ./main", "example.org/a -> example.org/b os")
	want := []string{"./app", "example.org/a", "example.org/b"}
	if got := Needs(g, "main"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDepsRoundTrip(t *testing.T) {
	dir := t.TempDir()
	if listed, err := ReadDeps(dir, "main"); err != nil || listed != nil {
		t.Fatalf("before: %v, %v; want nothing", listed, err)
	}
	if err := WriteDeps(dir, "main", []string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	listed, err := ReadDeps(dir, "main")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := Differ(listed, []string{"b", "c"}), []string{"+ c", "- a"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
