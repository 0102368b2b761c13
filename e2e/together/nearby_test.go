//go:build linux

package together

import (
	"testing"
	"time"

	"corkboard/e2e/person"
	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// TestTwoOnOneNetworkFindEachOther begins with two who share nothing and have no link.
func TestTwoOnOneNetworkFindEachOther(t *testing.T) {
	x11.Wanted(t)
	l := lab.New(t, lab.Options{IPv6: true})
	a, b := newDesk(t, l, "near-a"), newDesk(t, l, "near-b")
	a.Open()
	b.Open()
	a.callThemselves("Ada")
	b.callThemselves("Ben")
	a.makeBoard("Garden")
	a.letFind()
	nobody := a.Changes(func() { a.Key("Ctrl+Shift+s") })
	a.Save("nobody", nobody)
	began := time.Now()
	b.letFind()
	a.Until("somebody is there", func() bool { return person.Different(nobody, a.Look()) > 1000 })
	t.Logf("found after %.1f s", time.Since(began).Seconds())
	a.Keep("somebody")
}

// letFind lets people on the network find this person.
func (d *desk) letFind() {
	d.T.Helper()
	d.Changes(func() { d.Key("Ctrl+Shift+p") })
	d.Changes(func() { d.Type("network find me") })
	d.Changes(func() { d.Key("Return") })
}
