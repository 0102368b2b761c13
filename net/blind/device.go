package blind

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"corkboard/identity"
	"corkboard/record"
)

const deviceName = "device.key"

// Device is the key of the storage peer in dir: drawn at the first start, for life.
// Only this user may read its file. Only for whoever has the folder's lock.
func Device(dir string) (*identity.Device, error) {
	d, err := readDevice(dir)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return d, err
	}
	if d, err = identity.NewDevice(rand.Reader); err != nil {
		return nil, err
	}
	write := func(w io.Writer) error {
		_, err := w.Write(d.Export())
		return err
	}
	if err := WriteWhole(filepath.Join(dir, deviceName), write); err != nil {
		return nil, fmt.Errorf("writing the device key: %w", err)
	}
	return d, nil
}

// DeviceID is the name of the storage peer in dir. fs.ErrNotExist before its
// first start.
func DeviceID(dir string) (identity.DeviceID, error) {
	d, err := readDevice(dir)
	if err != nil {
		return identity.DeviceID{}, err
	}
	return d.ID(), nil
}

// HostKey is the device's signing key for the network: so those who dial the storage
// peer know by the name of the connection that it is the one.
func HostKey(d *identity.Device) ed25519.PrivateKey {
	r := record.NewReader(d.Export())
	r.Uint8() // version
	seed := r.Hash()
	return ed25519.NewKeyFromSeed(seed[:])
}

func readDevice(dir string) (*identity.Device, error) {
	b, err := os.ReadFile(filepath.Join(dir, deviceName))
	if err != nil {
		return nil, fmt.Errorf("reading the device key: %w", err)
	}
	return identity.ImportDevice(b)
}

// WriteWhole writes a file that only this user may read, so that it is there whole, or
// not at all, whenever the power fails. fs.ErrExist if there is one.
func WriteWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename the name is gone
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
