package ui

import (
	"context"
	"fmt"
	"net"
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/presence"
	"corkboard/renderers/paint"
)

// company is a desk whose boards others look at, each over a connection.
type company struct {
	*desk
	hub *presence.Hub
}

func newCompany(t *testing.T) *company {
	d := newDesk(t)
	d.large()
	c := &company{d, presence.NewHub(time.Now, func(person string) presence.Profile { return presence.Profile{Name: person} })}
	t.Cleanup(c.hub.Close)
	d.meet(newCrowd())
	d.w.env.Room = roomsOf(c.hub.Room)
	d.w.bar.avatars.on = ""
	d.w.show()
	return c
}

// comes lets a device of a person look at the board that is shown; the room is
// theirs.
func (c *company) comes(person, device string) *presence.Room {
	return c.comesTo(c.w.boardID(), person, device)
}

func (c *company) comesTo(board doc.ID, person, device string) *presence.Room {
	theirs := presence.NewHub(time.Now, nil)
	here, there := net.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	ends := make(chan error, 2)
	all := func(doc.ID) bool { return true }
	go func() { ends <- c.hub.Run(ctx, here, presence.Peer{Device: device, Person: person}, all) }()
	go func() { ends <- theirs.Run(ctx, there, presence.Peer{Device: "me", Person: "me"}, all) }()
	c.t.Cleanup(func() {
		cancel()
		<-ends
		<-ends
		theirs.Close()
	})
	room := theirs.Room(board)
	room.Show(presence.State{})
	return room
}

// await waits for what a room will hear.
func (c *company) await(r *presence.Room, what string, so func() bool) {
	c.t.Helper()
	woken := make(chan struct{}, 1)
	defer r.Subscribe(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	for end := time.After(20 * time.Second); !so(); {
		select {
		case <-woken:
		case <-end:
			c.t.Fatalf("waited in vain until %s", what)
		}
	}
}

func TestPersonsComeAndGoInTheTitleBar(t *testing.T) {
	c := newCompany(t)
	a := c.w.bar.avatars
	if a.Visible() || len(a.list) != 0 {
		t.Error("there are avatars where nobody is")
	}
	ada := c.comes("Ada Lovelace", "1")
	c.comes("Ada Lovelace", "2")
	c.comes("Grace", "3")
	c.until("two persons are shown", func() bool { return len(a.people) == 2 })
	c.until("three devices have been heard of", func() bool { return len(a.room.Others()) == 3 })
	if a.faces[0].words.Text != "AL" || a.faces[1].words.Text != "G" || a.faces[0].ring.Hidden || !a.Visible() {
		t.Errorf("shown: %q, %q", a.faces[0].words.Text, a.faces[1].words.Text)
	}
	share := c.w.bar.people.share
	if at := c.onScreen(a); at.X+a.Size().Width > c.onScreen(share).X+1 || a.Size().Width != avatarLead+2*avatarPitch {
		t.Errorf("the avatars are at %v, %v wide; Share at %v", at, a.Size().Width, c.onScreen(share))
	}
	a.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(middleOfAvatar(1), 10)}})
	if !c.w.tip.object.Visible() || c.w.tip.words.Text != "Grace" {
		t.Errorf("over the second one it says %q", c.w.tip.words.Text)
	}
	a.MouseOut()
	if c.w.tip.object.Visible() {
		t.Error("the name stays")
	}
	ada.Leave()
	c.until("one device has left", func() bool { return len(a.room.Others()) == 2 })
	for i := range 6 {
		c.comes(fmt.Sprint("person ", i), fmt.Sprint("p", i))
	}
	c.until("all are counted", func() bool { return len(a.people) == 8 })
	if n := len(a.list) / 4; n != maxAvatars+1 || a.faces[maxAvatars].words.Text != "+3" {
		t.Errorf("%d discs, the last says %q", n, a.faces[maxAvatars].words.Text)
	}
	if got := a.nameOf(maxAvatars); got != "person 3, person 4, person 5" {
		t.Errorf("the last stands for %q", got)
	}
}

func TestAvatarsBelongToTheBoardThatIsShown(t *testing.T) {
	c := newCompany(t)
	there := c.comes("Ada", "1")
	a := c.w.bar.avatars
	c.until("she is shown", func() bool { return len(a.people) == 1 })
	c.until("she sees this person", func() bool { return len(there.Others()) == 1 })
	for _, card := range c.cards() {
		if card.Link.Kind == cards.KindText {
			c.w.Open(card.Link.Document, card.Link.Kind)
		}
	}
	if c.w.board != nil || !a.Visible() {
		t.Fatal("no text is shown in full, or nobody beside it")
	}
	c.await(there, "this person is there and points nowhere", func() bool {
		all := there.Others()
		return len(all) == 1 && all[0].State.View == (presence.Rect{})
	})
	c.w.Back()
	c.openBoard(t, "Another")
	if len(a.people) != 0 || a.Visible() {
		t.Error("who is on Home is shown on another board")
	}
	c.await(there, "she is told that this person has left", func() bool { return len(there.Others()) == 0 })
	c.w.Back()
	c.until("she is shown again", func() bool { return len(a.people) == 1 })
	a.Tapped(&fyne.PointEvent{Position: fyne.NewPos(middleOfAvatar(0), 10)})
	if c.w.win.Canvas().Overlays().Top() == nil {
		t.Error("a click shows nothing")
	}
}

func TestRoomsSpeakBothLanguages(t *testing.T) {
	if roomsOf(func(doc.ID) *presence.Room { return nil })("x") != nil {
		t.Error("there is a room where none is")
	}
	id := newID()
	s := presence.State{
		Board: id, Points: true, Pointer: presence.Point{X: 1, Y: 2}, View: presence.Rect{X: 1, Y: 2, W: 3, H: 4},
		Selected: []string{"a"}, Drag: []presence.Rect{{X: 5, Y: 6, W: 7, H: 8}}, Typing: "b",
	}
	c := newCompany(t)
	there, mine := c.comesTo(id, "Ada", "1"), room{c.hub.Room(id)}
	mine.Show(doing(&s))
	c.await(there, "all of it is told", func() bool {
		all := there.Others()
		return len(all) == 1 && reflect.DeepEqual(all[0].State, s)
	})
	there.Show(s)
	c.await(mine.net, "all of it is heard", func() bool {
		all := mine.Others()
		return len(all) == 1 && reflect.DeepEqual(all[0].Does, doing(&s)) && all[0].Look.Name == "Ada" && all[0].Active
	})
}

func TestPersonsHaveColoursThatCanBeRead(t *testing.T) {
	for _, pal := range []paint.Palette{paint.Light(), paint.Dark()} {
		seen := map[string]bool{}
		for _, c := range presence.Colours {
			fill, _ := paint.PersonInks(c, pal)
			seen[hexOf(fill)] = true
		}
		if len(seen) != len(presence.Colours) {
			t.Errorf("only %d colours are different, dark %v", len(seen), pal.IsDark)
		}
	}
}
