package docstore

import (
	"crypto/rand"
	"slices"
	"testing"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
	"corkboard/docstore/replica"
	"corkboard/identity"
)

// guest is another person with a replica in memory.
type guest struct {
	t       *testing.T
	r       *replica.Replica
	id      identity.PersonID
	records [][]byte
	told    map[replica.Key]bool // by the store, or to it
}

// someone is a person who knows of a store's collection and nothing in it.
func someone(t *testing.T, s *Store) *guest {
	t.Helper()
	words, err := identity.NewWords(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := words.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	device, err := identity.NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	log, err := identity.Found(rand.Reader, 1, device, "theirs", recovery.Public())
	if err != nil {
		t.Fatal(err)
	}
	g := &guest{t: t, id: log.Person(), told: map[replica.Key]bool{}}
	for _, raw := range log.Records() {
		g.records = append(g.records, raw)
	}
	g.r, err = replica.Open(replica.Options{Person: g.id, Device: device, Engine: engine.Native(), Random: rand.Reader}, s.home().id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.r.Close)
	for _, raw := range g.records {
		if err := g.r.Receive(replica.PersonRecord, raw); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// hears takes what a store has on disk.
func (g *guest) hears(s *Store) {
	g.t.Helper()
	for _, i := range everything(g.t, s) {
		g.told[replica.Key(bodyHash(i.Raw))] = true
		if err := g.r.Receive(i.Sort, i.Raw); err != nil {
			g.t.Fatal(err)
		}
	}
}

// tells gives a store what it has not, in any order that is not its own.
func (g *guest) tells(s *Store) {
	g.t.Helper()
	have := g.r.Have()
	slices.Reverse(have)
	for _, k := range have {
		if g.told[k] {
			continue
		}
		g.told[k] = true
		i, _ := g.r.Item(k)
		if err := receive(g.t, s, i.Sort, i.Raw); err != nil {
			g.t.Fatal(err)
		}
	}
}

func (g *guest) edit(s *Store, id doc.ID, edits ...doc.Edit) {
	g.t.Helper()
	if _, err := g.r.Edit(s.genesisOf(g.t, id), edits, "theirs", 2); err != nil {
		g.t.Fatal(err)
	}
}

// join makes a guest a member.
func (g *guest) join(s *Store, role access.Role) {
	g.t.Helper()
	for _, raw := range g.records {
		if err := receive(g.t, s, replica.PersonRecord, raw); err != nil {
			g.t.Fatal(err)
		}
	}
	var invitation access.RecordID
	err := s.Govern(testContext(g.t), s.home().id, func(r *replica.Replica) (items []replica.Item, err error) {
		invitation, items, err = r.Invite(g.id, role, s.now())
		return items, err
	})
	if err != nil {
		g.t.Fatal(err)
	}
	g.hears(s)
	if _, err := g.r.Accept(invitation, 2); err != nil {
		g.t.Fatal(err)
	}
	g.tells(s)
}

func removal(who *guest) func(*replica.Replica) ([]replica.Item, error) {
	return func(r *replica.Replica) ([]replica.Item, error) { return r.Remove(who.id, 3) }
}

// shared is a store with a document, in which a guest may write.
func shared(t *testing.T, dir string, o Options) (*Store, doc.ID, *guest) {
	t.Helper()
	s := openTest(t, dir, o)
	id := s.NewID()
	safe(t, s.Create(id, []doc.Edit{put("x", "k"), put(doc.Text("our text"), "t")}))
	g := someone(t, s)
	g.join(s, access.Write)
	return s, id, g
}

// shows waits until a document has a value under a name.
func shows(t *testing.T, l *doc.Live[doc.Map], name string, want doc.Value) {
	t.Helper()
	eventually(t, "shown: "+name, func() bool { return doc.Equal(l.Snapshot().Value[name], want) })
}

func TestWhatAnotherPersonWritesIsShownAndKept(t *testing.T) {
	dir := t.TempDir()
	s, id, g := shared(t, dir, testOptions())
	l := openRaw(s, id)
	safe(t, l.Do(doctest.Do("mine", doc.Splice{Path: doc.At("t"), From: 8, Insert: ", mine"})))
	g.hears(s)
	g.edit(s, id, put(int64(7), "theirs"), doc.Splice{Path: doc.At("t"), Insert: "Theirs and "})
	made, _, err := g.r.NewDocument(2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.r.Edit(made, []doc.Edit{put("new", "k")}, "", 2); err != nil {
		t.Fatal(err)
	}
	g.tells(s)
	shows(t, l, "theirs", int64(7))
	shows(t, l, "t", doc.Text("Theirs and our text, mine"))
	if snap := l.Snapshot(); snap.Origin != doc.Remote {
		t.Errorf("it came from %v", snap.Origin)
	}
	safe(t, l.Undo()) // mine, not theirs
	shows(t, l, "t", doc.Text("Theirs and our text"))
	other := openRaw(s, made.Doc())
	shows(t, other, "k", "new")
	safe(t, other.Do(doctest.Do("answer", put("answer", "k"))))
	g.hears(s)
	if tree, err := g.r.Tree(made); err != nil || tree["k"] != "answer" {
		t.Errorf("the guest sees %s, %v", doctest.Show(tree), err)
	}
	want := l.Snapshot()
	closeTest(t, s)
	for _, cached := range []bool{true, false} {
		if !cached {
			dropCache(t, dir)
		}
		s := openTest(t, dir, testOptions())
		l := openRaw(s, id)
		got := doctest.AwaitState(t, l, doc.Ready)
		if got.Err != nil || !doc.Equal(got.Value, want.Value) || !slices.Equal(got.Heads, want.Heads) {
			t.Errorf("reopened: %v, %s", got.Err, doctest.Show(got.Value))
		}
		safe(t, l.Do(doctest.Do("go on", put(cached, "k"))))
		want = l.Snapshot()
		if r, err := s.Check(testContext(t)); err != nil || !r.OK() {
			t.Errorf("%+v, %v", r, err)
		}
		closeTest(t, s)
	}
}

func TestWhatARemovedPersonWritesIsKeptAndNotShown(t *testing.T) {
	dir := t.TempDir()
	s, id, g := shared(t, dir, testOptions())
	l := openRaw(s, id)
	g.edit(s, id, put(int64(1), "before"))
	g.tells(s)
	shows(t, l, "before", int64(1))
	if err := s.Govern(testContext(t), s.home().id, removal(g)); err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		g.edit(s, id, put(int64(n), "after"))
	}
	g.tells(s)
	for range 2 {
		list := quarantine(t, s)
		if len(list) != 5 || list[0].Reason != access.AfterRemoval || list[0].Author != g.id {
			t.Fatalf("in quarantine: %v", list)
		}
		l := openRaw(s, id)
		safe(t, l.Do(doctest.Do("go on", put("y", "k"))))
		if got := l.Snapshot().Value; got["after"] != nil || got["before"] != int64(1) {
			t.Errorf("shows %s", doctest.Show(got))
		}
		closeTest(t, s)
		s = openTest(t, dir, testOptions())
	}
}

// quarantine is what a store keeps and does not apply.
func quarantine(t *testing.T, s *Store) []replica.Refusal {
	t.Helper()
	m, err := s.home().wait()
	if err == nil {
		err = s.home().awaken(m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m.Quarantine()
}

// An admin who did not know of a change removed its author: it was shown, and is
// taken back.
func TestAVerdictThatTurnsTakesChangesBack(t *testing.T) {
	dir := t.TempDir()
	s, id, g := shared(t, dir, testOptions())
	admin := someone(t, s)
	admin.join(s, access.Admin)
	g.hears(s)
	l := openRaw(s, id)
	safe(t, l.Do(doctest.Do("mine", put("mine", "mine"))))
	admin.hears(s)
	g.edit(s, id, put(int64(1), "late"))
	g.tells(s)
	shows(t, l, "late", int64(1))
	if _, err := admin.r.Remove(g.id, 3); err != nil {
		t.Fatal(err)
	}
	admin.tells(s)
	shows(t, l, "late", nil)
	shows(t, l, "mine", "mine")
	safe(t, l.Do(doctest.Do("go on", put("y", "k"))))
	want := l.Snapshot()
	closeTest(t, s)
	dropCache(t, dir)
	s = openTest(t, dir, testOptions())
	if got := doctest.AwaitState(t, openRaw(s, id), doc.Ready); got.Err != nil || !doc.Equal(got.Value, want.Value) {
		t.Errorf("reopened: %v, %s", got.Err, doctest.Show(got.Value))
	}
	if list := quarantine(t, s); len(list) != 1 {
		t.Errorf("in quarantine: %v", list)
	}
}

// Others write at both ends of what was typed here and inside of it, and it comes at
// once. Undo is of what was typed here and no more, also when theirs is taken back.
func TestUndoAfterOthersWroteAllAroundIt(t *testing.T) {
	for _, removed := range []bool{false, true} {
		s, id, g := shared(t, t.TempDir(), testOptions())
		admin := someone(t, s)
		admin.join(s, access.Admin)
		g.hears(s)
		l := openRaw(s, id)
		safe(t, l.Do(doctest.Do("mine", doc.Splice{Path: doc.At("t"), From: 3, Insert: " mine"})))
		g.hears(s)
		admin.hears(s)
		g.edit(s, id, doc.Splice{Path: doc.At("t"), Insert: "Theirs, "}, doc.Splice{Path: doc.At("t"), From: 13, Insert: "(in)"})
		g.edit(s, id, doc.Splice{Path: doc.At("t"), From: 25, Insert: "?"})
		g.tells(s)
		shows(t, l, "t", doc.Text("Theirs, our m(in)ine text?"))
		undone, again := doc.Text("Theirs, our(in) text?"), doc.Text("Theirs, our m(in)ine text?")
		if removed {
			if _, err := admin.r.Remove(g.id, 3); err != nil {
				t.Fatal(err)
			}
			admin.tells(s)
			undone, again = "our text", "our mine text"
			shows(t, l, "t", again)
		}
		safe(t, l.Undo())
		shows(t, l, "t", undone)
		safe(t, l.Redo())
		shows(t, l, "t", again)
		closeTest(t, s)
	}
}

// What a person writes after a verdict has turned, and before the document has
// heard of it, stays; and it vouches for what it was built upon.
func TestAnEditWhileAVerdictTurns(t *testing.T) {
	dir := t.TempDir()
	s, id, g := shared(t, dir, testOptions())
	admin := someone(t, s)
	admin.join(s, access.Admin)
	g.hears(s)
	l := openRaw(s, id)
	g.edit(s, id, put(int64(1), "late"))
	g.tells(s)
	shows(t, l, "late", int64(1))
	if _, err := admin.r.Remove(g.id, 3); err != nil {
		t.Fatal(err)
	}
	d, err := s.hold(id)
	if err != nil {
		t.Fatal(err)
	}
	gate := make(chan struct{})
	d.post(func() { <-gate })
	mine := l.Do(doctest.Do("mine", put("mine", "mine")))
	admin.tells(s) // the document hears of it after the edit
	close(gate)
	safe(t, mine)
	heed(t, s, id)
	shows(t, l, "mine", "mine")
	shows(t, l, "late", int64(1))
	d.release()
	closeTest(t, s)
	dropCache(t, dir)
	s = openTest(t, dir, testOptions())
	if got := doctest.AwaitState(t, openRaw(s, id), doc.Ready); got.Err != nil || got.Value["mine"] != "mine" || got.Value["late"] != int64(1) {
		t.Errorf("reopened: %v, %s", got.Err, doctest.Show(got.Value))
	}
}

// heed waits until a document has done what it has been told to.
func heed(t *testing.T, s *Store, id doc.ID) {
	t.Helper()
	d, err := s.hold(id)
	if err != nil {
		t.Fatal(err)
	}
	defer d.release()
	done := make(chan struct{})
	d.post(func() { close(done) })
	<-done
}

// receive gives a store one item of its own collection.
func receive(t *testing.T, s *Store, sort replica.Sort, raw []byte) error {
	t.Helper()
	return s.Receive(testContext(t), s.home().id, replica.Item{Sort: sort, Raw: raw})[0]
}
