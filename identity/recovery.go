package identity

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
)

const (
	recoverySignInfo = "corkboard/recovery/1/sign"
	recoverySealInfo = "corkboard/recovery/1/seal"
)

// Recovery is the pair of keys that the recovery words stand for. It may add
// and remove devices when no device is left, and opens what was sealed to the
// person. It prints as a fixed word.
type Recovery struct{ secret *Device }

// Recovery derives the keys: seeds of 32 bytes by HKDF-SHA256 from the 32 bytes
// of the words, without salt, one info each.
func (w Words) Recovery() (*Recovery, error) {
	sign, err := w.seed(recoverySignInfo)
	if err != nil {
		return nil, err
	}
	seal, err := w.seed(recoverySealInfo)
	if err != nil {
		return nil, err
	}
	d, err := newDevice(sign, [][32]byte{seal})
	if err != nil {
		return nil, fmt.Errorf("derive recovery keys: %w", err)
	}
	return &Recovery{d}, nil
}

func (w Words) seed(info string) ([32]byte, error) {
	b, err := hkdf.Key(sha256.New, w.entropy()[:], nil, info, 32)
	if err != nil {
		return [32]byte{}, fmt.Errorf("derive recovery keys: %w", err)
	}
	return [32]byte(b), nil
}

// ID is the public signing key.
func (r *Recovery) ID() DeviceID { return r.secret.ID() }

// KEM is a copy of the public sealing key.
func (r *Recovery) KEM() []byte { return r.secret.KEM() }

// Public is what the log holds of it.
func (r *Recovery) Public() RecoveryKey { return RecoveryKey{ID: r.ID(), KEM: r.KEM()} }

// Sign signs like Device.Sign.
func (r *Recovery) Sign(domain string, body []byte) [SignatureSize]byte {
	return r.secret.Sign(domain, body)
}

// Open opens like Device.Open.
func (r *Recovery) Open(sealed, info []byte) ([]byte, error) { return r.secret.Open(sealed, info) }

func (r *Recovery) role() role { return byRecovery }
