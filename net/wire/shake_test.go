package wire_test

import (
	"reflect"
	"slices"
	"testing"

	"corkboard/net/wire"
)

func TestBothEndsFindWhatTheyShare(t *testing.T) {
	for _, c := range []struct{ a, b [2]int }{
		{[2]int{0, 1}, [2]int{0, 1}},
		{[2]int{0, 8}, [2]int{7, 20}},
		{[2]int{5, 105}, [2]int{0, 9}},
		{[2]int{0, 3000}, [2]int{100, 2000}},
	} {
		m := meet(t)
		a := &side{secrets: secrets(c.a[0], c.a[1]), me: person(t, 1)}
		b := &side{secrets: secrets(c.b[0], c.b[1]), me: person(t, 2)}
		m.shake(a, b)
		m.must(a.err)
		m.must(b.err)
		if a.result.Anonymous || b.result.Anonymous || a.result.Peer != who(b.me) || b.result.Peer != who(a.me) {
			t.Errorf("%v: they take each other for %v and %v", c, a.result, b.result)
		}
		var shared []wire.Secret
		tags := map[wire.Tag]bool{}
		for i, match := range a.result.Matched {
			other := b.result.Matched[i]
			if match.Tag != other.Tag || a.secrets[match.Index] != b.secrets[other.Index] {
				t.Fatalf("%v: match %d is %v and %v", c, i, match, other)
			}
			tags[match.Tag] = true
			shared = append(shared, a.secrets[match.Index])
		}
		want := secrets(max(c.a[0], c.b[0]), min(c.a[1], c.b[1]))
		if !slices.Equal(shared, want) || len(tags) != len(want) || len(b.result.Matched) != len(want) {
			t.Errorf("%v: %d in common, %d tags, want %d", c, len(shared), len(tags), len(want))
		}
	}
}

func TestTagsAreOtherOnesInEachSession(t *testing.T) {
	m := meet(t)
	seen := map[wire.Tag]bool{}
	for range 5 {
		a, b := &side{secrets: secrets(0, 3)}, &side{secrets: secrets(0, 3)}
		m.shake(a, b)
		m.must(a.err)
		for _, match := range a.result.Matched {
			if seen[match.Tag] {
				t.Fatal("a tag stands for a secret twice")
			}
			seen[match.Tag] = true
		}
	}
}

func TestStrangersPart(t *testing.T) {
	m := meet(t)
	a := &side{secrets: secrets(0, 20), me: person(t, 1)}
	b := &side{secrets: secrets(20, 40), me: person(t, 2)}
	m.shake(a, b)
	for _, s := range []*side{a, b} {
		m.wants(s.err, wire.ErrStranger)
		if !reflect.DeepEqual(s.result, wire.Result{}) {
			t.Errorf("a stranger gives %v", s.result)
		}
	}
	empty, none := &side{secrets: secrets(0, 1)}, &side{}
	m.shake(empty, none)
	m.wants(empty.err, wire.ErrStranger)
	m.wants(none.err, wire.ErrStranger)
}

func TestAnonymousOnEitherSide(t *testing.T) {
	for _, c := range []struct{ a, b *wire.Self }{{nil, person(t, 2)}, {person(t, 1), nil}, {nil, nil}} {
		m := meet(t)
		a, b := &side{secrets: secrets(0, 2), me: c.a}, &side{secrets: secrets(0, 2), me: c.b}
		m.shake(a, b)
		m.must(a.err)
		m.must(b.err)
		for _, s := range []struct {
			got  wire.Result
			peer *wire.Self
		}{{a.result, c.b}, {b.result, c.a}} {
			var want wire.Who
			if s.peer != nil {
				want = who(s.peer)
			}
			if s.got.Anonymous != (s.peer == nil) || s.got.Peer != want || len(s.got.Matched) != 2 {
				t.Errorf("got %v, want %v", s.got, want)
			}
		}
	}
}

func TestEqualSecretsMatchOnce(t *testing.T) {
	m := meet(t)
	three := secrets(0, 3)
	a := &side{secrets: []wire.Secret{three[2], three[0], three[2], three[0]}}
	b := &side{secrets: three}
	m.shake(a, b)
	m.must(a.err)
	m.must(b.err)
	if len(a.result.Matched) != 2 || a.result.Matched[0].Index != 0 || a.result.Matched[1].Index != 1 {
		t.Errorf("got %v", a.result.Matched)
	}
}

func TestSecretsThatCannotBeUsed(t *testing.T) {
	m := meet(t)
	for _, wrong := range [][]wire.Secret{
		{wire.Secret{}},
		append(secrets(0, 1), wire.Secret{}),
		make([]wire.Secret, wire.MaxSecrets+1),
	} {
		x := &side{secrets: wrong}
		<-m.begin(0, x)
		m.wants(x.err, wire.ErrSecrets)
	}
}

func TestManySecretsMatch(t *testing.T) {
	m := meet(t)
	a, b := &side{secrets: secrets(0, wire.MaxSecrets)}, &side{secrets: secrets(wire.MaxSecrets-1, wire.MaxSecrets)}
	m.shake(a, b)
	m.must(a.err)
	m.must(b.err)
	if len(a.result.Matched) != 1 || a.result.Matched[0].Index != wire.MaxSecrets-1 {
		t.Errorf("got %v", a.result.Matched)
	}
}
