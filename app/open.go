package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/media"
	"corkboard/media/pyramid"
	"corkboard/share"
)

// Folders and files of a profile that belong to this room.
const (
	blobFolder    = "blobs"
	tempFolder    = "tmp"
	pictureFolder = "pictures" // a cache: it can be deleted at any time
	deviceName    = "device.json"
)

// Where the welcome card of a first run lies, in board units.
const (
	welcomeAt    = 80
	welcomeWidth = 420
)

// Open opens a profile, and makes it with a Home board when there is none. A
// profile of a newer version opens read-only: see ReadOnly. Errors: those of
// docstore.Open (ErrLocked above all) and blobs.Open. It blocks.
func Open(ctx context.Context, o Options) (*App, error) {
	o = o.withDefaults()
	dir, err := filepath.Abs(o.Profile)
	if err != nil {
		return nil, fmt.Errorf("finding the profile: %w", err)
	}
	o.Profile = dir
	s, err := openDocuments(o)
	if err != nil {
		return nil, fmt.Errorf("opening the documents: %w", err)
	}
	files, err := blobs.Open(filepath.Join(dir, blobFolder), filepath.Join(dir, tempFolder))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the files: %w", err), s.Close(ctx))
	}
	a := &App{opts: o, store: s, blobs: files, home: derive("home", s.Profile().ID)}
	a.ctx, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	a.workspace = doc.Open[cards.Workspace](s, derive(cards.KindWorkspace, s.Profile().ID), cards.KindWorkspace, cards.WorkspaceCodec{})
	a.places = places{byID: map[doc.ID]newest{}, asking: map[doc.ID]bool{}}
	a.nearby.a = a
	a.devices = newDevices(a)
	a.company, a.files, a.storage = newCompany(a), newFiles(a), newStorage(a)
	a.pages = newPages(a)
	a.clips = newClips(a)
	a.folders.a = a
	a.device = openKept(filepath.Join(dir, deviceName), s.ReadOnly() != nil, o.Log, defaultDevice, (*Device).repaired)
	a.media = media.New(o.Media)
	a.pics = pyramid.New(a.media, pyramid.Options{
		Dir: filepath.Join(dir, pictureFolder), ReadOnly: s.ReadOnly() != nil, Log: o.Log,
	})
	a.finder = newFinder(a)
	a.unseen = newUnseen(a)
	if err := a.firstRun(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("making the Home board: %w", err), a.Close(ctx))
	}
	a.meet()
	a.finder.start()
	a.unseen.start()
	return a, nil
}

// derive makes an id that needs no bookkeeping: the same for a profile always.
func derive(what, profile string) doc.ID {
	return doc.NewID(sha256.Sum256([]byte(what + "|" + profile)))
}

// firstRun makes the Home board with its welcome card. The card is part of the
// board's first change: there is no half first run.
func (a *App) firstRun(ctx context.Context) error {
	if a.store.ReadOnly() != nil {
		return nil
	}
	if here, err := a.store.Exists(a.home); here || err != nil {
		return err
	}
	welcome := derive("welcome", a.store.Profile().ID)
	err := a.saved(ctx, a.store.Create(welcome, cards.NewText(cards.WelcomeIn(a.opts.Language))))
	if err != nil && !errors.Is(err, doc.ErrExists) {
		return err
	}
	t := doc.NewTree(nil)
	edits := board.Create(cards.HomeTitle, "")
	if _, err := t.Apply(edits); err != nil {
		return err
	}
	plan, err := board.AddCards{Cards: []board.Pin{{
		ID:   "welcome",
		Link: share.Link{Document: welcome, Kind: cards.KindText},
		At:   board.Point{X: welcomeAt, Y: welcomeAt},
		Size: board.Size{W: welcomeWidth, H: 0},
	}}}.Plan(board.Codec{}.Decode(t))
	if err != nil {
		return err
	}
	err = a.saved(ctx, a.store.Create(a.home, append(edits, plan.Edits...)))
	if errors.Is(err, doc.ErrExists) {
		return nil
	}
	if err == nil {
		a.UpdateDevice(func(d *Device) {
			if d.Welcome == "" {
				d.Welcome = WelcomeDue
			}
		})
	}
	return err
}

// Flush waits until everything is on disk. It blocks.
func (a *App) Flush(ctx context.Context) error {
	if err := a.settle(ctx); err != nil {
		return err
	}
	return errors.Join(a.unseen.file.flush(), a.device.flush(), a.store.Flush(ctx))
}

// Close finishes what was begun, saves and closes the profile. If something
// cannot be saved it says why (docstore.ErrNotSaved) and may be called again.
// It blocks.
func (a *App) Close(ctx context.Context) error {
	begun := a.settle(ctx)
	a.mu.Lock()
	a.closed = true
	a.mu.Unlock()
	a.nearby.end()
	a.stop()
	a.company.end()
	a.pages.client.Close()
	a.workspace.Close()
	a.devices.close()
	a.company.hub.Close()
	a.media.Close() // first: nobody waits for a decoding then
	a.pics.Close()
	return errors.Join(begun, a.finder.close(), a.unseen.close(), a.device.close(), a.store.Close(ctx))
}

// settle waits for what was begun and has not reached the store yet.
func (a *App) settle(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		a.work.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("finishing what was begun: %w", ctx.Err())
	}
}

// quick bounds work that a person waits for.
const quick = 30 * time.Second

// briefly is a context for such work; it also ends with the App.
func (a *App) briefly() (context.Context, context.CancelFunc) {
	return context.WithTimeout(a.ctx, quick)
}

// within is a context that also ends with the App.
func (a *App) within(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(a.ctx, cancel)
	return ctx, func() { stop(); cancel() }
}
