package model

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/share"
)

// An act is one thing that one of two people does, or a meeting of both.
type act struct {
	Who    int
	What   string
	Pick   int // which cards or which connector, see person.pick
	X, Y   int
	Serial int // no other act of the sequence has it
}

// kinds is what people do, often what comes more than once.
var kinds = []string{
	"add", "add", "add", "remove", "move", "move", "move", "nudge", "nudge", "resize", "natural", "lock", "unlock",
	"group", "ungroup", "front", "back", "connect", "connect", "label", "disconnect", "title", "color",
	"undo", "undo", "undo", "undo", "undo", "redo", "redo", "redo", "meet", "meet",
}

func (a act) text() string {
	if a.What == "color" {
		return fmt.Sprintf("#%06d", a.Serial)
	}
	return fmt.Sprintf("words %d", a.Serial)
}

func (a act) card() string  { return fmt.Sprintf("card:c%d", a.Serial) }
func (a act) line() string  { return fmt.Sprintf("line:l%d", a.Serial) }
func (a act) group() string { return fmt.Sprintf("g%d", a.Serial) }

// gesture joins nudges of the same cards.
func (a act) gesture() string {
	if a.What != "nudge" {
		return ""
	}
	return fmt.Sprintf("nudge %d %d", a.Who, a.Pick%4)
}

func pair(x, y int) string { return fmt.Sprintf("%d %d", x, y) }

func unpair(s string) (x, y int) {
	_, _ = fmt.Sscan(s, &x, &y)
	return x, y
}

func linkOf(serial int) share.Link {
	return share.Link{Document: doctest.ID(fmt.Sprint("card", serial)), Kind: "text"}
}

func link(serial int) string { return share.Format(linkOf(serial)) }

// asCommand is the act as the program has it.
func (a act) asCommand(p *person) doc.Command[*board.Board] {
	names := p.pick(a)
	ids := make([]board.CardID, len(names))
	for i, n := range names {
		ids[i] = board.CardID(strings.TrimPrefix(n, "card:"))
	}
	at := board.Point{X: float64(a.X), Y: float64(a.Y)}
	switch a.What {
	case "title":
		return board.SetTitle{Title: a.text()}
	case "color":
		return board.SetColor{Color: a.text()}
	case "add":
		return board.AddCards{Cards: []board.Pin{{ID: board.CardID(strings.TrimPrefix(a.card(), "card:")), Link: linkOf(a.Serial), At: at}}}
	case "remove":
		return board.RemoveCards{IDs: ids}
	case "move", "nudge":
		return board.MoveCards{IDs: ids, By: at, Gesture: a.gesture()}
	case "resize":
		var frames []board.Frame
		for _, id := range ids {
			frames = append(frames, board.Frame{ID: id, Rect: board.Rect{X: at.X, Y: at.Y, W: float64(100 + a.Serial), H: float64(50 + a.Serial)}})
		}
		return board.ResizeCards{Frames: frames}
	case "natural":
		return board.FreeSize{IDs: ids}
	case "lock", "unlock":
		return board.LockCards{IDs: ids, Locked: a.What == "lock"}
	case "group":
		return board.GroupCards{IDs: ids, Group: a.group()}
	case "ungroup":
		return board.UngroupCards{IDs: ids}
	case "front", "back":
		return board.Restack{IDs: ids, To: map[string]board.Level{"front": board.ToFront, "back": board.ToBack}[a.What]}
	case "connect":
		if len(ids) != 2 {
			return nil
		}
		id := board.ConnectorID(strings.TrimPrefix(a.line(), "line:"))
		return board.Connect{Connectors: []board.Connector{{ID: id, From: ids[0], To: ids[1], Heads: board.HeadTo}}}
	}
	return a.asLineCommand(p)
}

func (a act) asLineCommand(p *person) doc.Command[*board.Board] {
	lines := p.lines()
	if len(lines) == 0 {
		return nil
	}
	id := board.ConnectorID(strings.TrimPrefix(lines[a.Pick%len(lines)], "line:"))
	if a.What == "label" {
		return board.LabelConnector{ID: id, Label: a.text()}
	}
	return board.Disconnect{IDs: []board.ConnectorID{id}}
}

