package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/presence"
	"corkboard/share"
	"corkboard/ui/lang"
)

// personID is an id of somebody.
func personID(n int) app.Person {
	return app.Person(identity.PersonID{byte(n >> 8), byte(n), 7, 0x9c, 0x41, 0xe2, 0x1f, 0x88, 0x63}.String())
}

// acquaint makes n people known, the first two with much to say of them.
func (c *crowd) acquaint(n int, on doc.ID) {
	c.known = nil
	for i := range n {
		x := app.Contact{
			Person: personID(i), Name: fmt.Sprintf("Neighbour %d", i+1), Colour: personColours[i%len(personColours)],
			Verified: true, Here: i%3 == 0, Seen: atNoon.AddDate(0, 0, -i),
		}
		switch i {
		case 0:
			x.Name = "Ada Lovelace"
			x.Boards = []app.Common{
				{Board: on, Mine: share.Admin, Theirs: share.Write}, {Board: elsewhere, Mine: share.Read, Theirs: share.Admin, Owner: true},
				{Board: nowhere, Mine: share.Admin, Theirs: share.Read, Invited: true},
			}
		case 1:
			x.Name, x.Boards = longName, []app.Common{{Board: on, Mine: share.Admin, Theirs: share.Write, Invited: true, Reached: true}}
		case 2:
			x.Blocked = true
		}
		c.known = append(c.known, x)
	}
	c.devices[personID(0)] = []app.DeviceInfo{
		{Device: "laptop", Name: "Laptop", Here: true}, {Device: "phone", Seen: atNoon.Add(-time.Hour)},
	}
}

var nowhere = doc.NewID([32]byte{77})

func peopleStation(n int, do func(d *desk, c *crowd, id doc.ID)) func(d *desk, c *crowd, id doc.ID) {
	return func(d *desk, c *crowd, id doc.ID) {
		c.change(func() {
			c.acquaint(n, id)
			c.where[personID(0)] = id
			c.boards[id] = everybody(c, id)
			c.stores = attics()
		})
		do(d, c, id)
	}
}

func init() {
	stations = append(stations, []struct {
		name string
		do   func(d *desk, c *crowd, id doc.ID)
	}{
		{"people", peopleStation(4, func(d *desk, _ *crowd, _ doc.ID) { d.w.showPeople() })},
		{"people-many", peopleStation(50, func(d *desk, _ *crowd, _ doc.ID) { d.w.showPeople() })},
		{"people-none", func(d *desk, c *crowd, _ doc.ID) { c.known = nil; d.w.showPeople() }},
		{"people-found", peopleStation(50, func(d *desk, _ *crowd, _ doc.ID) {
			d.w.showPeople()
			d.entryOnSheet().SetText("nobody at all")
		})},
		{"person", peopleStation(4, func(d *desk, _ *crowd, _ doc.ID) { d.w.showPerson(personID(0)) })},
		{"person-long", peopleStation(4, func(d *desk, _ *crowd, _ doc.ID) { d.w.showPerson(personID(1)) })},
		{"person-invite", peopleStation(4, func(d *desk, _ *crowd, _ doc.ID) { d.w.showPerson(personID(3)) })},
		{"person-blocked", peopleStation(4, func(d *desk, _ *crowd, _ doc.ID) { d.w.showPerson(personID(2)) })},
		{"person-unmet", func(d *desk, _ *crowd, _ doc.ID) { d.w.showPerson(personID(9)) }},
		{"person-block", peopleStation(4, func(d *desk, _ *crowd, _ doc.ID) {
			d.w.showPerson(personID(1))
			d.tapOn("Block…")
		})},
		{"circle-some", func(d *desk, c *crowd, _ doc.ID) {
			c.change(func() { c.acquaint(6, nowhere) })
			d.w.showShare()
			d.choose("Only me", circleSome)
		}},
		{"circle-all", func(d *desk, c *crowd, _ doc.ID) {
			c.change(func() { c.acquaint(50, nowhere) })
			d.w.showShare()
			d.choose("Only me", circleAll)
			d.tapOn(lang.Tf("Invite %s", people(49)))
		}},
		{"following", peopleStation(4, func(d *desk, c *crowd, _ doc.ID) {
			d.w.follow(personID(0))
			c.change(func() { c.unseen = true })
			d.until("one is invisible", func() bool { return d.w.bar.own.invisible })
		})},
		{"following-long", peopleStation(4, func(d *desk, c *crowd, _ doc.ID) {
			c.change(func() { c.known[1].Here = true })
			d.w.follow(personID(1))
		})},
	}...)
}

// choose takes another choice of the select that stands at one.
func (d *desk) choose(now, other string) {
	d.t.Helper()
	for _, s := range d.selectsOf() {
		if s.Selected == lang.T(now) {
			s.SetSelected(lang.T(other))
			return
		}
	}
	d.t.Fatalf("no choice stands at %q", now)
}

