package ipc

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Version is that of the messages. Both sides must speak the same.
const Version = 2

// MaxMessage is the length of the longest message in bytes.
const MaxMessage = 1 << 20

// The verbs of requests.
const (
	Open   = "open"   // show Link, or the window, and pin Paths on the shown board
	Add    = "add"    // pin Paths on Board, or on Home
	Status = "status" // report
	Export = "export" // write Board to Dir, in Format
	Import = "import" // bring what is in Paths to Board, or to Home
	Check  = "check"  // verify everything that is stored
	Backup = "backup" // write all of the profile to the file Dir, under Passphrase
	Clips  = "clips"  // take in what waits in the spool of clips; answered at once
)

// Request is what a second start asks for. Paths are absolute.
type Request struct {
	Version int      `json:"version"`
	Verb    string   `json:"verb"`
	Link    string   `json:"link,omitempty"`
	Paths   []string `json:"paths,omitempty"`
	Board   string   `json:"board,omitempty"` // a link
	Dir     string   `json:"dir,omitempty"`
	Format  string   `json:"format,omitempty"`
	Scale   float64  `json:"scale,omitempty"`

	Passphrase string `json:"passphrase,omitempty"`
}

// Reply is what came of it. Errors are sentences for a person; there may be
// some although other things went well.
type Reply struct {
	Version int             `json:"version"`
	Errors  []string        `json:"errors,omitempty"`
	Notes   []string        `json:"notes,omitempty"` // sentences of what was left out
	Count   int             `json:"count,omitempty"` // cards that were added
	Report  json.RawMessage `json:"report,omitempty"`
}

// Errors of both sides.
var (
	// ErrNobody: nobody listens for this profile.
	ErrNobody = errors.New("no program is running on this profile")
	// ErrVersion: the other side speaks another version.
	ErrVersion = errors.New("the running program speaks another version")
	// ErrMessage: what came is no message, or is too long.
	ErrMessage = errors.New("not a message")
)

// write sends a message as one line.
func write(w io.Writer, m any) error {
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encoding a message: %w", err)
	}
	if len(b) >= MaxMessage {
		return fmt.Errorf("%w: %d bytes are too long", ErrMessage, len(b))
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// read takes one line, of at most MaxMessage bytes.
func read(r io.Reader, m any) error {
	line, err := bufio.NewReader(io.LimitReader(r, MaxMessage)).ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMessage, err)
	}
	if err := json.Unmarshal(line, m); err != nil {
		return fmt.Errorf("%w: %w", ErrMessage, err)
	}
	return nil
}
