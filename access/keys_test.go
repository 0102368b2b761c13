package access

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"
)

// payload stands for content: sealed under an epoch's key.
func payload(t *testing.T, k Key, seal bool, b []byte) ([]byte, error) {
	t.Helper()
	secret := k.Reveal()
	block, err := aes.NewCipher(secret[:])
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	if seal {
		return gcm.Seal(nil, make([]byte, 12), b, nil), nil
	}
	return gcm.Open(nil, make([]byte, 12), b, nil)
}

// keyed is a world with a keyring for everybody's first device.
type keyed struct {
	*world
	rings  map[*who]*Keys
	random *stream
}

func newKeyed(t *testing.T) *keyed {
	w := &keyed{world: newWorld(t), rings: map[*who]*Keys{}, random: &stream{seed: 9}}
	for _, p := range cast {
		w.rings[p] = NewKeys(w.log.Collection(), p.devices[0])
	}
	w.rotate(A)
	return w
}

func (w *keyed) learn() {
	for _, k := range w.rings {
		k.Learn(w.log)
	}
}

func (w *keyed) rotate(by *who) *Record {
	w.t.Helper()
	w.time++
	r, err := w.rings[by].Rotate(w.random, by.author(0), w.view, w.time)
	if err != nil {
		w.t.Fatal(err)
	}
	w.take(r)
	w.learn()
	return r
}

// invite is an invitation by name with the key in it.
func (w *keyed) invite(by, to *who, role Role) *Record {
	w.t.Helper()
	p := &Invite{Role: role, Person: to.person}
	if err := w.rings[by].SealTo(p, w.view); err != nil {
		w.t.Fatal(err)
	}
	return w.says(by, p)
}

func (w *keyed) wantKeys(of *who, want int) {
	w.t.Helper()
	w.learn()
	if got := len(w.rings[of].Epochs()); got != want {
		w.t.Errorf("%s has %d keys, want %d", of.name, got, want)
	}
}

func TestARemovedMemberOpensNothingLater(t *testing.T) {
	w := newKeyed(t)
	for i, role := range []Role{Admin, Write} {
		w.says(cast[i+1], &Accept{w.invite(A, cast[i+1], role).ID})
	}
	link, keys := w.link(B, Write, false, 5)
	w.rings[C].Use(keys)
	w.join(C, link, keys)
	for range 5 {
		w.rotate(A)
	}
	w.wantKeys(C, 6)
	collection, ids := w.log.Collection(), link.ID
	removal := w.says(A, &Remove{Person: C.person})
	if need := w.view.NeedsRotation(w.time); need != NeedGone {
		t.Errorf("need is %v", need)
	}
	var sealed [][]byte
	for i := range 200 {
		e := w.rotate([]*who{A, B}[i%2])
		key, err := w.rings[B].Key(e.ID)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := payload(t, key, true, []byte("content"))
		sealed = append(sealed, b)
	}
	if need := w.view.NeedsRotation(w.time); need != NoNeed {
		t.Errorf("need is %v", need)
	}
	old := w.rings[C]
	if len(old.Epochs()) != 6 || len(w.rings[B].Epochs()) != 206 {
		t.Fatalf("%d and %d keys", len(old.Epochs()), len(w.rings[B].Epochs()))
	}
	for _, b := range sealed {
		for _, id := range old.Epochs() {
			key, _ := old.Key(id)
			if _, err := payload(t, key, false, b); err == nil {
				t.Fatal("a removed member opens what came later")
			}
		}
	}
	if w.log.Collection() != collection || link.ID != ids || w.view.State().Void[removal.ID] != Sound {
		t.Error("ids changed")
	}
}

func TestNewMembersReadThePast(t *testing.T) {
	w := newKeyed(t)
	for range 4 {
		w.rotate(A)
	}
	invite := w.invite(A, B, Write)
	w.wantKeys(B, 5) // has keys, but is no member
	w.want(B, None)
	w.rotate(A) // those who are invited get later keys, too
	w.says(B, &Accept{invite.ID})
	w.wantKeys(B, 6)
	// By link: keys of the invitation, and of what was rotated since.
	keys, err := NewInviteKeys([16]byte{4})
	if err != nil {
		t.Fatal(err)
	}
	p := keys.Invite(Read)
	if err := w.rings[A].SealTo(p, w.view); err != nil {
		t.Fatal(err)
	}
	link := w.says(A, p)
	w.rotate(B)
	w.wantKeys(C, 0)
	w.rings[C].Use(keys)
	w.wantKeys(C, 7)
	w.join(C, link, keys)
	w.want(C, Read)
	if n := len(w.log.at[w.view.State().Epochs[0].ID].Payload.(*Rotate).Old); n != 1 {
		t.Errorf("a rotation holds %d old keys, want the one that holds the rest", n)
	}
}

