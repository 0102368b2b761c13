package renderers

import (
	"slices"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/ui/lang"
)

// People is what a conversation asks about those who speak. Its functions answer
// at once, on any goroutine.
type People struct {
	// Me is this person's id, Look how a person is shown.
	Me   func() string
	Look func(person string) PersonLook
	// Seen is the time of the newest message of a thread that this person has
	// seen on this device, Saw takes note of another. ms since 1970 UTC.
	Seen func(thread doc.ID) int64
	Saw  func(thread doc.ID, until int64)
}

// me is this person's id, "" if that is not known. The methods may be called on nil.
func (p *People) me() string {
	if p == nil {
		return ""
	}
	return p.Me()
}

// person is how somebody is shown; somebody unknown has a name, too.
func (p *People) person(id string) PersonLook {
	if p == nil || id == "" {
		return PersonLook{Name: lang.T("Somebody"), Colour: [3]byte{0x80, 0x88, 0x90}}
	}
	return p.Look(id)
}

// seen is as People.Seen.
func (p *People) seen(thread doc.ID) int64 {
	if p == nil {
		return 0
	}
	return p.Seen(thread)
}

// saw is as People.Saw.
func (p *People) saw(thread doc.ID, until int64) {
	if p != nil && thread != "" {
		p.Saw(thread, until)
	}
}

// PeopleMoved says that somebody may have another name or colour: threads in view
// in which they speak are painted again. UI goroutine.
func (v *BoardView) PeopleMoved() {
	for id, p := range v.pins {
		t, ok := p.snapshot().Value.(cards.Thread)
		if !ok {
			continue
		}
		if looks := looksOf(t.Messages, v.env.People); !slices.Equal(looks, p.looks) {
			p.looks = looks
			v.repaint(id)
		}
	}
	if v.edit != nil {
		if e, ok := v.edit.editor.(interface{ PeopleMoved() }); ok {
			e.PeopleMoved()
		}
	}
}
