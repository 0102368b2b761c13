package doc

func (t *Tree) one(e Edit) (Guarded, error) {
	p := e.At()
	if len(p) == 0 {
		return Guarded{}, ErrBadEdit
	}
	dir, last := p[:len(p)-1], p[len(p)-1]
	parent, ok := t.Value(dir)
	if !ok || !legal(e) {
		return Guarded{}, ErrBadEdit
	}
	switch e := e.(type) {
	case Put:
		return t.put(e, parent, last)
	case Delete:
		return t.del(e, parent, dir, last)
	case Insert:
		return t.insert(e, parent, dir, last)
	case Splice:
		return t.splice(e, parent, last)
	case Increment:
		old, _ := child(parent, last)
		n, ok := old.(Counter)
		if !ok {
			return Guarded{}, ErrBadEdit
		}
		if e.By == 0 {
			return Guarded{}, nil
		}
		store(parent, last, n+Counter(e.By))
		return Guarded{Edit: Increment{Path: p, By: -e.By}, Guard: GuardKind, Expect: n}, nil
	}
	return Guarded{}, ErrBadEdit
}

func (t *Tree) put(e Put, parent Value, last string) (Guarded, error) {
	old, had := child(parent, last)
	if _, isMap := parent.(Map); !isMap && !had {
		return Guarded{}, ErrBadEdit
	}
	if had && Equal(old, e.Value) {
		return Guarded{}, nil
	}
	v := Clone(e.Value)
	store(parent, last, v)
	g := guardOf(v)
	if !had {
		g.Edit = Delete{Path: e.Path}
	} else {
		g.Edit = Put{Path: e.Path, Value: Clone(old)}
	}
	return g, nil
}

func (t *Tree) del(e Delete, parent Value, dir Path, last string) (Guarded, error) {
	old, had := child(parent, last)
	if !had {
		return Guarded{}, nil
	}
	switch c := parent.(type) {
	case Map:
		delete(c, last)
		return Guarded{Edit: Put{Path: e.Path, Value: old}, Guard: GuardAbsent}, nil
	case List:
		i, _ := Index(last)
		t.set(dir, append(append(List{}, c[:i]...), c[i+1:]...))
		return Guarded{Edit: Insert{Path: e.Path, Value: old}, Guard: GuardNone}, nil
	}
	return Guarded{}, ErrBadEdit
}

func (t *Tree) insert(e Insert, parent Value, dir Path, last string) (Guarded, error) {
	c, ok := parent.(List)
	i, isIndex := Index(last)
	if !ok || !isIndex || i > len(c) {
		return Guarded{}, ErrBadEdit
	}
	v := Clone(e.Value)
	t.set(dir, append(append(append(List{}, c[:i]...), v), c[i:]...))
	g := guardOf(v)
	g.Edit = Delete{Path: e.Path}
	return g, nil
}

func (t *Tree) splice(e Splice, parent Value, last string) (Guarded, error) {
	old, _ := child(parent, last)
	text, ok := old.(Text)
	if !ok {
		return Guarded{}, ErrBadEdit
	}
	r := []rune(string(text))
	if e.From < 0 || e.Delete < 0 || e.From > len(r) || e.Delete > len(r)-e.From {
		return Guarded{}, ErrBadEdit
	}
	cut := string(r[e.From : e.From+e.Delete])
	if cut == e.Insert {
		return Guarded{}, nil
	}
	store(parent, last, Text(string(r[:e.From])+e.Insert+string(r[e.From+e.Delete:])))
	back := Splice{Path: e.Path, From: e.From, Delete: len([]rune(e.Insert)), Insert: cut}
	return Guarded{Edit: back, Guard: GuardKind, Expect: Text("")}, nil
}

// set replaces a whole list, whose header its parent holds.
func (t *Tree) set(p Path, v Value) {
	if len(p) == 0 {
		return
	}
	parent, _ := t.Value(p[:len(p)-1])
	store(parent, p[len(p)-1], v)
}

func store(parent Value, step string, v Value) {
	switch c := parent.(type) {
	case Map:
		c[step] = v
	case List:
		if i, ok := Index(step); ok && i < len(c) {
			c[i] = v
		}
	}
}
