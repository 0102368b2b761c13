package app

import (
	"errors"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/share"
)

// befriend has two share a board, so that each is a contact of the other.
func befriend(t *testing.T, a, b *App) {
	t.Helper()
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	must(t, b.SetProfile(ctx, "Ben", [3]byte{3, 2, 1}))
	id, link := sharedWithLink(t, a, "Plans")
	_, err := b.Join(ctx, link)
	must(t, err)
	meetTest(t, a, b)
	eventually(t, b, "the first board", func() bool { return strings.Contains(saidOn(t, b, id), "Plans") })
	eventually(t, a, "a contact", func() bool { c := a.Contacts(); return len(c) == 1 && c[0].Name == "Ben" && c[0].Here })
	eventually(t, a, "that they have it", func() bool { return a.SyncState(id).Have == 1 })
	if r := a.Reach(id); len(r) != 1 || r[0].Step != "local network" {
		t.Errorf("over loopback they are reached as %+v", r)
	}
}

// sharedWithLink is a board with a note that says what the board does, and a link to it.
func sharedWithLink(t *testing.T, a *App, title string) (doc.ID, string) {
	t.Helper()
	id := newBoard(t, a, title)
	newText(t, a, id, board.Point{}, title)
	id, err := a.Share(testContext(t), id)
	must(t, err)
	link, err := a.CopyLink(testContext(t), id, share.Write)
	must(t, err)
	return id, link
}

// ofOther is the other member of a board of two; zero if there is none.
func ofOther(a *App, id doc.ID) Member {
	for _, m := range a.Sharing(id).Members {
		if !m.Me {
			return m
		}
	}
	return Member{}
}

func TestSomebodyIsInvitedByName(t *testing.T) {
	dirA, dirB := t.TempDir(), t.TempDir()
	a, b := openTogether(t, dirA), openTogether(t, dirB)
	ctx := testContext(t)
	befriend(t, a, b)
	ben := a.Contacts()[0].Person

	id, _ := sharedWithLink(t, a, "Garden")
	must(t, a.Invite(ctx, id, ben, share.Read))
	if m := ofOther(a, id); m.Name != "Ben" || !m.Invited || m.Here || m.Role != share.Read {
		t.Errorf("who is invited stands there as %+v", m)
	}
	eventually(t, b, "the invitation", func() bool { return len(b.Invitations()) == 1 })
	i := b.Invitations()[0]
	if i.From.Name != "Ada" || i.Title != "Garden" || i.Role != share.Read {
		t.Errorf("invited as %+v", i)
	}
	if b.Sharing(id).Shared || saidOn(t, b, id) != "" {
		t.Error("something has come before it was accepted")
	}
	l, err := b.Accept(ctx, i.ID)
	must(t, err)
	if l.Document != id || len(b.Invitations()) > 0 {
		t.Errorf("accepted %v, still there: %+v", l, b.Invitations())
	}
	eventually(t, b, "the board", func() bool { return strings.Contains(saidOn(t, b, id), "Garden") })
	eventually(t, a, "that they have come", func() bool { m := ofOther(a, id); return !m.Invited && m.Here && m.Role == share.Read })
	home, err := b.readBoard(ctx, b.home)
	must(t, err)
	pinned := 0
	for _, c := range home.Cards {
		if c.Link.Document == id {
			pinned++
		}
	}
	if pinned != 1 {
		t.Errorf("%d cards on Home lead to the board", pinned)
	}

	shed, _ := sharedWithLink(t, a, "Shed")
	must(t, a.Invite(ctx, shed, ben, share.Write))
	eventually(t, b, "another invitation", func() bool { return len(b.Invitations()) == 1 })
	must(t, b.Decline(ctx, b.Invitations()[0].ID))
	if m := ofOther(a, shed); !m.Invited {
		t.Errorf("who has declined stands there as %+v", m)
	}
	closeTest(t, b)
	b = openTogether(t, dirB)
	meetTest(t, a, b)
	eventually(t, b, "the board", func() bool { m := ofOther(b, id); return m.Here })
	attic, _ := sharedWithLink(t, a, "Attic")
	must(t, a.Invite(ctx, attic, ben, share.Write)) // offered behind what was declined
	eventually(t, b, "a new invitation", func() bool { return len(b.Invitations()) > 0 })
	if list := b.Invitations(); len(list) != 1 || list[0].Title != "Attic" {
		t.Errorf("what was declined is offered again: %+v", list)
	}
	must(t, a.RemoveMember(ctx, shed, ben))
	must(t, a.Invite(ctx, shed, ben, share.Write))
	eventually(t, b, "another invitation to what was declined", func() bool { return len(b.Invitations()) == 2 })
}

