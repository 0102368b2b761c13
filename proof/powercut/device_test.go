//go:build linux

package powercut

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// command runs a program of the system and gives what it says.
func command(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

// mounted is ext4 on a loop device.
type mounted struct{ device, dir string }

// mount puts a file behind a loop device and mounts what is on it. Never "mount -o loop".
func mount(file, dir string) (m mounted, err error) {
	if m.device, err = command("losetup", "--show", "--find", file); err != nil {
		return m, err
	}
	m.dir = dir
	if _, err = command("mount", "-t", "ext4", m.device, dir); err != nil {
		_, e := command("losetup", "--detach", m.device)
		return mounted{}, errors.Join(err, e)
	}
	return m, nil
}

// end unmounts and gives the loop device back.
func (m mounted) end() error {
	if m.device == "" {
		return nil
	}
	_, a := command("umount", m.dir)
	_, b := command("losetup", "--detach", m.device)
	return errors.Join(a, b)
}

// format makes ext4 on a file behind a loop device.
func format(file string) error {
	device, err := command("losetup", "--show", "--find", file)
	if err != nil {
		return err
	}
	_, err = command("mkfs.ext4", "-q", "-F", "-b", "4096", "-E", "nodiscard,lazy_itable_init=0,lazy_journal_init=0", device)
	_, e := command("losetup", "--detach", device)
	return errors.Join(err, e)
}

// workshop is where images lie: in memory, if the system has a folder for that.
func workshop(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "corkboard-powercut-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// makeFolder makes a folder for a mount.
func makeFolder(t *testing.T, in, name string) string {
	t.Helper()
	dir := filepath.Join(in, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}
