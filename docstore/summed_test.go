package docstore

import (
	"encoding/json"
	"errors"
	"testing"
)

func TestAFlipInASummedObjectIsSeenOrDoesNoHarm(t *testing.T) {
	type settings struct {
		Width int
		Name  string
	}
	want := settings{1234, "Ada"}
	plain, err := json.MarshalIndent(want, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := Unsummed(plain); err != nil {
		t.Errorf("one without a sum: %v", err)
	}
	b := Summed(plain)
	var got settings
	if err := errors.Join(Unsummed(b), json.Unmarshal(b, &got)); err != nil || got != want {
		t.Fatalf("%+v, %v", got, err)
	}
	for at := range b {
		for bit := range 8 {
			flipped := append([]byte(nil), b...)
			flipped[at] ^= 1 << bit
			var got settings
			if err := Unsummed(flipped); err == nil && json.Unmarshal(flipped, &got) == nil && got != want {
				t.Fatalf("byte %d, bit %d: %+v", at, bit, got)
			}
		}
	}
}

func TestAnEmptyObjectStaysOne(t *testing.T) {
	b := Summed([]byte("{}\n"))
	var got map[string]int
	if err := errors.Join(Unsummed(b), json.Unmarshal(b, &got)); err != nil || len(got) > 0 {
		t.Errorf("%q: %v, %v", b, got, err)
	}
}
