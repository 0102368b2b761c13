package vault

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

const (
	// FileName is the key file in the folder of the vault.
	FileName = "identity.key"

	magic       = "corkkeys"
	fileVersion = 1
	maxFile     = 64 << 10
	maxWrap     = 4 << 10
	maxSealed   = 32 << 10
	nonceSize   = 24
)

// A file is the key file, decoded.
type file struct {
	header // what the sealed keys are bound to
	nonce  [nonceSize]byte
	sealed []byte // Keys under the file key
}

type header struct {
	person     identity.PersonID
	device     identity.DeviceID
	recovery   identity.RecoveryKey
	protection Protection
	entry      [16]byte // names the key in the keyring or the file; zero for a passphrase
	local      []byte   // the file key under passphrase or entry
	words      []byte   // the file key, sealed to the recovery key
}

func (h header) marshal() []byte {
	var w record.Writer
	w.Fixed([]byte(magic))
	w.Uint8(fileVersion)
	w.Fixed(h.person[:])
	w.Fixed(h.device[:])
	w.Fixed(h.recovery.ID[:])
	w.Fixed(h.recovery.KEM)
	w.Uint8(uint8(h.protection))
	w.Fixed(h.entry[:])
	w.Bytes(h.local)
	w.Bytes(h.words)
	return w.B
}

// marshal is header | nonce | sealed | SHA-256 of all before.
func (f file) marshal() []byte {
	w := record.Writer{B: f.header.marshal()}
	w.Fixed(f.nonce[:])
	w.Bytes(f.sealed)
	sum := sha256.Sum256(w.B)
	return append(w.B, sum[:]...)
}

// parseFile tells damage before version: the magic and the checksum at the end
// stay the same in every version.
func parseFile(b []byte) (file, error) {
	if len(b) > maxFile || len(b) < len(magic)+1+sha256.Size || string(b[:len(magic)]) != magic {
		return file{}, fmt.Errorf("no key file of ours: %w", ErrDamaged)
	}
	b = bytes.Clone(b)
	body, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if sha256.Sum256(body) != [32]byte(sum) {
		return file{}, fmt.Errorf("wrong checksum: %w", ErrDamaged)
	}
	r := record.NewReader(body[len(magic):])
	if r.Uint8() != fileVersion {
		return file{}, ErrNewer
	}
	f := file{header: readHeader(r)}
	copy(f.nonce[:], r.Fixed(nonceSize))
	f.sealed = r.Bytes(maxSealed)
	if err := r.Close(); err != nil {
		return file{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if identity.CheckKEM(f.recovery.KEM) != nil {
		return file{}, fmt.Errorf("no recovery key: %w", ErrDamaged)
	}
	return f, nil
}

func readHeader(r *record.Reader) header {
	h := header{person: r.Hash(), device: r.Hash()}
	h.recovery = identity.RecoveryKey{ID: r.Hash(), KEM: r.Fixed(identity.KEMSize)}
	h.protection = Protection(r.Uint8())
	copy(h.entry[:], r.Fixed(len(h.entry)))
	if h.protection < UnderPassphrase || h.protection > UnderFile {
		r.Fail("unknown protection")
	}
	if (h.protection == UnderPassphrase) != (h.entry == [16]byte{}) {
		r.Fail("an entry where none belongs, or none")
	}
	h.local, h.words = r.Bytes(maxWrap), r.Bytes(maxWrap)
	return h
}
