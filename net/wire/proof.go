package wire

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"corkboard/identity"
	"corkboard/record"
)

// seal gives the key of one role's proof. It is used once, so that the nonce is
// zeros.
func (s *scene) seal(secret Secret, who role) (key []byte, nonce []byte, err error) {
	from := secret.Reveal()
	key, err = hkdf.Key(sha256.New, from[:], nil, string(s.info(domainProof, who)), chacha20poly1305.KeySize)
	if err != nil {
		return nil, nil, fmt.Errorf("derive the key of a proof: %w", err)
	}
	return key, make([]byte, chacha20poly1305.NonceSizeX), nil
}

// writeProof says who is at this end; nil says nothing, in as many bytes.
func (s *scene) writeProof(secret Secret, who role, me *Self) ([]byte, error) {
	var w record.Writer
	w.Bool(me != nil)
	if me != nil {
		device := me.Device.ID()
		signature := me.Device.Sign(domainSignature, s.body(who, me.Person[:]...))
		w.Fixed(me.Person[:])
		w.Fixed(device[:])
		w.Fixed(signature[:])
	}
	w.Fixed(make([]byte, proofSize-len(w.B)))
	key, nonce, err := s.seal(secret, who)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("seal a proof: %w", err)
	}
	return aead.Seal([]byte{helloVersion}, nonce, w.B, nil), nil
}

var errSeal = errors.New("the proof does not open")

// readProof opens and verifies what writeProof made; nobody is named if the
// other end is anonymous.
func (s *scene) readProof(secret Secret, who role, message []byte) (peer Who, named bool, err error) {
	r, err := reader(message)
	if err != nil {
		return Who{}, false, err
	}
	sealed := r.Fixed(proofSize + chacha20poly1305.Overhead)
	if err := r.Close(); err != nil {
		return Who{}, false, err
	}
	key, nonce, err := s.seal(secret, who)
	if err != nil {
		return Who{}, false, err
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return Who{}, false, fmt.Errorf("open a proof: %w", err)
	}
	plain, err := aead.Open(nil, nonce, sealed, nil)
	if err != nil {
		return Who{}, false, errSeal
	}
	return s.verifyProof(who, plain)
}

func (s *scene) verifyProof(who role, plain []byte) (peer Who, named bool, err error) {
	r := record.NewReader(plain)
	named = r.Bool()
	peer = Who{Person: r.Hash(), Device: r.Hash()}
	signature := r.Fixed(identity.SignatureSize)
	if !named && len(bytes.Trim(plain, "\x00")) > 0 {
		r.Fail("nobody, with a name")
	}
	if err := r.Close(); err != nil {
		return Who{}, false, err
	}
	if !named {
		return Who{}, false, nil
	}
	if err := identity.Verify(peer.Device, domainSignature, s.body(who, peer.Person[:]...), signature); err != nil {
		return Who{}, false, err
	}
	return peer, true, nil
}
