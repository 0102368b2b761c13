package folder

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"corkboard/net/wire"
)

const smallDisk = "CORKBOARD_SMALL_DISK"

// On a disk that is full connections end with the system's reason, and the next one
// works once there is room.
func TestAFullDisk(t *testing.T) {
	if os.Getenv(smallDisk) == "" {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestAFullDisk$", "-test.v")
		cmd.Env = append(os.Environ(), smallDisk+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Skipf("no disk of one's own here: %v", err)
		}
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%v\n%s", err, &out)
		}
		return
	}
	dir := t.TempDir()
	must(t, syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"))
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	near, far := meet(t, a, b)
	pair(t, near, far)
	fill := filepath.Join(dir, "fill")
	wants(t, os.WriteFile(fill, make([]byte, 2<<20), 0o644), syscall.ENOSPC)
	x, err := near.Open(within(t), "/big")
	for err == nil {
		_, err = x.Write(make([]byte, 64<<10))
	}
	<-near.Done()
	_, err = near.Open(within(t), "/x")
	wants(t, err, ErrFolder)
	wants(t, err, syscall.ENOSPC)
	wants(t, err, wire.ErrClosed)
	<-far.Done()
	wants(t, os.WriteFile(fill, make([]byte, 2<<20), 0o644), syscall.ENOSPC) // what they have given back
	_, err = a.Dial(within(t), b.Addresses()[0])
	wants(t, err, syscall.ENOSPC)
	must(t, os.Remove(fill))
	near, far = meet(t, a, b)
	pair(t, near, far)
}
