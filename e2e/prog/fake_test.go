package prog

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// TestMain lets the test binary play the program: PROG_FAKE says which one.
func TestMain(m *testing.M) {
	switch os.Getenv("PROG_FAKE") {
	case "ends":
		fmt.Println("profile is broken")
		os.Exit(3)
	case "stays":
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	case "window":
		if err := showWindow(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		select {}
	}
	os.Exit(Main(m))
}

// showWindow shows a window of 300×200 that carries the process id.
func showWindow() error {
	conn, err := xgb.NewConn()
	if err != nil {
		return err
	}
	screen := xproto.Setup(conn).DefaultScreen(conn)
	window, err := xproto.NewWindowId(conn)
	if err != nil {
		return err
	}
	xproto.CreateWindow(conn, screen.RootDepth, window, screen.Root, 0, 0, 300, 200, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwBackPixel, []uint32{0x207040})
	const name = "_NET_WM_PID"
	atom, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return err
	}
	pid := binary.LittleEndian.AppendUint32(nil, uint32(os.Getpid()))
	xproto.ChangeProperty(conn, xproto.PropModeReplace, window, atom.Atom, xproto.AtomCardinal, 32, 1, pid)
	return xproto.MapWindowChecked(conn, window).Check()
}
