package renderers

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/renderers/paint"
)

// The pictures of one person, painted once for each theme and scale.
const (
	tagPointer = iota // an arrow with their name
	tagShort          // initials
	tagWriting        // a pen and their name
	tagKinds
)

type personTags struct {
	who  PersonLook
	dark bool
	at   float32 // pixels per Fyne unit
	all  [tagKinds]personTag
}

type personTag struct {
	im    *canvas.Image
	size  fyne.Size
	asked bool
}

// follow forgets the pictures of somebody who wants to be shown otherwise.
func (t *personTags) follow(who PersonLook) {
	if t.who != who {
		*t = personTags{who: who}
	}
}

// tag is one of somebody's pictures; nil until it is painted.
func (o *others) tag(x *other, kind int) *personTag {
	around := &o.v.around
	if x.tags.dark != around.pal.IsDark || x.tags.at != around.scale {
		x.tags = personTags{who: x.Look, dark: around.pal.IsDark, at: around.scale}
	}
	t := &x.tags.all[kind]
	if t.im != nil {
		return t
	}
	if !t.asked {
		t.asked = true
		o.paint(x, kind, x.tags.who, *around)
	}
	return nil
}

// paint asks for a picture.
func (o *others) paint(x *other, kind int, who PersonLook, a surroundings) {
	v := o.v
	v.painters.Submit(task{run: func(sh *paint.Shaper) {
		var img *image.RGBA
		switch kind {
		case tagPointer:
			img = paint.PersonPointer(sh, who.Name, a.scale, who.Colour, a.pal)
		case tagShort:
			img = paint.PersonTag(sh, paint.Initials(who.Name), false, a.scale, who.Colour, a.pal)
		default:
			img = paint.PersonTag(sh, who.Name, true, a.scale, who.Colour, a.pal)
		}
		v.frames.Add(func() {
			if v.closed || x.tags.who != who || x.tags.dark != a.pal.IsDark || x.tags.at != a.scale {
				return
			}
			b := img.Bounds()
			t := personTag{im: newPicture(img), asked: true, size: fyne.NewSize(float32(b.Dx())/a.scale, float32(b.Dy())/a.scale)}
			setImageSize(t.im, t.size)
			x.tags.all[kind] = t
			o.tick()
		})
	}})
}
