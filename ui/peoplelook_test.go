package ui

import (
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/net/blind/admin"
	"corkboard/net/pair"
	"corkboard/share"
	"corkboard/ui/lang"
)

var looks = flag.String("looks", "", "a folder to which pictures of sheets are written")

const longName = "Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine Senior, of the harbour society"

// crowded is a board with more people, links and peers than fit on a sheet.
func crowded(c *crowd, id doc.ID) app.Sharing {
	s := everybody(c, id)
	s.Title = "Summer in the harbour and everything that has to be done before it begins"
	s.Members[1].Name = longName
	for i := range 36 {
		s.Members = append(s.Members, app.Member{
			Person: app.Person(fmt.Sprint("p", i)), Name: fmt.Sprintf("Neighbour %d", i+1), Colour: personColours[i%len(personColours)],
			Role: share.Write, Here: i%3 == 0, Seen: atNoon.AddDate(0, 0, -i),
		})
	}
	return s
}

// The stations of the pictures: what is done on a desk with a garden.
var stations = []struct {
	name string
	do   func(d *desk, c *crowd, id doc.ID)
}{
	{"share-alone", func(d *desk, _ *crowd, _ doc.ID) { d.w.showShare() }},
	{"share-working", func(d *desk, c *crowd, _ doc.ID) {
		c.hold = make(chan struct{})
		d.w.showShare()
		d.tapOn("Create link and copy")
	}},
	{"share-failed", func(d *desk, c *crowd, _ doc.ID) {
		c.fails = os.ErrPermission
		d.w.showShare()
		d.tapOn("Create link and copy")
		d.until("it is said", func() bool { return d.sheetSays(sentence(os.ErrPermission)) })
		d.w.modal.resized() // looking at it has moved it
	}},
	{"share-home", func(d *desk, _ *crowd, _ doc.ID) { d.w.Open(d.app.Home(), "board"); d.w.showShare() }},
	{"shared", func(d *desk, c *crowd, id doc.ID) { c.boards[id] = everybody(c, id); d.w.showShare() }},
	{"shared-first", func(d *desk, c *crowd, id doc.ID) {
		s := everybody(c, id)
		s.Members, s.Links, s.Backups, c.known = s.Members[:1], nil, nil, nil
		c.boards[id] = s
		c.states[id] = app.SyncState{Shared: true, Words: "Only on this device"}
		d.w.showShare()
	}},
	{"shared-crowded", func(d *desk, c *crowd, id doc.ID) { c.boards[id] = crowded(c, id); d.w.showShare() }},
	{"shared-reader", func(d *desk, c *crowd, id doc.ID) {
		s := everybody(c, id)
		s.Mine, s.Links, s.Members[0].Owner, s.Members[0].Role = share.Read, nil, false, share.Read
		s.Root = elsewhere
		c.boards[id] = s
		d.w.showShare()
	}},
	{"shared-removed", func(d *desk, c *crowd, id doc.ID) {
		s := everybody(c, id)
		s.Removed = true
		c.boards[id] = s
		d.w.showShare()
	}},
	{"remove", func(d *desk, c *crowd, id doc.ID) {
		s := &shareSheet{w: d.w, id: id, now: crowded(c, id)}
		s.askToRemove(s.now.Members[1])
	}},
	{"leave", func(d *desk, c *crowd, id doc.ID) { (&shareSheet{w: d.w, id: id, now: crowded(c, id)}).leave() }},
	{"tray", func(d *desk, c *crowd, _ doc.ID) {
		c.change(func() {
			c.tray = []app.Invitation{
				{ID: "1", From: app.Member{Name: "Ada Lovelace", Colour: personColours[0]}, Title: "Garden", Role: share.Write, At: atNoon.Add(-time.Hour)},
				{ID: "2", From: app.Member{Name: longName, Colour: personColours[1]}, Title: crowded(c, "").Title + ", and after it has ended", Role: share.Read, At: atNoon.AddDate(0, 0, -1)},
				{ID: "3", From: app.Member{Name: "Ito", Colour: personColours[6]}, Role: share.Admin, At: atNoon.AddDate(-1, 0, 0)},
			}
		})
		d.until("the badge is there", d.w.bar.people.tray.Visible)
		d.w.showTray()
	}},
	{"tray-empty", func(d *desk, _ *crowd, _ doc.ID) { d.w.showTray() }},
	{"join", func(d *desk, _ *crowd, _ doc.ID) { d.w.openLink(share.Format(invitationTo(elsewhere, share.Write))) }},
	{"waiting", func(d *desk, c *crowd, _ doc.ID) {
		c.boards[elsewhere] = app.Sharing{Shared: true, Root: elsewhere, Mine: share.Write, Waiting: true, Backups: []app.Backup{{Name: "Attic"}}}
		d.w.Open(elsewhere, "board")
		d.until("it waits", d.w.waiting.object.Visible)
	}},
	{"refused", func(d *desk, c *crowd, _ doc.ID) {
		c.boards[elsewhere] = app.Sharing{Shared: true, Root: elsewhere, Waiting: true, Refused: true}
		d.w.Open(elsewhere, "board")
		d.until("it is in vain", func() bool {
			return d.w.waiting.object.Visible() && strings.Contains(saidBy(d.w.waiting.object), lang.T("This invitation is not open any more"))
		})
	}},
	{"welcome", func(d *desk, _ *crowd, _ doc.ID) { d.w.showWelcome() }},
	{"welcome-choices", func(d *desk, _ *crowd, _ doc.ID) {
		d.w.showWelcome()
		d.tapOn("Skip")
	}},
	{"join-paste", func(d *desk, _ *crowd, _ doc.ID) {
		d.w.fyne.Clipboard().SetContent(share.Format(invitationTo(elsewhere, share.Write)))
		d.w.showPasteLink()
	}},
	{"nearby", func(d *desk, c *crowd, id doc.ID) {
		c.boards[id] = everybody(c, id)
		c.near = someNearby()
		d.w.showShare()
	}},
	{"nearby-alone", func(d *desk, c *crowd, _ doc.ID) {
		c.near = someNearby()
		d.w.showShare()
	}},
	{"nearby-nobody", func(d *desk, c *crowd, _ doc.ID) {
		c.near = app.Nearby{On: true, Until: atNoon.Add(app.NearbyTime)}
		d.w.showShare()
	}},
	{"own-menu", func(d *desk, _ *crowd, _ doc.ID) {
		beside(d)
		d.w.bar.own.Tapped(nil)
	}},
	{"workspaces", func(d *desk, _ *crowd, _ doc.ID) {
		beside(d)
		widget.NewPopUpMenu(d.w.workspacesItem().ChildMenu, d.w.win.Canvas()).ShowAtPosition(fyne.NewPos(40, barHeight))
	}},
	{"workspace-new", func(d *desk, _ *crowd, _ doc.ID) {
		beside(d)
		d.w.newWorkspace()
		d.tapOn("Create and switch")
	}},
	{"you", func(d *desk, _ *crowd, _ doc.ID) { d.w.showProfile() }},
	{"settings", func(d *desk, _ *crowd, _ doc.ID) { d.w.showSettings() }},
	{"storage-link", func(d *desk, _ *crowd, _ doc.ID) { d.w.openLink(atticLink) }},
	{"storage-working", func(d *desk, c *crowd, _ doc.ID) {
		c.hold = make(chan struct{})
		d.w.openLink(atticLink)
		d.tapOn("Use this storage peer")
	}},
	{"storage-used", func(d *desk, c *crowd, _ doc.ID) {
		c.fails = admin.ErrOwned
		d.w.openLink(atticLink)
		d.tapOn("Use this storage peer")
		d.until("it is said", func() bool { return d.sheetSays(sentence(admin.ErrOwned)) })
		d.w.modal.resized()
	}},
	{"storage-add", func(d *desk, _ *crowd, _ doc.ID) {
		d.w.askForStorageLink()
		d.tapOn("Continue")
	}},
	{"storage-none", func(d *desk, _ *crowd, _ doc.ID) { d.showStorage() }},
	{"storage-list", func(d *desk, c *crowd, _ doc.ID) {
		c.stores = attics()
		d.showStorage()
	}},
	{"storage-remove", func(d *desk, _ *crowd, _ doc.ID) { d.w.askToForget(attics()[1]) }},
	{"devices", func(d *desk, c *crowd, _ doc.ID) {
		c.several.list = ownDevices()
		d.w.showDevices()
	}},
	{"devices-first", func(d *desk, c *crowd, _ doc.ID) {
		c.several.list, c.several.fresh = ownDevices()[:1], true
		d.w.showDevices()
		d.until("it may join", func() bool { return d.buttonOf(sayAlready) != nil })
		d.w.modal.resized()
	}},
	{"devices-removed", func(d *desk, c *crowd, _ doc.ID) {
		c.several.list, c.several.gone = ownDevices()[:1], true
		c.several.list[0].Removed = true
		d.w.showDevices()
	}},
	{"device-rename", func(d *desk, _ *crowd, _ doc.ID) { d.w.askForDeviceName(ownDevices()[2]) }},
	{"device-remove", func(d *desk, _ *crowd, _ doc.ID) { d.w.askToRemoveDevice(ownDevices()[2]) }},
	{"device-link", func(d *desk, _ *crowd, _ doc.ID) {
		d.w.showAddDevice()
		d.until("there is a link", func() bool { return d.sheetSays(beginning("Waiting for the other device until %s…")) })
		d.w.modal.resized()
	}},
	{"device-asks", func(d *desk, c *crowd, _ doc.ID) {
		d.w.showAddDevice()
		d.until("there is a link", func() bool { return d.sheetSays(beginning("Waiting for the other device until %s…")) })
		c.change(func() {
			c.several.pairing = app.Pairing{State: app.PairingAsks, Name: ownDevices()[2].Name, Words: "abandon industry universe mountain"}
		})
		d.until("it asks", func() bool { return d.sheetSays("abandon") })
		d.w.modal.resized()
	}},
	{"device-failed", func(d *desk, c *crowd, _ doc.ID) {
		d.w.showAddDevice()
		d.until("there is a link", func() bool { return d.sheetSays(beginning("Waiting for the other device until %s…")) })
		c.change(func() { c.several.pairing = app.Pairing{State: app.PairingFailed, Err: pair.ErrUnheard} })
		d.until("it is said", func() bool { return d.sheetSays(sentence(pair.ErrUnheard)) })
		d.w.modal.resized()
	}},
	{"device-paste", func(d *desk, _ *crowd, _ doc.ID) {
		d.w.askForDeviceLink()
		d.tapOn("Continue")
	}},
	{"device-become", func(d *desk, _ *crowd, _ doc.ID) { d.w.openLink(deviceLink) }},
	{"device-become-words", func(d *desk, _ *crowd, _ doc.ID) {
		d.w.openLink(deviceLink)
		d.tapOn("Join my other device")
		d.until("the words are shown", func() bool { return d.sheetSays("lamp river chair seven") })
		d.w.modal.resized()
	}},
	{"addresses", func(d *desk, c *crowd, _ doc.ID) {
		peer := "/p2p/12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo"
		c.own = []string{"/ip4/192.168.1.17/udp/40123/quic-v1" + peer, "/ip6/2001:db8:85a3::8a2e:370:7334/tcp/40123" + peer}
		d.w.showAddresses()
	}},
	{"clipper", func(d *desk, _ *crowd, _ doc.ID) { d.browsers("chromium", "firefox") }},
	{"menu", func(d *desk, c *crowd, id doc.ID) {
		card := d.text("note", board.Point{X: 300, Y: 200})
		doc := d.w.board.Live.Snapshot().Value.Card(card).Link.Document
		c.states[doc] = app.SyncState{Words: "On 1 of 2 other devices · backed up", Have: 1, Backed: true}
		c.change(func() { c.boards[id] = everybody(c, id) })
		d.w.popUp(d.w.cardMenu(d.w.board, card), d.w.board, board.Point{X: 300, Y: 200})
	}},
}

