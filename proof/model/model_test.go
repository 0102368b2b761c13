package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The model of a board: what its commands mean for somebody who sees it, and what undo
// takes back. It knows neither documents nor edits.

// A thing is a card, a connector or the board itself, by what can be said of it. A field
// that is not set is not there.
type thing map[string]string

// state is all things by their names: "" is the board.
type state map[string]thing

// entry is that a field became another, or with no field that a thing came or went.
type entry struct {
	thing, field string
	was, now     string // of a field; "" is not set
	old, new     thing  // of a thing; nil is not there
}

// step is what one person did in one go.
type step struct {
	gesture string
	done    []entry
}

// person sees a state and remembers what they did to it.
type person struct {
	state
	undo, redo []step
	touched    map[string]bool // things, since the last merge
}

func newPerson(s state) *person { return &person{state: s, touched: map[string]bool{}} }

func (s state) clone() state {
	out := state{}
	for name, t := range s {
		out[name] = maps.Clone(t)
	}
	return out
}

func (s state) equal(o state) bool {
	return maps.EqualFunc(s, o, func(a, b thing) bool { return maps.Equal(a, b) })
}

// make carries out one entry.
func (p *person) make(e entry) {
	p.touched[e.thing] = true
	switch {
	case e.field == "" && e.new == nil:
		delete(p.state, e.thing)
	case e.field == "":
		p.state[e.thing] = maps.Clone(e.new)
	case e.now == "":
		delete(p.state[e.thing], e.field)
	default:
		p.state[e.thing][e.field] = e.now
	}
}

// stands says whether what an entry made is still so.
func (p *person) stands(e entry) bool {
	t, here := p.state[e.thing]
	if e.field == "" {
		return here == (e.new != nil) && maps.Equal(t, e.new)
	}
	return here && t[e.field] == e.now
}

// back is an entry that takes another back.
func (e entry) back() entry {
	e.was, e.now, e.old, e.new = e.now, e.was, e.new, e.old
	return e
}

// did carries out what a command does, as a step of its own or one more of a gesture.
func (p *person) did(gesture string, list []entry) {
	list = slices.DeleteFunc(list, func(e entry) bool { return e.field != "" && e.was == e.now })
	if len(list) == 0 {
		return
	}
	for _, e := range list {
		p.make(e)
	}
	fresh := len(p.redo) > 0
	p.redo = nil
	if n := len(p.undo); n > 0 && !fresh && gesture != "" && p.undo[n-1].gesture == gesture {
		p.undo[n-1].done = append(p.undo[n-1].done, list...)
		return
	}
	p.undo = append(p.undo, step{gesture, list})
}

// takeBack undoes the newest step of which something still stands, or does it again, and
// tells which things it changed. What somebody else has changed since stays.
func (p *person) takeBack(redo bool) (changed []entry) {
	from, to := &p.undo, &p.redo
	if redo {
		from, to = to, from
	}
	for len(*from) > 0 && len(changed) == 0 {
		top := (*from)[len(*from)-1]
		*from = (*from)[:len(*from)-1]
		for _, e := range slices.Backward(top.done) {
			if p.stands(e) {
				p.make(e.back())
				changed = append(changed, e.back())
			}
		}
	}
	if len(changed) > 0 {
		*to = append(*to, step{done: changed})
	}
	return changed
}

// field is the change of one field of a thing.
func (p *person) field(name, field, now string) entry {
	return entry{thing: name, field: field, was: p.state[name][field], now: now}
}

