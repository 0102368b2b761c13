package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"corkboard/access"
	"corkboard/app"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/net/wire"
	"corkboard/share"
)

// tally is what an attacker has done.
type tally struct {
	Dials                       int64 // begun, of all sorts
	Connections                 int64 // let in
	Streams, Handshakes, Forged int64
}

func (t tally) note(r results) {
	r["siege_dials"] = float64(t.Dials)
	r["siege_connections"], r["siege_streams"] = float64(t.Connections), float64(t.Streams)
	r["siege_handshakes"], r["siege_forged"] = float64(t.Handshakes), float64(t.Forged)
}

// traitor is a member turned bad: a real one, with all that members have.
type traitor struct {
	self  *wire.Self
	goods []good // what it holds of the board
}

// army is an attacker at work.
type army struct {
	victim     []wire.Address
	link       share.Link
	collection access.RecordID
	traitors   []traitor

	dials, connections, streams, handshakes, forged atomic.Int64
	turn                                            atomic.Int64
}

// traitors is how many members turn bad.
const traitors = 3

// attack is the attacker: it has members join, and has them and strangers attack from
// then on until it is told to stop.
func attack(ctx context.Context, p post) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	y := &army{}
	for _, at := range p.Victim {
		y.victim = append(y.victim, wire.Address(at))
	}
	var err error
	if y.link, err = share.Parse(p.Link); err != nil {
		return err
	}
	id, err := identity.ParsePersonID(string(y.link.In)) // any id of 32 bytes
	if err != nil {
		return err
	}
	y.collection = access.RecordID(id)
	out := json.NewEncoder(os.Stdout)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		switch lines.Text() {
		case "prepare":
			for n := range traitors {
				t, err := y.recruit(ctx, p, filepath.Join(p.Dir, "traitor"+strconv.Itoa(n)))
				if err != nil {
					return fmt.Errorf("a member that will turn bad: %w", err)
				}
				y.traitors = append(y.traitors, t)
			}
		case "attack":
			y.begin(ctx)
		case "stop":
			cancel()
		}
		done := tally{y.dials.Load(), y.connections.Load(), y.streams.Load(), y.handshakes.Load(), y.forged.Load()}
		if err := out.Encode(done); err != nil {
			return err
		}
	}
	return nil
}

// recruit has a profile join the board like anybody, and takes its keys and all that it
// holds out of it.
func (y *army) recruit(ctx context.Context, p post, dir string) (t traitor, err error) {
	a, err := app.Open(ctx, app.Options{Profile: dir, Network: onLoopback(), Code: filepath.Join(p.Dir, "code")})
	if err != nil {
		return t, err
	}
	l, err := a.Join(ctx, p.Link)
	if err == nil {
		err = until(ctx, a, func() bool { return a.Sharing(l.Document).Mine == share.Write && even(a, l.Document) })
	}
	if err = errors.Join(err, a.Close(ctx)); err != nil {
		return t, err
	}
	s, err := docstore.Open(dir, docstore.Options{})
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, s.Close(ctx)) }()
	if st := s.AwaitKeys(ctx); st.Err != nil {
		return t, st.Err
	}
	device, err := s.DeviceKey()
	if err != nil {
		return t, err
	}
	t.self = &wire.Self{Person: s.Person(), Device: device}
	shelf, err := s.Shelf(y.collection)
	if err != nil {
		return t, err
	}
	for _, e := range shelf.After(0, 1<<16) {
		raw, err := shelf.Bytes(e.Key)
		if err != nil {
			return t, err
		}
		t.goods = append(t.goods, good{raw, e.Record})
	}
	return t, nil
}
