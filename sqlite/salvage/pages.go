package salvage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ErrUnreadable says that the disk does not give back more than a small part of a file: that
// may be over when it is plugged in again.
var ErrUnreadable = errors.New("too much of the file cannot be read")

// usualPage is the size of pages, in bytes, where no header tells it.
const usualPage = 4096

// header is the length of the file's header, in bytes, with which the first page begins.
const header = 100

const magic = "SQLite format 3\x00"

// pages is a file with what is committed in its write-ahead log.
type pages struct {
	file  io.ReaderAt
	size  int    // of a page, in bytes; no extension has reserved any of them
	count uint32 // pages are numbered from 1
	newer map[uint32][]byte
	dead  map[uint32]bool // pages that the disk does not give back
}

// open reads path, and path-wal if there is one; close is to be called.
func open(path string) (p *pages, close func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	wal, err := os.ReadFile(path + "-wal")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, errors.Join(err, f.Close())
	}
	return pagesOf(f, info.Size(), wal), f.Close, nil
}

// pagesOf is the pages of a file of size bytes and of a write-ahead log.
func pagesOf(file io.ReaderAt, size int64, wal []byte) *pages {
	p := &pages{file: file, newer: map[uint32][]byte{}, dead: map[uint32]bool{}}
	head := make([]byte, header)
	_, _ = file.ReadAt(head, 0) // without a header there is the usual one
	p.size = pageSize(int(binary.BigEndian.Uint16(head[16:])))
	if string(head[:len(magic)]) != magic {
		p.size = usualPage
	}
	p.readLog(wal)
	p.count = uint32(min(size/int64(p.size), 1<<32-2))
	for n := range p.newer {
		p.count = max(p.count, n)
	}
	return p
}

// pageSize is what two bytes of the header say, if that can be.
func pageSize(said int) int {
	if said == 1 {
		return 1 << 16
	}
	if said < 512 || said&(said-1) != 0 {
		return usualPage
	}
	return said
}

// page is page n, not to be changed; nil if it cannot be read.
func (p *pages) page(n uint32) []byte {
	if b, ok := p.newer[n]; ok {
		return b
	}
	b := make([]byte, p.size)
	if n == 0 {
		return nil
	}
	if _, err := p.file.ReadAt(b, int64(n-1)*int64(p.size)); err != nil {
		p.dead[n] = true
		return nil
	}
	return b
}

// Of the write-ahead log.
const (
	logHeader   = 32
	frameHeader = 24
	logMagic    = 0x377f0682 // one more: sums are of big-endian words
	logVersion  = 3007000
)

// readLog takes in the pages of all transactions that are whole, up to the first frame
// that is not what was written.
func (p *pages) readLog(wal []byte) {
	if len(wal) < logHeader || binary.BigEndian.Uint32(wal)&^1 != logMagic || binary.BigEndian.Uint32(wal[4:]) != logVersion {
		return
	}
	size := pageSize(int(binary.BigEndian.Uint32(wal[8:]) & 0xffff))
	if binary.BigEndian.Uint32(wal[8:]) == 1<<16 {
		size = 1 << 16
	}
	var order binary.ByteOrder = binary.LittleEndian
	if wal[3]&1 == 1 {
		order = binary.BigEndian
	}
	sum := checksum(order, [2]uint32{}, wal[:24])
	if sum != sumAt(wal[24:]) {
		return
	}
	p.size = size
	begun := map[uint32][]byte{}
	for at := logHeader; at+frameHeader+size <= len(wal); at += frameHeader + size {
		head, body := wal[at:at+frameHeader], wal[at+frameHeader:at+frameHeader+size]
		sum = checksum(order, checksum(order, sum, head[:8]), body)
		if string(head[8:16]) != string(wal[16:24]) || sum != sumAt(head[16:]) {
			return
		}
		begun[binary.BigEndian.Uint32(head)] = body
		if binary.BigEndian.Uint32(head[4:]) > 0 { // it ends a transaction
			for n, b := range begun {
				p.newer[n] = b
			}
			clear(begun)
		}
	}
}

func sumAt(b []byte) [2]uint32 {
	return [2]uint32{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}
}

// checksum goes on with the sum of the write-ahead log over words of 8 bytes, section 4.2.
func checksum(order binary.ByteOrder, s [2]uint32, b []byte) [2]uint32 {
	for ; len(b) >= 8; b = b[8:] {
		s[0] += order.Uint32(b) + s[1]
		s[1] += order.Uint32(b[4:]) + s[0]
	}
	return s
}

// Version is the user_version of a file, 0 if that cannot be read.
func Version(path string) (int, error) {
	p, done, err := open(path)
	if err != nil {
		return 0, fmt.Errorf("salvaging: %w", err)
	}
	defer done()
	first := p.page(1)
	if len(first) < header || string(first[:len(magic)]) != magic {
		return 0, nil
	}
	return int(int32(binary.BigEndian.Uint32(first[60:]))), nil
}
