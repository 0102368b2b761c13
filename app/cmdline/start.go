package cmdline

import (
	"fmt"
	"os"
	"os/exec"

	"corkboard/app"
	"corkboard/app/workspaces"
)

// allWorkspaces is where the profiles of this person are. Errors: the system's, where
// it has no place for such things.
func allWorkspaces() (workspaces.Places, error) {
	usual, err := app.DefaultProfile()
	if err != nil {
		return workspaces.Places{}, err
	}
	return workspaces.Beside(usual), nil
}

// startOn starts this program once more, on another profile. It outlives this one.
// Errors: the system's.
func (c *command) startOn(profile string) error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	args := []string{"--profile", profile}
	if c.offline {
		args = append(args, "--offline")
	}
	next := exec.Command(program, args...)
	next.Stdout, next.Stderr = os.Stdout, os.Stderr
	if err := next.Start(); err != nil {
		return fmt.Errorf("starting another window: %w", err)
	}
	return next.Process.Release()
}
