package docstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/replica"
	"corkboard/identity"
)

// carry brings to one store what another has and it lacks, by the batch.
func carry(t *testing.T, id access.RecordID, from, to *Store) (items int) {
	t.Helper()
	a, b := shelf(t, from, id), shelf(t, to, id)
	for place := b.Seen(a.Replica()); ; {
		list := a.After(place, 16)
		if len(list) == 0 {
			return items
		}
		place = list[len(list)-1].Place
		items += give(t, list, a, b)
		b.SetPeer(a.Replica(), from.Person(), from.Device(), place, 0)
	}
}

// give puts those of a list into a shelf that it has not.
func give(t *testing.T, list []Entry, from, to *Shelf) (items int) {
	t.Helper()
	var raws [][]byte
	for _, e := range list {
		if _, here := to.Find(e.Key); here {
			continue
		}
		raw, err := from.Bytes(e.Key)
		if err != nil || len(raw) != e.Size {
			t.Fatalf("%d bytes for %+v: %v", len(raw), e, err)
		}
		raws = append(raws, raw)
	}
	if err := errors.Join(to.Put(testContext(t), raws)...); err != nil {
		t.Fatal(err)
	}
	return len(raws)
}

func shelf(t *testing.T, s *Store, id access.RecordID) *Shelf {
	t.Helper()
	sh, err := s.Shelf(id)
	if err != nil {
		t.Fatal(err)
	}
	return sh
}

// together is a collection of a first store that a second one is in, and a document
// that both show.
func together(t *testing.T, a, b *Store) (access.RecordID, doc.ID) {
	t.Helper()
	ctx := testContext(t)
	c, err := a.Found(ctx)
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.NewIDIn(c)
	if err != nil {
		t.Fatal(err)
	}
	safe(t, a.Create(id, []doc.Edit{put("a", "from")}))
	if err := a.SetRoot(ctx, c, id, "board"); err != nil {
		t.Fatal(err)
	}
	var secret [16]byte
	err = a.Govern(ctx, c, func(r *replica.Replica) (items []replica.Item, err error) {
		secret, items, err = r.InviteByLink(access.Write, false, 0, time.Now().UnixMilli())
		return items, err
	})
	if err == nil {
		err = b.Join(ctx, Invited{Collection: c, Root: id, Kind: "board", Secret: &secret})
	}
	if err != nil {
		t.Fatal(err)
	}
	carry(t, c, a, b)
	err = b.Govern(ctx, c, func(r *replica.Replica) ([]replica.Item, error) { return r.Join(secret, time.Now().UnixMilli()) })
	if err != nil {
		t.Fatal(err)
	}
	carry(t, c, b, a)
	return c, id
}

func TestTwoStoresShareACollection(t *testing.T) {
	dirA, dirB := t.TempDir(), t.TempDir()
	a, b := openTest(t, dirA, testOptions()), openTest(t, dirB, testOptions())
	c, id := together(t, a, b)
	for _, s := range []*Store{a, b} {
		known, err := s.Collection(c)
		if err != nil || !known.Ready || known.Root != id || len(known.State.Members) != 2 || known.State.Role(b.Person()) != access.Write {
			t.Fatalf("%+v, %v", known, err)
		}
		eventually(t, "the document is in its collection", func() bool { // what nobody looks at is taken in soon
			in, err := s.CollectionOf(id)
			return err == nil && in == c
		})
	}
	hb := openRaw(b, id)
	if got := doctest.AwaitState(t, hb, doc.Ready); got.Value["from"] != "a" {
		t.Fatalf("shows %s", doctest.Show(got.Value))
	}
	safe(t, hb.Do(doctest.Do("set", put("b", "also"))))
	carry(t, c, b, a)
	ha := openRaw(a, id)
	doctest.Await(t, ha, func(s doc.Snapshot[doc.Map]) bool { return s.Value["also"] == "b" })
	if n := carry(t, c, a, b); n != 0 {
		t.Errorf("%d items were carried back", n)
	}
	newest, err := shelf(t, b, c).Newest(id)
	if err != nil || newest != shelf(t, b, c).Last() {
		t.Errorf("newest %d, %v; last %d", newest, err, shelf(t, b, c).Last())
	}
	hb.Close()
	ha.Close()
	closeTest(t, b)
	closeTest(t, a)

	a, b = openTest(t, dirA, testOptions()), openTest(t, dirB, testOptions())
	if n := carry(t, c, a, b) + carry(t, c, b, a); n != 0 {
		t.Errorf("after a restart %d items were carried", n)
	}
	if got := doctest.AwaitState(t, openRaw(b, id), doc.Ready); got.Value["also"] != "b" {
		t.Errorf("after a restart: %s", doctest.Show(got.Value))
	}
	for _, s := range []*Store{a, b} {
		if r, err := s.Check(testContext(t)); err != nil || !r.OK() {
			t.Errorf("check: %+v, %v", r, err)
		}
	}
}

