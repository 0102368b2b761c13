package identity

import (
	"bytes"
	"fmt"

	"corkboard/identity/portrait"
	"corkboard/record"
)

// CheckRecord says whose log a raw record belongs to and which id it has,
// without judging whether its author was entitled to it. Errors as of Log.Add.
func CheckRecord(raw []byte) (PersonID, RecordID, error) {
	f, err := parse(raw)
	if err != nil {
		return PersonID{}, RecordID{}, err
	}
	return f.person, f.id, nil
}

// parse bounds, verifies and decodes a record, in this order. The author stands
// at a fixed place, so that nothing is decoded which nobody signed.
func parse(raw []byte) (*fact, error) {
	const doing = "read person record: %w"
	if len(raw) > MaxRecord {
		return nil, fmt.Errorf(doing, ErrTooLarge)
	}
	if len(raw) > 0 && raw[0] != recordVersion {
		return nil, fmt.Errorf(doing, ErrNewer)
	}
	if len(raw) < 1+1+32+1+SignatureSize {
		return nil, fmt.Errorf(doing, record.ErrMalformed)
	}
	body, sig := raw[1:len(raw)-SignatureSize], raw[len(raw)-SignatureSize:]
	if err := Verify(DeviceID(body[1:33]), Domain, body, sig); err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	f, err := decode(body)
	if err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	f.id = Hash(Domain, body)
	if f.kind == genesis {
		f.person = PersonID(f.id)
	}
	if err := f.checkKeys(); err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	return f, nil
}

func decode(body []byte) (*fact, error) {
	r := record.NewReader(body)
	f := &fact{role: role(r.Uint8()), author: r.Hash(), kind: kind(r.Uint8())}
	if f.role > byRecovery {
		r.Fail("unknown role")
	}
	if f.kind != genesis {
		f.person = r.Hash()
		f.parents = readIDs(r)
		if len(f.parents) == 0 {
			r.Fail("no parents")
		}
	}
	f.at = int64(r.Uint(maxTime))
	f.readPayload(r)
	if err := r.Close(); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *fact) readPayload(r *record.Reader) {
	switch f.kind {
	case genesis:
		copy(f.nonce[:], r.Fixed(len(f.nonce)))
		f.device, f.kem, f.name = f.author, r.Fixed(KEMSize), readName(r)
		f.recovery = readRecoveryKey(r)
		f.only(byDevice, r)
	case addDevice:
		f.device, f.kem, f.name = r.Hash(), r.Fixed(KEMSize), readName(r)
		f.proof = r.Fixed(SignatureSize)
	case removeDevice:
		f.device, f.frontier = r.Hash(), readIDs(r)
		if len(f.frontier) > 0 {
			f.only(byRecovery, r)
		}
	case setKEM:
		f.kem = r.Fixed(KEMSize)
		f.only(byDevice, r)
	case setProfile:
		f.profile = readProfile(r)
	case setRecovery:
		f.recovery = readRecoveryKey(r)
		f.proof = r.Fixed(SignatureSize)
		f.only(byRecovery, r)
	default:
		r.Fail("unknown kind")
	}
}

func (f *fact) only(want role, r *record.Reader) {
	if f.role != want {
		r.Fail("not for this role")
	}
}

// checkKeys looks at the public keys inside a record and at the proofs that
// somebody has the private ones.
func (f *fact) checkKeys() error {
	for _, kem := range [][]byte{f.kem, f.recovery.KEM} {
		if kem == nil {
			continue
		}
		if err := CheckKEM(kem); err != nil {
			return err
		}
	}
	switch f.kind {
	case addDevice:
		return Verify(f.device, deviceProofDomain, deviceProof(f.person, f.kem, f.name), f.proof)
	case setRecovery:
		return Verify(f.recovery.ID, recoveryProofDomain, recoveryProof(f.person, f.recovery), f.proof)
	}
	return nil
}

// readIDs reads at most MaxParents ids, which must ascend.
func readIDs(r *record.Reader) []RecordID {
	n := r.Uint(MaxParents)
	var ids []RecordID
	for range n {
		id := RecordID(r.Hash())
		if len(ids) > 0 && bytes.Compare(ids[len(ids)-1][:], id[:]) >= 0 {
			r.Fail("ids out of order")
			return nil
		}
		ids = append(ids, id)
	}
	return ids
}

func readName(r *record.Reader) string {
	name := r.String(MaxName)
	if !printable(name) {
		r.Fail("control character in a name")
	}
	return name
}

// printable says that there is no control character of ASCII in a name.
func printable(name string) bool {
	for i := range len(name) {
		if name[i] < 0x20 || name[i] == 0x7f {
			return false
		}
	}
	return true
}

func readRecoveryKey(r *record.Reader) RecoveryKey {
	return RecoveryKey{ID: r.Hash(), KEM: r.Fixed(KEMSize)}
}

func readProfile(r *record.Reader) Profile {
	p := Profile{Name: readName(r)}
	copy(p.Colour[:], r.Fixed(len(p.Colour)))
	if r.Bool() {
		p.Picture = string(r.Fixed(portrait.Size))
	}
	return p
}
