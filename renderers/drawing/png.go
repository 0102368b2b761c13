package drawing

import (
	"context"
	"fmt"
	"image/png"
	"io"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers"
)

// usualScale is how many pixels of a picture a board unit has, if nobody says otherwise.
const usualScale = 2

// PNG writes a board as a picture, scale pixels a board unit; 0 is the usual. Large boards
// get fewer: renderers.MaxDrawnPixels. Errors: those of renderers.NewDrawing
// and of w.
func PNG(ctx context.Context, env *renderers.Env, id doc.ID, scale float64, w io.Writer) error {
	return picture(ctx, env, id, func(*renderers.Drawing) {}, scale, w)
}

// PNGOf is PNG of some cards of a board alone.
func PNGOf(ctx context.Context, env *renderers.Env, id doc.ID, ids []board.CardID, scale float64, w io.Writer) error {
	return picture(ctx, env, id, func(d *renderers.Drawing) { d.Only(ids) }, scale, w)
}

func picture(ctx context.Context, env *renderers.Env, id doc.ID, change func(*renderers.Drawing), scale float64, w io.Writer) error {
	d, err := renderers.NewDrawing(ctx, env, id)
	if err != nil {
		return err
	}
	defer d.Close()
	change(d)
	if scale <= 0 {
		scale = usualScale
	}
	img := d.Picture(scale)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img); err != nil {
		return fmt.Errorf("writing the picture: %w", err)
	}
	return nil
}
