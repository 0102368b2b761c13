package programs

import (
	"os/exec"
	"strings"
	"syscall"
)

// Asks says that the system has a question of its own for which program to use.
const Asks = false

// Ask is for systems where Asks holds.
func Ask(string) error { return ErrExec }

// known: which programs open a type is told by the system's frameworks alone.
func known(string, []string) []Program { return nil }

// byPath is a bundle of an application, or a program.
func byPath(path string) []string {
	if strings.HasSuffix(strings.TrimSuffix(path, "/"), ".app") {
		return literal("/usr/bin/open", "-a", path)
	}
	return literal(path)
}

// apart lets a program live on when this one ends.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