func TestPeopleAreFoundAndShown(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.acquaint(50, id)
	d.w.perform("people")
	for _, words := range []string{"Jo Brandt", "Ada Lovelace", "Here now · 2 boards together · 1 invitation waits", "Blocked"} {
		if !d.sheetSays(words) {
			t.Errorf("the sheet does not say %q", words)
		}
	}
	d.entryOnSheet().SetText("ADA")
	if d.sheetSays("Neighbour 4") || !d.sheetSays("Ada Lovelace") {
		t.Error("the search does not find her alone")
	}
	d.entryOnSheet().OnSubmitted("")
	for _, words := range []string{"verified", "compare these words aloud", "They: can edit. You: can edit and invite.", "Theirs. You: can only read.", "Invited, and not reached yet", "Laptop"} {
		if !d.sheetSays(words) {
			t.Errorf("her sheet does not say %q: %s", words, saidBy(d.w.modal.inside))
		}
	}
	if d.buttonOf("Follow") != nil {
		t.Error("she can be followed where she shows nothing")
	}
	c.change(func() { c.where[personID(0)] = id })
	d.until("she can be followed", func() bool { return d.buttonOf("Follow") != nil })
	d.tapOn("Put on the board")
	d.until("she is put on the board", func() bool { return c.asked("pin "+string(personID(0))) && d.said("It is on “Garden” now.") })
	d.tapOn("Copy link")
	if l, err := share.Parse(d.w.fyne.Clipboard().Content()); err != nil || l.Kind != share.KindPerson || l.Invites() || l.Document != doc.ID(personID(0)) {
		t.Errorf("copied %v, %v", l, err)
	}
	d.tapOn("Open")
	if d.w.modal != nil || d.w.boardID() != id && d.w.boardID() != elsewhere {
		t.Error("no board is opened")
	}
}

func TestItIsSaidWhoHasAccepted(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.change(func() { c.acquaint(2, id) })
	d.until("the invitation is known", func() bool { return d.w.asked[asked{personID(1), id}] })
	c.change(func() {
		c.known = slices.Clone(c.known)
		c.known[1].Boards = []app.Common{{Board: id, Mine: share.Admin, Theirs: share.Write}}
	})
	d.until("it is said", func() bool { return d.said("accepted") })
	if len(d.w.asked) != 1 {
		t.Errorf("%d invitations wait, want the other one", len(d.w.asked))
	}
}

func TestSomebodyIsBlockedAndBackAgain(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	c.acquaint(4, d.garden())
	d.w.showPerson(personID(1))
	d.tapOn("Block…")
	if c.asked("block "+string(personID(1))+" true") || !d.sheetSays("they still see them") {
		t.Fatal("nobody is told what it means before it is done")
	}
	d.tapOn("Block")
	d.until("they are blocked", func() bool { return c.asked("block "+string(personID(1))+" true") && d.buttonOf("Unblock") != nil })
	d.tapOn("Unblock")
	d.until("they are not any more", func() bool { return c.asked("block "+string(personID(1))+" false") && d.buttonOf("Block…") != nil })
}

func TestABoardIsSharedWithACircle(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.acquaint(5, nowhere)
	d.w.showShare()
	if d.buttonOf("Invite") != nil {
		t.Error("somebody can be invited where it is for one alone")
	}
	d.choose("Only me", circleSome)
	if b := d.buttonOf("Invite"); b == nil || !b.Disabled() {
		t.Fatal("nobody has been chosen and yet somebody can be invited")
	}
	d.choose("Can edit", "Can edit and invite") // the first is that of the circle
	for _, o := range d.laidOut() {
		if check, ok := o.(*escCheck); ok && (strings.HasPrefix(check.Text, "Ada") || check.Text == "Neighbour 4") {
			check.SetChecked(true)
		}
		if check, ok := o.(*escCheck); ok && check.Text == "Neighbour 3" {
			t.Error("somebody who is blocked is offered")
		}
	}
	d.tapOn("Invite 2 people")
	d.until("they are invited", func() bool {
		return c.asked("share "+string(id)) && c.asked("invite "+string(personID(0))+" admin") && c.asked("invite "+string(personID(3))+" admin")
	})
	if c.asked("invite "+string(personID(1))+" admin") || c.asked("invite "+string(personID(2))+" admin") {
		t.Error("others are invited, too")
	}
	d.until("it is said", func() bool { return d.said("2 people invited") })
}

func TestOneIsInvisible(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	own := d.w.bar.own
	if !own.Visible() || own.words.Text != "JB" || own.invisible {
		t.Fatalf("in the title bar stands %q", own.words.Text)
	}
	d.w.flipInvisible()
	if !c.asked("invisible true") || !own.invisible || own.hidden.Hidden || !d.said("You are invisible") {
		t.Error("it is not shown that one is invisible")
	}
	own.Tapped(nil)
	if d.w.win.Canvas().Overlays().Top() == nil {
		t.Error("a click on oneself shows no menu")
	}
	d.w.flipInvisible()
	if !c.asked("invisible false") || own.invisible {
		t.Error("it is not shown that one is seen again")
	}
}

