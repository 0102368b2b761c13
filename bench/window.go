package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"corkboard/app"
	"corkboard/ui"
)

// The window, in pixels.
const (
	width  = 1600
	height = 1000
)

// childEnv tells a child process which scenes to play in a window of its own.
// The window has the main goroutine and ends with its process.
const childEnv = "CORKBOARD_BENCH_WINDOW"

// maxScenes bounds all scenes of one child.
const maxScenes = 10 * time.Minute

// request is what childEnv says.
type request struct {
	Profile string
	Play    string // a key of plays
	CPU     string // folder for a processor profile of each scene; "" is none
	Link    string // to join, for watch,
	Text    string // and the document that is watched
}

// plays are what a child can do with its window.
var plays = map[string]func(*stage) error{
	"home":  (*stage).playHome,
	"big":   (*stage).playBig,
	"storm": (*stage).playStorm,
	"watch": (*stage).playWatch,
}

// window opens a window on a profile in a child process and plays there.
func window(ctx context.Context, q request, r results) error {
	ctx, cancel := context.WithTimeout(ctx, maxScenes)
	defer cancel()
	ask, err := json.Marshal(q)
	if err != nil {
		return err
	}
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+string(ask))
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		return fmt.Errorf("the window: %w", err)
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return fmt.Errorf("what the window says: %w", err)
	}
	return nil
}

// maybeWindow is the child: it does not return if this process is one.
func maybeWindow() {
	ask := os.Getenv(childEnv)
	if ask == "" {
		return
	}
	var q request
	if err := json.Unmarshal([]byte(ask), &q); err != nil || plays[q.Play] == nil {
		leave(nil, fmt.Errorf("nobody can play %q: %w", ask, err))
	}
	o := app.Options{Profile: q.Profile}
	if q.Link != "" {
		o.Network = onLoopback()
	}
	a, err := app.Open(context.Background(), o)
	if err == nil {
		a.UpdateDevice(func(d *app.Device) { d.Welcome = app.WelcomeSeen }) // nothing lies over the board
		painted := make(chan struct{})
		ui.Run(ui.Request{
			App:     a,
			Painted: func() { close(painted) },
			Ready: func(w *ui.Window) {
				s := &stage{app: a, win: w, meter: newMeter(w.Fyne()), cpu: q.CPU, ask: q, results: results{}}
				go func() { leave(a, s.play(painted, plays[q.Play])) }()
			},
		})
		err = errors.New("the window was closed")
	}
	leave(a, err)
}

// leave says what went wrong, or nothing, and ends the child.
func leave(a *app.App, err error) {
	if err == nil {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		err = a.Close(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "window:", err)
		os.Exit(1)
	}
	os.Exit(0)
}
