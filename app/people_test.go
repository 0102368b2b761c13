package app

import (
	"strings"
	"testing"
	"time"

	"corkboard/access"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/net/presence"
	"corkboard/share"
)

// knownTest is the contact of a person.
func knownTest(t *testing.T, a *App, p Person) Contact {
	t.Helper()
	for _, c := range a.Contacts() {
		if c.Person == p {
			return c
		}
	}
	t.Fatalf("%s is not known", p)
	return Contact{}
}

func TestContactsSayWhatIsSharedAndWhoWasAsked(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	befriend(t, a, b)
	ben := a.Contacts()[0]
	if !ben.Verified || ben.Blocked || len(ben.Boards) != 1 || ben.Boards[0].Mine != share.Admin || ben.Boards[0].Theirs != share.Write || ben.Boards[0].Invited {
		t.Errorf("Ben is known as %+v", ben)
	}
	if back := b.Contacts()[0]; len(back.Boards) != 1 || !back.Boards[0].Owner || back.Name != "Ada" {
		t.Errorf("Ada is known as %+v", back)
	}
	id, _ := sharedWithLink(t, a, "Garden")
	must(t, a.Invite(ctx, id, ben.Person, share.Read))
	eventually(t, a, "that the invitation has come there", func() bool { m := ofOther(a, id); return m.Invited && m.Reached })
	if c := knownTest(t, a, ben.Person); len(c.Boards) != 2 || c.Boards[0].Invited == c.Boards[1].Invited {
		t.Errorf("with an invitation Ben is known as %+v", c)
	}
	_, err := b.Accept(ctx, b.Invitations()[0].ID)
	must(t, err)
	eventually(t, a, "that they have come", func() bool {
		c := knownTest(t, a, ben.Person)
		return len(c.Boards) == 2 && !c.Boards[0].Invited && !c.Boards[1].Invited
	})
	must(t, a.RemoveMember(ctx, id, ben.Person))
	if c := knownTest(t, a, ben.Person); len(c.Boards) != 1 {
		t.Errorf("after they were removed Ben is known as %+v", c)
	}
	if m, ok := a.OnBoard(ben.Boards[0].Board, ben.Person); !ok || m.Role != share.Write || m.Name != "Ben" || !m.Here {
		t.Errorf("on the board Ben is %+v", m)
	}
	if m, ok := a.OnBoard(id, a.Me().Person); !ok || !m.Me || !m.Owner {
		t.Errorf("on the board this person is %+v", m)
	}
	if _, ok := a.OnBoard(id, Person(doc.NewID([32]byte{5}))); ok {
		t.Error("a stranger is known")
	}
}

func TestPeopleAndTheirDevicesStandOnBoards(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	befriend(t, a, b)
	ben := a.Contacts()[0]
	on := ben.Boards[0].Board
	devices := a.DevicesOf(ben.Person)
	if len(devices) != 1 || !devices[0].Here || devices[0].This || devices[0].Owner.Name != "Ben" {
		t.Fatalf("Ben's devices are %+v", devices)
	}
	if own := a.DevicesOf(a.Me().Person); len(own) != 1 || !own[0].This || !own[0].Here {
		t.Errorf("own devices are %+v", own)
	}
	person, err := a.PinPerson(ctx, on, ben.Person)
	must(t, err)
	device, err := a.PinDevice(ctx, on, devices[0].Device)
	must(t, err)
	stranger := Person(doc.NewID([32]byte{9}))
	paste(t, a, on, board.Point{X: 900}, LinkTo(stranger)+"\n"+LinkTo(ben.Person), false)
	if _, err := a.PinDevice(ctx, on, string(stranger)); err == nil {
		t.Error("a device of nobody is pinned")
	}
	if _, err := a.PinStoragePeer(ctx, on, devices[0].Device); err == nil {
		t.Error("a storage peer is pinned that is none")
	}
	contacts := func(x *App) (out []cards.Contact) {
		board, err := x.readBoard(ctx, on)
		must(t, err)
		for _, c := range board.Cards {
			if c.Link.Kind == cards.KindContact {
				if root, err := x.readWhole(ctx, c.Link.Document); err == nil {
					out = append(out, cards.ContactCodec{}.Decode(doc.NewTree(root)))
				}
			}
		}
		return out
	}
	eventually(t, b, "the cards", func() bool { return len(contacts(b)) == 3 })
	named, unknown := 0, 0
	for _, c := range contacts(b) {
		switch {
		case c == cards.Contact{Person: string(ben.Person), Name: "Ben", Colour: "#030201"}:
			named++
		case c == cards.Contact{Person: string(stranger)}:
			unknown++
		}
	}
	if named != 2 || unknown != 1 {
		t.Errorf("on the board stand %+v", contacts(b))
	}
	root, err := a.readWhole(ctx, readTest(t, a, on).Card(device).Link.Document)
	must(t, err)
	if d := (cards.DeviceCodec{}).Decode(doc.NewTree(root)); d.Device != devices[0].Device || d.Person != string(ben.Person) {
		t.Errorf("the device stands there as %+v", d)
	}
	if readTest(t, a, on).Card(person) == nil {
		t.Error("the person was pinned under another id")
	}
}

