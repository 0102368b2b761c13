//go:build linux

package powercut

import (
	"context"
	"sync"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
	"golang.org/x/sys/unix"
)

// diskSize is the size of the recorded disk in bytes.
const diskSize = 96 << 20

// sector is the unit in which a disk writes, in bytes.
const sector = 512

// entry is one thing that reached the disk.
type entry struct {
	at    int64 // of the monotonic clock, in ns
	flush bool
	off   int64
	data  []byte // not with flush
}

// recorder is a disk in memory that keeps a list of what reached it.
type recorder struct {
	fs.Inode
	mu   sync.Mutex
	now  []byte
	list []entry
}

var (
	_ fs.NodeOpener    = (*recorder)(nil)
	_ fs.NodeReader    = (*recorder)(nil)
	_ fs.NodeWriter    = (*recorder)(nil)
	_ fs.NodeFsyncer   = (*recorder)(nil)
	_ fs.NodeGetattrer = (*recorder)(nil)
	_ fs.NodeSetattrer = (*recorder)(nil)
)

func newRecorder() *recorder { return &recorder{now: make([]byte, diskSize)} }

// monotonic is the clock of writes and acknowledgements, the same in all processes.
func monotonic() int64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &t); err != nil {
		panic(err) // it is always there on Linux
	}
	return t.Nano()
}

// Open implements fs.NodeOpener. Nothing stays in the system's memory on the way.
func (r *recorder) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_DIRECT_IO, 0
}

// Getattr implements fs.NodeGetattrer.
func (r *recorder) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	out.Mode, out.Size = 0o600, diskSize
	return 0
}

// Setattr implements fs.NodeSetattrer; nothing changes.
func (r *recorder) Setattr(ctx context.Context, f fs.FileHandle, _ *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	return r.Getattr(ctx, f, out)
}

// Read implements fs.NodeReader.
func (r *recorder) Read(_ context.Context, _ fs.FileHandle, into []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := copy(into, r.now[min(off, diskSize):])
	return fuse.ReadResultData(into[:n]), 0
}

// Write implements fs.NodeWriter.
func (r *recorder) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	if off < 0 || off+int64(len(data)) > diskSize {
		return 0, syscall.ENOSPC
	}
	e := entry{off: off, data: append([]byte(nil), data...)}
	r.mu.Lock()
	defer r.mu.Unlock()
	e.at = monotonic()
	copy(r.now[off:], data)
	r.list = append(r.list, e)
	return uint32(len(data)), 0
}

// Fsync implements fs.NodeFsyncer.
func (r *recorder) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, entry{at: monotonic(), flush: true})
	return 0
}

// length is how much reached the disk until now.
func (r *recorder) length() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.list)
}

// folder is the root of the served file system.
type folder struct {
	fs.Inode
	disk *recorder
}

// OnAdd puts the disk into the folder.
func (f *folder) OnAdd(ctx context.Context) {
	f.AddChild("disk", f.NewPersistentInode(ctx, f.disk, fs.StableAttr{Mode: syscall.S_IFREG}), true)
}

// serve shows the disk as a file "disk" in a folder until the returned function is called.
func (r *recorder) serve(dir string) (end func() error, err error) {
	o := &fs.Options{MountOptions: fuse.MountOptions{
		DirectMountStrict: true, FsName: "corkboard-powercut", Name: "powercut",
		MaxWrite: 1 << 20, DisableXAttrs: true, AllowOther: true,
	}}
	s, err := fs.Mount(dir, &folder{disk: r}, o)
	if err != nil {
		return nil, err
	}
	return func() (err error) {
		for range 200 { // a loop device lets go of its file a moment later
			if err = s.Unmount(); err == nil {
				return nil
			}
			time.Sleep(50 * time.Millisecond)
		}
		return err
	}, nil
}
