package chunk_test

// A second reader of chunks, written from docs/FORMAT.md alone, with nothing but
// the standard library and XChaCha20-Poly1305: it shares no code with the first.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"
)

type in struct{ b []byte }

func (r *in) take(n int) []byte {
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *in) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	r.take(n)
	return v
}

func (r *in) bytes() []byte { return r.take(int(r.uint())) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func uints(v ...uint64) (b []byte) {
	for _, v := range v {
		b = binary.AppendUvarint(b, v)
	}
	return b
}

// under is domain | 0 | parts.
func under(domain string, parts ...[]byte) []byte {
	return join([]byte(domain), []byte{0}, join(parts...))
}

func hash(b ...[]byte) []byte { h := sha256.Sum256(join(b...)); return h[:] }

func mac(key, b []byte) []byte { m := hmac.New(sha256.New, key); m.Write(b); return m.Sum(nil) }

// reader is a member: what the vectors give, and what chunks have told.
type reader struct {
	v    map[string][]byte
	doc  []byte            // document id
	runs map[string][]byte // R by run ref
	out  []string          // what was read
}

func (m *reader) tag(id []byte) []byte {
	return mac(m.v["tag_secret"], under("corkboard/chunk tag/1", id, uints(0)))[:16]
}

// sizes are those of all chunks, ascending.
func sizes() []int {
	out := []int{320, 448, 640, 832}
	for k := range 11 {
		for _, n := range []int{1024, 1136, 1248, 1376, 1520, 1680, 1856} {
			out = append(out, n<<k)
		}
	}
	return out[:4+7*10+2] // the largest is 1136 × 1024
}

// derived is HKDF-SHA256 without salt.
func derived(secret []byte, info string, n int) []byte {
	k, _ := hkdf.Key(sha256.New, secret, nil, info, n) // fails for absurd lengths only
	return k
}

func (m *reader) open(chunk []byte) error {
	head, nonce, sealed := chunk[:26], chunk[26:50], chunk[50:]
	kind, tag, of := chunk[1], chunk[2:18], m.v["collection"]
	epoch, key, seen := m.v["epoch_id"], m.v["epoch_key"], m.tag(of)
	switch kind {
	case 1:
		seen = tag // known only once it is open
	case 3, 4:
		of, seen = m.doc, m.tag(m.doc)
	case 5, 6:
		epoch, key, seen = make([]byte, 32), derived(of, "corkboard/records/1", 32), make([]byte, 16)
	}
	if chunk[0] != 1 || !bytes.Equal(chunk[18:26], epoch[:8]) || !bytes.Equal(tag, seen) {
		return errors.New("outer form")
	}
	k := derived(key, string(under("corkboard/chunk key/1", of, uints(0))), 64)
	aead, _ := chacha20poly1305.NewX(k[:32]) // fails for other lengths only
	associated := under("corkboard/chunk/1", head, hash(under("corkboard/epoch key/1", key)))
	plain, err := aead.Open(nil, nonce, sealed, associated)
	if err != nil || !bytes.Equal(nonce, mac(k[32:], join(associated, plain))[:24]) {
		return errors.New("seal")
	}
	r, ok := &in{b: plain}, false
	switch kind {
	case 5, 6:
		m.out, ok = append(m.out, fmt.Sprintf("record %x", r.bytes())), true
	case 1:
		body, signed := record(r, "corkboard/document/1", func() { r.take(128); r.uint() })
		m.doc = hash(under("corkboard/document/1", body))
		ok = signed && bytes.Equal(m.tag(m.doc), tag) && bytes.Equal(body[:32], m.v["collection"])
		m.out = append(m.out, fmt.Sprintf("document %x by %x", m.doc, body[32:96]))
	case 2:
		run, signed := readRun(r)
		m.runs[string(hash(under("corkboard/run/1", run))[:8])], ok = run, signed
	case 3:
		ok = m.change(r)
	case 4:
		ok = m.piece(r)
	}
	fits := slices.IndexFunc(sizes(), func(n int) bool { return n >= len(chunk)-len(r.b) })
	if !ok || len(bytes.Trim(r.b, "\x00")) > 0 || sizes()[fits] != len(chunk) {
		return fmt.Errorf("inner form of kind %d", kind)
	}
	return nil
}

// proof gives the ids of two changes that a device made in one place, the one that stays first.
func proof(b []byte) (out []string, ok bool) {
	r, before := &in{b: b}, []byte(nil)
	version, number, ok := r.take(1)[0], r.uint(), true
	for range 2 {
		s := &in{b: r.bytes()}
		run, signed := readRun(s)
		m := &reader{doc: r.take(32)}
		if generation := r.uint(); generation != 0 || len(s.b) > 0 {
			return nil, false
		}
		c := m.c(run, number, r.take(32), r.take(32))
		ok = ok && signed && ed25519.Verify(run[64:96], c, r.take(64)) && (before == nil || bytes.Equal(before, run[:112]))
		before, out = run[:112], append(out, hex.EncodeToString(hash(c)))
	}
	return out, ok && version == 1 && len(r.b) == 0 && out[0] < out[1]
}

// record takes version, body and signature; the device stands at 64.
func record(r *in, domain string, fields func()) (body []byte, ok bool) {
	version, from := r.take(1)[0], r.b
	fields()
	body = from[:len(from)-len(r.b)]
	return body, version == 1 && ed25519.Verify(body[64:96], under(domain, body), r.take(64))
}

func readRun(r *in) (body []byte, ok bool) {
	return record(r, "corkboard/run/1", func() { r.take(112); r.take(32 * int(r.uint())) })
}

// c is domain | 0 | C, of which the id is made and which is signed.
func (m *reader) c(run []byte, number uint64, prev, h []byte) []byte {
	return under("corkboard/change/1", hash(under("corkboard/run/1", run)), m.doc, uints(0, number), prev, h)
}

func (m *reader) change(r *in) bool {
	run, number, prev, signature, data := m.runs[string(r.take(8))], r.uint(), r.take(32), r.take(64), r.bytes()
	chunk := join([]byte{1}, uints(uint64(len(data))), data)
	h := hash(chunk)
	c, actor := m.c(run, number, prev, h), hash([]byte("actor"), run[64:96], m.doc, run[96:112])[:16]
	m.v[fmt.Sprintf("H %d", number)] = h
	m.out = append(m.out, fmt.Sprintf("change %d by %x: %x, 856f4a83%x%x", number, actor, hash(c), h[:4], chunk))
	return ed25519.Verify(run[64:96], c, signature)
}

func (m *reader) piece(r *in) bool {
	run, content, numbers := m.runs[string(r.take(8))], r.take(32), uints(r.uint(), r.uint())
	signature, part := r.take(64), r.bytes()
	p := under("corkboard/piece/1", hash(under("corkboard/run/1", run)), m.doc, uints(0), content, numbers, hash(part))
	ok := ed25519.Verify(run[64:96], p, signature) && bytes.Equal(hash(part), content)
	b, runs := &in{b: part}, [][]byte{}
	for range b.uint() {
		run, signed := readRun(&in{b: b.bytes()})
		runs, ok = append(runs, run), ok && signed
	}
	for range b.uint() {
		run, first, count, prev, signature := runs[b.uint()], b.uint(), b.uint(), b.take(32), b.take(64)
		var c []byte
		for n := first; n < first+count; n++ {
			c = m.c(run, n, prev, m.v[fmt.Sprintf("H %d", n)])
			prev = hash(c)
		}
		ok = ok && ed25519.Verify(run[64:96], c, signature)
		m.out = append(m.out, fmt.Sprintf("up to %d: %x", first+count-1, prev))
	}
	b.take(32 * int(b.uint()))
	m.out = append(m.out, fmt.Sprintf("save %x", b.bytes()))
	return ok
}
