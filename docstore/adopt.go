package docstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corkboard/docstore/member"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

const (
	nextName     = "next"     // folder of the profile that takes the place of this one
	nextTempName = "next.tmp" // while it is made
	replacedName = "replaced" // what was here before another took its place
)

// ErrNotWelcome says that a welcome does not let its device in.
var ErrNotWelcome = errors.New("the welcome is not for this device")

// Adopt has this profile become that of another device of a person at its next start:
// what is here now is then put aside, in a folder of the profile. It blocks on the disk. Errors:
// ErrNotWelcome, ErrReadOnly, those of package replica and of the disk; then nothing has
// changed.
func (s *Store) Adopt(w Welcome, device *identity.Device) error {
	if s.readOnly != nil {
		return fmt.Errorf("becoming another device: %w", ErrReadOnly)
	}
	if err := s.adopt(w, device); err != nil {
		return fmt.Errorf("becoming another device: %w", err)
	}
	return nil
}

func (s *Store) adopt(w Welcome, device *identity.Device) error {
	keys := vault.Keys{Person: w.Person, Device: device, Masters: w.Masters}
	person, err := w.check(keys)
	if err != nil {
		return err
	}
	temp := s.profile.path(nextTempName)
	if err := os.RemoveAll(temp); err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.MkdirAll(filepath.Join(temp, keysName), 0o700); err != nil {
		return err
	}
	if err := w.writeLog(filepath.Join(temp, logName), s.now()); err != nil {
		return err
	}
	if _, err := vault.Create(filepath.Join(temp, keysName), keys, person.Recovery[0], vault.BySystem(nil)); err != nil {
		return err
	}
	h := newHeader()
	h.Profile = w.profileID()
	if err := writeHeader(temp, h); err != nil {
		return err
	}
	if err := syncDir(temp); err != nil {
		return err
	}
	next := s.profile.path(nextName)
	if err := os.RemoveAll(next); err != nil { // of an earlier welcome
		return err
	}
	if err := os.Rename(temp, next); err != nil {
		return err
	}
	return syncDir(s.profile.dir)
}

// check opens the profile's own collection with the new device's keys, as the next
// start will do.
func (w Welcome) check(keys vault.Keys) (identity.State, error) {
	log := identity.NewLog(w.Person)
	for _, i := range w.Records {
		if whose, _, err := identity.CheckRecord(i.Raw); i.Sort == replica.PersonRecord && err == nil && whose == w.Person {
			if err := log.Add(i.Raw); err != nil {
				return identity.State{}, err
			}
		}
	}
	person := log.State()
	if !person.Active(keys.Device.ID()) || len(person.Recovery) == 0 {
		return person, ErrNotWelcome
	}
	m, err := member.Open(rand.Reader, keys, w.Home, nil, w.Records)
	if err != nil {
		return person, err
	}
	state, _ := m.View()
	if !m.Ready() || state.Owner != w.Person {
		return person, ErrNotWelcome
	}
	return person, nil
}

func (w Welcome) writeLog(path string, now int64) error {
	log, err := sqlite.Open(path, sqlite.Options{Migrations: logSchema})
	if err != nil {
		return err
	}
	err = log.Write(context.Background(), func(tx *sqlite.Tx) error {
		if err := writeHome(tx, w.Home); err != nil {
			return err
		}
		var none int64
		if err := writeRecords(tx, homeCollection, w.Records, now, &none); err != nil {
			return err
		}
		for genesis, id := range w.Names {
			if err := writeName(tx, genesis, id); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, log.Close())
}

// What belongs to the profile of before. Files stay: they are named by what is in them,
// and the other device may have the same.
var (
	putAside = []string{logName, logName + "-wal", logName + "-shm", keysName, "backups", "unseen.json"}
	outdated = []string{
		cacheName, cacheName + "-wal", cacheName + "-shm", "search.db", "search.db-wal", "search.db-shm",
		poisonName, incarnationName, tornName, rebuiltName,
	}
)

// takeOver puts the profile that Adopt has made into the place of the one before. If
// the program ends meanwhile, the next start goes on. Whatever is in next is whole and
// replaces what has its name; its header comes last.
func takeOver(dir string) (done bool, err error) {
	next, aside := filepath.Join(dir, nextName), filepath.Join(dir, replacedName)
	if !isThere(filepath.Join(next, headerName)) {
		return false, errors.Join(os.RemoveAll(next), os.RemoveAll(filepath.Join(dir, nextTempName)))
	}
	if err := os.MkdirAll(aside, 0o700); err != nil {
		return false, err
	}
	for _, name := range putAside {
		if (name == logName || name == keysName) && !isThere(filepath.Join(next, name)) {
			continue // it has been moved before a crash
		}
		if err := replace(filepath.Join(dir, name), filepath.Join(aside, name)); err != nil {
			return false, err
		}
		if err := replace(filepath.Join(next, name), filepath.Join(dir, name)); err != nil {
			return false, err
		}
	}
	for _, name := range outdated {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return false, err
		}
	}
	if err := errors.Join(syncDir(aside), syncDir(dir)); err != nil {
		return false, err
	}
	if err := os.Rename(filepath.Join(next, headerName), filepath.Join(dir, headerName)); err != nil {
		return false, err
	}
	return true, errors.Join(syncDir(dir), os.RemoveAll(next))
}

// replace moves a file or folder, if there is one, to where another may be.
func replace(from, to string) error {
	if !isThere(from) {
		return nil
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
