package folder

import (
	"bytes"
	"testing"

	"corkboard/internal/lean"
)

func FuzzCount(f *testing.F) {
	for _, n := range []uint64{0, 1, 300, 1 << 62} {
		f.Add(encodeCount(n))
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		n, err := decodeCount(b)
		if err != nil {
			wants(t, err, ErrForeign)
		} else if !bytes.Equal(encodeCount(n), b) || len(b) > maxAlive || len(b) > maxSeen {
			t.Errorf("%d is % x", n, b)
		}
	}))
}

func FuzzCall(f *testing.F) {
	f.Add(call{connID{1}, make([]byte, 96)}.encode())
	f.Add(call{connID{2}, make([]byte, maxMessage)}.encode())
	k, name := key(f)
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		c, err := decodeCall(b)
		if err != nil {
			wants(t, err, ErrForeign)
			return
		}
		if !bytes.Equal(c.encode(), b) || len(b) > maxCall {
			t.Errorf("%+v is % x", c, b)
		}
		_, _, err = respond(k, name, c, connID{})
		wants(t, err, ErrForeign)
	}))
}

func FuzzSegment(f *testing.F) {
	f.Add(encodeSegment([][]byte{nil}))
	f.Add(encodeSegment([][]byte{make([]byte, 16), make([]byte, maxSealed)}))
	f.Add(encodeSegment([][]byte{make([]byte, 48+idBytes)}))
	k, name := key(f)
	_, other := key(f)
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		pieces, err := decodeSegment(b)
		if err != nil {
			wants(t, err, ErrForeign)
			return
		}
		if !bytes.Equal(encodeSegment(pieces), b) || len(b) > maxSegment {
			t.Errorf("%d pieces in %d bytes", len(pieces), len(b))
		}
		h, err := handshake(k, name, other, connID{})
		must(t, err)
		_, _, _, err = h.WriteMessage(nil, nil)
		must(t, err)
		_, _, err = finish(h, b)
		wants(t, err, ErrForeign)
	}))
}

func FuzzProtocol(f *testing.F) {
	head, err := protocolHead("/corkboard/test/1")
	must(f, err)
	f.Add(head)
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		name, err := readProtocol(bytes.NewReader(b))
		if err != nil {
			return
		}
		if head, err := protocolHead(name); err != nil || !bytes.HasPrefix(b, head) {
			t.Errorf("%q is % x, %v", name, b, err)
		}
	}))
}

func FuzzNames(f *testing.F) {
	f.Add("folder:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
	f.Add("0123456789abcdef.seen")
	f.Add("~call.tmp")
	f.Fuzz(lean.One(func(t *testing.T, s string) {
		name, err := nameIn(addressOf(s))
		if err == nil && (name != s || len(keyOf(name)) != keyBytes) {
			t.Errorf("%q is called %q", s, name)
		}
		if isOurs(s) && len(s) > 2*idBytes+1+16+len(tempStart+tempEnd) {
			t.Errorf("%q is one of ours", s)
		}
	}))
}
