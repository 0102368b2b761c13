package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"corkboard/app"
)

const (
	backupFiles      = 16
	backupFile       = 1 << 30 / backupFiles // bytes of each
	backupFileQuick  = 8 << 20
	backupPassphrase = "measured and forgotten"
)

var errBackup = errors.New("the backup is not what it says")

// backups measures what a backup of a profile with 1 GB of files costs where whole is
// true, else with 128 MB, and what restoring it does.
func backups(ctx context.Context, dir string, whole bool, r results) (err error) {
	size, called := int64(backupFileQuick), "128MB"
	if whole {
		size, called = backupFile, "1GB"
	}
	files, err := os.MkdirTemp("", "corkboard-bench-backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(files)
	a, err := app.Open(ctx, app.Options{Profile: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(ctx)) }()
	for n := range backupFiles {
		path := filepath.Join(files, fmt.Sprintf("%02d.bin", n))
		if err := noise(path, uint64(n), size); err != nil {
			return err
		}
		if _, err := a.ImportTree(ctx, a.Home(), nil, path, nil); err != nil {
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	if err := a.Flush(ctx); err != nil {
		return err
	}
	to := filepath.Join(files, "all.corkbackup")
	var weight func() float64 // from when scrypt's memory is given back
	began := time.Now()
	made, err := a.Backup(ctx, app.BackingUp{To: to, Passphrase: backupPassphrase, Progress: func(done, _ int64) {
		if weight == nil && done > 1<<20 {
			weight = watchWeight(os.Getpid())
		}
	}})
	if err != nil {
		return err
	}
	r["backup_"+called+"_s"] = time.Since(began).Seconds()
	r["backup_"+called+"_rss_growth_mb"] = weight()
	if made.Files != backupFiles || made.Damaged > 0 {
		return fmt.Errorf("%w: %+v", errBackup, made)
	}
	began = time.Now()
	got, err := app.RestoreBackup(ctx, app.Restoring{File: to, Passphrase: backupPassphrase, Profile: filepath.Join(files, "restored")})
	if err != nil {
		return err
	}
	r["restore_"+called+"_s"] = time.Since(began).Seconds()
	if got.Files != backupFiles || got.Damaged+got.Unsound > 0 {
		return fmt.Errorf("%w: %+v", errBackup, got)
	}
	return nil
}

// noise writes a file that cannot be made smaller.
func noise(path string, seed uint64, size int64) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	from, block := rand.NewChaCha8([32]byte{byte(seed)}), make([]byte, 1<<20)
	for left := size; left > 0 && err == nil; left -= int64(len(block)) {
		_, _ = from.Read(block) // never fails
		_, err = f.Write(block)
	}
	return errors.Join(err, f.Close())
}