// The same randomness makes the same record, also of an invitation that several
// devices can open.
func TestSealingDependsOnNothingButItsRandomness(t *testing.T) {
	w := newKeyed(t)
	var first []Sealed
	for range 20 {
		cryptotest.SetGlobalRandom(t, 1)
		p := &Invite{Role: Write, Person: D.person}
		if err := w.rings[A].SealTo(p, w.view); err != nil || len(p.Sealed) != 2 {
			t.Fatalf("%d devices, %v", len(p.Sealed), err)
		}
		if first == nil {
			first = p.Sealed
		}
		for i, s := range p.Sealed {
			if s.To != first[i].To || !bytes.Equal(s.Box, first[i].Box) {
				t.Fatal("sealed otherwise the second time")
			}
		}
	}
}

func TestConcurrentRotationsCoexist(t *testing.T) {
	w := newKeyed(t)
	w.says(B, &Accept{w.invite(A, B, Admin).ID})
	w.says(C, &Accept{w.invite(A, C, Write).ID})
	other := &keyed{world: w.fork(), rings: w.rings, random: w.random}
	// B rotates for all, deeper; A removes C meanwhile and rotates.
	other.says(B, &SetPolicy{Name: "x"})
	other.says(B, &SetPolicy{Name: "y"})
	stale := other.rotate(B)
	w.says(A, &Remove{Person: C.person})
	clean := w.rotate(A)
	w.merge(other.world)
	if e, err := w.view.State().Epoch(); err != nil || e.ID != clean.ID || e.Behind != 0 {
		t.Errorf("sealing under %v, %v, want the epoch that knows of the removal", e, err)
	}
	w.learn()
	for _, id := range []RecordID{stale.ID, clean.ID} {
		if _, err := w.rings[B].Key(id); err != nil {
			t.Errorf("B lacks a key: %v", err)
		}
	}
	if _, err := w.rings[C].Key(clean.ID); !errors.Is(err, ErrNoKey) {
		t.Error("C has the key")
	}
	next := w.rotate(A)
	if n := len(next.Payload.(*Rotate).Old); n != 2 {
		t.Errorf("%d old keys, want both branches", n)
	}
}

func TestWhatDemandsARotation(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(*keyed)
		want Need
	}{
		"nothing":    {func(*keyed) {}, NoNeed},
		"a policy":   {func(w *keyed) { w.says(A, &SetPolicy{Name: "x"}) }, NoNeed},
		"a removal":  {func(w *keyed) { w.says(A, &Remove{Person: B.person}) }, NeedGone},
		"leaving":    {func(w *keyed) { w.says(B, &Leave{}) }, NeedGone},
		"a device":   {func(w *keyed) { w.says(B, &Remove{Person: B.person, Device: B.devices[1].ID()}) }, NeedGone},
		"a demotion": {func(w *keyed) { w.says(A, &SetRole{Person: B.person, Role: Read, Lowers: true}) }, NoNeed},
		"to a store": {func(w *keyed) { w.says(A, &SetRole{Person: B.person, Role: Store, Lowers: true}) }, NeedGone},
		"a revoked invitation": {func(w *keyed) {
			w.says(A, &InviteRevoke{w.invite(A, C, Read).ID})
		}, NeedGone},
		"90 days": {func(w *keyed) { w.time += RotationAge + 10 }, NeedAge},
		"a device lost in the person's log": {func(w *keyed) {
			fewer := *B
			fewer.devices = B.devices[:1]
			w.view.dir = directoryOf(A, &fewer)
		}, NeedLost},
		"a link that has expired": {func(w *keyed) {
			keys, err := NewInviteKeys([16]byte{8})
			if err != nil {
				w.t.Fatal(err)
			}
			p := keys.Invite(Admin)
			p.Single, p.Expires = true, w.time+AdminInviteLife
			if err := w.rings[A].SealTo(p, w.view); err != nil {
				w.t.Fatal(err)
			}
			w.says(A, p)
			if need := w.view.NeedsRotation(w.time); need != NoNeed {
				w.t.Errorf("an open link demands %v", need)
			}
			w.time += AdminInviteLife + 10
		}, NeedLost},
	} {
		t.Run(name, func(t *testing.T) {
			w := newKeyed(t)
			w.says(B, &Accept{w.invite(A, B, Admin).ID})
			w.rotate(A)
			c.do(w)
			if got := w.view.NeedsRotation(w.time); got != c.want {
				t.Fatalf("need is %v, want %v", got, c.want)
			}
			w.rotate(A)
			if got := w.view.NeedsRotation(w.time); got != NoNeed {
				t.Errorf("after a rotation the need is %v", got)
			}
		})
	}
	w := newWorld(t)
	if got := w.view.NeedsRotation(0); got != NeedKey {
		t.Errorf("without a key the need is %v", got)
	}
}

