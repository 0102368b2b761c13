//go:build linux

package together

import (
	"strings"
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

	quiet := b.Still()
	a.Changes(func() { a.Click(1048, 681-a.Top) }) // Invite, which shares the board first
	a.Until("the board is shared", func() bool { return len(a.Status().Shared) == 1 })
	a.Keep("invited")
	b.Until("the invitation is there", func() bool { return person.Different(quiet, b.Look()) > 100 })
	b.Changes(func() { b.Key("Ctrl+Shift+p") })
	b.Changes(func() { b.Type("invitations") })
	b.Changes(func() { b.Key("Return") })
	b.Keep("tray")
	b.Click(608, 573-b.Top) // Accept
	link := a.Status().Shared[0].Link
	began = time.Now()
	within(t, "the board has come", began, func() bool { return strings.Contains(b.exported(link)["board.json"], "Garden") }, a, b)
	within(t, "it is said that it has", began, func() bool { s := a.Status().Shared; return s[0].Devices == 1 && s[0].Have == 1 }, a, b)
	b.Until("it is shown", func() bool { return strings.HasPrefix(b.shownTitle(), "Garden") })
	b.Keep("accepted")
}

// shownTitle is what stands in the title of the window.
func (d *desk) shownTitle() string {
	d.T.Helper()
	w, err := d.X.Look(d.Window.ID)
	d.Must(err)
	return w.Name
}

// letFind lets people on the network find this person.
func (d *desk) letFind() {
	d.T.Helper()
	d.Changes(func() { d.Key("Ctrl+Shift+p") })
	d.Changes(func() { d.Type("network find me") })
	d.Changes(func() { d.Key("Return") })
}
