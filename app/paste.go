package app

import (
	"context"
	"net/url"
	"os"
	"runtime"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// pushPin begins the links of PushPin.
const pushPin = "hypermerge:/"

// Paste puts a text on a board as what it is: links of our own as cards that
// show the same documents, web addresses as cards of their pages, a list of file addresses as the files, anything else
// as a text card, a long one as a text file. With plain it is text whatever it
// says. It returns the cards that it made, also beside an error. Errors: share.ErrBadLink, ErrPushPin, ErrShared; those of Import,
// joined. It blocks.
func (a *App) Paste(ctx context.Context, boardID doc.ID, at board.Point, text string, plain bool) ([]board.CardID, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	at = a.snapped(at)
	if !plain {
		switch links, err := a.readLinks(ctx, text); {
		case err != nil:
			return nil, err
		case len(links) > 0:
			if links, err = a.standFor(ctx, boardID, links); err != nil {
				return nil, err
			}
			return a.pinLinks(ctx, boardID, at, links)
		}
		if addresses := cards.WebAddresses(text); len(addresses) > 0 {
			return a.AddPages(ctx, boardID, at, addresses)
		}
		if paths := fileList(text); len(paths) > 0 {
			ids, errs := made(a.Import(ctx, boardID, at, paths, nil))
			return ids, together(errs)
		}
	}
	text, ok := plainText(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\ufffd"))
	if !ok {
		return nil, nil // nothing to read
	}
	if len(text) > maxText {
		return one(a.ImportBytes(ctx, boardID, at, "Pasted text.txt", []byte(text)))
	}
	return one(a.pinNew(ctx, boardID, at, "", cards.KindText, cards.NewText(text)))
}

// made is the cards that an import has made, and what went wrong.
func made(results []Imported) (ids []board.CardID, errs []error) {
	for _, r := range results {
		if r.Err != nil {
			errs = append(errs, r.Err)
		} else {
			ids = append(ids, r.Card)
		}
	}
	return ids, errs
}

// one is a list of one card, or of none beside an error.
func one(id board.CardID, err error) ([]board.CardID, error) {
	if err != nil {
		return nil, err
	}
	return []board.CardID{id}, nil
}

// readLinks reads a text that is nothing but links of our own, one a line, and takes
// up the invitations in them. Errors: those of parseLinks and Join; share.ErrShared
// for a shared board that is not here and that the link does not invite to.
func (a *App) readLinks(ctx context.Context, text string) ([]share.Link, error) {
	links, err := parseLinks(text)
	if err != nil {
		return nil, err
	}
	for n, l := range links {
		if l.Invites() {
			if _, err := a.takeLink(ctx, l); err != nil {
				return nil, err
			}
		} else if l.Shared() && !a.knows(l) {
			return nil, share.ErrShared
		}
		links[n] = l.Bare()
	}
	return links, nil
}

// parseLinks reads a text that is nothing but links of our own, one a line.
// Other texts give none. A line that announces itself as a link and is none is
// an error: errors of share.Parse, share.ErrStorage, share.ErrDevice.
func parseLinks(text string) ([]share.Link, error) {
	lines := wordLines(text)
	for _, line := range lines {
		old := len(line) > len(pushPin) && strings.EqualFold(line[:len(pushPin)], pushPin) && !strings.ContainsAny(line, " \t")
		if !share.Is(line) && !old {
			return nil, nil
		}
	}
	var links []share.Link
	for _, line := range lines {
		l, err := share.Parse(line)
		if err == nil && l.Kind == share.KindStorage {
			err = share.ErrStorage
		}
		if err == nil && l.Kind == share.KindDevice {
			err = share.ErrDevice
		}
		if err != nil {
			return nil, err
		}
		links = append(links, l)
	}
	return links, nil
}

// wordLines is the lines that are not empty, without space around them.
func wordLines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// fileList reads what file managers put on a clipboard: file addresses, one a
// line. It gives none if any line is something else or no such file is there:
// then it is a text about files.
func fileList(text string) []string {
	var paths []string
	found := false
	for i, line := range wordLines(text) {
		if strings.HasPrefix(line, "#") || i < 2 && (line == "x-special/nautilus-clipboard" || line == "copy" || line == "cut") {
			continue
		}
		path, ok := filePath(line)
		if !ok {
			return nil
		}
		if _, err := os.Lstat(path); err == nil {
			found = true
		}
		paths = append(paths, path)
	}
	if !found {
		return nil
	}
	return paths
}

func filePath(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "file" || u.Path == "" || u.Host != "" && u.Host != "localhost" {
		return "", false
	}
	if runtime.GOOS == "windows" {
		return strings.TrimPrefix(u.Path, "/"), true
	}
	return u.Path, true
}