func TestWhoIsBlockedIsNotHeard(t *testing.T) {
	dirA := t.TempDir()
	a, b := openTogether(t, dirA), openTogether(t, t.TempDir())
	ctx := testContext(t)
	befriend(t, a, b)
	ben, ada := a.Contacts()[0], b.Contacts()[0]
	on := ben.Boards[0].Board
	a.Presence(on).Show(presence.State{})
	b.Presence(on).Show(presence.State{})
	eventually(t, a, "that both see each other", func() bool { return len(a.Presence(on).Others()) == 1 && len(b.Presence(on).Others()) == 1 })
	if at, ok := a.Where(ben.Person); !ok || at != on {
		t.Errorf("Ben is at %q, %v", at, ok)
	}
	shed, _ := sharedWithLink(t, b, "Shed")
	must(t, b.Invite(ctx, shed, ada.Person, share.Write))
	eventually(t, a, "an invitation", func() bool { return len(a.Invitations()) == 1 })

	must(t, a.Block(ben.Person, true))
	if len(a.Invitations()) != 0 {
		t.Error("an invitation of somebody blocked still waits")
	}
	if _, ok := a.Where(ben.Person); ok || len(a.Presence(on).Others()) != 0 {
		t.Error("somebody blocked is still seen")
	}
	eventually(t, b, "that they see nobody", func() bool { return len(b.Presence(on).Others()) == 0 })
	attic, _ := sharedWithLink(t, b, "Attic")
	must(t, b.Invite(ctx, attic, ada.Person, share.Write))
	eventually(t, b, "what looks as if it had come", func() bool { return ofOther(b, attic).Reached })
	if len(a.Invitations()) != 0 {
		t.Error("an invitation of somebody blocked has come")
	}
	newText(t, b, on, board.Point{X: 700}, "still written")
	eventually(t, a, "what they write on a board of both", func() bool { return strings.Contains(saidOn(t, a, on), "still written") })
	if !a.avoids(b.store.Device()) || a.avoids(a.store.Device()) {
		t.Error("it is not known whom not to dial")
	}

	closeTest(t, a)
	a = openTogether(t, dirA)
	eventually(t, a, "that it is remembered", func() bool { return a.avoids(b.store.Device()) })
	if c := knownTest(t, a, ben.Person); !c.Blocked {
		t.Error("after a restart they are not blocked any more")
	}
	must(t, a.Block(ben.Person, false))
	if a.avoids(b.store.Device()) || len(a.Device().Blocked) != 0 {
		t.Error("who is not blocked any more is still avoided")
	}
	meetTest(t, a, b)
	eventually(t, a, "the invitations again", func() bool { return len(a.Invitations()) == 2 })
	if err := a.Block("nobody", true); err == nil {
		t.Error("nobody can be blocked")
	}
}

func TestWhoIsInvisibleIsNotSeenAndSees(t *testing.T) {
	dirA := t.TempDir()
	a, b := openTogether(t, dirA), openTogether(t, t.TempDir())
	befriend(t, a, b)
	on := a.Contacts()[0].Boards[0].Board
	a.Presence(on).Show(presence.State{})
	b.Presence(on).Show(presence.State{})
	eventually(t, b, "that both see each other", func() bool { return len(a.Presence(on).Others()) == 1 && len(b.Presence(on).Others()) == 1 })
	must(t, a.SetInvisible(true))
	began := time.Now()
	eventually(t, b, "that one is gone", func() bool { return len(b.Presence(on).Others()) == 0 })
	if took := time.Since(began); took > presence.Gone/2 {
		t.Errorf("it took %v: they were not told", took)
	}
	if len(a.Presence(on).Others()) != 1 {
		t.Error("who is invisible sees nobody")
	}
	closeTest(t, a)
	a = openTogether(t, dirA)
	if !a.Invisible() {
		t.Fatal("it is forgotten over a restart")
	}
	meetTest(t, a, b)
	a.Presence(on).Show(presence.State{})
	eventually(t, a, "the other", func() bool { return len(a.Presence(on).Others()) == 1 })
	if len(b.Presence(on).Others()) != 0 {
		t.Error("after a restart they are seen")
	}
	must(t, a.SetInvisible(false))
	eventually(t, b, "that one is back", func() bool { return len(b.Presence(on).Others()) == 1 })
}

// Where somebody looks is heard of boards that are not open here, also after a start.
func TestWhereSomebodyLooksIsHeardOfClosedBoards(t *testing.T) {
	dirA := t.TempDir()
	a, b := openTogether(t, dirA), openTogether(t, t.TempDir())
	befriend(t, a, b)
	on, who := a.Contacts()[0].Boards[0].Board, a.Contacts()[0].Person
	closeTest(t, a)
	a = openTogether(t, dirA)
	meetTest(t, a, b)
	eventually(t, a, "they are here and the board is not open", func() bool {
		_, open := a.store.KnownCollectionOf(on)
		return !open && a.Contacts()[0].Here
	})
	b.Presence(on).Show(presence.State{})
	eventually(t, a, "where they look", func() bool { at, ok := a.Where(who); return ok && at == on })
}

// A board that was shared while the name changed may know the older one.
func TestOnesOwnNameIsThatOfHome(t *testing.T) {
	a := openTest(t, t.TempDir())
	must(t, a.SetProfile(testContext(t), "New", [3]byte{}))
	me := a.store.Person()
	old := docstore.Collection{People: map[identity.PersonID]identity.State{me: {Profile: identity.Profile{Name: "Old"}}}}
	a.circles.mu.Lock()
	for n := range byte(20) {
		a.circles.byID[access.RecordID{n}] = old
	}
	a.circles.mu.Unlock()
	for range 20 {
		if name := a.Me().Name; name != "New" {
			t.Fatalf("I am called %q", name)
		}
	}
}
