package verify

import "encoding/binary"

// columnWriter writes the columns of one change after the other.
type columnWriter struct {
	objectActor, objectCounter runWriter[uint64]
	keyActor                   runWriter[uint64]
	keyCounter                 deltaWriter
	keyName                    runWriter[string]
	insert                     flagWriter
	action, valueType          runWriter[uint64]
	value                      []byte
	predCount, predActor       runWriter[uint64]
	predCounter                deltaWriter
}

func newColumnWriter() *columnWriter {
	w := &columnWriter{}
	for _, c := range []*runWriter[uint64]{&w.objectActor, &w.objectCounter, &w.keyActor, &w.action, &w.valueType, &w.predCount, &w.predActor} {
		c.put = binary.AppendUvarint
	}
	w.keyCounter.put, w.predCounter.put = appendSigned, appendSigned
	w.keyName.put = appendBytes[string]
	return w
}

func (w *columnWriter) reset() {
	for _, c := range []*runWriter[uint64]{&w.objectActor, &w.objectCounter, &w.keyActor, &w.action, &w.valueType, &w.predCount, &w.predActor} {
		c.reset()
	}
	w.keyCounter.reset()
	w.predCounter.reset()
	w.keyName.reset()
	w.insert.reset()
	w.value = w.value[:0]
}

// add writes one operation. numbers are those of its writers in the table.
func (w *columnWriter) add(op *Op, value []byte, preds []ID, numbers []uint32) {
	if op.Obj == (ID{}) {
		w.objectActor.null()
		w.objectCounter.null()
	} else {
		w.objectActor.add(uint64(numbers[op.Obj.Actor]))
		w.objectCounter.add(uint64(op.Obj.Counter))
	}
	if op.Key != "" {
		w.keyActor.null()
		w.keyCounter.null()
		w.keyName.add(op.Key)
	} else {
		if op.Elem == (ID{}) {
			w.keyActor.null()
		} else {
			w.keyActor.add(uint64(numbers[op.Elem.Actor]))
		}
		w.keyCounter.add(op.Elem.Counter)
		w.keyName.null()
	}
	w.insert.add(op.Insert)
	w.action.add(uint64(op.Action))
	w.valueType.add(uint64(len(value))<<4 | uint64(op.Value))
	w.value = append(w.value, value...)
	w.predCount.add(uint64(len(preds)))
	for _, p := range preds {
		w.predActor.add(uint64(numbers[p.Actor]))
		w.predCounter.add(p.Counter)
	}
}

// appendTo writes the list of columns and what is in them; empty ones are
// left out.
func (w *columnWriter) appendTo(b []byte) []byte {
	all := [...]struct {
		number uint64
		data   []byte
	}{
		{colObjectActor, w.objectActor.end()}, {colObjectCounter, w.objectCounter.end()},
		{colKeyActor, w.keyActor.end()}, {colKeyCounter, w.keyCounter.end()}, {colKeyName, w.keyName.end()},
		{colInsert, w.insert.end()}, {colAction, w.action.end()}, {colValueType, w.valueType.end()}, {colValue, w.value},
		{colPredCount, w.predCount.end()}, {colPredActor, w.predActor.end()}, {colPredCounter, w.predCounter.end()},
	}
	count := uint64(0)
	for _, c := range all {
		if len(c.data) > 0 {
			count++
		}
	}
	b = binary.AppendUvarint(b, count)
	for _, c := range all {
		if len(c.data) > 0 {
			b = binary.AppendUvarint(binary.AppendUvarint(b, c.number), uint64(len(c.data)))
		}
	}
	for _, c := range all {
		b = append(b, c.data...)
	}
	return b
}
