package media

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"

	"corkboard/media/sound"
)

// A message between parent and worker: magic (4 bytes), length of the head (4), length of the
// body (8), both big-endian; then the head, JSON; then the body, raw pixels or text.
const (
	messageMagic = 0x434b4d31 // "CKM1"
	preludeLen   = 16
)

// errProtocol: the other side sent what no honest worker sends.
var errProtocol = errors.New("message breaks the protocol")

// request is the head of a message to the worker. The file travels beside it.
type request struct {
	Op         string `json:"op"`
	Key        string `json:"key,omitempty"`  // same key, same unchanged file
	Path       string `json:"path,omitempty"` // only where a file cannot be handed over open
	Name       string `json:"name,omitempty"` // that a level was stored under
	Page       int    `json:"page,omitempty"` // from 0
	W          int    `json:"w,omitempty"`    // px of the box
	H          int    `json:"h,omitempty"`
	Max        int    `json:"max,omitempty"` // frames or bytes
	CPUSeconds int    `json:"cpu,omitempty"`
}

// reply is the head of a message from the worker. The body holds the pixels of all pictures
// one after the other, or text if there are no pictures.
type reply struct {
	Code     string         `json:"code,omitempty"` // of errors.go; empty for success
	Detail   string         `json:"detail,omitempty"`
	Jail     []string       `json:"jail,omitempty"` // in the hello: what holds the worker
	Info     Info           `json:"info,omitzero"`
	PDF      *PDFInfo       `json:"pdf,omitempty"`
	Text     *PageText      `json:"text,omitempty"`
	Pictures []pictureShape `json:"pictures,omitempty"`

	frames []Frame // the pictures, from or for the body
	body   []byte  // the body if there are no pictures
	heavy  bool    // in the worker: it took much memory to make
}

type pictureShape struct {
	W       int `json:"w"`
	H       int `json:"h"`
	DelayMS int `json:"delay,omitempty"`
}

// allowance is the most that a reply may hold; a parent sets it per request.
type allowance struct {
	pictures int
	box      Size  // px of each picture
	pixels   int64 // of all pictures
	body     int64 // bytes, if there are no pictures
}

func writeMessage(w io.Writer, head any, body ...[]byte) error {
	text, err := json.Marshal(head)
	if err != nil {
		return fmt.Errorf("writing a message: %w", err)
	}
	if len(text) > maxHead {
		return fmt.Errorf("writing a message with a head of %d bytes: %w", len(text), ErrTooLarge)
	}
	var size uint64
	for _, b := range body {
		size += uint64(len(b))
	}
	msg := make([]byte, preludeLen, preludeLen+len(text))
	binary.BigEndian.PutUint32(msg[0:], messageMagic)
	binary.BigEndian.PutUint32(msg[4:], uint32(len(text)))
	binary.BigEndian.PutUint64(msg[8:], size)
	if _, err := w.Write(append(msg, text...)); err != nil {
		return fmt.Errorf("writing a message: %w", err)
	}
	for _, b := range body {
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("writing a message's body: %w", err)
		}
	}
	return nil
}

// readHead reads a message up to its body into head and returns the length of the body.
func readHead(r io.Reader, head any) (int64, error) {
	var prelude [preludeLen]byte
	if _, err := io.ReadFull(r, prelude[:]); err != nil {
		return 0, fmt.Errorf("reading a message: %w", err)
	}
	headLen := binary.BigEndian.Uint32(prelude[4:])
	bodyLen := binary.BigEndian.Uint64(prelude[8:])
	if binary.BigEndian.Uint32(prelude[:]) != messageMagic || headLen > maxHead || bodyLen > 4*MaxPixels {
		return 0, fmt.Errorf("head of %d, body of %d bytes: %w", headLen, bodyLen, errProtocol)
	}
	// Growing with what arrives costs a liar as much as it costs us.
	text, err := io.ReadAll(io.LimitReader(r, int64(headLen)))
	if err == nil && len(text) < int(headLen) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return 0, fmt.Errorf("reading a message's head: %w", err)
	}
	if err := json.Unmarshal(text, head); err != nil {
		return 0, fmt.Errorf("%w: %w", errProtocol, err)
	}
	return int64(bodyLen), nil
}

