package doc

import "slices"

// Follow moves the stacks over what others made of the value at a path, so that
// undo takes back the right characters.
func (h *History) Follow(at Path, was, now Value) []StepChange {
	switch was.(type) {
	case Text, Map, List:
	default:
		return nil // as nearly always on a board
	}
	var out []StepChange
	for _, p := range h.texts(at) {
		a, _ := below(was, p[len(at):])
		b, _ := below(now, p[len(at):])
		before, okA := a.(Text)
		after, okB := b.(Text)
		if okA && okB {
			out = append(out, h.Carry(Diff(p, string(before), string(after))...)...)
		}
	}
	return out
}

// texts lists the texts at a path or below it that the stacks have splices of.
func (h *History) texts(at Path) []Path {
	var out []Path
	for _, stack := range [][]Step{h.undo, h.redo} {
		for _, step := range stack {
			for _, g := range step.Inverse {
				s, ok := g.Edit.(Splice)
				if ok && s.Path.Has(at) && !slices.ContainsFunc(out, func(p Path) bool { return samePath(p, s.Path) }) {
					out = append(out, s.Path)
				}
			}
		}
	}
	return out
}

// Carry moves the stacks forward over one change of a text that is not on them
// (another person's typing), in the form that Transform takes.
func (h *History) Carry(over ...Splice) []StepChange {
	if len(over) == 0 {
		return nil
	}
	path := over[0].Path
	var out []StepChange
	for _, stack := range [][]Step{h.undo, h.redo} {
		o := over
		for i := len(stack) - 1; i >= 0; i-- {
			changed := false
			kept := make([]Guarded, 0, len(stack[i].Inverse))
			for _, g := range stack[i].Inverse {
				s, isSplice := g.Edit.(Splice)
				if !isSplice || !samePath(s.Path, path) {
					kept = append(kept, g)
					continue
				}
				// What lies below on the stack is older: it sees the
				// foreign change as it stands before this inverse.
				var moved []Splice
				moved, o = Transform([]Splice{s}, o)
				changed = changed || len(moved) != 1 || !sameSplice(moved[0], s)
				for _, m := range moved {
					g.Edit = m
					kept = append(kept, g)
				}
			}
			if changed {
				stack[i].Inverse = kept
				out = append(out, StepChange{Step: stack[i]})
			}
		}
	}
	return out
}

func sameSplice(a, b Splice) bool {
	return a.From == b.From && a.Delete == b.Delete && a.Insert == b.Insert
}
