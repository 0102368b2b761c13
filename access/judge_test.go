package access

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"corkboard/identity"
)

// desk writes changes by hand on one world.
type desk struct {
	*world
	t       *testing.T
	changes []Change
	names   map[string]Change
}

func newDesk(t *testing.T) *desk {
	return &desk{world: founded(t), t: t, names: map[string]Change{}}
}

// write adds a change with a name: by whom, after which of the run, citing
// which heads (nil: all), upon which others.
func (d *desk) write(name string, by *who, after string, cites []RecordID, upon ...string) Change {
	d.t.Helper()
	c := Change{Author: by.person, Device: by.devices[0].ID(), Run: RunID{byte(by.name[0])}, Number: 1, Cites: cites}
	if after != "" {
		c.Prev, c.Number = d.names[after].ID, d.names[after].Number+1
	}
	if cites == nil {
		c.Cites = d.log.Heads()
	}
	for _, u := range upon {
		c.Deps = append(c.Deps, d.names[u].Hash)
	}
	c.ID, c.Hash = sha256.Sum256([]byte("id "+name)), sha256.Sum256([]byte("hash "+name))
	d.names[name] = c
	d.changes = append(d.changes, c)
	return c
}

func (d *desk) mark(name string) Mark {
	c := d.names[name]
	return Mark{c.Device, c.Run, c.Number, c.ID}
}

// want checks verdicts: "" is accepted, else the reason.
func (d *desk) want(verdicts map[string]Reason) {
	d.t.Helper()
	got := Judge(d.view, d.changes)
	for name, want := range verdicts {
		v := got[d.names[name].ID]
		if v.Reason != want || (v.Status == Accepted) != (want == NoReason) {
			d.t.Errorf("%s: %v %q, want %q", name, v.Status, v.Reason, want)
		}
	}
}

func TestAReadersForgedChangeIsRefused(t *testing.T) {
	d := newDesk(t)
	d.write("reader", F, "", nil)
	d.write("stranger", G, "", nil)
	d.write("nothing cited", D, "", []RecordID{})
	d.write("too early", D, "", []RecordID{d.log.Collection()})
	d.write("on it", E, "", nil, "reader")
	d.write("beside it", E, "on it", nil)
	// Citing what nobody can know does not help either.
	c := d.write("unknown", F, "reader", []RecordID{{1}})
	d.want(map[string]Reason{
		"reader": NoWrite, "stranger": NoWrite, "nothing cited": NoWrite, "too early": NoWrite,
		"on it": BuildsOn, "beside it": NoReason, "unknown": NeedsRecords,
	})
	if c.Number != 2 {
		t.Error("no chain")
	}
}

func TestPromotionDoesNotJustifyWhatCameBefore(t *testing.T) {
	d := newDesk(t)
	heads := d.log.Heads()
	d.says(A, &SetRole{Person: F.person, Role: Write})
	d.write("before", F, "", heads)
	d.write("after", F, "before", nil)
	d.want(map[string]Reason{"before": NoWrite, "after": NoReason})
}

func TestChangesAfterARemovalAreQuarantined(t *testing.T) {
	d := newDesk(t)
	heads := d.log.Heads()
	d.write("1", D, "", nil)
	d.write("2", D, "1", nil, "1")
	removal := d.says(A, &Remove{Person: D.person, Frontier: NewFrontier([]Mark{d.mark("2")})})
	d.write("3", D, "2", heads, "2")
	d.write("4", D, "3", heads, "3")
	d.write("5", D, "4", nil)
	other := d.write("other run", D, "", heads)
	d.want(map[string]Reason{"1": NoReason, "2": NoReason, "3": AfterRemoval, "4": AfterRemoval, "5": NoWrite})
	if v := Judge(d.view, d.changes)[d.names["3"].ID]; v.By != removal.ID {
		t.Errorf("by %v", v.By)
	}
	if other.ID == (ChangeID{}) || Judge(d.view, d.changes)[other.ID].Reason != Equivocation && Judge(d.view, d.changes)[other.ID].Reason != AfterRemoval {
		t.Error("a second beginning of the run is accepted")
	}
}

