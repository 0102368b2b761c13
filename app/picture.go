package app

import (
	"context"
	"fmt"
	"image"

	"golang.org/x/image/draw"

	"corkboard/identity/portrait"
	"corkboard/media"
)

// pictureSource is what a picture is reduced to at first, so that of one twice as long as
// high there is still enough.
const pictureSource = 4 * portrait.Side

// PictureFrom makes a person's picture of the middle of a picture in a file. It
// blocks. Errors: those of media.Decoder.Image.
func (a *App) PictureFrom(ctx context.Context, path string) (string, error) {
	m, _, err := a.media.Image(ctx, path, media.Size{W: pictureSource, H: pictureSource})
	if err != nil {
		return "", fmt.Errorf("reading a person's picture: %w", err)
	}
	b := m.Bounds()
	side := min(b.Dx(), b.Dy())
	middle := image.Rect(0, 0, side, side).Add(b.Min).Add(image.Pt((b.Dx()-side)/2, (b.Dy()-side)/2))
	out := image.NewRGBA(image.Rect(0, 0, portrait.Side, portrait.Side))
	draw.CatmullRom.Scale(out, out.Rect, m, middle, draw.Src, nil)
	return portrait.Of(out), nil
}
