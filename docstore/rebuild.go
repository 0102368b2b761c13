package docstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"corkboard/sqlite"
	"corkboard/sqlite/salvage"
)

// A log of which SQLite cannot make out the pages any more is written anew when the profile
// is opened: see rebuilding. A crash at any step leaves the damaged log in force, or the new
// one on its way into its place:
//
//	log.db.torn → new log complete → damaged log kept in quarantine → log.db.rebuilt → log.db
const (
	tornName    = "log.db.torn"    // says that a page could not be read
	rebuiltName = "log.db.rebuilt" // the new log, which only lacks its name
)

// tear notes that the log is damaged, so that the next start writes it anew; false if err
// says nothing of the kind.
func (s *Store) tear(err error) bool {
	if !isTorn(err) || s.readOnly != nil || s.profile.fresh || s.profile.header.Format != formatNow {
		return false
	}
	if s.torn.CompareAndSwap(nil, &err) {
		s.board.wake()
		s.opt.Log.Error("the log is damaged; it is written anew when the profile is opened", "err", err)
		if err := ReplaceFile(s.profile.path(tornName), []byte(err.Error()+"\n")); err != nil {
			s.opt.Log.Error("that the log is damaged cannot be noted", "err", err)
			return false
		}
	}
	return true
}

// Torn is why the log is to be written anew at the next start, sqlite.ErrCorrupt or
// sqlite.ErrUnreadable; nil if nothing of the kind was met. SubscribeStatus tells of it.
func (s *Store) Torn() error {
	if err := s.torn.Load(); err != nil {
		return *err
	}
	return nil
}

// isTorn is what SQLite says of pages that are damaged, or that the disk does not give back.
func isTorn(err error) bool {
	return errors.Is(err, sqlite.ErrCorrupt) || errors.Is(err, sqlite.ErrUnreadable)
}

// mendLog writes the log anew if it was found to be damaged.
func (s *Store) mendLog(ctx context.Context) error {
	p := s.profile
	if isThere(p.path(rebuiltName)) {
		s.rebuilt = ErrRebuilt
		return p.placeRebuilt()
	}
	if !isThere(p.path(tornName)) {
		return nil
	}
	path := p.path(logName)
	if !isThere(path) {
		return ErrNoLog
	}
	if version, err := salvage.Version(path); err != nil || version > len(logSchema) {
		return errors.Join(err, sqlite.ErrNewer)
	}
	switch err := structure(ctx, path); {
	case err == nil: // it was something else, or is over
		return os.Remove(p.path(tornName))
	case !isTorn(err):
		return err
	}
	var r *rebuilding
	err := s.step("torn")
	then := func(do func() error, name string) {
		if err == nil {
			err = do()
		}
		if err == nil {
			err = s.step(name)
		}
	}
	then(func() (err error) { r, err = s.rebuild(ctx); return err }, "complete")
	then(s.keepTorn, "kept")
	then(p.nameRebuilt, "rebuilt")
	then(p.dropWAL, "alone")
	then(p.placeRebuilt, "placed")
	if err != nil {
		return fmt.Errorf("writing the log anew: %w", err)
	}
	s.rebuilt = fmt.Errorf("%w: %d changes are missing", ErrRebuilt, r.missing)
	s.opt.Log.Warn("the log was damaged and is written anew", "rows", r.own, "from backups", r.others, "changes missing", r.missing)
	return nil
}

// Rebuilt is ErrRebuilt if the log was written anew when the profile was opened, or nil.
func (s *Store) Rebuilt() error { return s.rebuilt }

// lackTime is how long a log that was written anew may lack records that others have. For
// so long nothing is taken back for want of one.
const lackTime = 30 * 24 * time.Hour

// readRebuilt reads whether the log was written anew lately.
func (s *Store) readRebuilt() error {
	var text string
	err := s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&text}, "SELECT value FROM meta WHERE name = 'rebuilt'")
	})
	if errors.Is(err, sqlite.ErrNoRows) {
		return nil
	}
	at, _ := strconv.ParseInt(text, 10, 64) // else it was long ago
	s.lacks = s.opt.Now().Sub(time.UnixMilli(at)) < lackTime
	return err
}

// structure is what SQLite finds wrong with a log.
func structure(ctx context.Context, path string) error {
	db, err := sqlite.Open(path, sqlite.Options{Migrations: logSchema})
	if err != nil {
		return err
	}
	return errors.Join(db.Check(ctx), db.Close())
}

// rebuild leaves a complete new log beside the damaged one.
func (s *Store) rebuild(ctx context.Context) (*rebuilding, error) {
	path := s.profile.path(newLogName)
	if err := removeLog(path); err != nil {
		return nil, err
	}
	db, err := sqlite.Open(path, sqlite.Options{Migrations: logSchema, MaxPages: s.opt.MaxPages.Load()})
	if err != nil {
		return nil, err
	}
	r := &rebuilding{log: s.opt.Log, from: s.profile.path(logName), backups: s.profile.path(backupsName), now: s.now()}
	err = db.Write(ctx, r.write)
	if err == nil {
		err = db.Check(ctx)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, errors.Join(err, removeLog(path))
	}
	return r, nil
}

// keepTorn keeps the damaged log, with what waited beside it, in quarantine.
func (s *Store) keepTorn() error {
	dir := s.profile.path(quarantineName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	name := filepath.Join(dir, backupPrefix+s.opt.Now().UTC().Format(backupTime)+".db")
	for _, suffix := range []string{"", "-wal"} {
		from := s.profile.path(logName + suffix)
		if !isThere(from) {
			continue
		}
		if err := os.Link(from, name+suffix); err != nil && !errors.Is(err, fs.ErrExist) {
			if err := copyFile(from, name+suffix); err != nil { // a file system without links
				return err
			}
		}
	}
	return syncDir(dir)
}

// nameRebuilt says of a new log that it is complete.
func (p *profile) nameRebuilt() error {
	if err := os.Rename(p.path(newLogName), p.path(rebuiltName)); err != nil {
		return err
	}
	return syncDir(p.dir)
}

// placeRebuilt puts a new log that is complete into the place of the damaged one.
func (p *profile) placeRebuilt() error {
	err := p.dropWAL()
	if err == nil {
		err = os.Rename(p.path(rebuiltName), p.path(logName))
	}
	if err == nil {
		err = syncDir(p.dir)
	}
	if err == nil {
		err = os.Remove(p.path(tornName))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncDir(p.dir)
}

// dropWAL removes what lies beside the damaged log: it would be taken for the new one's.
func (p *profile) dropWAL() error {
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(p.path(logName + suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return syncDir(p.dir)
}
