package x11

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"github.com/jezek/xgb/xproto"
)

// ErrPixels says that the screen's pixels are not 4 bytes of blue, green, red
// and nothing.
var ErrPixels = errors.New("unknown pixel format")

// Shot takes a picture of a part of the screen, cut to the screen. Errors:
// ErrPixels.
func (d *Display) Shot(part image.Rectangle) (*image.RGBA, error) {
	part = part.Intersect(d.Screen())
	reply, err := xproto.GetImage(d.conn, xproto.ImageFormatZPixmap, xproto.Drawable(d.screen.Root),
		int16(part.Min.X), int16(part.Min.Y), uint16(part.Dx()), uint16(part.Dy()), ^uint32(0)).Reply()
	if err != nil {
		return nil, fmt.Errorf("take a picture of %v: %w", part, err)
	}
	if len(reply.Data) != 4*part.Dx()*part.Dy() || xproto.Setup(d.conn).ImageByteOrder != xproto.ImageOrderLSBFirst {
		return nil, fmt.Errorf("take a picture of %v: %w", part, ErrPixels)
	}
	picture := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	for i := 0; i < len(reply.Data); i += 4 {
		from, to := reply.Data[i:i+4:i+4], picture.Pix[i:i+4:i+4]
		to[0], to[1], to[2], to[3] = from[2], from[1], from[0], 0xff
	}
	return picture, nil
}

// SavePNG writes a picture to a file and makes the folders above it.
func SavePNG(path string, picture image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("save a picture: %w", err)
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("save a picture: %w", err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(file, picture); err != nil {
		return errors.Join(fmt.Errorf("save a picture: %w", err), file.Close())
	}
	return file.Close()
}
