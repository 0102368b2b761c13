package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVerdict(t *testing.T) {
	r := results{}
	for _, b := range budgets {
		r[b.name] = b.limit
	}
	var out bytes.Buffer
	if !verdict(&out, r, false) {
		t.Errorf("at the limits:\n%s", &out)
	}
	r["rss_1000_mb"]++
	out.Reset()
	if verdict(&out, r, false) || strings.Count(out.String(), "OVER") != 1 {
		t.Errorf("over one limit:\n%s", &out)
	}
	delete(r, "rss_1000_mb")
	if verdict(&out, r, false) {
		t.Error("a missing measure holds")
	}
	if !verdict(&out, r, true) {
		t.Error("a part may miss a measure")
	}
}

func TestQuantile(t *testing.T) {
	list := []float64{5, 1, 4, 2, 3}
	for q, want := range map[float64]float64{0: 1, 0.5: 3, 0.99: 5, 0.2: 1, 0.21: 2} {
		if got := quantile(list, q); got != want {
			t.Errorf("quantile %v = %v, want %v", q, got, want)
		}
	}
}

func TestRounded(t *testing.T) {
	for in, want := range map[float64]float64{0: 0, 12.34567: 12.346, 0.1234567: 0.123, 0.0162549: 0.01625, -0.0162549: -0.01625} {
		if got := rounded(in); got != want {
			t.Errorf("%v gives %v, want %v", in, got, want)
		}
	}
}

func TestSavedResults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "latest.json")
	if err := (results{"kill9_lost": 0, "unknown": 1}).save(path, false); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]measure
	if err := json.Unmarshal(b, &got); err != nil || len(got) != 1 || got["kill9_lost"] != (measure{0, "edits"}) {
		t.Errorf("%s (%v)", b, err)
	}
	if err := (results{"kill9_runs": 300}).save(path, true); err != nil {
		t.Fatal(err)
	}
	if b, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &got); err != nil || len(got) != 2 || got["kill9_lost"] != (measure{0, "edits"}) {
		t.Errorf("with a part added: %s (%v)", b, err)
	}
}