// seen is what a board shows, in the model's words.
func seen(b *board.Board) state {
	s := state{"": {"title": b.Title}}
	set := func(t thing, field, v string) {
		if v != "" {
			t[field] = v
		}
	}
	set(s[""], "color", b.Color)
	for _, c := range b.Cards {
		t := thing{"at": pair(int(c.At.X), int(c.At.Y)), "url": share.Format(c.Link), "z": c.Z}
		if c.Size != (board.Size{}) {
			t["size"] = pair(int(c.Size.W), int(c.Size.H))
		}
		if c.Locked {
			t["locked"] = "yes"
		}
		set(t, "group", c.Group)
		s["card:"+string(c.ID)] = t
	}
	for _, c := range b.Connectors {
		t := thing{"from": "card:" + string(c.From), "to": "card:" + string(c.To), "heads": c.Heads.String()}
		set(t, "label", c.Label)
		s["line:"+string(c.ID)] = t
	}
	return s
}

// A table is where two people work on one board.
type table struct {
	desks [2]*doc.Live[*board.Board]
	// meet brings each what the other has; nil where both always see the same.
	meet func() error
}

// game is two people at a table, and what the model thinks of them.
type game struct {
	table
	people [2]*person
	base   state // when they met last
	wrote  [2]map[[3]string]bool
	last   map[[2]string]int // who wrote a field last
	undone *undone
	did    map[string]int // what had an effect, by kind
}

// undone is the state before an undo that nothing has followed yet.
type undone struct {
	who    int
	before state
}

func newGame(t table) *game {
	start := seen(t.desks[0].Snapshot().Value)
	g := &game{table: t, base: start, last: map[[2]string]int{}, did: map[string]int{}}
	for i := range g.people {
		g.people[i], g.wrote[i] = newPerson(start.clone()), map[[3]string]bool{}
	}
	return g
}

// play carries out a sequence and tells the first thing that is wrong.
func (g *game) play(acts []act) error {
	for n, a := range append(slices.Clone(acts), act{What: "meet"}) {
		if err := g.one(a); err != nil {
			return fmt.Errorf("act %d, %s: %w", n+1, a, err)
		}
	}
	return nil
}

var errDiffers = errors.New("the board is not what it should be")

func (g *game) one(a act) error {
	p := g.people[a.Who]
	before := p.clone()
	var err error
	switch a.What {
	case "meet":
		return g.together()
	case "undo", "redo":
		err = g.takes(a, p, before)
	default:
		err = g.commands(a, p, before)
	}
	if err == nil && g.meet == nil {
		err = g.together()
	}
	return err
}

// commands has somebody do something, and the model too.
func (g *game) commands(a act, p *person, before state) error {
	c := a.asCommand(p)
	if c == nil {
		return nil
	}
	list := p.command(a)
	if err := settled(g.desks[a.Who].Do(c)); err != nil && !expected(err) {
		return err
	}
	now := seen(g.desks[a.Who].Snapshot().Value)
	switch a.What {
	case "add":
		z := now[a.card()]["z"]
		for _, n := range before.cards() {
			if before[n]["z"] >= z {
				return fmt.Errorf("%w: the new card lies at %q, below %s", errDiffers, z, n)
			}
		}
		list[0].new["z"] = z
	case "connect":
		for _, e := range list {
			e.new["heads"] = "end"
		}
	case "front", "back":
		if err := restacked(a.What, p.free(p.pick(a)), before.stack(), now.stack()); err != nil {
			return err
		}
		for _, n := range before.cards() {
			list = append(list, p.field(n, "z", now[n]["z"]))
		}
	}
	p.did(a.gesture(), list)
	g.note(a.Who, before, p.state)
	if !before.equal(p.state) {
		g.undone = nil
		g.did[a.What]++
	}
	return differs(p.state, now)
}

