package sound

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

const (
	oggHead     = 27    // bytes before the table of a page
	oggPage     = 65307 // bytes of a page at most
	oggTail     = 2 * oggPage
	maxPacket   = 256 << 10 // bytes
	noGranule   = -1        // of a page on which no packet ends
	oggContinue = 1         // flag: the page begins within a packet
)

// oggReader reads the packets of one stream in an Ogg file.
type oggReader struct {
	r       io.ReaderAt
	size    int64
	serial  uint32
	in      *bufio.Reader
	lacing  []byte // of the page at hand, what is left of it
	pages   int    // read since begin
	skip    int    // packets that end on so many pages are not given
	part    []byte // of the packet at hand
	lost    bool   // its beginning is not here
	granule int64  // of the page at hand: its place after the last packet that ends there
}

// page is the head of one page.
type page struct {
	flags   byte
	granule int64
	serial  uint32
	lacing  []byte
}

func (p page) size() int64 {
	n := int64(oggHead + len(p.lacing))
	for _, l := range p.lacing {
		n += int64(l)
	}
	return n
}

// readPage reads the head of a page.
func readPage(in io.Reader) (p page, err error) {
	var b [oggHead]byte
	if _, err := io.ReadFull(in, b[:]); err != nil {
		return p, io.EOF // a cut page ends a file
	}
	if string(b[:4]) != "OggS" || b[4] != 0 {
		return p, fmt.Errorf("no page: %w", ErrBroken)
	}
	p = page{flags: b[5], granule: int64(binary.LittleEndian.Uint64(b[6:])), serial: binary.LittleEndian.Uint32(b[14:])}
	p.lacing = make([]byte, b[26])
	if _, err := io.ReadFull(in, p.lacing); err != nil {
		return p, io.EOF
	}
	return p, nil
}

// newOgg begins with the first stream of a file.
func newOgg(r io.ReaderAt, size int64) (*oggReader, error) {
	o := &oggReader{r: r, size: size}
	p, err := readPage(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, fmt.Errorf("first page: %w", ErrBroken)
	}
	o.serial = p.serial
	o.begin(0, false)
	return o, nil
}

// begin reads on from a page. With skip, packets that end on it are not given: only what
// begins there.
func (o *oggReader) begin(at int64, skip bool) {
	o.in = bufio.NewReaderSize(io.NewSectionReader(o.r, at, o.size-at), 64<<10)
	o.lacing, o.pages, o.skip, o.part, o.lost = nil, 0, 0, nil, false
	if skip {
		o.skip = 1
	}
}

// packet gives the next packet; it is good until the next call. io.EOF at the end.
func (o *oggReader) packet() ([]byte, error) {
	o.part, o.lost = o.part[:0], false
	for {
		for len(o.lacing) == 0 {
			if err := o.turn(); err != nil {
				return nil, err
			}
		}
		n := int(o.lacing[0])
		o.lacing = o.lacing[1:]
		at := len(o.part)
		if at+n > maxPacket {
			return nil, fmt.Errorf("packet of more than %d bytes: %w", maxPacket, ErrBroken)
		}
		o.part = append(o.part, make([]byte, n)...)
		if _, err := io.ReadFull(o.in, o.part[at:]); err != nil {
			return nil, io.EOF
		}
		if n == 255 {
			continue
		}
		if !o.lost && o.pages > o.skip {
			return o.part, nil
		}
		o.part, o.lost = o.part[:0], false
	}
}

// turn goes to the next page of the stream.
func (o *oggReader) turn() error {
	for {
		p, err := readPage(o.in)
		if err != nil {
			return err
		}
		if p.serial != o.serial {
			if _, err := o.in.Discard(int(p.size()) - oggHead - len(p.lacing)); err != nil {
				return io.EOF
			}
			continue
		}
		o.pages++
		o.lacing, o.granule = p.lacing, p.granule
		goesOn := p.flags&oggContinue != 0
		if !goesOn {
			o.part = o.part[:0]
		}
		o.lost = goesOn && len(o.part) == 0
		return nil
	}
}

// last is the granule of the last page.
func (o *oggReader) last() int64 {
	for from := max(0, o.size-oggTail); ; from = max(0, from-oggTail) {
		granule := int64(noGranule)
		for at := from; ; {
			place, p := o.find(at, min(o.size, from+oggTail))
			if place < 0 {
				break
			}
			granule, at = p.granule, place+p.size()
		}
		if granule != noGranule || from == 0 || o.size-from > 8*oggTail {
			return granule
		}
	}
}

// find looks for a page of the stream on which a packet ends, that begins between two
// places. place is -1 if there is none.
func (o *oggReader) find(from, to int64) (place int64, p page) {
	b := make([]byte, min(to-from+oggHead+255, o.size-from))
	if readAt(o.r, b, from) != nil {
		return -1, p
	}
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("OggS"))
		if i < 0 || from+int64(at+i) >= to {
			return -1, p
		}
		at += i
		p, err := readPage(bytes.NewReader(b[at:]))
		if err == nil && p.serial == o.serial && p.granule != noGranule {
			return from + int64(at), p
		}
		at += 4
	}
}

// search goes to the last page whose granule is below the wanted one, and gives that
// granule: the packets that follow come after it. Before the first such page it goes to
// the beginning of the file and says so.
func (o *oggReader) search(want int64) (granule int64, start bool) {
	low, high := int64(0), o.size
	at, granule := int64(-1), int64(0)
	for high-low > 16 {
		middle := low + (high-low)/2
		if high-low <= oggPage {
			middle = low
		}
		place, p := o.find(middle, high)
		switch {
		case place >= 0 && p.granule < want:
			at, granule, low = place, p.granule, place+p.size()
		case middle == low:
			high = low
		default:
			high = middle
		}
	}
	o.begin(max(at, 0), at >= 0)
	return granule, at < 0
}
