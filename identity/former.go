package identity

import (
	"fmt"
	"io"
	"log/slog"

	"corkboard/record"
)

const formerVersion = 1

// Former opens what was sealed to a device, and signs nothing: what a device needs
// that takes up where another one has stopped. It never changes itself. It prints as a
// fixed word. The zero Former is of no use.
type Former struct {
	id     DeviceID
	secret veil[deviceKeys] // without a signing key
}

// Former is that of this device.
func (d *Device) Former() *Former {
	k := d.secret()
	return &Former{id: d.ID(), secret: hide(&deviceKeys{seeds: k.seeds, kems: k.kems})}
}

// ID is the device to which was sealed what this opens.
func (f *Former) ID() DeviceID { return f.id }

// Open is Device.Open.
func (f *Former) Open(sealed, info []byte) ([]byte, error) {
	return (&Device{f.secret}).Open(sealed, info)
}

// Export is version 1 | device | number of sealing keys | their seeds, newest first:
// for the vault alone.
func (f *Former) Export() []byte {
	var w record.Writer
	w.Uint8(formerVersion)
	w.Fixed(f.id[:])
	writeSeeds(&w, f.secret().seeds)
	return w.B
}

// ImportFormer reads what Export wrote; errors as of ImportDevice.
func ImportFormer(b []byte) (*Former, error) {
	r := record.NewReader(b)
	if v := r.Uint8(); r.Err() == nil && v != formerVersion {
		return nil, fmt.Errorf("read sealing keys: %w", ErrNewer)
	}
	id := DeviceID(r.Hash())
	seeds := readSeeds(r)
	if err := r.Close(); err != nil {
		return nil, fmt.Errorf("read sealing keys: %w", err)
	}
	d, err := newDevice([32]byte{}, seeds)
	if err != nil {
		return nil, fmt.Errorf("read sealing keys: %w", err)
	}
	former := d.Former()
	former.id = id
	return former, nil
}

const hiddenFormer = "identity.Former(hidden)"

// Format writes a fixed word under every verb.
func (f Former) Format(s fmt.State, _ rune) { io.WriteString(s, hiddenFormer) }

// String is a fixed word.
func (f Former) String() string { return hiddenFormer }

// GoString is a fixed word.
func (f Former) GoString() string { return hiddenFormer }

// LogValue is a fixed word.
func (f Former) LogValue() slog.Value { return slog.StringValue(hiddenFormer) }

// MarshalText is a fixed word.
func (f Former) MarshalText() ([]byte, error) { return []byte(hiddenFormer), nil }
