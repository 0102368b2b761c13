package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

const (
	siegeEdits  = 600 // in each of both phases
	siegePause  = 50 * time.Millisecond
	siegeWarmth = 40               // edits before each phase, which do not count
	siegeStart  = 3 * time.Second  // from the first attack to the phase
	siegeAfter  = 90 * time.Second // for what the attacker has left to end
)

// siege measures how late edits of an honest member are with another one while
// somebody hostile attacks that one, beside how late they are in peace. The victim and
// the attacker are processes of their own; all goes over libp2p on loopback.
func siege(ctx context.Context, dir, cpu string, r results) (err error) {
	ctx, cancel := context.WithTimeout(ctx, togetherTime)
	defer cancel()
	a, err := app.Open(ctx, app.Options{Profile: filepath.Join(dir, "honest"), Network: onLoopback()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	s, err := besiege(ctx, a, dir, cpu)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.victim.end()) }()
	for _, text := range s.texts { // the first words of a text take an engine to be made ready
		if _, err := s.shows(ctx, text, siegeWarmth); err != nil {
			return fmt.Errorf("at first: %w", err)
		}
	}
	quiet, err := s.phase(ctx, s.texts[0])
	if err != nil {
		return fmt.Errorf("in peace: %w", err)
	}
	attacked, err := s.underAttack(ctx, r)
	if err != nil {
		return fmt.Errorf("under attack: %w", err)
	}
	r["siege_quiet_ms_p50"], r["siege_quiet_ms_p99"] = quantile(quiet, 0.5), quantile(quiet, 0.99)
	r["siege_honest_ms_p50"], r["siege_honest_ms_p99"] = quantile(attacked, 0.5), quantile(attacked, 0.99)
	r["siege_honest_p99_ratio"] = r["siege_honest_ms_p99"] / r["siege_quiet_ms_p99"]
	return nil
}

// besieged is the honest member and the processes of a siege.
type besieged struct {
	a      *app.App
	texts  []doc.ID // one for each phase
	at     post
	victim *helper
	shown  int // edits, so far
}

// besiege shares a board and has the victim join it.
func besiege(ctx context.Context, a *app.App, dir, cpu string) (*besieged, error) {
	id, err := makeTexts(ctx, a, 20)
	if err != nil {
		return nil, err
	}
	if id, err = a.Share(ctx, id); err != nil {
		return nil, err
	}
	if err := until(ctx, a, func() bool { return len(a.Addresses()) > 0 }); err != nil {
		return nil, err
	}
	s := &besieged{a: a, at: post{Role: "victim", Dir: dir, CPU: cpu}}
	if s.at.Link, err = a.CopyLink(ctx, id, share.Write); err != nil {
		return nil, err
	}
	live := doc.Open(a.Docs(), id, cards.KindBoard, board.Codec{})
	defer live.Close()
	b, err := ready(ctx, live)
	if err != nil {
		return nil, err
	}
	for _, c := range b.Cards[:2] {
		s.texts = append(s.texts, c.Link.Document)
		s.at.Texts = append(s.at.Texts, string(c.Link.Document))
	}
	if s.victim, err = send(ctx, s.at, false); err != nil {
		return nil, err
	}
	return s, until(ctx, a, func() bool { return a.SyncState(id).Have == 1 })
}

// phase is the edits that count, and some before them that do not.
func (s *besieged) phase(ctx context.Context, text doc.ID) ([]float64, error) {
	ages, err := s.shows(ctx, text, siegeWarmth+siegeEdits)
	if err != nil {
		return nil, err
	}
	return ages[siegeWarmth:], nil
}

// shows types into a text so many times and gives the ages in ms of the edits when the
// victim has shown them.
func (s *besieged) shows(ctx context.Context, text doc.ID, edits int) ([]float64, error) {
	for range edits {
		if err := prepend(ctx, s.a, text, strconv.FormatInt(time.Now().UnixNano(), 10)+"\n"); err != nil {
			return nil, err
		}
		time.Sleep(siegePause)
	}
	for {
		var w wounds
		if err := s.victim.ask("state", &w); err != nil {
			return nil, err
		}
		if got := w.Ages[s.shown:]; len(got) >= edits {
			s.shown = len(w.Ages)
			return got, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%d of %d edits were shown: %w", len(w.Ages)-s.shown, edits, ctx.Err())
		case <-time.After(siegePause):
		}
	}
}

// underAttack is a phase while the attacker is at work.
func (s *besieged) underAttack(ctx context.Context, r results) (ages []float64, err error) {
	var before, during, after wounds
	if err := s.victim.ask("state", &before); err != nil {
		return nil, err
	}
	p := s.at
	p.Role, p.Victim = "attacker", before.Addresses
	attacker, err := send(ctx, p, true)
	if err != nil {
		return nil, err
	}
	var did tally
	if err := attacker.ask("prepare", &did); err != nil {
		return nil, errors.Join(err, attacker.end())
	}
	weight := watchWeight(s.victim.cmd.Process.Pid)
	if err := s.victim.ask("begin", &before); err != nil {
		return nil, errors.Join(err, attacker.end())
	}
	worked := [2]float64{processorTime(s.victim.cmd.Process.Pid), processorTime(attacker.cmd.Process.Pid)}
	began := time.Now()
	err = attacker.ask("attack", &did)
	if err == nil {
		time.Sleep(siegeStart)
		ages, err = s.phase(ctx, s.texts[1])
	}
	took := time.Since(began).Seconds()
	r["siege_victim_cpu"] = (processorTime(s.victim.cmd.Process.Pid) - worked[0]) / took
	r["siege_attacker_cpu"] = (processorTime(attacker.cmd.Process.Pid) - worked[1]) / took
	err = errors.Join(err, s.victim.ask("end", &during), attacker.ask("stop", &did), attacker.end())
	for end := time.Now().Add(siegeAfter); err == nil; time.Sleep(time.Second) {
		err = s.victim.ask("state", &after)
		if after.Goroutines <= before.Goroutines || time.Now().After(end) {
			break
		}
	}
	r["siege_rss_growth_mb"] = weight()
	r["siege_goroutines_growth"] = float64(after.Goroutines - before.Goroutines)
	r["siege_goroutines_most"] = float64(during.Goroutines)
	did.note(r)
	return ages, err
}
