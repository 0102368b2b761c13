package x11

import (
	"context"
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// ErrNoWindow says that no visible window matched.
var ErrNoWindow = errors.New("no such window")

// A Window is what the server said about a window at one moment.
type Window struct {
	ID   xproto.Window
	PID  int             // of the program that says it owns the window, or 0
	Name string          // as in the title bar
	Rect image.Rectangle // on the screen, without a frame
}

// At turns a place in the window into one of the screen.
func (w Window) At(x, y int) image.Point { return w.Rect.Min.Add(image.Pt(x, y)) }

// A Match picks a window.
type Match func(Window) bool

// ByName picks windows by their exact name.
func ByName(name string) Match { return func(w Window) bool { return w.Name == name } }

// ByPID picks windows by the process that owns them.
func ByPID(pid int) Match { return func(w Window) bool { return w.PID == pid } }

// Find returns the topmost visible window that matches. Errors: ErrNoWindow.
func (d *Display) Find(match Match) (Window, error) {
	found, err := d.find(d.screen.Root, match, 0)
	if err != nil {
		return Window{}, err
	}
	if found.ID == 0 {
		return Window{}, fmt.Errorf("find a window: %w", ErrNoWindow)
	}
	return found, nil
}

// Await waits until a visible window matches. Errors: ErrNoWindow together
// with the context's error.
func (d *Display) Await(ctx context.Context, match Match) (Window, error) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		w, err := d.Find(match)
		if !errors.Is(err, ErrNoWindow) {
			return w, err
		}
		select {
		case <-ctx.Done():
			return Window{}, fmt.Errorf("%w: %w", err, ctx.Err())
		case <-tick.C:
		}
	}
}

// Look asks the server anew about a window. Errors: ErrNoWindow when it is
// gone or hidden.
func (d *Display) Look(id xproto.Window) (Window, error) {
	w, visible, err := d.look(id)
	if err == nil && !visible {
		err = fmt.Errorf("look at window %d: %w", id, ErrNoWindow)
	}
	return w, err
}

// Focus raises a window and gives it the keyboard. Without a window manager
// nobody else does.
func (d *Display) Focus(w Window) error {
	err := xproto.ConfigureWindowChecked(d.conn, w.ID, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove}).Check()
	if err != nil {
		return fmt.Errorf("raise window %q: %w", w.Name, err)
	}
	err = xproto.SetInputFocusChecked(d.conn, xproto.InputFocusPointerRoot, w.ID, xproto.TimeCurrentTime).Check()
	if err != nil {
		return fmt.Errorf("focus window %q: %w", w.Name, err)
	}
	return nil
}

// End asks a window to close, as the cross in its corner does.
func (d *Display) End(w Window) error {
	protocols, err := d.atom("WM_PROTOCOLS")
	if err != nil {
		return err
	}
	request, err := d.atom("WM_DELETE_WINDOW")
	if err != nil {
		return err
	}
	message := xproto.ClientMessageEvent{
		Format: 32, Window: w.ID, Type: protocols,
		Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(request), xproto.TimeCurrentTime, 0, 0, 0}),
	}
	err = xproto.SendEventChecked(d.conn, false, w.ID, xproto.EventMaskNoEvent, string(message.Bytes())).Check()
	if err != nil {
		return fmt.Errorf("ask window %q to close: %w", w.Name, err)
	}
	return nil
}

// Place moves and resizes a window.
func (d *Display) Place(w Window, to image.Rectangle) error {
	const mask = xproto.ConfigWindowX | xproto.ConfigWindowY | xproto.ConfigWindowWidth | xproto.ConfigWindowHeight
	values := []uint32{uint32(to.Min.X), uint32(to.Min.Y), uint32(to.Dx()), uint32(to.Dy())}
	if err := xproto.ConfigureWindowChecked(d.conn, w.ID, mask, values).Check(); err != nil {
		return fmt.Errorf("place window %q: %w", w.Name, err)
	}
	return nil
}

// find searches the children of parent from the top. A window manager's frame
// hides the program's window a few levels down.
func (d *Display) find(parent xproto.Window, match Match, depth int) (Window, error) {
	const deepest = 3
	tree, err := xproto.QueryTree(d.conn, parent).Reply()
	if gone(err) || depth == deepest {
		return Window{}, nil
	}
	if err != nil {
		return Window{}, fmt.Errorf("list windows: %w", err)
	}
	for i := len(tree.Children) - 1; i >= 0; i-- {
		w, visible, err := d.look(tree.Children[i])
		if errors.Is(err, ErrNoWindow) || err == nil && !visible {
			continue
		}
		if err != nil {
			return Window{}, err
		}
		if match(w) {
			return w, nil
		}
		if below, err := d.find(w.ID, match, depth+1); err != nil || below.ID != 0 {
			return below, err
		}
	}
	return Window{}, nil
}

func (d *Display) look(id xproto.Window) (w Window, visible bool, err error) {
	attributes, err := xproto.GetWindowAttributes(d.conn, id).Reply()
	if err != nil {
		return Window{}, false, d.lookError(id, err)
	}
	size, err := xproto.GetGeometry(d.conn, xproto.Drawable(id)).Reply()
	if err != nil {
		return Window{}, false, d.lookError(id, err)
	}
	corner, err := xproto.TranslateCoordinates(d.conn, id, d.screen.Root, 0, 0).Reply()
	if err != nil {
		return Window{}, false, d.lookError(id, err)
	}
	w = Window{ID: id, Rect: image.Rect(0, 0, int(size.Width), int(size.Height)).
		Add(image.Pt(int(corner.DstX), int(corner.DstY)))}
	for _, name := range []string{"_NET_WM_NAME", "WM_NAME"} {
		text, err := d.property(id, name)
		if err != nil {
			return Window{}, false, d.lookError(id, err)
		}
		if len(text) > 0 {
			w.Name = string(text)
			break
		}
	}
	pid, err := d.property(id, "_NET_WM_PID")
	if err != nil {
		return Window{}, false, d.lookError(id, err)
	}
	if len(pid) >= 4 {
		w.PID = int(xgb.Get32(pid))
	}
	return w, attributes.MapState == xproto.MapStateViewable, nil
}

func (d *Display) lookError(id xproto.Window, err error) error {
	if gone(err) {
		return fmt.Errorf("look at window %d: %w", id, ErrNoWindow)
	}
	return fmt.Errorf("look at window %d: %w", id, err)
}

// gone says whether an error means that the window was closed meanwhile.
func gone(err error) bool {
	var window xproto.WindowError
	var drawable xproto.DrawableError
	return errors.As(err, &window) || errors.As(err, &drawable)
}
