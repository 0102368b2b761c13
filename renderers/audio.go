package renderers

import (
	"image/color"
	"math"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// Shape of cards of sounds, in board units.
const (
	audioPad    = 14
	audioButton = 44
	audioGap    = 12
	audioStep   = 4  // from one bar of the waveform to the next
	audioBar    = 2  // width of a bar
	audioWave   = 18 // least height of the waveform, else there is none
	audioLine   = 20 // height of the line below
	loudSteps   = 5  // of the volume
	loudWidth   = 52
)

func audioFace() Typed[cards.File] {
	info, _ := cards.Lookup(cards.KindAudio)
	return Typed[cards.File]{
		Info: info, Codec: cards.FileCodec{},
		Paint: paintAudio, Summary: summarizeFile(cards.KindAudio), Full: newAudioFull,
		Natural: func(sh *paint.Shaper, v cards.File, width float32) (w, h float32) {
			if w = width; w <= 0 {
				w = float32(info.Size.W)
			}
			return w, float32(info.Size.H) + captionHeight(sh, v.Caption, w)
		},
		Alive: func(k Known, _ doc.ID, v cards.File) any { return playingOf(k, v) },
	}
}

func paintAudio(s *Sheet, v cards.File) []Hot {
	if s.H*s.Scale < barsBelow {
		paintBars(s, len([]rune(v.CardTitle())))
		return nil
	}
	if _, ok := s.coming(v); ok {
		return paintFile(s, v)
	}
	a := audioBody{s: s, v: v, h: s.H}
	a.now, _ = s.Alive.(Playing)
	if strip := captionHeight(s.Shaper, v.Caption, s.W); strip > 0 && s.H-strip >= float32(4*cards.Cell) {
		a.h -= strip
		paintCaption(s, v.Caption, strip)
	}
	a.paint()
	return a.hot
}

// audioBody is a card of a sound while it is painted, without the caption.
type audioBody struct {
	s   *Sheet
	v   cards.File
	now Playing
	h   float32
	hot []Hot
}

func (a *audioBody) paint() {
	s := a.s
	side := min(audioButton, a.h-2*audioPad)
	a.button(paint.Rect{X: audioPad, Y: (a.h - side) / 2, W: side, H: side})
	left := audioPad + side + audioGap
	width := s.W - left - audioPad
	if width < 20 {
		return
	}
	title := s.Shaper.Plain(titleOf(cards.KindAudio, a.v), paint.Style{Bold: true, Color: s.Pal.Ink}, width, paint.Options{MaxLines: 1})
	trouble := a.trouble(width)
	low := float32(audioLine)
	if trouble != nil {
		low = trouble.Height + 4
	}
	wave := a.h - 2*audioPad - title.Height - low + 4
	y := float32(audioPad) - 2
	if wave < audioWave {
		y = (a.h - title.Height - low) / 2
	}
	title.Draw(s.Dst, s.X+left*s.Scale, s.Y+y*s.Scale, s.Scale)
	y += title.Height
	if wave >= audioWave {
		a.wave(paint.Rect{X: left, Y: y + 3, W: width, H: wave - 6})
		y += wave
	}
	if trouble != nil {
		a.said(trouble, left, y)
		return
	}
	a.foot(left, y, width)
}

// button is where a click plays or stops.
func (a *audioBody) button(at paint.Rect) {
	s := a.s
	ground, ink, icon := s.Pal.Accent, s.Pal.OnAccent, paint.IconPlay
	if a.v.Blob == "" {
		ground, ink = s.Pal.PaperSunk, s.Pal.InkFaint
	}
	if a.now.On {
		icon = paint.IconPause
	}
	r := s.Rect(at.X, at.Y, at.W, at.H)
	paint.FillCircle(s.Dst, r.X+r.W/2, r.Y+r.H/2, r.W/2, ground)
	mark := centred(r, r.W*0.42)
	if icon == paint.IconPlay {
		mark.X += r.W * 0.03 // its weight is on the left
	}
	paint.DrawIcon(s.Dst, icon, mark, ink)
	a.answer(at, func(p Sound, blob string) { p.Toggle(blob) })
}

// answer makes a place answer clicks.
func (a *audioBody) answer(at paint.Rect, do func(p Sound, blob string)) {
	if blob := a.v.Blob; blob != "" {
		a.hot = append(a.hot, Hot{Rect: at, Hand: true, Do: func(env *Env, _ doc.Handle) {
			if env.Sound != nil {
				do(env.Sound, blob)
			}
		}})
	}
}

// wave draws how loud the sound is, and how far it has been heard; a click goes there.
func (a *audioBody) wave(at paint.Rect) {
	s, n := a.s, int(at.W/audioStep)
	bars := loudness(a.v.Bars, n)
	heard := a.now.part(a.v)
	if bars == nil {
		a.rail(at, heard)
		return
	}
	step := at.W / float32(len(bars))
	for i, loud := range bars {
		x, h := at.X+float32(i)*step, max(audioBar, loud*at.H)
		c := s.Pal.InkFaint
		if a.now.Here {
			c = paint.Fade(c, 0x90)
		}
		if heard > 0 && float64(i) < heard*float64(len(bars)) {
			c = s.Pal.Accent
		}
		paint.FillRoundRect(s.Dst, s.Rect(x+(step-audioBar)/2, at.Y+(at.H-h)/2, audioBar, h), audioBar/2*s.Scale, c)
		part := float64(i) / float64(len(bars))
		a.answer(paint.Rect{X: x, Y: at.Y, W: step, H: at.H}, func(p Sound, blob string) { p.Seek(blob, part) })
	}
}

// rail stands for a waveform that nobody has measured.
func (a *audioBody) rail(at paint.Rect, heard float64) {
	const high = 4
	line := func(w float32, c color.RGBA) {
		paint.FillRoundRect(a.s.Dst, a.s.Rect(at.X, at.Y+(at.H-high)/2, w, high), high/2*a.s.Scale, c)
	}
	line(at.W, a.s.Pal.Rule)
	if heard > 0 {
		line(max(high, at.W*float32(heard)), a.s.Pal.Accent)
	}
	if a.now.Total <= 0 && a.v.Duration <= 0 {
		return
	}
	const pieces = 50
	for i := range pieces {
		part := float64(i) / pieces
		a.answer(paint.Rect{X: at.X + at.W*float32(part), Y: at.Y, W: at.W / pieces, H: at.H}, func(p Sound, blob string) { p.Seek(blob, part) })
	}
}

// foot is times and type, and how loud it plays.
func (a *audioBody) foot(left, y, width float32) {
	s := a.s
	if a.now.Here && width > 150 {
		a.volume(paint.Rect{X: left + width - loudWidth, Y: y, W: loudWidth, H: audioLine})
		width -= loudWidth + audioGap
	}
	small := paint.Style{Size: 12, Color: s.Pal.InkMuted}
	words := a.now.times(a.v)
	more := mediaDetail(a.v)
	if a.v.Duration > 0 { // which begins with it
		more = mediaDetail(cards.File{MIME: a.v.MIME, Extension: a.v.Extension, Size: a.v.Size})
	}
	if words != "" && more != "" {
		words += " · "
	}
	l := s.Shaper.Plain(words+more, small, width, paint.Options{MaxLines: 1})
	l.Draw(s.Dst, s.X+left*s.Scale, s.Y+(y+(audioLine-l.Height)/2)*s.Scale, s.Scale)
}

// volume is a speaker, which is silent after a click, and steps.
func (a *audioBody) volume(at paint.Rect) {
	s := a.s
	const icon, step = 16, 7
	loud := int(math.Round(a.now.Volume * loudSteps))
	ink := s.Pal.InkMuted
	if loud == 0 {
		ink = s.Pal.InkFaint
	}
	paint.DrawIcon(s.Dst, paint.IconSpeaker, s.Rect(at.X, at.Y+(at.H-icon)/2, icon, icon), ink)
	if loud == 0 {
		r := s.Rect(at.X, at.Y+(at.H-icon)/2, icon, icon)
		paint.StrokeLine(s.Dst, r.X+r.W*0.1, r.Y+r.H*0.9, r.X+r.W*0.9, r.Y+r.H*0.1, 1.4*s.Scale, s.Pal.Danger)
	}
	to := 0.0
	if loud == 0 {
		to = 1
	}
	a.answer(paint.Rect{X: at.X, Y: at.Y, W: icon, H: at.H}, func(p Sound, _ string) { p.SetVolume(to) })
	for i := range loudSteps {
		x, h := at.X+icon+float32(i)*step+1, 4+2*float32(i)
		c := s.Pal.Rule
		if i < loud {
			c = s.Pal.InkMuted
		}
		paint.FillRoundRect(s.Dst, s.Rect(x+2, at.Y+at.H/2+6-h, step-3, h), s.Scale, c)
		v := float64(i+1) / loudSteps
		a.answer(paint.Rect{X: x, Y: at.Y, W: step, H: at.H}, func(p Sound, _ string) { p.SetVolume(v) })
	}
}

// trouble is why the sound does not play, or nil.
func (a *audioBody) trouble(width float32) *paint.Laid {
	if a.now.Trouble == "" {
		return nil
	}
	lines := 2
	if a.h < 100 {
		lines = 1
	}
	return a.s.Shaper.Plain(a.now.Trouble, paint.Style{Size: 12, Color: a.s.Pal.Ink}, max(1, width-urlIcon-urlGap), paint.Options{MaxLines: lines, LineHeight: 1.25})
}

func (a *audioBody) said(words *paint.Laid, left, y float32) {
	s := a.s
	paint.DrawIcon(s.Dst, paint.IconWarning, s.Rect(left, y, urlIcon, urlIcon), s.Pal.Warning)
	words.Draw(s.Dst, s.X+(left+urlIcon+urlGap)*s.Scale, s.Y+y*s.Scale, s.Scale)
}

// handOut gives a file to the program that the system has for it.
func handOut(env *Env, h doc.Handle) {
	if v, ok := h.Snapshot().Value.(cards.File); ok && v.Blob != "" && env.OpenFile != nil {
		env.OpenFile(titleOf(v.Kind(), v), v.Blob, v.Extension)
	}
}
