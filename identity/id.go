package identity

import (
	"errors"
	"math/big"

	"corkboard/doc"
)

type (
	// PersonID names a person for life: the id of the first record of their log.
	PersonID [32]byte
	// DeviceID names a device: its Ed25519 public key.
	DeviceID [32]byte
	// RecordID names a record of a person's log.
	RecordID [32]byte
)

// ErrBadID says that a text is not an id of 32 bytes in base58.
var ErrBadID = errors.New("not an id")

// String is the id in base58, as document ids are written.
func (p PersonID) String() string { return string(doc.NewID(p)) }

// String is the id in base58.
func (d DeviceID) String() string { return string(doc.NewID(d)) }

// String is the id in base58.
func (r RecordID) String() string { return string(doc.NewID(r)) }

// MarshalText writes base58.
func (p PersonID) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// MarshalText writes base58.
func (d DeviceID) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is ParsePersonID.
func (p *PersonID) UnmarshalText(b []byte) (err error) {
	*p, err = ParsePersonID(string(b))
	return err
}

// UnmarshalText is ParseDeviceID.
func (d *DeviceID) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDeviceID(string(b))
	return err
}

// ParsePersonID accepts exactly what String makes; else ErrBadID.
func ParsePersonID(s string) (PersonID, error) {
	b, err := parseID(s)
	return PersonID(b), err
}

// ParseDeviceID accepts exactly what String makes; else ErrBadID.
func ParseDeviceID(s string) (DeviceID, error) {
	b, err := parseID(s)
	return DeviceID(b), err
}

// parseID leaves judging to doc.ParseID and turns the digits back into bytes.
func parseID(s string) (out [32]byte, err error) {
	if _, err := doc.ParseID(s); err != nil {
		return out, ErrBadID
	}
	n, radix := new(big.Int), big.NewInt(58)
	for i := range len(s) {
		n.Add(n.Mul(n, radix), big.NewInt(int64(digit(s[i]))))
	}
	n.FillBytes(out[:])
	return out, nil
}

// digit is the value of a character that doc.ParseID has accepted.
func digit(c byte) int {
	switch {
	case c <= '9':
		return int(c - '1')
	case c <= 'H':
		return int(c-'A') + 9
	case c <= 'N':
		return int(c-'J') + 17
	case c <= 'Z':
		return int(c-'P') + 22
	case c <= 'k':
		return int(c-'a') + 33
	}
	return int(c-'m') + 44
}