// takes has somebody undo or redo, holds it against the model, and then against what was
// promised without it.
func (g *game) takes(a act, p *person, before state) error {
	desk, redo := g.desks[a.Who], a.What == "redo"
	var err error
	if redo {
		err = settled(desk.Redo())
	} else {
		err = settled(desk.Undo())
	}
	changed := p.takeBack(redo)
	if nothing := errors.Is(err, doc.ErrNothing); nothing != (len(changed) == 0) || err != nil && !nothing {
		return fmt.Errorf("%w: %d changes were to be taken back, and it says %w", errDiffers, len(changed), err)
	}
	now := seen(desk.Snapshot().Value)
	if err := g.spares(a.Who, before, now); err != nil {
		return err
	}
	if g.undone != nil && redo && g.undone.who == a.Who {
		if err := differs(g.undone.before, now); err != nil {
			return fmt.Errorf("redo after undo: %w", err)
		}
	}
	g.undone = nil
	if !redo && len(changed) > 0 {
		g.undone = &undone{a.Who, before}
	}
	if len(changed) > 0 {
		g.did[a.What]++
	}
	g.note(a.Who, before, now)
	return differs(p.state, now)
}

// spares says whether an undo has taken away what the other person wrote.
func (g *game) spares(who int, before, now state) error {
	for name, t := range before {
		for field, v := range t {
			at := [2]string{name, field}
			if by, known := g.last[at]; now[name][field] != v && known && by != who && !g.wrote[who][[3]string{name, field, v}] {
				return fmt.Errorf("%w: it takes %s %s %q of the other away", errDiffers, name, field, v)
			}
		}
	}
	return nil
}

// note remembers who wrote what.
func (g *game) note(who int, before, now state) {
	for name, t := range now {
		for field, v := range t {
			if before[name][field] != v {
				g.last[[2]string{name, field}] = who
				g.wrote[who][[3]string{name, field, v}] = true
			}
		}
	}
}

// together lets both meet: then they must see the same. What one alone has changed must be
// there, and of what both have changed nothing that neither had.
func (g *game) together() error {
	if g.meet != nil {
		if err := g.meet(); err != nil {
			return err
		}
		g.undone = nil
	}
	now, other := seen(g.desks[0].Snapshot().Value), seen(g.desks[1].Snapshot().Value)
	if err := differs(now, other); err != nil {
		return fmt.Errorf("they do not see the same: %w", err)
	}
	a, b := g.people[0], g.people[1]
	for _, s := range []state{now, a.state, b.state} {
		for name := range s {
			if err := merged(name, now[name], a, b); err != nil {
				return err
			}
		}
	}
	g.base = now
	for _, p := range g.people {
		p.state, p.touched = now.clone(), map[string]bool{}
	}
	return nil
}

func merged(name string, now thing, a, b *person) error {
	want := []thing{a.state[name], b.state[name]}
	switch {
	case !a.touched[name]:
		want = want[1:]
	case !b.touched[name]:
		want = want[:1]
	}
	if len(want) == 1 && !maps.Equal(now, want[0]) {
		return fmt.Errorf("%w: %s is %v, and the one who changed it had %v", errDiffers, name, now, want[0])
	}
	for field, v := range now {
		if !slices.ContainsFunc(want, func(t thing) bool { return t[field] == v }) {
			return fmt.Errorf("%w: %s %s is %q, of nobody", errDiffers, name, field, v)
		}
	}
	return nil
}

func differs(want, got state) error {
	if want.equal(got) {
		return nil
	}
	for _, s := range []state{want, got} {
		for _, name := range slices.Sorted(maps.Keys(s)) {
			if !maps.Equal(want[name], got[name]) {
				return fmt.Errorf("%w: %q is %v, want %v", errDiffers, name, got[name], want[name])
			}
		}
	}
	return errDiffers
}

// expected errors are outcomes of a command that means nothing any more.
func expected(err error) bool {
	for _, e := range []error{doc.ErrNothing, doc.ErrGone, board.ErrLocked, board.ErrTooDeep} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func settled(r doc.Receipt) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return r.Applied(ctx)
}

// String is an act as fixtures have it.
func (a act) String() string {
	return fmt.Sprintf("%d %s %d %d %d %d", a.Who, a.What, a.Pick, a.X, a.Y, a.Serial)
}
