package wire_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"corkboard/net/wire"
)

// key is a device that the second program has.
var key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, 32))

// ours shakes with a second program in the given role, which knows the same
// secrets, names a person, and is bent.
func ours(t *testing.T, role int, bend func(o *other, which int, message []byte) []byte) *side {
	t.Helper()
	m := meet(t)
	x := &side{secrets: secrets(0, 9), me: person(t, 1)}
	done := m.begin(1-role, x)
	o := newOther(m, role, x.secrets)
	o.person, o.key = bytes.Repeat([]byte{8}, 32), key
	o.bend = func(which int, message []byte) []byte { return bend(o, which, message) }
	o.shake() // fails where we end it
	o.stream.Close()
	<-done
	return x
}

// instead is a bend that replaces one message.
func instead(which int, with func(o *other, message []byte) []byte) func(*other, int, []byte) []byte {
	return func(o *other, now int, message []byte) []byte {
		if now == which {
			return with(o, message)
		}
		return message
	}
}

// tagsOf is a message with tags of one role.
func tagsOf(o *other, r int) []byte { return o.says(o.secrets, byte(1+r)) }

func TestWhatNobodyHonestSays(t *testing.T) {
	flip := func(at int) func(*other, []byte) []byte {
		return func(_ *other, b []byte) []byte { b[at] ^= 1; return b }
	}
	// first is the secret that seals the proofs.
	first := func(o *other) []byte {
		_, secret := o.shared(o.secrets, o.tags[1-o.role], byte(2-o.role))
		return secret
	}
	for name, c := range map[string]struct {
		which int
		with  func(o *other, message []byte) []byte
		want  error
	}{
		"no message":                {0, func(*other, []byte) []byte { return nil }, io.ErrUnexpectedEOF},
		"nonce of version 0":        {0, func(_ *other, b []byte) []byte { b[0] = 0; return b }, wire.ErrHandshake},
		"nonce of version 2":        {0, func(*other, []byte) []byte { return []byte("\x02another form") }, wire.ErrNewer},
		"short nonce":               {0, func(_ *other, b []byte) []byte { return b[:32] }, wire.ErrHandshake},
		"long nonce":                {0, func(_ *other, b []byte) []byte { return append(b, 0) }, wire.ErrHandshake},
		"oversize":                  {0, func(*other, []byte) []byte { return make([]byte, 2+8<<14) }, wire.ErrFrame},
		"no tags":                   {1, func(*other, []byte) []byte { return nil }, io.ErrUnexpectedEOF},
		"tags of version 2":         {1, func(_ *other, b []byte) []byte { b[0] = 2; return b }, wire.ErrNewer},
		"four tags":                 {1, func(_ *other, b []byte) []byte { return b[:1+4*8] }, wire.ErrHandshake},
		"nine tags":                 {1, func(_ *other, b []byte) []byte { return b[:1+9*8] }, wire.ErrHandshake},
		"half a tag":                {1, func(_ *other, b []byte) []byte { return b[:1+8*8+4] }, wire.ErrHandshake},
		"doubled tags":              {1, func(_ *other, b []byte) []byte { copy(b[9:17], b[1:9]); return b }, wire.ErrHandshake},
		"tags out of order":         {1, func(_ *other, b []byte) []byte { b[1] = 0xff; return b }, wire.ErrHandshake},
		"too many tags":             {1, func(*other, []byte) []byte { return append([]byte{1}, make([]byte, 8<<15)...) }, wire.ErrFrame},
		"tags for the other role":   {1, func(o *other, _ []byte) []byte { return tagsOf(o, 1-o.role) }, wire.ErrStranger},
		"tags by other names":       {1, func(o *other, _ []byte) []byte { return renamed(o, func() []byte { return tagsOf(o, o.role) }) }, wire.ErrStranger},
		"no proof":                  {2, func(*other, []byte) []byte { return nil }, io.ErrUnexpectedEOF},
		"proof of version 0":        {2, func(_ *other, b []byte) []byte { b[0] = 0; return b }, wire.ErrHandshake},
		"short proof":               {2, func(_ *other, b []byte) []byte { return b[:145] }, wire.ErrHandshake},
		"long proof":                {2, func(_ *other, b []byte) []byte { return append(b, 0) }, wire.ErrHandshake},
		"damaged proof":             {2, flip(100), wire.ErrHandshake},
		"proof under another key":   {2, func(o *other, _ []byte) []byte { return o.proof(make([]byte, 32), byte(1+o.role), o.person, key) }, wire.ErrHandshake},
		"proof of the other role":   {2, func(o *other, _ []byte) []byte { return o.proof(first(o), byte(2-o.role), o.person, key) }, wire.ErrHandshake},
		"signed for the other role": {2, func(o *other, _ []byte) []byte { return resealed(o, first(o), o.scene(byte(2-o.role)), o.person) }, wire.ErrHandshake},
		"signed for another person": {2, func(o *other, _ []byte) []byte {
			return resealed(o, first(o), o.scene(byte(1+o.role)), make([]byte, 32))
		}, wire.ErrHandshake},
		"signed by other names": {2, func(o *other, _ []byte) []byte {
			return resealed(o, first(o), renamed(o, func() []byte { return o.scene(byte(1 + o.role)) }), o.person)
		}, wire.ErrHandshake},
		"signed with another nonce": {2, func(o *other, _ []byte) []byte {
			was := o.nonces[o.role]
			o.nonces[o.role] = make([]byte, 32)
			scene := o.scene(byte(1 + o.role))
			o.nonces[o.role] = was
			return resealed(o, first(o), scene, o.person)
		}, wire.ErrHandshake},
		"nobody with a device": {2, func(o *other, _ []byte) []byte {
			return sealed(o, first(o), append([]byte{0}, bytes.Repeat([]byte{1}, 128)...))
		}, wire.ErrHandshake},
		"neither named nor not": {2, func(o *other, _ []byte) []byte {
			return sealed(o, first(o), append([]byte{2}, make([]byte, 128)...))
		}, wire.ErrHandshake},
		"more than the last word": {2, func(o *other, b []byte) []byte {
			if err := writeMessage(o.stream, b); err != nil {
				return nil
			}
			return []byte("and one thing more")
		}, wire.ErrHandshake},
	} {
		for role := range 2 {
			t.Run(fmt.Sprintf("%s, role %d", name, role+1), func(t *testing.T) {
				x := ours(t, role, instead(c.which, c.with))
				if !errors.Is(x.err, c.want) || x.result.Matched != nil {
					t.Errorf("got %v, %v, want %v", x.result, x.err, c.want)
				}
			})
		}
	}
}

