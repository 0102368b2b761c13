package app

import (
	"context"
	"errors"
	"image"

	"corkboard/blobs"
	"corkboard/media/pyramid"
)

// FilePath is where a stored file lies, for decoding it: it is read whole and compared with
// its name first, once while the profile is open. A damaged one is fetched again from
// others who have it. It blocks. Errors: blobs.ErrMissing, ErrDamaged, ErrBadID, the context's.
func (a *App) FilePath(ctx context.Context, id blobs.ID) (string, error) {
	path, err := a.blobs.Path(id)
	if err == nil {
		err = a.trust(ctx, id)
	}
	return path, err
}

// Picture is a stored picture, or a page of a PDF, whose longer side is at most side
// pixels. It blocks. Errors: those of FilePath and of pyramid.Get.
func (a *App) Picture(ctx context.Context, id blobs.ID, pdf bool, page, side int) (*image.RGBA, error) {
	path, err := a.blobs.Path(id)
	if err != nil {
		return nil, err
	}
	return a.pics.Get(ctx, a.source(id, path, pdf, page), side)
}

// source is a stored file to decode; reduced pictures of it have checks of their own.
func (a *App) source(id blobs.ID, path string, pdf bool, page int) pyramid.Source {
	return pyramid.Source{
		ID: string(id), Path: path, PDF: pdf, Page: page,
		Trust: func(ctx context.Context) error { return a.trust(ctx, id) },
	}
}

// trust is that of blobs; what is damaged is wanted again.
func (a *App) trust(ctx context.Context, id blobs.ID) error {
	err := a.blobs.Trust(ctx, id)
	if errors.Is(err, blobs.ErrDamaged) {
		a.files.wantAgain(id)
	}
	return err
}

// wantAgain wants a file that was here.
func (f *files) wantAgain(id blobs.ID) {
	f.mu.Lock()
	for _, k := range f.known {
		if k.blob == id && f.wants[id] == nil {
			f.wants[id] = &wanted{known: k, since: f.a.opts.Now()}
		}
	}
	f.mu.Unlock()
	f.poke()
}
