package ledger

import (
	"fmt"
	"strings"

	"corkboard/doc"
)

// What an editor can say of a token.
const (
	There = '+' // it is saved
	Maybe = '?' // something begins that may take it away
	Gone  = '-' // its removal is saved
)

// What a token is.
const (
	IsLine = "line" // of a text card
	IsItem = "item" // of a to-do card
	IsDone = "done" // the tick of an item
	IsCard = "card" // of a board
	IsMove = "move" // one more step to the right of a card
)

// Fact is one line of an editor's report. Its words hold no spaces.
type Fact struct {
	Sign  byte
	What  string
	Doc   doc.ID
	Token string
}

func (f Fact) String() string { return fmt.Sprintf("%c %s %s %s", f.Sign, f.What, f.Doc, f.Token) }

// Parse reads what String wrote; ok is false for other lines.
func Parse(line string) (Fact, bool) {
	part := strings.Split(line, " ")
	if len(part) != 4 || len(part[0]) != 1 || !strings.Contains("+?-", part[0]) {
		return Fact{}, false
	}
	return Fact{Sign: part[0][0], What: part[1], Doc: doc.ID(part[2]), Token: part[3]}, true
}
