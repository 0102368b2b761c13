package cards

import (
	"reflect"
	"testing"

	"corkboard/doc"
)

func keyringTest() Keyring {
	a, b := doc.NewID([32]byte{1}), doc.NewID([32]byte{2})
	return Keyring{
		Devices:     map[string]string{string(a): "Laptop"},
		Moved:       map[doc.ID]doc.ID{a: b},
		Collections: map[doc.ID]KeptLink{b: {Root: a, Kind: KindBoard, At: []string{"/ip4/127.0.0.1/tcp/1"}, Secret: []byte{1, 2}}, a: {Root: b, Kind: KindBoard}},
		Stores:      map[string]KeptStore{string(a): {At: []string{"x", "y"}, Secret: []byte{3}, Owner: true}, string(b): {Gone: true}},
	}
}

func TestKeyringCodec(t *testing.T) {
	plan, err := Keep{keyringTest()}.Plan(Keyring{})
	if err != nil {
		t.Fatal(err)
	}
	checkCodec(t, KeyringCodec{}, append(NewKeyring(), plan.Edits...)...)
}

func TestAKeyringIsReadAsItWasKept(t *testing.T) {
	want := keyringTest()
	plan, err := Keep{want}.Plan(Keyring{})
	if err != nil {
		t.Fatal(err)
	}
	tree := doc.NewTree(nil)
	if _, err := tree.Apply(append(NewKeyring(), plan.Edits...)); err != nil {
		t.Fatal(err)
	}
	if got := (KeyringCodec{}).Decode(tree); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if _, err := (Keep{}).Plan(want); err != doc.ErrNothing {
		t.Errorf("nothing to keep: %v", err)
	}
}
