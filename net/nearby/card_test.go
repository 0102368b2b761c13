package nearby

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/identity"
	"corkboard/internal/lean"
	"corkboard/record"
)

// somebody is a person with one device and a name.
func somebody(t testing.TB, seed byte, name string) (*identity.Log, *identity.Device) {
	t.Helper()
	random := rand.NewChaCha8([32]byte{seed})
	device, err := identity.NewDevice(random)
	if err != nil {
		t.Fatal(err)
	}
	words, err := identity.NewWords(random)
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := words.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	log, err := identity.Found(random, 1, device, "laptop", recovery.Public())
	if err != nil {
		t.Fatal(err)
	}
	if name != "" {
		if _, err := log.SetProfile(device, 2, identity.Profile{Name: name, Colour: [3]byte{1, 2, 3}}); err != nil {
			t.Fatal(err)
		}
	}
	return log, device
}

func recordsOf(log *identity.Log) (out [][]byte) {
	for _, raw := range log.Records() {
		out = append(out, raw)
	}
	return out
}

func cardOf(t testing.TB, log *identity.Log) []byte {
	t.Helper()
	card, err := Card(recordsOf(log))
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func TestCardTellsWhoSomebodyIs(t *testing.T) {
	log, device := somebody(t, 1, "Ada")
	p, err := Read(cardOf(t, log), log.Person(), device.ID())
	if err != nil {
		t.Fatal(err)
	}
	if p.ID != log.Person() || p.Name != "Ada" || p.Colour != [3]byte{1, 2, 3} || !slices.EqualFunc(p.Log, recordsOf(log), bytes.Equal) {
		t.Errorf("read as %+v", p)
	}
}

func TestHostileCards(t *testing.T) {
	ada, laptop := somebody(t, 1, "Ada")
	eve, other := somebody(t, 2, "Ada") // of the same name
	card := cardOf(t, ada)
	forged := bytes.Clone(card)
	at := bytes.Index(forged, []byte("Ada"))
	forged[at] = 'E'
	many := record.Writer{}
	many.Uint8(cardVersion)
	many.Uint(maxRecords + 1)
	newer := bytes.Clone(card)
	newer[0] = cardVersion + 1
	both, err := Card(append(recordsOf(ada), recordsOf(eve)...))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		card   []byte
		person identity.PersonID
		device identity.DeviceID
		want   error
	}{
		"nothing":               {nil, ada.Person(), laptop.ID(), record.ErrMalformed},
		"too long":              {make([]byte, MaxCard+1), ada.Person(), laptop.ID(), ErrTooLong},
		"more than fits":        {many.B, ada.Person(), laptop.ID(), record.ErrMalformed},
		"cut off":               {card[:len(card)-1], ada.Person(), laptop.ID(), record.ErrMalformed},
		"more behind":           {append(bytes.Clone(card), 0), ada.Person(), laptop.ID(), record.ErrMalformed},
		"another name":          {forged, ada.Person(), laptop.ID(), identity.ErrBadSignature},
		"somebody else's":       {card, eve.Person(), other.ID(), nil},
		"from another's device": {card, ada.Person(), other.ID(), ErrNotTheirs},
		"of two":                {both, ada.Person(), laptop.ID(), nil},
		"no records":            {[]byte{cardVersion, 0}, ada.Person(), laptop.ID(), ErrNotTheirs},
		"of a later program":    {newer, ada.Person(), laptop.ID(), ErrNewer},
	} {
		p, err := Read(c.card, c.person, c.device)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %+v, %v; want %v", name, p, err, c.want)
		}
	}
}

func TestWhoWasRemovedIsNotThem(t *testing.T) {
	log, laptop := somebody(t, 1, "Ada")
	if _, err := log.RemoveDevice(laptop, 3, laptop.ID()); err != nil {
		t.Skip("a device cannot remove itself") // then there is nothing to show
	}
	if p, err := Read(cardOf(t, log), log.Person(), laptop.ID()); !errors.Is(err, ErrNotTheirs) {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestALogThatIsTooLongIsNotTold(t *testing.T) {
	raw := make([]byte, identity.MaxRecord)
	if _, err := Card(slices.Repeat([][]byte{raw}, MaxCard/len(raw)+1)); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
	if _, err := Card(make([][]byte, maxRecords+1)); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
}

func FuzzCard(f *testing.F) {
	log, device := somebody(f, 1, "Ada")
	f.Add(cardOf(f, log))
	f.Add([]byte{cardVersion, 0})
	f.Fuzz(lean.One(func(t *testing.T, card []byte) {
		p, err := Read(card, log.Person(), device.ID())
		if err != nil {
			return
		}
		if p.ID != log.Person() || len(p.Log) == 0 || len(p.Name) > identity.MaxName {
			t.Fatalf("read as %+v", p)
		}
		again, err := Card(p.Log)
		if err != nil {
			t.Fatal(err)
		}
		if q, err := Read(again, p.ID, device.ID()); err != nil || q.Name != p.Name {
			t.Fatalf("%+v, %v", q, err)
		}
	}))
}
