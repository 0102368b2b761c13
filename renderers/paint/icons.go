package paint

import (
	"image"
	"image/color"
)

// Icon names one of the drawn icons.
type Icon uint8

// The icons.
const (
	IconFile Icon = iota
	IconPDF
	IconImage
	IconBoard
	IconTodo
	IconText
	IconLink
	IconWarning
	IconPlay
	IconFolder
	IconLock
	IconPen
	IconBox
	IconTick
	IconThread
	IconPerson
	IconDevice
	IconStorage
	IconPause
	IconSound
	IconFilm
	IconSpeaker
	iconCount
)

// DrawIcon draws an icon, made of lines in one colour, in the square that fits the rectangle.
func DrawIcon(dst *image.RGBA, icon Icon, r Rect, c color.RGBA) {
	if icon >= iconCount {
		icon = IconFile
	}
	s := min(r.W, r.H)
	if !(s > 0) || s > maxGlyph {
		return
	}
	pen := iconPen{x: r.X + (r.W-s)/2, y: r.Y + (r.H-s)/2, s: s / 24}
	icons[icon](&pen)
	pen.p.fill(dst, c)
}

var icons = [iconCount]func(*iconPen){
	IconFile:    (*iconPen).file,
	IconPDF:     (*iconPen).pdf,
	IconImage:   (*iconPen).image,
	IconBoard:   (*iconPen).board,
	IconTodo:    (*iconPen).todo,
	IconText:    (*iconPen).text,
	IconLink:    (*iconPen).link,
	IconWarning: (*iconPen).warning,
	IconPlay:    (*iconPen).play,
	IconFolder:  (*iconPen).folder,
	IconLock:    (*iconPen).lock,
	IconPen:     (*iconPen).pen,
	IconBox:     (*iconPen).box,
	IconTick:    (*iconPen).tick,
	IconThread:  (*iconPen).thread,
	IconPerson:  (*iconPen).person,
	IconDevice:  (*iconPen).device,
	IconStorage: (*iconPen).storage,
	IconPause:   (*iconPen).pause,
	IconSound:   (*iconPen).sound,
	IconFilm:    (*iconPen).film,
	IconSpeaker: (*iconPen).speaker,
}

// iconPen draws on a grid of 24 × 24 with lines 1.6 wide.
type iconPen struct {
	p       path
	x, y, s float32
}

func (d *iconPen) points(xy []float32) []Point {
	pts := make([]Point, 0, len(xy)/2+1)
	for i := 0; i+1 < len(xy); i += 2 {
		pts = append(pts, Point{d.x + xy[i]*d.s, d.y + xy[i+1]*d.s})
	}
	return pts
}

func (d *iconPen) line(xy ...float32) { d.p.stroke(1.6*d.s, d.points(xy)...) }

func (d *iconPen) loop(xy ...float32) { d.line(append(xy, xy[0], xy[1])...) }

func (d *iconPen) dot(x, y, r float32) { d.p.circle(d.x+x*d.s, d.y+y*d.s, r*d.s, false) }

func (d *iconPen) file() {
	d.loop(6, 3, 14, 3, 18.5, 7.5, 18.5, 21, 6, 21)
	d.line(14, 3, 14, 7.5, 18.5, 7.5)
}

func (d *iconPen) pdf() {
	d.file()
	d.line(9, 18, 9, 11.5, 13, 11.5, 14.5, 12.6, 14.5, 13.9, 13, 15, 9, 15)
}

func (d *iconPen) image() {
	d.loop(3.5, 5, 20.5, 5, 20.5, 19, 3.5, 19)
	d.line(3.5, 17, 9, 11.5, 13, 15.5, 15.5, 13, 20.5, 17.5)
	d.dot(15.5, 9, 1.6)
}

func (d *iconPen) board() {
	d.loop(3.5, 4, 20.5, 4, 20.5, 20, 3.5, 20)
	d.loop(7, 7.5, 11, 7.5, 11, 12.5, 7, 12.5)
	d.loop(14, 11.5, 17, 11.5, 17, 16.5, 14, 16.5)
}

func (d *iconPen) todo() {
	for _, y := range []float32{7, 17} {
		d.line(3.5, y, 5.2, y+1.8, 8.6, y-2)
		d.line(12, y, 20.5, y)
	}
}

func (d *iconPen) text() {
	d.line(4, 6, 20, 6)
	d.line(4, 10.5, 20, 10.5)
	d.line(4, 15, 20, 15)
	d.line(4, 19.5, 13, 19.5)
}

