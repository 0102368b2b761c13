//go:build !windows && !darwin

package programs

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// Asks says that the system has a question of its own for which program to use.
const Asks = false

// Ask is for systems where Asks holds.
func Ask(string) error { return ErrExec }

func known(language string, types []string) []Program {
	return thisDesk(language).forTypes(types...)
}

// thisDesk is that of the person at this screen.
func thisDesk(language string) desk {
	home, _ := os.UserHomeDir()
	dirs := func(own, usual, others, rest string) (out []string) {
		first := os.Getenv(own)
		if first == "" && home != "" {
			first = filepath.Join(home, usual)
		}
		all := os.Getenv(others)
		if all == "" {
			all = rest
		}
		for _, dir := range append([]string{first}, filepath.SplitList(all)...) {
			if filepath.IsAbs(dir) {
				out = append(out, dir)
			}
		}
		return out
	}
	d := desk{
		config:   dirs("XDG_CONFIG_HOME", ".config", "XDG_CONFIG_DIRS", "/etc/xdg"),
		data:     dirs("XDG_DATA_HOME", ".local/share", "XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
		language: language,
		there:    func(command string) bool { _, err := exec.LookPath(command); return err == nil },
	}
	for name := range strings.SplitSeq(os.Getenv("XDG_CURRENT_DESKTOP"), ":") {
		if name != "" && !strings.ContainsRune(name, '/') {
			d.desktops = append(d.desktops, strings.ToLower(name))
		}
	}
	return d
}

func byPath(path string) []string { return literal(path) }

// apart lets a program live on when this one ends.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
