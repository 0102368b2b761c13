package identity_test

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"testing"

	"filippo.io/age"
	"github.com/tyler-smith/go-bip39"
	"golang.org/x/crypto/chacha20poly1305"
)

// Like the reader of records: from the text alone.
func TestKeyFilesAreAsTheFormatSays(t *testing.T) {
	v := vectorsOf(t, "vault/testdata/vectors.txt")
	for _, name := range []string{"passphrase", "beside"} {
		raw := v["file."+name]
		if sum := sha256.Sum256(raw[:len(raw)-32]); !bytes.Equal(sum[:], raw[len(raw)-32:]) {
			t.Fatal("another checksum")
		}
		r := &reader{t, raw[:len(raw)-32]}
		if string(r.take(8)) != "corkkeys" || r.u8() != 1 {
			t.Fatal("another magic or version")
		}
		person, device := r.take(32), r.take(32)
		r.take(32 + 1216)
		protection, entry, local, words := r.u8(), r.take(16), r.bytes(), r.bytes()
		header := raw[:len(raw)-32-len(r.b)]
		nonce, sealed := r.take(24), r.bytes()
		r.end()
		var fileKey []byte
		if protection == 1 {
			fileKey = fromAge(t, local, string(v["passphrase"]))
		} else {
			if string(v["beside.name"]) != "identity-"+hex.EncodeToString(entry)+".unlock" {
				t.Error("another name")
			}
			secret, err := base64.StdEncoding.DecodeString(string(v["beside.text"]))
			if err != nil {
				t.Fatal(err)
			}
			fileKey = unseal(t, secret, local[:24], local[24:], join("corkboard/vault/entry/1\x00", entry))
		}
		info := join("corkboard/vault/words/1\x00", person, device)
		if !bytes.Equal(fileKey, fromWords(t, string(v["words.text"]), words, info)) {
			t.Errorf("%s: the words give another file key", name)
		}
		if !bytes.Equal(unseal(t, fileKey, nonce, sealed, join("corkboard/vault/1\x00", header)), v["keys"]) {
			t.Errorf("%s: other keys", name)
		}
	}
}

func fromAge(t *testing.T, wrap []byte, passphrase string) []byte {
	with, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(bytes.NewReader(wrap), with)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	out.ReadFrom(plain)
	return out.Bytes()
}

func unseal(t *testing.T, key, nonce, sealed, aad []byte) []byte {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := aead.Open(nil, nonce, sealed, aad)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func fromWords(t *testing.T, text string, sealed, info []byte) []byte {
	entropy, err := bip39.EntropyFromMnemonic(text)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := hkdf.Key(sha256.New, entropy, nil, "corkboard/recovery/1/seal", 32)
	if err != nil {
		t.Fatal(err)
	}
	key, err := hpke.MLKEM768X25519().NewPrivateKey(seed)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, sealed)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
