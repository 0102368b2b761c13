package ui

import (
	"context"
	"errors"
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
	"corkboard/ui/lang"
)

// chooseFiles asks for files in the system's own dialog, or in Fyne's where
// there is none.
func (w *Window) chooseFiles(at board.Point) {
	go func() {
		paths, err := zenity.SelectFileMultiple(zenity.Title(lang.T("Add files to the board")))
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

// choosePath asks for a file or a folder, in the system's own dialog or in Fyne's where there
// is none, and hands on where it is, on the UI goroutine.
func (w *Window) choosePath(title string, folder bool, chosen func(path string)) {
	go func() {
		options := []zenity.Option{zenity.Title(title)}
		if folder {
			options = append(options, zenity.Directory())
		}
		path, err := zenity.SelectFile(options...)
		w.frames.Add(func() {
			switch {
			case err == nil:
				chosen(path)
			case errors.Is(err, zenity.ErrCanceled):
			case folder:
				dialog.ShowFolderOpen(func(dir fyne.ListableURI, err error) {
					if err == nil && dir != nil {
						chosen(dir.Path())
					}
				}, w.win)
			default:
				dialog.ShowFileOpen(func(r fyne.URIReadCloser, err error) {
					if err == nil && r != nil {
						chosen(r.URI().Path())
						_ = r.Close() // only its name is wanted
					}
				}, w.win)
			}
		})
	}()
}

// choosePlace asks where a file is to be written, as choosePath; Fyne's dialog asks for its folder.
func (w *Window) choosePlace(at string, chosen func(path string)) {
	go func() {
		path, err := zenity.SelectFileSave(zenity.Filename(at))
		w.frames.Add(func() {
			switch {
			case err == nil:
				chosen(path)
			case !errors.Is(err, zenity.ErrCanceled):
				dialog.ShowFolderOpen(func(dir fyne.ListableURI, err error) {
					if err == nil && dir != nil {
						chosen(filepath.Join(dir.Path(), filepath.Base(at)))
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
				w.work(func(ctx context.Context) error { return w.copyOut(ctx, blob, path) })
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
		w.work(func(ctx context.Context) error { return w.copyOut(ctx, blob, path) })
	}, w.win)
	d.SetFileName(name)
	d.Show()
}

// openFile hands a copy of a stored file to the program that the system has for it.
func (w *Window) openFile(title, blob, extension string) {
	w.openCopy(cards.File{Title: title, Blob: blob, Extension: extension}, func(path string) error {
		u, err := url.Parse(storage.NewFileURI(path).String())
		if err != nil {
			return err
		}
		return w.fyne.OpenURL(u)
	})
}

// openCopy hands a copy of a stored file on: the stored file itself must not change.
func (w *Window) openCopy(f cards.File, open func(path string) error) {
	w.work(func(ctx context.Context) error {
		dir, err := os.MkdirTemp("", "corkboard-")
		if err != nil {
			return err
		}
		path := filepath.Join(dir, f.SaveName())
		if err := w.copyOut(ctx, f.Blob, path); err != nil {
			return err
		}
		return open(path)
	})
}

// copyOut writes a stored file to a path, whole or not at all. What was there
// is replaced.
func (w *Window) copyOut(ctx context.Context, blob, path string) error {
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := w.app.CopyOut(ctx, blobs.ID(blob), part); err != nil {
		return err
	}
	return os.Rename(part, path)
}
