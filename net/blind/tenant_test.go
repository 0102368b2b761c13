package blind

import (
	"testing"

	"corkboard/net/docsync"
	"corkboard/share"
	"corkboard/sqlite"
)

func TestQuotaRefusesAndEvictsNothing(t *testing.T) {
	const quota = 5 * (1024 + overhead)
	s, tenant, n := aStore(t, quota, Options{})
	items := someItems(t, chance(1), 8)
	put(t, n, items[:4]...)
	wants(t, n.Put(items[4:6]), ErrQuota)
	holds(t, n, items[:4])
	put(t, n, items[4])
	put(t, n, items[:5]...)
	sees(t, n, docsync.ReplicaID{1}, 9)
	wants(t, n.Put(items[5:6]), ErrQuota)
	got, err := s.Tenant(t.Context(), tenant)
	if err != nil || got.Used != quota || got.Quota != quota || got.Namespaces != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if err := s.SetQuota(tenant, quota+1024+overhead); err != nil {
		t.Fatal(err)
	}
	put(t, n, items[5])
	if err := s.SetQuota(tenant, 1); err != nil { // less than there is
		t.Fatal(err)
	}
	wants(t, n.Put(items[6:]), ErrQuota)
	holds(t, n, items[:6])
	wants(t, s.SetQuota(999, 1), ErrGone)
	sound(t, s)
}

func TestAFullDiskRefusesStaysReadableAndRecovers(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir, Options{MaxPages: 60})
	tenant, err := s.AddTenant(secretOf(1), 0)
	if err != nil {
		t.Fatal(err)
	}
	id := register(t, s, tenant, 2)
	n := openNamespace(t, s, id)
	random := chance(1)
	var there []Item
	for {
		some := someItems(t, random, 10)
		err := n.Put(some)
		if err != nil {
			wants(t, err, ErrFull)
			break
		}
		there = append(there, some...)
	}
	if len(there) == 0 {
		t.Fatal("nothing fits")
	}
	holds(t, n, there)
	sound(t, s)
	if s.Err() != nil {
		t.Fatalf("a full disk stopped the store: %v", s.Err())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, dir, Options{})
	n = openNamespace(t, s, id)
	holds(t, n, there)
	more := someItems(t, random, 30)
	put(t, n, more...)
	holds(t, n, append(there, more...))
	sound(t, s)
}

func TestTheReserveOfTheDiskIsLeft(t *testing.T) {
	free := int64(reserve + 1024 + overhead)
	s, _, n := aStore(t, 0, Options{Free: func() (int64, error) { return free, nil }})
	items := someItems(t, chance(1), 2)
	put(t, n, items[0])
	free--
	wants(t, n.Put(items[1:]), ErrFull)
	holds(t, n, items[:1])
	free = 0
	if got, err := s.Free(); got != 0 || err != nil {
		t.Errorf("%d bytes are free, %v", got, err)
	}
	free = reserve * 2
	put(t, n, items[1])
}

func TestADiskThatFailsStopsWriting(t *testing.T) {
	s, _, n := aStore(t, 0, Options{})
	items := someItems(t, chance(1), 2)
	put(t, n, items[0])
	err := s.write("failing", func(*sqlite.Tx) error { return sqlite.ErrIO })
	wants(t, err, sqlite.ErrIO)
	select {
	case <-s.Stopped():
	default:
		t.Error("nobody is told")
	}
	wants(t, n.Put(items[1:]), ErrStopped)
	holds(t, n, items[:1])
}

