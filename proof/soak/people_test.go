//go:build linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"time"

	"corkboard/app"
)

// person8 is one of them. Their goroutine alone uses it until the evening.
type person8 struct {
	*day
	name   string
	random *rand.Rand
	app    *app.App // nil while the program is closed
	desk   desk
	member bool

	lids, cuts int // programs closed and opened again; times without a network
}

// open starts the program, which dials all who have ever been there.
func (p *person8) open() error {
	t, err := p.net.Join(p.name)
	if err != nil {
		return err
	}
	p.app, err = app.Open(p.ctx, app.Options{
		Profile: filepath.Join(p.dir, p.name), Code: filepath.Join(p.dir, "code"), NoWeb: true,
		Log: slog.New(slog.DiscardHandler), Network: app.Network{On: true, Transport: t},
	})
	if err != nil {
		return err
	}
	p.meet()
	return nil
}

// meet dials the others. Who is not there is not there.
func (p *person8) meet() {
	for len(p.app.Addresses()) == 0 {
		time.Sleep(100 * time.Millisecond)
	}
	for _, o := range p.people {
		if o != p {
			ctx, cancel := context.WithTimeout(p.ctx, 10*time.Second)
			_ = p.app.DialManually(ctx, o.name)
			cancel()
		}
	}
}

func (p *person8) close() error {
	if p.app == nil {
		return nil
	}
	err := p.app.Close(p.ctx)
	p.app = nil
	return err
}

// live is the day of one person.
func (p *person8) live(i int) error {
	begin, end := p.end.Add(-p.long+p.upTo(p.long/10)), p.end.Add(-p.upTo(p.long/20))
	switch i {
	case people - 1: // comes in the afternoon
		begin = p.end.Add(-p.long * 3 / 8)
	case people - 2: // goes before the end, for good
		end = p.end.Add(-p.long / 4)
	}
	time.Sleep(time.Until(begin))
	for time.Now().Before(end) {
		if err := p.stretch(); err != nil {
			return err
		}
		if err := p.pause(); err != nil {
			return err
		}
	}
	if i == people-2 {
		return p.goes()
	}
	return nil
}

func (p *person8) upTo(d time.Duration) time.Duration {
	return time.Duration(p.random.Int64N(int64(d)))
}

// stretch is work for a while, in a third of all cases without a network.
func (p *person8) stretch() error {
	if p.app == nil {
		if err := p.open(); err != nil {
			return err
		}
	}
	if !p.member {
		if _, err := p.app.Join(p.ctx, p.link); err != nil {
			return err
		}
		p.meet()
		p.member = true
	}
	if err := p.desk.sit(p.ctx, p.app, p.board); err != nil {
		return err
	}
	alone := p.random.IntN(3) == 0
	if alone {
		p.cuts++
		for _, o := range p.people {
			p.net.Cut(p.name, o.name)
		}
	}
	for until := time.Now().Add(10*time.Minute + p.upTo(30*time.Minute)); time.Now().Before(until); {
		time.Sleep(p.upTo(2 * p.pace))
		if err := p.desk.step(p.ctx); err != nil {
			return err
		}
	}
	if alone {
		for _, o := range p.people {
			p.net.Heal(p.name, o.name)
		}
	}
	return p.desk.leave()
}

// pause is a few minutes or an hour in which nothing is done; in half of all cases the
// program is closed.
func (p *person8) pause() error {
	if p.random.IntN(2) == 0 {
		p.lids++
		if err := p.close(); err != nil {
			return err
		}
	}
	long := 10 * time.Minute
	if p.random.IntN(6) == 0 {
		long = time.Hour
	}
	time.Sleep(p.upTo(long))
	return nil
}

// goes is the end of a membership, once another has all of it.
func (p *person8) goes() error {
	if p.app == nil {
		if err := p.open(); err != nil {
			return err
		}
	}
	if err := p.even(1); err != nil {
		return err
	}
	p.member = false
	return errors.Join(p.app.Leave(p.ctx, p.board), p.close())
}

// even waits until so many others hold the same.
func (p *person8) even(many int) error {
	for end := time.Now().Add(evenTime); ; time.Sleep(time.Second) {
		n := 0
		for _, r := range p.app.Reach(p.board) {
			if r.Even {
				n++
			}
		}
		if n >= many {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("%s is even with %d of %d others after %v", p.name, n, many, evenTime)
		}
	}
}
