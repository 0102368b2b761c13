package vault

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	tempPrefix = "identity.key.tmp-"
	keyPrefix  = "identity-"
	keySuffix  = ".unlock"
)

// A disk is the folder of a vault. Tests end the process at a step.
type disk struct {
	dir  string
	step func(name string)
}

func (d disk) at(step string) {
	if d.step != nil {
		d.step(step)
	}
}

func (d disk) path(name string) string { return filepath.Join(d.dir, name) }

// write makes a file of mode 0600 whole and durable under its name. Unless it
// may replace one, it is fs.ErrExist if there is any file of that name.
func (d disk) write(name string, data []byte, replace bool) error {
	temp := d.path(tempPrefix + rand.Text())
	if err := d.writeTemp(temp, data); err != nil {
		os.Remove(temp)
		return err
	}
	d.at("synced " + name)
	place := os.Rename
	if !replace {
		place = link
	}
	if err := place(temp, d.path(name)); err != nil {
		os.Remove(temp)
		return err
	}
	d.at("placed " + name)
	if err := syncFolder(d.dir); err != nil {
		return fmt.Errorf("sync the folder: %w", err)
	}
	d.at("folder synced " + name)
	return nil
}

func (d disk) writeTemp(temp string, data []byte) error {
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	d.at("made")
	half := len(data) / 2
	_, err = f.Write(data[:half])
	d.at("half")
	if err == nil {
		_, err = f.Write(data[half:])
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// link gives a file its name if that is free; on file systems without links it
// looks first.
func link(temp, final string) error {
	err := os.Link(temp, final)
	if err == nil {
		return os.Remove(temp)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(final); !errors.Is(err, fs.ErrNotExist) {
		return fs.ErrExist
	}
	return os.Rename(temp, final)
}

// sweep removes what crashes have left: temporary files, and key files that the
// vault's file does not need. What it cannot remove it leaves for the next time.
func (d disk) sweep(f file) {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		name := e.Name()
		old := strings.HasPrefix(name, keyPrefix) && strings.HasSuffix(name, keySuffix) &&
			(f.protection != UnderFile || name != keyFileName(f.entry))
		if old || strings.HasPrefix(name, tempPrefix) {
			os.Remove(d.path(name))
		}
	}
}

func keyFileName(entry [16]byte) string { return keyPrefix + hex.EncodeToString(entry[:]) + keySuffix }

// read returns a regular file of at most limit bytes.
func (d disk) read(name string, limit int64) ([]byte, error) {
	info, err := os.Stat(d.path(name))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, ErrDamaged
	}
	return os.ReadFile(d.path(name))
}
