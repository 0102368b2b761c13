package access

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

// A decoder that uses nothing of this package: it is written from the text of
// the format alone and reads a record into words, one a value.
type decoder struct {
	b   []byte
	out []string
}

var errDecode = errors.New("not by the text")

func (d *decoder) fixed(n int) []byte {
	if n > len(d.b) {
		panic(errDecode)
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) hex(n int) []byte {
	b := d.fixed(n)
	d.out = append(d.out, hex.EncodeToString(b))
	return b
}

func (d *decoder) number() int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		panic(errDecode)
	}
	d.b = d.b[n:]
	return int(v)
}

func (d *decoder) uint()  { d.out = append(d.out, fmt.Sprint(d.number())) }
func (d *decoder) bytes() { d.hex(d.number()) }
func (d *decoder) list(item func()) {
	n := d.number()
	d.out = append(d.out, fmt.Sprintf("[%d]", n))
	for range n {
		item()
	}
}

func (d *decoder) id()     { d.hex(32) }
func (d *decoder) sealed() { d.list(func() { d.hex(32); d.hex(1168) }) }
func (d *decoder) frontier() {
	d.list(func() { d.id(); d.list(func() { d.hex(16); d.uint(); d.id() }) })
}

func (d *decoder) payload(kind byte) {
	zero := string(make([]byte, 32))
	switch kind {
	case 1:
		d.hex(16)
	case 2:
		d.hex(1)
		d.hex(1)
		d.uint()
		if string(d.hex(32)) == zero {
			d.id()
			d.bytes()
		}
		d.id()
		d.sealed()
	case 3, 5, 14:
		d.id()
	case 4:
		d.id()
		d.id()
		d.hex(64)
	case 6:
		d.frontier()
	case 7:
		d.id()
		d.id()
		d.frontier()
	case 8:
		d.id()
		d.hex(1)
		d.hex(1)
		d.frontier()
	case 9:
		d.id()
		d.sealed()
		d.list(func() { d.id(); d.hex(48) })
	case 10:
		d.id()
		d.bytes()
	case 11:
		d.id()
	case 12:
		d.bytes()
		d.bytes()
	case 13:
		d.id()
		d.id()
	case 15:
		d.id()
		d.uint()
		d.id()
	default:
		panic(errDecode)
	}
}

// decode gives the id and the values of a raw record.
func decode(raw []byte) (id string, values []string, err error) {
	defer func() {
		if recover() != nil {
			err = errDecode
		}
	}()
	if len(raw) > 1<<20 || raw[0] != 1 {
		return "", nil, errDecode
	}
	body, signature := raw[1:len(raw)-64], raw[len(raw)-64:]
	signed := append([]byte("corkboard/access/1\x00"), body...)
	d := &decoder{b: body}
	kind := d.hex(1)[0]
	author := d.hex(32)
	device := d.hex(32)
	d.uint()
	d.list(d.id)
	join := d.b
	d.payload(kind)
	if len(d.b) > 0 || !ed25519.Verify(device, signed, signature) {
		return "", nil, errDecode
	}
	if kind == 4 {
		m := append([]byte("corkboard/access/join/1\x00"), join[:32]...)
		m = append(append(m, author...), device...)
		if !ed25519.Verify(join[32:64], m, join[64:]) {
			return "", nil, errDecode
		}
	}
	sum := sha256.Sum256(signed)
	return hex.EncodeToString(sum[:]), d.out, nil
}

// stretchKey is HKDF-SHA256 as the text uses it.
func stretchKey(secret, salt []byte, info string, n int) []byte {
	b, err := hkdf.Key(sha256.New, secret, salt, info, n)
	if err != nil {
		panic(err)
	}
	return b
}

// openBox opens a sealed key with the seed of a sealing key.
func openBox(seed, box, collection, commit []byte) ([]byte, error) {
	key, err := hpke.MLKEM768X25519().NewPrivateKey(seed)
	if err != nil {
		return nil, err
	}
	info := append([]byte("corkboard/access/key/1\x00"), collection...)
	plain, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), append(info, commit...), box)
	if err == nil && string(stretchKey(plain, nil, "corkboard/access/commit/1", 32)) != string(commit) {
		return nil, errDecode
	}
	return plain, err
}

func openOld(key, epoch, box, collection []byte) ([]byte, error) {
	block, err := aes.NewCipher(stretchKey(key, epoch, "corkboard/access/old/1", 32))
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return gcm.Open(nil, make([]byte, 12), box, collection)
}
