package blind

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/net/blind/admin"
	"corkboard/net/wire"
)

// The first owner's link works once, and the owner then admits others.
func TestFromTheFirstLinkToATenant(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	ctx := t.Context()
	if err := l.store.Offer(false); err != nil {
		t.Fatal(err)
	}
	link, err := l.store.First(ctx)
	if err != nil {
		t.Fatal(err)
	}
	late := l.meet("late", FirstSecret(link)).admin()
	first := l.meet("first", FirstSecret(link)).admin()
	if _, _, err := first.Status(ctx); !errors.Is(err, admin.ErrRefused) {
		t.Errorf("nobody's status: %v", err)
	}
	if err := first.Own(ctx, secretOf(10)); err != nil {
		t.Fatal(err)
	}
	wants(t, late.Own(ctx, secretOf(11)), admin.ErrOwned)
	wants(t, l.dial("too late").shake(FirstSecret(link)), wire.ErrStranger)
	if s, _, err := first.Status(ctx); err != nil || !s.Owner {
		t.Errorf("on the same connection: %+v, %v", s, err)
	}

	owner := l.meet("owner", secretOf(10)).admin()
	tenant, err := owner.AddTenant(ctx, secretOf(20), 5000)
	if err != nil || tenant.Quota != 5000 || tenant.Owner {
		t.Fatal(tenant, err)
	}
	if again, err := owner.AddTenant(ctx, secretOf(20), 1); err != nil || again.ID != tenant.ID || again.Quota != 5000 {
		t.Errorf("adding again: %+v, %v", again, err)
	}
	guest := l.meet("guest", secretOf(20)).admin()
	if err := guest.Register(ctx, secretOf(30), secretOf(31)); err != nil {
		t.Fatal(err)
	}
	if err := guest.Release(ctx, secretOf(31)); err != nil {
		t.Fatal(err)
	}
	wants(t, guest.Release(ctx, secretOf(31)), admin.ErrGone)
	if err := owner.SetQuota(ctx, tenant.ID, 7000); err != nil {
		t.Fatal(err)
	}
	wants(t, owner.SetQuota(ctx, 999, 1), admin.ErrGone)
	s, free, err := guest.Status(ctx)
	if err != nil || s.Quota != 7000 || s.Namespaces != 1 || s.Used != 0 || free == 0 || s.Seen == 0 {
		t.Errorf("%+v, %d, %v", s, free, err)
	}
	all, _, err := owner.Tenants(ctx)
	if err != nil || len(all) != 2 || !all[0].Owner || all[1].ID != tenant.ID {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestManyTenantsAreListed(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	const many = admin.MaxTenants + 10
	for n := range many {
		var b [wire.SecretSize]byte
		b[0], b[1], b[2] = byte(n), byte(n>>8), 1
		if _, err := l.store.AddTenant(wire.NewSecret(b), 1); err != nil {
			t.Fatal(err)
		}
	}
	owner := makeOwner(t, l)
	all, _, err := owner.Tenants(t.Context())
	if err != nil || len(all) != many+1 || !all[many].Owner {
		t.Errorf("%d tenants, %v", len(all), err)
	}
}

func makeOwner(t *testing.T, l *lab) *admin.Client {
	t.Helper()
	if err := l.store.Offer(false); err != nil {
		t.Fatal(err)
	}
	if _, err := l.store.Own(secretOf(100)); err != nil {
		t.Fatal(err)
	}
	return l.meet("the owner", secretOf(100)).admin()
}

func TestWhoMayAskWhat(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	ctx := t.Context()
	tenant, _ := l.tenancy(1, 2, 0)
	member, guest := l.meet("member", secretOf(2)).admin(), l.meet("guest", secretOf(1)).admin()
	if err := member.Room(ctx); err != nil {
		t.Error(err)
	}
	for name, c := range map[string]*admin.Client{"member": member, "guest": guest} {
		_, added := c.AddTenant(ctx, secretOf(8), 1)
		_, _, listed := c.Tenants(ctx)
		for what, err := range map[string]error{
			"own": c.Own(ctx, secretOf(8)), "add": added, "list": listed,
			"quota": c.SetQuota(ctx, tenant, 1), "remove": c.RemoveTenant(ctx, tenant),
		} {
			if !errors.Is(err, admin.ErrRefused) {
				t.Errorf("%s: %s: %v", name, what, err)
			}
		}
	}
	_, _, status := member.Status(ctx)
	for what, err := range map[string]error{
		"register": member.Register(ctx, secretOf(8)), "release": member.Release(ctx, secretOf(2)), "status": status,
	} {
		if !errors.Is(err, admin.ErrRefused) {
			t.Errorf("member: %s: %v", what, err)
		}
	}
	if all, err := l.store.Tenants(ctx); err != nil || len(all) != 1 || all[0].Quota != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestWhoIsRemovedIsGoneAtOnce(t *testing.T) {
	l := newLab(t, t.TempDir(), Options{}, ServerOptions{})
	ctx := t.Context()
	tenant, id := l.tenancy(1, 2, 0)
	guest := l.meet("guest", secretOf(1), secretOf(2))
	member := l.meet("member", secretOf(2))
	mine := own(t, anItem(t, chance(1), 1024))
	member.sync(mine)
	stored := openNamespace(t, l.store, id)
	comes(t, "something is stored", func() bool { return stored.Last() == 1 })
	if err := makeOwner(t, l).RemoveTenant(ctx, tenant); err != nil {
		t.Fatal(err)
	}
	guest.closes()
	put(t, mine, anItem(t, chance(2), 1024))
	comes(t, "the rows are gone", func() bool {
		r, err := l.store.Verify(ctx)
		return err == nil && r.OK() && r.Items == 0 && r.Namespaces == 0
	})
	wants(t, l.dial("again").shake(secretOf(1), secretOf(2)), wire.ErrStranger)
}

// What does not fit is refused and not acknowledged; the rest stays readable, and
// with room again it is taken.
func TestRefusedTakenLater(t *testing.T) {
	var free atomic.Int64
	free.Store(1 << 40)
	for name, c := range map[string]struct {
		quota  int64
		refuse func(l *lab, tenant int64)
		want   error
		relent func(l *lab, tenant int64)
	}{
		"quota": {
			50 * (1024 + overhead), func(*lab, int64) {}, admin.ErrQuota,
			func(l *lab, tenant int64) {
				if err := l.store.SetQuota(tenant, 1<<30); err != nil {
					l.t.Error(err)
				}
			},
		},
		"disk": {0, func(*lab, int64) { free.Store(reserve) }, admin.ErrFull, func(*lab, int64) { free.Store(1 << 40) }},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, t.TempDir(), Options{Free: func() (int64, error) { return free.Load(), nil }}, ServerOptions{Retry: 20 * time.Millisecond})
			tenant, id := l.tenancy(1, 2, c.quota)
			stored := openNamespace(t, l.store, id)
			there := someItems(t, chance(3), 5)
			put(t, stored, there...)
			c.refuse(l, tenant)

			member := l.meet("member", secretOf(2))
			items := someItems(t, chance(4), 200)
			mine := own(t, items...)
			member.sync(mine)
			ask := member.admin()
			comes(t, "it is said that there is no room", func() bool { return errors.Is(ask.Room(t.Context()), c.want) })
			comes(t, "it can be read", has(mine, there...))
			if stored.Last() > 55 || l.server.Connections() != 1 {
				t.Errorf("%d items there, %d connections", stored.Last(), l.server.Connections())
			}
			c.relent(l, tenant)
			comes(t, "all is stored", has(stored, items...))
			comes(t, "there is room", func() bool { return ask.Room(t.Context()) == nil })
			sound(t, l.store)
		})
	}
}
