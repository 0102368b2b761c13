package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/docstore"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/net/blind/admin"
	"corkboard/net/node"
	"corkboard/net/wire"
)

// storageWait is how long a storage peer that was named by a link may take to answer.
const storageWait = 15 * time.Second

// StoragePeer is one that keeps this person's shared boards.
type StoragePeer struct {
	ID      string
	Address string // host and port, as people write them
	Owner   bool   // this person looks after it
	Here    bool
	Boards  int
	Used    int64 // bytes; of the newest answer, as Quota and Free
	Quota   int64 // 0: as much as the disk holds
	Free    int64 // of its disk
	Problem error // why it does not keep what it should; nil while nothing is wrong
}

// storage is the storage peers of this person.
type storage struct {
	a *App

	mu       sync.Mutex
	list     []docstore.Tenancy
	claim    map[identity.DeviceID]node.Tenancy // by first owners' links, until they are used
	kept     map[registered]bool
	standing map[identity.DeviceID]StoragePeer
}

// registered is a collection that a storage peer has agreed to keep.
type registered struct {
	device identity.DeviceID
	id     access.RecordID
}

func newStorage(a *App) *storage {
	return &storage{
		a: a, claim: map[identity.DeviceID]node.Tenancy{}, kept: map[registered]bool{},
		standing: map[identity.DeviceID]StoragePeer{},
	}
}

// load reads which storage peers there are.
func (s *storage) load() {
	list, err := s.a.store.Tenancies()
	if err != nil {
		s.a.opts.Log.Error("storage peers cannot be listed", "err", err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = list
}

// tenancies is what the network dials.
func (s *storage) tenancies() (out []node.Tenancy) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.list {
		out = append(out, node.Tenancy{Store: node.Store{Device: t.Device, Addresses: wireAddresses(t.Addresses)}, Secret: wire.NewSecret(t.Secret)})
	}
	for _, t := range s.claim {
		out = append(out, t)
	}
	return out
}

func wireAddresses(list []string) (out []wire.Address) {
	for _, at := range list {
		out = append(out, wire.Address(at))
	}
	return out
}

// lookAfter has the storage peers that are connected keep what this person owns, and
// asks how it stands; well is false if one has not done it. It blocks.
func (s *storage) lookAfter(ctx context.Context) (well bool) {
	well = true
	s.mu.Lock()
	list := slices.Clone(s.list)
	s.mu.Unlock()
	for _, t := range list {
		s.name(ctx, t)
		if !s.a.company.deviceHere(t.Device) {
			continue
		}
		if err := s.serve(ctx, t); err != nil && ctx.Err() == nil {
			well = false
			s.a.opts.Log.Warn("a storage peer does not do what it should", "err", err)
			s.mu.Lock()
			p := s.standing[t.Device]
			p.Problem = err
			s.standing[t.Device] = p
			s.mu.Unlock()
		}
		s.a.company.Wake()
	}
	return well
}

// addressesOf is the addresses of a storage peer as a board's records have them.
func addressesOf(t docstore.Tenancy) string {
	at := strings.Join(t.Addresses, " ")
	for len(at) > access.MaxName {
		at = at[:strings.LastIndexByte(at, ' ')]
	}
	return at
}

// storesOf is where a collection is kept, and where it is about to be: its owner names
// storage peers to the others a little after it was shared.
func (s *storage) storesOf(c docstore.Collection) map[identity.DeviceID]string {
	out := map[identity.DeviceID]string{}
	if c.State.Owner == s.a.store.Person() {
		s.mu.Lock()
		for _, t := range s.list {
			out[t.Device] = addressesOf(t)
		}
		s.mu.Unlock()
	}
	maps.Copy(out, c.State.Stores)
	return out
}

// name lets those who share a board know where it is kept.
func (s *storage) name(ctx context.Context, t docstore.Tenancy) {
	at := addressesOf(t)
	me := s.a.store.Person()
	for _, c := range s.a.syncedCircles() {
		if s.a.DeviceRemoved() || c.State.Role(me) < access.Admin || c.State.Owner != me || c.State.Stores[t.Device] == at {
			continue
		}
		err := s.a.store.Govern(ctx, c.ID, func(r *replica.Replica) ([]replica.Item, error) {
			if _, kept := s.tenancy(t.Device); !kept { // removed meanwhile
				return nil, nil
			}
			return r.AddStore(t.Device, at, s.a.opts.Now().UnixMilli())
		})
		if err != nil && ctx.Err() == nil {
			s.a.opts.Log.Warn("a storage peer cannot be named", "err", err)
		}
	}
}

// serve registers what is not yet registered, and asks how it stands.
func (s *storage) serve(ctx context.Context, t docstore.Tenancy) error {
	ctx, cancel := context.WithTimeout(ctx, storageWait)
	defer cancel()
	c, err := s.ask(ctx, t.Device)
	if err != nil {
		return err
	}
	defer c.Close()
	var fresh []wire.Secret
	var ids []registered
	boards := 0
	circles := s.a.syncedCircles()
	s.mu.Lock()
	for _, circle := range circles {
		if _, is := circle.State.Stores[t.Device]; !is {
			continue
		}
		if !circle.Home {
			boards++
		}
		r := registered{t.Device, circle.ID}
		if !s.kept[r] && len(fresh) < admin.MaxSecrets {
			fresh, ids = append(fresh, wire.NamespaceSecret(circle.ID, t.Device)), append(ids, r)
		}
	}
	s.mu.Unlock()
	if len(fresh) > 0 {
		if err := c.Register(ctx, fresh...); err != nil {
			return err
		}
		s.mu.Lock()
		for _, r := range ids {
			s.kept[r] = true
		}
		s.mu.Unlock()
	}
	standing, free, err := c.Status(ctx)
	if err != nil {
		return err
	}
	problem := c.Room(ctx)
	if problem != nil && !errors.Is(problem, admin.ErrQuota) && !errors.Is(problem, admin.ErrFull) {
		return problem
	}
	s.mu.Lock()
	s.standing[t.Device] = StoragePeer{Boards: boards, Used: standing.Used, Quota: standing.Quota, Free: free, Problem: problem}
	s.mu.Unlock()
	if len(fresh) > 0 {
		if n := s.a.company.present(); n != nil {
			n.Reconnect(t.Device) // what is registered is matched by the next handshake
		}
	}
	return nil
}

// StoragePeers is those of this person, as of the newest answers. At once.
func (a *App) StoragePeers() []StoragePeer {
	s := a.storage
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []StoragePeer
	for _, t := range s.list {
		p := s.standing[t.Device]
		p.ID, p.Owner, p.Here = t.Device.String(), t.Owner, a.company.deviceHere(t.Device)
		p.Address = PlaceOf(strings.Join(t.Addresses, " "))
		out = append(out, p)
	}
	return out
}
