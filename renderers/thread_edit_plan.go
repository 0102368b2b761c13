package renderers

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/cards"
)

// threadView is what a thread editor shows: rows laid out from the newest
// upwards, and pictures of those in view.
type threadView struct {
	width float32
	dark  bool
	today string
	rows  []talkRow // the last ones of the thread, oldest first
	total float32   // their height
	whole bool      // they are all of the thread
	laid  map[string]laidTalk

	pics    rowPictures
	objects []fyne.CanvasObject
	thumb   *canvas.Rectangle
}

// laidTalk is a row with what it was laid out after.
type laidTalk struct {
	before cards.Message // zero: it is the first
	row    talkRow
}

func (v *threadView) init() {
	v.laid, v.pics.all = map[string]laidTalk{}, map[string]*rowPicture{}
	v.thumb = canvas.NewRectangle(color.Transparent)
	v.thumb.CornerRadius = 2
}

// foot is how much of the card is for writing.
func (e *threadList) foot() float32 {
	if e.pen == nil {
		return 0
	}
	h := float32(threadFoot-threadBox) + e.boxHeight()
	if e.changed != "" {
		h += 18
	}
	return h
}

// boxHeight grows with what is written, to a part of the card.
func (e *threadList) boxHeight() float32 {
	most := max(threadBox, (e.Size().Height/e.zoom-threadTop)*0.45)
	return min(most, max(threadBox, e.pen.HeightWithin(most)+12))
}

// room is the height in which messages are shown.
func (e *threadList) room() float32 {
	return max(0, e.Size().Height/e.zoom-threadTop-e.foot())
}

// plan lays the newest messages out until they fill what can be seen.
func (e *threadList) plan(width float32) {
	v := &e.view
	env := e.host.Env
	width = float32(math.Round(float64(width)*8)) / 8
	dark, today := env.Dark(), env.Now().Format(cards.DateLayout)
	if v.width != width || v.dark != dark || v.today != today {
		v.width, v.dark, v.today = width, dark, today
		clear(v.laid)
		e.recolor()
	}
	p := talkPlan{
		sh: e.shaper, pal: env.Palette(), width: width, today: today, who: env.People,
		me: env.People.me(), names: e.names, seen: e.seen,
	}
	list := e.thread.Messages
	need := e.up + e.room()
	v.total, v.rows = threadBelow, v.rows[:0]
	i := len(list)
	for i > 0 && v.total < need {
		i--
		r := v.row(&p, list, i)
		v.rows = append(v.rows, r)
		v.total += r.h
	}
	v.whole = i == 0
	for a, b := 0, len(v.rows)-1; a < b; a, b = a+1, b-1 {
		v.rows[a], v.rows[b] = v.rows[b], v.rows[a]
	}
}

// row is a message laid out, as long as nothing about it has changed.
func (v *threadView) row(p *talkPlan, list []cards.Message, i int) talkRow {
	var before *cards.Message
	var after cards.Message
	if i > 0 {
		before, after = &list[i-1], list[i-1]
	}
	if l, ok := v.laid[list[i].ID]; ok && l.row.msg == list[i] && l.before == after {
		return l.row
	}
	r := p.row(before, list[i])
	v.laid[list[i].ID] = laidTalk{after, r}
	return r
}

// heightBelow is the height of the messages after one.
func (e *threadList) heightBelow(id string) (h float32) {
	i := e.find(id)
	if i < 0 || e.view.width == 0 {
		return 0
	}
	env := e.host.Env
	p := talkPlan{
		sh: e.shaper, pal: env.Palette(), width: e.view.width, today: e.view.today, who: env.People,
		me: env.People.me(), names: e.names, seen: e.seen,
	}
	for i++; i < len(e.thread.Messages); i++ {
		r := e.view.row(&p, e.thread.Messages, i)
		h += r.h
	}
	return h
}
