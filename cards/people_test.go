package cards

import (
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/internal/racefree"
)

var (
	someOne     = string(doc.NewID([32]byte{1}))
	someMachine = string(doc.NewID([32]byte{2}))
)

func TestWhoeverStandsOnACardIsRead(t *testing.T) {
	tree := made(t, NewContact(Contact{Person: someOne, Name: "Ada\nLovelace", Colour: "#aabbcc"}))
	if got, want := (ContactCodec{}).Decode(tree), (Contact{someOne, "Ada Lovelace", "#aabbcc"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	tree = made(t, NewDevice(Device{Device: someMachine, Person: someOne, Name: "Laptop"}))
	if got, want := (DeviceCodec{}).Decode(tree), (Device{someMachine, someOne, "Laptop"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	tree = made(t, NewStoragePeer(StoragePeer{Device: someMachine, Name: "attic.example:4100"}))
	if got, want := (StoragePeerCodec{}).Decode(tree), (StoragePeer{someMachine, "attic.example:4100"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestACardThatNamesNobodyIsStillACard(t *testing.T) {
	for name, m := range map[string]doc.Map{
		"empty": {}, "no id": {"person": "ada", "device": "0OIl"}, "numbers": {"person": int64(3), "name": 2.5, "colour": true, "device": doc.List{}},
	} {
		tree := doc.NewTree(m)
		if got := (ContactCodec{}).Decode(tree); got != (Contact{}) {
			t.Errorf("%s: a contact %+v", name, got)
		}
		if got := (DeviceCodec{}).Decode(tree); got != (Device{}) {
			t.Errorf("%s: a device %+v", name, got)
		}
		if got := (StoragePeerCodec{}).Decode(tree); got != (StoragePeer{}) {
			t.Errorf("%s: a storage peer %+v", name, got)
		}
	}
	if got := TitleOf(KindContact, Contact{}); got != "Somebody" {
		t.Errorf("nobody is called %q", got)
	}
	long := ContactCodec{}.Decode(doc.NewTree(doc.Map{"person": someOne, "name": strings.Repeat("wide ", 300) + "\u202egpj"}))
	if n := len([]rune(long.Name)); n > MaxName || strings.ContainsRune(long.Name, '\u202e') {
		t.Errorf("a name of %d runes: %q", n, long.Name)
	}
}

func TestCodecsOfPeopleUpdateAsTheyDecode(t *testing.T) {
	racefree.Long(t)
	t.Run("contact", func(t *testing.T) {
		checkCodec(t, ContactCodec{}, NewContact(Contact{Person: someOne, Name: "Ada", Colour: "#010203"})...)
	})
	t.Run("device", func(t *testing.T) {
		checkCodec(t, DeviceCodec{}, NewDevice(Device{Device: someMachine, Person: someOne, Name: "Laptop"})...)
	})
	t.Run("storage", func(t *testing.T) {
		checkCodec(t, StoragePeerCodec{}, append(NewStoragePeer(StoragePeer{Device: someMachine, Name: "attic:4100"}),
			doc.Put{Path: doc.At("device"), Value: someOne}, doc.Put{Path: doc.At("name"), Value: "barn"})...)
	})
}
