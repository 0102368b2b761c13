package workspaces

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// maxList bounds what is read of the file, in bytes.
const maxList = 1 << 20

// list is what the file holds.
type list struct {
	Last    string             // a profile's folder
	Colours map[string][3]byte // by folder; never nil
}

// read reads the file; what cannot be read is empty.
func (p Places) read() list {
	l := list{}
	if f, err := os.Open(filepath.Join(p.Folder, listName)); err == nil {
		defer f.Close()
		if json.NewDecoder(io.LimitReader(f, maxList)).Decode(&l) != nil {
			l = list{}
		}
	}
	if l.Colours == nil {
		l.Colours = map[string][3]byte{}
	}
	return l
}

// write replaces the file, and leaves out what is not there any more.
func (p Places) write(l list) error {
	for dir := range l.Colours {
		if !p.owns(dir) || !isProfile(dir) {
			delete(l.Colours, dir)
		}
	}
	b, err := json.MarshalIndent(l, "", "  ")
	if err == nil {
		err = os.MkdirAll(p.Folder, 0o700)
	}
	if err == nil {
		err = replace(filepath.Join(p.Folder, listName), b)
	}
	if err != nil {
		return fmt.Errorf("keeping the list of workspaces: %w", err)
	}
	return nil
}

func replace(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), listName+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