func TestStoresGetNoKeys(t *testing.T) {
	w := newKeyed(t)
	link, keys := w.link(A, Store, false, 3)
	w.join(B, link, keys)
	w.want(B, Store)
	invite := w.invite(A, C, Store)
	w.says(C, &Accept{invite.ID})
	w.rotate(A)
	w.rings[B].Use(keys)
	w.wantKeys(B, 0)
	w.wantKeys(C, 0)
}

// A rotator who gives everybody another key than promised is not believed.
func TestAKeyThatWasNotPromisedIsPassedOver(t *testing.T) {
	w := newKeyed(t)
	w.says(B, &Accept{w.invite(A, B, Admin).ID})
	k := w.rings[B]
	key, other := NewKey([32]byte{1}), NewKey([32]byte{2})
	p := &Rotate{Commit: key.commit()}
	for _, r := range w.view.Recipients(w.time) {
		s, err := k.seal(r, p.Commit, other)
		if err != nil {
			t.Fatal(err)
		}
		p.Sealed = append(p.Sealed, s)
	}
	first := w.view.State().Epochs[0].ID
	p.Old = []Old{{first, key.wrap(w.log.Collection(), first, other)}} // and a wrong old key
	r := w.says(B, p)
	w.learn()
	if _, err := w.rings[A].Key(r.ID); !errors.Is(err, ErrNoKey) {
		t.Error("A took the wrong key")
	}
	fresh := NewKeys(w.log.Collection(), C.devices[0])
	fresh.Put(r.ID, key)
	if n := fresh.Learn(w.log); n != 0 {
		t.Errorf("%d wrong old keys were taken", n)
	}
}

// Which keys a keyring finds must not hang on the order of the records.
func TestKeysAreFoundInAnyOrder(t *testing.T) {
	w := newKeyed(t)
	w.rotate(A)
	invite := w.invite(A, B, Write)
	w.rotate(A)
	w.says(B, &Accept{invite.ID})
	w.rotate(A)
	want := w.rings[B].Epochs()
	random := &stream{seed: 77}
	for range 30 {
		l := NewLog(w.log.Collection())
		k := NewKeys(l.Collection(), B.devices[0])
		for _, raw := range raws(w.log, func(n int) int {
			var b [1]byte
			random.Read(b[:])
			return int(b[0]) % n
		}) {
			if _, err := l.Add(raw); err != nil {
				t.Fatal(err)
			}
			k.Learn(l)
		}
		if !slices.Equal(k.Epochs(), want) {
			t.Fatalf("%d keys, want %d", len(k.Epochs()), len(want))
		}
	}
}

func TestKeysAreHidden(t *testing.T) {
	secret := [32]byte{0xde, 0xad, 0xbe, 0xef, 0xde, 0xad, 0xbe, 0xef}
	k := NewKey(secret)
	link, err := NewInviteKeys([16]byte(secret[:16]))
	if err != nil {
		t.Fatal(err)
	}
	ring := NewKeys(RecordID{}, A.devices[0])
	ring.Put(RecordID{1}, k)
	inside := struct {
		key  Key
		keys map[RecordID]Key
	}{k, ring.keys}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		for _, v := range []any{k, &k, inside, link, *link, []Key{k}} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("x", "key", k, "inside", inside, "link", link)
	}
	for _, v := range []any{k, inside, link, ring} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	for _, leak := range []string{hex.EncodeToString(secret[:4]), "DEADBEEF", "222 173 190", `\xde\xad`, "0xde, 0xad", "222,173", "3q2+7w"} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("found %q in %s", leak, out.String())
		}
	}
}
