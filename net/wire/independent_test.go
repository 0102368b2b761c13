package wire_test

// A second end of the handshake, written from docs/FORMAT.md alone, with nothing
// but the standard library and XChaCha20-Poly1305: it shares no code with the first.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"
)

// stage is what both ends of a handshake know of it.
type stage struct {
	names  [2][]byte
	nonces [2][]byte
	tags   [2][][]byte
}

func under(domain string, parts ...[]byte) []byte {
	return append(append([]byte(domain), 0), bytes.Join(parts, nil)...)
}

func (s *stage) scene(r byte) []byte {
	b := []byte{r}
	for _, name := range s.names {
		b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
	}
	return slices.Concat(b, s.nonces[0], s.nonces[1])
}

func (s *stage) mac(secret []byte, domain string, r byte) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write(under(domain, s.scene(r)))
	return m.Sum(nil)[:8]
}

func (s *stage) seal(secret []byte, r byte) (key []byte) {
	key, err := hkdf.Key(sha256.New, secret, nil, string(under("corkboard/hello proof/1", s.scene(r))), 32)
	if err != nil {
		panic(err)
	}
	return key
}

// proof of role r; nil keys are anonymous.
func (s *stage) proof(secret []byte, r byte, person []byte, key ed25519.PrivateKey) []byte {
	plain := make([]byte, 129)
	if key != nil {
		signature := ed25519.Sign(key, under("corkboard/hello/1", s.scene(r), person))
		plain = slices.Concat([]byte{1}, person, key[32:], signature)
	}
	return seal(s.seal(secret, r), plain)
}

func seal(key, plain []byte) []byte {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic(err)
	}
	return aead.Seal([]byte{1}, make([]byte, 24), plain, nil)
}

// reads a proof of role r: person and device, or nothing.
func (s *stage) reads(secret []byte, r byte, proof []byte) (who []byte, err error) {
	aead, err := chacha20poly1305.NewX(s.seal(secret, r))
	if err != nil || len(proof) != 146 || proof[0] != 1 {
		return nil, errors.New("outer form of a proof")
	}
	plain, err := aead.Open(nil, make([]byte, 24), proof[1:], nil)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(plain, make([]byte, 129)) {
		return nil, nil
	}
	who = plain[1:65]
	if plain[0] != 1 || !ed25519.Verify(who[32:], under("corkboard/hello/1", s.scene(r), who[:32]), plain[65:]) {
		return nil, errors.New("inner form of a proof")
	}
	return who, nil
}

// said is the tags that a message holds.
func said(message []byte) (tags [][]byte, err error) {
	if message[0] != 1 {
		return nil, errors.New("version of tags")
	}
	for tag := range slices.Chunk(message[1:], 8) {
		tags = append(tags, tag)
	}
	for n := 8; n <= 16384; n *= 2 {
		if n == len(tags) && slices.IsSortedFunc(tags, bytes.Compare) {
			return tags, nil
		}
	}
	return nil, fmt.Errorf("%d tags", len(tags))
}

// says is the message with the tags of role r, filled up with what is no tag.
func (s *stage) says(secrets [][]byte, r byte) []byte {
	var tags [][]byte
	for _, secret := range secrets {
		tags = append(tags, s.mac(secret, "corkboard/hello tag/1", r))
	}
	n := 8
	for n < len(tags) {
		n *= 2
	}
	for i := uint64(0); len(tags) < n; i++ {
		tags = append(tags, binary.BigEndian.AppendUint64(nil, i))
	}
	slices.SortFunc(tags, bytes.Compare)
	return append([]byte{1}, bytes.Join(tags, nil)...)
}

// shared is the session tags of the secrets that the other role knows, ascending,
// and the secret of the first.
func (s *stage) shared(secrets [][]byte, theirs [][]byte, other byte) (sessions [][]byte, first []byte) {
	bySession := map[string][]byte{}
	for _, secret := range secrets {
		tag := s.mac(secret, "corkboard/hello tag/1", other)
		if slices.ContainsFunc(theirs, func(t []byte) bool { return bytes.Equal(t, tag) }) {
			session := s.mac(secret, "corkboard/session tag/1", 0)
			sessions = append(sessions, session)
			bySession[string(session)] = secret
		}
	}
	slices.SortFunc(sessions, bytes.Compare)
	if len(sessions) > 0 {
		first = bySession[string(sessions[0])]
	}
	return sessions, first
}

func readMessage(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	b := make([]byte, binary.BigEndian.Uint32(head[:]))
	_, err := io.ReadFull(r, b)
	return b, err
}

func writeMessage(w io.Writer, b []byte) error {
	_, err := w.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...))
	return err
}
