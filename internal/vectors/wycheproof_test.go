package vectors

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/mlkem"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"slices"
	"testing"

	"github.com/c2sp/wycheproof"
	"golang.org/x/crypto/chacha20poly1305"

	"corkboard/identity"
)

// raw is bytes that are written in hexadecimal.
type raw []byte

func (r *raw) UnmarshalText(text []byte) (err error) {
	*r, err = hex.DecodeString(string(text))
	return err
}

// group is vectors with something in common, of any primitive.
type group struct {
	IVSize, KeySize, TagSize int // bits
	PublicKey                struct{ PK raw }
	Tests                    []vector
}

type vector struct {
	ID                         int `json:"tcId"`
	Comment, Result            string
	Flags                      []string
	Key, IV, AAD, Msg, CT, Tag raw // of ciphers and MACs
	Sig                        raw
	IKM, Salt, Info, OKM       raw // of HKDF
	Size                       int
	Public, Private, Shared    raw // of X25519
	Seed, M, EK, C, K          raw // of ML-KEM
}

// Each primitive says of every vector what the vector says of itself. The number is of the
// vectors that apply to how it is used here.
func TestWycheproof(t *testing.T) {
	for _, c := range []struct {
		file  string
		check func(t *testing.T, g group, v vector) (ok, applies bool)
		least int
	}{
		{"ed25519", signature, 150},
		{"xchacha20_poly1305", sealed, 250},
		{"chacha20_poly1305", hpkeSealed, 250},
		{"aes_gcm", oldKey, 60},
		{"hkdf_sha256", derived, 80},
		{"hmac_sha256", tag, 80},
		{"x25519", agreed, 500},
		{"mlkem_768", decapsulated, 190},
		{"mlkem_768_encaps", encapsulationKey, 200},
		{"mlkem_768_keygen_seed", keyOfSeed, 90},
	} {
		t.Run(c.file, func(t *testing.T) {
			b, err := fs.ReadFile(wycheproof.TestVectors, c.file+"_test.json")
			if err != nil {
				t.Fatal(err)
			}
			var all struct{ TestGroups []group }
			if err := json.Unmarshal(b, &all); err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, g := range all.TestGroups {
				for _, v := range g.Tests {
					ok, applies := c.check(t, g, v)
					if !applies {
						continue
					}
					if n++; ok != (v.Result == "valid") && v.Result != "acceptable" {
						t.Errorf("%d (%s, %v): %v, but it is %s", v.ID, v.Comment, v.Flags, ok, v.Result)
					}
				}
			}
			if n < c.least {
				t.Errorf("%d vectors apply, expected %d or more", n, c.least)
			}
			t.Logf("%d vectors", n)
		})
	}
}

func signature(_ *testing.T, g group, v vector) (ok, applies bool) {
	return len(v.Sig) == ed25519.SignatureSize && ed25519.Verify(ed25519.PublicKey(g.PublicKey.PK), v.Msg, v.Sig), true
}

// opened holds a cipher against a vector: it opens what was sealed, and seals it equally.
func opened(t *testing.T, a cipher.AEAD, v vector) bool {
	both := append(slices.Clone(v.CT), v.Tag...)
	plain, err := a.Open(nil, v.IV, both, v.AAD)
	if err == nil && !bytes.Equal(plain, v.Msg) {
		t.Errorf("%d: it opens to something else", v.ID)
	}
	if err == nil && !bytes.Equal(a.Seal(nil, v.IV, plain, v.AAD), both) {
		t.Errorf("%d: it is sealed otherwise", v.ID)
	}
	return err == nil
}

// sealed is for chunks, files, proofs and keys at rest, whose nonces have 24 bytes.
func sealed(t *testing.T, g group, v vector) (ok, applies bool) {
	if g.IVSize != 8*chacha20poly1305.NonceSizeX {
		return false, false
	}
	a, err := chacha20poly1305.NewX(v.Key)
	return err == nil && opened(t, a, v), true
}

