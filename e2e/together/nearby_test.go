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

	a.Changes(func() { a.Key("Escape") })
	a.write(703, 263, a.Status().Cards+1, "Written before")
	began = time.Now()
	within(t, "what is written then comes", began, func() bool { return b.says(b.exported(link), "Written before") }, a, b)
	a.removesBen()
	b.Until("they are told", func() bool { return b.Status().Shared[0].Removed })
	a.write(703, 463, a.Status().Cards+1, "Written after")
	a.Keep("without")
	time.Sleep(3 * time.Second) // what comes takes a tenth of that
	if files := b.exported(link); !b.says(files, "Written before") || b.says(files, "Written after") {
		t.Error("who was removed does not have what was before, or has what came after")
	}
	before := b.exported(link)["board.json"]
	b.Changes(func() { b.DoubleClick(703, 663) })
	b.Keep("removed")
	if b.exported(link)["board.json"] != before {
		t.Error("who was removed can still write")
	}
}

// removesBen removes the other one from the board.
func (d *desk) removesBen() {
	d.T.Helper()
	d.Changes(func() { d.Key("Ctrl+Shift+s") })
	d.Keep("members")
	d.Changes(func() { d.Click(1059, 354-d.Top) }) // the cross beside Ben
	d.Keep("remove")
	d.Click(579, 546-d.Top)
	d.Until("nobody else is on the board", func() bool { return d.Status().Shared[0].Devices == 0 })
	d.Changes(func() { d.Key("Escape") })
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
