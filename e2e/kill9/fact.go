package kill9

import (
	"fmt"
	"strings"

	"corkboard/doc"
)

// What a victim can say of a token.
const (
	there = '+' // it is saved
	maybe = '?' // something begins that may take it away
	gone  = '-' // its removal is saved
)

// What a token is.
const (
	isLine = "line" // of a text card
	isItem = "item" // of a to-do card
	isDone = "done" // the tick of an item
	isCard = "card" // of a board
	isMove = "move" // one more step to the right of a card
)

// fact is one line of a victim's report.
type fact struct {
	sign  byte
	what  string
	doc   doc.ID
	token string
}

func (f fact) String() string { return fmt.Sprintf("%c %s %s %s", f.sign, f.what, f.doc, f.token) }

// parseFact reads what String wrote; ok is false for other lines.
func parseFact(line string) (fact, bool) {
	part := strings.Split(line, " ")
	if len(part) != 4 || len(part[0]) != 1 || !strings.Contains("+?-", part[0]) {
		return fact{}, false
	}
	return fact{sign: part[0][0], what: part[1], doc: doc.ID(part[2]), token: part[3]}, true
}