// hpkeSealed is what HPKE seals with.
func hpkeSealed(t *testing.T, g group, v vector) (ok, applies bool) {
	if g.IVSize != 8*chacha20poly1305.NonceSize {
		return false, false
	}
	a, err := chacha20poly1305.New(v.Key)
	return err == nil && opened(t, a, v), true
}

// oldKey is for keys of older epochs: AES-256, nonces of 12 bytes.
func oldKey(t *testing.T, g group, v vector) (ok, applies bool) {
	if g.IVSize != 96 || g.KeySize != 256 || g.TagSize != 128 {
		return false, false
	}
	block, err := aes.NewCipher(v.Key)
	if err != nil {
		return false, true
	}
	a, err := cipher.NewGCM(block)
	return err == nil && opened(t, a, v), true
}

func derived(_ *testing.T, _ group, v vector) (ok, applies bool) {
	b, err := hkdf.Key(sha256.New, v.IKM, v.Salt, string(v.Info), v.Size)
	return err == nil && bytes.Equal(b, v.OKM), true
}

// tag is compared in full length where the vector has it, else its first bytes, as tags of chunks are.
func tag(_ *testing.T, g group, v vector) (ok, applies bool) {
	m := hmac.New(sha256.New, v.Key)
	m.Write(v.Msg)
	return hmac.Equal(m.Sum(nil)[:g.TagSize/8], v.Tag), true
}

// agreed is X25519 inside sealing keys. What the vectors accept or not is a point of low order; that must
// be refused, as identity.CheckKEM does.
func agreed(t *testing.T, _ group, v vector) (ok, applies bool) {
	public, err := ecdh.X25519().NewPublicKey(v.Public)
	if err != nil {
		return false, true
	}
	private, err := ecdh.X25519().NewPrivateKey(v.Private)
	if err != nil {
		return false, true
	}
	shared, err := private.ECDH(public)
	zero := bytes.Equal(v.Shared, make([]byte, 32))
	if zero == (err == nil) {
		t.Errorf("%d: a point of low order: %v", v.ID, err)
	}
	kem := sealingKey(t)
	copy(kem[len(kem)-32:], v.Public)
	if zero == (identity.CheckKEM(kem) == nil) {
		t.Errorf("%d: a sealing key of low order: %v", v.ID, identity.CheckKEM(kem))
	}
	return err == nil && bytes.Equal(shared, v.Shared), true
}

// sealingKey is any sealing key, whose parts are then replaced.
func sealingKey(t *testing.T) []byte {
	t.Helper()
	key, err := mlkem.NewDecapsulationKey768(make([]byte, mlkem.SeedSize))
	if err != nil {
		t.Fatal(err)
	}
	return append(key.EncapsulationKey().Bytes(), make([]byte, 32)...)
}

func decapsulated(_ *testing.T, _ group, v vector) (ok, applies bool) {
	key, err := mlkem.NewDecapsulationKey768(v.Seed)
	if err != nil {
		return false, true
	}
	shared, err := key.Decapsulate(v.C)
	return err == nil && bytes.Equal(shared, v.K) && bytes.Equal(key.EncapsulationKey().Bytes(), v.EK), true
}

// encapsulationKey is the larger part of sealing keys: what others say theirs is.
func encapsulationKey(t *testing.T, _ group, v vector) (ok, applies bool) {
	_, err := mlkem.NewEncapsulationKey768(v.EK)
	kem := append(slices.Clone(v.EK), sealingKey(t)[mlkem.EncapsulationKeySize768:]...)
	kem[len(kem)-32] = 9 // the base point
	if sealing := identity.CheckKEM(kem); (sealing == nil) != (err == nil) {
		t.Errorf("%d: as part of a sealing key: %v", v.ID, sealing)
	}
	return err == nil, true
}

func keyOfSeed(_ *testing.T, _ group, v vector) (ok, applies bool) {
	key, err := mlkem.NewDecapsulationKey768(v.Seed)
	return err == nil && bytes.Equal(key.EncapsulationKey().Bytes(), v.EK), true
}
