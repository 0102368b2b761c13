//go:build linux

package bitflip

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"

	"corkboard/internal/lab"
	"corkboard/internal/proof"
)

// Of ten flips one goes with a page that cannot be read, but so many at least.
const sectors, sectorShare = 4, 10

// sick is a folder of a disk that does not give back one page of a file, whatever that is
// called in the meantime.
type sick struct {
	*fs.LoopbackNode
	disk *disk
}

type disk struct {
	inode   uint64
	at      int64 // of the page, in bytes
	refused int
}

var (
	_ fs.NodeOpener      = (*sick)(nil)
	_ fs.NodeWrapChilder = (*sick)(nil)
	_ fs.FileReader      = (*sickFile)(nil)
)

// WrapChild implements fs.NodeWrapChilder.
func (s *sick) WrapChild(_ context.Context, ops fs.InodeEmbedder) fs.InodeEmbedder {
	return &sick{ops.(*fs.LoopbackNode), s.disk}
}

// Open implements fs.NodeOpener. Of the file nothing stays in the system's memory.
func (s *sick) Open(ctx context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	h, how, errno := s.LoopbackNode.Open(ctx, flags)
	if errno != 0 {
		return h, how, errno
	}
	file := h.(*fs.LoopbackFile)
	var a fuse.AttrOut
	if errno := file.Getattr(ctx, &a); errno != 0 || a.Ino != s.disk.inode {
		return &wellFile{file}, how, errno
	}
	return &sickFile{wellFile{file}, s.disk}, how | fuse.FOPEN_DIRECT_IO, 0
}

// wellFile is read through this process.
type wellFile struct{ *fs.LoopbackFile }

// PassthroughFd implements fs.FilePassthroughFder.
func (*wellFile) PassthroughFd() (int, bool) { return 0, false }

type sickFile struct {
	wellFile
	disk *disk
}

// Read implements fs.FileReader.
func (f *sickFile) Read(ctx context.Context, into []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	if off < f.disk.at+pageSize && f.disk.at < off+int64(len(into)) {
		f.disk.refused++
		return nil, syscall.EIO
	}
	return f.wellFile.Read(ctx, into, off)
}

// serve shows a folder on the disk until the returned function is called.
func (d *disk) serve(folder, at string) (end func() error, err error) {
	inner, err := fs.NewLoopbackRoot(folder)
	if err != nil {
		return nil, err
	}
	o := &fs.Options{MountOptions: fuse.MountOptions{DirectMountStrict: true, FsName: "corkboard-bitflip", Name: "bitflip"}}
	s, err := fs.Mount(at, &sick{inner.(*fs.LoopbackNode), d}, o)
	if err != nil {
		return nil, err
	}
	return func() (err error) {
		for range 100 { // what was open is let go of a moment later
			if err = s.Unmount(); err == nil {
				return nil
			}
			time.Sleep(50 * time.Millisecond)
		}
		return err
	}, nil
}

// TestASectorThatCannotBeRead opens profiles of which the disk does not give back one page
// of the log, though there is a backup.
func TestASectorThatCannotBeRead(t *testing.T) {
	proof.Need(t)
	lab.NeedTools(t, "/dev/fuse")
	first, n := proof.Runs(t, 60)
	n = max(n/sectorShare, sectors)
	dir := workshop(t)
	o := build(t, dir)
	whole := 0
	for i := range n {
		seed := first + uint64(i)
		under, at := filepath.Join(dir, "under"), filepath.Join(dir, "at")
		must(t, copyOf(o.dir, under))
		must(t, os.Mkdir(at, 0o700))
		backUp(t, under)
		info, err := os.Stat(filepath.Join(under, "log.db"))
		must(t, err)
		random := rand.New(rand.NewPCG(seed, 9))
		d := &disk{inode: info.Sys().(*syscall.Stat_t).Ino, at: random.Int64N(info.Size()/pageSize) * pageSize}
		end, err := d.serve(under, at)
		must(t, err)
		v := opened(t, o, at, seed)
		must(t, end())
		what := fmt.Sprintf("seed %d: page %d", seed, d.at/pageSize+1)
		switch {
		case len(v.wrong)+len(v.named) > 0 || v.closed != nil:
			t.Errorf("%s: wrong %v, named %v, closed %v", what, v.wrong, v.named, v.closed)
		default:
			whole++
		}
		t.Logf("%s: refused %d times", what, d.refused)
		must(t, os.RemoveAll(under))
		must(t, os.RemoveAll(at))
	}
	proof.Say("bitflip", "%d pages that the disk does not give back (seeds %d-%d): %d profiles whole with a backup", n, first, first+uint64(n)-1, whole)
}
