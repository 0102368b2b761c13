package mutant

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
)

// The tests of package verify run mutants; these are about how they are made.

// sandbox is compiled once for all.
var sandbox = sync.OnceValue(func() *engine.Sandbox { return engine.Sandboxed(engine.Options{}) })

func TestANumberNamesAMutant(t *testing.T) {
	s := sandbox()
	made := func(skip, n int) (list []string) {
		err := Each(s, skip, n, func(x Trial, _ *verify.Decoded, _ error) bool {
			list = append(list, string(x.Change))
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	all, last := made(0, 250), made(200, 50)
	if len(all) != 250 || !slices.Equal(all[200:], last) {
		t.Errorf("%d mutants, and later %d others", len(all), len(last))
	}
	slices.Sort(all)
	if n := len(slices.Compact(all)); n < 230 {
		t.Errorf("only %d of 250 differ", n)
	}
}

func TestHarmIsSeen(t *testing.T) {
	s := sandbox()
	all, err := History(s, 1, 2, 2)
	if err != nil {
		t.Fatal(err)
	}
	last := all[len(all)-1]
	good := Trial{Before: bodies(all[:len(all)-1]), Change: last.Body, Hash: last.Hash, Seed: 1}
	other, torn, early := good, good, good
	other.Hash = all[0].Hash[1:] + "0"
	torn.Change = last.Body[:len(last.Body)-1]
	early.Before = nil
	for name, c := range map[string]struct {
		t    Trial
		want string
	}{
		"a good change": {good, ""}, "another change": {other, errDropped.Error()},
		"a torn change": {torn, errRefused.Error()}, "before its time": {early, errDropped.Error()},
	} {
		err := c.t.run([]named{{Sandboxed, s}, {"once more", s}})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestDisagreementIsSeen(t *testing.T) {
	s := sandbox()
	all, err := History(s, 2, 2, 2)
	if err != nil {
		t.Fatal(err)
	}
	var two []*course
	for n := range 2 {
		d, err := s.Load(nil, bodies(all[:len(all)-n]), Actor(90+n))
		if err != nil {
			t.Fatal(err)
		}
		two = append(two, &course{named: named{Sandboxed, s}, Doc: d})
	}
	if err := agree(two); err == nil || !strings.Contains(err.Error(), errDisagree.Error()) {
		t.Errorf("got %v", err)
	}
	if err := agree(two[:1]); err != nil {
		t.Error(err)
	}
}

func TestReports(t *testing.T) {
	for _, c := range []struct {
		r    Report
		want bool
	}{
		{Report{Refused: 900, Accepted: 100}, true},
		{Report{Refused: 999, Accepted: 1}, false},
		{Report{}, false},
		{Report{Refused: 900, Accepted: 100, Aborts: 1}, false},
		{Report{Refused: 900, Accepted: 100, Faults: 1}, false},
	} {
		if got := c.r.Survived(); got != c.want {
			t.Errorf("%v: %v", c.r, got)
		}
	}
}
