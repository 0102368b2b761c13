package media

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// Both must be there for this process to be a worker: no file name or flag of a user's
// makes one by accident.
const (
	workerArg  = "corkboard-media-worker"
	workerMark = "CORKBOARD_MEDIA_WORKER"
)

// MaybeWorker turns this process into a decoding worker if a Decoder started it as one, and
// then never returns. In any other process it returns at once. It must be the first call in
// main, before anything is opened or started.
func MaybeWorker() {
	if len(os.Args) != 2 || os.Args[1] != workerArg || os.Getenv(workerMark) != "1" {
		return
	}
	if err := work(openWorkerLink()); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// work serves one request after the other until the parent goes.
func work(link workerLink) error {
	restrict()
	var desk desk
	if err := writeMessage(link, reply{Jail: confine()}); err != nil {
		return err
	}
	for {
		passed, err := link.accept()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var req request
		if _, err := readHead(link, &req); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		allowCPU(req.CPUSeconds)
		f, err := link.open(passed, req.Path)
		if err != nil {
			return err
		}
		out, err := desk.run(req, f)
		if err != nil {
			out = &reply{Code: codeOf(err), Detail: shortened(err.Error())}
		}
		if err := send(link, out); err != nil {
			return err
		}
	}
}

func shortened(s string) string { return s[:min(len(s), 300)] }

func send(link io.Writer, out *reply) error {
	body := [][]byte{out.body}
	out.Pictures = nil
	for _, f := range out.frames {
		b := f.Picture.Rect
		out.Pictures = append(out.Pictures, pictureShape{b.Dx(), b.Dy(), f.DelayMS})
		body = append(body, f.Picture.Pix)
	}
	return writeMessage(link, out, body...)
}

// desk is where a worker keeps the file at hand: the document of the last request stays open
// for the next one.
type desk struct {
	key  string
	file *input
	doc  *document // nil but for a PDF
}

// operation answers one kind of request.
type operation func(*desk, request) (*reply, error)

// operations are all that a worker can do.
var operations = map[string]operation{
	opImage:   decodeImage,
	opLevel:   decodeLevel,
	opProbe:   probe,
	opFrames:  decodeFrames,
	opPage:    renderPage,
	opPDF:     describePDF,
	opText:    readPage,
	opAllText: readAll,
}

// run answers a request. A panic of a decoder is the file's fault. run closes f.
func (d *desk) run(req request, f *os.File) (out *reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			d.clear()
			out, err = nil, fmt.Errorf("decoder panicked: %v: %w", p, ErrBroken)
		}
	}()
	op, ok := operations[req.Op]
	if !ok {
		f.Close()
		return nil, fmt.Errorf("operation %q: %w", req.Op, ErrUnsupported)
	}
	if d.file != nil && d.key == req.Key && d.doc != nil {
		f.Close()
		return op(d, req)
	}
	d.clear()
	in, err := openMapped(f)
	if err != nil {
		return nil, err
	}
	d.file, d.key = in, req.Key
	out, err = op(d, req)
	if d.doc == nil {
		d.clear()
		if err != nil || out.heavy {
			// A large picture's memory would count against the next one.
			debug.FreeOSMemory()
		}
	}
	return out, err
}

func (d *desk) clear() {
	if d.doc != nil {
		d.doc.close()
	}
	if d.file != nil {
		d.file.close()
	}
	*d = desk{}
}