// renamed calls f as if the names had been changed by somebody between.
func renamed(o *other, f func() []byte) []byte {
	was := o.names
	defer func() { o.names = was }()
	o.names[1-o.role] = []byte("mallory")
	return f()
}

func sealed(o *other, secret, plain []byte) []byte {
	return seal(o.seal(secret, byte(1+o.role)), plain)
}

// resealed is a proof whose seal is right and whose signature is over something else.
func resealed(o *other, secret, scene, person []byte) []byte {
	signature := ed25519.Sign(key, under("corkboard/hello/1", scene, person))
	return sealed(o, secret, slices.Concat([]byte{1}, o.person, key[32:], signature))
}

// A message that is said again is none: whoever knows nothing cannot pass for one
// who does by saying what they hear.
func TestAMirrorIsNobody(t *testing.T) {
	for role := range 2 {
		x := ours(t, role, func(o *other, which int, message []byte) []byte {
			if o.heard[which] != nil {
				return o.heard[which]
			}
			return message
		})
		if x.err == nil || x.result.Matched != nil {
			t.Errorf("role %d: got %v, %v", role+1, x.result, x.err)
		}
	}
	x := ours(t, 1, instead(0, func(o *other, _ []byte) []byte { return o.heard[0] }))
	if !errors.Is(x.err, wire.ErrHandshake) {
		t.Errorf("our nonce comes back: %v", x.err)
	}
	x = ours(t, 0, instead(1, func(o *other, _ []byte) []byte { return o.heard[1] }))
	if !errors.Is(x.err, wire.ErrStranger) {
		t.Errorf("our tags come back: %v", x.err)
	}
	x = ours(t, 1, instead(2, func(o *other, _ []byte) []byte { return o.heard[2] }))
	if !errors.Is(x.err, wire.ErrHandshake) {
		t.Errorf("our proof comes back: %v", x.err)
	}
}

// Somebody between two friends, who passes on what each says to the other, is a
// stranger to both: their names are not those that the transport proves.
func TestSomebodyBetweenIsAStranger(t *testing.T) {
	left, right := meet(t), meet(t)
	a := &side{secrets: secrets(0, 3), me: person(t, 1)}
	b := &side{secrets: secrets(0, 3), me: person(t, 2)}
	right.conns[1] = renamedConn{right.conns[1]}
	first, second := left.begin(0, a), right.begin(1, b)
	in, err := left.stream(1)
	left.must(err)
	out, err := right.stream(0)
	right.must(err)
	go func() { io.Copy(out, in); out.CloseWrite() }()
	go func() { io.Copy(in, out); in.CloseWrite() }()
	<-first
	<-second
	left.wants(a.err, wire.ErrStranger)
	right.wants(b.err, wire.ErrStranger)
}

// renamedConn has another name at its far end.
type renamedConn struct{ wire.Conn }

func (renamedConn) Remote() []byte { return []byte("mallory") }

func TestNobodyMeetsThemselves(t *testing.T) {
	m := meet(t)
	m.conns[0] = sameName{m.conns[0]}
	x := &side{secrets: secrets(0, 1)}
	<-m.begin(0, x)
	m.wants(x.err, wire.ErrHandshake)
}

type sameName struct{ wire.Conn }

func (c sameName) Remote() []byte { return c.Local() }

func TestShakingEndsWithItsContext(t *testing.T) {
	m := meet(t)
	ctx, cancel := context.WithCancel(m.ctx)
	m.ctx = ctx
	x := &side{secrets: secrets(0, 1)}
	done := m.begin(0, x)
	s, err := m.stream(1) // has begun
	m.must(err)
	cancel()
	<-done
	m.wants(x.err, context.Canceled)
	if _, err := io.ReadAll(s); err != nil {
		t.Errorf("the stream is not closed: %v", err)
	}
}
