package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"

	"corkboard/net/wire"
)

// other is the second program at one end of a stream. What it says can be bent.
type other struct {
	stage
	stream  wire.Stream
	role    int // 0 has dialled
	secrets [][]byte
	person  []byte
	key     ed25519.PrivateKey
	bend    func(which int, message []byte) []byte // 0 nonce, 1 tags, 2 proof
	heard   [3][]byte
}

func newOther(m *meeting, role int, known []wire.Secret) *other {
	m.Helper()
	s, err := m.stream(role)
	m.must(err)
	o := &other{stream: s, role: role, bend: func(_ int, b []byte) []byte { return b }}
	o.names[role], o.names[1-role] = m.conns[role].Local(), m.conns[role].Remote()
	o.nonces[role] = bytes.Repeat([]byte{byte(7 + role)}, 32)
	for _, s := range known {
		b := s.Reveal()
		o.secrets = append(o.secrets, b[:])
	}
	return o
}

func (o *other) hear(which int) (err error) {
	o.heard[which], err = readMessage(o.stream)
	if err == nil && which == 0 {
		o.nonces[1-o.role] = o.heard[0][1:]
	}
	if err == nil && which == 1 {
		o.tags[1-o.role], err = said(o.heard[1])
	}
	return err
}

func (o *other) say(which int) error {
	var b []byte
	switch which {
	case 0:
		b = append([]byte{1}, o.nonces[o.role]...)
	case 1:
		b = o.says(o.secrets, byte(1+o.role))
	case 2:
		_, first := o.shared(o.secrets, o.tags[1-o.role], byte(2-o.role))
		b = o.proof(first, byte(1+o.role), o.person, o.key)
	}
	if b = o.bend(which, b); b == nil {
		return o.stream.Close()
	}
	if err := writeMessage(o.stream, b); err != nil || which < 2 {
		return err
	}
	return o.stream.CloseWrite()
}

// shake is the whole handshake; it gives the other's person and device.
func (o *other) shake() (who []byte, err error) {
	say, hear := o.say, o.hear
	order := []struct {
		do    func(int) error
		which int
	}{{say, 0}, {hear, 0}, {hear, 1}, {say, 1}, {say, 2}, {hear, 2}}
	if o.role == 1 {
		order = append(order[:0], order[1], order[0], order[3], order[2], order[5], order[4])
	}
	for _, step := range order {
		if err := step.do(step.which); err != nil {
			return nil, err
		}
	}
	if _, err := o.stream.Read(make([]byte, 1)); err != io.EOF {
		return nil, fmt.Errorf("no end: %w", err)
	}
	_, first := o.shared(o.secrets, o.tags[1-o.role], byte(2-o.role))
	return o.reads(first, byte(2-o.role), o.heard[2])
}
