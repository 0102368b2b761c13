package docstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corkboard/docstore/member"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

// The first format kept changes as the engine makes them, by nobody in
// particular. upgrade copies them into a log of chunks, signed by a new person's
// first device, reads the copy back, and only then puts it into the place of the
// old log, which stays in backups/ for good.
//
// A crash at any step leaves the old log in force, or the new one with its keys:
//
//	new log complete → vault → old log linked into backups → new log renamed → header
const (
	newLogName = "log.db.new"
	oldLogName = "format-1.db" // in backups/
)

// firstSchema knows the old log and changes nothing in it.
var firstSchema = logSchema[:1]

// upgrade brings a profile of the first format up to date. Errors leave it as it
// was.
func (s *Store) upgrade() error {
	old, err := sqlite.Open(s.profile.path(logName), sqlite.Options{Migrations: firstSchema})
	if errors.Is(err, sqlite.ErrNewer) { // a crash came between the log and the header
		return s.writeNewHeader()
	}
	if err != nil {
		return err
	}
	s.chooseEngine()
	s.opt.Log.Info("bringing the profile up to date", "from", s.profile.header.Format, "to", formatNow)
	err = s.copyOld(old)
	if err = errors.Join(err, old.Close()); err != nil {
		return err
	}
	if err := s.placeNewLog(); err != nil {
		return err
	}
	return s.writeNewHeader()
}

func (s *Store) writeNewHeader() error {
	s.profile.header.Format = formatNow
	if err := writeHeader(s.profile.dir, s.profile.header); err != nil {
		return err
	}
	return s.backupVault()
}

// copyOld leaves a complete new log with its vault.
func (s *Store) copyOld(old *sqlite.DB) error {
	if hasVault(s.profile) { // made after the log was complete
		return s.checkNewLog()
	}
	if err := removeLog(s.profile.path(newLogName)); err != nil {
		return err
	}
	f, err := member.Found(rand.Reader, s.opt.Device, s.now())
	if err != nil {
		return err
	}
	db, err := sqlite.Open(s.profile.path(newLogName), sqlite.Options{Migrations: logSchema, MaxPages: s.opt.MaxPages.Load()})
	if err != nil {
		return err
	}
	c := &copying{s: s, old: old, found: f}
	err = db.Write(context.Background(), c.write)
	if err == nil {
		err = c.compare(db)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return errors.Join(err, removeLog(s.profile.path(newLogName)))
	}
	if err := s.step("written"); err != nil {
		return err
	}
	if err := s.createVault(f); err != nil {
		return err
	}
	return s.step("vault")
}

// checkNewLog says whether the new log is the one that the vault is for.
func (s *Store) checkNewLog() error {
	v, err := vault.Open(s.profile.path(keysName), s.opt.Keyring)
	if err != nil {
		return err
	}
	if _, err := os.Stat(s.profile.path(newLogName)); err != nil {
		return fmt.Errorf("%w: keys of a log that is not there: %w", ErrNoLog, err)
	}
	k, err := v.Unlock()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrLocked, err)
	}
	db, err := sqlite.Open(s.profile.path(newLogName), sqlite.Options{Migrations: logSchema})
	if err != nil {
		return err
	}
	err = db.Read(context.Background(), func(tx *sqlite.Tx) error {
		home, err := readHome(tx)
		if err != nil {
			return err
		}
		records, _, err := readRecords(tx, homeCollection)
		if err == nil {
			_, err = openHome(k, home, records)
		}
		return err
	})
	return errors.Join(err, db.Close())
}

// placeNewLog keeps the old log and puts the new one into its place.
func (s *Store) placeNewLog() error {
	from, to := s.profile.path(newLogName), s.profile.path(logName)
	for _, path := range []string{from, to} { // it would be taken for the other's
		if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
			return fmt.Errorf("putting the new log into place: %s is still in use", filepath.Base(path))
		}
	}
	dir := s.profile.path("backups")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("keeping the old log: %w", err)
	}
	kept := filepath.Join(dir, oldLogName)
	if err := os.Link(to, kept); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := copyFile(to, kept); err != nil { // a file system without links
			return fmt.Errorf("keeping the old log: %w", err)
		}
	}
	if err := syncDir(dir); err != nil {
		return fmt.Errorf("keeping the old log: %w", err)
	}
	if err := s.step("kept"); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("putting the new log into place: %w", err)
	}
	if err := syncDir(s.profile.dir); err != nil {
		return fmt.Errorf("putting the new log into place: %w", err)
	}
	return s.step("renamed")
}

func (s *Store) step(name string) error {
	if s.opt.step == nil {
		return nil
	}
	return s.opt.step(name)
}

func removeLog(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing half a log: %w", err)
		}
	}
	return nil
}
