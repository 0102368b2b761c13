package share

import (
	"errors"
	"strings"
	"testing"

	"corkboard/internal/lean"
)

const at = "/ip4/192.0.2.7/udp/4001/quic-v1/p2p/12D3KooW"

func TestAddressesComeBack(t *testing.T) {
	storage := Link{Document: id, Kind: KindStorage, Role: Store, Secret: NewSecret(planted)}
	for _, l := range []Link{{Document: id, Kind: "text"}, invitation(Read, planted), invitation(Write, planted).Bare(), storage} {
		for _, a := range []Addresses{
			{}, {at}, {at, "/ip6/::1/tcp/4001"}, {"C:\\Dropbox\\a b & c#d"}, {"Ordner für %41", "="},
			{strings.Repeat("x", MaxAddress), strings.Repeat("ä", MaxAddress/2)},
		} {
			l.At = a
			got, err := Parse(Format(l))
			if err != nil || got != l || !l.Valid() {
				t.Errorf("%v at %q: got %q, %v", l, a, got.At, err)
			}
			if s := l.String(); a[0] != "" && strings.Contains(s, escape(a[0])) {
				t.Errorf("%s prints where somebody is", s)
			}
			if bare := l.Bare(); bare.At != (Addresses{}) || bare.Invites() {
				t.Errorf("bare: %q", Format(bare))
			}
		}
	}
	turned := "corkboard:/" + string(id) + "?at=" + at + "&contentType=text&at=%20"
	if l, err := Parse(turned); err != nil || l.At != (Addresses{at, " "}) {
		t.Errorf("other order: %v, %v", l, err)
	}
}

func TestTheFormOfALinkToAStoragePeer(t *testing.T) {
	l := Link{Document: id, Kind: KindStorage, At: Addresses{at}, Role: Store, Secret: NewSecret([16]byte{15: 1})}
	want := "corkboard:/" + string(id) + "?contentType=storage-peer&at=" + at + "#s.1111111111111111111112"
	if got := Format(l); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestBoardsHoldNoAddressesAndNoStorage(t *testing.T) {
	l := Link{Document: id, Kind: "text", At: Addresses{at}}
	if got, err := ParseLocal(Format(l)); err != nil || got != l.Bare() {
		t.Errorf("%q, %v", Format(got), err)
	}
	l = Link{Document: id, Kind: KindStorage, At: Addresses{at}, Role: Store, Secret: NewSecret(planted)}
	if got, err := ParseLocal(Format(l)); !errors.Is(err, ErrStorage) || got != (Link{}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestBadAddressesAreRefused(t *testing.T) {
	good := "corkboard:/" + string(id) + "?contentType=text&at="
	for _, c := range []struct{ in, part string }{
		{good, "address is not"},
		{good + at + "&at=", "address is not"},
		{good + at + "&at=" + at, "same address"},
		{good + at + "&at=/a&at=/b", "more than 2"},
		{good + "%41", "address is not"},    // A stands for itself
		{good + "%2f", "address is not"},    // so does /
		{good + "%C3%bc", "address is not"}, // lower case
		{good + "%FF", "address is not"},
		{good + "%0A", "address is not"},
		{good + "%", "address is not"},
		{good + "%2", "address is not"},
		{good + "a+b", "address is not"},
		{good + "a=b", "address is not"},
		{good + "a,b", "address is not"},
		{good + strings.Repeat("x", MaxAddress+1), "address is not"},
		{good + at + "#s.UVqy367MbwSvwGY6KHJGZ9", "does not name it"},
		{strings.Replace(good, "text", KindStorage, 1) + at + "#w.UVqy367MbwSvwGY6KHJGZ9", "does not name it"},
	} {
		l, err := Parse(c.in)
		if !errors.Is(err, ErrBadLink) || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%q: got %v, want it to name %q", c.in, err, c.part)
		}
		if l != (Link{}) {
			t.Errorf("%q: a link came with an error", c.in)
		}
		if err != nil && strings.Contains(err.Error(), "192.0.2.7") {
			t.Errorf("the error says where: %v", err)
		}
	}
	for _, a := range []Addresses{{"", at}, {at, at}, {"a\nb"}, {"\xff"}, {strings.Repeat("x", MaxAddress+1)}} {
		if (Link{Document: id, Kind: "text", At: a}).Valid() {
			t.Errorf("%q is valid", a)
		}
	}
}

func FuzzUnescape(f *testing.F) {
	f.Add(at)
	f.Add("a%20b")
	f.Add("%")
	f.Fuzz(lean.One(func(t *testing.T, s string) {
		if got, ok := unescape(s); ok && escape(got) != s {
			t.Fatalf("%q is read as %q, which is written %q", s, got, escape(got))
		}
		if got, ok := unescape(escape(s)); !ok || got != s {
			t.Fatalf("%q comes back as %q, %v", s, got, ok)
		}
	}))
}