func (d *iconPen) link() {
	d.line(10.5, 7.5, 13, 5, 15.5, 4.4, 18, 5.4, 19.4, 8, 18.8, 10.6, 15.5, 13.8, 13, 14.4, 10.5, 13.6)
	d.line(13.5, 16.5, 11, 19, 8.5, 19.6, 6, 18.6, 4.6, 16, 5.2, 13.4, 8.5, 10.2, 11, 9.6, 13.5, 10.4)
}

func (d *iconPen) warning() {
	d.loop(12, 4, 21.5, 20, 2.5, 20)
	d.line(12, 10, 12, 14.5)
	d.dot(12, 17.3, 1)
}

func (d *iconPen) play() {
	d.p.polygon(d.points([]float32{7.5, 4.5, 19.5, 12, 7.5, 19.5})...)
	d.loop(7.5, 4.5, 19.5, 12, 7.5, 19.5)
}

func (d *iconPen) folder() {
	d.loop(3, 5.5, 9.5, 5.5, 11.5, 8, 21, 8, 21, 19, 3, 19)
}

func (d *iconPen) lock() {
	d.loop(5, 11, 19, 11, 19, 20.5, 5, 20.5)
	d.line(8, 11, 8, 7.5, 9.2, 5.2, 12, 4, 14.8, 5.2, 16, 7.5, 16, 11)
	d.dot(12, 15.5, 1.4)
}

func (d *iconPen) pen() {
	d.loop(4, 20, 5.2, 15, 16, 4.2, 19.8, 8, 9, 18.8)
	d.line(13.4, 6.8, 17.2, 10.6)
}

func (d *iconPen) box() { d.loop(4, 4, 20, 4, 20, 20, 4, 20) }

func (d *iconPen) tick() {
	d.box()
	d.line(7.5, 12, 10.8, 15.5, 16.5, 8.5)
}

func (d *iconPen) thread() {
	d.loop(3.5, 4.5, 20.5, 4.5, 20.5, 16.5, 11.5, 16.5, 7, 20.5, 7, 16.5, 3.5, 16.5)
	d.line(7.5, 9, 16.5, 9)
	d.line(7.5, 12.5, 13.5, 12.5)
}

func (d *iconPen) person() {
	d.loop(12, 3.5, 14.6, 4.5, 15.8, 7, 15, 9.8, 12, 11.6, 9, 9.8, 8.2, 7, 9.4, 4.5)
	d.line(4.5, 20.5, 5.2, 17.4, 7.6, 15.2, 12, 14.4, 16.4, 15.2, 18.8, 17.4, 19.5, 20.5, 4.5, 20.5)
}

func (d *iconPen) device() {
	d.loop(5, 5, 19, 5, 19, 15.5, 5, 15.5)
	d.line(2.5, 19, 21.5, 19)
}

func (d *iconPen) storage() {
	d.loop(4, 4.5, 20, 4.5, 20, 10.5, 4, 10.5)
	d.loop(4, 13.5, 20, 13.5, 20, 19.5, 4, 19.5)
	d.dot(7.5, 7.5, 1)
	d.dot(7.5, 16.5, 1)
}

func (d *iconPen) pause() {
	for _, x := range []float32{6, 14} {
		d.p.polygon(d.points([]float32{x, 4.5, x + 4, 4.5, x + 4, 19.5, x, 19.5})...)
	}
}

func (d *iconPen) sound() {
	for i, h := range []float32{3, 6.5, 9, 5, 7.5, 2.5} {
		x := 3.5 + 3.4*float32(i)
		d.line(x, 12-h, x, 12+h)
	}
}

func (d *iconPen) film() {
	d.loop(3.5, 5, 20.5, 5, 20.5, 19, 3.5, 19)
	d.line(7.5, 5, 7.5, 19)
	d.line(16.5, 5, 16.5, 19)
	for _, y := range []float32{9.6, 14.3} {
		d.line(3.5, y, 7.5, y)
		d.line(16.5, y, 20.5, y)
	}
}

func (d *iconPen) speaker() {
	d.p.polygon(d.points([]float32{3.5, 9.2, 7.5, 9.2, 12.5, 5, 12.5, 19, 7.5, 14.8, 3.5, 14.8})...)
	d.line(15.5, 9, 16.6, 12, 15.5, 15)
	d.line(18.3, 6.6, 20.2, 12, 18.3, 17.4)
}
