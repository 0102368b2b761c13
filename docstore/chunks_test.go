package docstore

import (
	"context"
	"crypto/rand"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
	"corkboard/docstore/replica"
	"corkboard/sqlite"
)

// everything is what a log holds that can be sent.
func everything(t *testing.T, s *Store) (list []replica.Item) {
	t.Helper()
	err := s.read(context.Background(), func(tx *sqlite.Tx) (err error) {
		if list, _, err = readRecords(tx, homeCollection); err != nil {
			return err
		}
		return tx.Each(func(scan func(...any) error) error {
			i := replica.Item{Sort: replica.Chunk}
			if err := scan(&i.Raw); err != nil {
				return err
			}
			list = append(list, i)
			return nil
		}, "SELECT body FROM chunks ORDER BY id")
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// received is a replica on the same device that has received a log, in any order.
func received(t *testing.T, s *Store, list []replica.Item) *replica.Replica {
	t.Helper()
	k, err := s.keys.vault.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	r, err := replica.Open(replica.Options{Person: k.Person, Device: k.Device, Engine: engine.Native(), Random: rand.Reader}, s.home().id)
	if err != nil {
		t.Fatal(err)
	}
	mathrand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	for _, i := range list {
		if err := r.Receive(i.Sort, i.Raw); err != nil {
			t.Fatalf("%v: %v", i.Sort, err)
		}
	}
	if parked, _ := r.Parked(); parked > 0 || len(r.Quarantine()) > 0 {
		t.Fatalf("%d items wait, refused: %v", parked, r.Quarantine())
	}
	return r
}

// What lies in the log is what travels: a replica that knows nothing else makes
// the same documents of it, and finds nothing to refuse.
func TestTheLogHoldsWhatTravels(t *testing.T) {
	dir := t.TempDir()
	want := map[chunk.DocumentID]doc.Map{}
	for run := range 3 {
		s := openTest(t, dir, testOptions())
		minted := s.NewID()
		for _, id := range []doc.ID{minted, doctest.ID("chosen")} {
			if run == 0 || id == minted {
				safe(t, s.Create(id, []doc.Edit{put("x", "k"), put(doc.Text("some text"), "t")}))
			}
			l := openRaw(s, id)
			for i := range 5 {
				safe(t, l.Do(doctest.Do("set", put(int64(i+run), "n"), doc.Splice{Path: doc.At("t"), Insert: "é"})))
			}
			safe(t, l.Undo())
			genesis, err := s.present()[0].genesis()
			if d, held := s.docs[id]; held {
				genesis, err = d.genesis()
			}
			if err != nil || (id == minted) != (genesis.Doc() == id) {
				t.Fatalf("%s is %v, %v", id, genesis, err)
			}
			want[genesis] = l.Snapshot().Value
		}
		closeTest(t, s)
	}
	s := openTest(t, dir, testOptions())
	r := received(t, s, everything(t, s))
	defer r.Close()
	if n := len(r.Documents()); n != len(want) {
		t.Errorf("%d documents, want %d", n, len(want))
	}
	for id, m := range want {
		got, err := r.Tree(id)
		if err != nil || !doc.Equal(got, m) {
			t.Errorf("%v: %v, %s\nwant %s", id, err, doctest.Show(got), doctest.Show(m))
		}
	}
}

// A text of 100,000 characters is one edit for a person, and for others several
// changes within their limits.
func TestALargeEditTravelsInPieces(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	id, large := s.NewID(), doc.Text(strings.Repeat("äbcdefghij", 10_000))
	safe(t, s.Create(id, []doc.Edit{put(large, "made")}))
	l := openRaw(s, id)
	safe(t, l.Do(doctest.Do("paste", put(large, "pasted"))))
	safe(t, l.Do(doctest.Do("type", doc.Splice{Path: doc.At("pasted"), From: 50_000, Insert: "X"})))
	want := l.Snapshot().Value
	safe(t, l.Undo())
	safe(t, l.Undo())
	if got := l.Snapshot().Value; got["pasted"] != nil {
		t.Error("one step is more than one edit")
	}
	safe(t, l.Redo())
	safe(t, l.Redo())
	if got := l.Snapshot().Value; !doc.Equal(got, want) {
		t.Error("undone and done again it is something else")
	}
	versions, err := s.History(testContext(t), id)
	if err != nil || len(versions) < 12 {
		t.Errorf("%d changes, %v", len(versions), err)
	}
	closeTest(t, s)
	dropCache(t, dir)
	s = openTest(t, dir, testOptions())
	if got := doctest.AwaitState(t, openRaw(s, id), doc.Ready); got.Err != nil || !doc.Equal(got.Value, want) {
		t.Errorf("reopened: %v", got.Err)
	}
	r := received(t, s, everything(t, s))
	defer r.Close()
	if got, err := r.Tree(chunk.DocumentID(nonceOf(id))); err != nil || !doc.Equal(got, want) {
		t.Errorf("received: %v", err)
	}
}

// A run whose name is spent goes on under another one, and the log leads to its
// heads at every moment.
func TestAnEditInARunThatHasEndedIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	id := s.NewID()
	safe(t, s.Create(id, []doc.Edit{put("x", "k")}))
	l := openRaw(s, id)
	d, err := s.hold(id)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		d.post(func() { // as if the engine had been loaded in a run before
			if err := d.needEngine(); err != nil { // the sweeper may have let go of it
				t.Error(err)
				return
			}
			saved := d.eng.Save()
			d.dropEngine()
			var err error
			if d.eng, err = s.opt.Engine.Load(saved, nil, []byte(strings.Repeat(string(rune('a'+n)), 16))); err != nil {
				t.Error(err)
			}
			s.engines.used(d)
		})
		safe(t, l.Do(doctest.Do("set", put(int64(n), "n"))))
		if r, err := s.Check(testContext(t)); err != nil || !r.OK() || r.Changes != n+2 {
			t.Fatalf("after edit %d: %+v, %v", n, r, err)
		}
	}
	d.release()
	want := l.Snapshot()
	closeTest(t, s)
	dropCache(t, dir)
	s = openTest(t, dir, testOptions())
	got := doctest.AwaitState(t, openRaw(s, id), doc.Ready)
	if got.Err != nil || !doc.Equal(got.Value, want.Value) || !slices.Equal(got.Heads, want.Heads) {
		t.Errorf("reopened: %v, %s", got.Err, doctest.Show(got.Value))
	}
	received(t, s, everything(t, s)).Close()
}
