package x11

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// source is the dragging program: an own connection with an invisible window
// that owns the XdndSelection.
type source struct {
	display *Display
	window  xproto.Window
	target  Window
	data    []byte
	time    xproto.Timestamp // when the selection was taken
	events  chan xgb.Event
	done    chan struct{}
	atoms   struct{ selection, uriList, targets, status, finished, copy, aware xproto.Atom }
}

func (d *Display) newSource(target Window, data []byte) (*source, error) {
	display, err := Open(d.name)
	if err != nil {
		return nil, err
	}
	display.Pace = d.Pace
	s := &source{display: display, target: target, data: data,
		events: make(chan xgb.Event), done: make(chan struct{})}
	if err := s.prepare(); err != nil {
		display.Close()
		return nil, err
	}
	go s.pump()
	return s, nil
}

func (s *source) close() {
	close(s.done)
	s.display.Close()
}

// prepare interns the atoms and makes the window.
func (s *source) prepare() error {
	for name, a := range map[string]*xproto.Atom{
		"XdndSelection": &s.atoms.selection, "text/uri-list": &s.atoms.uriList, "TARGETS": &s.atoms.targets,
		"XdndStatus": &s.atoms.status, "XdndFinished": &s.atoms.finished,
		"XdndActionCopy": &s.atoms.copy, "XdndAware": &s.atoms.aware,
	} {
		var err error
		if *a, err = s.display.atom(name); err != nil {
			return err
		}
	}
	conn := s.display.conn
	id, err := xproto.NewWindowId(conn)
	if err != nil {
		return fmt.Errorf("name a window: %w", err)
	}
	s.window = id
	err = xproto.CreateWindowChecked(conn, 0, id, s.display.screen.Root, -10, -10, 1, 1, 0,
		xproto.WindowClassInputOnly, s.display.screen.RootVisual,
		xproto.CwOverrideRedirect|xproto.CwEventMask, []uint32{1, xproto.EventMaskPropertyChange}).Check()
	if err != nil {
		return fmt.Errorf("create a window: %w", err)
	}
	return nil
}

// pump hands events over until the connection ends.
func (s *source) pump() {
	defer close(s.events)
	for {
		event, fault := s.display.conn.WaitForEvent()
		if event == nil && fault == nil {
			return
		}
		if event == nil {
			continue
		}
		select {
		case s.events <- event:
		case <-s.done:
			return
		}
	}
}

func (s *source) next(ctx context.Context) (xgb.Event, error) {
	select {
	case event, ok := <-s.events:
		if !ok {
			return nil, ErrClosed
		}
		return event, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// version returns the protocol version to speak with the target.
func (s *source) version() (uint32, error) {
	value, err := s.display.property(s.target.ID, "XdndAware")
	if err != nil {
		return 0, err
	}
	if len(value) < 4 {
		return 0, ErrNotAware
	}
	return min(xgb.Get32(value), xdndVersion), nil
}

// own takes the selection at a time of the server's clock, which the change of
// a property tells.
func (s *source) own(ctx context.Context) error {
	conn := s.display.conn
	err := xproto.ChangePropertyChecked(conn, xproto.PropModeAppend, s.window, s.atoms.aware, xproto.AtomAtom, 32, 0, nil).Check()
	if err != nil {
		return fmt.Errorf("ask for the time: %w", err)
	}
	for s.time == 0 {
		event, err := s.next(ctx)
		if err != nil {
			return fmt.Errorf("ask for the time: %w", err)
		}
		if change, ok := event.(xproto.PropertyNotifyEvent); ok {
			s.time = change.Time
		}
	}
	if err := xproto.SetSelectionOwnerChecked(conn, s.window, s.atoms.selection, s.time).Check(); err != nil {
		return fmt.Errorf("own the selection: %w", err)
	}
	return nil
}

// say sends the target a message; the first word is always our window.
func (s *source) say(kind string, words ...uint32) error {
	a, err := s.display.atom(kind)
	if err != nil {
		return err
	}
	message := xproto.ClientMessageEvent{
		Format: 32, Window: s.target.ID, Type: a,
		Data: xproto.ClientMessageDataUnionData32New(append([]uint32{uint32(s.window)}, words...)),
	}
	err = xproto.SendEventChecked(s.display.conn, false, s.target.ID, xproto.EventMaskNoEvent, string(message.Bytes())).Check()
	if err != nil {
		return fmt.Errorf("send %s: %w", kind, err)
	}
	return nil
}

// answer gives the data to whoever asks for it in a form that we have.
func (s *source) answer(ask xproto.SelectionRequestEvent) error {
	conn := s.display.conn
	reply := xproto.SelectionNotifyEvent{
		Time: ask.Time, Requestor: ask.Requestor, Selection: ask.Selection, Target: ask.Target, Property: ask.Property,
	}
	var err error
	switch {
	case ask.Selection == s.atoms.selection && ask.Target == s.atoms.uriList:
		err = xproto.ChangePropertyChecked(conn, xproto.PropModeReplace, ask.Requestor, ask.Property,
			s.atoms.uriList, 8, uint32(len(s.data)), s.data).Check()
	case ask.Target == s.atoms.targets:
		var list []byte
		for _, a := range []xproto.Atom{s.atoms.targets, s.atoms.uriList} {
			list = binary.LittleEndian.AppendUint32(list, uint32(a))
		}
		err = xproto.ChangePropertyChecked(conn, xproto.PropModeReplace, ask.Requestor, ask.Property,
			xproto.AtomAtom, 32, uint32(len(list)/4), list).Check()
	default:
		reply.Property = xproto.AtomNone
	}
	if err != nil {
		return fmt.Errorf("hand over the data: %w", err)
	}
	err = xproto.SendEventChecked(conn, false, ask.Requestor, xproto.EventMaskNoEvent, string(reply.Bytes())).Check()
	if err != nil {
		return fmt.Errorf("say that the data is there: %w", err)
	}
	return nil
}
