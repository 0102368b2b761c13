package app

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/share"
)

// NotEmptyError says that an export would mix with what is in a folder.
type NotEmptyError struct{ Dir string }

func (e *NotEmptyError) Error() string { return fmt.Sprintf("folder %q is not empty", e.Dir) }

// Names in an exported folder.
const (
	exportedBoard = "board.json"
	exportedFiles = "files"
)

// exportFormat is the version of board.json.
const exportFormat = 1

// maxNesting is how many folders deep boards are exported in each other; deeper
// ones lie in the first folder, so that no path grows too long for the system.
const maxNesting = 12

// exported is board.json.
type exported struct {
	Format int             `json:"format"`
	Link   string          `json:"link"`
	Title  string          `json:"title"`
	Color  string          `json:"color,omitempty"`
	Cards  []exportedCard  `json:"cards"`
	Board  json.RawMessage `json:"document"` // the board's document as it is
}

// exportedCard is one card in board.json. Paths are from the folder of the
// file, with slashes.
type exportedCard struct {
	ID        string          `json:"id"`
	Link      string          `json:"link,omitempty"`
	Kind      string          `json:"kind,omitempty"`
	Title     string          `json:"title,omitempty"`
	X         float64         `json:"x"`
	Y         float64         `json:"y"`
	W         float64         `json:"w,omitempty"`
	H         float64         `json:"h,omitempty"`
	Group     string          `json:"group,omitempty"` // ids of groups, the outermost first, "/" between
	Locked    bool            `json:"locked,omitempty"`
	In        string          `json:"in,omitempty"`        // id of the column that it is in
	File      string          `json:"file,omitempty"`      // the original file, a text, or a nested board
	Elsewhere string          `json:"elsewhere,omitempty"` // board.json that has this document already, from the first folder
	Problem   string          `json:"problem,omitempty"`   // why something is missing
	Document  json.RawMessage `json:"document,omitempty"`
}

// Export writes a board to a folder that is empty or not there: board.json with
// the board and every card, original files under files/, texts as Markdown,
// nested boards in folders of their own, each document once. What is missing
// is said in board.json and in the error, and the rest is written. Errors:
// *NotEmptyError, ErrAbsent, those of blobs. It blocks.
func (a *App) Export(ctx context.Context, boardID doc.ID, dir string) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("finding the folder: %w", err)
	}
	if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
		return &NotEmptyError{Dir: dir}
	}
	if _, err := a.readBoard(ctx, boardID); err != nil {
		return fmt.Errorf("reading the board: %w", err)
	}
	e := &export{app: a, root: dir, done: map[doc.ID]string{}, names: map[string]exchange.Names{}}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	e.queue = []exportJob{{id: boardID, dir: "."}}
	e.done[boardID] = exportedBoard
	for len(e.queue) > 0 {
		job := e.queue[0]
		e.queue = e.queue[1:]
		if err := e.board(ctx, job); err != nil {
			return fmt.Errorf("exporting: %w", err)
		}
	}
	return together(e.problems)
}

// export is one run of Export. Boards wait in a queue, so that nesting costs no
// stack and a circle of boards ends.
type export struct {
	app      *App
	root     string
	queue    []exportJob
	done     map[doc.ID]string         // the board.json that has a document, from root
	names    map[string]exchange.Names // taken in each folder
	problems []error
}

type exportJob struct {
	id    doc.ID
	dir   string // from root, with slashes
	depth int
}

// board writes one folder.
func (e *export) board(ctx context.Context, job exportJob) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.MkdirAll(e.path(job.dir), 0o755); err != nil {
		return err
	}
	e.takenIn(job.dir).Take(exportedBoard)
	e.takenIn(job.dir).Take(exportedFiles)
	out := exported{Format: exportFormat, Link: share.Format(share.Link{Document: job.id, Kind: cards.KindBoard})}
	b, err := e.app.readBoard(ctx, job.id)
	if err == nil {
		out.Board, err = e.whole(ctx, job.id)
	}
	if err != nil {
		return err
	}
	out.Title, out.Color = b.Title, b.Color
	for _, c := range b.Cards {
		card, err := e.card(ctx, job, c)
		if err != nil {
			return err
		}
		out.Cards = append(out.Cards, card)
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(e.path(path.Join(job.dir, exportedBoard)), append(text, '\n'), 0o644)
}

// card writes what belongs to one card and says what it is. An error is the
// target's; what is wrong with the card is noted in it.
func (e *export) card(ctx context.Context, job exportJob, c *board.Card) (exportedCard, error) {
	out := exportedCard{
		ID: string(c.ID), Kind: c.Link.Kind,
		X: c.At.X, Y: c.At.Y, W: c.Size.W, H: c.Size.H, Group: c.Group, Locked: c.Locked, In: string(c.In),
	}
	if c.LinkErr != nil {
		e.problem(&out, c.LinkErr)
		return out, nil
	}
	id := c.Link.Document
	out.Link = share.Format(c.Link)
	if where, ok := e.done[id]; ok {
		out.Elsewhere = where
		return out, nil
	}
	raw, err := e.whole(ctx, id)
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	if err != nil {
		e.problem(&out, err)
		return out, nil
	}
	if c.Link.Kind == cards.KindBoard {
		return out, e.nest(ctx, job, id, &out)
	}
	e.done[id] = path.Join(job.dir, exportedBoard)
	out.Document = raw
	return out, e.content(ctx, job, c, &out)
}

func (e *export) problem(out *exportedCard, err error) {
	out.Problem = Sentence(err)
	e.problems = append(e.problems, err)
}

// nest puts a nested board in the queue.
func (e *export) nest(ctx context.Context, job exportJob, id doc.ID, out *exportedCard) error {
	b, err := e.app.readBoard(ctx, id)
	if err != nil {
		return err
	}
	out.Title = cards.TitleOf(cards.KindBoard, b)
	if b.Title != "" {
		out.Title = cards.CleanName(b.Title)
	}
	next := exportJob{id: id, dir: job.dir, depth: job.depth + 1}
	if next.depth > maxNesting {
		next = exportJob{id: id, dir: ".", depth: 1}
	}
	next.dir = path.Join(next.dir, e.takenIn(next.dir).Take(exchange.FileName(out.Title, "")))
	out.File = path.Join(relative(job.dir, next.dir), exportedBoard)
	e.done[id] = path.Join(next.dir, exportedBoard)
	e.queue = append(e.queue, next)
	return nil
}

// whole is the JSON form of a document, without what opens files elsewhere: an
// export is for whoever is given the folder.
func (e *export) whole(ctx context.Context, id doc.ID) (json.RawMessage, error) {
	m, err := e.app.readWhole(ctx, id)
	if err != nil {
		return nil, err
	}
	return doc.EncodeValue(cards.WithoutSecrets(m))
}

func (e *export) path(name string) string { return filepath.Join(e.root, filepath.FromSlash(name)) }

func (e *export) takenIn(dir string) exchange.Names {
	if e.names[dir] == nil {
		e.names[dir] = exchange.Names{}
	}
	return e.names[dir]
}
