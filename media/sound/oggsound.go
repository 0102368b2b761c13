package sound

import "io"

// oggSound is what decoders of packets in Ogg pages share: where they are, and which of
// their frames are wanted.
type oggSound struct {
	ogg      *oggReader
	channels int
	end      int64 // granule of the last page, or 0
	at, want int64 // granule of the next frame, and of the first that is wanted
	left     []float32
}

// fill gives frames that are left, and has more decoded where none are.
func (o *oggSound) fill(dst []float32, decode func() error) (frames int, err error) {
	for len(o.left) == 0 {
		if err := decode(); err != nil {
			return 0, err
		}
	}
	n := copy(dst, o.left)
	o.left = o.left[n:]
	return n / o.channels, nil
}

// keep leaves of the frames that come next those that are wanted. io.EOF after the last.
func (o *oggSound) keep(samples []float32) error {
	n := int64(len(samples) / o.channels)
	first := min(max(0, o.want-o.at), n)
	last := n
	if o.end > 0 {
		last = max(first, min(last, o.end-o.at))
	}
	o.at += n
	if o.end > 0 && first == last && o.at >= o.end {
		return io.EOF
	}
	o.left = samples[first*int64(o.channels) : last*int64(o.channels)]
	for i := range o.left {
		o.left[i] = tame(o.left[i])
	}
	return nil
}
