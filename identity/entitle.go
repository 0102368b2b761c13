package identity

import (
	"bytes"
	"slices"
)

// entitles says whether the author of a record may write it, by the verdict on
// the record's own past. So the answer is the same everywhere and for ever.
func (v *verdict) entitles(e *entry) bool {
	if !v.belongs(e.role, e.author) {
		return false
	}
	_, known := v.devices[e.device]
	switch e.kind {
	case addDevice:
		return !known && (e.role == byRecovery || v.active < MaxDevices)
	case removeDevice:
		return known
	case setKEM, setProfile, setRecovery:
		return true
	}
	return false
}

// belongs says whether a key may sign: an active device, or a recovery key that counts.
func (v *verdict) belongs(as role, author DeviceID) bool {
	if as == byRecovery {
		return slices.ContainsFunc(v.recovery(), func(k RecoveryKey) bool { return k.ID == author })
	}
	_, known := v.devices[author]
	return known && !v.gone[author]
}

// recovery are the recovery keys that count, by id: each one that was set and
// not replaced by a record that builds on it. There is always one.
func (v *verdict) recovery() []RecoveryKey {
	var keys []RecoveryKey
	for _, e := range v.keys {
		replaced := slices.ContainsFunc(v.keys, func(by *entry) bool {
			return by.kind == setRecovery && by.author == e.fact.recovery.ID && by.past.has(e.index)
		})
		again := slices.ContainsFunc(keys, func(k RecoveryKey) bool { return k.ID == e.fact.recovery.ID })
		if !replaced && !again {
			keys = append(keys, e.fact.recovery)
		}
	}
	slices.SortFunc(keys, func(a, b RecoveryKey) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return keys
}

func (v *verdict) state(person PersonID) State {
	s := State{Person: person, Devices: map[DeviceID]DeviceInfo{}, Recovery: v.recovery(), Profile: v.profile}
	for id, info := range v.devices {
		d := *info
		d.Removed = v.gone[id]
		s.Devices[id] = d
	}
	return s
}
