package cards

import (
	"cmp"
	"slices"
	"time"

	"corkboard/doc"
)

// MaxItems bounds a to-do card: what comes later in its order is not shown
// and commands add no more.
const MaxItems = 10_000

// maxOrder bounds order keys, in bytes; a longer one counts as none.
const maxOrder = 512

// DateLayout is how due dates are written, for time.Parse.
const DateLayout = "2006-01-02"

// Slots of a to-do card and of its items.
const (
	slotTitle = "title"
	slotItems = "items"
	slotText  = "text"
	slotDone  = "done"
	slotOrder = "order"
	slotDue   = "due"
)

var (
	titlePath = doc.At(slotTitle)
	itemsPath = doc.At(slotItems)
)

// Todo is a to-do card. Items are sorted by (Order, ID); the slice is shared
// between snapshots: read only.
type Todo struct {
	Title string
	Items []TodoItem

	titleMerges bool // the title is a Text, not a register
	hasItems    bool // the items slot holds a Map
	cut         bool // the document holds more than MaxItems
}

// TodoItem is one line of a to-do card.
type TodoItem struct {
	ID    string
	Text  string
	Done  bool
	Order string // a key of doc.Between; "" sorts first
	Due   string // a date as in DateLayout, or ""

	merges bool
}

// TodoCodec reads to-do cards:
// {title, items: {id: {text: Text, done: bool, order: string, due: string}}}.
type TodoCodec struct{}

// Decode implements doc.Codec.
func (TodoCodec) Decode(src doc.Source) Todo {
	var t Todo
	t.Title, t.titleMerges = readText(src, titlePath)
	v, _ := src.Value(itemsPath)
	m, ok := v.(doc.Map)
	t.hasItems = ok
	var items []TodoItem
	for id, v := range m {
		if it, ok := itemOf(id, v); ok {
			items = append(items, it)
		}
	}
	t.setItems(items)
	return t
}

// Update implements doc.Codec: only the items that were touched are read.
func (c TodoCodec) Update(prev Todo, touched []doc.Path, src doc.Source) Todo {
	again, known := touchedIn(slotItems, touched)
	if !known || prev.cut && len(again) > 0 {
		return c.Decode(src)
	}
	t := prev
	if touches(touched, titlePath) {
		t.Title, t.titleMerges = readText(src, titlePath)
	}
	if len(again) == 0 {
		return t
	}
	if v, _ := src.Value(itemsPath); !prev.hasItems || !isMap(v) {
		return c.Decode(src)
	}
	t.setItems(readAgain(prev.Items, again, func(it TodoItem) string { return it.ID }, func(id string) (TodoItem, bool) {
		v, _ := src.Value(doc.At(slotItems, id))
		return itemOf(id, v)
	}))
	return t
}

// setItems takes items in any order.
func (t *Todo) setItems(items []TodoItem) {
	slices.SortFunc(items, func(a, b TodoItem) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	})
	t.cut = len(items) > MaxItems
	if t.cut {
		items = slices.Clone(items[:MaxItems])
	}
	if len(items) == 0 {
		items = nil
	}
	t.Items = items
}

func isMap(v doc.Value) bool {
	_, ok := v.(doc.Map)
	return ok
}

func itemOf(id string, v doc.Value) (TodoItem, bool) {
	m, ok := v.(doc.Map)
	if !ok || id == "" {
		return TodoItem{}, false
	}
	it := TodoItem{ID: id, Order: stringOf(m[slotOrder]), Due: stringOf(m[slotDue])}
	it.Text, it.merges = textOf(m[slotText])
	it.Done, _ = m[slotDone].(bool)
	if len(it.Order) > maxOrder {
		it.Order = ""
	}
	if !IsDate(it.Due) {
		it.Due = ""
	}
	return it, true
}

// IsDate reports whether s is a day of the calendar as in DateLayout.
func IsDate(s string) bool {
	_, err := time.Parse(DateLayout, s)
	return err == nil && len(s) == len(DateLayout)
}

// find gives the index of an item, or -1.
func (t Todo) find(id string) int {
	return slices.IndexFunc(t.Items, func(it TodoItem) bool { return it.ID == id })
}

// Progress counts the items that are done, and all.
func (t Todo) Progress() (done, total int) {
	for _, it := range t.Items {
		if it.Done {
			done++
		}
	}
	return done, len(t.Items)
}

// Overdue reports whether an open item was due before today (as in DateLayout).
func Overdue(it TodoItem, today string) bool {
	return !it.Done && it.Due != "" && it.Due < today
}

// CardTitle implements Titled: the title, else the first item that has text.
func (t Todo) CardTitle() string {
	if s := oneLine(t.Title, MaxTitle); s != "" {
		return s
	}
	for _, it := range t.Items {
		if s := oneLine(it.Text, MaxTitle); s != "" {
			return s
		}
	}
	return ""
}
