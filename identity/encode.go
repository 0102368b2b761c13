package identity

import "corkboard/record"

// sign makes the raw record of a fact whose author is named already.
func (f *fact) sign(by Signer) []byte {
	body := f.encode()
	sig := by.Sign(Domain, body)
	raw := append([]byte{recordVersion}, body...)
	return append(raw, sig[:]...)
}

func (f *fact) encode() []byte {
	var w record.Writer
	w.Uint8(uint8(f.role))
	w.Fixed(f.author[:])
	w.Uint8(uint8(f.kind))
	if f.kind != genesis {
		w.Fixed(f.person[:])
		writeIDs(&w, f.parents)
	}
	w.Uint(uint64(f.at))
	f.writePayload(&w)
	return w.B
}

func (f *fact) writePayload(w *record.Writer) {
	switch f.kind {
	case genesis:
		w.Fixed(f.nonce[:])
		w.Fixed(f.kem)
		w.String(f.name)
		writeRecoveryKey(w, f.recovery)
	case addDevice:
		w.Fixed(f.device[:])
		w.Fixed(f.kem)
		w.String(f.name)
		w.Fixed(f.proof)
	case removeDevice:
		w.Fixed(f.device[:])
		writeIDs(w, f.frontier)
	case setKEM:
		w.Fixed(f.kem)
	case setProfile:
		writeProfile(w, f.profile)
	case setRecovery:
		writeRecoveryKey(w, f.recovery)
		w.Fixed(f.proof)
	}
}

func writeIDs(w *record.Writer, ids []RecordID) {
	w.Uint(uint64(len(ids)))
	for _, id := range ids {
		w.Fixed(id[:])
	}
}

func writeRecoveryKey(w *record.Writer, k RecoveryKey) {
	w.Fixed(k.ID[:])
	w.Fixed(k.KEM)
}

func writeProfile(w *record.Writer, p Profile) {
	w.String(p.Name)
	w.Fixed(p.Colour[:])
	w.Bool(p.Picture != "")
	w.Fixed([]byte(p.Picture))
}

// deviceProof is what a new device signs: that it wants to belong to a person.
func deviceProof(person PersonID, kem []byte, name string) []byte {
	var w record.Writer
	w.Fixed(person[:])
	w.Fixed(kem)
	w.String(name)
	return w.B
}

// recoveryProof is what a new recovery key signs.
func recoveryProof(person PersonID, k RecoveryKey) []byte {
	var w record.Writer
	w.Fixed(person[:])
	writeRecoveryKey(&w, k)
	return w.B
}
