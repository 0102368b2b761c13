package app

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corkboard/app/ipc"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/share"
)

// call asks an App over its socket.
func call(t *testing.T, a *App, q ipc.Request) ipc.Reply {
	t.Helper()
	r, err := ipc.Call(testContext(t), a.Profile(), q)
	must(t, err)
	return r
}

func TestOtherStartsAreServed(t *testing.T) {
	a := openTest(t, t.TempDir())
	type opened struct {
		link  string
		files []string
	}
	got := make(chan opened, 4)
	stop := a.Serve(Handlers{
		Open:  func(link string) { got <- opened{link: link} },
		Files: func(paths []string) { got <- opened{files: paths} },
	})
	defer stop()
	if r := call(t, a, ipc.Request{Verb: ipc.Open, Link: "corkboard:/x", Paths: []string{"/a"}}); len(r.Errors) > 0 {
		t.Errorf("got %v", r.Errors)
	}
	if o := <-got; o.link != "corkboard:/x" {
		t.Errorf("opened %+v", o)
	}
	if o := <-got; !slices.Equal(o.files, []string{"/a"}) {
		t.Errorf("pinned %+v", o)
	}

	on := newBoard(t, a, "")
	link := share.Format(share.Link{Document: on, Kind: cards.KindBoard})
	newText(t, a, on, board.Point{X: 20, Y: 100}, "x")
	r := call(t, a, ipc.Request{Verb: ipc.Add, Board: link, Paths: []string{write(t, "a.txt", []byte("added")), filepath.Join(t.TempDir(), "gone")}})
	if r.Count != 1 || !slices.Equal(r.Errors, []string{"“gone”: there is no such file."}) {
		t.Errorf("got %+v", r)
	}
	if at := arrangement(t, a, on)["added"]; at.X < 20+300 || at.Y != 100 {
		t.Errorf("it was put at %v", at)
	}
	if r := call(t, a, ipc.Request{Verb: ipc.Status}); !strings.Contains(string(r.Report), `"saveState":"Saved on this device"`) {
		t.Errorf("status: %s", r.Report)
	}
	if r := call(t, a, ipc.Request{Verb: ipc.Export, Board: link, Dir: filepath.Join(t.TempDir(), "out")}); len(r.Errors) > 0 {
		t.Errorf("export: %v", r.Errors)
	}
	if r := call(t, a, ipc.Request{Verb: ipc.Check}); len(r.Errors) > 0 || len(r.Report) == 0 {
		t.Errorf("check: %+v", r)
	}
}

func TestStrangeRequestsAreRefusedInWords(t *testing.T) {
	a := openTest(t, t.TempDir())
	text := share.Format(share.Link{Document: a.Home(), Kind: cards.KindText})
	absent := share.Format(share.Link{Document: a.NewID(), Kind: cards.KindBoard})
	for _, q := range []ipc.Request{
		{Verb: "dance"},
		{Verb: ipc.Open},
		{Verb: ipc.Add, Paths: []string{"relative"}},
		{Verb: ipc.Add, Board: text, Paths: []string{"/a"}},
		{Verb: ipc.Add, Board: absent, Paths: []string{"/a"}},
		{Verb: ipc.Add, Board: "corkboard:/", Paths: []string{"/a"}},
		{Verb: ipc.Export, Board: "home", Dir: "relative"},
		{Verb: ipc.Export, Board: absent, Dir: "/tmp/never"},
	} {
		if r := a.Answer(testContext(t), q); len(r.Errors) != 1 || r.Count != 0 {
			t.Errorf("%+v: %+v", q, r)
		}
	}
}

func TestSocketOfADeadProgramIsReplaced(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	a.Serve(Handlers{}) // never stopped, as after kill -9; the listener stays open until the process ends
	closeTest(t, a)
	a = openTest(t, dir)
	called := make(chan string, 1)
	defer a.Serve(Handlers{Open: func(link string) { called <- link }})()
	call(t, a, ipc.Request{Verb: ipc.Open, Link: "x"})
	if got := <-called; got != "x" {
		t.Errorf("got %q", got)
	}
}
