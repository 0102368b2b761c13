package renderers

import (
	"image"
	"math"
	"runtime"
	"sync"

	"corkboard/doc"
	"corkboard/renderers/paint"
)

// shadowMargin is the room around a card in its picture, in board units.
const shadowMargin = 14

// cardRadius is the corner radius of a card in board units.
const cardRadius = 7

// maxCardPixels caps one card's picture; larger ones are painted coarser.
const maxCardPixels = 6 << 20

// paintJob is one card to paint: everything it needs, immutable.
type paintJob struct {
	face   *Face
	value  any
	state  doc.Availability
	err    error
	size   Point // board units; 0 in a dimension means natural
	scale  float32
	dark   bool
	today  string
	pics   func(Picture) (*image.RGBA, error)
	nested func(doc.ID, string) (*Face, any, bool)
	words  func(error) string
	done   func(painted)
}

// painted is what came of a job.
type painted struct {
	img     *image.RGBA
	natural Point // the size that was painted, board units
	scale   float32
	hot     []Hot
	lacks   bool // pictures or documents inside are still to come
}

// Painters paint cards on their own goroutines, newest wish first.
type Painters struct {
	mu     sync.Mutex
	more   *sync.Cond
	jobs   []paintJob
	closed bool
	wg     sync.WaitGroup
}

// NewPainters starts one painter for each core but one.
func NewPainters() *Painters {
	p := &Painters{}
	p.more = sync.NewCond(&p.mu)
	for range max(1, runtime.NumCPU()-1) {
		p.wg.Add(1)
		go p.work()
	}
	return p
}

// Submit queues a job; done is called on a painter goroutine.
func (p *Painters) Submit(j paintJob) {
	p.mu.Lock()
	p.jobs = append(p.jobs, j)
	p.mu.Unlock()
	p.more.Signal()
}

// Close ends the painters after their present card.
func (p *Painters) Close() {
	p.mu.Lock()
	p.closed, p.jobs = true, nil
	p.mu.Unlock()
	p.more.Broadcast()
	p.wg.Wait()
}

func (p *Painters) work() {
	defer p.wg.Done()
	sh := paint.NewShaper()
	for {
		p.mu.Lock()
		for len(p.jobs) == 0 && !p.closed {
			p.more.Wait()
		}
		if p.closed {
			p.mu.Unlock()
			return
		}
		j := p.jobs[len(p.jobs)-1]
		p.jobs = p.jobs[:len(p.jobs)-1]
		p.mu.Unlock()
		j.done(j.paint(sh))
	}
}

// paint draws a card with its shadow. Pure apart from the job's callbacks.
func (j paintJob) paint(sh *paint.Shaper) painted {
	w, h := j.size.X, j.size.Y
	if w == 0 || h == 0 {
		nw, nh := float32(j.face.Info.Size.W), float32(j.face.Info.Size.H)
		if j.state == doc.Ready {
			nw, nh = j.face.Natural(sh, j.value, w)
		}
		if w == 0 {
			w = nw
		}
		if h == 0 {
			h = nh
		}
	}
	pal := paint.Light()
	if j.dark {
		pal = paint.Dark()
	}
	scale := j.scale
	m := float32(shadowMargin)
	if area := float64((w + 2*m) * (h + 2*m) * scale * scale); area > maxCardPixels {
		scale *= float32(math.Sqrt(maxCardPixels / area))
	}
	px := func(v float32) int { return max(1, int(math.Ceil(float64(v*scale)))) }
	s := &Sheet{
		Dst: image.NewRGBA(image.Rect(0, 0, px(w+2*m), px(h+2*m))),
		X:   m * scale, Y: m * scale, Scale: scale, W: w, H: h,
		Pal: pal, Shaper: sh, Today: j.today,
		Picture: j.pics, Nested: j.nested, Sentence: j.words,
	}
	hot := j.draw(s)
	return painted{img: s.Dst, natural: Point{w, h}, scale: scale, hot: hot}
}

func (j paintJob) draw(s *Sheet) []Hot {
	r := s.Rect(0, 0, s.W, s.H)
	paint.Shadow(s.Dst, r, cardRadius*s.Scale, 10*s.Scale, 2.5*s.Scale, s.Pal.Shadow)
	if !j.face.Bare {
		paint.FillRoundRect(s.Dst, r, cardRadius*s.Scale, s.Pal.Paper)
	}
	var hot []Hot
	switch j.state {
	case doc.Ready:
		hot = j.face.Paint(s, j.value)
	case doc.Loading:
		paint.FillRoundRect(s.Dst, r, cardRadius*s.Scale, s.Pal.PaperSunk)
	case doc.Deleted:
		paintTrouble(s, j.face.Info.Label, "This card was deleted.")
	default:
		words := "What this card shows is not on this device."
		if j.err != nil && j.words != nil {
			words = j.words(j.err)
		}
		paintTrouble(s, j.face.Info.Label, words)
	}
	if !j.face.Bare {
		paint.StrokeRoundRect(s.Dst, r, cardRadius*s.Scale, max(1, s.Scale), s.Pal.PaperEdge)
	}
	return hot
}
