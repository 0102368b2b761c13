package main

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"corkboard/net/blind"
	"corkboard/net/host"
)

// everywhere is where a storage peer listens unless told otherwise.
var everywhere = []string{"0.0.0.0:4001", "[::]:4001"}

// serve runs until the context ends.
func (p *program) serve(ctx context.Context, args []string) (err error) {
	var listen, announce list
	var verbose bool
	p.flags.Var(&listen, "listen", "IP:PORT to listen on")
	p.flags.Var(&announce, "announce", "HOST:PORT where others reach it")
	p.flags.BoolVar(&verbose, "verbose", false, "log every connection")
	if err := p.parse(args, 0); err != nil {
		return err
	}
	if len(listen) == 0 {
		listen = everywhere
	}
	at, err := announced(announce)
	if err != nil {
		return p.wrong(err.Error())
	}
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: level}))

	store, err := blind.Open(p.data, blind.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	device, err := blind.Device(p.data)
	if err != nil {
		return err
	}
	if err := store.Offer(false); err != nil {
		return err
	}
	var server atomic.Pointer[blind.Server]
	known := func(name []byte) bool { s := server.Load(); return s != nil && s.Known(name) }
	h, err := host.New(host.Options{
		Key: blind.HostKey(device), Listen: listen, Public: true,
		Relay: &host.Relay{Reserve: known, Connect: func(from, to []byte) bool { return known(from) && known(to) }},
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	server.Store(blind.NewServer(store, blind.ServerOptions{Transport: h, Device: device, Log: log}))
	if err := store.Announce(linkAddresses(at, h.Addresses())); err != nil {
		return err
	}
	if err := p.offer(ctx, store, device.ID()); err != nil && !errors.Is(err, blind.ErrOwned) {
		return err
	}
	log.Info("the storage peer runs")
	err = server.Load().Run(ctx)
	log.Info("the storage peer stops")
	return err
}
