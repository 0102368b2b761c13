package blind

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corkboard/identity"
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
	if err := writeWhole(filepath.Join(dir, deviceName), d.Export()); err != nil {
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

func readDevice(dir string) (*identity.Device, error) {
	b, err := os.ReadFile(filepath.Join(dir, deviceName))
	if err != nil {
		return nil, fmt.Errorf("reading the device key: %w", err)
	}
	return identity.ImportDevice(b)
}

// writeWhole writes a file so that it is there whole, or not at all, whenever the
// power fails.
func writeWhole(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename the name is gone
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
