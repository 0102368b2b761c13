//go:build linux

package powercut

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/internal/ledger"
	"corkboard/share"
)

// content is bytes of a file that no other has.
func content(random *rand.Rand, n int) []byte {
	b := make([]byte, 1+random.IntN(120<<10))
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return append(b, fmt.Sprint(n)...)
}

func idOf(b []byte) blobs.ID {
	sum := sha256.Sum256(b)
	return blobs.ID(hex.EncodeToString(sum[:]))
}

// importFiles puts files on a board. What is imported is shown before it is saved.
func (e *editor) importFiles(ctx context.Context) error {
	random := rand.New(rand.NewPCG(1, 1))
	for n := 0; !e.stopped(); n++ {
		b := content(random, n)
		card, err := e.app.ImportBytes(ctx, e.app.Home(), board.Point{}, fmt.Sprintf("file %d.bin", n), b)
		if err == nil {
			err = e.app.Flush(ctx)
		}
		if err != nil {
			return err
		}
		e.saved(ledger.IsCard, e.app.Home(), string(card))
		e.saved(isBlob, nowhere, string(idOf(b)))
	}
	return nil
}

// storeFiles stores files by themselves, at once or in pieces as they come from others.
func (e *editor) storeFiles(ctx context.Context) error {
	random := rand.New(rand.NewPCG(2, 2))
	for n := 0; !e.stopped(); n++ {
		b := content(random, n)
		id := idOf(b)
		var err error
		if n%2 == 0 {
			_, _, err = e.app.Blobs().Put(ctx, bytes.NewReader(b))
		} else {
			err = inPieces(ctx, e.app.Blobs(), id, b)
		}
		if err != nil {
			return err
		}
		e.saved(isBlob, nowhere, string(id))
	}
	return nil
}

func inPieces(ctx context.Context, s *blobs.Store, id blobs.ID, b []byte) error {
	half := len(b) / 2
	p, err := s.Partial(id, int64(len(b)), 2)
	if err != nil {
		return err
	}
	defer p.Close()
	for n, part := range [][]byte{b[:half], b[half:]} {
		if _, err := p.WriteAt(part, int64(n*half)); err != nil {
			return err
		}
		if err := p.Mark(n, true); err != nil {
			return err
		}
	}
	return p.Finish(ctx)
}

// changeKeys puts the keys under new ones and changes the person's name.
func (e *editor) changeKeys(ctx context.Context) error {
	w, err := e.app.RecoveryWords()
	if err != nil {
		return err
	}
	words := strings.Fields(w.Reveal())
	i, j := app.AskedWords(w)
	if err := e.app.WordsWritten(words[i-1], words[j-1]); err != nil {
		return err
	}
	for n := 1; !e.stopped(); n++ {
		if err := e.app.Unprotect(); err != nil { // a new key each time
			return err
		}
		if err := e.app.SetProfile(ctx, fmt.Sprintf("person %d", n), [3]byte{}); err != nil {
			return err
		}
		e.saved(isProfile, nowhere, strconv.Itoa(n))
	}
	return nil
}

// changeSettings counts in the settings of the device.
func (e *editor) changeSettings(ctx context.Context) error {
	for n := 1; !e.stopped(); n++ {
		e.app.UpdateDevice(func(d *app.Device) { d.BackedUp = int64(n) })
		if err := e.app.Flush(ctx); err != nil {
			return err
		}
		e.saved(isDevice, nowhere, strconv.Itoa(n))
	}
	return nil
}

// shareBoards shares boards and writes on them, under a new epoch each time.
func (e *editor) shareBoards(ctx context.Context) error {
	for n := 0; !e.stopped(); n++ {
		text, edits := e.app.NewID(), cards.NewText("begun\n")
		if err := e.store.Create(text, edits).Wait(ctx); err != nil {
			return err
		}
		id, receipt := e.app.NewDocument(cards.KindBoard, board.Create("shared", ""))
		if err := receipt.Wait(ctx); err != nil {
			return err
		}
		b := doc.Open(e.store, id, "board", board.Codec{})
		pin := board.Pin{ID: e.app.NewCardID(), Link: share.Link{Document: text, Kind: cards.KindText}}
		if err := b.Do(board.AddCards{Cards: []board.Pin{pin}}).Wait(ctx); err != nil {
			return err
		}
		b.Close()
		id, err := e.app.Share(ctx, id)
		if err != nil {
			return err
		}
		e.saved(ledger.IsCard, id, string(pin.ID))
		if err := e.turns(ctx, n, e.store.Moved(text)); err != nil {
			return err
		}
	}
	return nil
}

// turns writes lines into a shared text, with a new key of its collection for each.
func (e *editor) turns(ctx context.Context, board int, text doc.ID) error {
	in, err := e.store.CollectionOf(text)
	if err != nil {
		return err
	}
	live := doc.Open(e.store, text, "text", cards.TextCodec{})
	defer live.Close()
	for n := 0; n < 4 && !e.stopped(); n++ {
		err := e.store.Govern(ctx, in, func(r *replica.Replica) ([]replica.Item, error) { return r.Rotate(time.Now().UnixMilli()) })
		if err != nil {
			return err
		}
		line := fmt.Sprintf("s%d.%d", board, n)
		if err := live.Do(appendLine{line}).Wait(ctx); err != nil {
			return err
		}
		e.saved(ledger.IsLine, text, line)
	}
	return nil
}

// appendLine writes a line at the end of a text.
type appendLine struct{ line string }

// Plan implements doc.Command.
func (c appendLine) Plan(t cards.Text) (doc.Plan, error) {
	return cards.EditText{Was: t.Text, Now: t.Text + c.line + "\n"}.Plan(t)
}
