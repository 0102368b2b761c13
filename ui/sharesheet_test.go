package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"corkboard/app"
	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/share"
	"corkboard/ui/lang"
)

// buttonOf is the button of the open sheet with these words, in the language of the
// window; nil if there is none
// that can be seen.
func (d *desk) buttonOf(words string) *escButton {
	if d.w.modal == nil {
		return nil
	}
	words = lang.T(words)
	for _, o := range test.LaidOutObjects(d.w.modal.inside) {
		if b, ok := o.(*escButton); ok && b.Text == words && b.Visible() {
			return b
		}
	}
	return nil
}

// selectsOf are the choices of the open sheet.
func (d *desk) selectsOf() (out []*escSelect) {
	for _, o := range test.LaidOutObjects(d.w.modal.inside) {
		if s, ok := o.(*escSelect); ok {
			out = append(out, s)
		}
	}
	return out
}

func TestHomeIsNotSharedAndABoardCanBeMade(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.meet(newCrowd())
	d.w.perform("share")
	if !d.sheetSays("Home is yours alone") {
		t.Fatal("nothing says why Home is not shared")
	}
	d.tapOn("Make a board to share")
	d.until("the new board can be shared", func() bool { return d.sheetSays("Whoever you invite can read this board") })
	if d.w.boardID() == d.app.Home() {
		t.Error("the new board is not shown")
	}
}

func TestSharingMakesALinkOfTheChosenRoleAndGoesOnWithTheNewID(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	old := d.garden()
	id, r := d.app.NewDocument("board", nil)
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.renames = id
	d.w.showShare()
	d.selectsOf()[0].SetSelected("Can only read")
	d.tapOn("Create link and copy")
	link := ""
	d.until("the link is copied", func() bool {
		link = d.w.fyne.Clipboard().Content()
		return d.said("Link copied: whoever has it can only read.")
	})
	if l, err := share.Parse(link); err != nil || l.Role != share.Read {
		t.Errorf("the clipboard holds %v, %v", l, err)
	}
	if !c.asked("share "+string(old)) || d.w.boardID() != id {
		t.Errorf("shared %q, the window shows %s", c.did, d.w.boardID())
	}
	if !d.sheetSays("is shared") || !d.sheetSays("Owner") {
		t.Error("the sheet does not show the shared board")
	}
	if d.w.trail.rename(old, id) {
		t.Error("the old id is still on the way")
	}
}

func TestSharingCanBeGivenUp(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	c.hold = make(chan struct{})
	d.garden()
	d.w.showShare()
	if d.buttonOf("Cancel") != nil {
		t.Error("there is nothing to cancel yet")
	}
	d.tapOn("Create link and copy")
	if d.buttonOf("Sharing the board…") == nil {
		t.Error("nothing says that the board is being shared")
	}
	d.tapOn("Cancel")
	d.until("it is given up", func() bool { return d.buttonOf("Create link and copy") != nil })
	if len(c.did) > 0 || d.buttonOf("Cancel") != nil {
		t.Errorf("asked for %q", c.did)
	}
}

func TestAFailureIsASentenceOnTheSheet(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	d.garden()
	c.fails = fmt.Errorf("sharing: %w", replica.ErrNotAllowed)
	d.w.showShare()
	d.tapOn("Create link and copy")
	d.until("it is said", func() bool { return d.sheetSays(app.Sentence(replica.ErrNotAllowed)) })
	c.fails = nil
	d.tapOn("Create link and copy")
	d.until("another try works", func() bool { return d.said("Link copied") })
}

func TestMembersAreShownAndTheirRolesChanged(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.reach = []app.Reach{{Person: ada, Step: "relayed"}}
	c.states[id] = app.SyncState{Shared: true, Words: "On 1 of 2 other devices · backed up", Devices: 2, Have: 1, Backed: true, Waiting: "Waiting for Mira since 09:30"}
	c.change(func() { c.boards[id] = everybody(c, id) })
	d.until("the button counts", func() bool { return d.w.bar.people.share.Text == "Share · 4" })
	d.w.showShare()
	for _, words := range []string{"“Garden” is shared", "Ada Lovelace", "Here now, through a relay", "Last seen yesterday at 16:00", "Invited, has not answered yet",
		"On 1 of 2 other devices · backed up.", "Waiting for Mira since 09:30.", "Attic", "here now", "Made at 11:00", "cannot read it", "JB", "AL"} {
		if !d.sheetSays(words) {
			t.Errorf("the sheet does not say %q", words)
		}
	}
	var mirasRole *escSelect
	for _, s := range d.selectsOf() {
		if s.Selected == "Can only read" {
			mirasRole = s
		}
	}
	mirasRole.SetSelected("Can edit and invite")
	d.until("the role is changed", func() bool { return c.asked("role mira admin") })
	d.until("that is said", func() bool { return d.said("Mira: can edit and invite.") })
}

