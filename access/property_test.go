package access

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"corkboard/identity"
	"corkboard/internal/racefree"
)

func TestEveryOrderOfDeliveryGivesTheSameState(t *testing.T) {
	racefree.Long(t)
	faults := map[Fault]int{}
	for seed := range int64(40) {
		p := newPlay(t, seed, 4)
		p.run(150)
		want := text(p.whole.view.State())
		for _, f := range p.whole.view.State().Void {
			faults[f]++
		}
		for range 3 {
			v, _ := deliver(t, p.random, p.whole.log, nil)
			if got := text(v.State()); got != want {
				t.Fatalf("seed %d: another state:\n%s\n%s", seed, want, got)
			}
			if !slices.Equal(v.Heads(), p.whole.log.Heads()) {
				t.Fatalf("seed %d: other heads", seed)
			}
		}
	}
	for f := NotEntitled; f <= Struck; f++ {
		if faults[f] < 5 {
			t.Errorf("only %d records with the fault %v: the plays are too tame", faults[f], f)
		}
	}
}

// deliver brings the records of a log in a random order to a new one, while
// persons become known one by one; between is called now and then.
func deliver(t testing.TB, random *rand.Rand, from *Log, between func(*View)) (*View, *Log) {
	t.Helper()
	l := NewLog(from.Collection())
	known := slices.Clone(cast)
	random.Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
	count := 0
	dir := func(id identity.PersonID) (identity.State, bool) { return directoryOf(known[:count]...)(id) }
	v := Evaluate(l, dir)
	for _, raw := range raws(from, random.Intn) {
		if _, err := l.Add(raw); err != nil {
			t.Fatal(err)
		}
		if random.Intn(20) == 0 {
			count = min(count+1, len(known))
			v.Extend()
			v.State()
			if between != nil {
				between(v)
			}
		}
	}
	count = len(known)
	v.Extend()
	if len(v.Waiting()) > 0 || len(l.Missing()) > 0 {
		t.Fatalf("something waits: %v %v", v.Waiting(), l.Missing())
	}
	return v, l
}

// What was taken over from a base must be what looking at everything gives.
func TestEvaluationFromABaseEqualsThatOfEverything(t *testing.T) {
	for seed := range int64(40) {
		p := newPlay(t, seed, 3)
		p.run(120)
		v := p.whole.view
		for range 60 {
			var ids []RecordID
			for range 1 + p.random.Intn(3) {
				ids = append(ids, v.nodes[p.random.Intn(len(v.nodes))].ID)
			}
			heads, err := v.resolve(ids)
			if err != nil {
				t.Fatal(err)
			}
			got := v.scopeAt(heads)
			want := v.fold(got.within, &standings{}, -1)
			if a, b := words(want), words(got.st); a != b {
				t.Fatalf("seed %d: at %v\n%s\n%s", seed, ids, a, b)
			}
		}
	}
}

func words(st *standings) string {
	var s string
	for i, p := range st.persons {
		s += fmt.Sprint(i, p.banned, p.joined)
		for _, g := range p.grants {
			s += fmt.Sprint(g.role, g.by.at, " ")
		}
	}
	void, left := "", ""
	for i := range 1000 {
		if st.void.has(i) {
			void += fmt.Sprint(i, " ")
		}
		if st.left.has(i) {
			left += fmt.Sprint(i, " ")
		}
	}
	return fmt.Sprint(s, st.offers, void, left, st.ownerGone)
}

// The laws that hold in every graph, however it came about.
func TestLawsHoldInEveryGraph(t *testing.T) {
	racefree.Long(t)
	mutual, struck := 0, 0
	for seed := range int64(40) {
		p := newPlay(t, 1000+seed, 4)
		p.run(150)
		v := p.whole.view
		s := v.State()
		st := v.scopeAt(v.heads()).st
		force := func(n *node) bool { return n.fault == Sound && !st.void.has(n.at) }
		consents := map[identity.PersonID]bool{}
		ownerLeft := false
		for _, n := range v.nodes {
			if !force(n) {
				continue
			}
			consents[n.Author] = consents[n.Author] || n.taker() || n.Kind() == kindGenesis
			ownerLeft = ownerLeft || n.Kind() == kindLeave && n.author == owner
			for _, o := range v.nodes {
				concurrent := n != o && !n.past.has(o.at) && !o.past.has(n.at)
				if !concurrent || !force(o) {
					continue
				}
				if r, ok := n.Payload.(*Remove); ok && r.person() && o.author == n.subject && o.need > None {
					mutual++
					if !o.removal() {
						t.Errorf("seed %d: %v of one who was removed is in force", seed, o.Kind())
					}
				}
				if n.ends != nil && o.taker() && slices.Contains(n.ends, o.offer) {
					t.Errorf("seed %d: an invitation that ended was taken up", seed)
				}
			}
		}
		for id, role := range s.Members {
			if !consents[id] {
				t.Errorf("seed %d: %v is a member without consent", seed, id)
			}
			if role > Admin {
				t.Errorf("seed %d: role %v", seed, role)
			}
		}
		if !ownerLeft && s.Role(A.person) != Admin {
			t.Errorf("seed %d: the owner lost the role", seed)
		}
		for _, f := range s.Void {
			if f == Struck {
				struck++
			}
		}
	}
	if mutual == 0 || struck < 50 {
		t.Errorf("only %d mutual removals and %d struck records", mutual, struck)
	}
}

