package renderers

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/ui/lang"
)

// audioFull is a sound filling the window: the player of its card, larger. UI goroutine only.
type audioFull struct {
	env     *Env
	handle  doc.Handle
	file    cards.File
	stage   *soundStage
	play    *Button
	times   *widget.Label
	volume  *widget.Slider
	trouble *widget.Label
	row     *fyne.Container // of the trouble
	bar     *fileBar
	caption *captionEditor
	object  fyne.CanvasObject
}

func newAudioFull(env *Env, h doc.Handle) Full {
	f := &audioFull{env: env, handle: h, times: widget.NewLabel(""), trouble: widget.NewLabel("")}
	f.stage = newSoundStage(env, f.toggle, f.seek, f.skip)
	f.play = NewButton(lang.T("Play"), theme.MediaPlayIcon(), f.toggle)
	f.play.Importance = widget.HighImportance
	f.volume = widget.NewSlider(0, 1)
	f.volume.Step = 0.05
	f.volume.OnChanged = func(v float64) {
		if env.Sound != nil && env.Sound.Playing(f.file.Blob).Volume != v {
			env.Sound.SetVolume(v)
		}
	}
	f.trouble.Wrapping = fyne.TextWrapWord
	f.row = container.NewBorder(nil, nil, container.NewPadded(widget.NewIcon(theme.WarningIcon())), nil, f.trouble)
	f.row.Hide()
	loud := container.NewHBox(widget.NewIcon(theme.VolumeUpIcon()), container.NewGridWrap(fyne.NewSize(120, f.volume.MinSize().Height), f.volume))
	keys := container.NewBorder(nil, nil, container.NewHBox(f.play, f.times), container.NewCenter(loud))
	f.caption = newCaptionEditor(env, h)
	f.bar = newFileBar(env)
	foot := container.NewVBox(f.row, container.NewPadded(keys), container.NewPadded(f.caption.entry), f.bar.object)
	f.object = container.NewBorder(nil, foot, nil, nil, f.stage)
	f.Show(h.Snapshot())
	return f
}

// Object implements Full.
func (f *audioFull) Object() fyne.CanvasObject { return f.object }

// Show implements Full.
func (f *audioFull) Show(s doc.Snapshot[any]) {
	v, ok := s.Value.(cards.File)
	if !ok || s.State != doc.Ready {
		return
	}
	f.file = v
	f.bar.show(v)
	f.caption.follow()
	f.stage.take(v.Bars)
	able(f.play, v.Blob != "" && f.env.Sound != nil)
	f.SoundMoved()
}

// SoundMoved implements SoundFollower.
func (f *audioFull) SoundMoved() {
	var p Playing
	if f.env.Sound != nil {
		p = f.env.Sound.Playing(f.file.Blob)
	}
	words, icon := lang.T("Play"), theme.MediaPlayIcon()
	if p.On {
		words, icon = lang.T("Pause"), theme.MediaPauseIcon()
	}
	if f.play.Text != words {
		f.play.Icon = icon
		f.play.SetText(words)
	}
	if t := p.times(f.file); f.times.Text != t {
		f.times.SetText(t)
	}
	if p.Volume != f.volume.Value {
		f.volume.SetValue(p.Volume)
	}
	if p.Trouble != f.trouble.Text {
		f.trouble.SetText(p.Trouble)
		f.row.Hidden = p.Trouble == ""
		f.object.Refresh()
	}
	f.stage.heard(p.part(f.file))
}

func (f *audioFull) toggle() {
	if f.env.Sound != nil && f.file.Blob != "" {
		f.env.Sound.Toggle(f.file.Blob)
	}
}

func (f *audioFull) seek(part float64) {
	if f.env.Sound != nil && f.file.Blob != "" {
		f.env.Sound.Seek(f.file.Blob, part)
	}
}

// skip goes some time on or back.
func (f *audioFull) skip(by time.Duration) {
	if f.env.Sound == nil {
		return
	}
	p := f.env.Sound.Playing(f.file.Blob)
	if total := p.total(f.file); total > 0 {
		f.seek(min(1, max(0, float64(p.At+by)/float64(total))))
	}
}

// Close implements Full. What plays goes on.
func (f *audioFull) Close() { f.caption.close() }

// soundStage is a waveform that can be clicked. UI goroutine only.
type soundStage struct {
	widget.BaseWidget
	env     *Env
	ground  *canvas.Rectangle
	bars    []*canvas.Rectangle
	loud    []float32
	done    int // bars that have been heard
	objects []fyne.CanvasObject
	eager   eager
	ring    Ring

	toggle func()
	seek   func(part float64)
	skip   func(by time.Duration)
}

