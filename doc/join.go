package doc

// join puts the inverse of a newer plan before that of an older one of the
// same gesture, and melts neighbours into one: a paragraph typed in one go is
// one splice to take back, not a hundred.
func join(newer, older []Guarded) []Guarded {
	out := make([]Guarded, 0, len(newer)+len(older))
	out = append(out, newer...)
	for _, o := range older {
		if n := len(out); n > 0 && n >= len(newer) {
			if both, ok := melt(out[n-1], o); ok {
				out[n-1] = both
				continue
			}
		}
		out = append(out, o)
	}
	return out
}

// melt makes one inverse of first and then, where that means the same.
func melt(first, then Guarded) (Guarded, bool) {
	switch a := first.Edit.(type) {
	case Splice:
		b, ok := then.Edit.(Splice)
		if !ok || !samePath(a.Path, b.Path) || first.Guard != then.Guard {
			return Guarded{}, false
		}
		both, ok := meltSplices(a, b)
		first.Edit = both
		return first, ok
	case Put:
		// first puts back exactly what then expects to find.
		if then.Guard != GuardEqual || !samePath(a.Path, then.Edit.At()) || !Equal(a.Value, then.Expect) {
			return Guarded{}, false
		}
		switch then.Edit.(type) {
		case Put, Delete:
			first.Edit = then.Edit
			return first, true
		}
	}
	return Guarded{}, false
}

// meltSplices is the one splice that does a and then b, if they touch.
func meltSplices(a, b Splice) (Splice, bool) {
	ins := []rune(a.Insert)
	end := a.From + len(ins) // where the text that a put there ends
	if b.From > end || b.From+b.Delete < a.From {
		return Splice{}, false
	}
	clamp := func(i int) int { return max(0, min(i, len(ins))) }
	out := Splice{Path: a.Path, From: min(a.From, b.From)}
	out.Insert = string(ins[:clamp(b.From-a.From)]) + b.Insert + string(ins[clamp(b.From+b.Delete-a.From):])
	out.Delete = a.Delete + max(0, a.From-b.From) + max(0, b.From+b.Delete-end)
	return out, true
}

func samePath(a, b Path) bool { return len(a) == len(b) && a.Has(b) }
