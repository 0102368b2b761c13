package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// The board of photos.
const (
	photoCards  = 2000
	photoPerRow = 50
	photoKinds  = 8 // pictures that differ; each file differs by its comment
	photoW      = 4000
	photoH      = 3000
	photoBlock  = 40 // pixels: enough detail for about a megabyte
)

// photoBoard is pinned to Home where the first of bigBoards is in the other
// profile.
var photoBoard = doc.NewID([32]byte{20})

// photo is the base of many files: a scene with grain, as a JPEG of 12
// megapixels.
func photo(i int) ([]byte, error) {
	r := rand.New(rand.NewPCG(20, uint64(i)))
	img := image.NewYCbCr(image.Rect(0, 0, photoW, photoH), image.YCbCrSubsampleRatio420)
	var blocks [(photoW/photoBlock + 1) * (photoH/photoBlock + 1)]color.YCbCr
	for b := range blocks {
		blocks[b] = color.YCbCr{Y: uint8(40 + r.IntN(160)), Cb: uint8(90 + r.IntN(76)), Cr: uint8(90 + r.IntN(76))}
	}
	at := func(x, y int) color.YCbCr { return blocks[y/photoBlock*(photoW/photoBlock+1)+x/photoBlock] }
	for y := range photoH {
		grain := r.Uint64()
		for x := range photoW {
			grain = grain*6364136223846793005 + 1442695040888963407
			img.Y[img.YOffset(x, y)] = at(x, y).Y + uint8(grain>>61)
			if x%2 == 0 && y%2 == 0 {
				o := img.COffset(x, y)
				img.Cb[o], img.Cr[o] = at(x, y).Cb, at(x, y).Cr
			}
		}
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 80})
	return out.Bytes(), err
}

// withComment is another file of the same picture: a comment behind the start
// of the image.
func withComment(jpg []byte, words string) []byte {
	const start = 2 // bytes of the marker SOI
	out := append(make([]byte, 0, len(jpg)+len(words)+4), jpg[:start]...)
	out = append(out, 0xff, 0xfe)
	out = binary.BigEndian.AppendUint16(out, uint16(len(words)+2))
	out = append(out, words...)
	return append(out, jpg[start:]...)
}

// fillPhotos makes a board of photos. Each file is written, imported and taken
// away again, so that the disk holds them once.
func fillPhotos(r results) func(context.Context, *app.App) error {
	return func(ctx context.Context, a *app.App) error {
		files, err := os.MkdirTemp("", "corkboard-bench-photos-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(files)
		var bases [photoKinds][]byte
		for i := range bases {
			if bases[i], err = photo(i); err != nil {
				return err
			}
		}
		if err := pinPhotoBoard(ctx, a); err != nil {
			return err
		}
		var took []float64
		for i := range photoCards {
			path := filepath.Join(files, fmt.Sprintf("IMG_%04d.JPG", i))
			if err := os.WriteFile(path, withComment(bases[i%photoKinds], fmt.Sprintf("photo %d", i)), 0o600); err != nil {
				return err
			}
			at := board.Point{X: float64(i % photoPerRow * pitchX), Y: float64(i / photoPerRow * pitchY)}
			began := time.Now()
			if err := a.Import(ctx, photoBoard, at, []string{path}, nil)[0].Err; err != nil {
				return err
			}
			took = append(took, millis(time.Since(began)))
			if err := os.Remove(path); err != nil {
				return err
			}
		}
		r["photos_import_ms_p50"] = quantile(took, 0.5)
		return nil
	}
}

func pinPhotoBoard(ctx context.Context, a *app.App) error {
	if err := a.Docs().Create(photoBoard, board.Create("Photos", "")).Wait(ctx); err != nil {
		return fmt.Errorf("making a board: %w", err)
	}
	live := doc.Open(a.Docs(), a.Home(), cards.KindBoard, board.Codec{})
	defer live.Close()
	pin := board.Pin{ID: a.NewCardID(), Link: share.Link{Document: photoBoard, Kind: cards.KindBoard}, At: bigBoards[0].at, Size: nestedSize}
	return live.Do(board.AddCards{Cards: []board.Pin{pin}}).Wait(ctx)
}