func TestVerdictsAreTheSameForTheSameSets(t *testing.T) {
	racefree.Long(t)
	reasons := map[Reason]int{}
	accepted := 0
	for seed := range int64(40) {
		p := newPlay(t, seed, 4)
		p.liars = seed%2 == 0
		p.run(200)
		want := Judge(p.whole.view, p.all)
		for _, v := range want {
			reasons[v.Reason]++
			if v.Status == Accepted {
				accepted++
			}
		}
		closed(t, p, want)
		for range 2 {
			sittings(t, p, want)
		}
	}
	for r := NoWrite; r <= Frozen; r++ {
		if r != BadChain && reasons[r] < 3 {
			t.Errorf("only %d changes with the reason %q: the plays are too tame", reasons[r], r)
		}
	}
	if accepted < 500 {
		t.Errorf("only %d changes accepted", accepted)
	}
}

// sittings gives a court records and changes in a random order, piece by piece.
func sittings(t *testing.T, p *play, want map[ChangeID]Verdict) {
	t.Helper()
	todo := slices.Clone(p.all)
	p.random.Shuffle(len(todo), func(i, j int) { todo[i], todo[j] = todo[j], todo[i] })
	if p.random.Intn(2) == 0 { // nearly as written
		todo = slices.Clone(p.all)
	}
	var court *Court
	seen := map[ChangeID]Verdict{}
	note := func(ids []ChangeID) {
		for _, id := range ids {
			seen[id] = court.Verdict(id)
		}
	}
	some := func(n int) {
		n = min(n, len(todo))
		batch := todo[:n]
		note(court.Add(batch...))
		todo = todo[n:]
		if n > 0 {
			court.Add(batch[0]) // twice is once
		}
	}
	v, _ := deliver(t, p.random, p.whole.log, func(v *View) {
		if court == nil {
			court = NewCourt(v)
		}
		note(court.Review(v))
		some(p.random.Intn(8))
	})
	if court == nil {
		court = NewCourt(v)
	}
	note(court.Review(v))
	for len(todo) > 0 {
		some(1 + p.random.Intn(4))
	}
	if court.Len() != len(want) {
		t.Fatalf("%d changes, want %d", court.Len(), len(want))
	}
	for id, w := range want {
		if got := court.Verdict(id); got != w {
			t.Fatalf("%v, want %v", got, w)
		}
		if seen[id] != w {
			t.Fatalf("the last that was told is %v, want %v", seen[id], w)
		}
	}
}

// closed checks that what is accepted can be applied: all that it builds on is
// accepted, and no place of a run twice.
func closed(t *testing.T, p *play, verdicts map[ChangeID]Verdict) {
	t.Helper()
	accepted := map[ChangeHash]bool{}
	type place struct {
		runID
		number uint64
	}
	taken := map[place]bool{}
	for _, c := range p.all {
		if verdicts[c.ID].Status != Accepted {
			continue
		}
		accepted[c.Hash] = true
		at := place{runID{c.Device, c.Run}, c.Number}
		if taken[at] {
			t.Fatalf("two changes in one place are accepted")
		}
		taken[at] = true
	}
	for _, c := range p.all {
		for _, d := range c.Deps {
			if verdicts[c.ID].Status == Accepted && !accepted[d] {
				t.Fatalf("accepted, but not what it builds on")
			}
		}
		if v := verdicts[c.ID]; v.Status == Unknown || v.Status != Accepted && v.Reason == NoReason {
			t.Fatalf("no reason: %v", v)
		}
	}
}
