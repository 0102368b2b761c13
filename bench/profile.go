package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/media"
	"corkboard/share"
)

// The mix of the board: 1,000 cards.
const (
	textCards  = 600 // one of them of 10 kB
	imageCards = 200
	todoCards  = 150
	pdfCards   = 20
	fileCards  = 15
	innerCards = 15
)

// The grid on which they lie, in board units.
const (
	perRow = 40
	pitchX = 380
	pitchY = 320
)

// Where the card of 10 kB lies.
var longAt, longSize = board.Point{X: -480, Y: 0}, board.Size{W: 420, H: 640}

// profileMaker fills the Home board.
type profileMaker struct {
	ctx    context.Context
	app    *app.App
	random *rand.Rand
	files  string // folder of what is imported
	pins   []board.Pin
	made   []doc.Receipt
}

// makeProfile makes a profile with a board of 1,000 cards, unless it is there.
func makeProfile(ctx context.Context, dir string) (err error) {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	a, err := app.Open(ctx, app.Options{Profile: dir, Media: media.Options{}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(ctx)) }()
	a.UpdateDevice(func(d *app.Device) { d.Window.W, d.Window.H, d.Theme = width, height, "light" })
	files, err := os.MkdirTemp("", "corkboard-bench-files-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(files)
	m := &profileMaker{ctx: ctx, app: a, random: rand.New(rand.NewPCG(1, 1)), files: files}
	return m.fill()
}

// fill makes the cards in an order that mixes the types.
func (m *profileMaker) fill() error {
	makers := []struct {
		n    int
		make func(int, board.Point) error
	}{
		{textCards - 1, m.text}, {imageCards, m.image}, {todoCards, m.todo},
		{pdfCards, m.pdf}, {fileCards, m.file}, {innerCards, m.inner},
	}
	var jobs []func(board.Point) error
	for _, k := range makers {
		for i := range k.n {
			jobs = append(jobs, func(at board.Point) error { return k.make(i, at) })
		}
	}
	m.random.Shuffle(len(jobs), func(i, j int) { jobs[i], jobs[j] = jobs[j], jobs[i] })
	for i, job := range jobs {
		if err := job(board.Point{X: float64(i % perRow * pitchX), Y: float64(i / perRow * pitchY)}); err != nil {
			return err
		}
	}
	m.pin(cards.KindText, cards.NewText(longText(10<<10)), longAt, longSize)
	live := doc.Open(m.app.Docs(), m.app.Home(), cards.KindBoard, board.Codec{})
	defer live.Close()
	m.made = append(m.made, live.Do(board.AddCards{Cards: m.pins}))
	for _, r := range m.made {
		if err := r.Wait(m.ctx); err != nil {
			return fmt.Errorf("making cards: %w", err)
		}
	}
	return nil
}

func (m *profileMaker) pin(kind string, edits []doc.Edit, at board.Point, size board.Size) {
	id, r := m.app.NewDocument(kind, edits)
	m.made = append(m.made, r)
	m.pins = append(m.pins, board.Pin{ID: m.app.NewCardID(), Link: share.Link{Document: id, Kind: kind}, At: at, Size: size})
}

func (m *profileMaker) text(i int, at board.Point) error {
	m.pin(cards.KindText, cards.NewText(shortText(m.random, i)), at, board.Size{})
	return nil
}

func (m *profileMaker) todo(i int, at board.Point) error {
	items := make([]cards.NewItem, 2+m.random.IntN(4))
	for n := range items {
		items[n] = cards.NewItem{ID: fmt.Sprintf("i%d", n), Text: sentence(m.random, 2+m.random.IntN(5)), Done: m.random.IntN(3) == 0}
	}
	m.pin(cards.KindTodo, cards.NewTodo(fmt.Sprintf("List %d", i), items...), at, board.Size{})
	return nil
}

func (m *profileMaker) inner(i int, at board.Point) error {
	m.pin(cards.KindBoard, board.Create(fmt.Sprintf("Board %d", i), ""), at, board.Size{})
	return nil
}

func (m *profileMaker) image(i int, at board.Point) error {
	if i%2 == 0 {
		return m.drop(fmt.Sprintf("photo %d.jpg", i), jpegFile(m.random), at)
	}
	return m.drop(fmt.Sprintf("drawing %d.png", i), pngFile(m.random), at)
}

func (m *profileMaker) pdf(i int, at board.Point) error {
	return m.drop(fmt.Sprintf("paper %d.pdf", i), pdfFile(sentence(m.random, 8)), at)
}

func (m *profileMaker) file(i int, at board.Point) error {
	data := make([]byte, 4096)
	for n := range data {
		data[n] = byte(m.random.Uint32())
	}
	return m.drop(fmt.Sprintf("archive %d.zip", i), data, at)
}

// drop imports a file as a hand would.
func (m *profileMaker) drop(name string, data []byte, at board.Point) error {
	path := filepath.Join(m.files, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return err
	}
	return m.app.Import(m.ctx, m.app.Home(), at, []string{path}, nil)[0].Err
}
