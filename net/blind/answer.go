package blind

import (
	"errors"

	"corkboard/net/blind/admin"
)

// answer does what was asked for, if the connection's secrets allow it.
func (l *link) answer(q admin.Question) admin.Answer {
	l.touch()
	a, err := l.do(q)
	switch {
	case errors.Is(err, ErrFull):
		err = admin.ErrFull
	case errors.Is(err, ErrStopped):
		err = admin.ErrBroken
	}
	if a.Err = err; err != nil {
		l.server.o.Log.Debug("question refused", "kind", q.Kind, "reason", err)
		return admin.Answer{Err: err}
	}
	return a
}

func (l *link) do(q admin.Question) (admin.Answer, error) {
	switch q.Kind {
	case admin.Room:
		return admin.Answer{}, l.room()
	case admin.Own:
		return admin.Answer{}, l.own(q)
	}
	me, err := l.tenant()
	if err != nil {
		return admin.Answer{}, err
	}
	switch q.Kind {
	case admin.Register, admin.Release:
		return admin.Answer{}, l.namespaces(me, q)
	case admin.Status:
		return l.standings(0, me)
	}
	if !me.Owner {
		return admin.Answer{}, admin.ErrRefused
	}
	return l.govern(q)
}

// room is why something that came is not taken now.
func (l *link) room() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.spaces {
		if err := p.refusal(); err != nil {
			return err
		}
	}
	return nil
}

// tenant is who asks: the owner before others.
func (l *link) tenant() (Tenant, error) {
	l.mu.Lock()
	doors := l.tenants
	l.mu.Unlock()
	for _, d := range doors {
		t, err := l.server.store.Tenant(l.ctx, d.ID)
		if !errors.Is(err, ErrGone) {
			return t, err
		}
	}
	return Tenant{}, admin.ErrRefused
}

// own takes the first owner in.
func (l *link) own(q admin.Question) error {
	l.mu.Lock()
	may := l.nobody
	l.mu.Unlock()
	if !may {
		return admin.ErrRefused
	}
	id, err := l.server.store.Own(q.Secrets[0])
	if err != nil {
		return err
	}
	l.server.o.Log.Info("the storage peer has an owner now")
	return l.enterAs(Door{Secret: q.Secrets[0], Lock: ToOwner, ID: id})
}

func (l *link) namespaces(me Tenant, q admin.Question) error {
	for _, secret := range q.Secrets {
		var err error
		if q.Kind == admin.Register {
			_, err = l.server.store.Register(me.ID, secret)
		} else {
			err = l.server.store.Release(me.ID, secret)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// govern is what the owner may do.
func (l *link) govern(q admin.Question) (admin.Answer, error) {
	store := l.server.store
	switch q.Kind {
	case admin.AddTenant:
		id, err := store.AddTenant(q.Secrets[0], q.Quota)
		if err != nil {
			return admin.Answer{}, err
		}
		t, err := store.Tenant(l.ctx, id)
		if err != nil {
			return admin.Answer{}, err
		}
		return l.standings(0, t)
	case admin.SetQuota:
		return admin.Answer{}, store.SetQuota(q.Tenant, q.Quota)
	case admin.RemoveTenant:
		err := store.RemoveTenant(q.Tenant)
		if err == nil {
			l.server.dismiss(q.Tenant)
		}
		return admin.Answer{}, err
	case admin.Tenants:
		all, err := store.Tenants(l.ctx)
		if err != nil {
			return admin.Answer{}, err
		}
		return l.standings(q.Tenant, all...)
	}
	return admin.Answer{}, admin.ErrRefused
}

// standings tells of tenants behind one.
func (l *link) standings(after int64, all ...Tenant) (a admin.Answer, err error) {
	for _, t := range all {
		if t.ID > after && len(a.Standings) < admin.MaxTenants {
			a.Standings = append(a.Standings, admin.Standing(t))
		}
	}
	a.Free, err = l.server.store.Free()
	return a, err
}
