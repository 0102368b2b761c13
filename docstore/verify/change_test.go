package verify_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
)

func TestAForgedChangeReads(t *testing.T) {
	f := sample()
	d, err := verify.Change(f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	me, you := verify.ID{Counter: 4}, verify.ID{Counter: 4, Actor: 1}
	switch {
	case d.Seq != 3 || d.StartOp != 20 || d.Message != "move" || d.Time != 1700000000000 || len(d.Deps) != 2 || len(d.Actors) != 2 || len(d.Ops) != 8:
		t.Errorf("read %+v", d)
	case d.Ops[0].Key != "title" || d.Ops[0].Action != verify.Set || d.Ops[0].Value != verify.String || !slices.Equal(d.Preds(0), []verify.ID{me, you}):
		t.Errorf("first operation %+v", d.Ops[0])
	case d.Ops[3].Obj != d.ID(2) || !d.Ops[3].Insert || d.Ops[3].Elem != verify.ID{} || d.Ops[4].Elem != d.ID(3):
		t.Errorf("insertions %+v", d.Ops[3:5])
	case d.Ops[6].Obj != verify.ID{Counter: 9, Actor: 1} || d.Ops[6].Action != verify.Delete:
		t.Errorf("deletion %+v", d.Ops[6])
	}
}

// mistakes are changes with one thing wrong, and the part that must be named.
var mistakes = map[string]struct {
	do   func(*forged)
	kind error
	part string
}{
	"unsorted dependencies":   {func(f *forged) { slices.Reverse(f.Deps) }, verify.ErrMalformed, "dependencies"},
	"one dependency twice":    {func(f *forged) { f.Deps[1] = f.Deps[0] }, verify.ErrMalformed, "dependencies"},
	"no sequence number":      {func(f *forged) { f.Seq = 0 }, verify.ErrMalformed, "sequence number"},
	"endless sequence number": {func(f *forged) { f.Seq = math.MaxUint64 }, verify.ErrTooLarge, "sequence number"},
	"no first counter":        {func(f *forged) { f.Start = 0 }, verify.ErrMalformed, "first counter"},
	"counters run out":        {func(f *forged) { f.Start = math.MaxUint32 - 4 }, verify.ErrTooLarge, "first counter"},
	"time beyond calendars":   {func(f *forged) { f.Time = math.MinInt64 }, verify.ErrTooLarge, "time"},
	"long message":            {func(f *forged) { f.Message = strings.Repeat("m", verify.MaxMessage+1) }, verify.ErrTooLarge, "message"},
	"message not text":        {func(f *forged) { f.Message = "\xff" }, verify.ErrMalformed, "message"},
	"short writer":            {func(f *forged) { rename(f, "short") }, verify.ErrUnknown, "writer"},
	"no writer":               {func(f *forged) { rename(f, "") }, verify.ErrUnknown, "writer"},
	"writers unsorted": {func(f *forged) {
		f.Others = []string{strings.Repeat("\x09", 16), strings.Repeat("\x01", 16)}
	}, verify.ErrMalformed, "table of writers"},
	"writer twice": {func(f *forged) {
		f.Others = []string{strings.Repeat("\x09", 16), f.Actor}
	}, verify.ErrMalformed, "table of writers"},
	"writer not needed": {func(f *forged) {
		f.Others = []string{strings.Repeat("\x09", 16), strings.Repeat("\x0a", 16)}
	}, verify.ErrMalformed, "table of writers"},
	"bytes after the end": {func(f *forged) { f.After = []byte{0} }, verify.ErrMalformed, "list of columns"},

	"empty name":                {func(f *forged) { f.Ops[0].Key = "" }, verify.ErrMalformed, "names of slots"},
	"long name":                 {func(f *forged) { f.Ops[0].Key = strings.Repeat("k", verify.MaxKey+1) }, verify.ErrTooLarge, "names of slots"},
	"name not text":             {func(f *forged) { f.Ops[0].Key = "\xed\xa0\x80" }, verify.ErrMalformed, "names of slots"},
	"unknown action":            {func(f *forged) { f.Ops[0].Action = 8 }, verify.ErrUnknown, "actions"},
	"a table":                   {func(f *forged) { f.Ops[1].Action = 6 }, verify.ErrUnknown, "actions"},
	"a mark":                    {func(f *forged) { f.Ops[1].Action = 7 }, verify.ErrUnknown, "actions"},
	"unknown value":             {func(f *forged) { f.Ops[0].Kind = 10 }, verify.ErrUnknown, "values"},
	"value not text":            {func(f *forged) { f.Ops[0].Value = []byte{0xc0, 0x80} }, verify.ErrMalformed, "values"},
	"null with bytes":           {func(f *forged) { f.Ops[0].Kind = 0 }, verify.ErrMalformed, "values"},
	"short float":               {func(f *forged) { f.Ops[0].Kind = 5 }, verify.ErrMalformed, "values"},
	"not a number":              {func(f *forged) { f.Ops[0].Kind, f.Ops[0].Value = 5, []byte{1, 0, 0, 0, 0, 0, 0xf8, 0x7f} }, verify.ErrMalformed, "values"},
	"number and more":           {func(f *forged) { f.Ops[3].Value = []byte{7, 7} }, verify.ErrMalformed, "values"},
	"number longer than needed": {func(f *forged) { f.Ops[3].Value = []byte{0x87, 0} }, verify.ErrMalformed, "values"},
	"endless number":            {func(f *forged) { f.Ops[3].Value = slices.Repeat([]byte{0xff}, 12) }, verify.ErrMalformed, "values"},

	"no operations":            {func(f *forged) { f.Ops = nil }, verify.ErrMalformed, "operations"},
	"a container with a value": {func(f *forged) { f.Ops[1].Kind = 1 }, verify.ErrMalformed, "operations"},
	"a deletion with a value":  {func(f *forged) { f.Ops[7].Kind = 1 }, verify.ErrMalformed, "operations"},
	"adding a text":            {func(f *forged) { f.Ops[5].Kind = 6 }, verify.ErrMalformed, "operations"},
	"adding to nothing":        {func(f *forged) { f.Ops[5].Preds = nil }, verify.ErrMalformed, "operations"},
	"deleting nothing":         {func(f *forged) { f.Ops[7].Preds = nil }, verify.ErrMalformed, "operations"},
	"inserting over something": {func(f *forged) { f.Ops[4].Preds = preds(ref(23, f.Actor)) }, verify.ErrMalformed, "operations"},
	"inserting a deletion":     {func(f *forged) { f.Ops[4].Action, f.Ops[4].Kind, f.Ops[4].Value = 3, 0, nil }, verify.ErrMalformed, "operations"},
	"inserting into a map":     {func(f *forged) { f.Ops[1].Insert = true }, verify.ErrMalformed, "operations"},
	"an element of the root":   {func(f *forged) { f.Ops[3].Obj = mutant.Ref{} }, verify.ErrMalformed, "operations"},
	"the start overwritten":    {func(f *forged) { f.Ops[6].Elem = mutant.Ref{} }, verify.ErrMalformed, "operations"},
	"an object to come":        {func(f *forged) { f.Ops[2].Obj = ref(22, f.Actor) }, verify.ErrMalformed, "operations"},
	"another's object to come": {func(f *forged) { f.Ops[6].Obj.Counter = 20 }, verify.ErrMalformed, "operations"},
	"a map as a list":          {func(f *forged) { f.Ops[3].Obj.Counter = 21 }, verify.ErrMalformed, "operations"},
	"a list as a map":          {func(f *forged) { f.Ops[7].Obj = ref(22, f.Actor) }, verify.ErrMalformed, "operations"},
	"a value as an object":     {func(f *forged) { f.Ops[3].Obj.Counter = 20 }, verify.ErrMalformed, "operations"},
	"an element to come":       {func(f *forged) { f.Ops[4].Elem.Counter = 24 }, verify.ErrMalformed, "operations"},
	"an element that is none":  {func(f *forged) { f.Ops[4].Elem.Counter = 22 }, verify.ErrMalformed, "operations"},
	"another list's element":   {func(f *forged) { f.Ops[6].Obj, f.Ops[6].Elem = ref(9, f.Actor), ref(24, f.Actor) }, verify.ErrMalformed, "operations"},
	"predecessors unsorted":    {func(f *forged) { slices.Reverse(f.Ops[0].Preds) }, verify.ErrMalformed, "operations"},
	"a predecessor twice":      {func(f *forged) { f.Ops[0].Preds[1] = f.Ops[0].Preds[0] }, verify.ErrMalformed, "operations"},
	"itself as predecessor":    {func(f *forged) { f.Ops[7].Preds[0].Counter = 27 }, verify.ErrMalformed, "operations"},
	"another slot overwritten": {func(f *forged) { f.Ops[7].Preds[0].Counter = 21 }, verify.ErrMalformed, "operations"},
	"a deletion overwritten":   {func(f *forged) { f.Ops = append(f.Ops, f.Ops[7]); f.Ops[8].Preds = preds(ref(27, f.Actor)) }, verify.ErrMalformed, "operations"},
	"another element":          {func(f *forged) { f.Ops[5].Preds[0].Counter = 23 }, verify.ErrMalformed, "operations"},

	"a compressed column":   {tamper(0x15, func(c *forgedColumn) { c.Number |= 8 }), verify.ErrMalformed, "list of columns"},
	"an unknown column":     {add(0x83, 1, 0), verify.ErrUnknown, "list of columns"},
	"marks that expand":     {add(0x94, 8), verify.ErrUnknown, "list of columns"},
	"an empty column":       {tamper(0x34, func(c *forgedColumn) { c.Data = nil }), verify.ErrMalformed, "list of columns"},
	"a column twice":        {add(0x73, 1), verify.ErrMalformed, "list of columns"},
	"columns unsorted":      {add(0x01, 1), verify.ErrMalformed, "list of columns"},
	"half an object":        {drop(0x01), verify.ErrMalformed, "objects' counters"},
	"half an element":       {drop(0x11), verify.ErrMalformed, "names of slots"},
	"no names":              {drop(0x15), verify.ErrMalformed, "names of slots"},
	"no insertions":         {drop(0x34), verify.ErrMalformed, "insertions"},
	"no actions":            {drop(0x42), verify.ErrMalformed, "operations"},
	"no types":              {drop(0x56), verify.ErrMalformed, "types of values"},
	"no values":             {drop(0x57), verify.ErrMalformed, "values"},
	"no predecessor counts": {drop(0x70), verify.ErrMalformed, "numbers of predecessors"},
	"half a predecessor":    {drop(0x73), verify.ErrMalformed, "predecessors' counters"},
	"values left over":      {tamper(0x57, func(c *forgedColumn) { c.Data = append(c.Data, 0) }), verify.ErrMalformed, "values"},
	"flags left over":       {tamper(0x34, func(c *forgedColumn) { c.Data = append(c.Data, 1) }), verify.ErrMalformed, "insertions"},
	"flags too short":       {tamper(0x34, func(c *forgedColumn) { c.Data = c.Data[:2] }), verify.ErrMalformed, "insertions"},
	"flags of no length":    {tamper(0x34, func(c *forgedColumn) { c.Data = []byte{3, 0, 0, 2, 3} }), verify.ErrMalformed, "insertions"},
	"names left over":       {tamper(0x15, func(c *forgedColumn) { c.Data = append(c.Data, 0, 9) }), verify.ErrMalformed, "names of slots"},
	"names too short":       {tamper(0x15, func(c *forgedColumn) { c.Data = c.Data[:len(c.Data)-5] }), verify.ErrMalformed, "names of slots"},
	"a run of one":          {tamper(0x42, func(c *forgedColumn) { c.Data = append([]byte{1, 1}, c.Data[2:]...) }), verify.ErrMalformed, "actions"},
	"a run of none":         {tamper(0x01, func(c *forgedColumn) { c.Data = append([]byte{0, 0}, c.Data...) }), verify.ErrMalformed, "objects' writers"},
	"two runs that are one": {tamper(0x01, func(c *forgedColumn) { c.Data = append([]byte{0, 1, 0, 1}, c.Data[2:]...) }), verify.ErrMalformed, "objects' writers"},
	"split literals":        {tamper(0x70, func(c *forgedColumn) { c.Data = []byte{0x7f, 2, 4, 0, 0x7f, 1, 0x7f, 2, 0x7f, 1} }), verify.ErrMalformed, "numbers of predecessors"},
	"equal literals":        {tamper(0x70, func(c *forgedColumn) { c.Data = []byte{0x78, 2, 0, 0, 0, 0, 1, 2, 1} }), verify.ErrMalformed, "numbers of predecessors"},
	"a run of the same":     {tamper(0x70, func(c *forgedColumn) { c.Data = []byte{0x7f, 2, 2, 0, 2, 0, 0x7d, 1, 2, 1} }), verify.ErrMalformed, "numbers of predecessors"},
	"a run cut short":       {tamper(0x70, func(c *forgedColumn) { c.Data = []byte{0x7f, 2, 4} }), verify.ErrMalformed, "numbers of predecessors"},
	"counts that are null":  {tamper(0x70, func(c *forgedColumn) { c.Data = []byte{0x7f, 2, 0, 7} }), verify.ErrMalformed, "numbers of predecessors"},
	"nulls alone":           {tamper(0x01, func(c *forgedColumn) { c.Data = []byte{0, 8} }), verify.ErrMalformed, "objects' counters"},
	"an unknown writer":     {tamper(0x71, func(c *forgedColumn) { c.Data[1] = 2 }), verify.ErrMalformed, "predecessors' writers"},
	"counters below zero":   {tamper(0x73, func(c *forgedColumn) { c.Data[1] = 0x40 }), verify.ErrMalformed, "predecessors' counters"},
	"types that are null":   {tamper(0x56, func(c *forgedColumn) { c.Data = []byte{0, 8} }), verify.ErrMalformed, "types of values"},
	"actions that are null": {tamper(0x42, func(c *forgedColumn) { c.Data = append(c.Data, 0, 1) }), verify.ErrMalformed, "actions"},
}

func rename(f *forged, actor string) {
	for i := range f.Ops {
		o := &f.Ops[i]
		for _, r := range []*mutant.Ref{&o.Obj, &o.Elem} {
			if r.Actor == f.Actor {
				r.Actor = actor
			}
		}
		for n := range o.Preds {
			if o.Preds[n].Actor == f.Actor {
				o.Preds[n].Actor = actor
			}
		}
	}
	f.Actor = actor
}

func tamper(number uint64, do func(*forgedColumn)) func(*forged) {
	return func(f *forged) {
		f.Columns = func(all []forgedColumn) []forgedColumn {
			for i := range all {
				if all[i].Number == number {
					do(&all[i])
				}
			}
			return all
		}
	}
}

func drop(number uint64) func(*forged) {
	return func(f *forged) {
		f.Columns = func(all []forgedColumn) []forgedColumn {
			return slices.DeleteFunc(all, func(c forgedColumn) bool { return c.Number == number })
		}
	}
}

// add puts a column at the end.
func add(number uint64, data ...byte) func(*forged) {
	return func(f *forged) {
		f.Columns = func(all []forgedColumn) []forgedColumn { return append(all, forgedColumn{Number: number, Data: data}) }
	}
}

func TestMistakesAreNamed(t *testing.T) {
	for name, m := range mistakes {
		f := sample()
		m.do(f)
		_, err := verify.Change(f.Bytes())
		if !errors.Is(err, m.kind) || !strings.Contains(err.Error(), ": "+m.part+": ") {
			t.Errorf("%s: got %v, want %v in %s", name, err, m.kind, m.part)
		}
	}
}

func TestFramesAreChecked(t *testing.T) {
	whole := sample().Bytes()
	for name, c := range map[string]struct {
		b    []byte
		kind error
	}{
		"nothing":           {nil, verify.ErrMalformed},
		"other magic":       {append([]byte{0x85, 0x6f, 0x4a, 0x84}, whole[4:]...), verify.ErrMalformed},
		"two changes":       {slices.Concat(whole, whole), verify.ErrMalformed},
		"a document":        {mutant.Chunk(0, sample().Data()), verify.ErrMalformed},
		"a bundle":          {mutant.Chunk(3, sample().Data()), verify.ErrMalformed},
		"of another type":   {mutant.Chunk(4, sample().Data()), verify.ErrUnknown},
		"not deflated":      {mutant.Chunk(2, sample().Data()), verify.ErrMalformed},
		"a long length":     {slices.Concat(whole[:9], []byte{whole[9] | 0x80, whole[10] | 0x80, 0}, whole[11:]), verify.ErrMalformed},
		"more than allowed": {mutant.Chunk(1, make([]byte, verify.MaxEncoded)), verify.ErrTooLarge},
		"empty":             {mutant.Chunk(1, nil), verify.ErrMalformed},
	} {
		if _, err := verify.Change(c.b); !errors.Is(err, c.kind) {
			t.Errorf("%s: got %v, want %v", name, err, c.kind)
		}
	}
}

func TestEveryDamagedByteIsSeen(t *testing.T) {
	whole := sample().Bytes()
	for i := range whole {
		b := slices.Clone(whole)
		b[i] ^= 0x10
		if _, err := verify.Change(b); err == nil {
			t.Errorf("byte %d: not seen", i)
		}
		if _, err := verify.Change(whole[:i]); !errors.Is(err, verify.ErrMalformed) {
			t.Errorf("cut at %d: got %v, want ErrMalformed", i, err)
		}
	}
}
