package prog

import (
	"context"
	"os"
	"os/exec"
	"slices"
)

// A Place is where programs run. The zero value is where the test runs.
type Place struct {
	Display string   // "" is that of the environment
	Within  []string // a command line that runs a further one there, in the same process
	Env     []string // more of the environment
}

// Command is a program at the place, with the environment of the test, but always in
// English where Env does not say otherwise. It is killed when the context ends.
func (at Place) Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	line := append(append(slices.Clone(at.Within), program), args...)
	command := exec.CommandContext(ctx, line[0], line[1:]...)
	command.Env = append(append(os.Environ(), "LC_ALL=en_US.UTF-8", "LANGUAGE="), at.Env...)
	if at.Display != "" {
		command.Env = append(command.Env, "DISPLAY="+at.Display)
	}
	return command
}
