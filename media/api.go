package media

import (
	"context"
	"image"
)

// Names of the operations, as requests carry them.
const (
	opImage   = "image"
	opLevel   = "level"
	opProbe   = "probe"
	opFrames  = "frames"
	opPage    = "page"
	opPDF     = "pdf"
	opText    = "text"
	opAllText = "alltext"
)

// Image decodes a picture and reduces it to fit in want, keeping its aspect; raster pictures
// are never enlarged, SVG fills the box. EXIF orientation is applied. A zero side of want
// asks for the full size. The caller owns the result.
// Errors: ErrTooLarge, ErrUnsupported (also for a PDF), ErrBroken, ErrTimeout,
// ErrWorkerDied, ErrClosed, the context's and those of opening the file.
func (d *Decoder) Image(ctx context.Context, path string, want Size) (*image.RGBA, Info, error) {
	box := want.box()
	may := allowance{pictures: 1, box: box, pixels: MaxPixels}
	out, err := d.do(ctx, path, request{Op: opImage, W: want.W, H: want.H}, may)
	if err != nil {
		return nil, Info{}, err
	}
	m, err := out.only()
	return m, out.Info, err
}

// Probe describes a picture, a PDF, a sound or a film. It decodes a picture wholly: one that it
// describes can be shown, and Average is true; of a film there is an Average if it has a poster,
// which Image gives. Of a long sound it gives the bars that there is time for. Errors: as Image, and ErrEncrypted.
func (d *Decoder) Probe(ctx context.Context, path string) (Info, error) {
	out, err := d.do(ctx, path, request{Op: opProbe}, allowance{})
	if err != nil {
		return Info{}, err
	}
	return out.Info, nil
}

// Frames decodes an animated GIF, each frame composed as it is shown and reduced to fit in
// want. It gives at most maxFrames, and fewer when they would be too many pixels together;
// a cut file gives the frames that are whole. A GIF of one picture gives one frame.
// Errors: as Image; ErrUnsupported for other formats.
func (d *Decoder) Frames(ctx context.Context, path string, want Size, maxFrames int) ([]Frame, error) {
	maxFrames = max(1, min(maxFrames, MaxFrames))
	may := allowance{pictures: maxFrames, box: want.box(), pixels: MaxPixels}
	out, err := d.do(ctx, path, request{Op: opFrames, W: want.W, H: want.H, Max: maxFrames}, may)
	if err != nil {
		return nil, err
	}
	if _, err := out.only(); err != nil {
		return nil, err
	}
	return out.frames, nil
}

// Page renders a page (from 0) of a PDF on white, as large as fits in want, of at most
// MaxPagePixels. A zero want gives one pixel a point. Annotations and form fields are not
// drawn. Errors: as Image; ErrEncrypted, ErrNoPage; ErrUnsupported for no PDF.
func (d *Decoder) Page(ctx context.Context, path string, page int, want Size) (*image.RGBA, error) {
	may := allowance{pictures: 1, box: want.box(), pixels: MaxPagePixels}
	out, err := d.do(ctx, path, request{Op: opPage, Page: page, W: want.W, H: want.H}, may)
	if err != nil {
		return nil, err
	}
	return out.only()
}

// PDFInfo tells a PDF's pages, their sizes and its title. Errors: as Page.
func (d *Decoder) PDFInfo(ctx context.Context, path string) (PDFInfo, error) {
	out, err := d.do(ctx, path, request{Op: opPDF}, allowance{})
	if err != nil {
		return PDFInfo{}, err
	}
	if out.PDF == nil {
		return PDFInfo{}, ErrWorkerDied
	}
	return *out.PDF, nil
}

// Text gives a page's text with the places of its words. A page without text, such as a
// scanned one, gives no lines. Errors: as Page.
func (d *Decoder) Text(ctx context.Context, path string, page int) (PageText, error) {
	out, err := d.do(ctx, path, request{Op: opText, Page: page}, allowance{})
	if err != nil {
		return PageText{}, err
	}
	if out.Text == nil {
		return PageText{}, ErrWorkerDied
	}
	return *out.Text, nil
}

// AllText gives the text of a PDF from its first page on, valid UTF-8 of at most maxBytes,
// pages divided by a form feed. Of a long document it gives what there is time for.
// Errors: as Page.
func (d *Decoder) AllText(ctx context.Context, path string, maxBytes int) (string, error) {
	maxBytes = max(0, min(maxBytes, MaxTextBytes))
	out, err := d.do(ctx, path, request{Op: opAllText, Max: maxBytes}, allowance{body: int64(maxBytes)})
	if err != nil {
		return "", err
	}
	return string(out.body), nil
}

// only gives the first picture of a reply that must have one.
func (r *reply) only() (*image.RGBA, error) {
	if len(r.frames) == 0 {
		return nil, ErrWorkerDied
	}
	return r.frames[0].Picture, nil
}
