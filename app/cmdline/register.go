package cmdline

import (
	"fmt"
	"log/slog"
	"os"

	"corkboard/app/register"
)

// register has the system open links and bundles with this program, or not any more.
func (c *command) register() int {
	program, err := os.Executable()
	words := "Links and bundles are opened with Corkboard now."
	if err == nil && len(c.words) == 0 {
		err = register.Register(program)
	} else if err == nil {
		words, err = "Links and bundles are not opened with Corkboard any more.", register.Remove(program)
	}
	if err != nil {
		return c.fail(err)
	}
	fmt.Fprintln(c.out, words)
	return done
}

// registerFirst does so when nothing opens links yet. The window opens all the same.
func registerFirst() {
	program, err := os.Executable()
	if err == nil {
		err = register.First(program)
	}
	if err != nil {
		slog.Warn("the system does not open links with this program", "err", err)
	}
}