func TestAWriterVouchesForWhatTheyBuiltOn(t *testing.T) {
	d := newDesk(t)
	heads := d.log.Heads()
	d.write("1", D, "", nil)
	d.says(A, &Remove{Person: D.person, Frontier: NewFrontier([]Mark{d.mark("1")})})
	d.write("2", D, "1", heads, "1")
	d.write("3", D, "2", heads, "2")
	d.write("4", D, "3", heads, "3")
	d.want(map[string]Reason{"1": NoReason, "2": AfterRemoval, "3": AfterRemoval, "4": AfterRemoval})
	d.write("honest", E, "", heads, "3") // had not heard of the removal
	d.want(map[string]Reason{"1": NoReason, "2": NoReason, "3": NoReason, "4": AfterRemoval, "honest": NoReason})
	// One who was removed vouches for nobody, nor does a reader.
	d.says(A, &Remove{Person: B.person})
	d.write("removed", B, "", heads, "4")
	d.write("reader", F, "", heads, "4")
	d.want(map[string]Reason{"4": AfterRemoval, "removed": AfterRemoval, "reader": NoWrite})
	// To keep what is quarantined is to build on it.
	d.write("kept", A, "", nil, "4")
	d.want(map[string]Reason{"4": NoReason, "removed": AfterRemoval, "kept": NoReason})
}

func TestWhoComesBackWritesOn(t *testing.T) {
	d := newDesk(t)
	heads := d.log.Heads()
	d.write("1", D, "", nil)
	d.says(A, &Remove{Person: D.person, Frontier: NewFrontier([]Mark{d.mark("1")})})
	d.write("2", D, "1", heads)
	d.admit(A, D, Write)
	d.write("3", D, "2", nil)
	d.write("4", D, "3", heads) // cites heads from before the removal
	d.want(map[string]Reason{"1": NoReason, "2": AfterRemoval, "3": NoReason, "4": AfterRemoval})
}

func TestLeavingAndLosingADeviceHaveFrontiers(t *testing.T) {
	d := newDesk(t)
	heads := d.log.Heads()
	d.write("d1", D, "", nil)
	d.write("e1", E, "", nil)
	d.write("b1", B, "", nil)
	d.says(D, &Leave{Frontier: NewFrontier([]Mark{d.mark("d1")})})
	d.says(A, &SetRole{Person: E.person, Role: Read, Lowers: true, Frontier: NewFrontier([]Mark{d.mark("e1")})})
	d.saysOn(B, 1, d.log.Heads(), &Remove{Person: B.person, Device: B.devices[0].ID(), Frontier: NewFrontier([]Mark{d.mark("b1")})})
	d.write("d2", D, "d1", heads)
	d.write("e2", E, "e1", heads)
	d.write("b2", B, "b1", heads)
	d.write("b3", B, "b2", nil)
	d.want(map[string]Reason{
		"d1": NoReason, "e1": NoReason, "b1": NoReason,
		"d2": AfterRemoval, "e2": AfterRemoval, "b2": AfterRemoval, "b3": NoDevice,
	})
	b := d.names["b1"]
	b.Device, b.ID, b.Hash = B.devices[1].ID(), ChangeID{1}, ChangeHash{1}
	if v := Judge(d.view, append(d.changes, b))[b.ID]; v.Status != Accepted {
		t.Errorf("the other device of B: %v", v)
	}
}

func TestADemotionToWriteCutsNothing(t *testing.T) {
	d := newDesk(t)
	heads := d.log.Heads()
	d.says(A, &SetRole{Person: B.person, Role: Write, Lowers: true})
	d.write("1", B, "", heads)
	d.want(map[string]Reason{"1": NoReason})
}

func TestChangesByThoseWhomAVoidRecordLetInAreQuarantined(t *testing.T) {
	d := newDesk(t)
	other := d.fork()
	d.says(A, &Remove{Person: B.person})
	other.admit(B, G, Write)
	heads := other.log.Heads()
	d.merge(other)
	d.write("1", G, "", heads)
	d.want(map[string]Reason{"1": GrantVoid})
	d.write("2", E, "", heads, "1")
	d.want(map[string]Reason{"1": NoReason, "2": NoReason})
}

