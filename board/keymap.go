package board

import (
	"fmt"
	"maps"
	"slices"
)

// Keymap says which keys do what. Immutable; a nil Keymap is the table of
// Conventions.
type Keymap struct {
	chords map[string][]Chord // by id of a row
	bound  map[Chord]*Row
}

// KeyError is one thing that is wrong with a person's keys.
type KeyError struct {
	Row string // its id, as the person wrote it
	Why string // a sentence
	Err error  // ErrBadChord, or nil
}

func (e *KeyError) Error() string { return fmt.Sprintf("keys for %.40q: %s", e.Row, e.Why) }

func (e *KeyError) Unwrap() error { return e.Err }

// NewKeymap is the table with other chords for some rows: the ids of rows and
// chords as ParseChord reads them. An empty list leaves a row without keys.
// What cannot be is left out and told by a *KeyError each; the rest works. Of
// two rows that want the same keys, the overridden one has them, else the one
// that comes first in the table.
func NewKeymap(overrides map[string][]string) (*Keymap, []error) {
	k := &Keymap{chords: map[string][]Chord{}, bound: map[Chord]*Row{}}
	var errs []error
	refuse := func(id string, err error, why string, args ...any) {
		errs = append(errs, &KeyError{Row: id, Why: fmt.Sprintf(why, args...), Err: err})
	}
	own := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(overrides)) {
		switch row := rowOf(id); {
		case row == nil:
			refuse(id, nil, "there is no action of this name.")
		case row.do == nil:
			refuse(id, nil, "this is done with the pointer and has no keys.")
		case id == rowEscape:
			refuse(id, nil, "Escape always stays, so that there is a way out.")
		default:
			own[id] = true
		}
	}
	for _, overridden := range []bool{true, false} {
		for i := range Conventions {
			row := &Conventions[i]
			if row.do == nil || own[row.ID] != overridden {
				continue
			}
			wants := row.Chords
			if overridden {
				wants = parseChords(row.ID, overrides[row.ID], refuse)
			}
			for _, c := range wants {
				if holder := k.holder(c); holder != "" && holder != row.ID {
					refuse(row.ID, nil, "%s is taken by %q already.", c, holder)
					continue
				}
				if k.bound[c] == nil {
					k.bound[c] = row
					k.chords[row.ID] = append(k.chords[row.ID], c)
				}
			}
		}
	}
	return k, errs
}

// holder is the id of the row that a chord belongs to, or "".
func (k *Keymap) holder(c Chord) string {
	switch row := k.bound[c]; {
	case row != nil:
		return row.ID
	case c.Name == "Escape":
		return rowEscape
	case c.Name == "Space":
		return rowPan
	}
	return ""
}

func parseChords(id string, words []string, refuse func(id string, err error, why string, args ...any)) []Chord {
	var out []Chord
	for _, w := range words {
		c, err := ParseChord(w)
		if err != nil {
			refuse(id, ErrBadChord, "%v.", err)
			continue
		}
		out = append(out, c)
	}
	return out
}

// standard is the table as it is.
var standard, _ = NewKeymap(nil)

func (k *Keymap) orStandard() *Keymap {
	if k == nil {
		return standard
	}
	return k
}

// Chords is the chords of a row, the one to show first; nil when it has none.
// The slice belongs to the keymap.
func (k *Keymap) Chords(id string) []Chord { return k.orStandard().chords[id] }

// find is the row of a chord, or nil.
func (k *Keymap) find(c Chord) *Row { return k.orStandard().bound[c] }

// rowOf finds a row by its id, or nil.
func rowOf(id string) *Row {
	for i := range Conventions {
		if Conventions[i].ID == id {
			return &Conventions[i]
		}
	}
	return nil
}
