package chunk

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"testing"

	"golang.org/x/crypto/chacha20"
	"golang.org/x/crypto/chacha20poly1305"
)

var (
	two128 = new(big.Int).Lsh(big.NewInt(1), 128)
	poly   = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 130), big.NewInt(5))
)

// little reads a little-endian number.
func little(b []byte) *big.Int {
	b = bytes.Clone(b)
	slices.Reverse(b)
	return new(big.Int).SetBytes(b)
}

// polyOf is Poly1305 of RFC 8439 as numbers: for a ciphertext whose block at
// hole is zero, the tag is (fixed + x·factor mod p) + s mod 2^128 for the value
// x of that block.
func polyOf(t *testing.T, key, nonce, additional, ciphertext []byte, hole int) (fixed, factor, s *big.Int) {
	t.Helper()
	c, err := chacha20.NewUnauthenticatedCipher(key, nonce)
	if err != nil {
		t.Fatal(err)
	}
	var rs [32]byte
	c.XORKeyStream(rs[:], rs[:])
	for _, i := range []int{3, 7, 11, 15} {
		rs[i] &= 15
	}
	for _, i := range []int{4, 8, 12} {
		rs[i] &= 252
	}
	pad := func(b []byte) []byte { return append(bytes.Clone(b), make([]byte, (16-len(b)%16)%16)...) }
	text := append(pad(additional), pad(ciphertext)...)
	holeAt := len(pad(additional)) + hole
	text = append(text, little64(len(additional))...)
	text = append(text, little64(len(ciphertext))...)
	r, acc, f := little(rs[:16]), new(big.Int), new(big.Int)
	for i := 0; i < len(text); i += 16 {
		acc.Add(acc, little(text[i:i+16])).Add(acc, two128)
		if i == holeAt {
			f.SetInt64(1)
		}
		acc.Mul(acc, r).Mod(acc, poly)
		f.Mul(f, r).Mod(f, poly)
	}
	return acc, f, little(rs[16:])
}

func little64(n int) []byte {
	b := make([]byte, 8)
	for i := range b {
		b[i] = byte(n >> (8 * i))
	}
	return b
}

// twoFaced makes a ciphertext with its tag that XChaCha20-Poly1305 opens under
// both keys, each with its own associated data.
func twoFaced(t *testing.T, keys, additional [2][]byte, nonce, ciphertext []byte) []byte {
	t.Helper()
	const hole = 32
	for try := range 1000 {
		copy(ciphertext, little64(try))
		copy(ciphertext[hole:], make([]byte, 16))
		fixed1, factor1, s1 := polyOf(t, keys[0], nonce, additional[0], ciphertext, hole)
		fixed2, factor2, s2 := polyOf(t, keys[1], nonce, additional[1], ciphertext, hole)
		inverse := new(big.Int).Sub(factor1, factor2)
		inverse.ModInverse(inverse.Mod(inverse, poly), poly)
		for k := int64(-4); k <= 4; k++ {
			x := new(big.Int).Mul(big.NewInt(k), two128)
			x.Add(x, s2).Sub(x, s1).Sub(x, fixed1).Add(x, fixed2)
			x.Mul(x, inverse).Mod(x, poly)
			if x.Cmp(two128) >= 0 {
				continue
			}
			block := x.FillBytes(make([]byte, 16))
			slices.Reverse(block)
			copy(ciphertext[hole:], block)
			tag := new(big.Int).Mul(x, factor1)
			tag.Add(tag, fixed1).Mod(tag, poly).Add(tag, s1).Mod(tag, two128)
			mac := tag.FillBytes(make([]byte, 16))
			slices.Reverse(mac)
			out := append(bytes.Clone(ciphertext), mac...)
			if opens(t, keys[0], nonce, out, additional[0]) && opens(t, keys[1], nonce, out, additional[1]) {
				return out
			}
		}
	}
	t.Fatal("found no ciphertext with two faces")
	return nil
}

func opens(t *testing.T, key, nonce, ciphertext, additional []byte) bool {
	t.Helper()
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		t.Fatal(err)
	}
	_, err = aead.Open(nil, nonce, ciphertext, additional)
	return err == nil
}

// A member who knows two keys can make one ciphertext that opens under both and
// says different things, although a hash of the key is in the associated data.
// That the nonce must follow from key and content is what refuses it.
func TestAChunkOpensUnderOneKeyOnly(t *testing.T) {
	w := newWorld(t, 8)
	id := w.epoch.ID
	id[31] ^= 1
	epochs := [2]Epoch{w.epoch, NewEpoch(id, draw(w.random))}
	w.ring.AddEpoch(epochs[1])
	bound := bytes.Clone(w.seal(w.change(Link{}, 100))[:boundSize])
	nonce := make([]byte, nonceSize)
	var keys, additional [2][]byte
	for i, e := range epochs {
		k, err := e.derive(w.doc.scope())
		if err != nil {
			t.Fatal(err)
		}
		keys[i], additional[i] = k.seal(), associated(bound, e)
	}
	if bytes.Equal(additional[0], additional[1]) {
		t.Error("the key is not in what is authenticated")
	}
	forged := append(append(bytes.Clone(bound), nonce...), twoFaced(t, keys, additional, nonce, make([]byte, small[0]-outerSize))...)
	s, err := Parse(forged)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range epochs {
		if _, err := unseal(e, w.doc.scope(), s); !errors.Is(err, ErrSealed) {
			t.Errorf("key %d: %v", i, err)
		}
	}
	if _, err := w.ring.Open(forged); !errors.Is(err, ErrSealed) {
		t.Errorf("the ring: %v", err)
	}
}