// cards are the names of all cards, sorted.
func (s state) cards() (names []string) {
	for name := range s {
		if strings.HasPrefix(name, "card:") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (s state) lines() (names []string) {
	for name := range s {
		if strings.HasPrefix(name, "line:") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// free is those of some cards that are not locked.
func (s state) free(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return s[n]["locked"] != "" })
}

// stack is the cards from the lowest to the topmost.
func (s state) stack() []string {
	names := s.cards()
	slices.SortStableFunc(names, func(a, b string) int { return strings.Compare(s[a]["z"], s[b]["z"]) })
	return names
}

// sameInFull says whether some cards are all that lie in their outermost group.
func (s state) wholeGroup(names []string) bool {
	outer := outermost(s[names[0]]["group"])
	if outer == "" {
		return false
	}
	for _, n := range s.cards() {
		if slices.Contains(names, n) != (outermost(s[n]["group"]) == outer) {
			return false
		}
	}
	return true
}

func outermost(group string) string {
	outer, _, _ := strings.Cut(group, "/")
	return outer
}

// command gives what a command does. Of order keys it says nothing: see restacked.
func (p *person) command(a act) []entry {
	names := p.pick(a)
	var out []entry
	switch a.What {
	case "title", "color":
		out = append(out, p.field("", a.What, a.text()))
	case "add":
		out = append(out, entry{thing: a.card(), new: thing{"at": pair(a.X, a.Y), "url": link(a.Serial)}})
	case "remove":
		for _, n := range p.free(names) {
			out = append(out, entry{thing: n, old: p.state[n]})
		}
	case "move", "nudge":
		for _, n := range p.free(names) {
			x, y := unpair(p.state[n]["at"])
			out = append(out, p.field(n, "at", pair(x+a.X, y+a.Y)))
		}
	case "resize":
		for _, n := range p.free(names) {
			out = append(out, p.field(n, "at", pair(a.X, a.Y)), p.field(n, "size", pair(100+a.Serial, 50+a.Serial)))
		}
	case "natural":
		for _, n := range p.free(names) {
			out = append(out, p.field(n, "size", ""))
		}
	case "lock", "unlock":
		now := map[string]string{"lock": "yes"}[a.What]
		for _, n := range names {
			out = append(out, p.field(n, "locked", now))
		}
	case "group":
		if len(names) < 2 || p.wholeGroup(names) {
			return nil
		}
		for _, n := range names {
			out = append(out, p.field(n, "group", strings.TrimSuffix(a.group()+"/"+p.state[n]["group"], "/")))
			if strings.Count(out[len(out)-1].now, "/") > 15 {
				return nil
			}
		}
	case "ungroup":
		out = p.ungroup(names)
	case "connect":
		if len(names) == 2 && !p.joined(names[0], names[1]) {
			out = append(out, entry{thing: a.line(), new: thing{"from": names[0], "to": names[1]}})
		}
	case "label", "disconnect":
		if lines := p.lines(); len(lines) > 0 {
			n := lines[a.Pick%len(lines)]
			if a.What == "label" {
				return []entry{p.field(n, "label", a.text())}
			}
			out = append(out, entry{thing: n, old: p.state[n]})
		}
	}
	for i, e := range out {
		out[i].old, out[i].new = maps.Clone(e.old), maps.Clone(e.new)
	}
	return out
}

func (p *person) ungroup(names []string) (out []entry) {
	for _, n := range names {
		outer, rest, _ := strings.Cut(p.state[n]["group"], "/")
		whole := outer != ""
		for _, o := range p.cards() {
			whole = whole && (outermost(p.state[o]["group"]) != outer || slices.Contains(names, o))
		}
		if whole {
			out = append(out, p.field(n, "group", rest))
		}
	}
	return out
}

func (s state) joined(from, to string) bool {
	return slices.ContainsFunc(s.lines(), func(n string) bool { return s[n]["from"] == from && s[n]["to"] == to })
}

// pick is the cards that an act is about: those whose bits are set, of sixteen.
func (p *person) pick(a act) (names []string) {
	for i, n := range p.cards() {
		if a.Pick>>(i%16)&1 == 1 {
			names = append(names, n)
		}
	}
	return names
}

// restacked says what is wrong with the order of cards after some were brought elsewhere.
func restacked(what string, moved, before, after []string) error {
	rest := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(n string) bool { return slices.Contains(moved, n) })
	}
	moving := slices.DeleteFunc(slices.Clone(before), func(n string) bool { return !slices.Contains(moved, n) })
	want := slices.Concat(rest(before), moving)
	if what == "back" {
		want = slices.Concat(moving, rest(before))
	}
	if !slices.Equal(after, want) {
		return fmt.Errorf("%s of %v: the order is %v, want %v", what, moved, after, want)
	}
	return nil
}