func TestChangesWait(t *testing.T) {
	d := newDesk(t)
	d.write("1", D, "", nil)
	d.write("2", D, "1", nil, "1")
	d.write("3", E, "", nil, "2")
	all := slices.Clone(d.changes)
	d.changes = all[1:]
	d.want(map[string]Reason{"2": NeedsChain, "3": NeedsDeps})
	d.changes = slices.Clone(all)
	d.changes[0].Deps = []ChangeHash{{7}}
	d.want(map[string]Reason{"1": NeedsDeps, "2": NeedsDeps, "3": NeedsDeps})
	d.changes[0].Deps = []ChangeHash{d.changes[0].Hash} // on itself
	d.want(map[string]Reason{"1": NeedsDeps})
	d.changes = all
	view := d.view
	d.view = Evaluate(d.log, directoryOf(A, B, C, E, F))
	d.want(map[string]Reason{"1": NeedsPerson, "2": NeedsPerson, "3": NeedsRecords})
	d.view = view
	d.want(map[string]Reason{"1": NoReason, "2": NoReason, "3": NoReason})
	// A frontier whose chain is not here yet.
	d.says(A, &Remove{Person: D.person, Frontier: NewFrontier([]Mark{d.mark("2")})})
	d.changes = all[:1]
	d.want(map[string]Reason{"1": NeedsChain})
	d.changes = all
	d.want(map[string]Reason{"1": NoReason, "2": NoReason})
}

func TestChainsMustNotContradictThemselves(t *testing.T) {
	d := newDesk(t)
	d.write("1", D, "", nil)
	d.write("e", E, "", nil)
	for i, spoil := range []func(*Change){
		func(c *Change) { c.Number = 3 },
		func(c *Change) { c.Number = 0 },
		func(c *Change) { c.Number = 1 },
		func(c *Change) { c.Number = 1 << 60 },
		func(c *Change) { c.Prev = ChangeID{} },
		func(c *Change) { c.Prev = d.names["e"].ID },
		func(c *Change) { c.Run[3]++ },
		func(c *Change) { c.Author, c.Device = E.person, E.devices[0].ID() },
	} {
		c := d.write("2", D, "1", nil)
		spoil(&c)
		if v := Judge(d.view, append(slices.Clone(d.changes[:2]), c))[c.ID]; v.Reason != BadChain {
			t.Errorf("%d: %v", i, v)
		}
	}
}

// rivals writes two changes with one number, smaller and larger by id.
func (d *desk) rivals(by *who, after string) (small, large string) {
	a := d.write(by.name+"x", by, after, nil)
	b := d.write(by.name+"y", by, after, nil)
	if slices.Compare(a.ID[:], b.ID[:]) < 0 {
		return by.name + "x", by.name + "y"
	}
	return by.name + "y", by.name + "x"
}

func TestOfTwoChangesInOnePlaceTheSmallerStays(t *testing.T) {
	d := newDesk(t)
	d.write("1", D, "", nil)
	small, large := d.rivals(D, "1")
	d.write("on small", D, small, nil)
	d.write("on large", D, large, nil)
	d.write("other on large", E, "", nil, large)
	d.want(map[string]Reason{
		"1": NoReason, small: NoReason, large: Equivocation,
		"on small": Frozen, "on large": Equivocation, "other on large": BuildsOn,
	})
	d.write("other on on small", E, "other on large", nil, "on small")
	d.want(map[string]Reason{"on small": NoReason, "other on on small": NoReason})
	// What a frontier names stays, though it is larger.
	d.says(A, &Remove{Person: D.person, Frontier: NewFrontier([]Mark{d.mark("on large")})})
	d.want(map[string]Reason{
		"1": NoReason, small: Equivocation, large: NoReason, "on small": Equivocation, "on large": NoReason,
		"other on large": NoReason, "other on on small": BuildsOn,
	})
}

