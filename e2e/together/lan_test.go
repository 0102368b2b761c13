//go:build linux

package together

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/e2e/person"
	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// TestOnOneNetwork is the way of two people on one network from an empty profile to
// the same board, through a time apart; nothing that they write can be read between
// them.
func TestOnOneNetwork(t *testing.T) {
	x11.Wanted(t)
	p := plant()
	l := lab.New(t, lab.Options{IPv6: true})
	a, b := newDesk(t, l, "a"), newDesk(t, l, "b")
	path := filepath.Join(t.TempDir(), "traffic.pcap")
	capture := l.Capture(path)
	a.Open()
	b.Open()
	a.callThemselves("Ada " + p.names[0])
	b.callThemselves("Ben " + p.names[1])

	link := shareAndJoin(t, p, a, b)
	dropAndType(t, p, link, a, b)
	typeAtOnce(t, p, link, a, b)
	files := goApart(t, p, l, link, a, b)
	lookTheSame(t, a, b)

	links := []string{link, a.Status().Home, b.Status().Home}
	for _, c := range a.CardsIn(files["board.json"]) {
		links = append(links, c.Link)
	}
	searchTraffic(t, capture, path, a.host, b.host, p.all, idsOf(t, links...))
}

// shareAndJoin makes a board on one side and opens it on the other.
func shareAndJoin(t *testing.T, p planted, a, b *desk) (link string) {
	t.Helper()
	a.makeBoard(p.titles[0] + " " + p.titles[1])
	a.Keep("board")
	a.write(103, 63, 3, "Written before: "+p.told[0])
	link = a.shares()
	began := b.joins(link)
	within(t, "the other has the board", began, func() bool { return b.says(b.exported(link), p.told[0]) }, a, b)
	b.Keep("joined")
	a.Keep("joined")
	return link
}

// dropAndType has one side drop a paper and write into a text.
func dropAndType(t *testing.T, p planted, link string, a, b *desk) {
	t.Helper()
	name := p.paper[0] + " " + p.paper[1] + ".pdf"
	content := paper(p.paper[0], p.pages, person.Crimson, person.Teal)
	file := person.File(t, name, content)
	began := time.Now()
	a.Drop(603, 63, file)
	within(t, "the dropped card is there", began, func() bool {
		_, ok := b.has(b.partly(link), "file", p.paper[0])
		_, pdf := b.has(b.partly(link), "pdf", p.paper[0])
		return ok || pdf
	}, a, b)
	b.Save("arriving", b.Look())
	a.Changes(func() { a.DoubleClick(180, 80) })
	a.Key("Ctrl+End")
	began = time.Now()
	a.Type(" and now " + p.told[1])
	within(t, "what is typed is there", began, func() bool { return b.says(b.partly(link), p.told[1]) }, a, b)
	a.Key("Escape")
	a.Key("Escape")
	within(t, "the bytes of the paper are there", began, func() bool {
		return b.exported(link)["files/"+name] == string(content)
	}, a, b)
	b.Sees("the first page", person.Crimson, person.Screen, 8000)
	b.Keep("arrived")
	a.Keep("arrived")
	b.Changes(func() { b.DoubleClick(700, 200) })
	b.Sees("the first page alone", person.Crimson, person.Screen, 40000)
	b.Key("PageDown")
	b.Sees("another page", person.Teal, person.Screen, 40000)
	b.Keep("pages")
	b.Changes(func() { b.Key("Escape") })
}

// typeAtOnce has both type into the same text at the same time.
func typeAtOnce(t *testing.T, p planted, link string, a, b *desk) {
	t.Helper()
	var phrases [2]string
	for i, d := range []*desk{a, b} {
		phrases[i] = strings.Repeat(" "+p.both[i], 5) + " "
		d.Changes(func() { d.DoubleClick(180, 80) })
		d.Key([]string{"Ctrl+End", "Ctrl+Home"}[i])
	}
	other := make(chan error)
	go func() { other <- b.X.Type(phrases[1]) }()
	a.Type(phrases[0])
	b.Must(<-other)
	a.Save("at-once", a.Look())
	b.Save("at-once", b.Look())
	began := time.Now()
	within(t, "both have what both typed at once", began, func() bool {
		return a.says(a.exported(link), phrases[:]...) && b.says(b.exported(link), phrases[:]...)
	}, a, b)
	alike(t, link, began, a, b)
	for _, d := range []*desk{a, b} {
		d.Key("Escape")
		d.Key("Escape")
	}
}

// goApart cuts the network, has both change the board and joins it again.
func goApart(t *testing.T, p planted, l *lab.Lab, link string, a, b *desk) map[string]string {
	t.Helper()
	l.Partition([]*lab.Host{a.host}, []*lab.Host{b.host})
	apart := time.Now()
	a.changes(p, 0, 5)
	b.changes(p, 1, 5)
	t.Logf("apart for %.1f s", time.Since(apart).Seconds())
	l.Heal()
	began := time.Now()
	within(t, "both have what both wrote", began, func() bool {
		return a.hasAll(p, a.exported(link)) && b.hasAll(p, b.exported(link))
	}, a, b)
	files := alike(t, link, began, a, b)
	t.Logf("the texts: %s", strings.Join(a.texts(files), " | "))
	return files
}

// lookTheSame compares pictures of the board below the title bar, without pointers.
func lookTheSame(t *testing.T, a, b *desk) {
	t.Helper()
	a.wholeBoard()
	b.wholeBoard()
	within(t, "the boards look the same", time.Now(), func() bool {
		return differ(a.below(a.Look()), b.below(b.Look())) == 0
	}, a, b)
	a.Keep("same")
	b.Keep("same")
}
