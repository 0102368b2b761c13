package identity

import (
	"errors"
	"testing"

	"corkboard/record"
)

func TestAKeySealedToAPersonOpensWithEachOfTheirKeys(t *testing.T) {
	l, a, b, gone := trio(t)
	remove(t, l, a, gone)
	info, key := []byte("collection"), []byte("thirty-two bytes of a secret key")
	envelope, err := SealToPerson(l.State(), info, key)
	if err != nil {
		t.Fatal(err)
	}
	for _, with := range []Opener{a, b, players.words[0]} {
		if got, err := OpenToPerson(with, l.person, info, envelope); err != nil || string(got) != string(key) {
			t.Errorf("got %q, %v", got, err)
		}
	}
	late := players.devices[5]
	add(t, l, a, late)
	for name, try := range map[string]struct {
		with   Opener
		person PersonID
		info   string
	}{
		"removed device": {gone, l.person, "collection"},
		"later device":   {late, l.person, "collection"},
		"other words":    {players.words[1], l.person, "collection"},
		"other person":   {a, PersonID{1}, "collection"},
		"other info":     {a, l.person, "x"},
	} {
		if _, err := OpenToPerson(try.with, try.person, []byte(try.info), envelope); !errors.Is(err, ErrCannotOpen) {
			t.Errorf("%s: got %v, want ErrCannotOpen", name, err)
		}
	}
	again, err := SealToPerson(l.State(), info, key)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenToPerson(late, l.person, info, again); err != nil || string(got) != string(key) {
		t.Errorf("later device, sealed again: %q, %v", got, err)
	}
	envelope[0]++
	if _, err := OpenToPerson(a, l.person, info, envelope); !errors.Is(err, ErrNewer) {
		t.Errorf("next version: got %v, want ErrNewer", err)
	}
	if _, err := OpenToPerson(a, l.person, info, again[:len(again)-1]); !errors.Is(err, record.ErrMalformed) {
		t.Errorf("cut short: got %v, want ErrMalformed", err)
	}
	if _, err := SealToPerson(l.State(), info, make([]byte, MaxEnvelopePlain+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: got %v", err)
	}
}

func TestTheMasterKeySeals(t *testing.T) {
	m, err := NewMaster(stream(1))
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewMaster(stream(2))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := m.Seal(stream(3), []byte("info"), []byte("plain"))
	if err != nil || len(sealed) != 5+MasterOverhead {
		t.Fatalf("%d bytes, %v", len(sealed), err)
	}
	back, err := ImportMaster(m.Export())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := back.Open(sealed, []byte("info")); err != nil || string(got) != "plain" {
		t.Errorf("got %q, %v", got, err)
	}
	for name, try := range map[string]func() ([]byte, error){
		"other key":  func() ([]byte, error) { return other.Open(sealed, []byte("info")) },
		"other info": func() ([]byte, error) { return m.Open(sealed, nil) },
		"cut":        func() ([]byte, error) { return m.Open(sealed[:30], []byte("info")) },
		"bent":       func() ([]byte, error) { return m.Open(append([]byte{sealed[0] ^ 1}, sealed[1:]...), []byte("info")) },
	} {
		if _, err := try(); !errors.Is(err, ErrCannotOpen) {
			t.Errorf("%s: got %v, want ErrCannotOpen", name, err)
		}
	}
	if _, err := ImportMaster(make([]byte, 31)); err == nil {
		t.Error("a key of 31 bytes")
	}
}