func TestRivalsWithoutTheRoleOrTheirPastDoNotCount(t *testing.T) {
	for i := range 8 { // ids differ each time
		d := newDesk(t)
		d.write(fmt.Sprint("1", i), D, "", nil)
		d.write(fmt.Sprint("2", i), D, "", []RecordID{d.log.Collection()})
		c := d.write(fmt.Sprint("3", i), D, "", nil)
		d.changes[2].Deps = []ChangeHash{{9}}
		d.want(map[string]Reason{fmt.Sprint("1", i): NoReason, fmt.Sprint("2", i): NoWrite})
		if v := Judge(d.view, d.changes)[c.ID]; v.Reason != NeedsDeps {
			t.Errorf("%v", v)
		}
	}
}

func TestJudgingAsItComes(t *testing.T) {
	d := newDesk(t)
	court := NewCourt(d.view)
	for i := range 50 {
		name, after := fmt.Sprint("c", i), ""
		var upon []string
		if i > 0 {
			after = fmt.Sprint("c", i-1)
			upon = []string{after}
		}
		c := d.write(name, D, after, nil, upon...)
		if got := court.Add(c); len(got) != 1 || got[0] != c.ID {
			t.Fatalf("%d verdicts are told", len(got))
		}
	}
	if v := court.Verdict(d.names["c49"].ID); v.Status != Accepted {
		t.Error(v)
	}
	if f := court.Frontier(D.person, D.devices[0].ID()); len(f) != 1 || f[0] != d.mark("c49") || len(court.Frontier(E.person, identity.DeviceID{})) != 0 {
		t.Errorf("frontier is %v", f)
	}
	d.says(A, &Remove{Person: D.person, Frontier: NewFrontier([]Mark{d.mark("c39")})})
	if got := court.Review(d.view); len(got) != 10 {
		t.Errorf("%d verdicts changed, want those of 10", len(got))
	}
	if got := court.Add(d.write("keep", A, "", nil, "c44")); len(got) != 6 {
		t.Errorf("%d verdicts changed, want 5 and the new one", len(got))
	}
	if v := court.Verdict(ChangeID{5}); v.Status != Unknown {
		t.Error(v)
	}
}

// What comes before that which it builds on, of its run or of others, is judged
// when that comes.
func TestJudgingWhatCameTooEarly(t *testing.T) {
	for name, c := range map[string]struct{ author, after string }{"of others": {"E", ""}, "of the run": {"D", "1"}} {
		d := newDesk(t)
		by, upon := E, []string{"1"}
		if c.author == "D" {
			by, upon = D, nil
		}
		first := d.write("1", D, "", nil)
		late := d.write("2", by, c.after, nil, upon...)
		court := NewCourt(d.view)
		court.Add(late)
		if v := court.Verdict(late.ID); v.Status != Waiting {
			t.Errorf("%s: %v", name, v)
		}
		if got := court.Add(first); len(got) != 2 || court.Verdict(late.ID).Status != Accepted {
			t.Errorf("%s: %v, %d verdicts are told", name, court.Verdict(late.ID), len(got))
		}
	}
	// A rival unseats what was accepted.
	d := newDesk(t)
	small, large := d.rivals(D, "")
	court := NewCourt(d.view)
	court.Add(d.names[large])
	if got := court.Add(d.names[small]); len(got) != 2 || court.Verdict(d.names[large].ID).Reason != Equivocation {
		t.Errorf("%d verdicts are told, %v", len(got), court.Verdict(d.names[large].ID))
	}
}

func TestNoneOf200LaterChangesOfARemovedMemberCounts(t *testing.T) {
	d := newDesk(t)
	heads := d.log.Heads()
	d.write("0", D, "", nil)
	d.says(A, &Remove{Person: D.person, Frontier: NewFrontier([]Mark{d.mark("0")})})
	court := NewCourt(d.view)
	court.Add(d.changes...)
	for i := range 200 {
		cites := heads
		if i%2 == 0 {
			cites = nil
		}
		c := d.write(fmt.Sprint(i+1), D, fmt.Sprint(i), cites, fmt.Sprint(i))
		court.Add(c)
		if v := court.Verdict(c.ID); v.Status != Quarantined {
			t.Fatalf("%d: %v", i, v)
		}
	}
	if v := court.Verdict(d.names["0"].ID); v.Status != Accepted || court.Len() != 201 {
		t.Errorf("%v", v)
	}
}
