package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/blind"
	"corkboard/net/host"
	"corkboard/net/qr"
	"corkboard/net/wire"
	"corkboard/share"
)

// link prints the first owner's link again.
func (p *program) link(ctx context.Context, args []string) (err error) {
	var anew bool
	p.flags.BoolVar(&anew, "new-owner", false, "make another owner")
	if err := p.parse(args, 0); err != nil {
		return err
	}
	store, err := p.look()
	if err != nil {
		return err
	}
	if anew {
		if store, err = p.offerAnew(store); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	id, err := blind.DeviceID(p.data)
	if err != nil {
		return err
	}
	return p.offer(ctx, store, id)
}

// offerAnew opens the store for writing instead.
func (p *program) offerAnew(looked *blind.Store) (*blind.Store, error) {
	if err := looked.Close(); err != nil {
		return nil, err
	}
	store, err := blind.Open(p.data, blind.Options{})
	if err != nil {
		return nil, err
	}
	if err := store.Offer(true); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// offer prints the first owner's link, and as a QR code. ErrOwned if it was used.
func (p *program) offer(ctx context.Context, store *blind.Store, id identity.DeviceID) error {
	secret, err := store.First(ctx)
	if err != nil {
		return err
	}
	at, err := store.Addresses(ctx)
	if err != nil {
		return err
	}
	l := share.Link{Document: doc.NewID(id), Kind: share.KindStorage, At: at, Role: share.Store, Secret: secret}
	if !l.Valid() {
		return fmt.Errorf("the addresses do not fit into a link: %w", share.ErrBadLink)
	}
	text := share.Format(l)
	code, err := qr.Encode(text)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "Open this link in Corkboard to own the storage peer. It works once.\n\n%s\n\n%s", text, code.Terminal())
	return err
}

// announced reads where others reach the storage peer: one place over both transports,
// or two as they are.
func announced(list []string) ([]string, error) {
	var out []string
	for _, text := range list {
		a, err := host.ParseAddress(text)
		if err != nil {
			return nil, err
		}
		out = append(out, string(a))
	}
	if len(out) > len(share.Addresses{}) {
		return nil, fmt.Errorf("more than %d --announce", len(share.Addresses{}))
	}
	if len(out) == 1 {
		if at, port, ok := strings.Cut(out[0], "/tcp/"); ok && !strings.Contains(port, "/") {
			out = append(out, at+"/udp/"+port+"/quic-v1")
		}
	}
	return out, nil
}

const nameMark = "/p2p/"

// linkAddresses are those that were announced, or else one of the host's own for each
// transport. They name the host.
func linkAddresses(announced []string, own []wire.Address) (at share.Addresses) {
	name := ""
	for _, a := range own {
		if i := strings.LastIndex(string(a), nameMark); i >= 0 {
			name = string(a)[i:]
		}
	}
	if len(announced) > 0 {
		for i, a := range announced {
			if at[i] = a; !strings.Contains(a, nameMark) {
				at[i] += name
			}
		}
		return at
	}
	for _, part := range []string{"/tcp/", "/quic-v1"} {
		for _, a := range own {
			if strings.Contains(string(a), part) && share.ValidAddress(string(a)) {
				at = with(at, string(a))
				break
			}
		}
	}
	return at
}

func with(at share.Addresses, a string) share.Addresses {
	for i := range at {
		if at[i] == "" {
			at[i] = a
			break
		}
	}
	return at
}
