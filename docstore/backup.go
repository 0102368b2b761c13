package docstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"corkboard/sqlite"
)

const (
	backupsKept  = 7
	backupEvery  = 24 * time.Hour
	backupLook   = time.Hour // how often keepBackups looks at the clock
	backupFirst  = time.Minute
	backupPrefix = "log-"
	backupTime   = "20060102-150405.000"
)

// Backup writes a copy of the log to backups/, reads it back completely, and
// only then gives it its name; the keys are copied as well. The oldest go when
// there are more than seven.
func (s *Store) Backup(ctx context.Context) (path string, err error) {
	if s.readOnly != nil {
		return "", fmt.Errorf("backing up: %w", ErrReadOnly)
	}
	s.backing.Lock() // two of one millisecond would have one name
	defer s.backing.Unlock()
	dir := s.profile.path(backupsName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("backing up: %w", err)
	}
	path = filepath.Join(dir, backupPrefix+s.opt.Now().UTC().Format(backupTime)+".db")
	temp := path + ".part"
	defer os.Remove(temp)
	if err := s.copyLog(ctx, temp); err != nil {
		s.tear(err)
		return "", fmt.Errorf("backing up: %w", err)
	}
	if err := verifyLog(ctx, temp); err != nil {
		return "", fmt.Errorf("reading back the backup: %w", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return "", fmt.Errorf("backing up: %w", err)
	}
	if err := syncDir(dir); err != nil {
		return "", fmt.Errorf("backing up: %w", err)
	}
	if err := s.copyKeys(); err != nil {
		return "", fmt.Errorf("backing up the keys: %w", err)
	}
	return path, s.dropBackups(dir)
}

func (s *Store) copyLog(ctx context.Context, to string) error {
	s.logMu.RLock()
	defer s.logMu.RUnlock()
	if s.log == nil {
		return fmt.Errorf("the log is closed")
	}
	if err := s.log.Backup(ctx, to); err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// verifyLog opens a log that nobody writes and checks every page and body.
func verifyLog(ctx context.Context, path string) error {
	db, err := sqlite.Open(path, sqlite.Options{ReadOnly: true, Immutable: true})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Check(ctx); err != nil {
		return err
	}
	return db.Read(ctx, func(tx *sqlite.Tx) error {
		bad, err := badBodies(tx)
		if err == nil && len(bad) > 0 {
			err = fmt.Errorf("%w: %d rows", ErrDamaged, len(bad))
		}
		return err
	})
}

func backupNames(dir string) ([]string, error) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range list {
		if strings.HasPrefix(e.Name(), backupPrefix) && strings.HasSuffix(e.Name(), ".db") {
			out = append(out, e.Name())
		}
	}
	slices.Sort(out)
	return out, nil
}

func (s *Store) dropBackups(dir string) error {
	names, err := backupNames(dir)
	if err != nil {
		return fmt.Errorf("rotating backups: %w", err)
	}
	for len(names) > backupsKept {
		if err := os.Remove(filepath.Join(dir, names[0])); err != nil {
			return fmt.Errorf("rotating backups: %w", err)
		}
		names = names[1:]
	}
	return nil
}

// keepBackups makes one a day while the store is open.
func (s *Store) keepBackups() {
	defer s.works.Done()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-s.quit:
			cancel()
		case <-ctx.Done():
		}
	}()
	timer := time.NewTimer(backupFirst)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
		case <-s.quit:
			return
		}
		if s.backupDue() {
			if _, err := s.Backup(ctx); err != nil {
				s.opt.Log.Error("backup failed", "err", err)
			}
		}
		timer.Reset(backupLook)
	}
}

// backupDue is true if there is anything to keep and the newest copy is old.
func (s *Store) backupDue() bool {
	names, err := backupNames(s.profile.path(backupsName))
	if err == nil && len(names) > 0 {
		made, err := os.Stat(filepath.Join(s.profile.path(backupsName), names[len(names)-1]))
		if err == nil && s.opt.Now().Sub(made.ModTime()) < backupEvery {
			return false
		}
	}
	list, err := s.Documents(context.Background())
	return err == nil && len(list) > 0
}
