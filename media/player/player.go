package player

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"corkboard/media/sound"
)

// State is what is played, or was last.
type State struct {
	ID      string // of the sound, as whoever plays it calls it; "" for none
	Playing bool
	At      time.Duration
	Total   time.Duration // 0 where it is not known yet
	Volume  float64       // 0 to 1
	Err     error         // why it does not play
}

// Options of a Player.
type Options struct {
	// Changed is called after the state has changed, and Pace while something plays. Any
	// goroutine; it must return at once.
	Changed func()
	Pace    time.Duration    // between two calls of Changed; default 100 ms
	Now     func() time.Time // default time.Now
}

// Player plays one sound at a time.
type Player struct {
	opts Options
	wish chan func(*deck)
	done chan struct{}

	mu     sync.Mutex
	state  State
	closed bool
}

// New makes a Player. It opens nothing yet. Close it when done.
func New(o Options) *Player {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Pace <= 0 {
		o.Pace = 100 * time.Millisecond
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	p := &Player{opts: o, wish: make(chan func(*deck), 64), done: make(chan struct{}), state: State{Volume: 1}}
	go (&deck{p: p, volume: 1}).run()
	return p
}

// Close stops what is played and waits for it.
func (p *Player) Close() {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return
	}
	p.closed = true
	close(p.wish)
	p.mu.Unlock()
	<-p.done
}

// State is what is played now. At once.
func (p *Player) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// ask hands a wish to the goroutine that plays. Who asks faster than it can follow is not
// waited for: the wish is dropped.
func (p *Player) ask(f func(*deck)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	select {
	case p.wish <- f:
	default:
		slog.Debug("a wish of the player was dropped")
	}
}

// Toggle plays a sound, from its beginning or where it was stopped, or stops it. What plays
// besides stops.
func (p *Player) Toggle(id, path string) {
	p.ask(func(d *deck) {
		if d.id == id && d.dev != nil {
			d.stop()
			return
		}
		d.play(id, path)
	})
}

// Seek goes to a part of a sound, from 0 to 1, and plays from there unless it stands still.
func (p *Player) Seek(id, path string, part float64) {
	p.ask(func(d *deck) {
		standing := d.id == id && d.dev == nil && d.file != nil
		if !d.load(id, path) {
			return
		}
		d.stop()
		d.seek(part)
		if !standing {
			d.start()
		}
	})
}

// SetVolume makes sounds louder or softer, from 0 to 1.
func (p *Player) SetVolume(v float64) {
	v = min(max(v, 0), 1)
	p.ask(func(d *deck) {
		d.volume = v
		if d.ring != nil {
			d.ring.loudness(v)
		}
	})
}

// Stop stops a sound if it plays; "" stops any.
func (p *Player) Stop(id string) {
	p.ask(func(d *deck) {
		if id == "" || id == d.id {
			d.stop()
		}
	})
}

// deck is what the one goroutine of a Player owns.
type deck struct {
	p      *Player
	id     string
	file   *os.File
	stream *sound.Stream
	from   int64 // frame at which the ring began
	ring   *ring
	dev    *device // nil while nothing plays
	lost   chan struct{}
	ended  bool
	volume float64
	err    error
	buf    []float32
}

// tick is how often the ring is filled.
const tick = 50 * time.Millisecond

func (d *deck) run() {
	defer close(d.p.done)
	defer d.drop()
	clock := time.NewTicker(tick)
	clock.Stop()
	told := time.Time{}
	for {
		var out, lost chan struct{}
		if d.dev != nil {
			out, lost = d.ring.out, d.lost
		}
		select {
		case wish, ok := <-d.p.wish:
			if !ok {
				return
			}
			wish(d)
			told = time.Time{}
		case <-clock.C:
			d.fill()
		case <-out:
			d.stop()
			d.seek(0)
			told = time.Time{}
		case <-lost:
			d.stop()
			d.err, told = ErrLost, time.Time{}
		}
		if d.dev != nil {
			clock.Reset(tick)
		} else {
			clock.Stop()
		}
		if now := d.p.opts.Now(); told.IsZero() || now.Sub(told) >= d.p.opts.Pace {
			told = now
			d.tell()
		}
	}
}