func TestRemovingSaysHonestlyWhatStays(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.boards[id] = everybody(c, id)
	d.w.showShare()
	s := &shareSheet{w: d.w, id: id, now: c.boards[id]}
	s.askToRemove(s.now.Members[1])
	if !d.sheetSays("keeps everything that was on this board until now") || !d.sheetSays("written from now on they cannot read") {
		t.Error("the sheet does not say what stays")
	}
	d.tapOn("Remove")
	d.until("she is removed", func() bool { return c.asked("remove ada") && d.said("Ada Lovelace is removed.") })
	s.askToRemove(s.now.Members[3])
	if !d.sheetSays("Take the invitation back?") {
		t.Error("somebody who has not answered is spoken of as a member")
	}
}

func TestLinksAreCopiedAgainAndRevoked(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.boards[id] = everybody(c, id)
	d.w.showShare()
	d.tapOn("Revoke")
	d.until("it is revoked", func() bool { return c.asked("revoke l1") && d.said("Nobody can join with that link") })
	d.tapOn("Copy again")
	d.until("it is copied", func() bool { return c.asked("link write") })
}

func TestContactsAreInvitedByName(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.boards[id] = everybody(c, id)
	c.known = []app.Contact{{Person: ada, Name: "Ada Lovelace"}, {Person: "k1", Name: "Kim"}, {Person: "k2", Name: "Kim"}}
	d.w.showShare()
	var who *escSelect
	for _, s := range d.selectsOf() {
		if strings.Join(s.Options, ",") == "All my contacts (2),Kim,Kim (2)" { // Ada is here already
			who = s
		}
	}
	if who == nil {
		t.Fatal("nobody can be invited by name")
	}
	d.tapOn("Invite")
	d.until("a name is asked for", func() bool { return d.sheetSays("Choose whom to invite.") })
	who.SetSelected("Kim (2)")
	d.tapOn("Invite")
	d.until("the right one is invited", func() bool { return c.asked("invite k2 write") })
	d.until("it is done", func() bool { return d.buttonOf("Invite") != nil })
	who.SetSelected("All my contacts (2)")
	d.tapOn("Invite")
	if !d.sheetSays("Invite everybody you know?") || c.asked("invite k1 write") {
		t.Fatal("nobody is asked whether all are meant")
	}
	d.tapOn("Invite 2 people")
	d.until("all are invited", func() bool { return c.asked("invite k1 write") && d.said("2 people invited.") })
}

func TestReadersSeeNoButtonsThatTheyMayNotUse(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	s := everybody(c, id)
	s.Mine, s.Links, s.Members[0].Owner, s.Members[0].Role = share.Read, nil, false, share.Read
	c.boards[id] = s
	d.w.showShare()
	for _, words := range []string{"Copy link", "Revoke", "Invite", "Copy again"} {
		if d.buttonOf(words) != nil {
			t.Errorf("a reader is offered %q", words)
		}
	}
	if n := len(d.selectsOf()); n > 0 {
		t.Errorf("a reader is offered %d choices", n)
	}
	if !d.sheetSays("Ada Lovelace") || d.buttonOf("Leave this board…") == nil {
		t.Error("a reader does not see who is here, or cannot leave")
	}
	d.tapOn("Leave this board…")
	if !d.sheetSays("What you have until now stays on this device") {
		t.Error("leaving does not say what stays")
	}
	d.tapOn("Leave")
	d.until("it is left", func() bool { return c.asked("leave") && d.w.modal == nil })
}

func TestTheSheetFollowsAndRestsWhileNothingChanges(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	c.boards[id] = everybody(c, id)
	d.w.showShare()
	scroll := d.w.modal.inside.(*fyne.Container).Objects[1].(*container.Scroll)
	before := scroll.Content
	d.w.followTogether()
	if scroll.Content != before {
		t.Error("the sheet is laid anew although nothing has changed")
	}
	c.change(func() {
		s := everybody(c, id)
		s.Members = s.Members[:2]
		c.boards[id] = s
	})
	d.until("somebody is gone", func() bool { return !d.sheetSays("Mira") })
}

func TestOldIDsAreRenamedWhereverTheWindowWas(t *testing.T) {
	home, old, inside := place{doc.ID("h"), "board"}, place{doc.ID("o"), "board"}, place{doc.ID("i"), "text"}
	tr := newTrail(home)
	tr.open(old)
	tr.open(inside)
	if !tr.rename("o", "n") || tr.way[1].id != "n" || tr.here() != inside {
		t.Errorf("the way is %v", tr.way)
	}
	tr.back()
	if tr.here().id != "n" {
		t.Errorf("back leads to %v", tr.here())
	}
	if tr.rename("x", "y") {
		t.Error("what was never shown is on the way")
	}
}

func TestWordsOfPeople(t *testing.T) {
	now := time.Date(2026, 3, 11, 0, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{now.Add(-10 * time.Minute), "at 00:20"},
		{now.Add(-time.Hour), "yesterday at 23:30"},
		{now.Add(-25 * time.Hour), "on 9 March"},
		{now.AddDate(-1, 0, 0), "on 11 March 2025"},
		{now.Add(time.Hour), "at 01:30"}, // another clock
	} {
		if got := clockWords(c.at, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.at, got, c.want)
		}
	}
}
