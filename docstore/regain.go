package docstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"

	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

// regainedName is what the person's log calls a device that was made of a backup.
const regainedName = "Another device"

// maxFormers bounds the devices of before that one can still open for.
const maxFormers = 64

// Regain makes a profile of a folder that holds nothing but a copied log, and reads all
// of it. It is that of a new device of the same person: the one that was copied may
// still be at work, and two that sign under one key would contradict each other. The new
// one opens what was sealed to the old one. Where a passphrase guarded the keys the given
// one does; else they lie under o.Keyring or beside. It blocks for as long as reading
// takes. Errors: ErrNewer, ErrDamaged, vault.ErrDamaged, vault.ErrNewer, ErrNotAProfile,
// identity.ErrNotEntitled if the device had been removed, those of the disk. Then the
// folder is of no use.
func Regain(ctx context.Context, dir string, w Whole, passphrase string, o Options) (Report, error) {
	r, err := regain(ctx, dir, w, passphrase, o)
	if err != nil {
		return r, fmt.Errorf("restoring a profile: %w", err)
	}
	return r, nil
}

func regain(ctx context.Context, dir string, w Whole, passphrase string, o Options) (Report, error) {
	o = o.filled()
	h, was, by, err := w.read()
	if err != nil {
		return Report{}, err
	}
	if err := isFresh(dir); err != nil {
		return Report{}, err
	}
	if err := verifyLog(ctx, LogPath(dir)); err != nil {
		return Report{}, err
	}
	now, err := succeed(was)
	if err != nil {
		return Report{}, err
	}
	recovery, err := admit(LogPath(dir), was, now, o.Now().UnixMilli())
	if err != nil {
		return Report{}, err
	}
	p := &profile{dir: dir}
	if err := os.Mkdir(p.path(keysName), 0o700); err != nil {
		return Report{}, err
	}
	lock := vault.BySystem(o.Keyring)
	switch {
	case now.Words != nil: // nothing may lock a person out
		lock = vault.BySystem(nil)
	case by == vault.UnderPassphrase:
		lock = vault.ByPassphrase(passphrase)
	case by == vault.UnderFile:
		lock = vault.BySystem(nil)
	}
	if _, err := vault.Create(p.path(keysName), now, recovery, lock); err != nil {
		return Report{}, err
	}
	if err := writeHeader(dir, h); err != nil {
		return Report{}, err
	}
	return proof(ctx, dir, passphrase, o)
}

// succeed is the keys of a new device that takes the place of another one.
func succeed(was vault.Keys) (vault.Keys, error) {
	now := was
	var err error
	if now.Device, err = identity.NewDevice(rand.Reader); err != nil {
		return now, err
	}
	now.Formers = append([]*identity.Former{was.Device.Former()}, was.Formers...)
	now.Formers = slices.Clip(now.Formers[:min(len(now.Formers), maxFormers)])
	return now, nil
}

// admit writes into the copied log that the device of before lets the new one in; that
// is the last thing it signs here.
func admit(path string, was, now vault.Keys, at int64) (recovery identity.RecoveryKey, err error) {
	db, err := sqlite.Open(path, sqlite.Options{Migrations: logSchema})
	if err != nil {
		return recovery, err
	}
	err = db.Write(context.Background(), func(tx *sqlite.Tx) error {
		raws, err := personRecords(tx, was.Person)
		if err != nil {
			return err
		}
		log := identity.NewLog(was.Person)
		for _, raw := range raws {
			if err := log.Add(raw); err != nil {
				return fmt.Errorf("%w: %w", ErrDamaged, err)
			}
		}
		raw, err := log.AddDevice(was.Device, at, now.Device.Apply(was.Person, regainedName))
		if err != nil {
			return err
		}
		state := log.State()
		if len(state.Recovery) == 0 {
			return fmt.Errorf("%w: nobody's keys", ErrDamaged)
		}
		recovery = state.Recovery[0]
		var items []replica.Item // with what has come elsewhere, which the newest builds on
		for _, raw := range append(raws, raw) {
			items = append(items, replica.Item{Sort: replica.PersonRecord, Key: replica.Key(bodyHash(raw)), Raw: raw})
		}
		var last int64
		if err := readLastRow(tx, &last); err != nil {
			return err
		}
		return writeRecords(tx, homeCollection, items, at, &last)
	})
	return recovery, errors.Join(err, db.Close())
}

// proof opens what was made as the program does, and checks it.
func proof(ctx context.Context, dir, passphrase string, o Options) (r Report, err error) {
	s, err := Open(dir, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close(context.WithoutCancel(ctx))) }()
	if s.readOnly != nil {
		return r, s.readOnly
	}
	if state := s.AwaitKeys(ctx); errors.Is(state.Err, ErrLocked) {
		if err := s.Unlock(passphrase); err != nil {
			return r, err
		}
	} else if state.Err != nil {
		return r, state.Err
	}
	if r, err = s.Check(ctx); err == nil && !r.OK() {
		err = fmt.Errorf("%w: %s", ErrDamaged, r.Problems[0].What)
	}
	return r, err
}