// What one has removed is not read by the other any more, and is told.
func TestARemovedMemberReadsNothingNew(t *testing.T) {
	a, b := openTest(t, t.TempDir(), testOptions()), openTest(t, t.TempDir(), testOptions())
	c, id := together(t, a, b)
	err := a.Govern(testContext(t), c, func(r *replica.Replica) ([]replica.Item, error) { return r.Remove(b.Person(), time.Now().UnixMilli()) })
	if err != nil {
		t.Fatal(err)
	}
	h := openRaw(a, id)
	doctest.AwaitState(t, h, doc.Ready)
	safe(t, h.Do(doctest.Do("set", put("x", "secret"))))
	carry(t, c, a, b)
	known, err := b.Collection(c)
	if err != nil || known.State.Role(b.Person()) != access.None {
		t.Fatalf("%+v, %v", known.State, err)
	}
	hb := openRaw(b, id)
	if got := doctest.AwaitState(t, hb, doc.Ready); got.Value["secret"] != nil || got.Value["from"] != "a" {
		t.Errorf("shows %s", doctest.Show(got.Value))
	}
	if err := hb.Do(doctest.Do("set", put("x", "more"))).Applied(testContext(t)); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an edit after the removal: %v", err)
	}
}

func TestARestoredBackupCountsUnderAnotherName(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	c, err := s.Found(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	first := shelf(t, s, c).Replica()
	backup, err := s.Backup(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	closeTest(t, s)
	s = openTest(t, dir, testOptions())
	if again := shelf(t, s, c).Replica(); again != first {
		t.Error("another name after a restart")
	}
	closeTest(t, s)
	b, err := os.ReadFile(backup)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, logName), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s = openTest(t, dir, testOptions())
	if again := shelf(t, s, c).Replica(); again == first {
		t.Error("the same name after a backup was put back")
	}
}

func TestCopiesTakeThePlaceOfDocuments(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir, testOptions())
	from, to := s.NewID(), s.NewID()
	safe(t, s.Create(from, []doc.Edit{put("old", "is")}))
	safe(t, s.Create(to, []doc.Edit{put("new", "is")}))
	h := openRaw(s, from)
	heads := doctest.AwaitState(t, h, doc.Ready).Heads
	safe(t, h.Do(doctest.Do("set", put(true, "edited"))))
	var changed *ChangedError
	err := s.Move(testContext(t), []Move{{from, to, heads}})
	if !errors.As(err, &changed) || !errors.Is(err, ErrChanged) || len(changed.Documents) != 1 || s.Moved(from) != from {
		t.Fatalf("moving what was edited: %v", err)
	}
	safe(t, h.Do(doctest.Do("set", put(true, "again")))) // it is not held off any more
	if err := s.Move(testContext(t), []Move{{from, to, h.Snapshot().Heads}}); err != nil {
		t.Fatal(err)
	}
	if err := h.Do(doctest.Do("set", put(true, "late"))).Applied(testContext(t)); !errors.Is(err, ErrMoved) {
		t.Errorf("an edit after the move: %v", err)
	}
	for range 2 {
		if got := doctest.AwaitState(t, openRaw(s, from), doc.Ready); got.Value["is"] != "new" || got.ID != to {
			t.Errorf("shows %s of %s", doctest.Show(got.Value), got.ID)
		}
		closeTest(t, s)
		s = openTest(t, dir, testOptions())
	}
}

func TestWhatIsNotOfTheCollectionIsNotTaken(t *testing.T) {
	a, b := openTest(t, t.TempDir(), testOptions()), openTest(t, t.TempDir(), testOptions())
	c, _ := together(t, a, b)
	other, err := a.Found(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	foreign := shelf(t, a, other)
	before := shelf(t, b, c).Last()
	for _, e := range foreign.After(0, 100) {
		raw, err := foreign.Bytes(e.Key)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range [][]byte{raw, raw[:len(raw)-1], {}} {
			if err := shelf(t, b, c).Put(testContext(t), [][]byte{bad})[0]; err == nil || Passing(err) {
				t.Errorf("took %d bytes: %v", len(bad), err)
			}
		}
	}
	if now := shelf(t, b, c).Last(); now != before {
		t.Errorf("counts %d, and %d before", now, before)
	}
	if _, err := a.Shelf(access.RecordID(identity.PersonID{1})); !errors.Is(err, ErrNoCollection) {
		t.Errorf("a collection that is not here: %v", err)
	}
}
