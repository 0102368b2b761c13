package cards

import (
	"maps"
	"slices"

	"corkboard/doc"
)

// KindKeyring is the kind of the one document by which the devices of a person tell each
// other of what cannot be read from anywhere else. It is no card and lies on no board.
const KindKeyring = "keyring"

// The bounds of a keyring; what lies beyond is not read.
const (
	maxKept       = 10_000
	maxKeptText   = 2048
	maxKeptSecret = 256
	maxPlaces     = 16
)

const (
	slotDevices     = "devices"
	slotCollections = "collections"
	slotMoved       = "moved"
	slotStores      = "stores"
)

// Keyring is what the devices of one person tell each other. The maps are shared between
// snapshots: read only. Secrets are sealed under a key that only these devices have.
type Keyring struct {
	Devices     map[string]string   // names, by device id
	Collections map[doc.ID]KeptLink // by id
	Moved       map[doc.ID]doc.ID   // documents, and what has taken their place
	Stores      map[string]KeptStore
}

// KeptLink is how a collection was come by.
type KeptLink struct {
	Root   doc.ID
	Kind   string
	At     []string
	Secret []byte // sealed; none: by name, or founded
}

// KeptStore is a storage peer that this person uses.
type KeptStore struct {
	At     []string
	Secret []byte // sealed
	Owner  bool
	Gone   bool // is used no longer
}

// KeyringCodec reads a keyring: {devices: {id: name}, moved: {document: document},
// collections: {id: {root, kind, at, secret}}, stores: {id: {at, secret, owner, gone}}}.
type KeyringCodec struct{}

// Decode implements doc.Codec.
func (KeyringCodec) Decode(src doc.Source) Keyring {
	k := Keyring{
		Devices: map[string]string{}, Collections: map[doc.ID]KeptLink{},
		Moved: map[doc.ID]doc.ID{}, Stores: map[string]KeptStore{},
	}
	for id, v := range keptIn(src, slotDevices) {
		if name, ok := v.(string); ok && isID(id) && len(name) <= maxKeptText {
			k.Devices[id] = CleanName(name)
		}
	}
	for id, v := range keptIn(src, slotMoved) {
		if to, ok := v.(string); ok && isID(id) && isID(to) {
			k.Moved[doc.ID(id)] = doc.ID(to)
		}
	}
	for id, v := range keptIn(src, slotCollections) {
		m, _ := v.(doc.Map)
		root, _ := m["root"].(string)
		kind, _ := m["kind"].(string)
		if isID(id) && isID(root) && kind != "" && len(kind) <= maxKeptText {
			k.Collections[doc.ID(id)] = KeptLink{Root: doc.ID(root), Kind: kind, At: placesOf(m), Secret: secretOf(m)}
		}
	}
	for id, v := range keptIn(src, slotStores) {
		m, ok := v.(doc.Map)
		if !ok || !isID(id) {
			continue
		}
		owner, _ := m["owner"].(bool)
		gone, _ := m["gone"].(bool)
		k.Stores[id] = KeptStore{At: placesOf(m), Secret: secretOf(m), Owner: owner, Gone: gone}
	}
	return k
}

func keptIn(src doc.Source, slot string) doc.Map {
	v, _ := src.Value(doc.At(slot))
	m, _ := v.(doc.Map)
	if len(m) > maxKept {
		return nil
	}
	return m
}

func isID(s string) bool {
	_, err := doc.ParseID(s)
	return err == nil
}

// placesOf is addresses, which are one register: they are said together.
func placesOf(m doc.Map) (out []string) {
	list, _ := m["at"].(doc.List)
	for _, v := range list[:min(len(list), maxPlaces)] {
		if at, ok := v.(string); ok && at != "" && len(at) <= maxKeptText {
			out = append(out, at)
		}
	}
	return out
}

func secretOf(m doc.Map) []byte {
	b, _ := m["secret"].([]byte)
	if len(b) == 0 || len(b) > maxKeptSecret {
		return nil
	}
	return slices.Clone(b)
}

// Update implements doc.Codec.
func (c KeyringCodec) Update(prev Keyring, touched []doc.Path, src doc.Source) Keyring {
	for _, slot := range []string{slotDevices, slotCollections, slotMoved, slotStores} {
		if touches(touched, doc.At(slot)) {
			return c.Decode(src)
		}
	}
	return prev
}

// NewKeyring is the first change of a keyring.
func NewKeyring() []doc.Edit {
	var edits []doc.Edit
	for _, slot := range []string{slotDevices, slotCollections, slotMoved, slotStores} {
		edits = append(edits, doc.Put{Path: doc.At(slot), Value: doc.Map{}})
	}
	return edits
}

// Keep puts into a keyring what is given, in the place of what has the same name.
type Keep struct{ Keyring }

// Plan implements doc.Command; ErrNothing if nothing is given. No undo step.
func (c Keep) Plan(Keyring) (doc.Plan, error) {
	var edits []doc.Edit
	put := func(slot, id string, v doc.Value) {
		edits = append(edits, doc.Put{Path: doc.At(slot, id), Value: v})
	}
	for _, id := range sortedNames(c.Devices) {
		put(slotDevices, id, c.Devices[id])
	}
	for _, id := range sortedNames(c.Moved) {
		put(slotMoved, string(id), string(c.Moved[id]))
	}
	for _, id := range sortedNames(c.Collections) {
		l := c.Collections[id]
		put(slotCollections, string(id), keptValue(l.At, l.Secret, doc.Map{"root": string(l.Root), "kind": l.Kind}))
	}
	for _, id := range sortedNames(c.Stores) {
		s := c.Stores[id]
		put(slotStores, id, keptValue(s.At, s.Secret, doc.Map{"owner": s.Owner, "gone": s.Gone}))
	}
	if len(edits) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "tell other devices", Silent: true, Edits: edits}, nil
}

func keptValue(at []string, secret []byte, more doc.Map) doc.Map {
	list := doc.List{}
	for _, s := range at {
		list = append(list, s)
	}
	more["at"] = list
	if len(secret) > 0 {
		more["secret"] = secret
	}
	return more
}

func sortedNames[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