// speak runs the rest of a test in a language.
func speak(t *testing.T, language string) {
	t.Helper()
	lang.Use(language)
	t.Cleanup(func() { lang.Use(lang.English) })
}

// beginning is what a text says before its first place.
func beginning(format string) string {
	words, _, _ := strings.Cut(lang.T(format), "%")
	return strings.TrimSpace(words)
}

// TestNothingOnASheetIsCutOff shows every station in both themes and languages, and in
// windows of several sizes; all words lie on the sheet and none over others.
func TestNothingOnASheetIsCutOff(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  float32
		scale float32
		mode  string
		lang  string
	}{
		{"light", 1280, 800, 1, "light", lang.English}, {"dark", 1280, 800, 1, "dark", lang.English},
		{"twice", 800, 500, 2, "dark", lang.English}, {"narrow", 480, 640, 1, "light", lang.English},
		{"german-twice", 800, 500, 2, "dark", lang.German}, {"german-narrow", 480, 640, 1, "light", lang.German},
	} {
		for _, s := range stations {
			t.Run(s.name+"-"+size.name, func(t *testing.T) {
				speak(t, size.lang)
				d := newDesk(t)
				d.w.fyne.Settings().SetTheme(look{size.mode, nil})
				d.w.env.Dark = func() bool { return size.mode == "dark" }
				c := d.meet(newCrowd())
				c.known = []app.Contact{{Person: "k", Name: "Kim"}, {Person: "l", Name: longName}}
				d.w.win.Canvas().(test.WindowlessCanvas).SetScale(size.scale)
				d.w.win.Resize(fyne.NewSize(size.w, size.h))
				id := d.garden()
				c.states[id] = app.SyncState{Shared: true, Words: "On 1 of 2 other devices · backed up", Have: 1, Devices: 2, Backed: true}
				d.w.themed()
				s.do(d, c, id)
				d.wantWordsApart()
				d.keepLook(s.name + "-" + size.name)
			})
		}
	}
}