func TestRegisteringTwiceIsOnce(t *testing.T) {
	s, tenant, n := aStore(t, 0, Options{})
	if id := register(t, s, tenant, 2); id != n.id {
		t.Errorf("namespace %d, then %d", n.id, id)
	}
	again, err := s.AddTenant(secretOf(1), 77)
	if err != nil || again != tenant {
		t.Errorf("tenant %d, then %d, %v", tenant, again, err)
	}
	_, err = s.Register(999, secretOf(3))
	wants(t, err, ErrGone)
	all, err := s.Tenants(t.Context())
	if err != nil || len(all) != 1 || all[0].Quota != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

// swept waits until dead namespaces are off the disk.
func swept(t *testing.T, s *Store) {
	t.Helper()
	for done := false; !done; {
		var err error
		if done, err = s.sweepStep(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestANamespaceGoesWithItsLastTenant(t *testing.T) {
	s, first, n := aStore(t, 0, Options{})
	second, err := s.AddTenant(secretOf(5), 10)
	if err != nil {
		t.Fatal(err)
	}
	register(t, s, second, 2)
	items := someItems(t, chance(1), 200)
	put(t, n, items...)
	if err := s.RemoveTenant(first); err != nil {
		t.Fatal(err)
	}
	holds(t, n, items)
	heir, err := s.Tenant(t.Context(), second)
	if err != nil || heir.Used != 200*(1024+overhead) || heir.Namespaces != 1 {
		t.Errorf("%+v, %v", heir, err)
	}
	more := someItems(t, chance(9), 1)
	wants(t, n.Put(more), ErrQuota)
	woken := false
	defer n.Watch(func() { woken = true })()
	if err := s.Release(second, secretOf(2)); err != nil {
		t.Fatal(err)
	}
	if !n.Gone() || !woken {
		t.Error("those who have it open are not told")
	}
	wants(t, n.Put(more), ErrGone)
	wants(t, s.Release(second, secretOf(2)), ErrGone)
	_, err = s.Namespace(t.Context(), n.id)
	wants(t, err, ErrGone)
	swept(t, s)
	_, err = n.Bytes(items[0].Key)
	wants(t, err, ErrMissing)
	if r := sound(t, s); r.Items != 0 || r.Namespaces != 0 || r.Tenants != 1 {
		t.Errorf("%+v", r)
	}
	if id := register(t, s, second, 2); id == n.id {
		t.Error("a namespace came back from the dead")
	}
}

func TestTheOwnerIsWhoeverIsFirst(t *testing.T) {
	s := openStore(t, t.TempDir(), Options{})
	ctx := t.Context()
	if err := s.Offer(false); err != nil {
		t.Fatal(err)
	}
	link, err := s.First(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Offer(false); err != nil {
		t.Fatal(err)
	}
	if again, err := s.First(ctx); err != nil || again != link {
		t.Errorf("another link at the second start, %v", err)
	}
	leads(t, s, Door{FirstSecret(link), ToNobody, 0})
	owner, err := s.Own(secretOf(1))
	if err != nil {
		t.Fatal(err)
	}
	leads(t, s, Door{secretOf(1), ToOwner, owner})
	_, err = s.Own(secretOf(2))
	wants(t, err, ErrOwned)
	if err := s.Offer(false); err != nil {
		t.Fatal(err)
	}
	_, err = s.First(ctx)
	wants(t, err, ErrOwned)
	wants(t, s.RemoveTenant(owner), ErrGone)

	if err := s.Offer(true); err != nil {
		t.Fatal(err)
	}
	next, err := s.Own(secretOf(2))
	if err != nil {
		t.Fatal(err)
	}
	id := register(t, s, owner, 3)
	leads(t, s, Door{secretOf(3), ToNamespace, id}, Door{secretOf(1), ToTenant, owner}, Door{secretOf(2), ToOwner, next})
}

func leads(t *testing.T, s *Store, want ...Door) {
	t.Helper()
	got, err := s.Doors(t.Context())
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d doors, want %d, %v", len(got), len(want), err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("door %d leads to %d of lock %d, want %d of %d", i, got[i].ID, got[i].Lock, want[i].ID, want[i].Lock)
		}
	}
	if (FirstSecret(share.Secret{}) == got[0].Secret) {
		t.Error("a link without a secret opens a door")
	}
}
