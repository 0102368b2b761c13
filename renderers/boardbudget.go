package renderers

import (
	"cmp"
	"image"
	"slices"
)

const (
	leastPixels     = 40 << 20 // bytes of pictures that a board may keep at least
	screensful      = 4        // and as many times what the screen holds
	maxPins         = 1500     // open documents of cards that are or were in view
	uploadsPerFrame = 16
	bytesPerFrame   = 2 << 20
	trimEvery       = 8 // frames
)

// uploads counts what one frame hands to the graphics card.
type uploads struct {
	frame uint64
	count int
	bytes int
}

// room reports whether another picture may be uploaded in this frame, and
// counts it. The first one always may.
func (u *uploads) room(frame uint64, bytes int) bool {
	if u.frame != frame {
		*u = uploads{frame: frame}
	}
	if u.count > 0 && (u.count >= uploadsPerFrame || u.bytes+bytes > bytesPerFrame) {
		return false
	}
	u.count++
	u.bytes += bytes
	return true
}

// pixelBudget is how many bytes of pictures the board keeps; the driver holds
// a texture of the same size for those that were shown.
func (v *BoardView) pixelBudget() int {
	s := v.Size()
	return max(leastPixels, screensful*4*int(s.Width*s.Height*v.around.scale*v.around.scale))
}

// trim forgets pictures that are out of view, longest unseen first, and more
// of them than it must, so that it need not begin again with each card. It
// looks at all of them: not in every frame.
func (v *BoardView) trim() {
	if v.frame%trimEvery != 0 {
		return
	}
	v.tiling.sweep()
	v.trimPixels(v.pixelBudget())
	if len(v.pins) <= maxPins {
		return
	}
	var old []*pin
	for _, p := range v.pins {
		if p.seen.Load() < v.frame && (v.edit == nil || v.edit.pin != p) {
			old = append(old, p)
		}
	}
	slices.SortFunc(old, func(a, b *pin) int { return cmp.Compare(a.seen.Load(), b.seen.Load()) })
	for _, p := range old[:min(len(old), len(v.pins)-maxPins+maxPins/8)] {
		v.unpin(p)
		delete(v.pins, p.card.ID)
	}
}

// kept is what a card or a tile keeps.
type kept struct {
	seen  uint64
	bytes int
	drop  func()
}

func (v *BoardView) trimPixels(budget int) {
	held := 0
	for _, p := range v.pins {
		held += p.bytes()
	}
	for _, x := range v.tiling.tiles {
		held += x.bytes()
	}
	if held <= budget {
		return
	}
	var old []kept
	note := func(seen uint64, bytes int, drop func()) {
		if bytes > 0 && seen < v.frame {
			old = append(old, kept{seen, bytes, drop})
		}
	}
	for _, p := range v.pins {
		note(p.seen.Load(), p.bytes(), func() { v.drop(p) })
	}
	for _, x := range v.tiling.tiles {
		note(x.seen.Load(), x.bytes(), func() { v.tiling.drop(x) })
	}
	slices.SortFunc(old, func(a, b kept) int { return cmp.Compare(a.seen, b.seen) })
	for _, k := range old {
		if held <= budget-budget/8 {
			return
		}
		k.drop()
		held -= k.bytes
	}
}

func bytesOf(img *image.RGBA) int {
	if img == nil {
		return 0
	}
	return len(img.Pix)
}
