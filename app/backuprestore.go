package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"corkboard/blobs"
	"corkboard/docstore"
	"corkboard/exchange/backup"
	"corkboard/identity/vault"
)

// ErrRestoreDamaged says that a backup is as it was written, and yet no profile.
var ErrRestoreDamaged = errors.New("the backup holds no profile")

// Restoring says what to restore, and where to.
type Restoring struct {
	File       string
	Passphrase string
	Profile    string        // a folder that is empty or not there
	Keyring    vault.Keyring // where the system keeps secrets; nil: nowhere
	Code       string        // as of Options
	Log        *slog.Logger  // nil: slog.Default
	// Progress is told how many bytes of the file, of how many, have been read, on this
	// goroutine; nil is fine.
	Progress func(done, total int64)
}

// RestoredBackup is what came out of a backup.
type RestoredBackup struct {
	Made      time.Time // when it was made
	Documents int
	Files     int
	Damaged   int // files that were damaged when the backup was made; left out
	Unsound   int // documents of which not all can be read, as it was before
}

// RestoreBackup makes a profile of a backup. It is another device of the same person: where the
// backup was made can be gone on with as well, and nothing of either is lost when they
// meet. It blocks for as long as writing and reading all of it takes. After an error, and
// when ctx ends, nothing is there. Errors: *NotEmptyError, ErrRestoreDamaged, those of
// package backup, those of docstore.Regain and of the disk.
func RestoreBackup(ctx context.Context, r Restoring) (RestoredBackup, error) {
	out, err := restoreBackup(ctx, r)
	if err != nil {
		return out, fmt.Errorf("restoring a backup: %w", err)
	}
	return out, nil
}

func restoreBackup(ctx context.Context, r Restoring) (out RestoredBackup, err error) {
	dir, err := filepath.Abs(r.Profile)
	if err != nil {
		return out, err
	}
	if err := vacant(dir); err != nil {
		return out, err
	}
	f, err := os.Open(r.File)
	if err != nil {
		return out, &FileError{Name: filepath.Base(r.File), Err: err}
	}
	defer f.Close()
	in, err := backup.Open(&metered{ctx: ctx, f: f, progress: r.Progress}, r.Passphrase)
	if err != nil {
		return out, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return out, err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), ".restoring-*")
	if err != nil {
		return out, err
	}
	defer os.RemoveAll(temp) // does nothing after the rename
	w, err := newUnpacking(temp)
	if err != nil {
		return out, err
	}
	err = w.all(ctx, in)
	if err = errors.Join(err, w.root.Close()); err != nil {
		return out, err
	}
	log := r.Log
	if log == nil {
		log = slog.Default()
	}
	report, err := docstore.Regain(ctx, temp, w.whole, r.Passphrase, docstore.Options{App: Version, Keyring: r.Keyring, Code: r.Code, Log: log})
	if errors.Is(err, docstore.ErrDamaged) || errors.Is(err, vault.ErrDamaged) {
		err = fmt.Errorf("%w: %w", ErrRestoreDamaged, err)
	}
	if err == nil {
		err = settleRestored(temp, dir)
	}
	out = RestoredBackup{Made: time.UnixMilli(in.Head.Made), Documents: report.Documents, Files: w.files, Damaged: w.damaged, Unsound: len(report.Problems)}
	return out, err
}

// vacant is *NotEmptyError if there is anything where a profile is to be.
func vacant(dir string) error {
	list, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil || len(list) > 0 {
		return &NotEmptyError{Dir: dir}
	}
	return nil
}

// settleRestored gives the folder its name once all in it is on disk.
func settleRestored(temp, dir string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) { // an empty one
		return &NotEmptyError{Dir: dir}
	}
	if err := os.Rename(temp, dir); err != nil {
		return err
	}
	parent, err := os.Open(filepath.Dir(dir))
	if err != nil {
		return nil // it is there; how soon for good is up to the system
	}
	_ = parent.Sync() // likewise
	return parent.Close()
}

// metered reads a file, tells how far it is, and ends with its context.
type metered struct {
	ctx      context.Context
	f        *os.File
	done     int64
	progress func(done, total int64)
}

// Read implements io.Reader.
func (c *metered) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.f.Read(p)
	c.done += int64(n)
	if c.progress != nil {
		if info, err := c.f.Stat(); err == nil {
			c.progress(c.done, info.Size())
		}
	}
	return n, err
}

// unpacking puts the entries of a backup into a folder.
type unpacking struct {
	root           *os.Root
	blobs          *blobs.Store
	whole          docstore.Whole
	log            bool
	files, damaged int
}

func newUnpacking(dir string) (*unpacking, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	store, err := blobs.Open(filepath.Join(dir, blobFolder), filepath.Join(dir, tempFolder))
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &unpacking{root: root, blobs: store}, nil
}

// all unpacks everything, and fails if the backup is not whole.
func (u *unpacking) all(ctx context.Context, in *backup.Reader) error {
	for {
		e, err := in.Next()
		if errors.Is(err, io.EOF) {
			if u.whole.Header == nil || u.whole.Keys == nil || !u.log {
				return ErrRestoreDamaged
			}
			return nil
		}
		if err == nil {
			err = u.one(ctx, in, e)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return err
		}
	}
}

func (u *unpacking) one(ctx context.Context, in *backup.Reader, e backup.Entry) (err error) {
	switch e.Name {
	case backup.Header:
		u.whole.Header, err = in.Bytes(e)
		return err
	case backup.Keys:
		u.whole.Keys, err = in.Bytes(e)
		return err
	case backup.Log:
		u.log = true
		return u.write(docstore.LogName, in)
	case backup.Device, backup.Unseen, backup.Keymap:
		return u.write(e.Name, in)
	}
	id, _ := backup.BlobID(e.Name)
	got, _, err := u.blobs.Put(ctx, in)
	if err != nil {
		return err
	}
	if u.files++; string(got) != id {
		u.files--
		u.damaged++
	}
	return nil
}

func (u *unpacking) write(name string, in io.Reader) error {
	f, err := u.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, in)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