// readReply reads a reply whose every length is within the allowance.
func readReply(r io.Reader, may allowance) (*reply, error) {
	var out reply
	bodyLen, err := readHead(r, &out)
	if err != nil {
		return nil, err
	}
	if err := out.check(may, bodyLen); err != nil {
		return nil, err
	}
	if len(out.Pictures) == 0 {
		out.body = make([]byte, bodyLen)
		_, err = io.ReadFull(r, out.body)
	}
	for _, p := range out.Pictures {
		m := image.NewRGBA(image.Rect(0, 0, p.W, p.H))
		if _, err = io.ReadFull(r, m.Pix); err != nil {
			break
		}
		out.frames = append(out.frames, Frame{m, p.DelayMS})
	}
	if err != nil {
		return nil, fmt.Errorf("reading a message's body: %w", err)
	}
	return &out, nil
}

func (r *reply) check(may allowance, bodyLen int64) error {
	if len(r.Pictures) > may.pictures {
		return fmt.Errorf("%d pictures: %w", len(r.Pictures), errProtocol)
	}
	if len(r.Pictures) == 0 {
		if bodyLen > may.body {
			return fmt.Errorf("body of %d bytes: %w", bodyLen, errProtocol)
		}
		return r.checkFacts()
	}
	var pixels int64
	for _, p := range r.Pictures {
		if p.W <= 0 || p.H <= 0 || p.W > may.box.W || p.H > may.box.H || p.DelayMS < 0 {
			return fmt.Errorf("picture of %d×%d px: %w", p.W, p.H, errProtocol)
		}
		pixels += int64(p.W) * int64(p.H)
	}
	if pixels > may.pixels || 4*pixels != bodyLen {
		return fmt.Errorf("%d px in %d bytes: %w", pixels, bodyLen, errProtocol)
	}
	return r.checkFacts()
}

// checkFacts refuses descriptions that would mislead a caller's arithmetic.
func (r *reply) checkFacts() error {
	i := r.Info
	if i.Width < 0 || i.Height < 0 || i.Width > maxPoints || i.Height > maxPoints || i.Pages < 0 || i.Pages > maxPages {
		return fmt.Errorf("info of %d×%d, %d pages: %w", i.Width, i.Height, i.Pages, errProtocol)
	}
	if i.DurationMS < 0 || i.DurationMS > maxDuration || len(i.Bars) > sound.Bars {
		return fmt.Errorf("info of %d ms, %d bars: %w", i.DurationMS, len(i.Bars), errProtocol)
	}
	if r.PDF != nil {
		return r.PDF.check()
	}
	if r.Text != nil {
		return r.Text.check()
	}
	return nil
}

func (p *PDFInfo) check() error {
	if p.Pages < 1 || p.Pages > maxPages || len(p.Sizes) < 1 || len(p.Sizes) > p.Pages {
		return fmt.Errorf("%d pages, %d sizes: %w", p.Pages, len(p.Sizes), errProtocol)
	}
	for _, s := range p.Sizes {
		if s.W < 1 || s.H < 1 || s.W > maxPoints || s.H > maxPoints {
			return fmt.Errorf("page of %d×%d points: %w", s.W, s.H, errProtocol)
		}
	}
	return nil
}

func (t *PageText) check() error {
	for _, l := range t.Lines {
		if !l.Rect.sane() {
			return fmt.Errorf("line at %v: %w", l.Rect, errProtocol)
		}
		end := 0
		for _, w := range l.Words {
			if w.Start < end || w.End <= w.Start || w.End > len(l.Text) || !w.Rect.sane() {
				return fmt.Errorf("word %d–%d at %v: %w", w.Start, w.End, w.Rect, errProtocol)
			}
			end = w.End
		}
	}
	return nil
}

func (r Rect) sane() bool {
	const far = 10 * maxPoints
	for _, v := range []float64{r.X0, r.Y0, r.X1, r.Y1} {
		if !(v >= -far && v <= far) {
			return false
		}
	}
	return r.X0 <= r.X1 && r.Y0 <= r.Y1
}
