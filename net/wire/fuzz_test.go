package wire

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

// aScene is a handshake, a secret of it, and somebody who takes part.
func aScene(t testing.TB) (*scene, Secret, *Self) {
	t.Helper()
	device, err := identity.NewDevice(rand.NewChaCha8([32]byte{1}))
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{names: [2][]byte{[]byte("ada"), []byte("bob")}, nonces: [2][nonceSize]byte{{1}, {2}}}
	return s, NewSecret([32]byte{3}), &Self{Person: identity.PersonID{4}, Device: device}
}

// known lets through what a decoder may answer.
func known(err error) error {
	if errors.Is(err, record.ErrMalformed) || errors.Is(err, ErrNewer) || errors.Is(err, identity.ErrBadSignature) || errors.Is(err, errSeal) {
		return nil
	}
	return err
}

// FuzzShake reads bytes as each message of the handshake. Whatever is accepted is
// what an end would have written.
func FuzzShake(f *testing.F) {
	s, secret, me := aScene(f)
	tags, err := writeTags(rand.NewChaCha8([32]byte{}), []Tag{{1}, {2}})
	if err != nil {
		f.Fatal(err)
	}
	proof, err := s.writeProof(secret, dialler, me)
	if err != nil {
		f.Fatal(err)
	}
	for _, message := range [][]byte{writeNonce(s.nonces[0]), tags, proof, {2}, {}} {
		f.Add(message)
	}
	f.Fuzz(lean.One(func(t *testing.T, message []byte) {
		if nonce, err := readNonce(message); err != nil && known(err) != nil {
			t.Error(err)
		} else if err == nil && !bytes.Equal(writeNonce(nonce), message) {
			t.Error("a nonce is written as something else")
		}
		if tags, err := readTags(message); err != nil && known(err) != nil {
			t.Error(err)
		} else if err == nil {
			slices.Reverse(tags)
			if again, err := writeTags(nil, tags); err != nil || !bytes.Equal(again, message) {
				t.Errorf("%d tags are written as something else, %v", len(tags), err)
			}
		}
		peer, named, err := s.readProof(secret, dialler, message)
		if err == nil && (!named || peer != Who{me.Person, me.Device.ID()} || !bytes.Equal(message, proof)) {
			t.Errorf("a proof of %v that nobody wrote", peer)
		} else if err != nil && known(err) != nil {
			t.Error(err)
		}
	}))
}

// What is behind the seal can be as hostile as what is before it: whoever knows
// the secret can seal.
func FuzzProof(f *testing.F) {
	s, _, me := aScene(f)
	signature := me.Device.Sign(domainSignature, s.body(dialler, me.Person[:]...))
	device := me.Device.ID()
	plain := slices.Concat([]byte{1}, me.Person[:], device[:], signature[:])
	f.Add(plain)
	f.Add(make([]byte, proofSize))
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		peer, named, err := s.verifyProof(dialler, b)
		switch {
		case err != nil:
			if known(err) != nil || named || peer != (Who{}) {
				t.Fatalf("%v, %v", peer, err)
			}
		case named && peer.Device == device && !bytes.Equal(b, plain):
			t.Fatal("a proof that the device did not sign")
		case !named && !bytes.Equal(b, make([]byte, proofSize)):
			t.Fatal("nobody, in another form")
		}
	}))
}
