package drawing

import (
	"context"
	"fmt"
	"image/png"
	"io"

	"corkboard/doc"
	"corkboard/renderers"
)

// usualScale is how many pixels of a picture a board unit has, if nobody says otherwise.
const usualScale = 2

// PNG writes a board as a picture, scale pixels a board unit; 0 is the usual. Large boards
// get fewer: renderers.MaxDrawnPixels. Errors: those of renderers.NewDrawing
// and of w.
func PNG(ctx context.Context, env *renderers.Env, id doc.ID, scale float64, w io.Writer) error {
	d, err := renderers.NewDrawing(ctx, env, id)
	if err != nil {
		return err
	}
	defer d.Close()
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
