package board

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"corkboard/doc"
)

// ErrTooDeep says that a group would lie in too many others.
var ErrTooDeep = errors.New("groups cannot be nested deeper than this")

// GroupCards puts a group around cards and the groups that they are in.
type GroupCards struct {
	IDs   []CardID
	Group string // a new id: letters, digits, "_" and "-"; GroupID makes them
}

// Plan implements doc.Command. doc.ErrNothing for fewer than two cards and for
// what is exactly one group already, doc.ErrBadEdit when Group is no id,
// ErrTooDeep when the group would lie in too many.
func (c GroupCards) Plan(b *Board) (doc.Plan, error) {
	cards := b.present(c.IDs)
	switch {
	case len(cards) == 0:
		return doc.Plan{}, doc.ErrGone
	case !validGroupID(c.Group):
		return doc.Plan{}, fmt.Errorf("group id %.40q: %w", c.Group, doc.ErrBadEdit)
	case len(cards) < 2 || b.oneGroup(cards):
		return doc.Plan{}, doc.ErrNothing
	}
	p := doc.Plan{Label: "Group " + count(len(cards))}
	for _, card := range cards {
		path := c.Group
		if card.Group != "" {
			path += "/" + card.Group
		}
		if !validGroup(path) {
			return doc.Plan{}, ErrTooDeep
		}
		p.Edits = append(p.Edits, doc.Put{Path: cardPath(card.ID, fieldGroup), Value: path})
	}
	return p, nil
}

// UngroupCards takes away the outermost group of cards. A group of which only
// some cards are meant stays.
type UngroupCards struct{ IDs []CardID }

// Plan implements doc.Command; doc.ErrGone when none of them is there.
func (c UngroupCards) Plan(b *Board) (doc.Plan, error) {
	cards := b.present(c.IDs)
	if len(cards) == 0 {
		return doc.Plan{}, doc.ErrGone
	}
	missing := b.missing(cards)
	var p doc.Plan
	for _, card := range cards {
		outer, rest, _ := strings.Cut(card.Group, "/")
		switch path := cardPath(card.ID, fieldGroup); {
		case outer == "" || missing[outer] > 0:
		case rest == "":
			p.Edits = append(p.Edits, doc.Delete{Path: path})
		default:
			p.Edits = append(p.Edits, doc.Put{Path: path, Value: rest})
		}
	}
	p.Label = "Ungroup " + count(len(p.Edits))
	return orNothing(p)
}

// missing counts, for each outermost group of cards, its cards that are not
// among them.
func (b *Board) missing(cards []*Card) map[string]int {
	out := map[string]int{}
	for _, c := range cards {
		out[outermost(c.Group)]--
	}
	for _, c := range b.Cards {
		g := outermost(c.Group)
		if n, asked := out[g]; asked {
			out[g] = n + 1
		}
	}
	return out
}

// oneGroup reports whether cards are all that is in one outermost group.
func (b *Board) oneGroup(cards []*Card) bool {
	g := outermost(cards[0].Group)
	for _, c := range cards {
		if g == "" || outermost(c.Group) != g {
			return false
		}
	}
	return b.missing(cards)[g] == 0
}

// RegroupPins gives the groups of doubles fresh ids, so that the doubles are
// no part of the groups that they were made from. fresh makes a new id at each
// call (see GroupID). A group of which one card only is among pins is dropped.
// pins itself stays as it is.
func RegroupPins(pins []Pin, fresh func() string) []Pin {
	size := map[string]int{} // by path from the outermost group to this one
	for _, p := range pins {
		eachGroup(p.Group, func(path string) { size[path]++ })
	}
	ids := map[string]string{}
	out := make([]Pin, len(pins))
	for i, p := range pins {
		var now []string
		eachGroup(p.Group, func(path string) {
			if size[path] < 2 {
				return
			}
			if ids[path] == "" {
				ids[path] = fresh()
			}
			now = append(now, ids[path])
		})
		p.Group = strings.Join(now, "/")
		out[i] = p
	}
	return out
}

// eachGroup calls f with the path to each group of a path, outermost first.
func eachGroup(path string, f func(path string)) {
	if !validGroup(path) {
		return
	}
	for i := 0; i < len(path); i++ {
		if path[i] == '/' {
			f(path[:i])
		}
	}
	f(path)
}

// maxGroupName keeps sixteen ids in a path below its limit.
const maxGroupName = 20

// GroupID makes the id of a group from the name of who makes it and a number
// that grows there. Names that are long or have other characters are hashed.
func GroupID(name string, n int) string {
	if len(name) > maxGroupName || !validGroupID(name) {
		h := fnv.New64a()
		h.Write([]byte(name))
		name = strconv.FormatUint(h.Sum64(), 36)
	}
	return name + "-" + strconv.Itoa(n)
}

// outermost is the first group of a path, or "".
func outermost(path string) string {
	outer, _, _ := strings.Cut(path, "/")
	return outer
}
