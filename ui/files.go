package ui

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/ncruces/zenity"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
)

// chooseFiles asks for files in the system's own dialog, or in Fyne's where
// there is none.
func (w *Window) chooseFiles(at board.Point) {
	go func() {
		paths, err := zenity.SelectFileMultiple(zenity.Title("Add files to the board"))
		w.frames.Add(func() {
			switch {
			case err == nil:
				w.importFiles(at, paths)
			case !errors.Is(err, zenity.ErrCanceled):
				dialog.ShowFileOpen(func(r fyne.URIReadCloser, err error) {
					if err == nil && r != nil {
						path := r.URI().Path()
						_ = r.Close()
						w.importFiles(at, []string{path})
					}
				}, w.win)
			}
		})
	}()
}

// saveFile asks for a place and copies a stored file there.
func (w *Window) saveFile(title, blob, extension string) {
	name := cards.File{Title: title, Extension: extension}.SaveName()
	go func() {
		path, err := zenity.SelectFileSave(zenity.Filename(name), zenity.ConfirmOverwrite())
		w.frames.Add(func() {
			switch {
			case err == nil:
				w.work(func(context.Context) error { return w.copyOut(blob, path) })
			case !errors.Is(err, zenity.ErrCanceled):
				w.saveInFyne(name, blob)
			}
		})
	}()
}

func (w *Window) saveInFyne(name, blob string) {
	d := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if err != nil || to == nil {
			return
		}
		path := to.URI().Path()
		_ = to.Close()
		w.work(func(context.Context) error { return w.copyOut(blob, path) })
	}, w.win)
	d.SetFileName(name)
	d.Show()
}

// openFile hands a copy of a stored file to the program that the system has
// for it: the stored file itself must not change.
func (w *Window) openFile(title, blob, extension string) {
	w.work(func(context.Context) error {
		dir, err := os.MkdirTemp("", "corkboard-")
		if err != nil {
			return err
		}
		path := filepath.Join(dir, cards.File{Title: title, Extension: extension}.SaveName())
		if err := w.copyOut(blob, path); err != nil {
			return err
		}
		u, err := url.Parse(storage.NewFileURI(path).String())
		if err != nil {
			return err
		}
		return w.fyne.OpenURL(u)
	})
}

// copyOut writes a stored file to a path, whole or not at all.
func (w *Window) copyOut(blob, path string) error {
	from, err := w.app.Blobs().Open(blobs.ID(blob))
	if err != nil {
		return err
	}
	defer from.Close()
	part := path + ".part"
	to, err := os.Create(part)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	if err == nil {
		err = to.Sync()
	}
	if e := to.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(part)
		return err
	}
	return os.Rename(part, path)
}
