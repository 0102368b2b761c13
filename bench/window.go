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

// windowEnv names the profile that a child process opens a window on. The
// window has the main goroutine and ends with its process.
const windowEnv = "CORKBOARD_BENCH_WINDOW"

// maxScenes bounds all scenes together.
const maxScenes = 5 * time.Minute

// window measures frames in a real window of a child process.
func window(ctx context.Context, profile string, r results) error {
	ctx, cancel := context.WithTimeout(ctx, maxScenes)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), windowEnv+"="+profile)
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
	profile := os.Getenv(windowEnv)
	if profile == "" {
		return
	}
	a, err := app.Open(context.Background(), app.Options{Profile: profile})
	if err == nil {
		painted := make(chan struct{})
		ui.Run(ui.Request{
			App:     a,
			Painted: func() { close(painted) },
			Ready: func(w *ui.Window) {
				s := &stage{win: w, meter: newMeter(w.Fyne()), painted: painted}
				go func() { leave(a, s.play()) }()
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
