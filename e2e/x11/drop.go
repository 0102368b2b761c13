package x11

import (
	"context"
	"errors"
	"fmt"
	"image"
	"net/url"
	"strings"

	"github.com/jezek/xgb/xproto"
)

var (
	// ErrNotAware says that a window does not take part in drag and drop.
	ErrNotAware = errors.New("the window takes no drops")
	// ErrRefused says that a window answered a drag or a drop with no.
	ErrRefused = errors.New("the window refused the drop")
	// ErrClosed says that the server ended the connection.
	ErrClosed = errors.New("the display was closed")
)

// xdndVersion is the version of the drag-and-drop protocol that we speak.
const xdndVersion = 5

// DropFiles drags files as a file manager does: it enters the window at its
// middle, moves to a place of the screen and lets go there. Paths are
// absolute. It waits until the window has taken or refused them. Errors:
// ErrNotAware, ErrRefused, ErrClosed, the context's.
func (d *Display) DropFiles(ctx context.Context, w Window, at image.Point, paths ...string) error {
	s, err := d.newSource(w, uriList(paths))
	if err != nil {
		return fmt.Errorf("drop files: %w", err)
	}
	defer s.close()
	if err := s.run(ctx, at); err != nil {
		return fmt.Errorf("drop files: %w", err)
	}
	return nil
}

// uriList is the text/uri-list of RFC 2483.
func uriList(paths []string) []byte {
	var list strings.Builder
	for _, path := range paths {
		list.WriteString((&url.URL{Scheme: "file", Path: path}).String())
		list.WriteString("\r\n")
	}
	return []byte(list.String())
}

// run leads the drag through its whole life.
func (s *source) run(ctx context.Context, at image.Point) error {
	version, err := s.version()
	if err != nil {
		return err
	}
	if err := s.own(ctx); err != nil {
		return err
	}
	if err := s.say("XdndEnter", version<<24, uint32(s.atoms.uriList), 0, 0); err != nil {
		return err
	}
	middle := s.target.Rect.Min.Add(s.target.Rect.Size().Div(2))
	accepted := false
	for _, point := range []image.Point{middle, middle.Add(at).Div(2), at} {
		if accepted, err = s.hover(ctx, point); err != nil {
			return err
		}
	}
	if !accepted {
		return errors.Join(ErrRefused, s.say("XdndLeave", 0, 0, 0, 0))
	}
	if err := s.say("XdndDrop", 0, uint32(s.time), 0, 0); err != nil {
		return err
	}
	finished, err := s.await(ctx, s.atoms.finished)
	if err != nil {
		return fmt.Errorf("wait for the drop: %w", err)
	}
	// The protocol speaks of the lowest bit; GLFW sends the length of the data.
	if version >= 5 && finished.Data.Data32[1] == 0 {
		return ErrRefused
	}
	return nil
}

// hover moves the drag and its pointer to a place of the screen and returns
// whether the window would take a drop there.
func (s *source) hover(ctx context.Context, at image.Point) (bool, error) {
	if err := s.display.Move(at); err != nil {
		return false, err
	}
	place := uint32(at.X)<<16 | uint32(at.Y)&0xffff
	if err := s.say("XdndPosition", 0, place, uint32(s.time), uint32(s.atoms.copy)); err != nil {
		return false, err
	}
	status, err := s.await(ctx, s.atoms.status)
	if err != nil {
		return false, fmt.Errorf("wait for an answer: %w", err)
	}
	return status.Data.Data32[1]&1 == 1, nil
}

// await answers requests for the data until the message of the given type.
func (s *source) await(ctx context.Context, kind xproto.Atom) (xproto.ClientMessageEvent, error) {
	for {
		event, err := s.next(ctx)
		if err != nil {
			return xproto.ClientMessageEvent{}, err
		}
		switch e := event.(type) {
		case xproto.SelectionRequestEvent:
			if err := s.answer(e); err != nil {
				return xproto.ClientMessageEvent{}, err
			}
		case xproto.ClientMessageEvent:
			if e.Type == kind {
				return e, nil
			}
		}
	}
}
