package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"

	"corkboard/blobs"
	"corkboard/docstore"
	"corkboard/exchange/backup"
)

// backupLog is the copy of the log while a backup is made, in the folder for temporary
// files.
const backupLog = "backup.db"

// The errors of making a backup, besides those of package backup.
var (
	// ErrNotHere says that nothing can be written where a backup is to go.
	ErrNotHere = errors.New("nothing can be written there")
	// ErrLogDamaged says that the profile is not whole.
	ErrLogDamaged = errors.New("the profile is damaged")
)

// BackingUp says where a backup goes and what guards it.
type BackingUp struct {
	To         string // a file; its folder is there
	Passphrase string
	Replace    bool // a file that is there
	// Progress is told how many bytes of how many are done, on this goroutine; nil is fine.
	Progress func(done, total int64)
}

// BackedUp is what a backup holds.
type BackedUp struct {
	Files   int   `json:"files"`
	Bytes   int64 `json:"bytes"`             // of all that is in it
	Damaged int   `json:"damaged,omitempty"` // files that are not what they were; in the backup as they are
}

// Backup writes all of this profile, as it is at one moment, to one file under a
// passphrase. Edits go on meanwhile. It blocks for as long as reading all of it takes.
// After an error, and when ctx ends, nothing is there. Errors: backup.ErrShort,
// *ExistsError, ErrNotHere, ErrLogDamaged, ErrDeviceRemoved, docstore.ErrLocked and others
// of docstore's, those of ReadOnly and of the disk.
func (a *App) Backup(ctx context.Context, b BackingUp) (BackedUp, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	if utf8.RuneCountInString(b.Passphrase) < backup.MinPassphrase {
		return BackedUp{}, backup.ErrShort
	}
	if why := a.ReadOnly(); why != nil {
		return BackedUp{}, why
	}
	if st := a.store.AwaitKeys(ctx); st.Err != nil || !st.Known {
		return BackedUp{}, errors.Join(ctx.Err(), st.Err)
	}
	if a.lookAround(); a.DeviceRemoved() {
		return BackedUp{}, ErrDeviceRemoved
	}
	to, err := filepath.Abs(b.To)
	if err != nil {
		return BackedUp{}, fmt.Errorf("finding the place: %w", err)
	}
	b.To = to
	a.backing.Lock()
	defer a.backing.Unlock()
	r := &backingUp{a: a, BackingUp: b, log: filepath.Join(a.opts.Profile, tempFolder, backupLog)}
	defer r.clear()
	if err := r.prepare(ctx); err != nil {
		return BackedUp{}, fmt.Errorf("making a backup: %w", err)
	}
	err = writeWhole(b.To, b.Replace, 0o600, func(w io.Writer) error { return r.write(ctx, w) })
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %w", ErrNotHere, err)
	}
	if err != nil {
		return BackedUp{}, fmt.Errorf("making a backup: %w", err)
	}
	a.UpdateDevice(func(d *Device) { d.BackedUp = a.opts.Now().UnixMilli() })
	a.company.records.Wake() // from now on there may be somebody
	return r.made, a.device.flush()
}

// backingUp is a backup under way.
type backingUp struct {
	a *App
	BackingUp
	log   string // where the log is copied to
	whole docstore.Whole
	total int64
	made  BackedUp
}

func (r *backingUp) clear() { _ = os.Remove(r.log) } // the next one removes it otherwise

// prepare copies the log and counts what there is.
func (r *backingUp) prepare(ctx context.Context) error {
	r.clear()
	a := r.a
	if err := a.makeNamed(ctx); err != nil {
		return err
	}
	if err := a.Flush(ctx); err != nil {
		return err
	}
	var err error
	if r.whole, err = a.store.CopyWhole(ctx, r.log); err != nil {
		if errors.Is(err, docstore.ErrDamaged) {
			err = fmt.Errorf("%w: %w", ErrLogDamaged, err)
		}
		return err
	}
	info, err := os.Stat(r.log)
	if err != nil {
		return err
	}
	r.total = info.Size()
	return a.blobs.Walk(ctx, func(_ blobs.ID, size int64) error {
		r.total += size
		return nil
	})
}

func (r *backingUp) write(ctx context.Context, to io.Writer) error {
	w, err := backup.Create(to, r.Passphrase, backup.Head{Made: r.a.opts.Now().UnixMilli(), App: Version})
	if err != nil {
		return err
	}
	err = errors.Join(w.AddBytes(backup.Header, r.whole.Header), w.AddBytes(backup.Keys, r.whole.Keys))
	if err == nil {
		err = r.add(ctx, w, backup.Log, r.log)
	}
	for _, name := range []string{backup.Device, backup.Unseen, backup.Keymap} {
		if err == nil {
			err = r.addKept(w, name)
		}
	}
	if err == nil {
		err = r.a.blobs.Walk(ctx, func(id blobs.ID, _ int64) error { return r.addBlob(ctx, w, id) })
	}
	if err != nil {
		return err
	}
	return w.Close()
}

// addKept adds a small file of the profile, if it is there and not longer than it can be.
func (r *backingUp) addKept(w *backup.Writer, name string) error {
	b, err := os.ReadFile(filepath.Join(r.a.opts.Profile, name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(b) > maxKept {
		return nil
	}
	if err != nil {
		return err
	}
	if name == backup.Keymap && len(b) > maxKeys {
		return nil
	}
	return w.AddBytes(name, b)
}

func (r *backingUp) addBlob(ctx context.Context, w *backup.Writer, id blobs.ID) error {
	path, err := r.a.blobs.Path(id)
	if err != nil {
		return err
	}
	h := sha256.New()
	if err := r.add(ctx, w, backup.BlobName(string(id)), path, h); err != nil {
		return err
	}
	if r.made.Files++; hex.EncodeToString(h.Sum(nil)) != string(id) {
		r.made.Damaged++
	}
	return nil
}

// add adds a file; its bytes go to also as well.
func (r *backingUp) add(ctx context.Context, w *backup.Writer, name, path string, also ...io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	from := io.TeeReader(f, io.MultiWriter(append(also, r)...))
	return w.Add(ctx, name, info.Size(), from)
}

// Write counts what is done.
func (r *backingUp) Write(p []byte) (int, error) {
	r.made.Bytes += int64(len(p))
	if r.Progress != nil {
		r.Progress(min(r.made.Bytes, r.total), r.total)
	}
	return len(p), nil
}
