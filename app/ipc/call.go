package ipc

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"
)

// Call asks the program that is running on a profile, and waits for its reply
// as long as the context allows. Errors: ErrNobody, ErrVersion, ErrMessage, the
// context's.
func Call(ctx context.Context, profile string, q Request) (Reply, error) {
	path, err := Address(profile)
	if err != nil {
		return Reply{}, err
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		if ctx.Err() != nil {
			return Reply{}, fmt.Errorf("calling the running program: %w", ctx.Err())
		}
		return Reply{}, fmt.Errorf("%w: %w", ErrNobody, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })()
	q.Version = Version
	var r Reply
	err = write(conn, q)
	if err == nil {
		err = read(conn, &r)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return Reply{}, fmt.Errorf("calling the running program: %w", ctx.Err())
	case err != nil && errors.Is(err, ErrMessage):
		return Reply{}, err
	case err != nil:
		return Reply{}, fmt.Errorf("%w: %w", ErrMessage, err)
	case r.Version != Version:
		return Reply{}, ErrVersion
	}
	return r, nil
}
