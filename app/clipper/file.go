package clipper

import (
	"errors"
	"fmt"

	"corkboard/cards"
	"corkboard/record"
)

// fileVersion is that of the files of a spool.
const fileVersion = 1

// maxFile is the longest file of a spool in bytes: all parts of a clip, and what stands
// between them.
const maxFile = MaxText + MaxHTML + MaxData + 2*maxTitle + 2*cards.MaxAddress + 1<<10

// encode is a clip as a spool keeps it.
func encode(c Clip) []byte {
	var w record.Writer
	w.Uint8(fileVersion)
	w.Uint8(uint8(c.Kind))
	for _, s := range []string{c.Address, c.Source, c.Title, c.Text, c.HTML, c.Name} {
		w.String(s)
	}
	w.Bytes(c.Data)
	return w.B
}

// parse reads what encode has written. Errors: ErrMalformed.
func parse(b []byte) (Clip, error) {
	r := record.NewReader(b)
	if v := r.Uint8(); v != fileVersion {
		return Clip{}, fmt.Errorf("%w: version %d", ErrMalformed, v)
	}
	c := Clip{Kind: Kind(r.Uint8())}
	for _, part := range []struct {
		s    *string
		most int
	}{
		{&c.Address, cards.MaxAddress}, {&c.Source, cards.MaxAddress}, {&c.Title, maxTitle},
		{&c.Text, MaxText}, {&c.HTML, MaxHTML}, {&c.Name, maxTitle},
	} {
		*part.s = r.String(part.most)
	}
	if data := r.Bytes(MaxData); len(data) > 0 {
		c.Data = data
	}
	if err := r.Close(); err != nil {
		return Clip{}, errors.Join(ErrMalformed, err)
	}
	return c.checked()
}
