package docstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corkboard/doc"
)

const quarantineName = "quarantine"

// quarantine sets damaged rows aside, each with a file that says why. The
// rows stay where they are as well: nothing is deleted. Never fails: whoever
// calls has a document to open.
func (s *Store) quarantine(id doc.ID, bad []badRow) {
	for _, b := range bad {
		name := fmt.Sprintf("%s-%d-%x", b.table, b.row, bodyHash(b.body)[:4])
		why := fmt.Sprintf("document %s\ntable %s, row %d\n%s\n", id, b.table, b.row, b.why)
		s.setAside(name, b.body, why)
	}
}

// keepTree sets aside the cached state of a document whose history is damaged.
func (s *Store) keepTree(id doc.ID, root doc.Map) {
	b, err := doc.EncodeValue(root)
	if err != nil {
		s.opt.Log.Error("a damaged document's last state cannot be kept", "err", err)
		return
	}
	name := fmt.Sprintf("tree-%s-%x", id, bodyHash(b)[:4])
	s.setAside(name, b, fmt.Sprintf("document %s\nits last known state, because its history is damaged\n", id))
}

func (s *Store) setAside(name string, body []byte, why string) {
	if s.readOnly != nil {
		return
	}
	dir := s.profile.path(quarantineName)
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path + ".txt"); err == nil {
		return // known already
	}
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = os.WriteFile(path, body, 0o600)
	}
	if err == nil {
		err = os.WriteFile(path+".txt", []byte(why), 0o600)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		s.opt.Log.Error("something damaged cannot be set aside", "name", name, "err", err)
		return
	}
	s.opt.Log.Error("something damaged was set aside", "name", name)
}
