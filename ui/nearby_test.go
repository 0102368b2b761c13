package ui

import (
	"os"
	"testing"

	"corkboard/app"
	"corkboard/share"
)

// someNearby is three people who look, one of whom is on every board of everybody.
func someNearby() app.Nearby {
	return app.Nearby{On: true, Until: atNoon.Add(app.NearbyTime), People: []app.Contact{
		{Person: ada, Name: "Ada Lovelace", Colour: personColours[0], Here: true},
		{Person: "kim", Name: "Kim", Colour: personColours[5], Here: true},
		{Person: "long", Name: longName, Colour: personColours[7], Here: true},
	}}
}

// tickOf is the tick of the open sheet.
func (d *desk) tickOf() *escCheck {
	d.t.Helper()
	for _, o := range d.laidOut() {
		if c, ok := o.(*escCheck); ok && c.Text == askNearby {
			return c
		}
	}
	d.t.Fatal("there is no tick")
	return nil
}

func TestSomebodyNearbyIsFoundAndInvited(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	id := d.garden()
	d.w.showShare()
	if d.tickOf().Checked || d.sheetSays("Kim") {
		t.Fatal("people are looked for without being asked")
	}
	d.tickOf().SetChecked(true)
	d.until("it is on", func() bool { return c.Nearby().On && d.sheetSays("Nobody else looks at the moment") })
	c.change(func() { c.near = someNearby() })
	d.until("they are shown", func() bool { return d.sheetSays("Kim") && d.sheetSays("Until 12:15") })
	c.change(func() { c.near.People = c.near.People[1:2] })
	d.until("one is left", func() bool { return !d.sheetSays("Ada Lovelace") })
	d.tapOn("Invite")
	d.until("the board was shared for it", func() bool {
		return c.asked("share "+string(id)) && c.asked("invite kim "+share.Write.String())
	})
	d.until("it is said", func() bool { return d.said("Kim is invited.") })

	c.change(func() { c.near = app.Nearby{} }) // it has ended by itself
	d.until("the tick is gone", func() bool { return !d.tickOf().Checked && !d.sheetSays("Kim") })
}

func TestWhoCannotLookIsTold(t *testing.T) {
	d := newDesk(t)
	d.large()
	c := d.meet(newCrowd())
	c.fails = os.ErrPermission
	d.w.showProfile()
	d.tickOf().SetChecked(true)
	d.until("it is said, and off", func() bool { return d.said("not allowed") && !d.tickOf().Checked })
}

func TestTheOwnAvatarShowsThatOneCanBeFound(t *testing.T) {
	d := newDesk(t)
	c := d.meet(newCrowd())
	itemOf(d.w.ownMenu(), askNearby).Action()
	d.until("it is on", func() bool { return d.w.bar.own.found })
	if !itemOf(d.w.ownMenu(), askNearby).Checked {
		t.Error("the menu does not say so")
	}
	itemOf(d.w.ownMenu(), askNearby).Action()
	d.until("it is off", func() bool { return !d.w.bar.own.found && !c.Nearby().On })
}
