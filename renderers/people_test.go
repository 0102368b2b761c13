package renderers

import (
	"sync"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/golden"
	"corkboard/share"
)

var (
	adaID    = string(testID(70))
	laptopID = string(testID(71))
	atticID  = string(testID(72))
	adaLook  = PersonLook{Name: "Ada Lovelace", Colour: [3]byte{0x15, 0x8f, 0x9c}}
)

const longPerson = "Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine Senior, harbour"

func TestCardsOfPeopleLook(t *testing.T) {
	day := time.Date(2026, 3, 11, 14, 5, 0, 0, time.UTC)
	ada := cards.Contact{Person: adaID, Name: "Ada", Colour: "#158f9c"}
	laptop := cards.Device{Device: laptopID, Person: adaID, Name: "Laptop"}
	attic := cards.StoragePeer{Device: atticID, Name: "attic.example:4100"}
	contact, device, stores := Erase(contactFace()), Erase(deviceFace()), Erase(storagePeerFace())
	sh := newTestShaper()
	for _, c := range []struct {
		name    string
		f       *Face
		v       any
		alive   any
		w, h, z float32
	}{
		{"contact_here", contact, ada, PersonKnown{Look: adaLook, Here: true, Role: "Can edit"}, 0, 0, 2},
		{"contact_away", contact, ada, PersonKnown{Look: adaLook, Seen: day.AddDate(0, 0, -2), Role: "Can only read"}, 0, 0, 1},
		{"contact_me", contact, ada, PersonKnown{Look: adaLook, Me: true, Here: true, Role: "Owner"}, 0, 0, 1},
		{"contact_blocked", contact, ada, PersonKnown{Look: adaLook, Here: true, Blocked: true}, 0, 0, 1},
		{"contact_unmet", contact, ada, nil, 0, 0, 1},
		{"contact_nobody", contact, cards.Contact{}, nil, 0, 0, 1},
		{"contact_long", contact, ada, PersonKnown{Look: PersonLook{Name: longPerson, Colour: [3]byte{0xff, 0xc9, 0x19}}, Seen: day}, 0, 0, 1},
		{"contact_slim", contact, ada, PersonKnown{Look: adaLook, Here: true, Role: "Can edit"}, 80, 100, 2},
		{"contact_least", contact, ada, PersonKnown{Look: adaLook, Here: true}, 80, 60, 1},
		{"contact_large", contact, ada, PersonKnown{Look: adaLook, Here: true, Role: "Can edit"}, 400, 200, 1},
		{"device_here", device, laptop, DeviceKnown{Name: "Laptop", Owner: adaLook, Here: true}, 0, 0, 1},
		{"device_this", device, laptop, DeviceKnown{Name: "Laptop", Owner: adaLook, Mine: true, This: true, Here: true}, 0, 0, 1},
		{"device_away", device, laptop, DeviceKnown{Owner: PersonLook{Name: longPerson}, Seen: day}, 0, 0, 1},
		{"device_removed", device, laptop, DeviceKnown{Name: "Laptop", Owner: adaLook, Removed: true}, 0, 0, 1},
		{"device_unmet", device, laptop, nil, 0, 0, 1},
		{"storage_here", stores, attic, StorageKnown{Name: "attic.example:4100", Mine: true, Here: true, Boards: 12, Used: 48_300_000, Free: 210_000_000_000}, 0, 0, 1},
		{"storage_away", stores, attic, StorageKnown{Name: "attic.example:4100", Mine: true, Boards: 1}, 0, 0, 1},
		{"storage_full", stores, attic, StorageKnown{Name: "attic.example:4100", Mine: true, Here: true, Boards: 3, Wrong: "The storage peer's disk is full."}, 0, 0, 1},
		{"storage_theirs", stores, attic, StorageKnown{Name: "attic.example:4100", Here: true}, 0, 0, 1},
		{"storage_unmet", stores, attic, nil, 0, 0, 1},
	} {
		for _, dark := range []bool{false, true} {
			j := testJob(c.f, c.v, c.w, c.h, c.z, dark)
			j.today, j.alive = day.Format(time.DateOnly), c.alive
			full := c.name + "_light"
			if dark {
				full = c.name + "_dark"
			}
			golden.Picture(t, full, j.paint(sh).img)
		}
	}
}

// rumour is what is known, and may become something else.
type rumour struct {
	mu    sync.Mutex
	ada   PersonKnown
	asked int
}

func (r *rumour) Person(on doc.ID, id string) (PersonKnown, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	return r.ada, id == adaID && on == testID(1)
}
func (r *rumour) Device(string) (DeviceKnown, bool)           { return DeviceKnown{}, false }
func (r *rumour) Storage(doc.ID, string) (StorageKnown, bool) { return StorageKnown{}, false }

func TestACardFollowsWhomItStandsForAndOthersAreNotTouched(t *testing.T) {
	known := &rumour{ada: PersonKnown{Look: adaLook}}
	shown := ""
	x := newTable(t, func(e *Env) { e.Known, e.ShowPerson = known, func(p string) { shown = p } })
	x.create(testID(9), cards.NewContact(cards.Contact{Person: adaID, Name: "Ada"}))
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{
		{ID: "ada", Link: share.Link{Document: testID(9), Kind: cards.KindContact}, At: board.Point{X: 500, Y: 400}},
	}})
	x.settle()
	x.until("she is painted", func() bool { p := x.view.pins["ada"]; return p != nil && p.img != nil })
	x.settle()
	before, note, asked := x.view.pins["ada"].img, x.view.pins[noteCard].img, known.asked
	for range 100 {
		x.view.Sync()
	}
	if known.asked != asked {
		t.Errorf("a hundred frames have asked %d times", known.asked-asked)
	}
	x.view.KnownMoved() // and nothing has
	x.settle()
	if x.view.pins["ada"].img != before {
		t.Error("she was painted again although nothing is different")
	}
	known.mu.Lock()
	known.ada.Here = true
	known.mu.Unlock()
	x.view.KnownMoved()
	x.until("she is painted as one who is here", func() bool { return x.view.pins["ada"].img != before })
	x.settle()
	if x.view.pins[noteCard].img != note {
		t.Error("another card was painted, too")
	}
	x.click(500+badgePad+5, 400+40, 1, 0)
	if shown != adaID {
		t.Errorf("a click on the disc shows %q", shown)
	}
}
