//go:build linux

package soak

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/probe"
	"corkboard/share"
)

// colleague is a program without a window: it does what it is told on its standard
// input, a line each, and answers each with a line.
type colleague struct {
	ctx     context.Context
	profile string
	app     *app.App
	board   doc.ID
	stop    chan struct{} // closed: rest
	over    sync.WaitGroup
	desk    *desk
	fault   error // of the work
}

// playColleague is the role. Its arguments are the profile, and a seed.
func playColleague(args []string) {
	slog.SetLogLoggerLevel(slog.LevelError)
	probe.Begin()
	c := &colleague{ctx: context.Background(), profile: args[0]}
	var seed uint64
	_, err := fmt.Sscan(args[1], &seed)
	c.desk = &desk{random: rand.New(rand.NewPCG(seed, 8))}
	if err == nil {
		err = c.open()
	}
	if err != nil {
		fmt.Println("cannot begin:", err)
		os.Exit(1)
	}
	fmt.Println("begun")
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		number, rest, _ := strings.Cut(lines.Text(), " ")
		verb, about, _ := strings.Cut(rest, " ")
		said, err := c.obey(verb, about)
		if err != nil {
			fmt.Printf("%s failed: %v\n", number, err)
			continue
		}
		fmt.Printf("%s ok %s\n", number, said)
	}
	if err := c.app.Close(c.ctx); err != nil {
		fmt.Println("cannot end:", err)
		os.Exit(1)
	}
}

func (c *colleague) open() (err error) {
	c.app, err = app.Open(c.ctx, app.Options{Profile: c.profile, NoWeb: true, Network: app.Network{On: true}})
	return err
}

func (c *colleague) obey(verb, about string) (string, error) {
	switch verb {
	case "share":
		return c.share(about)
	case "join":
		l, err := c.app.Join(c.ctx, about)
		c.board = l.Document
		return string(l.Document), err
	case "even": // with everybody who is there, and so many are
		var many int
		if _, err := fmt.Sscan(about, &many); err != nil {
			return "", err
		}
		return "", c.even(many)
	case "work", "browse":
		c.stop = make(chan struct{})
		c.over.Go(func() { c.work(verb == "browse") })
		return "", nil
	case "rest":
		close(c.stop)
		c.over.Wait()
		return fmt.Sprint(c.desk.edits), c.fault
	case "reopen": // the end of one program and the start of the next, in one process
		if err := c.app.Close(c.ctx); err != nil {
			return "", err
		}
		return "", c.open()
	case "export":
		return "", c.app.Export(c.ctx, c.board, about)
	case "mine":
		return filepath.Base(string(c.desk.text)), c.desk.says(c.ctx, c.app)
	}
	return "", errors.New("there is no such verb")
}

// share makes the board, has the storage peer keep it, and gives a link to it.
func (c *colleague) share(storage string) (string, error) {
	id, made := c.app.NewDocument(cards.KindBoard, board.Create("Soak", ""))
	if err := made.Wait(c.ctx); err != nil {
		return "", err
	}
	id, err := c.app.Share(c.ctx, id)
	if err != nil {
		return "", err
	}
	c.board = id
	for i := range 4 {
		at := board.Point{X: 900 + 240*float64(i%2), Y: 60 + 200*float64(i/2)}
		if err := pinText(c.ctx, c.app, id, at, fmt.Sprintf("# Text %d\n", i)); err != nil {
			return "", err
		}
	}
	for len(c.app.Addresses()) == 0 {
		time.Sleep(50 * time.Millisecond)
	}
	if err := c.app.AddStoragePeer(c.ctx, storage); err != nil {
		return "", err
	}
	return c.app.CopyLink(c.ctx, id, share.Write)
}

// pinText makes a text card.
func pinText(ctx context.Context, a *app.App, on doc.ID, at board.Point, words string) error {
	_, link, made := a.NewCardAs(on, board.NewCard{Kind: cards.KindText, At: at, Size: common})
	if err := made.Wait(ctx); err != nil {
		return err
	}
	live := doc.Open(a.Docs(), link.Document, cards.KindText, cards.TextCodec{})
	defer live.Close()
	if _, err := doc.Await(ctx, live, ready); err != nil {
		return err
	}
	return live.Do(edit{doc.Splice{Path: doc.At("text"), Insert: words}}).Wait(ctx)
}

// even waits until as many others as wanted hold the same of the board.
func (c *colleague) even(many int) error {
	const patience = 3 * time.Minute
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		n := 0
		for _, r := range c.app.Reach(c.board) {
			if r.Even {
				n++
			}
		}
		if n >= many && c.app.SaveState().Pending == 0 {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("even with %d of %d after %v", n, many, patience)
		}
	}
}

// work edits, or only looks, at the pace of somebody busy until it is to stop.
func (c *colleague) work(idle bool) {
	const pace = 600 * time.Millisecond
	err := c.desk.sit(c.ctx, c.app, c.board)
	step := c.desk.step
	if idle {
		step = c.desk.browse
	}
	for err == nil {
		select {
		case <-c.stop:
			c.fault = errors.Join(c.fault, c.desk.leave())
			return
		case <-time.After(pace/2 + time.Duration(c.desk.random.Int64N(int64(pace)))):
			err = step(c.ctx)
		}
	}
	c.fault = err
	<-c.stop
}
