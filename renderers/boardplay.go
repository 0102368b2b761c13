package renderers

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/cards"
)

// Animations on a board play when they are in view and large enough, a few at
// a time and in few pixels: their frames are all in memory.
const (
	playLeast  = 96  // screen units of the shorter side
	playPixels = 256 // of the longer side of a frame
	maxPlaying = 4
)

// playing is one animation over its card's picture. UI goroutine only.
type playing struct {
	play   imagePlay
	im     *canvas.Image // nil until the first frame
	cancel context.CancelFunc
}

// playOver plays an animated picture over its card, once its frames are there.
func (v *BoardView) playOver(p *pin, at *board.Placed, value any) {
	f, ok := value.(cards.File)
	if !ok || !f.Animated || v.env.Frames == nil || p.face.Info.Kind != cards.KindImage {
		return
	}
	if min(at.Rect.W, at.Rect.H) < playLeast {
		return
	}
	pl := v.players[p.card.ID]
	if v.env.Still {
		if pl != nil {
			pl.end()
			delete(v.players, p.card.ID)
		}
		return
	}
	if pl == nil {
		if len(v.players) < maxPlaying {
			v.startPlaying(p, f.Blob)
		}
		return
	}
	if pl.im == nil {
		return
	}
	// The face puts the picture at the top, as wide as the card, and a caption below.
	h := float32(at.Rect.W) * float32(f.Height) / float32(max(1, f.Width))
	if h > float32(at.Rect.H)+1 {
		return // cut or letterboxed: the still picture is right, the frame would not be
	}
	pl.im.CornerRadius = cardRadius * float32(v.view.Camera.Zoom)
	setImageSize(pl.im, fyne.NewSize(float32(at.Rect.W), h))
	pl.im.Move(fyne.NewPos(float32(at.Rect.X), float32(at.Rect.Y)))
	v.objects = append(v.objects, pl.im)
}

func (v *BoardView) startPlaying(p *pin, blob string) {
	ctx, cancel := context.WithCancel(context.Background())
	pl := &playing{cancel: cancel}
	pl.play = imagePlay{
		after:   alarmOf(v.env),
		visible: func() bool { return p.shown == v.frame && !v.moving && !v.closed },
		show:    func(img *image.RGBA) { v.showFrame(pl, img) },
	}
	v.players[p.card.ID] = pl
	go func() {
		frames, err := v.env.Frames(ctx, Picture{Blob: blob, W: playPixels, H: playPixels})
		if err != nil || ctx.Err() != nil {
			return // the still picture stays
		}
		v.frames.Add(func() {
			if ctx.Err() == nil {
				pl.play.start(frames)
			}
		})
	}()
}

func (v *BoardView) showFrame(pl *playing, img *image.RGBA) {
	first := pl.im == nil
	if first {
		pl.im = newPicture(nil)
	}
	pl.im.Image = img
	canvas.Refresh(pl.im)
	if first {
		v.Sync()
	}
}

// rested stops the animations of cards that are out of view, so that others
// may play.
func (v *BoardView) rested() {
	for id, pl := range v.players {
		if p := v.pins[id]; p == nil || p.shown != v.frame {
			pl.end()
			delete(v.players, id)
		}
	}
}

func (pl *playing) end() {
	pl.cancel()
	pl.play.close()
	if pl.im != nil {
		pl.im.Image = nil
		canvas.Refresh(pl.im)
	}
}