func TestWhoHasLeftComesBack(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	befriend(t, a, b)
	ben := a.Contacts()[0].Person
	id, link := sharedWithLink(t, a, "Garden")
	_, err := b.Join(ctx, link)
	must(t, err)
	eventually(t, b, "the board", func() bool { return strings.Contains(saidOn(t, b, id), "Garden") })
	gone := func() {
		t.Helper()
		must(t, b.Leave(ctx, id))
		eventually(t, b, "that they are out", func() bool { return b.Sharing(id).Removed })
		eventually(t, a, "that they are gone", func() bool { return ofOther(a, id) == Member{} })
	}
	back := func(text string) {
		t.Helper()
		eventually(t, b, "that they are back", func() bool { s := b.Sharing(id); return !s.Removed && s.Mine == share.Write })
		newText(t, a, id, board.Point{X: 500 * float64(len(text))}, text)
		eventually(t, b, "what was written since", func() bool { return strings.Contains(saidOn(t, b, id), text) })
	}

	gone()
	must(t, a.Invite(ctx, id, ben, share.Write))
	eventually(t, b, "the invitation", func() bool { return len(b.Invitations()) == 1 })
	_, err = b.Accept(ctx, b.Invitations()[0].ID)
	must(t, err)
	back("by name")

	gone()
	link, err = a.CopyLink(ctx, id, share.Write)
	must(t, err)
	_, err = b.Join(ctx, link)
	must(t, err)
	back("by a link")
}

func TestInvitationsThatAreNotOpenAnyMore(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	befriend(t, a, b)
	ben := a.Contacts()[0].Person

	named, _ := sharedWithLink(t, a, "Garden")
	must(t, a.Invite(ctx, named, ben, share.Write))
	eventually(t, b, "the invitation", func() bool { return len(b.Invitations()) == 1 })
	must(t, a.RemoveMember(ctx, named, ben))
	_, err := b.Accept(ctx, b.Invitations()[0].ID)
	must(t, err)
	linked, link := sharedWithLink(t, a, "Shed")
	must(t, a.RevokeLink(ctx, linked, a.Sharing(linked).Links[0].ID))
	_, err = b.Join(ctx, link)
	must(t, err)
	for _, id := range []doc.ID{named, linked} {
		eventually(t, b, "that it is in vain", func() bool {
			s := b.Sharing(id)
			return s.Waiting && s.Refused || s.Removed // it may come before what has ended it
		})
	}

	must(t, a.Invite(ctx, named, ben, share.Write))
	eventually(t, b, "the board", func() bool {
		for _, i := range b.Invitations() {
			_, err := b.Accept(ctx, i.ID)
			must(t, err)
		}
		return strings.Contains(saidOn(t, b, named), "Garden")
	})
	if s := b.Sharing(named); s.Refused || s.Waiting {
		t.Errorf("of a board that has come: %+v", s)
	}
	must(t, a.RemoveMember(ctx, named, ben))
	eventually(t, b, "that they are out", func() bool { return b.Sharing(named).Removed })
	link, err = a.CopyLink(ctx, named, share.Write)
	must(t, err)
	if _, err := b.Join(ctx, link); !errors.Is(err, ErrRemoved) && err != nil {
		t.Errorf("who was removed joins by a link: %v", err)
	}
	eventually(t, b, "that no link lets them in", func() bool {
		_, err := b.Join(ctx, link)
		return errors.Is(err, ErrRemoved)
	})
}
