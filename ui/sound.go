package ui

import (
	"errors"
	"sync"

	"corkboard/blobs"
	"corkboard/media/player"
	"corkboard/renderers"
)

// speaker plays the sounds of a window's cards. It implements renderers.Sound.
type speaker struct {
	w *Window

	mu     sync.Mutex
	player *player.Player // nil until something is played
	absent string         // the file that is wanted and is not here
}

// Playing implements renderers.Sound.
func (s *speaker) Playing(blob string) renderers.Playing {
	s.mu.Lock()
	p, absent := s.player, s.absent
	s.mu.Unlock()
	now := player.State{Volume: 1}
	if p != nil {
		now = p.State()
	}
	out := renderers.Playing{Volume: now.Volume}
	switch {
	case blob == "":
	case blob == absent:
		out.Here, out.Trouble = true, sentence(blobs.ErrMissing)
	case blob == now.ID:
		out.Here, out.On, out.At, out.Total, out.Trouble = true, now.Playing, now.At, now.Total, sentence(now.Err)
	}
	return out
}

// Toggle implements renderers.Sound.
func (s *speaker) Toggle(blob string) {
	s.with(blob, func(p *player.Player, path string) { p.Toggle(blob, path) })
}

// Seek implements renderers.Sound.
func (s *speaker) Seek(blob string, part float64) {
	s.with(blob, func(p *player.Player, path string) { p.Seek(blob, path, part) })
}

// SetVolume implements renderers.Sound.
func (s *speaker) SetVolume(v float64) { s.open().SetVolume(v) }

// with does something with a stored file that is here.
func (s *speaker) with(blob string, do func(p *player.Player, path string)) {
	path, err := s.w.app.Blobs().Path(blobs.ID(blob))
	s.mu.Lock()
	s.absent = ""
	if errors.Is(err, blobs.ErrMissing) {
		s.absent = blob
	}
	s.mu.Unlock()
	switch {
	case err == nil:
		do(s.open(), path)
	case errors.Is(err, blobs.ErrMissing):
		s.w.soundMoved()
	default:
		s.w.tell(err)
	}
}

// open is the player, made when it is first wanted.
func (s *speaker) open() *player.Player {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.player == nil {
		s.player = player.New(player.Options{Changed: s.w.soundMovedSoon})
	}
	return s.player
}

// close ends what plays. It blocks for a moment.
func (s *speaker) close() {
	s.mu.Lock()
	p := s.player
	s.player = nil
	s.mu.Unlock()
	if p != nil {
		p.Close()
	}
}

// soundMovedSoon may be called on any goroutine, as often as it likes.
func (w *Window) soundMovedSoon() {
	if !w.soundDue.Swap(true) {
		w.frames.Add(w.soundMoved)
	}
}

// soundMoved shows what plays now, where it can be seen.
func (w *Window) soundMoved() {
	w.soundDue.Store(false)
	if w.board != nil {
		w.board.KnownMoved()
	}
	if s := w.full; s != nil {
		if f, ok := s.full.(renderers.SoundFollower); ok {
			f.SoundMoved()
		}
	}
}

// Playing is what is known of a sound; see renderers.Sound.
func (k known) Playing(blob string) renderers.Playing {
	if k.sound == nil {
		return renderers.Playing{}
	}
	return k.sound.Playing(blob)
}
