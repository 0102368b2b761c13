package identity

import (
	"crypto/ed25519"
	"crypto/hpke"
	"fmt"
	"io"

	"corkboard/record"
)

// MaxSealingKeys is how many sealing keys a device keeps: the newest, and old
// ones for what was sealed before it changed them.
const MaxSealingKeys = 8

const deviceVersion = 1

// Device is one installation of a person: a signing key for life and a sealing
// key that may change. It never changes itself, so any goroutine may use it.
// It prints as a fixed word. The zero Device is of no use.
type Device struct{ secret veil[deviceKeys] }

type deviceKeys struct {
	sign  ed25519.PrivateKey
	seeds [][32]byte // of the sealing keys, newest first
	kems  []hpke.PrivateKey
	kem   []byte // the newest, public
}

// NewDevice draws 64 bytes and makes a device of them: the seed of the signing
// key, then that of the sealing key.
func NewDevice(random io.Reader) (*Device, error) {
	var seeds [64]byte
	if _, err := io.ReadFull(random, seeds[:]); err != nil {
		return nil, fmt.Errorf("draw device keys: %w", err)
	}
	return newDevice([32]byte(seeds[:32]), [][32]byte{[32]byte(seeds[32:])})
}

func newDevice(sign [32]byte, seeds [][32]byte) (*Device, error) {
	k := &deviceKeys{sign: ed25519.NewKeyFromSeed(sign[:]), seeds: seeds}
	for _, seed := range seeds {
		key, err := hpke.MLKEM768X25519().NewPrivateKey(seed[:])
		if err != nil {
			return nil, fmt.Errorf("make sealing key: %w", err)
		}
		k.kems = append(k.kems, key)
	}
	k.kem = k.kems[0].PublicKey().Bytes()
	return &Device{hide(k)}, nil
}

// ID is the public signing key.
func (d *Device) ID() DeviceID { return DeviceID(d.secret().sign[ed25519.SeedSize:]) }

// KEM is a copy of the newest public sealing key: 1216 bytes, ML-KEM-768+X25519.
func (d *Device) KEM() []byte { return append([]byte(nil), d.secret().kem...) }

// Sign signs domain | 0 | body in about 20 µs. The domain is a constant without
// a zero byte; nothing from outside belongs into it.
func (d *Device) Sign(domain string, body []byte) [SignatureSize]byte {
	return [SignatureSize]byte(ed25519.Sign(d.secret().sign, message(domain, body)))
}

// Open opens what Seal made for any of the device's sealing keys, trying the
// newest first; else ErrCannotOpen.
func (d *Device) Open(sealed, info []byte) ([]byte, error) {
	for _, key := range d.secret().kems {
		if plain, err := openSealed(key, sealed, info); err == nil {
			return plain, nil
		}
	}
	return nil, ErrCannotOpen
}

// WithNewKEM is the same device with a fresh sealing key; the old ones stay,
// the newest MaxSealingKeys of them, to open what was sealed before.
func (d *Device) WithNewKEM(random io.Reader) (*Device, error) {
	var seed [32]byte
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return nil, fmt.Errorf("draw sealing key: %w", err)
	}
	seeds := append([][32]byte{seed}, d.secret().seeds...)
	return newDevice([32]byte(d.secret().sign.Seed()), seeds[:min(len(seeds), MaxSealingKeys)])
}

// Export is the private keys, for the vault alone: version 1 | seed of the
// signing key | number of sealing keys | their seeds, newest first.
func (d *Device) Export() []byte {
	var w record.Writer
	w.Uint8(deviceVersion)
	w.Fixed(d.secret().sign.Seed())
	writeSeeds(&w, d.secret().seeds)
	return w.B
}

// ImportDevice reads what Export wrote: ErrNewer for a later version, and
// record.ErrMalformed for anything else that is wrong.
func ImportDevice(b []byte) (*Device, error) {
	r := record.NewReader(b)
	if v := r.Uint8(); r.Err() == nil && v != deviceVersion {
		return nil, fmt.Errorf("read device keys: %w", ErrNewer)
	}
	sign := r.Hash()
	seeds := readSeeds(r)
	if err := r.Close(); err != nil {
		return nil, fmt.Errorf("read device keys: %w", err)
	}
	return newDevice(sign, seeds)
}

// writeSeeds writes the seeds of sealing keys: their number, and each, newest first.
func writeSeeds(w *record.Writer, seeds [][32]byte) {
	w.Uint(uint64(len(seeds)))
	for _, seed := range seeds {
		w.Fixed(seed[:])
	}
}

// readSeeds reads what writeSeeds wrote; none fail the reader.
func readSeeds(r *record.Reader) (seeds [][32]byte) {
	n := r.Uint(MaxSealingKeys)
	if n == 0 {
		r.Fail("no sealing key")
	}
	for range n {
		seeds = append(seeds, r.Hash())
	}
	return seeds
}