// wantWordsApart checks the words of the open sheet, and of what lies over the board.
func (d *desk) wantWordsApart() {
	d.t.Helper()
	d.wantApart(d.w.bar.row, d.w.bar.row)
	if d.w.waiting.object.Visible() {
		d.wantApart(d.w.waiting.object, d.w.waiting.object)
	}
	if m := d.w.modal; m != nil {
		d.wantApart(m.inside, m.paper)
	}
}

type laidText struct {
	words    string
	from, to fyne.Position
}

func (d *desk) wantApart(o, within fyne.CanvasObject) {
	d.t.Helper()
	low, size := within.Position(), within.Size()
	var seen []laidText
	eachText(o, fyne.Position{}, func(text *canvas.Text, at fyne.Position) {
		m := text.MinSize()
		if room := text.Size().Width; room > 0 && m.Width > room+1 {
			d.t.Errorf("%q has %v of %v", text.Text, room, m.Width)
		}
		now := laidText{text.Text, at, at.AddXY(m.Width, m.Height)}
		if text.Alignment == fyne.TextAlignCenter {
			now.from.X += (text.Size().Width - m.Width) / 2
			now.to.X = now.from.X + m.Width
		}
		if now.from.X < low.X-0.5 || now.to.X > low.X+size.Width+0.5 {
			d.t.Errorf("%q lies outside: from %v to %v in %v to %v", text.Text, now.from.X, now.to.X, low.X, low.X+size.Width)
		}
		for _, other := range seen {
			if now.from.X < other.to.X-1 && other.from.X < now.to.X-1 && now.from.Y < other.to.Y-2 && other.from.Y < now.to.Y-2 {
				d.t.Errorf("%q lies over %q", now.words, other.words)
			}
		}
		seen = append(seen, now)
	})
}

// eachText finds the words of an object that are seen, and where they are; at is
// where its parent is. What is typed in may be longer than its entry.
func eachText(o fyne.CanvasObject, at fyne.Position, f func(*canvas.Text, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		if o.Text != "" {
			f(o, at)
		}
	case *escEntry, *titleEntry:
	case *container.Scroll:
		eachText(o.Content, at, func(text *canvas.Text, where fyne.Position) {
			if where.Y >= at.Y && where.Y+text.MinSize().Height <= at.Y+o.Size().Height {
				f(text, where)
			}
		})
	case *fyne.Container:
		for _, part := range o.Objects {
			eachText(part, at, f)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			eachText(part, at, f)
		}
	}
}

// keepLook writes a picture of the window for people to look at.
func (d *desk) keepLook(name string) {
	d.t.Helper()
	if *looks == "" {
		return
	}
	f, err := os.Create(filepath.Join(*looks, name+".png"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, d.w.win.Canvas().Capture()); err != nil {
		d.t.Fatal(err)
	}
}
