package cards

import "testing"

func TestCatalogIsSensible(t *testing.T) {
	seen := map[Kind]bool{}
	for _, i := range Catalog {
		if seen[i.Kind] {
			t.Errorf("%s twice", i.Kind)
		}
		seen[i.Kind] = true
		if i.Label == "" || i.Untitled == "" {
			t.Errorf("%s has no words: %+v", i.Kind, i)
		}
		if i.Min.W < Cell || i.Min.H < Cell || i.Size.W < i.Min.W || i.Size.H < i.Min.H {
			t.Errorf("%s: size %v, min %v", i.Kind, i.Size, i.Min)
		}
		if got, ok := Lookup(i.Kind); !ok || got != i {
			t.Errorf("lookup of %s: %+v, %v", i.Kind, got, ok)
		}
	}
	for _, k := range []Kind{KindText, KindTodo, KindThread, KindImage, KindPDF, KindFile, KindBoard} {
		if !seen[k] {
			t.Errorf("%s is missing", k)
		}
	}
}

func TestUnknownKindsHaveASize(t *testing.T) {
	got, ok := Lookup("hologram")
	if ok || got.Kind != "hologram" || got.Size.W <= 0 || got.Min.H <= 0 || got.Label == "" || got.OpensFull {
		t.Fatalf("%+v, %v", got, ok)
	}
}
