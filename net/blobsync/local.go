package blobsync

import (
	"context"
	"net"
)

// Local asks a Source of this process in the way of one that is elsewhere, so that what it
// gives is checked as is what comes from there. The name is for errors. Closing the Client,
// or the end of the context, ends both sides.
func Local(ctx context.Context, from Source, name string) *Client {
	here, there := net.Pipe()
	go func() { _ = Serve(ctx, inProcess{there}, from) }() // the Client tells why it ended
	return NewClient(inProcess{here}, name)
}

// inProcess is an end of a pipe as a stream.
type inProcess struct{ net.Conn }

// CloseWrite implements wire.Stream; neither side of this package uses it.
func (p inProcess) CloseWrite() error { return p.Close() }
