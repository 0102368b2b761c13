package cards

import (
	"errors"
	"fmt"

	"corkboard/doc"
)

// Errors of to-do commands.
var (
	// ErrDate says that a due date is no day of the calendar.
	ErrDate = errors.New("not a date")
	// ErrItemID says that a new item's id is empty or taken.
	ErrItemID = errors.New("item id is empty or taken")
	// ErrFull says that a to-do card holds MaxItems already.
	ErrFull = errors.New("the list is full")
)

// NewItem is an item to be added.
type NewItem struct {
	ID   string // made by the caller, unique in the card
	Text string
	Done bool
}

func (n NewItem) value(order string) doc.Map {
	return doc.Map{slotText: doc.Text(n.Text), slotDone: n.Done, slotOrder: order, slotDue: ""}
}

// NewTodo is the first change of a to-do card. Items without id or with an id
// that came before, and those above MaxItems, are left out.
func NewTodo(title string, items ...NewItem) []doc.Edit {
	m := doc.Map{}
	items = items[:min(len(items), MaxItems)]
	keys := doc.After("", len(items))
	for i, n := range items {
		if _, taken := m[n.ID]; !taken && n.ID != "" {
			m[n.ID] = n.value(doc.Salted(keys[i], n.ID))
		}
	}
	return []doc.Edit{
		doc.Put{Path: titlePath, Value: title},
		doc.Put{Path: itemsPath, Value: m},
	}
}

// AddItem puts a new item behind the item After ("" = on top).
type AddItem struct {
	ID, After, Text string
	Gesture         string
}

// Plan implements doc.Command; errors as those of AddItems.
func (c AddItem) Plan(t Todo) (doc.Plan, error) {
	return AddItems{After: c.After, Items: []NewItem{{ID: c.ID, Text: c.Text}}, Gesture: c.Gesture}.Plan(t)
}

// AddItems puts new items behind the item After ("" = on top). If After was
// removed meanwhile they go to the end: what was written is never lost.
type AddItems struct {
	After   string
	Items   []NewItem
	Gesture string
}

// Plan implements doc.Command; ErrItemID, ErrFull, or ErrNothing without items.
func (c AddItems) Plan(t Todo) (doc.Plan, error) {
	if len(c.Items) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	if t.cut || len(t.Items)+len(c.Items) > MaxItems {
		return doc.Plan{}, fmt.Errorf("adding %d items: %w", len(c.Items), ErrFull)
	}
	taken := make(map[string]bool, len(t.Items)+len(c.Items))
	for _, it := range t.Items {
		taken[it.ID] = true
	}
	ids := make([]string, len(c.Items))
	for i, n := range c.Items {
		if n.ID == "" || taken[n.ID] {
			return doc.Plan{}, fmt.Errorf("adding item %q: %w", n.ID, ErrItemID)
		}
		taken[n.ID] = true
		ids[i] = n.ID
	}
	at := len(t.Items)
	if i := t.find(c.After); i >= 0 || c.After == "" {
		at = i + 1
	}
	keys, edits := place(t.Items, at, ids)
	fresh := doc.Map{}
	for i, n := range c.Items {
		fresh[n.ID] = n.value(keys[i])
		if t.hasItems {
			edits = append(edits, doc.Put{Path: doc.At(slotItems, n.ID), Value: fresh[n.ID]})
		}
	}
	if !t.hasItems {
		edits = []doc.Edit{doc.Put{Path: itemsPath, Value: fresh}}
	}
	label := "add item"
	if len(c.Items) > 1 {
		label = "add items"
	}
	return doc.Plan{Label: label, Gesture: c.Gesture, Edits: edits}, nil
}

// EditItem is typing in an item: the editor showed Was and shows Now.
type EditItem struct {
	ID, Was, Now string
	Gesture      string
}

// Plan implements doc.Command; ErrGone, ErrNothing.
func (c EditItem) Plan(t Todo) (doc.Plan, error) {
	i := t.find(c.ID)
	if i < 0 {
		return doc.Plan{}, doc.ErrGone
	}
	edits, err := planText(doc.At(slotItems, c.ID, slotText), c.Was, c.Now, t.Items[i].Text, t.Items[i].merges)
	if err != nil {
		return doc.Plan{}, err
	}
	return doc.Plan{Label: "typing", Gesture: c.Gesture, Edits: edits}, nil
}

// TickItem ticks an item off, or opens it again.
type TickItem struct {
	ID   string
	Done bool
}

// Plan implements doc.Command; ErrGone, ErrNothing.
func (c TickItem) Plan(t Todo) (doc.Plan, error) {
	i := t.find(c.ID)
	if i < 0 {
		return doc.Plan{}, doc.ErrGone
	}
	if t.Items[i].Done == c.Done {
		return doc.Plan{}, doc.ErrNothing
	}
	label := "tick"
	if !c.Done {
		label = "untick"
	}
	return putItem(label, c.ID, slotDone, c.Done), nil
}

// RemoveItem takes an item out.
type RemoveItem struct {
	ID      string
	Gesture string
}

// Plan implements doc.Command; ErrGone.
func (c RemoveItem) Plan(t Todo) (doc.Plan, error) {
	if t.find(c.ID) < 0 {
		return doc.Plan{}, doc.ErrGone
	}
	edits := []doc.Edit{doc.Delete{Path: doc.At(slotItems, c.ID)}}
	return doc.Plan{Label: "remove item", Gesture: c.Gesture, Edits: edits}, nil
}

// SetDue gives an item a due date as in DateLayout; "" takes it away.
type SetDue struct{ ID, Due string }

// Plan implements doc.Command; ErrGone, ErrNothing, ErrDate.
func (c SetDue) Plan(t Todo) (doc.Plan, error) {
	i := t.find(c.ID)
	switch {
	case i < 0:
		return doc.Plan{}, doc.ErrGone
	case c.Due != "" && !IsDate(c.Due):
		return doc.Plan{}, fmt.Errorf("setting due date %q: %w", c.Due, ErrDate)
	case t.Items[i].Due == c.Due:
		return doc.Plan{}, doc.ErrNothing
	}
	return putItem("due date", c.ID, slotDue, c.Due), nil
}

func putItem(label, id, slot string, v doc.Value) doc.Plan {
	return doc.Plan{Label: label, Edits: []doc.Edit{doc.Put{Path: doc.At(slotItems, id, slot), Value: v}}}
}

// SetTodoTitle is typing in the title: the editor showed Was and shows Now.
type SetTodoTitle struct {
	Was, Now string
	Gesture  string
}

// Plan implements doc.Command; ErrNothing.
func (c SetTodoTitle) Plan(t Todo) (doc.Plan, error) {
	return planTitle(c.Was, c.Now, c.Gesture, t.Title, t.titleMerges)
}

// planTitle plans what typing from was to now does to a title, a register that
// other programs may have made a Text.
func planTitle(was, now, gesture, title string, merges bool) (doc.Plan, error) {
	change := doc.EditText(titlePath, was, now, title)
	if len(change) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	edits := spliceEdits(titlePath, change)
	if !merges {
		edits = []doc.Edit{doc.Put{Path: titlePath, Value: doc.Spliced(title, change...)}}
	}
	return doc.Plan{Label: "typing", Gesture: gesture, Edits: edits}, nil
}
