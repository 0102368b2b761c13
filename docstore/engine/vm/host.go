package vm

// view is a piece of the VM's memory, good until the code runs again.
func (v *VM) view(at, size uint64) []byte {
	b, ok := v.memory.Read(uint32(at), uint32(size))
	if !ok {
		fail("an address outside of the memory")
	}
	return b
}

func (v *VM) text(at, size uint64) string    { return string(v.view(at, size)) }
func (v *VM) copyOut(at, size uint64) []byte { return append([]byte{}, v.view(at, size)...) }

func (v *VM) copyIn(s []uint64) {
	b, _ := v.handles.at(s[2]).(Bytes)
	copy(v.view(s[0], s[1]), b)
}

// initTable puts the first handles where the code expects its constants.
func (v *VM) initTable([]uint64) {
	at := v.must(v.tableGrow, hNull, 4)
	v.must(v.tableSet, 0, hUndefined)
	for i, h := range []uint64{hUndefined, hNull, hTrue, hFalse} {
		v.must(v.tableSet, at+uint64(i), h)
	}
}

// giveText leaves a string where the code wants its address and length.
func (v *VM) giveText(to uint64, s string) {
	at := v.must(v.malloc, uint64(len(s)), 1)
	if !v.memory.WriteString(uint32(at), s) {
		fail("no room for a string")
	}
	v.give32(to, uint32(at))
	v.give32(to+4, uint32(len(s)))
}

func (v *VM) give32(to uint64, value uint32) {
	if !v.memory.WriteUint32Le(uint32(to), value) {
		fail("an address outside of the memory")
	}
}

func (v *VM) getString(s []uint64) {
	if x, ok := v.handles.at(s[1]).(string); ok {
		v.giveText(s[0], x)
		return
	}
	v.give32(s[0], 0)
	v.give32(s[0]+4, 0)
}

func (v *VM) getNumber(s []uint64) {
	x, ok := v.handles.at(s[1]).(float64)
	v.give32(s[0], uint32(flag(ok)))
	if !v.memory.WriteFloat64Le(uint32(s[0])+8, x) {
		fail("an address outside of the memory")
	}
}

// getBoolean answers 0, 1, or this for anything else.
func (v *VM) getBoolean(s []uint64) {
	const neither = 0xFFFFFF
	if x, ok := v.handles.at(s[0]).(bool); ok {
		s[0] = flag(x)
	} else {
		s[0] = neither
	}
}

func (v *VM) get(s []uint64) {
	s[0] = v.handles.put(property(v.handles.at(s[0]), v.handles.at(s[1])))
}

func (v *VM) getItem(s []uint64) {
	s[0] = v.handles.put(property(v.handles.at(s[0]), float64(uint32(s[1]))))
}

func (v *VM) set(s []uint64) {
	setProperty(v.handles.at(s[0]), v.handles.at(s[1]), v.handles.at(s[2]))
}

func (v *VM) push(s []uint64) {
	a, ok := v.handles.at(s[0]).(*Array)
	if !ok {
		fail("push on what is no array")
	}
	a.Items = append(a.Items, v.handles.at(s[1]))
	s[0] = uint64(len(a.Items))
}

func (v *VM) length(s []uint64) {
	n := 0
	switch x := v.handles.at(s[0]).(type) {
	case *Array:
		n = len(x.Items)
	case Bytes:
		n = len(x)
	}
	s[0] = uint64(n)
}

// call1 calls a function with one argument; nobody here looks at this.
func (v *VM) call1(s []uint64) {
	f, ok := v.handles.at(s[0]).(Func)
	if !ok {
		fail("a call of what is no function")
	}
	s[0] = v.handles.put(f(v.handles.at(s[2])))
}

func (v *VM) compare(s []uint64) (int, bool) {
	return compare(v.handles.at(s[0]), v.handles.at(s[1]))
}

func (v *VM) newException(s []uint64) {
	s[0] = v.handles.put(&Exception{Message: v.text(s[0], s[1])})
}
