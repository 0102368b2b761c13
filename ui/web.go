package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/docstore/replica"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// maxFileText is how much of a stored text is shown, in bytes.
const maxFileText = 1 << 20

// fileText reads a stored text.
func fileText(ctx context.Context, a *app.App, blob string) (string, error) {
	path, err := a.FilePath(ctx, blobs.ID(blob))
	if errors.Is(err, blobs.ErrMissing) {
		return "", fmt.Errorf("%w: %w", err, renderers.ErrAbsent)
	}
	if err != nil {
		return "", err
	}
	r, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxFileText))
	return strings.ToValidUTF8(string(b), ""), err
}

// Fetching implements renderers.PageFetcher.
func (k known) Fetching(address string) bool {
	f, ok := k.t.(interface{ Capturing(address string) bool })
	return ok && f.Capturing(address)
}

// captureAgain fetches the page of a document on this device.
func (w *Window) captureAgain(id docID) {
	why := w.elsewhen()
	if why == nil {
		why = w.refusal()
	}
	if why == nil && w.reads() {
		why = replica.ErrNotAllowed
	}
	if why != nil {
		w.tell(why)
		return
	}
	w.work(func(ctx context.Context) error { return w.app.CaptureAgain(ctx, id) })
}

// addPages pins cards of web pages, at a place of a board or where there is room on
// another document's.
func (w *Window) addPages(at board.Point, addresses []string) {
	if why := w.elsewhen(); why != nil {
		w.tell(why)
		return
	}
	id, v := w.boardID(), w.board
	w.selectLater(v, func(ctx context.Context) ([]board.CardID, error) {
		if v == nil {
			free, err := w.app.FreePlace(ctx, id)
			if err != nil {
				return nil, err
			}
			at = free
		}
		return w.app.AddPages(ctx, id, at, addresses)
	})
}

// pageItems are what the menu of a card offers for a web page.
func (w *Window) pageItems(id docID, u cards.URL) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		when(u.Address != "", fyne.NewMenuItem(lang.T("Open in browser"), func() { w.env.OpenURL(u.Address) })),
		when(u.Address != "" && !w.env.ReadOnly, fyne.NewMenuItem(lang.T("Capture again"), func() { w.captureAgain(id) })),
		when(u.Archive.Blob != "", fyne.NewMenuItem(lang.T("Save page as…"), func() { w.saveFile(u.CardTitle(), u.Archive.Blob, "html") })),
	}
}

// droppedAddress is the web address that was dragged from a browser: the toolkit takes
// it for the path of a file in this program's folder.
func droppedAddress(path string) (string, bool) {
	here, err := os.Getwd()
	if err != nil {
		return "", false
	}
	rest, ok := strings.CutPrefix(filepath.ToSlash(path), strings.TrimSuffix(filepath.ToSlash(here), "/")+"/")
	scheme, rest, colon := strings.Cut(rest, ":/")
	if !ok || !colon || scheme != "http" && scheme != "https" {
		return "", false
	}
	return cards.WebAddress(scheme + "://" + strings.ReplaceAll(strings.TrimPrefix(rest, "/"), " ", "%20"))
}
