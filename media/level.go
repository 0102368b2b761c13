package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
)

// A stored level is a reduced picture in a file of our own: levelMagic, the SHA-256 of its
// name and its body, and the body, a PNG or a JPEG. The name binds it to what it shows.
const (
	levelMagic   = "CKL1"
	levelHead    = len(levelMagic) + sha256.Size
	levelQuality = 88

	// MaxLevelBytes bounds the file of a stored level.
	MaxLevelBytes = 32 << 20
)

// EncodeLevel makes the file of a level under a name of the caller's. Sharp pictures, such
// as pages of text, and those that one can see through are kept exactly; others lose what
// the eye does not miss. It takes milliseconds. Errors: ErrTooLarge.
func EncodeLevel(name string, m *image.RGBA, sharp bool) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, levelHead, 64<<10))
	var err error
	if sharp || !m.Opaque() {
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(b, m)
	} else {
		err = jpeg.Encode(b, m, &jpeg.Options{Quality: levelQuality})
	}
	if err != nil {
		return nil, fmt.Errorf("encoding a level: %w", err)
	}
	file := b.Bytes()
	if len(file) > MaxLevelBytes {
		return nil, fmt.Errorf("level of %d bytes: %w", len(file), ErrTooLarge)
	}
	copy(file, levelMagic)
	sum := levelSum(name, file[levelHead:])
	copy(file[len(levelMagic):], sum[:])
	return file, nil
}

func levelSum(name string, body []byte) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s", len(name), name)
	h.Write(body)
	return [sha256.Size]byte(h.Sum(nil))
}

// Level decodes what EncodeLevel made under the same name, of at most side pixels a side.
// Errors: ErrBroken for a file that is anything else; otherwise as Image.
func (d *Decoder) Level(ctx context.Context, path, name string, side int) (*image.RGBA, error) {
	may := allowance{pictures: 1, box: Size{side, side}.box(), pixels: MaxPixels}
	out, err := d.do(ctx, path, request{Op: opLevel, Name: name}, may)
	if err != nil {
		return nil, err
	}
	return out.only()
}

// decodeLevel checks before it decodes: the disk may give back anything.
func decodeLevel(d *desk, req request) (*reply, error) {
	file := d.file.data
	if len(file) > MaxLevelBytes {
		return nil, fmt.Errorf("level of %d bytes: %w", len(file), ErrTooLarge)
	}
	if len(file) < levelHead || string(file[:len(levelMagic)]) != levelMagic {
		return nil, fmt.Errorf("no level: %w", ErrBroken)
	}
	body := file[levelHead:]
	sum := levelSum(req.Name, body)
	if subtle.ConstantTimeCompare(sum[:], file[len(levelMagic):levelHead]) != 1 {
		return nil, fmt.Errorf("not the level that was stored: %w", ErrBroken)
	}
	_, mime := Sniff(body, "")
	if mime != "image/png" && mime != "image/jpeg" {
		return nil, fmt.Errorf("level in %s: %w", mime, ErrBroken)
	}
	c := codecs[mime]
	_, work, err := c.size(body)
	if err != nil {
		return nil, err
	}
	if _, err := room(work, 1); err != nil {
		return nil, err
	}
	m, err := c.decode(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("decoding a level: %w: %w", ErrBroken, err)
	}
	return &reply{frames: []Frame{{Picture: packed(m)}}}, nil
}

// Reduced gives a picture whose longer side is at most side pixels; m itself if it fits.
func Reduced(m *image.RGBA, side int) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if max(w, h) <= side {
		return m
	}
	return averaged(m, fit(float64(w), float64(h), Size{side, side}, 1, MaxPixels))
}
