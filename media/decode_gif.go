package media

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"slices"

	"golang.org/x/image/draw"
)

// shortestDelay and defaultDelay are what browsers do, in ms: files that ask for no delay
// mean "as fast as the machines of 1995".
const (
	shortestDelay = 20
	defaultDelay  = 100
)

func decodeFrames(d *desk, req request) (*reply, error) {
	data := d.file.data
	if _, mime := Sniff(data, ""); mime != "image/gif" {
		return nil, fmt.Errorf("%s is not animated: %w", mime, ErrUnsupported)
	}
	c := codecs["image/gif"]
	size, _, err := c.size(data)
	if err != nil {
		return nil, err
	}
	// Two canvases are at hand at a time, and a stored and a composed picture of each frame.
	most, err := room(8*size.pixels(), 1)
	if err != nil {
		return nil, err
	}
	to := fit(float64(size.W), float64(size.H), Size{req.W, req.H}.box(), 1, min(most, maxAnimPixels))
	room := (maxWork - 8*size.pixels()) / (size.pixels() + 4*to.pixels())
	n := int(min(int64(req.Max), MaxFrames, maxAnimPixels/to.pixels(), room))
	g, err := firstFrames(data, max(1, n))
	if err != nil {
		return nil, fmt.Errorf("decoding gif: %w: %w", ErrBroken, err)
	}
	frames := compose(g, size, to)
	info := Info{
		Format: "gif", MIME: "image/gif", Width: size.W, Height: size.H, Pages: 1,
		Animated: len(scanGIF(data, 2).ends) > 1, Average: meanColor(frames[0].Picture),
	}
	return &reply{Info: info, frames: frames, heavy: true}, nil
}

// firstFrames decodes up to n whole frames: the rest of the file is cut off before decoding,
// for the decoder has no limit of its own.
func firstFrames(data []byte, n int) (*gif.GIF, error) {
	scan := scanGIF(data, n)
	if len(scan.ends) == 0 {
		return nil, fmt.Errorf("no whole frame")
	}
	const trailer = 0x3b
	end := scan.ends[len(scan.ends)-1]
	return gif.DecodeAll(bytes.NewReader(append(slices.Clip(data[:end]), trailer)))
}

// compose paints the frames one over the other, as their disposal says.
func compose(g *gif.GIF, size, to Size) []Frame {
	canvas := image.NewRGBA(image.Rect(0, 0, size.W, size.H))
	var before *image.RGBA
	var out []Frame
	for i, frame := range g.Image {
		disposal := g.Disposal[i]
		if disposal == gif.DisposalPrevious {
			before = copied(canvas)
		}
		draw.Draw(canvas, frame.Rect, frame, frame.Rect.Min, draw.Over)
		shown := scaled(canvas, to)
		if shown == canvas {
			shown = copied(canvas)
		}
		out = append(out, Frame{shown, delayMS(g.Delay[i])})
		switch disposal {
		case gif.DisposalBackground:
			draw.Draw(canvas, frame.Rect, image.Transparent, image.Point{}, draw.Src)
		case gif.DisposalPrevious:
			canvas = before
		}
	}
	return out
}

func copied(m *image.RGBA) *image.RGBA {
	return &image.RGBA{Pix: slices.Clone(m.Pix), Stride: m.Stride, Rect: m.Rect}
}

// delayMS converts hundredths of a second.
func delayMS(hundredths int) int {
	if ms := 10 * hundredths; ms >= shortestDelay {
		return ms
	}
	return defaultDelay
}
