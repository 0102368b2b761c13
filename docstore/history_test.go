package docstore

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/identity"
)

func TestTimesFollowWhatWasKnown(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []pastRow
		want []string // "hash time heads"
	}{
		{"one after the other", []pastRow{
			{hash: "a", time: 10}, {hash: "b", deps: doc.Heads{"a"}, time: 20},
		}, []string{"a 10 [a]", "b 20 [b]"}},
		{"a clock that goes back", []pastRow{
			{hash: "a", time: 1000}, {hash: "b", deps: doc.Heads{"a"}, time: 3}, {hash: "c", deps: doc.Heads{"b"}, time: 1000},
		}, []string{"a 1000 [a]", "b 1001 [b]", "c 1002 [c]"}},
		{"equal clocks at the same time", []pastRow{
			{hash: "a", time: 5}, {hash: "b", deps: doc.Heads{"a"}, time: 7}, {hash: "c", deps: doc.Heads{"a"}, time: 7},
			{hash: "d", deps: doc.Heads{"b", "c"}, time: 7},
		}, []string{"a 5 [a]", "b 7 [b]", "c 7 [b c]", "d 8 [d]"}},
		{"children come before their parents", []pastRow{
			{hash: "c", deps: doc.Heads{"b"}, time: 30}, {hash: "b", deps: doc.Heads{"a"}, time: 20}, {hash: "a", time: 10},
		}, []string{"a 10 [a]", "b 20 [b]", "c 30 [c]"}},
		{"what follows something missing is left out", []pastRow{
			{hash: "a", time: 10}, {hash: "c", deps: doc.Heads{"gone"}, time: 20}, {hash: "d", deps: doc.Heads{"c"}, time: 30},
		}, []string{"a 10 [a]"}},
		{"nothing is told twice", []pastRow{
			{hash: "a", time: 10}, {hash: "a", time: 10},
		}, []string{"a 10 [a]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, v := range versionsOf("d", c.rows, nil) {
				got = append(got, fmt.Sprint(v.hash, " ", v.Time.UnixMilli(), " ", v.Heads))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestManyAtOnceAreOneVersion(t *testing.T) {
	rows := []pastRow{{hash: "root", time: 1}}
	for i := range 2 * maxHeads {
		rows = append(rows, pastRow{hash: fmt.Sprint("h", i), deps: doc.Heads{"root"}, time: 2})
	}
	list := versionsOf("d", rows, nil)
	if len(list) != maxHeads+2 || len(list[len(list)-1].Heads) != 2*maxHeads {
		t.Errorf("%d versions, the last of %d heads", len(list), len(list[len(list)-1].Heads))
	}
}

func TestVersionAt(t *testing.T) {
	list := []Version{{Time: time.UnixMilli(10)}, {Time: time.UnixMilli(20)}, {Time: time.UnixMilli(20)}}
	for at, want := range map[int64]int{9: -1, 10: 0, 19: 0, 20: 2, 99: 2} {
		if got := VersionAt(list, time.UnixMilli(at)); got != want {
			t.Errorf("at %d: %d, want %d", at, got, want)
		}
	}
}

func TestHistoryOfTwoPeople(t *testing.T) {
	s, id, g := shared(t, t.TempDir(), testOptions())
	g.hears(s)
	before := openRaw(s, id)
	mine := doctest.AwaitState(t, before, doc.Ready).Heads
	g.edit(s, id, put("theirs", "a")) // their clock says 2 ms after 1970
	g.edit(s, id, put("later", "a"))
	safe(t, before.Do(doctest.Do("mine", put("here", "b"))))
	g.tells(s)
	now := doctest.Await(t, before, func(x doc.Snapshot[doc.Map]) bool { return x.Value["a"] == "later" })
	if err := s.Flush(testContext(t)); err != nil {
		t.Fatal(err)
	}
	list, err := s.History(testContext(t), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(now.Heads) != 2 || !slices.Equal(list[len(list)-1].Heads, now.Heads) {
		t.Errorf("the newest version is %v, the document %v", list[len(list)-1].Heads, now.Heads)
	}
	from := slices.IndexFunc(list, func(v Version) bool { return slices.Equal(v.Heads, mine) })
	people := map[string]identity.PersonID{}
	last := list[from].Time
	r := s.Reader()
	defer r.Close()
	for _, v := range list[from+1:] {
		if v.Time.Before(last) || v.Of != id {
			t.Errorf("%q of %v is shown at %v, before %v", v.Label, v.Of, v.Time, last)
		}
		last = v.Time
		people[v.Label] = v.Person
		if _, err := r.At(v.Of, v.Heads); err != nil {
			t.Errorf("%q: %v", v.Label, err)
		}
	}
	if people["theirs"] != g.id || people["mine"] != s.Person() {
		t.Errorf("written by %v", people)
	}
	if m, err := r.At(id, list[from+1].Heads); err != nil || m["a"] != "theirs" || m["b"] != nil {
		t.Errorf("after their first change: %s, %v", doctest.Show(m), err)
	}
	if m, err := r.At(id, now.Heads); err != nil || !doc.Equal(m, now.Value) {
		t.Errorf("the present: %s, %v", doctest.Show(m), err)
	}
	if _, err := r.At(id, doc.Heads{"00"}); err == nil {
		t.Error("a version that never was is read")
	}
}

func TestHistoryGoesBackBeyondAMove(t *testing.T) {
	s := openTest(t, t.TempDir(), testOptions())
	ctx := testContext(t)
	from, to := s.NewID(), s.NewID()
	safe(t, s.Create(from, []doc.Edit{put("old", "is")}))
	l := openRaw(s, from)
	doctest.AwaitState(t, l, doc.Ready)
	safe(t, l.Do(doctest.Do("edit", put("older", "is"))))
	safe(t, s.Create(to, []doc.Edit{put("new", "is")}))
	if err := s.Move(ctx, []Move{{from, to, l.Snapshot().Heads}}); err != nil {
		t.Fatal(err)
	}
	r := s.Reader()
	defer r.Close()
	for _, id := range []doc.ID{from, to} {
		list, err := s.History(ctx, id)
		if err != nil || len(list) != 3 || list[0].Of != from || list[1].Of != from || list[2].Of != to {
			t.Fatalf("%+v, %v", list, err)
		}
		for i, want := range []string{"old", "older", "new"} {
			if m, err := r.At(list[i].Of, list[i].Heads); err != nil || m["is"] != want {
				t.Errorf("version %d: %s, %v", i, doctest.Show(m), err)
			}
		}
	}
}

func TestTracesTellWhatLayInSlots(t *testing.T) {
	s, id, g := shared(t, t.TempDir(), testOptions())
	ctx := testContext(t)
	l := openRaw(s, id)
	doctest.AwaitState(t, l, doc.Ready)
	safe(t, l.Do(doctest.Do("make", put(doc.Map{"x": doc.Map{"url": "one"}}, "cards"))))
	safe(t, l.Do(doctest.Do("add", put(doc.Map{"url": "two", "at": "1 1"}, "cards", "y"))))
	safe(t, l.Do(doctest.Do("move", put("2 2", "cards", "y", "at"))))
	g.hears(s)
	g.edit(s, id, doc.Delete{Path: doc.At("cards", "x")}, doc.Delete{Path: doc.At("cards", "y")})
	g.tells(s)
	doctest.Await(t, l, func(x doc.Snapshot[doc.Map]) bool { return doc.Equal(x.Value["cards"], doc.Map{}) })
	safe(t, l.Do(doctest.Do("again", put(doc.Map{"url": "three"}, "cards", "x"))))
	list, err := s.Traces(ctx, id, doc.At("cards"), "url")
	if err != nil {
		t.Fatal(err)
	}
	byLabel := map[string]Trace{}
	for _, x := range list {
		byLabel[x.Label] = x
	}
	for label, want := range map[string][3][]string{
		"make":   {{"x"}, nil, {"one"}},
		"add":    {{"y"}, nil, {"two"}},
		"move":   {},
		"theirs": {nil, {"x", "y"}, nil},
		"again":  {{"x"}, nil, {"three"}},
	} {
		got := byLabel[label].Slots
		slices.Sort(got.Gone)
		if !slices.Equal(got.Put, want[0]) || !slices.Equal(got.Gone, want[1]) || !slices.Equal(got.Said, want[2]) {
			t.Errorf("%q did %+v, want %v", label, got, want)
		}
	}
	if byLabel["theirs"].Person != g.id {
		t.Error("somebody else removed them")
	}
}

func TestARestedReaderReadsAgain(t *testing.T) {
	s := openTest(t, t.TempDir(), testOptions())
	ctx := testContext(t)
	r := s.Reader()
	var ids []doc.ID
	for range maxReadings + 2 {
		id := s.NewID()
		safe(t, s.Create(id, []doc.Edit{put("first", "is")}))
		l := openRaw(s, id)
		doctest.AwaitState(t, l, doc.Ready)
		safe(t, l.Do(doctest.Do("set", put("second", "is"))))
		ids = append(ids, id)
	}
	for range 2 {
		for _, id := range ids {
			list, err := s.History(ctx, id)
			if err != nil || len(list) != 2 {
				t.Fatalf("%v, %v", list, err)
			}
			if m, err := r.At(id, list[0].Heads); err != nil || m["is"] != "first" {
				t.Errorf("%s, %v", doctest.Show(m), err)
			}
		}
	}
	r.Close()
	if _, err := r.At(ids[0], doc.Heads{"00"}); err == nil {
		t.Error("a closed Reader reads")
	}
}
