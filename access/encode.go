package access

import (
	"corkboard/identity"
	"corkboard/record"
)

func (*Genesis) kind() Kind      { return kindGenesis }
func (*Invite) kind() Kind       { return kindInvite }
func (*InviteRevoke) kind() Kind { return kindInviteRevoke }
func (*Join) kind() Kind         { return kindJoin }
func (*Accept) kind() Kind       { return kindAccept }
func (*Leave) kind() Kind        { return kindLeave }
func (*Remove) kind() Kind       { return kindRemove }
func (*SetRole) kind() Kind      { return kindSetRole }
func (*Rotate) kind() Kind       { return kindRotate }
func (*AddStore) kind() Kind     { return kindAddStore }
func (*RemoveStore) kind() Kind  { return kindRemoveStore }
func (*SetPolicy) kind() Kind    { return kindSetPolicy }
func (*Moved) kind() Kind        { return kindMoved }
func (*Tombstone) kind() Kind    { return kindTombstone }
func (*Reroot) kind() Kind       { return kindReroot }

func (p *Genesis) write(w *record.Writer) { w.Fixed(p.Nonce[:]) }
func (p *Genesis) read(in *record.Reader) { copy(p.Nonce[:], in.Fixed(len(p.Nonce))) }

func (p *InviteRevoke) write(w *record.Writer) { w.Fixed(p.Invite[:]) }
func (p *InviteRevoke) read(in *record.Reader) { p.Invite = in.Hash() }

func (p *Join) write(w *record.Writer) {
	w.Fixed(p.Invite[:])
	w.Fixed(p.Key[:])
	w.Fixed(p.Signature[:])
}

func (p *Join) read(in *record.Reader) {
	p.Invite, p.Key = in.Hash(), in.Hash()
	copy(p.Signature[:], in.Fixed(len(p.Signature)))
}

func (p *Accept) write(w *record.Writer) { w.Fixed(p.Invite[:]) }
func (p *Accept) read(in *record.Reader) { p.Invite = in.Hash() }

func (p *Leave) write(w *record.Writer) { p.Frontier.write(w) }
func (p *Leave) read(in *record.Reader) { p.Frontier = readFrontier(in) }

func (p *Remove) write(w *record.Writer) {
	w.Fixed(p.Person[:])
	w.Fixed(p.Device[:])
	p.Frontier.write(w)
}

func (p *Remove) read(in *record.Reader) {
	p.Person, p.Device = in.Hash(), in.Hash()
	p.Frontier = readFrontier(in)
	if p.Device == (identity.DeviceID{}) {
		return
	}
	for _, m := range p.Frontier {
		if m.Device != p.Device {
			in.Fail("frontier of another device")
		}
	}
}

func (p *SetRole) write(w *record.Writer) {
	w.Fixed(p.Person[:])
	w.Uint8(uint8(p.Role))
	w.Bool(p.Lowers)
	p.Frontier.write(w)
}

func (p *SetRole) read(in *record.Reader) {
	p.Person, p.Role, p.Lowers = in.Hash(), readRole(in), in.Bool()
	p.Frontier = readFrontier(in)
	if len(p.Frontier) > 0 && (!p.Lowers || p.Role >= Write) {
		in.Fail("a frontier for one who may still write")
	}
}

func (p *AddStore) write(w *record.Writer) {
	w.Fixed(p.Store[:])
	w.String(p.Name)
}

func (p *AddStore) read(in *record.Reader) { p.Store, p.Name = in.Hash(), in.String(MaxName) }

func (p *RemoveStore) write(w *record.Writer) { w.Fixed(p.Store[:]) }
func (p *RemoveStore) read(in *record.Reader) { p.Store = in.Hash() }

func (p *SetPolicy) write(w *record.Writer) {
	w.String(p.Name)
	w.Bytes(p.Value)
}

func (p *SetPolicy) read(in *record.Reader) { p.Name, p.Value = in.String(MaxName), in.Bytes(MaxValue) }

func (p *Moved) write(w *record.Writer) {
	w.Fixed(p.Document[:])
	w.Fixed(p.To[:])
}

func (p *Moved) read(in *record.Reader) { p.Document, p.To = in.Hash(), in.Hash() }

func (p *Tombstone) write(w *record.Writer) { w.Fixed(p.Document[:]) }
func (p *Tombstone) read(in *record.Reader) { p.Document = in.Hash() }

func (p *Reroot) write(w *record.Writer) {
	w.Fixed(p.Document[:])
	w.Uint(p.Generation)
	w.Fixed(p.Root[:])
}

func (p *Reroot) read(in *record.Reader) {
	p.Document, p.Generation, p.Root = in.Hash(), in.Uint(1<<53), in.Hash()
	if p.Generation == 0 {
		in.Fail("the first generation needs no root")
	}
}

// readRole reads a role that a member can have.
func readRole(in *record.Reader) Role {
	r := Role(in.Uint8())
	if in.Err() == nil && (r < Store || r > Admin) {
		in.Fail("no such role")
	}
	return r
}
