package bitflip

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/internal/proof"
)

// shown is all that a profile shows, and what it says of what it does not show.
type shown struct {
	is    map[string]string // "document ID", "file HASH", "picture HASH 64" …
	named map[string]error
	on    map[string][]string // the documents that name a file or picture
}

// says reports whether it is said why something is not shown: of itself, or of all
// documents that would name it.
func (s shown) says(what string, on []string) bool {
	all := len(on) > 0
	for _, document := range on {
		all = all && s.named[document] != nil
	}
	return all || s.named[what] != nil
}

func (s shown) put(what, is string, err error) {
	if err != nil {
		s.named[what] = err
	}
	if is != "" {
		s.is[what] = is
	}
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:8])
}

// listed is what is named if documents may be missing in the list of them.
const listed = "the list of documents"

// look looks at everything as the window does: documents by their views, pictures
// reduced, files copied out, the results of searches, names and settings.
func look(ctx context.Context, a *app.App) shown {
	s := shown{map[string]string{}, map[string]error{}, map[string][]string{}}
	store := a.Docs().(*docstore.Store)
	s.put("keys", "", store.AwaitKeys(ctx).Err)
	s.put("home", string(a.Home()), nil)
	s.put("settings", fmt.Sprint(a.Device().BackedUp), nil)
	list, err := store.Documents(ctx)
	s.put(listed, "", err)
	for _, i := range list {
		root, err := whole(ctx, a, i.ID)
		s.put("document "+string(i.ID), root, err)
	}
	for id, on := range files(ctx, a) {
		b, err := copied(ctx, a, id)
		s.put("file "+string(id), sum(b), err)
		s.on["file "+string(id)] = on
		for _, side := range []int{64, 256, 600} {
			what := fmt.Sprintf("picture %s %d", id, side)
			m, err := a.Picture(ctx, id, false, 0, side)
			s.on[what] = on
			if err == nil {
				s.put(what, sum(m.Pix), nil)
			} else if strings.Contains(err.Error(), blobs.ErrDamaged.Error()) {
				s.put(what, "", err)
			}
		}
	}
	for _, word := range []string{"word3", "line7", "plans"} {
		is, err := found(ctx, a, word)
		s.put("search "+word, is, err)
	}
	return s
}

// whole is all of a document, as JSON, and why it is not all.
func whole(ctx context.Context, a *app.App, id doc.ID) (string, error) {
	var root doc.Map
	live := doc.Open(a.Docs(), id, "whole", wholeCodec{})
	defer live.Close()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	proof.Eventually(ctx, func() bool { return live.Snapshot().State != doc.Loading })
	now := live.Snapshot()
	if now.State != doc.Ready {
		return "", errors.Join(now.Err, fmt.Errorf("state %v", now.State))
	}
	root = now.Value
	b, err := doc.EncodeValue(root)
	return string(b), errors.Join(err, now.Err)
}

// wholeCodec shows a document as it is.
type wholeCodec struct{}

func (wholeCodec) Decode(s doc.Source) doc.Map {
	v, _ := s.Value(nil)
	m, _ := v.(doc.Map)
	return m
}

func (c wholeCodec) Update(_ doc.Map, _ []doc.Path, s doc.Source) doc.Map { return c.Decode(s) }

// files are the stored files that documents name, with what look calls those.
func files(ctx context.Context, a *app.App) map[blobs.ID][]string {
	out := map[blobs.ID][]string{}
	list, _ := a.Docs().(*docstore.Store).Documents(ctx)
	for _, i := range list {
		_, _ = a.Docs().(*docstore.Store).Examine(ctx, i.ID, func(src doc.Source) {
			for _, f := range cards.StoredIn(src) {
				out[blobs.ID(f.Blob)] = append(out[blobs.ID(f.Blob)], "document "+string(i.ID))
			}
		})
	}
	for id := range out {
		if !a.Blobs().Has(id) && len(a.Addresses()) > 0 {
			delete(out, id) // still to come
		}
	}
	return out
}

func copied(ctx context.Context, a *app.App, id blobs.ID) ([]byte, error) {
	dir, err := os.MkdirTemp("", "bitflip-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	to := filepath.Join(dir, "file")
	if err := a.CopyOut(ctx, id, to); err != nil {
		return nil, err
	}
	f, err := os.Open(to)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