func TestAClickOnACardOfAPersonShowsThem(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	on := d.garden()
	c.acquaint(2, on)
	id, created := d.app.NewDocument(cards.KindContact, cards.NewContact(cards.Contact{Person: string(personID(0)), Name: "Ada"}))
	if err := created.Applied(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.w.Open(id, cards.KindContact)
	d.until("she is shown", func() bool { return d.w.modal != nil && d.sheetSays("compare these words aloud") })
	if d.w.boardID() != on {
		t.Error("the board has been left")
	}
	d.w.closeModal()
	d.w.openLink(app.LinkTo(personID(1)))
	if d.w.modal == nil || !d.sheetSays("Wolfe") {
		t.Error("a contact link shows nobody")
	}
}

// moved follows somebody from board to board.
func (c *crowd) moved(p app.Person, hub *presence.Hub) {
	on, ok := hub.Where(string(p))
	c.mu.Lock()
	delete(c.where, p)
	if ok {
		c.where[p] = on
	}
	wakes := slices.Clone(c.wheres)
	c.mu.Unlock()
	for _, wake := range wakes {
		wake()
	}
}

// part is a part of a board, of a size.
func part(w, h float64) board.Rect { return board.Rect{X: 1000, Y: 400, W: w, H: h} }

func TestACameraFollowsAnother(t *testing.T) {
	c := newCompany(t)
	people := c.w.together.(*crowd)
	home := c.w.boardID()
	her := personID(0)
	there := c.comes(string(her), "1")
	people.acquaint(2, home)
	defer c.hub.Subscribe(func() { people.moved(her, c.hub) })()
	look := func(view board.Rect) { there.Show(presence.State{View: presence.Rect(view)}) }
	look(part(1200, 300))
	c.until("she is there", func() bool { _, ok := people.Where(her); return ok })
	c.w.follow(her)
	if !c.w.following.object.Visible() || !strings.HasPrefix(c.w.following.banner.words.Text, "Following Ada Lovelace") {
		t.Fatalf("it is not said who is followed: %q", c.w.following.banner.words.Text)
	}
	sees := func(view board.Rect) func() bool {
		return func() bool {
			v := c.w.board
			v.On(board.Tick{Millis: c.w.env.Now().UnixMilli()})
			at := v.Session.Camera.Visible(v.Session.Viewport)
			return !v.Session.Animating() && at.X <= view.X+1 && at.Y <= view.Y+1 && at.X+at.W >= view.X+view.W-1 && at.Y+at.H >= view.Y+view.H-1 &&
				(at.W < view.W+1 || at.H < view.H+1)
		}
	}
	c.until("all that she sees is in the window, and no more than must be", sees(part(1200, 300)))
	look(part(300, 900))
	c.until("the camera has gone on with her", sees(part(300, 900)))
	if c.w.following.person != her {
		t.Fatal("its own camera has ended it")
	}
	c.w.board.On(board.PointerMove{At: board.Point{X: 30, Y: 30}})
	c.await(there, "what is followed is told in place of the own view", func() bool {
		all := there.Others()
		return len(all) == 1 && all[0].State.View == presence.Rect(part(300, 900))
	})
	at := c.w.board.Session.Camera // she follows, too, and tells what this window shows, rounded
	look(c.w.board.Session.Camera.Visible(c.w.board.Session.Viewport))
	c.until("that is heard", func() bool { v, ok := c.w.following.theirs(); return ok && v != part(300, 900) })
	c.w.following.step()
	if now := c.w.board.Session.Target(); now != at {
		t.Errorf("two who follow each other move: %v, was %v", now, at)
	}
	look(part(300, 900))
	c.w.board.On(board.Wheel{At: board.Point{X: 100, Y: 100}, DY: 50})
	if c.w.following.person != "" || c.w.following.object.Visible() {
		t.Error("panning does not end it")
	}
	c.w.follow(her)
	c.w.board.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if c.w.following.person != "" {
		t.Error("Esc does not end it")
	}
	c.w.follow(her)
	c.until("the camera is with her", sees(part(300, 900)))
	c.w.board.Perform("zoom-in")
	c.until("a zoom with the keys ends it", func() bool {
		c.w.board.On(board.Tick{Millis: c.w.env.Now().UnixMilli()})
		return c.w.following.person == ""
	})
	c.w.follow(her)
	c.openBoard(t, "Another")
	if c.w.following.person != "" {
		t.Error("going elsewhere does not end it")
	}
	other := c.w.boardID()
	c.w.Back()
	c.w.follow(her)
	next := c.comesTo(other, string(her), "2")
	there.Leave()
	next.Show(presence.State{View: presence.Rect(part(600, 600))})
	c.until("she is followed to another board", func() bool { return c.w.boardID() == other && c.w.following.person == her })
	c.until("and what she sees there is seen", sees(part(600, 600)))
	people.change(func() { people.known[0].Here = false })
	c.until("it ends when she has gone", func() bool { return c.w.following.person == "" && c.said("is not here any more") })
}
