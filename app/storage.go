package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/docstore"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/net/blind"
	"corkboard/net/blind/admin"
	"corkboard/net/host"
	"corkboard/net/node"
	"corkboard/net/wire"
	"corkboard/share"
)

// storageWait is how long a storage peer that was named by a link may take to answer.
const storageWait = 15 * time.Second

// ErrNotStorage says that a link does not lead to a storage peer.
var ErrNotStorage = errors.New("not a link to a storage peer")

// StoragePeer is one that keeps this person's shared boards.
type StoragePeer struct {
	ID      string
	Address string
	Owner   bool // this person looks after it
	Here    bool
	Boards  int
	Used    int64 // bytes; of the newest answer, as Quota and Free
	Quota   int64 // 0: as much as the disk holds
	Free    int64 // of its disk
	Problem error // why it does not keep what it should
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

// AddStoragePeer makes this person the owner of a storage peer, by the link that it
// has shown at its first start; from then on it keeps all boards that they share. It
// blocks until the storage peer has answered. Errors: share.ErrBadLink, ErrNotStorage,
// ErrNobodyMet, node.ErrAway, those of package admin, admin.ErrOwned above all.
func (a *App) AddStoragePeer(ctx context.Context, link string) error {
	ctx, cancel := context.WithTimeout(ctx, storageWait)
	defer cancel()
	l, err := share.Parse(link)
	if err != nil {
		return err
	}
	if l.Kind != share.KindStorage {
		return ErrNotStorage
	}
	device, err := identity.ParseDeviceID(string(l.Document))
	if err != nil {
		return err
	}
	t := docstore.Tenancy{Device: device, Owner: true}
	_, _ = rand.Read(t.Secret[:]) // never fails
	for _, at := range l.At {
		if to, err := host.ParseAddress(at); at != "" && err == nil {
			t.Addresses = append(t.Addresses, strings.Fields(string(to))...)
		}
	}
	if err := a.store.KeepTenancy(t); err != nil { // before it is told to anybody
		return err
	}
	if err := a.storage.own(ctx, t, l.Secret); err != nil {
		return errors.Join(fmt.Errorf("adding a storage peer: %w", err), a.store.DropTenancy(device))
	}
	a.storage.load()
	a.lookAround()
	return nil
}

// own uses the link: the storage peer knows its owner by another secret afterwards.
func (s *storage) own(ctx context.Context, t docstore.Tenancy, first share.Secret) error {
	n := s.a.company.present()
	if n == nil {
		return ErrNobodyMet
	}
	s.mu.Lock()
	s.claim[t.Device] = node.Tenancy{
		Store: node.Store{Device: t.Device, Addresses: wireAddresses(t.Addresses)}, Secret: blind.FirstSecret(first),
	}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.claim, t.Device)
		s.mu.Unlock()
		n.Reconnect(t.Device)
		n.Refresh()
	}()
	if err := n.Dial(ctx, wire.Address(strings.Join(t.Addresses, " "))); errors.Is(err, wire.ErrStranger) {
		return admin.ErrOwned // it does not know the link any more
	} else if err != nil {
		return err
	}
	c, err := s.ask(ctx, t.Device)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Own(ctx, wire.NewSecret(t.Secret))
}

// ask opens a stream to a storage peer, as soon as it is connected.
func (s *storage) ask(ctx context.Context, device identity.DeviceID) (*admin.Client, error) {
	n := s.a.company.present()
	if n == nil {
		return nil, ErrNobodyMet
	}
	met := make(chan struct{}, 1)
	defer n.Subscribe(func() {
		select {
		case met <- struct{}{}:
		default:
		}
	})()
	for {
		stream, err := n.OpenAt(ctx, device, admin.Protocol)
		if err == nil {
			return admin.NewClient(stream), nil
		}
		if !errors.Is(err, node.ErrAway) {
			return nil, err
		}
		select {
		case <-met:
		case <-ctx.Done():
			return nil, err
		}
	}
}

// lookAfter has the storage peers that are connected keep what this person owns, and
// asks how it stands. It blocks.
func (s *storage) lookAfter(ctx context.Context) {
	s.mu.Lock()
	list := slices.Clone(s.list)
	s.mu.Unlock()
	for _, t := range list {
		s.name(ctx, t)
		if !s.a.company.deviceHere(t.Device) {
			continue
		}
		if err := s.serve(ctx, t); err != nil && ctx.Err() == nil {
			s.a.opts.Log.Warn("a storage peer does not do what it should", "err", err)
			s.mu.Lock()
			p := s.standing[t.Device]
			p.Problem = err
			s.standing[t.Device] = p
			s.mu.Unlock()
		}
		s.a.company.wake()
	}
}

// name lets those who share a board know where it is kept.
func (s *storage) name(ctx context.Context, t docstore.Tenancy) {
	at := strings.Join(t.Addresses, " ")
	for len(at) > access.MaxName {
		at = at[:strings.LastIndexByte(at, ' ')]
	}
	me := s.a.store.Person()
	for _, c := range s.a.sharedCircles() {
		if c.State.Role(me) < access.Admin || c.State.Owner != me || c.State.Stores[t.Device] == at {
			continue
		}
		err := s.a.store.Govern(ctx, c.ID, func(r *replica.Replica) ([]replica.Item, error) {
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
	s.mu.Lock()
	for _, circle := range s.a.sharedCircles() {
		if _, is := circle.State.Stores[t.Device]; !is {
			continue
		}
		boards++
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
	s.mu.Lock()
	s.standing[t.Device] = StoragePeer{Boards: boards, Used: standing.Used, Quota: standing.Quota, Free: free}
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
		if len(t.Addresses) > 0 {
			p.Address = t.Addresses[0]
		}
		out = append(out, p)
	}
	return out
}

// RemoveStoragePeer forgets a storage peer: what it keeps stays there, sealed, until
// its next owner clears it. It blocks. Errors: identity.ErrBadID, those of docstore.
func (a *App) RemoveStoragePeer(ctx context.Context, id string) error {
	device, err := identity.ParseDeviceID(id)
	if err != nil {
		return err
	}
	me := a.store.Person()
	for _, c := range a.sharedCircles() {
		if _, is := c.State.Stores[device]; !is || c.State.Owner != me {
			continue
		}
		err := a.store.Govern(ctx, c.ID, func(r *replica.Replica) ([]replica.Item, error) {
			return r.RemoveStore(device, a.opts.Now().UnixMilli())
		})
		if err != nil {
			return fmt.Errorf("removing a storage peer: %w", err)
		}
	}
	if err := a.store.DropTenancy(device); err != nil {
		return err
	}
	a.storage.load()
	a.lookAround()
	return nil
}
