//go:build linux

package together

import (
	"testing"
	"time"

	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// TestOverAFolderAlone has two people whose machines have no way to each other name the
// same folder: all goes over its files.
func TestOverAFolderAlone(t *testing.T) {
	x11.Wanted(t)
	p := plant()
	l := lab.New(t, lab.Options{})
	a, b := newDesk(t, l, "a"), newDesk(t, l, "b")
	l.Partition([]*lab.Host{a.host}, []*lab.Host{b.host})
	shared := t.TempDir()
	for _, d := range []*desk{a, b} {
		d.Open()
		d.Changes(func() { d.Key("Ctrl+Shift+p") })
		d.Changes(func() { d.Type("shared folders") })
		d.Changes(func() { d.Key("Return") })
		d.Type(shared)
		d.Changes(func() { d.Key("Return") })
		d.Keep("folder-named")
		d.Changes(func() { d.Key("Escape") })
	}
	a.callThemselves("Ada " + p.names[0])
	b.callThemselves("Ben " + p.names[1])

	link := shareAndJoin(t, p, a, b)
	typeAtOnce(t, p, link, a, b)
	began := time.Now()
	b.write(603, 563, 4, "Back again: "+p.told[1])
	within(t, "the answer is there", began, func() bool { return a.says(a.exported(link), p.told[1]) }, a, b)
	alike(t, link, began, a, b)
	a.Changes(func() { a.Key("Ctrl+Shift+p") })
	a.Changes(func() { a.Type("shared folders") })
	a.Changes(func() { a.Key("Return") })
	a.Keep("folder-used")
	a.Changes(func() { a.Key("Escape") })
}
