package verify

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
)

// The frame of a chunk: magic, four bytes of the hash, a type, the length as
// LEB128, the data.
var magic = []byte{0x85, 0x6f, 0x4a, 0x83}

const (
	typeDocument   = 0
	typeChange     = 1
	typeCompressed = 2
	typeBundle     = 3
)

// frame is an opened chunk.
type frame struct {
	hash  [32]byte
	chunk []byte // uncompressed, with its head
	data  []byte // without
}

// open accepts exactly one whole change chunk.
func open(b []byte, lim limits) (frame, error) {
	r := reader{rest: b, part: "frame"}
	if len(b) > lim.encoded {
		r.fail(ErrTooLarge, "%d bytes, more than %d", len(b), lim.encoded)
	}
	if head := r.take(4); r.err == nil && !bytes.Equal(head, magic) {
		r.fail(ErrMalformed, "not a chunk")
	}
	sum, kind := r.take(4), byte(0)
	if t := r.take(1); r.err == nil {
		kind = t[0]
	}
	if size := r.unsigned(uint64(lim.encoded)); r.err == nil && size != uint64(len(r.rest)) {
		r.fail(ErrMalformed, "%d bytes announced, %d there", size, len(r.rest))
	}
	if r.err != nil {
		return frame{}, r.err
	}
	f := frame{chunk: b, data: r.rest}
	switch kind {
	case typeChange:
	case typeCompressed:
		var err error
		if f.data, err = inflate(r.rest, lim.inflated); err != nil {
			return frame{}, err
		}
	case typeDocument, typeBundle:
		return frame{}, fault(ErrMalformed, "frame", "not a single change")
	default:
		return frame{}, fault(ErrUnknown, "frame", "chunk of type %d", kind)
	}
	f.hash = hashOf(f.data)
	if !bytes.Equal(f.hash[:4], sum) {
		return frame{}, fault(ErrMalformed, "frame", "wrong checksum")
	}
	if kind == typeCompressed {
		f.chunk = wrap(typeChange, f.hash, f.data)
	}
	return f, nil
}

// inflate reads a DEFLATE stream that must fill b; never more than most bytes
// of it.
func inflate(b []byte, most int) ([]byte, error) {
	src := bytes.NewReader(b)
	inflater := flate.NewReader(src)
	defer inflater.Close()
	out := make([]byte, 0, min(4*len(b)+512, most+1))
	for {
		n, err := inflater.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		switch {
		case len(out) > most:
			return nil, fault(ErrTooLarge, "compressed data", "more than %d bytes", most)
		case err == io.EOF && src.Len() > 0:
			return nil, fault(ErrMalformed, "compressed data", "bytes after its end")
		case err == io.EOF:
			return out, nil
		case err != nil:
			return nil, fault(ErrMalformed, "compressed data", "%v", err)
		case len(out) == cap(out):
			out = append(make([]byte, 0, min(2*cap(out), most+1)), out...)
		}
	}
}

// hashOf is the name of a change: the hash of its uncompressed chunk from the
// type on.
func hashOf(data []byte) (sum [32]byte) {
	h := sha256.New()
	h.Write(binary.AppendUvarint([]byte{typeChange}, uint64(len(data))))
	h.Write(data)
	h.Sum(sum[:0])
	return sum
}

func wrap(kind byte, hash [32]byte, data []byte) []byte {
	b := make([]byte, 0, len(magic)+4+1+binary.MaxVarintLen32+len(data))
	b = append(append(b, magic...), hash[:4]...)
	b = binary.AppendUvarint(append(b, kind), uint64(len(data)))
	return append(b, data...)
}

// Compress gives the compressed form of a decoded change, or the plain one if
// that is not longer. ErrTooLarge if both are over MaxEncoded.
func Compress(d *Decoded) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(d.data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("compressing a change: %w", err)
	}
	best := wrap(typeCompressed, d.Hash, out.Bytes())
	if len(d.Chunk) <= len(best) {
		best = d.Chunk
	}
	if len(best) > MaxEncoded {
		return nil, fault(ErrTooLarge, "frame", "%d bytes, more than %d", len(best), MaxEncoded)
	}
	return best, nil
}