// tell shows the state to others.
func (d *deck) tell() {
	s := State{ID: d.id, Playing: d.dev != nil, Volume: d.volume, Err: d.err}
	if d.stream != nil {
		s.At, s.Total = sound.Time(d.at(), d.stream.Rate), d.stream.Duration()
	}
	d.p.mu.Lock()
	same := d.p.state == s
	d.p.state = s
	d.p.mu.Unlock()
	if !same {
		d.p.opts.Changed()
	}
}

// at is the frame that is heard.
func (d *deck) at() int64 {
	if d.ring == nil {
		return d.from
	}
	return d.from + d.ring.frames()
}

func (d *deck) play(id, path string) {
	if d.load(id, path) {
		d.stop()
		d.start()
	}
}

// load opens a sound unless it is at hand.
func (d *deck) load(id, path string) bool {
	if d.id == id && d.stream != nil && d.err == nil {
		return true
	}
	d.drop()
	d.id, d.err = id, nil
	f, err := os.Open(path)
	if err != nil {
		d.err = fmt.Errorf("playing a sound: %w", err)
		return false
	}
	d.file = f
	info, err := f.Stat()
	if err == nil {
		d.stream, err = sound.Open(f, info.Size())
	}
	if err != nil {
		d.drop()
		d.id, d.err = id, fmt.Errorf("playing a sound: %w", err)
		return false
	}
	d.buf = make([]float32, 2048*d.stream.Channels)
	return true
}

// start plays from where it stands.
func (d *deck) start() {
	d.err = nil
	d.ring = newRing(d.stream.Rate, d.stream.Channels, d.volume)
	if d.fill(); d.err != nil {
		return
	}
	r, lost := d.ring, make(chan struct{}, 1)
	dev, err := openDevice(formOf(d.stream), func(out, _ []byte) { r.take(out) }, func() {
		select {
		case lost <- struct{}{}:
		default:
		}
	})
	if err != nil {
		d.err, d.ring = err, nil
		d.seekTo(d.from)
		return
	}
	d.dev, d.lost = dev, lost
}

// stop lets the device go and stays where it is.
func (d *deck) stop() {
	if d.dev == nil {
		return
	}
	d.dev.close()
	at := d.at()
	d.dev, d.lost, d.ring = nil, nil, nil
	d.seekTo(at)
}

func (d *deck) seek(part float64) {
	if d.stream != nil {
		d.seekTo(int64(min(max(part, 0), 1) * float64(d.stream.Frames)))
	}
}

func (d *deck) seekTo(frame int64) {
	d.from, d.ended = frame, false
	if err := d.stream.SeekTo(frame); err != nil {
		d.err = fmt.Errorf("playing a sound: %w", err)
	}
}

// fill decodes until the ring is full.
func (d *deck) fill() {
	if d.ring == nil || d.ended {
		return
	}
	for {
		n := min(d.ring.room(), len(d.buf))
		if n < d.stream.Channels {
			return
		}
		frames, err := d.stream.Read(d.buf[:n])
		d.ring.put(d.buf[:frames*d.stream.Channels])
		if err != nil {
			if d.ended = true; !errors.Is(err, io.EOF) {
				d.err = fmt.Errorf("playing a sound: %w", err)
			}
			d.ring.end()
			return
		}
	}
}

// drop closes what is at hand.
func (d *deck) drop() {
	if d.dev != nil {
		d.dev.close()
	}
	if d.file != nil {
		_ = d.file.Close() // it was only read
	}
	d.id, d.file, d.stream, d.ring, d.dev, d.lost, d.from, d.ended = "", nil, nil, nil, nil, nil, 0, false
}
