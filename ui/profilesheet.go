package ui

import (
	"context"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// personColours are the colours that a person can have.
var personColours = [][3]byte{
	{0xF8, 0x70, 0x60}, {0xFF, 0xC9, 0x19}, {0x6C, 0xCB, 0x44}, {0x00, 0xCA, 0x7B}, {0x33, 0x95, 0xE8},
	{0x00, 0x40, 0x98}, {0x47, 0x00, 0xD8}, {0xE8, 0x0F, 0xA7}, {0x62, 0x62, 0x62},
}

const (
	colourSide = 28
	nameWidth  = 280
	maxName    = 60 // runes of a name
)

// profileFields is where a person chooses how others see them.
type profileFields struct {
	w               *Window
	was             app.Member
	name            *escEntry
	colour          [3]byte
	picture         string
	choose, without *escButton  // the picture
	chosen          func()      // another colour or picture was chosen
	failed          func(error) // a picture cannot be used
}

func newProfileFields(w *Window) *profileFields {
	f := &profileFields{w: w, was: w.together.Me()}
	f.name = newEscEntry(lang.T("Your name"), w.closeModal)
	f.name.Text, f.colour, f.picture = f.was.Name, f.was.Colour, f.was.Picture
	f.choose = newEscButton(lang.T("Choose a picture…"), func() { w.choosePath(lang.T("Choose a picture"), false, f.take) }, w.closeModal)
	f.without = newEscButton(lang.T("Without a picture"), func() {
		f.picture = ""
		f.chosen()
	}, w.closeModal)
	return f
}

// lay is the name and the colours below one another.
func (f *profileFields) lay(width float32) []fyne.CanvasObject {
	row := container.NewHBox()
	colours := personColours
	if !slices.Contains(colours, f.was.Colour) {
		colours = append([][3]byte{f.was.Colour}, colours...)
	}
	for _, c := range colours {
		row.Add(newColourDisc(c, c == f.colour, f.w, func() {
			f.colour = c
			f.chosen()
		}))
	}
	look := renderers.PersonLook{Name: pick(f.name.Text == "", f.was.Name, f.name.Text), Colour: f.colour, Picture: f.picture}
	disc := newDisc(look, discSide)
	return []fyne.CanvasObject{
		container.NewHBox(container.NewCenter(disc), gap(4), container.NewCenter(container.New(fixedWidth(min(nameWidth, width-discSide-16)), f.name))),
		container.New(inset{0, 10}, row),
	}
}

// layPicture is what can be done about the picture.
func (f *profileFields) layPicture(width float32) fyne.CanvasObject {
	if f.picture == "" {
		return buttonRow(width, f.choose)
	}
	return buttonRow(width, f.choose, f.without)
}

// take makes the picture of a file the person's, once they save.
func (f *profileFields) take(path string) {
	go func() {
		picture, err := f.w.together.PictureFrom(context.Background(), path)
		f.w.frames.Add(func() {
			if err != nil {
				f.failed(err)
				return
			}
			f.picture = picture
			f.chosen()
		})
	}()
}

// save gives others the name, the colour and the picture, if they are others than before.
// It blocks.
func (f *profileFields) save(name string) error {
	ctx := context.Background()
	if name = strings.TrimSpace(short(name, maxName)); name != f.was.Name || f.colour != f.was.Colour {
		if err := f.w.together.SetProfile(ctx, name, f.colour); err != nil {
			return err
		}
	}
	if f.picture == f.was.Picture {
		return nil
	}
	return f.w.together.SetPicture(ctx, f.picture)
}

// showProfile is the sheet of the name and the colour that others see.
func (w *Window) showProfile() {
	f := newProfileFields(w)
	var p *page
	var b *escButton
	save := func() {
		name := f.name.Text
		if strings.TrimSpace(name) == "" {
			p.complain(lang.T("Type a name."))
			return
		}
		p.run(b, lang.T("Saving…"), func() error { return f.save(name) }, func() {
			if p.shown() {
				w.showSettings()
			}
		})
	}
	b = w.mainButton(lang.T("Save"), save)
	f.name.OnSubmitted = func(string) { save() }
	tick := w.newNearbyTick()
	p = w.openPage(lang.T("You"), protectWidth, f.name, func(width float32) []fyne.CanvasObject {
		out := []fyne.CanvasObject{w.prose(lang.T("This is how others see you on the boards that you share with them."), width, w.env.Palette().Ink)}
		out = append(out, f.lay(width)...)
		out = append(out, f.layPicture(width))
		out = append(out, w.spoken(lang.T("Who wants to be sure that it is you compares these words with you aloud:"), f.was.Person, width)...)
		out = append(out, buttonRow(width, b), ruled())
		return append(out, w.layTick(tick, width)...)
	})
	found := w.together.Nearby().On
	p.modal.follow = func() {
		w.followTick(tick)
		if tick.Checked != found {
			found = tick.Checked
			p.again()
		}
	}
	f.chosen = p.again
	f.failed = func(err error) {
		if p.shown() {
			p.complain(sentence(err))
		}
	}
	f.name.OnChanged = func(string) { p.again() }
}

// settingsYou says how others see the person, and leads to devices and addresses.
func (w *Window) settingsYou() fyne.CanvasObject {
	me := w.together.Me()
	name := canvas.NewText(fitText(me.Name, proseSize, fyne.TextStyle{}, settingsWidth-2*sheetPad-discSide-24), w.env.Palette().Ink)
	name.TextSize = proseSize
	row := container.NewHBox(newDisc(lookOf(me), discSide), gap(4), container.NewCenter(name))
	change := newEscButton(lang.T("Name and picture…"), w.showProfile, w.closeModal)
	devices := newEscButton(lang.T("Your devices…"), w.showDevices, w.closeModal)
	addresses := newEscButton(lang.T("Addresses…"), w.showAddresses, w.closeModal)
	invisible := newEscCheck(lang.T("Invisible"), w.closeModal)
	invisible.Checked = w.together.Invisible()
	invisible.OnChanged = w.setInvisible
	return container.New(stacked{grow: -1}, container.New(inset{8, 4}, row),
		container.New(inset{8, 2}, w.smallPrint(lang.T("How others see you on boards that you share with them."))),
		invisible, container.New(indent{30, 6}, w.smallPrint(lang.T("Nobody sees which board you look at. You still see others."))),
		container.New(inset{8, 6}, container.NewHBox(change, devices, addresses)))
}

// colourDisc is a colour that can be chosen.
type colourDisc struct {
	widget.BaseWidget
	w    *Window
	disc *canvas.Circle
	do   func()
	ring renderers.Ring
}

func newColourDisc(c [3]byte, chosen bool, w *Window, do func()) *colourDisc {
	s := &colourDisc{w: w, disc: canvas.NewCircle(color.NRGBA{c[0], c[1], c[2], 0xff}), do: do}
	if chosen {
		s.disc.StrokeWidth, s.disc.StrokeColor = 3, w.env.Palette().Ink
	}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *colourDisc) CreateRenderer() fyne.WidgetRenderer {
	return s.ring.Around(widget.NewSimpleRenderer(container.New(square(colourSide), s.disc)))
}

// Tapped implements fyne.Tappable.
func (s *colourDisc) Tapped(*fyne.PointEvent) { s.do() }

// Cursor implements desktop.Cursorable.
func (*colourDisc) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained implements fyne.Focusable.
func (s *colourDisc) FocusGained() {
	s.ring.Set(true, s)
	reveal(s)
}

// FocusLost implements fyne.Focusable.
func (s *colourDisc) FocusLost() { s.ring.Set(false, s) }

// TypedRune implements fyne.Focusable.
func (s *colourDisc) TypedRune(r rune) {
	if r == ' ' {
		s.do()
	}
}

// TypedKey implements fyne.Focusable.
func (s *colourDisc) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		s.w.closeModal()
	case fyne.KeyReturn, fyne.KeyEnter:
		s.do()
	}
}
