package clipper

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Limits of native messages, in bytes: what browsers bear.
const (
	MaxIn  = 64 << 20
	MaxOut = 1 << 20
)

// version is that of the messages.
const version = 1

// Errors of messages; ErrMalformed besides.
var (
	// ErrLarge says that a message is longer than MaxIn, or a reply than MaxOut.
	ErrLarge = errors.New("message is too large")
	// ErrVersion says that the extension speaks another version.
	ErrVersion = errors.New("extension of another version")
)

// read takes one native message: its length in four bytes in the order of this machine,
// and as many bytes. Errors: io.EOF between messages, io.ErrUnexpectedEOF inside of one,
// ErrLarge.
func read(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.NativeEndian.Uint32(head[:])
	if n > MaxIn {
		return nil, fmt.Errorf("%w: %d bytes", ErrLarge, n)
	}
	var b bytes.Buffer // grows with what comes, not with what is announced
	_, err := io.CopyN(&b, r, int64(n))
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return b.Bytes(), err
}

// write sends one native message. Errors: ErrLarge, those of w.
func write(w io.Writer, m any) error {
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encoding a reply: %w", err)
	}
	if len(b) > MaxOut {
		return ErrLarge
	}
	_, err = w.Write(append(binary.NativeEndian.AppendUint32(nil, uint32(len(b))), b...))
	return err
}

// request is a clip as the extension sends it.
type request struct {
	Version int    `json:"version"`
	Kind    string `json:"kind"`
	Address string `json:"address"`
	Source  string `json:"source"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
	Name    string `json:"name"`
	Data    []byte `json:"data"` // base64
}

// Codes of replies, which the extension has the words for.
const (
	codeKept      = "kept"
	codeMalformed = "malformed"
	codeLarge     = "large"
	codeVersion   = "version"
	codeFull      = "full"
	codeUnopened  = "unopened"
	codeFailed    = "failed"
)

// reply is what the extension is told.
type reply struct {
	Version int    `json:"version"`
	Code    string `json:"code"`
}

// replyTo is the reply for what came of a message.
func replyTo(err error) reply {
	code := codeFailed
	switch {
	case err == nil:
		code = codeKept
	case errors.Is(err, ErrLarge):
		code = codeLarge
	case errors.Is(err, ErrVersion):
		code = codeVersion
	case errors.Is(err, ErrMalformed):
		code = codeMalformed
	case errors.Is(err, ErrFull):
		code = codeFull
	case errors.Is(err, ErrUnopened):
		code = codeUnopened
	}
	return reply{Version: version, Code: code}
}

// decode reads a message of the extension. Errors: ErrVersion, ErrMalformed.
func decode(b []byte) (Clip, error) {
	if !utf8.Valid(b) {
		return Clip{}, fmt.Errorf("%w: no UTF-8", ErrMalformed)
	}
	var asked struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(b, &asked); err != nil {
		return Clip{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if asked.Version != version {
		return Clip{}, fmt.Errorf("%w: %d", ErrVersion, asked.Version)
	}
	var q request
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return Clip{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return Clip{
		Kind: kinds[q.Kind], Address: q.Address, Source: q.Source, Title: q.Title,
		Text: q.Text, HTML: q.HTML, Name: q.Name, Data: q.Data,
	}.checked()
}
