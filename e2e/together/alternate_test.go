//go:build linux

package together

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// storagePeer runs one on a host of its own, and gives the link of its owner and the
// folder where it keeps everything.
func storagePeer(t *testing.T, l *lab.Lab) (link, data string) {
	t.Helper()
	data = t.TempDir()
	h := l.Host("s")
	p := h.Start(nil, prog.Build(t, "corkboard/cmd/storage-peer"), "run", "--data", data, "--listen", h.IP+":4001")
	t.Cleanup(p.Stop)
	return "corkboard:/" + p.Expect("corkboard:/", bound), data
}

// TestNeverOnlineTogether is two people of whom only one is online at any time, and a
// storage peer that is so always: both have the same board in the end, and what the
// storage peer keeps cannot be read.
func TestNeverOnlineTogether(t *testing.T) {
	x11.Wanted(t)
	p := plant()
	l := lab.New(t, lab.Options{})
	a, b := newDesk(t, l, "a2"), newDesk(t, l, "b2")
	path := filepath.Join(t.TempDir(), "traffic.pcap")
	storage, data := storagePeer(t, l)
	capture := l.Capture(path)

	a.Open()
	a.callThemselves("Ada " + p.names[0])
	a.Changes(func() { a.opens(storage) })
	a.Keep("storage")
	a.Changes(func() { a.Key("Return") })
	a.Keep("storage-used")
	a.Changes(func() { a.Key("Escape") })
	a.makeBoard(p.titles[0] + " " + p.titles[1])
	a.write(103, 63, 3, "Written before: "+p.told[0])
	link := a.shares()
	name := p.paper[0] + " " + p.paper[1] + ".pdf"
	content := paper(p.paper[0], p.pages, person.Crimson, person.Teal)
	began := time.Now()
	a.Drop(603, 63, person.File(t, name, content))
	a.AwaitCards(4)
	within(t, "all that the first has is at the storage peer", began, func() bool { return a.kept(link) }, a)
	a.Keep("kept")
	a.Quit()

	b.Open()
	b.callThemselves("Ben " + p.names[1])
	began = b.joins(link)
	within(t, "the other has the board", began, func() bool { return b.says(b.partly(link), p.told[0]) }, b)
	within(t, "and the bytes of the paper", began, func() bool { return b.exported(link)["files/"+name] == string(content) }, b)
	b.Sees("the first page", person.Crimson, person.Screen, 8000)
	b.Keep("joined")
	b.changes(p, 1, 5)
	within(t, "all that the other has is at the storage peer", time.Now(), func() bool { return b.kept(link) }, b)
	b.Quit()

	a.Open(link)
	began = time.Now()
	within(t, "the first has what the other wrote", began, func() bool { return a.says(a.exported(link), p.apart[1], p.list[1]) }, a)
	a.changes(p, 0, 6)
	within(t, "all that the first has is at the storage peer", time.Now(), func() bool { return a.kept(link) }, a)
	picture, files := a.wholeBoard(), a.exported(link)
	if !a.hasAll(p, files) {
		t.Errorf("the texts are %q", a.texts(files))
	}
	a.Keep("same")
	a.Quit()

	b.Open(link)
	began = time.Now()
	within(t, "the exports are equal", began, func() bool { return maps.Equal(b.exported(link), files) }, b)
	within(t, "the boards look the same", time.Now(), func() bool { return differ(b.wholeBoard(), picture) == 0 }, b)
	b.Keep("same")
	b.Quit()

	links := []string{link}
	for _, c := range a.CardsIn(files["board.json"]) {
		links = append(links, c.Link)
	}
	ids := idsOf(t, links...)
	readableNowhere(t, "what the storage peer keeps", contentOf(t, data), p.all, ids)
	searchTraffic(t, capture, path, a.host, b.host, p.all, ids)
}

// contentOf is all that the files of a folder hold.
func contentOf(t *testing.T, dir string) (all []byte) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		all = append(append(all, path...), content...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
