package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"corkboard/net/wire"
	"corkboard/record"
)

// patience is how long either side waits for the other to go on.
const patience = 30 * time.Second

// Client asks a storage peer. It is safe on any goroutine; each call blocks until
// the answer is there, and ends the stream if its context ends first. Errors of all
// calls: those of this package, of wire.Framer, and of the context.
type Client struct {
	mu     sync.Mutex
	stream wire.Stream
	framer *wire.Framer
}

// NewClient asks on a stream that was opened for Protocol, after the handshake.
func NewClient(s wire.Stream) *Client {
	return &Client{stream: s, framer: wire.NewFramer(s, maxAnswer, patience)}
}

// Close ends the stream.
func (c *Client) Close() error { return c.stream.Close() }

// Room says whether what this connection brings is taken now: nil, ErrQuota or
// ErrFull.
func (c *Client) Room(ctx context.Context) error {
	_, err := c.ask(ctx, Question{Kind: Room})
	return err
}

// Register has namespaces kept. To sync with them, connect anew, or shake hands
// again. Registering again changes nothing.
func (c *Client) Register(ctx context.Context, namespaces ...wire.Secret) error {
	return c.each(ctx, Register, namespaces)
}

// Release has namespaces kept no longer. Those that no other tenant has registered
// go, with all in them.
func (c *Client) Release(ctx context.Context, namespaces ...wire.Secret) error {
	return c.each(ctx, Release, namespaces)
}

func (c *Client) each(ctx context.Context, kind Kind, namespaces []wire.Secret) error {
	for some := range slices.Chunk(namespaces, MaxSecrets) {
		if _, err := c.ask(ctx, Question{Kind: kind, Secrets: some}); err != nil {
			return err
		}
	}
	return nil
}

// Status is how it stands with this tenant, and how many bytes the disk has free.
func (c *Client) Status(ctx context.Context) (Standing, int64, error) {
	a, err := c.ask(ctx, Question{Kind: Status})
	return first(a), a.Free, err
}

// AddTenant lets whoever knows the secret store up to quota bytes, 0 for as much as
// the disk holds. Adding them again changes nothing. The owner's.
func (c *Client) AddTenant(ctx context.Context, secret wire.Secret, quota int64) (Standing, error) {
	a, err := c.ask(ctx, Question{Kind: AddTenant, Secrets: []wire.Secret{secret}, Quota: quota})
	return first(a), err
}

// SetQuota changes what a tenant may store; what they have above it stays. The
// owner's.
func (c *Client) SetQuota(ctx context.Context, tenant, quota int64) error {
	_, err := c.ask(ctx, Question{Kind: SetQuota, Tenant: tenant, Quota: quota})
	return err
}

// RemoveTenant takes somebody out, with all that they alone have registered. The
// owner's.
func (c *Client) RemoveTenant(ctx context.Context, tenant int64) error {
	_, err := c.ask(ctx, Question{Kind: RemoveTenant, Tenant: tenant})
	return err
}

// Tenants is all who are allowed, and how many bytes the disk has free. The owner's.
func (c *Client) Tenants(ctx context.Context) (all []Standing, free int64, err error) {
	for after := int64(0); ; after = all[len(all)-1].ID {
		a, err := c.ask(ctx, Question{Kind: Tenants, Tenant: after})
		if err != nil {
			return nil, 0, err
		}
		all, free = append(all, a.Standings...), a.Free
		if len(a.Standings) < MaxTenants {
			return all, free, nil
		}
	}
}

// Own makes whoever knows the secret the owner. Keep it before: if the answer is lost,
// a handshake with it tells whether it was taken. Only on a connection that has
// matched the secret of the first owner's link, which is dead afterwards.
func (c *Client) Own(ctx context.Context, secret wire.Secret) error {
	_, err := c.ask(ctx, Question{Kind: Own, Secrets: []wire.Secret{secret}})
	return err
}

func first(a Answer) Standing {
	if len(a.Standings) == 0 {
		return Standing{}
	}
	return a.Standings[0]
}

func (c *Client) ask(ctx context.Context, q Question) (Answer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer context.AfterFunc(ctx, func() { c.stream.Close() })()
	a, err := c.exchange(q)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err == nil {
		err = a.Err
	}
	if err != nil {
		return Answer{}, fmt.Errorf("asking the storage peer: %w", err)
	}
	return a, nil
}

func (c *Client) exchange(q Question) (Answer, error) {
	if err := c.framer.Write(EncodeQuestion(q)); err != nil {
		return Answer{}, err
	}
	b, err := c.framer.ReadWithin(patience)
	if err != nil {
		return Answer{}, err
	}
	a, err := DecodeAnswer(b)
	if errors.Is(err, record.ErrMalformed) {
		err = fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return a, err
}

// Serve answers what is asked on a stream, until it ends (nil) or breaks, or nothing
// was asked for idle.
func Serve(s wire.Stream, idle time.Duration, answer func(Question) Answer) error {
	framer := wire.NewFramer(s, max(maxQuestion, maxAnswer), patience)
	for {
		b, err := framer.ReadWithin(idle)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(b) > maxQuestion {
			return fmt.Errorf("question of %d bytes: %w", len(b), wire.ErrFrame)
		}
		q, err := DecodeQuestion(b)
		a := Answer{Err: ErrNewer}
		if err == nil {
			a = answer(q)
		} else if !errors.Is(err, ErrNewer) {
			return err
		}
		if err := framer.Write(EncodeAnswer(a)); err != nil {
			return err
		}
	}
}
