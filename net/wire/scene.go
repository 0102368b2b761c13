package wire

import (
	"crypto/hmac"
	"crypto/sha256"

	"corkboard/record"
)

const (
	domainTag       = "corkboard/hello tag/1"
	domainSession   = "corkboard/session tag/1"
	domainProof     = "corkboard/hello proof/1"
	domainSignature = "corkboard/hello/1"
)

// role is which end says something. What one end says of itself is never taken
// for the other's.
type role uint8

const (
	dialler  role = 1
	acceptor role = 2
)

func (r role) other() role { return dialler + acceptor - r }

// Tag stands for a secret in one session: the same at both ends, and another one
// in every other session.
type Tag [tagSize]byte

// scene is what only these two ends have in common, and only now.
type scene struct {
	names  [2][]byte // of the dialler, of the acceptor
	nonces [2][nonceSize]byte
}

// info is domain | 0 | role | names | nonces | more.
func (s *scene) info(domain string, who role, more ...byte) []byte {
	w := record.Writer{B: append([]byte(domain), 0)}
	w.Fixed(s.body(who, more...))
	return w.B
}

func (s *scene) body(who role, more ...byte) []byte {
	var w record.Writer
	w.Uint8(uint8(who))
	for _, name := range s.names {
		w.Bytes(name)
	}
	for _, nonce := range s.nonces {
		w.Fixed(nonce[:])
	}
	w.Fixed(more)
	return w.B
}

// tag is the first 8 bytes of HMAC-SHA256.
func (s *scene) tag(secret Secret, domain string, who role) Tag {
	key := secret.Reveal()
	m := hmac.New(sha256.New, key[:])
	m.Write(s.info(domain, who))
	return Tag(m.Sum(nil))
}

// session is the tag that both ends use afterwards.
func (s *scene) session(secret Secret) Tag { return s.tag(secret, domainSession, 0) }
