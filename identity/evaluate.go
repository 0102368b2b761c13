package identity

// A verdict says which records of a set are in force. The set is closed: with
// a record it holds the record's whole past. All its records are entitled, so
// what is left to judge is what removals take away.
//
//  1. A removal by a recovery key is in force. It cuts every record of the
//     removed device outside of its frontier, and every record whose author was
//     let in by cut records alone.
//  2. A removal by a device is in force unless it is cut. Removals do not void
//     each other otherwise: of two that are concurrent both apply, and nothing
//     is gained by letting a second device do what the first can do itself.
//  3. Any other record of a device is in force unless it is cut, or a removal
//     of its author is in force and it lies outside of that removal's past, or
//     nothing in its past that is in force lets its author in.
//  4. Any other record of a recovery key is in force.
//
// Entitled records and removals depend on what lies in their past and on
// recovery keys only, so the rules never go round in a circle.
type verdict struct {
	log     *Log
	within  past                     // the set; nil: all
	cut     past                     // by 1
	kept    map[DeviceID]past        // what recovery keys leave of a removed device
	left    map[DeviceID]past        // what removals by devices leave
	gone    map[DeviceID]bool        // removed
	maybe   map[DeviceID]past        // records that let a device in and are not cut
	adds    map[DeviceID]past        // records in force that let a device in
	force   past                     // records in force
	devices map[DeviceID]*DeviceInfo // by 3 and 4
	active  int
	profile Profile
	keys    []*entry // genesis and setRecovery in force
}

// current is the verdict on all records.
func (l *Log) current() *verdict {
	if l.now == nil {
		l.now = l.judge(nil)
	}
	return l.now
}

// verdictOn judges the past of a record.
func (l *Log) verdictOn(within past) *verdict {
	for id := range l.heads {
		if !within.has(l.known[id].index) {
			return l.judge(within)
		}
	}
	return l.current()
}

func (l *Log) judge(within past) *verdict {
	v := &verdict{
		log: l, within: within,
		kept: map[DeviceID]past{}, left: map[DeviceID]past{}, gone: map[DeviceID]bool{},
		maybe: map[DeviceID]past{}, adds: map[DeviceID]past{}, devices: map[DeviceID]*DeviceInfo{},
	}
	v.each(v.cutByRecovery)
	v.each(v.removeByDevices)
	v.each(v.apply)
	for id := range v.devices {
		if !v.gone[id] {
			v.active++
		}
	}
	return v
}

func (v *verdict) each(do func(*entry)) {
	for _, e := range v.log.order {
		if v.within == nil || v.within.has(e.index) {
			do(e)
		}
	}
}

// cutByRecovery is the first half of rule 1.
func (v *verdict) cutByRecovery(e *entry) {
	if e.kind == removeDevice && e.role == byRecovery {
		keep(v.kept, e)
		v.gone[e.device] = true
	}
}

// removeByDevices is the other half of rule 1, and rule 2.
func (v *verdict) removeByDevices(e *entry) {
	if e.role == byDevice && e.kind != genesis {
		if kept, ok := v.kept[e.author]; ok && !kept.has(e.index) || !v.maybe[e.author].meets(e.past) {
			v.cut = v.cut.with(e.index)
			return
		}
	}
	switch {
	case e.kind == genesis || e.kind == addDevice:
		v.maybe[e.device] = v.maybe[e.device].with(e.index)
	case e.kind == removeDevice && e.role == byDevice:
		keep(v.left, e)
		v.gone[e.device] = true
	}
}

// keep narrows what is left of a device to what one more removal leaves.
func keep(of map[DeviceID]past, e *entry) {
	if was, ok := of[e.device]; ok {
		of[e.device] = was.common(e.keeps)
	} else {
		of[e.device] = e.keeps
	}
}

// apply is rules 3 and 4, and what the records then say; the last one counts.
func (v *verdict) apply(e *entry) {
	if !v.inForce(e) {
		return
	}
	v.force = v.force.with(e.index)
	switch e.kind {
	case genesis:
		v.letIn(e)
		v.keys = append(v.keys, e)
	case addDevice:
		v.letIn(e)
	case setKEM:
		v.devices[e.author].KEM = e.kem
	case setProfile:
		v.profile = e.profile
	case setRecovery:
		v.keys = append(v.keys, e)
	}
}

func (v *verdict) inForce(e *entry) bool {
	switch {
	case e.role == byRecovery || e.kind == genesis:
		return true
	case v.cut.has(e.index):
		return false
	case e.kind == removeDevice:
		return true
	}
	if left, ok := v.left[e.author]; ok && !left.has(e.index) {
		return false
	}
	return v.adds[e.author].meets(e.past)
}

// letIn makes a device belong; of two such records the first one names it.
func (v *verdict) letIn(e *entry) {
	v.adds[e.device] = v.adds[e.device].with(e.index)
	if v.devices[e.device] == nil {
		v.devices[e.device] = &DeviceInfo{KEM: e.kem, Name: e.name, Added: e.at}
	}
}
