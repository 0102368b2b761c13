package verify

// A column's number on the wire: which property, and how it is written.
const (
	colObjectActor   = 0<<4 | 1
	colObjectCounter = 0<<4 | 2
	colKeyActor      = 1<<4 | 1
	colKeyCounter    = 1<<4 | 3
	colKeyName       = 1<<4 | 5
	colInsert        = 3<<4 | 4
	colAction        = 4<<4 | 2
	colValueType     = 5<<4 | 6
	colValue         = 5<<4 | 7
	colPredCount     = 7<<4 | 0
	colPredActor     = 7<<4 | 1
	colPredCounter   = 7<<4 | 3
	colExpand        = 9<<4 | 4
	colMarkName      = 10<<4 | 5

	deflated = 1 << 3
)

type column struct {
	name string
	data []byte
}

// columns are those of one change; one that is left out is empty.
type columns struct {
	objectActor, objectCounter        column
	keyActor, keyCounter, keyName     column
	insert, action, valueType, value  column
	predCount, predActor, predCounter column
}

// readColumns reads the list of columns and splits the data that follows.
func readColumns(r *reader, lim limits) columns {
	c := columns{
		objectActor: column{name: "objects' writers"}, objectCounter: column{name: "objects' counters"},
		keyActor: column{name: "elements' writers"}, keyCounter: column{name: "elements' counters"}, keyName: column{name: "names of slots"},
		insert: column{name: "insertions"}, action: column{name: "actions"}, valueType: column{name: "types of values"}, value: column{name: "values"},
		predCount: column{name: "numbers of predecessors"}, predActor: column{name: "predecessors' writers"}, predCounter: column{name: "predecessors' counters"},
	}
	const most = 64 // there are 12 today
	var into [most]*column
	var sizes [most]int
	r.part = "list of columns"
	count, before := int(r.unsigned(most)), uint64(0)
	for i := range count {
		number := r.unsigned(1 << 31)
		if number <= before && i > 0 {
			r.fail(ErrMalformed, "not sorted")
		}
		before = number
		into[i] = c.find(r, number)
		if sizes[i] = int(r.unsigned(uint64(lim.inflated))); sizes[i] == 0 {
			r.fail(ErrMalformed, "an empty column")
		}
		if r.err != nil {
			return c
		}
	}
	for i := range count {
		into[i].data = r.take(sizes[i])
	}
	if r.err == nil && len(r.rest) > 0 {
		r.fail(ErrMalformed, "bytes after the last column")
	}
	return c
}

func (c *columns) find(r *reader, number uint64) *column {
	switch number {
	case colObjectActor:
		return &c.objectActor
	case colObjectCounter:
		return &c.objectCounter
	case colKeyActor:
		return &c.keyActor
	case colKeyCounter:
		return &c.keyCounter
	case colKeyName:
		return &c.keyName
	case colInsert:
		return &c.insert
	case colAction:
		return &c.action
	case colValueType:
		return &c.valueType
	case colValue:
		return &c.value
	case colPredCount:
		return &c.predCount
	case colPredActor:
		return &c.predActor
	case colPredCounter:
		return &c.predCounter
	case colExpand, colMarkName:
		r.fail(ErrUnknown, "marks") // our documents have none
	default:
		if number&deflated != 0 {
			r.fail(ErrMalformed, "a compressed column")
		}
		r.fail(ErrUnknown, "column %d", number)
	}
	return nil
}