const (
	stagePad  = 48 // around the waveform, in Fyne units
	stageHigh = 360
	skipBy    = 5 * time.Second
	plainBars = 100 // of a sound that nobody has measured
)

func newSoundStage(env *Env, toggle func(), seek func(float64), skip func(time.Duration)) *soundStage {
	s := &soundStage{env: env, toggle: toggle, seek: seek, skip: skip, ground: canvas.NewRectangle(env.Palette().BoardBg)}
	s.ring.Inside = true
	s.take("")
	s.ExtendBaseWidget(s)
	return s
}

// take shows a waveform.
func (s *soundStage) take(bars string) {
	loud := loudness(bars, len(bars))
	if loud == nil {
		loud = make([]float32, plainBars)
	}
	if slices.Equal(loud, s.loud) {
		return
	}
	s.loud, s.bars, s.objects = loud, nil, []fyne.CanvasObject{s.ground}
	for range loud {
		b := canvas.NewRectangle(s.env.Palette().InkFaint)
		s.bars = append(s.bars, b)
		s.objects = append(s.objects, b)
	}
	s.done = 0
	s.lay(s.Size())
}

// heard colours what has been heard.
func (s *soundStage) heard(part float64) {
	done := int(part*float64(len(s.bars)) + 0.999)
	if part <= 0 {
		done = 0
	}
	if done = min(done, len(s.bars)); done == s.done {
		return
	}
	s.done = done
	s.colour()
	dirty(s)
}

func (s *soundStage) colour() {
	pal := s.env.Palette()
	s.ground.FillColor = pal.BoardBg
	for i, b := range s.bars {
		c := pal.InkFaint
		if i < s.done {
			c = pal.Accent
		}
		if b.FillColor != c {
			b.FillColor = c
			canvas.Refresh(b)
		}
	}
}

// wave is where the waveform lies.
func (s *soundStage) wave(size fyne.Size) (x, y, w, h float32) {
	w, h = max(1, size.Width-2*stagePad), min(stageHigh, max(8, size.Height-2*stagePad))
	return stagePad, (size.Height - h) / 2, w, h
}

func (s *soundStage) lay(size fyne.Size) {
	s.ground.Resize(size)
	x, y, w, h := s.wave(size)
	step := w / float32(len(s.bars))
	for i, b := range s.bars {
		high := max(3, s.loud[i]*h)
		b.CornerRadius = step * 0.3
		b.Resize(fyne.NewSize(max(1, step*0.6), high))
		b.Move(fyne.NewPos(x+float32(i)*step+step*0.2, y+(h-high)/2))
	}
}

// CreateRenderer implements fyne.Widget.
func (s *soundStage) CreateRenderer() fyne.WidgetRenderer {
	return s.ring.Around(soundStageRenderer{s})
}

type soundStageRenderer struct{ s *soundStage }

func (r soundStageRenderer) Destroy()                     {}
func (r soundStageRenderer) MinSize() fyne.Size           { return fyne.NewSize(160, 80) }
func (r soundStageRenderer) Objects() []fyne.CanvasObject { return r.s.objects }

func (r soundStageRenderer) Layout(size fyne.Size) {
	r.s.lay(size)
	r.s.eager.focus(r.s.env.Post, r.s)
}

func (r soundStageRenderer) Refresh() {
	r.s.colour()
	r.s.ground.Refresh()
}

// Tapped goes to a place of the sound.
func (s *soundStage) Tapped(e *fyne.PointEvent) {
	takeFocus(s)
	x, _, w, _ := s.wave(s.Size())
	s.seek(float64(min(1, max(0, (e.Position.X-x)/w))))
}

// FocusGained implements fyne.Focusable.
func (s *soundStage) FocusGained() { s.ring.Set(true, s) }

// FocusLost implements fyne.Focusable.
func (s *soundStage) FocusLost() { s.ring.Set(false, s) }

// TypedRune implements fyne.Focusable.
func (s *soundStage) TypedRune(r rune) {
	if r != ' ' { // which is a key, too
		passRune(s, r)
	}
}

// TypedKey implements fyne.Focusable: Space plays and stops, arrows go on and back.
func (s *soundStage) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace:
		s.toggle()
	case fyne.KeyLeft:
		s.skip(-skipBy)
	case fyne.KeyRight:
		s.skip(skipBy)
	case fyne.KeyHome:
		s.seek(0)
	default:
		passKey(s, e)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (s *soundStage) TypedShortcut(sc fyne.Shortcut) { passShortcut(s, sc) }
