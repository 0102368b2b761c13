package renderers

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// others are the persons on a board besides this one, and what they are told.
// What they do lies over everything else: a frame in which only they move lays
// their few objects anew and looks at no card. UI goroutine only; all methods
// do nothing on nil.
type others struct {
	v      *BoardView
	room   Room
	cancel func()
	due    atomic.Bool // they are looked at soon

	list   []*other
	motion *fyne.Animation // while somebody's pointer is on its way
	marks  othersMarks

	told    time.Time // when they were shown what this hand does,
	telling bool      // and they will be again soon
}

// other is one device of somebody.
type other struct {
	Other
	glide glide
	tags  personTags
}

// newOthers enters the room of a view's board; nil if there is none.
func newOthers(v *BoardView) *others {
	if v.env.Room == nil {
		return nil
	}
	room := v.env.Room(v.Live.ID())
	if room == nil {
		return nil
	}
	o := &others{v: v, room: room}
	o.cancel = room.Subscribe(func() {
		if !o.due.Swap(true) {
			v.frames.Add(o.look)
		}
	})
	return o
}

func (o *others) close() {
	if o == nil {
		return
	}
	o.cancel()
	o.room.Leave()
	o.animate(false)
}

// look takes over what they show now.
func (o *others) look() {
	if o != nil {
		o.due.Store(false)
		o.v.SetOthers(o.room.Others())
	}
}

// SetOthers shows others as they are now, until the room says something else. A
// view without a room shows nobody.
func (v *BoardView) SetOthers(all []Other) {
	if v.others != nil && !v.closed {
		v.others.show(all)
	}
}

// Others is who else is on the board.
func (v *BoardView) Others() []Other {
	if v.others == nil {
		return nil
	}
	out := make([]Other, len(v.others.list))
	for i, x := range v.others.list {
		out[i] = x.Other
	}
	return out
}

// show follows a list of who is there.
func (o *others) show(all []Other) {
	now := o.v.env.Now()
	list := make([]*other, len(all))
	for i, who := range all {
		x := o.of(who.Device)
		if x == nil {
			x = &other{}
		}
		x.tags.follow(who.Look)
		x.glide.to(who.Does, now)
		if o.v.env.Still {
			x.glide.began = time.Time{} // it is there at once
		}
		x.Other = who
		list[i] = x
	}
	o.list = list
	if o.v.OnOthers != nil {
		o.v.OnOthers()
	}
	o.tick()
	o.animate(o.moving(now))
}

func (o *others) of(device string) *other {
	for _, x := range o.list {
		if x.Device == device {
			return x
		}
	}
	return nil
}

func (o *others) moving(now time.Time) bool {
	for _, x := range o.list {
		if x.glide.part(now) < 1 {
			return true
		}
	}
	return false
}

// animate runs ticks while somebody's pointer is on its way.
func (o *others) animate(on bool) {
	switch {
	case on && o.motion == nil:
		o.motion = fyne.NewAnimation(time.Hour, func(float32) { o.tick() })
		o.motion.Start()
	case !on && o.motion != nil:
		o.motion.Stop()
		o.motion = nil
	}
}

// tick draws them where they are now, and nothing else.
func (o *others) tick() {
	v := o.v
	if v.closed {
		return
	}
	v.objects = o.lay(v.objects[:min(v.below, len(v.objects))])
	dirty(v)
	if o.motion != nil && !o.moving(v.env.Now()) {
		o.animate(false)
	}
}
